"""The part of a line around a span that fits the width, and where the carets go."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from seedlint.visible import code_point, in_context, is_mark, visible_character

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.diagnostic import Span

ELLIPSIS = "…"

_TAB = " " * 4
_NARROWEST = 20


@dataclass(frozen=True, slots=True)
class Excerpt:
    """``text`` with ``carets`` columns marked from column ``offset`` (both in cells).

    ``goes_on`` says that the span continues beyond what is shown.
    """

    text: str
    offset: int
    carets: int
    goes_on: bool


@dataclass(frozen=True, slots=True)
class _Cells:
    """A stretch of a line: what each code point is shown as, and the column it begins at."""

    shown: Sequence[str]
    columns: Sequence[int]


def excerpt(line: str, span: Span, width: int) -> Excerpt:
    """Cut ``line``, on which ``span`` begins, to ``width`` cells."""
    width = max(width, _NARROWEST)
    several_lines = span.end_line > span.line
    start = min(span.column - 1, len(line))
    end = len(line) if several_lines else max(start, min(span.end_column - 1, len(line)))

    # Nothing further away can be in view: a line of a megabyte costs no more than another.
    low = max(0, start - width)
    high = min(len(line), end + width, start + 2 * width)
    cells = _cells(line[low:high])
    columns = cells.columns
    first, last = start - low, min(end, high) - low
    behind = 1 if several_lines or start == len(line) else 0
    full_width = columns[-1] + behind

    begin = 0
    if low > 0 or high < len(line) or full_width > width:
        origin = _origin(columns[first], columns[last], width, at_start=low == 0)
        if high == len(line):
            origin = max(0, min(origin, full_width - (width - 1)))
        begin = bisect_left(columns, origin)
    cut_left = begin > 0 or low > 0
    room = width - cut_left
    cut_right = high < len(line) or full_width - columns[begin] > room
    stop = len(columns) - 1
    if cut_right:
        stop = bisect_right(columns, columns[begin] + room - 1) - 1
    seen = min(last, stop)
    return Excerpt(
        text=ELLIPSIS * cut_left + "".join(cells.shown[begin:stop]) + ELLIPSIS * cut_right,
        offset=columns[first] - columns[begin] + cut_left,
        carets=max(1, columns[seen] - columns[first]),
        goes_on=several_lines or end > stop + low,
    )


def _origin(start: int, end: int, width: int, *, at_start: bool) -> int:
    """The column to cut at: the line's beginning if it can stay, else the span centred."""
    if at_start and (start <= width // 3 or end < width):
        return 0
    context = max((width - (end - start)) // 2, width // 4)
    return max(0, start - context)


def _cells(text: str) -> _Cells:
    if text.isascii() and text.isprintable() and "##" not in text:
        return _Cells(text, range(len(text) + 1))
    shown, widths = map(list, zip(*map(_cell, text), strict=True)) if text else ([], [])
    for index in in_context(text):
        shown[index] = code_point(text[index])
        widths[index] = len(shown[index])
    columns = [0]
    for width in widths:
        columns.append(columns[-1] + width)
    return _Cells(shown, columns)


@lru_cache(maxsize=4096)
def _cell(character: str) -> tuple[str, int]:
    """What a character is shown as and how many cells that takes.

    The width is by the Unicode version of ``str.isprintable``: what is newer is escaped.
    """
    if character == "\t":
        return _TAB, len(_TAB)
    shown = visible_character(character)
    if shown != character:
        return shown, len(shown)
    if is_mark(character) or "\u1160" <= character <= "\u11ff":
        return shown, 0
    return shown, 2 if unicodedata.east_asian_width(character) in "WF" else 1
