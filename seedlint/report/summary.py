"""What a run amounts to, in numbers and in one line."""

from __future__ import annotations

from dataclasses import dataclass

from seedlint.report._style import painter


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a run; ``files`` were checked, ``skipped`` are no seeds."""

    files: int
    skipped: int
    errors: int
    warnings: int
    infos: int
    suppressed: int


def summary_line(summary: Summary, *, color: bool = False) -> str:
    """The run for people: ``3 errors, 2 warnings in 5 files (1 skipped)``."""
    paint = painter(color)
    counts = {"error": summary.errors, "warning": summary.warnings, "info": summary.infos}
    found = [paint(what, _count(number, what)) for what, number in counts.items() if number]
    files = _count(summary.files, "file")
    if found:
        line = f"{', '.join(found)} in {files}"
    elif summary.files:
        line = f"{paint('good', 'All clean')}: {files} checked"
    else:
        line = "No files checked"
    return line + _asides(summary)


def _asides(summary: Summary) -> str:
    asides = []
    if summary.skipped:
        asides.append(f"{summary.skipped} skipped")
    if summary.suppressed:
        asides.append(f"{summary.suppressed} suppressed")
    return f" ({', '.join(asides)})" if asides else ""


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
