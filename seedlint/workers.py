"""Work on many files, by as many processes as it is worth."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from seedlint.analysis import Outcome
from seedlint.check import FileResult
from seedlint.diagnostic import Diagnostic, Severity
from seedlint.ownwords import INTERNAL_ERROR
from seedlint.run import BATCH_FILES
from seedlint.source import Source
from seedlint.wording import escape, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from seedlint.analysis import Analyser, Task

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

# Measured: a worker costs as much as up to a hundred files until it runs at full speed, where
# it cannot be forked as much as a thousand.
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


class Failure(NamedTuple):
    """How seedlint itself failed on a file, and what there is to do."""

    reason: str
    note: str

    def result(self, file: str) -> FileResult:
        """What is said of the file."""
        message = f"the file cannot be checked: {self.reason}"
        from seedlint.fingerprint import fingerprint_of_text

        place = Source(file, "").place(0, 0)
        mark = fingerprint_of_text(INTERNAL_ERROR, "")
        found = Diagnostic(
            INTERNAL_ERROR, Severity.ERROR, place, "", message, (self.note,), fingerprint=mark
        )
        return FileResult(file, (found,))


def outcomes(
    analyser: Analyser,
    tasks: Sequence[Task],
    jobs: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Outcome]:
    """The outcomes of files, in the order of the tasks; see :func:`in_order`."""
    return in_order(analyser.outcomes, tasks, _lost, jobs, progress)


def _lost(task: Task, failure: Failure) -> Outcome:
    return Outcome(task.name, None, failure.result(task.path), is_settled=False)


def in_order(
    work: Callable[[Sequence[ItemT]], Sequence[ResultT]],
    files: Sequence[ItemT],
    lost: Callable[[ItemT, Failure], ResultT],
    jobs: int | None = None,
    progress: Callable[[int], None] | None = None,
    *,
    can_be_pickled: bool = True,
) -> Iterator[ResultT]:
    """The results of work on batches of files, in their order, the same for any number of jobs.

    ``jobs`` are the most processes to use, ``None`` means one a core; ``progress`` is told how
    many files are done. A file on which the work fails is ``lost``; one that kills its process
    too, if that is another than this. Unless all that is given ``can_be_pickled``, processes
    are used only where they can be copies of this one.
    """
    carefully = partial(_carefully, work, lost)
    seen = progress or _ignored
    workers = _workers(jobs or _cores(), len(files), can_be_pickled)
    if workers > 1:
        from seedlint.pool import Pool

        pool = Pool(carefully, files, BATCH_FILES, partial(_lost_with_process, lost), seen)
        yield from pool.results(workers)
        return
    for start in range(0, len(files), BATCH_FILES):
        found = carefully(files[start : start + BATCH_FILES])
        seen(start + len(found))
        yield from found


def _workers(jobs: int, files: int, can_be_pickled: bool) -> int:
    """How many processes are worth it; with one, this process might as well do it."""
    workers = min(jobs, files // _FILES_A_WORKER)
    if workers > 1:
        from seedlint.pool import can_fork, can_spawn

        if not can_fork():
            can_start = can_be_pickled and can_spawn()
            workers = min(workers, files // _FILES_A_SPAWNED_WORKER) if can_start else 1
    return workers


def _cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _ignored(done: int) -> None:
    """Nobody wants to know."""


def _carefully(
    work: Callable[[Sequence[ItemT]], Sequence[ResultT]],
    lost: Callable[[ItemT, Failure], ResultT],
    files: Sequence[ItemT],
) -> Sequence[ResultT]:
    """The results of a batch, whatever happens to a file of it."""
    try:
        return work(files)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        # Not only an Exception: a panic in a native parser is none.
        if len(files) == 1:
            reason = f"{type(error).__name__}: {shorten(escape(str(error)), 120)}"
            return [lost(files[0], Failure(reason, _REPORT))]
    return [result for file in files for result in _carefully(work, lost, [file])]


def _lost_with_process(lost: Callable[[ItemT, Failure], ResultT], file: ItemT, how: str) -> ResultT:
    """The result for a file whose process ended."""
    note = _KILLED if how.endswith("SIGKILL") else _REPORT
    return lost(file, Failure(f"the process doing so {how}", note))
