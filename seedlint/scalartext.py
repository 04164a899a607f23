"""Scalars as YAML text: what is written means the same to every reader.

The rule for quotes, wherever a scalar gets new ones: double quotes, as seeds have them;
single ones where double ones would need an escape that single ones avoid.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seedlint.core_schema import TooManyDigits, resolve

if TYPE_CHECKING:
    from seedlint.changes import Scalar

# What ends a scalar without quotes or makes it something else; an indicator is text only as
# one of three, and only with something after it.
_NOT_PLAIN = re.compile(r"\A(?:---|\.\.\.|[,\[\]{}#&*!|>'\"%@`]|[-?:](?:\s|\Z))|:(?:\s|\Z)|\s#")
_NOT_IN_FLOW = re.compile(r"[,\[\]{}]|(?:\A|\s)[?:]|:\?|\s-\Z")
# Allowed there, but readers of YAML 1.1 know them as indicators.
_RISKY_IN_FLOW = "?:"
# Beside what YAML counts as not printable: line ends, those of YAML 1.1 too, tabs, byte-order
# marks. A reader or an editor may lose any of them.
_SPECIAL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_ESCAPED = re.compile(f'["\\\\{_SPECIAL.pattern[1:]}')
_ESCAPES = {
    "\0": "0",
    "\a": "a",
    "\b": "b",
    "\t": "t",
    "\n": "n",
    "\v": "v",
    "\f": "f",
    "\r": "r",
    "\x1b": "e",
    "\x85": "N",
    "\u2028": "L",
    "\u2029": "P",
    '"': '"',
    "\\": "\\",
}


def scalar_text(value: Scalar, *, flow: bool) -> str:
    """A value on one line: text without quotes where that is safe, else in quotes.

    ``flow`` says that it stands between brackets.
    """
    if not isinstance(value, str):
        return spelled(value)
    return value if is_plain(value, flow=flow) else quoted(value)


def spelled(value: float | bool | None) -> str:
    """What is not text, as all readers understand it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    mantissa, exponent_mark, exponent = repr(value).partition("e")
    if mantissa.endswith(("inf", "nan")):
        return mantissa.replace("inf", ".inf").replace("nan", ".nan")
    return f"{mantissa}{'' if '.' in mantissa else '.0'}{exponent_mark}{exponent}"


def is_plain(text: str, *, flow: bool) -> bool:
    """Whether text needs no quotes: it stays one scalar, and is text to every reader."""
    return can_be_plain(text, flow=flow) and is_text(text)


def can_be_plain(text: str, *, flow: bool, like: str = "") -> bool:
    """Whether text stays one scalar without quotes, whatever readers take it for.

    What is risky will do if it is ``like`` what readers had to get along with so far.
    """
    return (
        text == text.strip() != ""
        and _NOT_PLAIN.search(text) is None
        and not has_special(text)
        and not (flow and _NOT_IN_FLOW.search(text))
        and not (flow and any(char in text and char not in like for char in _RISKY_IN_FLOW))
    )


def is_text(text: str) -> bool:
    """Whether every reader takes an unquoted scalar for text."""
    from seedlint.yaml11 import other_reading

    try:
        return isinstance(resolve(text), str) and other_reading(text) is None
    except TooManyDigits:
        return False


def quoted(text: str) -> str:
    """Text in quotes, on one line."""
    return single(text) if best_quotes(text) == "'" else double(text)


def best_quotes(text: str) -> str:
    """The quotes that hold text best."""
    escapes = _ESCAPED.search(text) is not None
    return "'" if escapes and "'" not in text and not has_special(text) else '"'


def single(text: str) -> str:
    """Text in single quotes; it must have no special characters."""
    return f"'{in_single(text)}'"


def in_single(text: str) -> str:
    """Text as it stands between single quotes."""
    return text.replace("'", "''")


def double(text: str) -> str:
    """Text in double quotes."""
    return f'"{in_double(text)}"'


def in_double(text: str) -> str:
    """Text as it stands between double quotes, with the escapes it needs and no other."""
    return _ESCAPED.sub(_escape, text)


def has_special(text: str) -> bool:
    """Whether text has characters that only double quotes hold, as escapes."""
    return _SPECIAL.search(text) is not None


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    if char in _ESCAPES:
        return "\\" + _ESCAPES[char]
    return f"\\x{ord(char):02X}" if char < "\x80" else f"\\u{ord(char):04X}"
