"""Files with fixes to decide about, worked on some at once, by this process or by copies of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from seedlint.fixing import ToFix, fix_batch
from seedlint.run import BATCH_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.check import FileResult
    from seedlint.corpusrun import CorpusRun
    from seedlint.fixing import FixResult, Wanted
    from seedlint.run import Checked


class Job(NamedTuple):
    """A file with fixes to decide about, and what decides."""

    name: str
    result: FileResult
    wanted: Wanted


class Done(NamedTuple):
    """What came of a job.

    Of a file that could not be read, or has no fixes, there is only the ``result``; so there
    is if the work on it crashed, and it ``is_lost``. Others held ``before``, and may be such as
    conclusions concern.
    """

    result: FileResult
    before: bytes = b""
    fixed: FixResult | None = None
    is_concerned: bool = False
    is_lost: bool = False


def work_on(corpus: CorpusRun, jobs: Sequence[Job]) -> list[Done]:
    """What comes of the jobs, in their order."""
    done: list[Done] = []
    while len(done) < len(jobs):
        done += _batch(corpus, jobs[len(done) :])
    return done


def _batch(corpus: CorpusRun, jobs: Sequence[Job]) -> list[Done]:
    """What comes of the first jobs, as many as are not too much to have open at once."""
    opened: list[tuple[Job, Checked]] = []
    size = 0
    for job in jobs:
        if size >= BATCH_BYTES:
            break
        checked = corpus.read_again(job.name, job.result)
        opened.append((job, checked))
        size += len(checked.given.raw) if checked.given is not None else 0
    files = [
        ToFix(given, result, job.wanted) for job, (_, given, result) in opened if given is not None
    ]
    fixed = iter(fix_batch(files, corpus.part))
    return [
        Done(result)
        if given is None
        else Done(result, given.raw, next(fixed), bool(given.relevant))
        for _, (_, given, result) in opened
    ]
