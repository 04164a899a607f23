"""A diagnostic for people: its line, carets, notes, related places and fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.paint import painter
from seedlint.report._excerpt import ELLIPSIS, excerpt
from seedlint.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from seedlint.diagnostic import Diagnostic, Place

_TRUST = {"safe": "", "unsafe": " (unsafe)", "display": " (a suggestion, never applied)"}


def shown(diagnostic: Diagnostic, *, color: bool, width: int) -> str:
    """One diagnostic, with a blank line after it."""
    block = _Block(diagnostic, painter(color), width)
    return "\n".join(block.lines()) + "\n\n"


def remarks(diagnostic: Diagnostic) -> list[tuple[str, str]]:
    """Notes and fix, each as its kind and its text."""
    found = [("note", note) for note in diagnostic.notes]
    if diagnostic.fix is not None:
        fix = diagnostic.fix
        found.append(("fix", f"{fix.title}{_TRUST[fix.applicability.value]}"))
    return found


def related_text(place: Place) -> str:
    """A related place, on one line."""
    where = f"{place.file}:{place.span.line}:{place.span.column}"
    return f"{where}: {place.message}" if place.message else where


class _Block:
    """One diagnostic; all its frames share a gutter as wide as the longest line number."""

    def __init__(
        self, diagnostic: Diagnostic, paint: Callable[[str, str], str], width: int
    ) -> None:
        self.diagnostic = diagnostic
        self.paint = paint
        places = (diagnostic.place, *diagnostic.related)
        self.gutter = max(len(str(place.span.line)) for place in places)
        self.margin = " " * self.gutter
        self.bar = f"{self.margin} {paint('quiet', '|')}"
        self.room = width - self.gutter - len(" | ")

    def lines(self) -> Iterator[str]:
        diagnostic, paint = self.diagnostic, self.paint
        severity = diagnostic.severity.value
        title = paint(severity, f"{severity}[{visible(diagnostic.rule)}]")
        yield f"{title}{paint('strong', f': {visible(diagnostic.message)}')}"
        yield f"{self.margin}{paint('quiet', '-->')} {self.location(diagnostic.place)}"
        yield from self.frame(diagnostic.place, "^", severity)
        for place in diagnostic.related:
            message = f": {visible(place.message)}" if place.message else ""
            yield self.bar
            yield f"{self.margin}{paint('quiet', ':::')} {self.location(place)}{message}"
            yield from self.frame(place, "-", "related")
        said = remarks(diagnostic)
        if said:
            yield self.bar
        for kind, text in said:
            yield f"{self.margin} {paint('quiet', '=')} {paint('strong', kind)}: {visible(text)}"

    def location(self, place: Place) -> str:
        position = f":{place.span.line}:{place.span.column}"
        return self.paint("strong", visible(place.file)) + position

    def frame(self, place: Place, caret: str, style: str) -> Iterator[str]:
        shown = excerpt(place.line_text, place.span, self.room)
        marks = caret * shown.carets + ELLIPSIS * shown.goes_on
        number = self.paint("quiet", f"{place.span.line:>{self.gutter}} |")
        yield self.bar
        yield f"{number} {shown.text}" if shown.text else number
        yield f"{self.bar} {' ' * shown.offset}{self.paint(style, marks)}"
