"""How messages say things: quoted, counted, listed, with what was probably meant."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 60


def quote(value: Any) -> str:
    """A value as messages show it: text in double quotes, cut when long, escapes visible."""
    if isinstance(value, str):
        return f'"{shorten(escape(value))}"'
    return shorten(escape(json.dumps(value, ensure_ascii=False, default=str)))


def shorten(text: str, longest: int = _LONGEST) -> str:
    """``text``, cut to ``longest`` code points with an ellipsis at the end."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def escape(text: str) -> str:
    """``text`` with everything that is not printable, or reorders text, written as an escape."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def counted(number: int, what: str, several: str = "") -> str:
    """A number of things: ``1 file``, ``2 files``."""
    return f"{number} {what}" if number == 1 else f"{number} {several or f'{what}s'}"


def names(values: list[str], last: str = "or") -> str:
    """``a``, ``a or b``, ``a, b or c``: a list as a person writes it."""
    if len(values) < 2:
        return "".join(values)
    return f"{', '.join(values[:-1])} {last} {values[-1]}"


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """``; did you mean "select"?`` when one of ``known`` is close, in any case, else nothing."""
    return suggestion(closest(wrong, known))


def suggestion(meant: str | None) -> str:
    """``; did you mean "select"?``, or nothing where nothing is close."""
    return "" if meant is None else f"; did you mean {quote(meant)}?"


def closest(wrong: str, known: Iterable[str]) -> str | None:
    """The word that was probably meant: the closest of ``known`` in any case, if one is close."""
    from difflib import get_close_matches

    by_folded = {word.casefold(): word for word in known}
    close = get_close_matches(wrong.casefold(), by_folded, n=1)
    return by_folded[close[0]] if close else None


def _escaped(char: str) -> str:
    return json.dumps(char)[1:-1] if char in "\t\n\r" else f"\\u{{{ord(char):X}}}"
