"""The outcomes of many files, found by as many processes as are worth it."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from seedlint.analysis import Outcome
from seedlint.check import INTERNAL_ERROR, FileResult
from seedlint.diagnostic import Diagnostic, Severity
from seedlint.run import BATCH_FILES
from seedlint.source import Source
from seedlint.wording import escape, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from seedlint.analysis import Analyser, Task

# Measured: to start a worker costs as much as a few dozen files, where it cannot be forked
# as much as a thousand.
_FILES_A_WORKER = 200
_FILES_A_SPAWNED_WORKER = 2000

_REPORT = (
    "this is a bug in seedlint or in a parser it uses; please report it with this message, "
    "the file and the output of `seedlint --version`"
)
_KILLED = (
    "as a rule it is the system that does so, when memory runs out; fewer processes (`--jobs`) "
    "need less"
)


def outcomes(
    analyser: Analyser,
    tasks: Sequence[Task],
    jobs: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Outcome]:
    """The outcomes in the order of the tasks, the same for any number of ``jobs``.

    ``jobs`` are the most processes to use, ``None`` means one a core; ``progress`` is told how
    many tasks are done. A file that kills the process that reads it is an internal error, as
    long as that is another process than this.
    """
    work = partial(_carefully, analyser)
    seen = progress or _ignored
    workers = _workers(jobs or _cores(), len(tasks))
    if workers > 1:
        from seedlint.pool import Pool

        yield from Pool(work, tasks, BATCH_FILES, _lost_with_process, seen).results(workers)
        return
    for start in range(0, len(tasks), BATCH_FILES):
        found = work(tasks[start : start + BATCH_FILES])
        seen(start + len(found))
        yield from found


def _workers(jobs: int, tasks: int) -> int:
    """How many processes are worth it; with one, this process might as well do it."""
    workers = min(jobs, tasks // _FILES_A_WORKER)
    if workers > 1:
        from seedlint.pool import can_fork

        if not can_fork():
            workers = min(workers, tasks // _FILES_A_SPAWNED_WORKER)
    return workers


def _cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _ignored(done: int) -> None:
    """Nobody wants to know."""


def _carefully(analyser: Analyser, tasks: Sequence[Task]) -> list[Outcome]:
    """The outcomes of a batch, whatever happens to a file of it."""
    try:
        return analyser.outcomes(tasks)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        # Not only an Exception: a panic in a native parser is none.
        if len(tasks) == 1:
            reason = f"{type(error).__name__}: {shorten(escape(str(error)), 120)}"
            return [_lost(tasks[0], reason, _REPORT)]
    return [outcome for task in tasks for outcome in _carefully(analyser, [task])]


def _lost_with_process(task: Task, how: str) -> Outcome:
    note = _KILLED if how.endswith("SIGKILL") else _REPORT
    return _lost(task, f"the process doing so {how}", note)


def _lost(task: Task, reason: str, note: str) -> Outcome:
    """The outcome of a file that seedlint itself failed on."""
    message = f"the file cannot be checked: {reason}"
    place = Source(task.path, "").place(0, 0)
    diagnostic = Diagnostic(INTERNAL_ERROR, Severity.ERROR, place, "", message, (note,))
    return Outcome(task.name, None, FileResult(task.path, (diagnostic,)), settled=False)
