"""A short run of the fuzzer, and what it once found."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from random import Random

import pytest

if sys.platform == "win32":
    pytest.skip("about what POSIX has", allow_module_level=True)

from fuzz.__main__ import main
from fuzz.corpus import CASES, corpus_of
from fuzz.mutation import mutate
from fuzz.runner import failure_of, run
from fuzz.shrinking import shrunk
from fuzz.targets import TARGETS

FOUND = sorted(path for path in CASES.glob("*/*") if path.is_file())


@pytest.mark.parametrize("target", TARGETS)
def test_a_short_run(target: str, capfd: pytest.CaptureFixture[str]) -> None:
    runs = {"splitting": 5000, "results": 3000, "facts": 5000, "rows": 5000}.get(target, 500)
    assert main([target, "--runs", str(runs), "--seed", "ci"]) == 0
    assert capfd.readouterr().out.startswith(f"{target}: {runs} runs in ")


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_once_found(path: Path) -> None:
    assert failure_of(TARGETS[path.parent.name], path.read_bytes()) is None


def test_every_case_is_of_a_target() -> None:
    assert {path.parent.name for path in FOUND} <= set(TARGETS)


def test_the_same_seed_gives_the_same_mutations() -> None:
    corpus = corpus_of("yaml")
    one, other = Random("1"), Random("1")
    assert [mutate(one, corpus) for _ in range(50)] == [mutate(other, corpus) for _ in range(50)]


# What the runner makes of targets that are no good.


def touchy(raw: bytes) -> None:
    assert b"x" not in raw or b"y" not in raw


def fragile(raw: bytes) -> None:
    if b"x" in raw:
        os.kill(os.getpid(), signal.SIGKILL)


def greedy(raw: bytes) -> None:
    bytearray(8 << 30)


def test_a_failure_is_found_and_made_small() -> None:
    done, failure = run(touchy, iter([b"a", b"b", b"1x2y3" * 9, b"c"]))
    assert (done, failure is not None) == (2, True)
    assert failure is not None
    assert failure.kind.startswith("AssertionError in test_fuzz.py:touchy < ")
    assert sorted(shrunk(touchy, failure).raw) == sorted(b"xy")


def test_a_process_that_dies_leaves_its_input() -> None:
    done, failure = run(fragile, iter([b"a", b"ax", b"b"]))
    assert (done, failure) == (1, ("ended by SIGKILL", b"ax", ""))


def test_memory_is_limited() -> None:
    failure = failure_of(greedy, b"")
    assert failure is not None
    assert failure.kind.startswith("MemoryError in ")


def test_a_target_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_: bytes) -> None:
        while True:
            pass

    monkeypatch.setattr("fuzz.runner.PATIENCE", 0.05)
    assert failure_of(endless, b"a") == ("ended by SIGVTALRM", b"a", "")
