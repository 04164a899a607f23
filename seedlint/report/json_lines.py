"""For programs that read as they go: a line each diagnostic, as ``json`` has it in its list."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from seedlint.report._data import diagnostic_data, json_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.diagnostic import Diagnostic
    from seedlint.report import Counts
    from seedlint.report.summary import Summary

DATA = True
COUNTS: Counts = "aside"


def render(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    out: TextIO,
    *,
    color: bool,
    width: int,
) -> None:
    """Write the diagnostics, in the order given."""
    for diagnostic in diagnostics:
        out.write(json_text(diagnostic_data(diagnostic)) + "\n")
