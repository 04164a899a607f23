"""Fix files: read each, fix it in memory, then replace it or show what would change."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from seedlint.analysis import digest_of
from seedlint.atonce import made_at_once, together
from seedlint.check import check_batch
from seedlint.diffpaths import DiffPaths, repository_above
from seedlint.fixing import ToFix, fix_input, with_reasons
from seedlint.fixjobs import Done, Job, work_on
from seedlint.fixlog import FixLog
from seedlint.report._diff import shown_diff, shown_text
from seedlint.run import EXIT_CLEAN, EXIT_FINDINGS, EXIT_TROUBLE, read_file
from seedlint.terminal import use_color
from seedlint.unifieddiff import unified_diff
from seedlint.writing import (
    CHANGED,
    WriteRefused,
    remove_strays,
    replace_file,
    sync_folder,
    target_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seedlint.analysis import Outcome
    from seedlint.baseline import Baseline
    from seedlint.check import FileResult, Input
    from seedlint.corpusrun import CorpusRun
    from seedlint.files import Candidate
    from seedlint.fixing import FixResult, Wanted
    from seedlint.fixmode import FixMode
    from seedlint.interactive import Interview
    from seedlint.profile import Profiles
    from seedlint.run import Checked
    from seedlint.settings import Settings
    from seedlint.terminal import ColorChoice
    from seedlint.workers import Failure

_CHUNK = 1 << 20


def project_root(settings: Settings) -> Path:
    """The folder that links may not lead out of, where what they lead to is written."""
    if settings.path is not None:
        return settings.root
    return repository_above(settings.root) or settings.root


class _AtOnce(NamedTuple):
    """What fixes made of a file as soon as it was read, and the digest of what it held."""

    digest: str
    fixed: FixResult


class FixRun:
    """A run that fixes."""

    def __init__(
        self,
        mode: FixMode,
        profiles: Profiles,
        root: Path,
        color: ColorChoice,
        interview: Interview | None,
        baseline: Baseline | None,
    ) -> None:
        self.mode = mode
        self.log = FixLog(mode)
        self._profiles = profiles
        self._root = root
        self._names = DiffPaths(root)
        self._color = color
        self._interview = interview
        self._baseline = baseline
        self._wants = mode.wants if interview is None else interview.wants
        self._at_once: dict[str, _AtOnce] = {}
        self._refused: set[str] = set()
        self._output_is_taken = mode.diff
        self._swept: set[str] = set()
        self._written: set[Path] = set()
        self._has_changed_corpus = False

    @property
    def wanted_at_once(self) -> Wanted | None:
        """What decides about fixes of document rules as soon as they are found.

        ``None`` if it hangs on all that is found in a file, or somebody is asked file by file.
        """
        return self._wants if self._interview is None and self._baseline is None else None

    @property
    def report_stream(self) -> TextIO:
        """Where the report goes: standard output may hold a diff, or the fixed text."""
        return sys.stderr if self._output_is_taken else sys.stdout

    def files(self, corpus: CorpusRun) -> Iterator[FileResult]:
        """Fix the requested files of a corpus, in turn; what remains to be said of each.

        What the fixes make of the files is found out by several processes, unless somebody is
        asked; this one writes them. Those of document rules are made first, if nobody is asked.
        """
        found = corpus.found(partial(self._put_at_once, corpus))
        # What decides may depend on the files before, and so on their order.
        jobs = {
            name: Job(name, result, self._wants_in(result))
            for name, result in found
            if result.has_fixes and name not in self._refused
        }
        done = self._done([*jobs.values()], corpus)
        results: list[FileResult] = []
        lost: set[int] = set()
        for at, (name, result) in enumerate(found):
            each = next(done) if name in jobs else Done(result)
            results.append(self._file(name, each, corpus))
            if each.is_lost:
                lost.add(at)
        for folder in self._written:
            sync_folder(folder)
        if self._has_changed_corpus:
            # What corpus rules have to say may change with any file.
            results = [
                result if at in lost else with_reasons(now, result)
                for at, (now, result) in enumerate(
                    zip(corpus.results_after(), results, strict=True)
                )
            ]
        yield from map(self._remaining, corpus.with_crashes(results))

    def standard_input(self, checked: Checked, corpus: CorpusRun | None = None) -> FileResult:
        """Fix what was read from standard input, to standard output; see :meth:`files`."""
        candidate, given, result = checked
        assert given is not None  # it was read
        before = given.raw
        at_once = self._made_at_once(given, corpus) if corpus is not None else None
        if corpus is not None and at_once is not None:
            _, given, result = corpus.checked_text(at_once.raw, candidate.path)
            assert given is not None  # it is the text that is given
        fixed = fix_input(given, self._wants_in(result), corpus.part if corpus else None, result)
        if self.mode.diff:
            self._print_diff(Path(candidate.real), before, fixed.raw)
        else:
            _print_text(fixed.raw)
            self.pass_through()
        self.log.add(fixed if at_once is None else together(at_once, fixed))
        remaining = fixed.result
        if corpus is not None and fixed.raw != given.raw:
            now = corpus.checked_text(fixed.raw, candidate.path).result
            remaining = with_reasons(now, remaining)
        return self._remaining(remaining)

    def _made_at_once(self, given: Input, corpus: CorpusRun) -> FixResult | None:
        """What fixes make of standard input before corpus rules take part, as of any file."""
        if self.wanted_at_once is None:
            return None
        alone = given._replace(relevant={})
        (result,) = check_batch([alone])
        (fixed,) = made_at_once([ToFix(alone, result, self.wanted_at_once)], corpus.part.rules)
        return fixed

    def pass_through(self) -> None:
        """Write what is left of standard input as it is."""
        self._output_is_taken = True
        if not self.mode.diff:
            while chunk := sys.stdin.buffer.read(_CHUNK):
                _print_text(chunk)

    def exit_code(self, code: int) -> int:
        """The exit code, given the one for the diagnostics that are reported."""
        if self.log.trouble or code == EXIT_TROUBLE:
            return EXIT_TROUBLE
        if self.mode.diff:
            return EXIT_FINDINGS if self.log.has_fixes else EXIT_CLEAN
        return code

    def _done(self, jobs: Sequence[Job], corpus: CorpusRun) -> Iterator[Done]:
        """What comes of the jobs, in their order."""
        if self._interview is not None:
            return (work_on(corpus, [job])[0] for job in jobs)

        def lost(job: Job, failure: Failure) -> Done:
            return Done(failure.result(corpus.candidate(job.name).path), is_lost=True)

        # A diff appears as it is made: there is something to see.
        is_told = not self.mode.diff
        return corpus.spread(partial(work_on, corpus), jobs, lost, is_told=is_told)

    def _put_at_once(self, corpus: CorpusRun, outcome: Outcome, fixed: FixResult) -> bool:
        """Put in place what fixes made of a file as soon as it was read; whether that was done."""
        name, candidate = outcome.name, corpus.candidate(outcome.name)
        try:
            if self.mode.diff:
                target_of(Path(candidate.real), self._root)
                corpus.hold(name, fixed.raw)
            else:
                self._sweep(candidate.real)
                self._replace(candidate, outcome.before, fixed.raw)
                # There may be many of them.
                fixed = fixed._replace(raw=b"", facts="")
        except WriteRefused as refused:
            self.log.unwritten(candidate.path, str(refused))
            self._refused.add(name)
            return False
        self._at_once[name] = _AtOnce(str(outcome.digest), fixed)
        return True

    def _file(self, name: str, done: Done, corpus: CorpusRun) -> FileResult:
        """Put what came of a file in its place; what is to be said of it."""
        candidate, fixed = corpus.candidate(name), done.fixed
        at_once = self._at_once.pop(name, None)
        if done.result.is_read and at_once is None:
            self._sweep(candidate.real)
        try:
            if self.mode.diff:
                self._show(candidate, done, at_once)
            elif fixed is not None and fixed.raw != done.before:
                self._replace(candidate, done.before, fixed.raw)
                corpus.replaced(name, fixed, is_concerned=done.is_concerned)
                self._has_changed_corpus = True
        except WriteRefused as refused:
            # The file is as it was, and so is what there is to say about it.
            self.log.unwritten(candidate.path, str(refused))
            fixed = None
            at_once = None if self.mode.diff else at_once
        if at_once is not None:
            self.log.add(together(at_once.fixed, fixed))
        elif fixed is not None:
            self.log.add(fixed)
        return done.result if fixed is None else fixed.result

    def _wants_in(self, result: FileResult) -> Wanted:
        """What decides about the fixes of a file: what is known is not reported, nor fixed."""
        if self._baseline is None:
            return self._wants
        return self._baseline.sparing(result, self._wants)

    def _remaining(self, result: FileResult) -> FileResult:
        if self._baseline is not None:
            result = self._baseline.sift(result)
        return self.log.remaining(result)

    def _replace(self, candidate: Candidate, before: bytes, after: bytes) -> None:
        """Replace a file. Raises WriteRefused."""
        written = replace_file(candidate.real, before, after, self._root)
        self._written.add(written.parent)

    def _show(self, candidate: Candidate, done: Done, at_once: _AtOnce | None) -> None:
        """Show how a file would change, if it would.

        Raises WriteRefused if a link leads to where nothing is written, or the file has changed.
        """
        before, fixed = done.before, done.fixed
        if at_once is not None:
            fixed = fixed or at_once.fixed
            before = self._read_as(candidate, at_once.digest)
        if fixed is not None and fixed.raw != before:
            self._print_diff(target_of(Path(candidate.real), self._root), before, fixed.raw)

    def _read_as(self, candidate: Candidate, digest: str) -> bytes:
        """The file as it was read. Raises WriteRefused if it no longer is."""
        with suppress(OSError):
            raw = read_file(candidate.real, self._profiles.of(candidate.real).limits.file_size)
            if digest_of(raw) == digest:
                return raw
        raise WriteRefused(CHANGED)

    def _sweep(self, path: str) -> None:
        """Remove what a run that was killed has left beside a file."""
        if self.mode.diff:
            return
        if os.path.islink(path):  # noqa: PTH114
            # Path.resolve raises an error for a link to itself.
            path = Path(os.path.realpath(path)).as_posix()
        folder = path[: path.rfind("/") + 1]
        if folder not in self._swept:
            self._swept.add(folder)
            remove_strays(folder)

    def _print_diff(self, file: Path, before: bytes, after: bytes) -> None:
        # Not named as people see it: git finds no names that are no text.
        diff = unified_diff(before, after, self._names.name(file))
        color = use_color(self._color, sys.stdout)
        if color or sys.stdout.isatty():
            sys.stdout.write(shown_diff(diff, color=color))
        else:
            sys.stdout.buffer.write(diff)


def _print_text(raw: bytes) -> None:
    """The bytes as they are, but for a person at a terminal."""
    if sys.stdout.isatty():
        sys.stdout.write(shown_text(raw))
    else:
        sys.stdout.buffer.write(raw)
