"""Offsets to lines and columns."""

from __future__ import annotations

import pytest

from seedlint.diagnostic import Span
from seedlint.source import Source


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_line_ends_at_lf_crlf_or_cr(line_end: str) -> None:
    source = Source("a.md", line_end.join(["ab", "", "cd"]))
    assert [source.line_text(line) for line in (1, 2, 3)] == ["ab", "", "cd"]
    assert source.position(source.text.index("d")) == (3, 2)
    assert source.line_count == 3


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c"])
def test_nothing_else_ends_a_line(char: str) -> None:
    source = Source("a.md", f"a{char}b\nc")
    assert source.line_text(1) == f"a{char}b"
    assert source.position(2) == (1, 3)


def test_columns_count_code_points() -> None:
    source = Source("a.md", "x: 😀é\u0301y")
    assert source.span(3, 7) == Span(1, 4, 1, 8)


def test_a_line_is_one_object_however_often_it_is_shown() -> None:
    source = Source("a.md", "one line\nanother")
    assert source.place(0, 1).line_text is source.place(4, 5).line_text
