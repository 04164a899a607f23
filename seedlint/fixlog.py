"""What became of the fixes of a run, file by file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TextIO

from seedlint.check import FileResult
from seedlint.diagnostic import Applicability
from seedlint.fixing import MOST_ROUNDS
from seedlint.ownwords import INTERNAL_ERROR
from seedlint.report.summary import Fixes
from seedlint.visible import visible
from seedlint.wording import names

if TYPE_CHECKING:
    from seedlint.fixing import FixResult
    from seedlint.fixmode import FixMode


class _FixedFile(NamedTuple):
    """What was fixed in one file: rules and the titles of their fixes, with how often."""

    file: str
    fixes: Counter[tuple[str, str]]


class FixLog:
    """Counts fixes and keeps what has to be told of them.

    ``trouble`` has a line for everything that kept a file from being fixed. Where what
    remains is not reported, it also has what nobody must miss, and ``remarks`` the rest.
    """

    def __init__(self, mode: FixMode) -> None:
        self._mode = mode
        self._fixed: list[_FixedFile] = []
        self._undone = self._unsafe = self._unwritten = 0
        self.trouble: list[str] = []
        self.remarks: list[str] = []

    @property
    def has_fixes(self) -> bool:
        """Whether anything was fixed, or would be."""
        return bool(self._fixed)

    def add(self, fixed: FixResult) -> None:
        """Note what was done to a file."""
        file = fixed.result.file
        if fixed.applied:
            fixes = Counter((each.diagnostic.rule, each.fix.title) for each in fixed.applied)
            self._fixed.append(_FixedFile(file, fixes))
        self._undone += len(fixed.left_out)
        if self._mode.is_silent:
            self._remark(file, fixed)

    def remaining(self, result: FileResult) -> FileResult:
        """What is to be reported of a file after whatever was done to it."""
        self._unsafe += sum(
            each.fix is not None and each.fix.applicability is Applicability.UNSAFE
            for each in result.diagnostics
        )
        if not self._mode.is_silent:
            return result
        self.trouble += [
            f"{result.file}: {each.message}"
            for each in result.diagnostics
            if each.rule == INTERNAL_ERROR or not result.is_read
        ]
        return FileResult(result.file, (), result.suppressed, result.is_seed)

    def unwritten(self, file: str, reason: str) -> None:
        """Note that a file was left as it was."""
        self._unwritten += 1
        self.trouble.append(f"{file}: not fixed: {reason}")

    def fixes(self) -> Fixes:
        """The run in numbers."""
        offers_unsafe = self._mode.unsafe_fixes or self._mode.interactive
        return Fixes(
            wanted=True,
            shown_only=self._mode.diff,
            fixed=sum(file.fixes.total() for file in self._fixed),
            files=len(self._fixed),
            undone=self._undone,
            unwritten=self._unwritten,
            unsafe=0 if offers_unsafe else self._unsafe,
        )

    def print_fixes(self, out: TextIO) -> None:
        """List the fixes by file, a blank line after each."""
        done = "would fix" if self._mode.diff else "fixed"
        for file in self._fixed:
            out.write(f"{done} {visible(file.file)}\n")
            for (rule, title), times in sorted(file.fixes.items()):
                often = f" ({times} times)" if times > 1 else ""
                out.write(f"  {visible(rule)}: {visible(title)}{often}\n")
            out.write("\n")

    def _remark(self, file: str, fixed: FixResult) -> None:
        for each in fixed.left_out:
            span = each.diagnostic.place.span
            self.remarks.append(
                f"{file}:{span.line}:{span.column}: a fix of {each.diagnostic.rule} was not "
                f"applied: {each.reason}"
            )
        if fixed.unsettled:
            self.remarks.append(
                f"{file}: after {MOST_ROUNDS} rounds there was still more to fix by "
                f"{names(list(fixed.unsettled), 'and')}"
            )
