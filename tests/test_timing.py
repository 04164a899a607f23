"""Where ``--verbose`` says the time went."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from seedlint import timing
from seedlint.check import check_batch
from seedlint.timing import Stopwatch
from tests.support import SEED, fenced


class Clock:
    """A clock that only goes when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stopwatch(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Stopwatch:
    """The stopwatch of this process."""
    stopwatch = Stopwatch(clock, start_up=0.5)
    monkeypatch.setattr(timing, "_stopwatch", stopwatch)
    return stopwatch


def test_phases_are_added_up_and_do_not_overlap(clock: Clock, stopwatch: Stopwatch) -> None:
    clock.now += 1
    with timing.phase("corpus"):
        clock.now += 2
        with timing.phase("parse"):
            clock.now += 4
        clock.now += 8
    clock.now += 16
    with timing.phase("parse"):
        clock.now += 32
    clock.now += 64
    assert list(stopwatch.lines()) == [
        "time:",
        "  start-up      500.0 ms    0%",
        "  parse       36000.0 ms   28%",
        "  corpus      10000.0 ms    8%",
        "  other       81000.0 ms   64%",
        "  total      127500.0 ms  100%",
    ]


def test_a_phase_ends_however_it_ends(clock: Clock, stopwatch: Stopwatch) -> None:
    with pytest.raises(KeyboardInterrupt), timing.phase("parse"):
        clock.now += 1
        raise KeyboardInterrupt
    clock.now += 2
    assert list(stopwatch.lines())[2:4] == [
        "  parse        1000.0 ms   29%",
        "  other        2000.0 ms   57%",
    ]


def test_making_items_is_told_from_what_is_done_with_them(
    clock: Clock, stopwatch: Stopwatch
) -> None:
    def items() -> Iterator[int]:
        for number in range(3):
            clock.now += 1
            yield number
        clock.now += 1

    seen = []
    for item in timing.timed("discovery", items()):
        clock.now += 10
        seen.append(item)
    assert seen == [0, 1, 2]
    assert stopwatch.take() == {"start-up": 0.5, "discovery": 4.0}


def test_workers_report_what_they_took_since_the_last_time(
    clock: Clock, stopwatch: Stopwatch
) -> None:
    worker = Stopwatch(clock, start_up=0.25)
    clock.now += 100  # waiting
    with worker.phase("parse"):
        clock.now += 1
    first = worker.take()
    clock.now += 100
    with worker.phase("parse"):
        clock.now += 2
        second = worker.take()
    assert (first, second) == ({"start-up": 0.25, "parse": 1.0}, {"parse": 2.0})
    stopwatch.add(first)
    stopwatch.add(second)
    assert list(stopwatch.lines())[-4:] == [
        "time in workers, added up:",
        "  start-up      250.0 ms    8%",
        "  parse        3000.0 ms   92%",
        "  total        3250.0 ms  100%",
    ]


def test_no_time_at_all(clock: Clock) -> None:
    assert list(Stopwatch(clock, start_up=0.0).lines()) == [
        "time:",
        "  start-up        0.0 ms    0%",
        "  other           0.0 ms    0%",
        "  total           0.0 ms    0%",
    ]


def test_the_stages_of_a_check_are_phases(stopwatch: Stopwatch) -> None:
    from seedlint.check import Input
    from tests.support import profile

    given = Input(fenced(f"{SEED}other: 1\n").encode(), "a.md", profile(), named=True)
    (result,) = check_batch([given])
    assert [each.rule for each in result.diagnostics] == ["schema-additional-properties"]
    assert stopwatch.taken.keys() == {"start-up", "other", "parse", "schema", "rules", "locate"}


def test_without_a_stopwatch_nothing_is_counted() -> None:
    script = (
        "from seedlint import timing\n"
        "items = [1]\n"
        "with timing.phase('parse'): pass\n"
        "print(timing.current(), timing.phase('a') is timing.phase('b'),"
        " timing.timed('x', items) is items)\n"
        "print(timing.start() is timing.current(), timing.current().taken.keys())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == "None True True\nTrue dict_keys(['start-up'])\n"
