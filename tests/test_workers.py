"""Files are analysed by several processes, any of which may die.

Of 200 files; ``SEEDLINT_FILES=10000`` gives another number.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest

from seedlint import check, pool, timing, workers
from seedlint.analysis import Analyser, Outcome, Task
from seedlint.check import FileResult
from seedlint.config import parse_settings
from seedlint.diagnostic import Diagnostic, Place, Severity, Span
from seedlint.fingerprint import fingerprint_of_text
from seedlint.load import load
from seedlint.profile import Profiles
from tests.support import NOW, SEED, fenced

if sys.platform == "win32":
    pytest.skip("about what POSIX has", allow_module_level=True)

FILES = int(os.environ.get("SEEDLINT_FILES", "200"))
KILLER = 77
REPORT = (
    "this is a bug in seedlint or in a parser it uses; please report it with this message, "
    "the file and the output of `seedlint --version`"
)
OUT_OF_MEMORY = (
    "as a rule it is the system that does so, when memory runs out; fewer processes (`--jobs`) "
    "need less"
)
ROOT = Path(__file__).parent.parent
_PATIENCE = 60.0


def analyser(settings: str = "") -> Analyser:
    profiles = Profiles(parse_settings(settings, Path.cwd() / "seedlint.toml"), NOW)
    return Analyser(profiles, profiles.corpus_rules)


def write_files(folder: Path) -> list[Task]:
    """Clean files, some with findings, one without front matter; one file is missing.

    File number n is the nth task.
    """
    names = [f"{number:03}.md" for number in range(FILES)]
    for number, name in enumerate(names[:-2]):
        block = SEED.replace("old harbour", f"harbour {number}")
        if number % 10 == 3:
            block += f"publishd: {number}\n"
        (folder / name).write_text(fenced(block), encoding="utf-8")
    (folder / names[-2]).write_text("Nothing in front.\n", encoding="utf-8")
    return [
        Task(f"shown/{name}", str(folder / name), f"known/{name}", wanted=number % 7 > 0)
        for number, name in enumerate(names)
    ]


def mark(number: int) -> str:
    """What only the file of this number holds."""
    return f"to the harbour {number}\n"


@pytest.fixture
def tasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Task]:
    """Files, few as they are, that are worth a worker for every ten of them."""
    monkeypatch.setattr(workers, "_FILES_A_WORKER", 10)
    return write_files(tmp_path)


def in_one_process(tasks: Sequence[Task], settings: str = "") -> list[Outcome]:
    return list(workers.outcomes(analyser(settings), tasks, jobs=1))


def in_processes(tasks: Sequence[Task], jobs: int) -> list[Outcome]:
    return list(workers.outcomes(analyser(), tasks, jobs))


def lost(task: Task, reason: str, note: str = REPORT) -> Outcome:
    """The outcome of a file that seedlint itself failed on."""
    message = f"the file cannot be checked: {reason}"
    place = Place(task.path, Span(1, 1, 1, 1), "")
    mark = fingerprint_of_text("internal-error", "")
    diagnostic = Diagnostic(
        "internal-error", Severity.ERROR, place, "", message, (note,), fingerprint=mark
    )
    return Outcome(task.name, None, FileResult(task.path, (diagnostic,)), is_settled=False)


def crash_on(
    monkeypatch: pytest.MonkeyPatch, numbers: Sequence[int], crash: Callable[[], Any]
) -> None:
    """The parser crashes on the files of these numbers."""

    def crashing(raw: bytes, text: str, *rest: Any) -> Any:
        if any(mark(number) in text for number in numbers):
            crash()
        return load(raw, text, *rest)

    monkeypatch.setattr(check, "load", crashing)


def fail(*_: object) -> NoReturn:
    raise AssertionError("this must not be called")


# The same, whoever does it.


@pytest.mark.parametrize("jobs", [2, 5])
def test_the_same_in_several_processes(
    tasks: list[Task], jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = in_one_process(tasks)
    assert [outcome.name for outcome in expected] == [task.name for task in tasks]
    assert sum(bool(each.result and each.result.diagnostics) for each in expected) > 10
    here = os.getpid()
    crash_on(monkeypatch, range(FILES), lambda: None if os.getpid() != here else fail())
    assert in_processes(tasks, jobs) == expected


def test_the_same_where_processes_cannot_be_forked(
    tasks: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = 'ignore = ["schema"]'
    expected = in_one_process(tasks, settings)
    assert expected != in_one_process(tasks)
    monkeypatch.setattr(workers, "_FILES_A_SPAWNED_WORKER", 100)
    monkeypatch.setattr(pool, "can_fork", lambda: False)
    monkeypatch.setattr(os, "fork", fail)
    monkeypatch.setattr(pool.Pool, "_work_here", fail)
    assert list(workers.outcomes(analyser(settings), tasks, 8)) == expected


def test_no_process_is_started_that_would_look_for_modules_here(
    tasks: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_FILES_A_SPAWNED_WORKER", 100)
    monkeypatch.setattr(pool, "can_fork", lambda: False)
    monkeypatch.setattr(pool, "can_spawn", lambda: False)
    monkeypatch.setattr(pool.Pool, "results", fail)
    assert len(list(workers.outcomes(analyser(), tasks, 8))) == len(tasks)


@pytest.mark.parametrize(
    ("options", "safe"), [((), True), (("-E",), False), (("-E", "-P"), True), (("-I",), True)]
)
@pytest.mark.skipif(sys.version_info < (3, 11), reason="older Python has no such option")
def test_whether_a_process_can_be_kept_from_looking_here(
    options: tuple[str, ...], safe: bool
) -> None:
    script = f"import sys; sys.path = {sys.path!r}; from seedlint.pool import *; print(can_spawn())"
    done = subprocess.run(
        (sys.executable, *options, "-c", script), capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{safe}\n"


SPAWNING = """\
import sys

sys.path[:] = {path!r}
if __name__ == "__main__":
    from seedlint import pool, workers
    from seedlint.cli import cli

    pool.can_fork = lambda: False
    pool.can_spawn = lambda: True
    workers._FILES_A_WORKER = workers._FILES_A_SPAWNED_WORKER = 1
    cli()
"""


@pytest.mark.skipif(sys.version_info < (3, 11), reason="older Python starts no such processes")
def test_modules_among_what_is_checked_are_not_run(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    for number in range(70):
        (project / f"{number}.md").write_text("---\na: 1\n---\n", encoding="utf-8")
    for name in ("multiprocessing", "pickle", "socket", "struct", "yaml_rs"):
        (project / f"{name}.py").write_text("open('ran', 'w')", encoding="utf-8")
    script = tmp_path / "spawning.py"
    path = [str(Path.cwd()), *filter(os.path.isabs, sys.path)]
    script.write_text(SPAWNING.format(path=path), encoding="utf-8")
    done = subprocess.run(
        (sys.executable, str(script), "check", "--jobs=2", "--no-cache", "-v", "-q"),
        cwd=project,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, "workers" in done.stderr) == (1, True), done.stderr
    assert not (project / "ran").exists()


def test_nothing_to_do() -> None:
    assert in_processes([], 2) == []


def test_a_process_with_threads_is_not_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    before = pool.can_fork()
    thread.start()
    assert (before, pool.can_fork()) == (sys.platform == "linux", False)
    done.set()
    thread.join()


@pytest.mark.parametrize(
    ("files", "jobs", "can_fork", "expected"),
    [
        (1_000, None, True, 3),
        (1_000, 2, True, 2),
        (1_000, 8, True, 5),
        (1_000, 8, False, 0),
        (9_000, 8, False, 4),
        (399, 8, True, 0),
        (1_000, 1, True, 0),
    ],
)
def test_as_many_processes_as_are_worth_it(
    files: int,
    jobs: int | None,
    can_fork: bool,
    expected: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started = [0]

    def results(self: object, workers: int) -> Iterator[Outcome]:
        started.append(workers)
        return iter(())

    monkeypatch.setattr(pool.Pool, "results", results)
    monkeypatch.setattr(pool, "can_fork", lambda: can_fork)
    monkeypatch.setattr(pool, "can_spawn", lambda: True)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 3, 5}, raising=False)
    list(workers.outcomes(analyser(), [Task("a", "does/not/exist", "a")] * files, jobs))
    assert started[-1] == expected


@pytest.mark.parametrize("can_fork", [True, False])
def test_work_that_cannot_be_pickled(can_fork: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "can_fork", lambda: can_fork)
    done = workers.in_order(
        lambda items: [(item, os.getpid() == here) for item in items],
        range(5000),
        fail,
        jobs=2,
        can_be_pickled=False,
    )
    here = os.getpid()
    assert list(done) == [(item, not can_fork) for item in range(5000)]


@pytest.mark.parametrize("jobs", [1, 3])
def test_progress(tasks: list[Task], jobs: int) -> None:
    done: list[int] = []
    list(workers.outcomes(analyser(), tasks, jobs, done.append))
    assert done == sorted(set(done))
    assert (len(done), done[-1]) == (7, FILES)


def test_where_the_time_went(tasks: list[Task], monkeypatch: pytest.MonkeyPatch) -> None:
    stopwatch = timing.Stopwatch()
    monkeypatch.setattr(timing, "_stopwatch", stopwatch)
    in_processes(tasks, 2)
    assert {"read", "schema", "rules"} <= stopwatch.in_workers.keys()
    assert "workers" in stopwatch.taken
    assert "rules" not in stopwatch.taken


# Files that crash what reads them.


def segfault() -> None:
    # The test runner's own handler would print where.
    faulthandler.disable()
    os.kill(os.getpid(), signal.SIGSEGV)


@pytest.mark.parametrize(
    ("crash", "how", "note"),
    [
        (segfault, "was ended by SIGSEGV", REPORT),
        (lambda: os._exit(3), "ended with code 3", REPORT),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "was ended by SIGKILL", OUT_OF_MEMORY),
    ],
)
def test_a_file_that_kills(
    tasks: list[Task],
    monkeypatch: pytest.MonkeyPatch,
    crash: Callable[[], Any],
    how: str,
    note: str,
) -> None:
    expected = in_one_process(tasks)
    expected[KILLER] = lost(tasks[KILLER], f"the process doing so {how}", note)
    crash_on(monkeypatch, [KILLER], crash)
    assert in_processes(tasks, 2) == expected


def test_many_files_that_kill(
    tasks: list[Task], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each is tried twice at the most, those next to each other too."""
    killers = [0, 1, 2, 3, 60, 64, 65, 100, 101, 150, 197]
    expected = in_one_process(tasks)
    for killer in killers:
        expected[killer] = lost(tasks[killer], "the process doing so ended with code 3")
    log = tmp_path / "log"

    def crash() -> None:
        with log.open("a", encoding="utf-8") as file:
            file.write("x")
        os._exit(3)

    crash_on(monkeypatch, killers, crash)
    assert in_processes(tasks, 3) == expected
    assert len(killers) < len(log.read_text(encoding="utf-8")) <= 2 * len(killers)


class Panic(BaseException):
    """What a native parser raises when it panics is no Exception either."""


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_makes_the_parser_panic(
    tasks: list[Task], monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    expected = in_one_process(tasks)
    expected[KILLER] = lost(tasks[KILLER], r"Panic: no\u{1B}[0m")

    def panic() -> NoReturn:
        raise Panic("no\x1b[0m")

    crash_on(monkeypatch, [KILLER], panic)
    assert in_processes(tasks, jobs) == expected


def test_an_interrupted_parser_has_not_crashed(
    tasks: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt() -> NoReturn:
        raise KeyboardInterrupt

    crash_on(monkeypatch, [KILLER], interrupt)
    with pytest.raises(KeyboardInterrupt):
        in_one_process(tasks)


def test_workers_killed_from_outside(tasks: list[Task]) -> None:
    expected = in_one_process(tasks)
    killed: list[int] = []

    def kill_all_once(done: int) -> None:
        if not killed:
            killed.extend(process.pid or 0 for process in multiprocessing.active_children())
            for process in killed:
                os.kill(process, signal.SIGKILL)

    assert list(workers.outcomes(analyser(), tasks, 2, kill_all_once)) == expected
    assert len(killed) == 2
    assert multiprocessing.active_children() == []


# Where the system refuses.


def refuse() -> NoReturn:
    raise BlockingIOError(11, "Resource temporarily unavailable")


def test_no_process_can_be_started(tasks: list[Task], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", refuse)
    assert in_processes(tasks, 2) == in_one_process(tasks)


def test_no_process_gets_anywhere(tasks: list[Task], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_withdraw", fail)
    assert in_processes(tasks, 2) == in_one_process(tasks)


def test_no_other_process_can_be_started(
    tasks: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What may have killed a process is not tried in this one."""
    fork, forks = os.fork, iter(range(2))
    reason = "the process doing so ended, and no other could be started"
    expected = in_one_process(tasks)
    for number in (*range(32), *range(64, 96)):
        expected[number] = lost(tasks[number], reason)
    crash_on(monkeypatch, [5, 70], lambda: os._exit(3))
    monkeypatch.setattr(os, "fork", lambda: refuse() if next(forks, None) is None else fork())
    assert in_processes(tasks, 2) == expected


# What the processes hold on to.


def test_nobody_runs_far_ahead_of_a_slow_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first part ends when all are done that may be before it: the other worker's four."""
    monkeypatch.setattr(pool, "AHEAD", 8)
    go_on, has_ended = tmp_path / "go on", tmp_path / "has ended"

    def work(items: Sequence[int]) -> Sequence[int]:
        if 0 in items:
            while not go_on.exists():
                time.sleep(0.001)
            has_ended.touch()
        return [item if item < 16 or has_ended.exists() else -item for item in items]

    def seen(done: int) -> None:
        if done == 8:
            go_on.touch()

    items = range(600)
    assert list(pool.Pool(work, items, 2, fail, seen).results(2)) == list(items)


def hold_on(mode: str, folder: str) -> None:
    """Analyse files, as a command of a process of its own, until something happens to it.

    ``busy``: the workers are, without an end; ``waiting``: there is nothing for them to do.
    """
    from seedlint.cli import cli, main

    tasks = write_files(Path(folder))
    here = os.getpid()

    def noisy(raw: bytes, text: str, *rest: Any) -> Any:
        assert os.getpid() != here
        for output in (1, 2):
            os.write(output, b"noise")
        if mode == "busy" and (mark(1) in text or mark(100) in text):
            time.sleep(2 * _PATIENCE)
        return load(raw, text, *rest)

    def started(done: int) -> None:
        if done == 32:
            print("and started", flush=True)

    @cli.command()
    def hold() -> None:
        sys.stdout.write("said once ")
        for _ in workers.outcomes(analyser(), tasks, 2, started):
            time.sleep(2 * _PATIENCE)

    patch = pytest.MonkeyPatch()
    patch.setattr(check, "load", noisy)
    patch.setattr(workers, "_FILES_A_WORKER", 10)
    sys.argv[1:] = ["hold"]
    main()


@pytest.mark.parametrize(
    ("mode", "interrupted"), [("busy", True), ("waiting", True), ("waiting", False)]
)
def test_no_process_is_left(mode: str, interrupted: bool, tmp_path: Path) -> None:
    """Not after Ctrl-C, even if busy; after a ``kill -9`` they end when they have nothing to do."""
    held, holding = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", f"import tests.test_workers as t; t.hold_on({mode!r}, '.')"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        pass_fds=[holding],
    )
    os.close(holding)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"said once and started\n"
        if interrupted:
            os.killpg(process.pid, signal.SIGINT)
        else:
            process.kill()
        # Every process of the run holds the other end.
        ended = bool(select.select([held], [], [], _PATIENCE)[0])
        assert (ended, process.communicate()) == (True, (b"", b""))
        assert process.returncode == (130 if interrupted else -signal.SIGKILL)
    finally:
        os.close(held)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
