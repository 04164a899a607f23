"""For people: the diagnostics by file, a line each."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from seedlint.paint import painter
from seedlint.visible import visible, visible_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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
    """Write each file's diagnostics below its name, with a blank line after them."""
    paint = painter(color)
    for file, found in groupby(diagnostics, key=lambda each: each.place.file):
        out.write(paint("strong", visible_path(file)) + "\n")
        out.writelines(_lines(list(found), paint))
        out.write("\n")


def _lines(found: Sequence[Diagnostic], paint: Callable[[str, str], str]) -> Iterator[str]:
    lines = max(len(str(each.place.span.line)) for each in found)
    columns = max(len(str(each.place.span.column)) for each in found)
    severities = max(len(each.severity.value) for each in found)
    rules = max(len(visible(each.rule)) for each in found)
    for each in found:
        span, severity = each.place.span, each.severity.value
        cells = (
            paint("quiet", f"{span.line:>{lines}}:{span.column:<{columns}}"),
            paint(severity, f"{severity:<{severities}}"),
            paint("strong", f"{visible(each.rule):<{rules}}"),
            visible(each.message),
        )
        yield f"  {'  '.join(cells)}\n"
