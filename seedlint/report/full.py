"""For people: each diagnostic with its line, carets, notes, related places and fix."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from seedlint.report._frame import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.diagnostic import Diagnostic
    from seedlint.report import Counts
    from seedlint.report.summary import Summary

DATA = False
COUNTS: Counts = "instead"


def render(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    out: TextIO,
    *,
    color: bool,
    width: int,
) -> None:
    """Write the diagnostics, in the order given, each with a blank line after it."""
    for diagnostic in diagnostics:
        out.write(shown(diagnostic, color=color, width=width))
