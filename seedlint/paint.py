"""Colour, as the few escape sequences every terminal knows.

Written by hand: printing the same lines through rich took 26 times as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "good": "1;32",
    "strong": "1",
    "quiet": "2",
    "related": "34",
    "added": "32",
    "removed": "31",
}


def painter(color: bool) -> Callable[[str, str], str]:
    """A function of a style's name and a text; without colour the text is left alone."""
    return _paint if color else _leave


def _paint(style: str, text: str) -> str:
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if text else ""


def _leave(style: str, text: str) -> str:
    return text
