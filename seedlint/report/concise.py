"""One line a diagnostic: ``path:line:column: severity rule message``."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from seedlint.paint import painter
from seedlint.visible import visible, visible_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from seedlint.diagnostic import Diagnostic
    from seedlint.report import Counts
    from seedlint.report.summary import Summary

DATA = True
COUNTS: Counts = "instead"


def render(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    out: TextIO,
    *,
    color: bool,
    width: int,
) -> None:
    """Write the diagnostics, in the order given."""
    paint = painter(color)
    out.writelines(_line(diagnostic, paint) for diagnostic in diagnostics)


def _line(diagnostic: Diagnostic, paint: Callable[[str, str], str]) -> str:
    span = diagnostic.place.span
    severity = diagnostic.severity.value
    path = paint("strong", visible_path(diagnostic.place.file))
    position = paint("quiet", f":{span.line}:{span.column}:")
    rule = paint("strong", visible(diagnostic.rule))
    return f"{path}{position} {paint(severity, severity)} {rule} {visible(diagnostic.message)}\n"
