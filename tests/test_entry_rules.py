"""What corpus rules say of entries for one page, of one story, and of topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedlint.diagnostic import Diagnostic


def lines(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    """A line for each diagnostic, its notes and its related places."""
    found = []
    for each in diagnostics:
        span = each.place.span
        found.append(f"{span.line}:{span.column}-{span.end_column} {each.severity} {each.message}")
        found += [f"= note: {note}" for note in each.notes]
        for place in each.related:
            at = place.span
            found.append(
                f"= also {place.file}:{at.line}:{at.column}-{at.end_column} {place.message}"
            )
    return found
