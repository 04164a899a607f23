"""A text and its lines: offsets in code points to lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right

from seedlint.diagnostic import Place, Span

# LF, CRLF and CR only: str.splitlines also breaks at characters editors do not.
_LINE_END = re.compile(r"\r\n?|\n")
_NEWLINE = re.compile(r"\n")


def line_starts(text: str) -> list[int]:
    """Where the lines of a text begin; after a final line end, too."""
    line_end = _LINE_END if "\r" in text else _NEWLINE
    return [0, *[found.end() for found in line_end.finditer(text)]]


class Source:
    """The decoded text of one file (without a byte-order mark) and its line table.

    ``file`` is the path as shown to people. The table is built when first asked for:
    a clean file never needs it.
    """

    __slots__ = ("_shown", "_starts", "file", "text")

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self._starts: list[int] = []
        self._shown: dict[int, str] = {}

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of a code-point offset."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The span of ``text[start:end]``."""
        return Span(*self.position(start), *self.position(end))

    def place(self, start: int, end: int, message: str = "") -> Place:
        """The span of ``text[start:end]`` with the line it begins on."""
        span = self.span(start, end)
        return Place(self.file, span, self.line_text(span.line), message)

    def line_text(self, line: int) -> str:
        """A line without its line end; the same object each time, however often asked."""
        if line not in self._shown:
            start, *stop = self._line_starts()[line - 1 : line + 1]
            text = self.text[start : stop[0] if stop else None]
            self._shown[line] = text.removesuffix("\n").removesuffix("\r")
        return self._shown[line]

    @property
    def line_count(self) -> int:
        """How many lines the text has, the one after a final line end included."""
        return len(self._line_starts())

    def line_start(self, line: int) -> int:
        """The code-point offset at which a 1-based line begins."""
        return self._line_starts()[line - 1]

    def _line_starts(self) -> list[int]:
        if not self._starts:
            self._starts = line_starts(self.text)
        return self._starts
