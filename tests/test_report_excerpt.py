"""Excerpts of generated lines: never too wide, the caret always under the span."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from seedlint.diagnostic import Span
from seedlint.report._excerpt import ELLIPSIS, excerpt

NARROWEST = 20

lines = st.text(st.sampled_from("ab \t\x1b日🎉\u0301\u202eé#["), max_size=120)


def cells(text: str) -> int:
    return sum(
        0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )


def whole(line: str, span: Span) -> str:
    return excerpt(line, span, 10_000).text


@given(lines, st.integers(1, 130), st.integers(0, 130), st.booleans(), st.integers(1, 100))
def test_any_excerpt(line: str, column: int, length: int, goes_on: bool, width: int) -> None:
    span = Span(1, column, 2 if goes_on else 1, column + length)
    shown = excerpt(line, span, width)
    width = max(width, NARROWEST)

    assert cells(shown.text) <= width
    assert shown.carets >= 1
    assert shown.offset + shown.carets + shown.goes_on <= width + 1
    assert shown.goes_on or not goes_on
    assert shown.text.removeprefix(ELLIPSIS).removesuffix(ELLIPSIS) in whole(line, span)


@given(lines, lines, st.integers(1, 100))
def test_the_caret_stands_under_the_span(before: str, after: str, width: int) -> None:
    line = f"{before}X{after}"
    shown = excerpt(line, Span(1, len(before) + 1, 1, len(before) + 2), width)
    assert shown.offset == cells(shown.text[: shown.text.index("X")])
    assert shown.carets == 1
    assert not shown.goes_on


@given(lines, st.integers(1, 100))
def test_the_caret_stands_behind_the_line(line: str, width: int) -> None:
    end = len(line) + 1
    shown = excerpt(line, Span(1, end, 1, end), width)
    assert shown.offset == cells(shown.text) < max(width, NARROWEST)
