"""A text and its lines: offsets in code points to lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from seedlint.diagnostic import Place, Span

# LF, CRLF and CR only: str.splitlines also breaks at characters editors do not.
_LINE_END = re.compile(r"\r\n?|\n")


class Source:
    """The decoded text of one file (without a byte-order mark) and its line table.

    ``file`` is the path as shown to people. The table is built when first asked for:
    a clean file never needs it.
    """

    __slots__ = ("_ends", "_shown", "_starts", "file", "text")

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self._starts: list[int] = []
        self._ends: list[int] = []
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
        self._line_starts()
        if line not in self._shown:
            self._shown[line] = self.text[self._starts[line - 1] : self._ends[line - 1]]
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
            if "\r" in self.text:
                breaks = [match.span() for match in _LINE_END.finditer(self.text)]
                self._starts = [0, *(end for _, end in breaks)]
                self._ends = [*(start for start, _ in breaks), len(self.text)]
            else:
                self._ends = list(accumulate(map(len, self.text.split("\n")), _next_end))
                self._starts = [0, *(end + 1 for end in self._ends[:-1])]
        return self._starts


def _next_end(end: int, length: int) -> int:
    return end + 1 + length
