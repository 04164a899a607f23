"""What the command line wants of fixes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from seedlint.diagnostic import Applicability

if TYPE_CHECKING:
    from seedlint.diagnostic import Diagnostic


class FixMode(NamedTuple):
    """The options that have to do with fixing.

    ``diff`` decides that nothing is written, whatever else was given.
    """

    fix: bool = False
    unsafe_fixes: bool = False
    fix_only: bool = False
    diff: bool = False
    show_fixes: bool = False
    interactive: bool = False

    @property
    def fixes(self) -> bool:
        """Whether files are to be fixed, or shown as they would be."""
        return self.fix or self.fix_only or self.diff or self.interactive

    @property
    def is_silent(self) -> bool:
        """Whether what remains is not reported."""
        return self.fix_only or self.diff

    def wants(self, diagnostic: Diagnostic, text: str) -> bool:
        """Whether a fix is applied without asking; ``text`` is what its edits refer to."""
        fix = diagnostic.fix
        return self.unsafe_fixes or (fix is not None and fix.applicability is Applicability.SAFE)

    def refuse_contradictions(self, reads_standard_input: bool) -> None:
        """Raise :class:`click.UsageError` for options that make no sense together."""
        if self.diff and self.interactive:
            raise click.UsageError("--diff writes nothing, so --interactive has nothing to ask")
        if self.show_fixes and not self.fixes:
            raise click.UsageError(
                "--show-fixes lists what was fixed: add --fix, --fix-only, --diff or --interactive"
            )
        if self.interactive and reads_standard_input:
            raise click.UsageError(
                "--interactive reads answers from standard input, so - cannot be checked"
            )
