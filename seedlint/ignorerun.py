"""Write ignores into files: ``check --add-ignore``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seedlint.addignore import add_ignores
from seedlint.run import EXIT_TROUBLE
from seedlint.trouble import tell
from seedlint.wording import counted
from seedlint.writing import WriteRefused, remove_strays, replace_file, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from seedlint.baseline import Baseline
    from seedlint.check import CorpusPart, FileResult
    from seedlint.corpusrun import CorpusRun
    from seedlint.run import Checked

_LONGEST_REASON = 200
_DIRECTIVE = re.compile(r"ignore(?:-file)?\[|#[ \t]*seedlint", re.IGNORECASE)


class IgnoreRun:
    """One run that writes ignores into the files in which something is found."""

    def __init__(self, reason: str, root: Path, baseline: Baseline | None) -> None:
        self._reason = reason
        self._root = root
        self._baseline = baseline
        self._count = self._files = 0
        self._folders: set[Path] = set()
        self._trouble: list[str] = []

    def files(self, corpus: CorpusRun) -> Iterator[FileResult]:
        """Write ignores into the requested files of a corpus; what remains to be said of each.

        Comments are no data: what corpus rules say of other files stays the same.
        """
        results = [
            self._file(corpus.read_again(name, result), corpus.part)
            if result.diagnostics
            else result
            for name, result in corpus.found()
        ]
        for folder in self._folders:
            sync_folder(folder)
        for result in corpus.with_crashes(results):
            yield result if self._baseline is None else self._baseline.sift(result)

    def exit_code(self, code: int) -> int:
        """The exit code, given the one for the diagnostics that are reported."""
        return EXIT_TROUBLE if self._trouble else code

    def tell(self, quiet: bool) -> None:
        """Say on standard error what could not be written, and unless ``quiet`` what was."""
        for line in self._trouble:
            tell(line)
        if quiet:
            return
        tell(f"{counted(self._count, 'ignore')} written in {counted(self._files, 'file')}")

    def _file(self, checked: Checked, corpus: CorpusPart) -> FileResult:
        candidate, given, result = checked
        new = result if self._baseline is None else self._baseline.new_in(result)
        if given is None or not new.diagnostics:
            return result
        done = add_ignores(given, result, new.diagnostics, self._reason, corpus)
        if done.number:
            try:
                written = replace_file(candidate.real, given.raw, done.raw, self._root)
            except WriteRefused as refused:
                self._trouble.append(f"{candidate.path}: no ignores written: {refused}")
                return result
            if written.parent not in self._folders:
                self._folders.add(written.parent)
                remove_strays(str(written.parent))
            self._count += done.number
            self._files += 1
        return done.result


def reason_problem(reason: str) -> str:
    """Why a text cannot be the reason in an ignore; empty if it can."""
    if not reason.isprintable():
        return "a reason is one line of visible characters"
    if len(reason) > _LONGEST_REASON:
        return f"a reason has at most {_LONGEST_REASON} characters"
    if _DIRECTIVE.search(reason):
        return "a reason must not look like another ignore"
    return ""
