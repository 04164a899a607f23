"""The lines of a block: comments, blank lines and line ends.

Offsets are code points into the block's text. A ``floor`` is an offset above which nothing
is looked at: what stands there may be part of a scalar, whatever it looks like.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from seedlint.source import line_starts

_END = r"(?:\r\n?|\n|\Z)"
_LINE_END = re.compile(r"\r\n?|\n")
_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\r\n]*)*")
_COMMENT = re.compile(r"[ \t]+#[^\r\n]*")
_COMMENT_START = re.compile(r"(\A|[\r\n])[ \t]*(?=#)")
_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?" + _END)
_BLANK_LINE = re.compile(r"[ \t]*" + _END)
_COMMENT_LINE = re.compile(r"([ \t]*)#[^\r\n]*" + _END)
# An ignore speaks of the next line with content, however far below. One that speaks of the
# file must stay above the first key.
_LINE_WIDE = re.compile(r"#[ \t]*seedlint:[ \t]*ignore(?!-)")
_FILE_WIDE = re.compile(r"[ \t]*#[ \t]*seedlint:[ \t]*ignore-file\b")


class Lines:
    """A text and its lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = line_starts(text)

    def line_start(self, at: int) -> int:
        """Where the line of an offset begins."""
        return self._starts[self._number(at)]

    def line_end_before(self, at: int) -> str:
        """The line end directly before an offset; empty where there is none."""
        ends = ("\r\n", "\n", "\r")
        return next((end for end in ends if self.text.endswith(end, 0, at)), "")

    def line_end_near(self, at: int) -> str:
        """The line end before an offset, else the first of the text."""
        end = self.line_end_before(at)
        found = None if end else _LINE_END.search(self.text)
        return end or ("\n" if found is None else found.group())

    def line_rest(self, at: int) -> int | None:
        """The start of the next line, if no more than a comment follows on this one."""
        found = _REST.match(self.text, at)
        return None if found is None else found.end()

    def skip(self, at: int) -> int:
        """The first offset from here on that is neither blank nor in a comment."""
        found = _GAP.match(self.text, at)
        return at if found is None else found.end()

    def comment_end(self, tail: int) -> int:
        """The end of the comment that follows on a line; without one, ``tail`` itself."""
        found = _COMMENT.match(self.text, tail)
        return tail if found is None else found.end()

    def comments_between(self, start: int, stop: int, beside: int) -> str:
        """The comment lines from one line's start to another's, indented like a third line.

        Without the blank lines above them.
        """
        lead = self.text[self.line_start(beside) : beside]
        indentation = " " * (len(lead) - len(lead.lstrip(" ")))
        return _COMMENT_START.sub(rf"\1{indentation}", self.text[self.blanks_below(start) : stop])

    def blanks_above(self, at: int, floor: int) -> int:
        """The start of the blank lines directly above a line that starts at ``at``."""
        return self._climb(at, floor, _BLANK_LINE)

    def blanks_below(self, at: int) -> int:
        """The end of the blank lines that start at ``at``."""
        while at < len(self.text) and (found := _BLANK_LINE.match(self.text, at)):
            at = found.end()
        return at

    def is_comment_above(self, at: int, floor: int) -> bool:
        """Whether a comment line stands directly above a line."""
        return self._climb(at, floor, _COMMENT_LINE) < at

    def is_comment_at(self, at: int) -> bool:
        """Whether a line is a comment."""
        return _COMMENT_LINE.match(self.text, at) is not None

    def is_ignored(self, line: int, floor: int) -> bool:
        """Whether a comment further above is an ignore that speaks of a line."""
        return _LINE_WIDE.search(self.text, self._climb(line, floor, _REST), line) is not None

    def own_comments(self, line: int, column: int, floor: int) -> int:
        """The start of the comment lines directly above a line that are indented like it."""
        number = self._number(line)
        while number and self._starts[number - 1] > floor:
            above = self._starts[number - 1]
            found = _COMMENT_LINE.match(self.text, above)
            if found is None or len(found[1]) != column or _FILE_WIDE.match(self.text, above):
                break
            number -= 1
        return self._starts[number]

    def with_deeper(self, stop: int, column: int) -> int:
        """The start of the line after the comments that are indented deeper than an entry."""
        at = stop
        while at < len(self.text):
            at = self.blanks_below(at)
            found = _COMMENT_LINE.match(self.text, at)
            if found is None or len(found[1]) <= column:
                break
            at = stop = found.end()
        return stop

    def _climb(self, at: int, floor: int, kind: re.Pattern[str]) -> int:
        """The start of the lines of a kind directly above a line."""
        number = self._number(at)
        while number and self._starts[number - 1] > floor:
            if kind.match(self.text, self._starts[number - 1]) is None:
                break
            number -= 1
        return self._starts[number]

    def _number(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1
