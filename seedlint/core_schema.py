"""The YAML 1.2 core schema: what a plain scalar means.

Source: YAML 1.2.2, section 10.3.2, tag resolution.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from seedlint.limits import MOST_DIGITS

Scalar: TypeAlias = "str | int | float | bool | None"

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOL = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMBER_START = frozenset("0123456789+-.")
_INT = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL = re.compile(r"0o[0-7]+\Z")
_HEX = re.compile(r"0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_INFINITY = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z")
_TOO_LONG = re.compile(f"[0-9]{{{MOST_DIGITS + 1}}}")
_NAN = frozenset((".nan", ".NaN", ".NAN"))


class TooManyDigits(ValueError):
    """A number is longer than :data:`MOST_DIGITS`."""


def resolve(text: str) -> Scalar:
    """The value of an untagged plain scalar.

    Raises :class:`TooManyDigits` for a number too long to be one.
    """
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if text[0] not in _NUMBER_START:
        return text
    number = _number(text)
    return text if number is None else number


def construct(tag: str, text: str) -> Scalar:
    """The value of a scalar with a core tag (``int``, ``str``, …).

    Raises ValueError when the text is none of that type.
    """
    if tag == "str":
        return text
    value = resolve(text)
    if tag == "float" and type(value) is int:
        value = float(text)
    wanted = {"null": type(None), "bool": bool, "int": int, "float": float}[tag]
    if type(value) is not wanted:
        raise ValueError(f'"{text}" is not a YAML {tag}')
    return value


def _number(text: str) -> int | float | None:
    number: int | float | None = None
    if len(text) > MOST_DIGITS and _TOO_LONG.search(text) and _FLOAT.match(text):
        raise TooManyDigits
    if _INT.match(text):
        number = int(text)
    elif _FLOAT.match(text):
        number = float(text)
    elif _HEX.match(text) or _OCTAL.match(text):
        if len(text) > MOST_DIGITS:
            raise TooManyDigits
        number = int(text[2:], 16 if text[1] == "x" else 8)
    elif _INFINITY.match(text):
        number = float("-inf" if text[0] == "-" else "inf")
    elif text in _NAN:
        number = float("nan")
    return number
