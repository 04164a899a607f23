"""What YAML 1.1 readers make of a plain scalar.

Sources: the YAML 1.1 type repository (yaml.org/type) and the resolvers of PyYAML and of
Psych, the reader of Ruby and so of Jekyll. Where these differ, whatever one of them makes
of a scalar counts if it is not what the YAML 1.2 core schema says. ruamel.yaml, told to read
YAML 1.1, knows one more kind of number.
"""

from __future__ import annotations

import re

from seedlint.core_schema import TooManyDigits, resolve

# The 1.1 repository has y and n, PyYAML and Psych the others, Psych in any case.
_TRUE = re.compile(r"(?:y|yes|true|on)\Z", re.IGNORECASE)
_FALSE = re.compile(r"(?:n|no|false|off)\Z", re.IGNORECASE)
_BINARY = re.compile(r"[-+]?0b[01_,]+\Z")
_OCTAL = re.compile(r"[-+]?0[0-7_,]*[0-7_]\Z")
_HEX = re.compile(r"[-+]?0x[0-9a-fA-F_,]+\Z")
# Psych takes commas for separators as well.
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9](?:[0-9_]|,[0-9])*)\Z")
# An underscore right after the dot only ruamel.yaml takes.
_FLOAT = re.compile(r"[-+]?(?:[0-9][0-9_,]*\.[0-9_]*|\._*[0-9][0-9_]*)(?:[eE][-+][0-9]+)?\Z")
# ruamel.yaml alone wants no dot; what has no underscore either is a number of YAML 1.2.
_DOTLESS = re.compile(r"[-+]?[0-9]+_[0-9_]*[eE][-+]?[0-9]+\Z")
# PyYAML alone knows no sign before the dot.
_SIGNED_DOT = re.compile(r"[-+]\.[0-9]")
_SPECIAL = re.compile(r"(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z")
_BASE_60 = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\Z")
_TIME = re.compile(
    r"-?[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
    r"(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?\Z"
)
_RFC_3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(?:\.[0-9]+)?(?:[Zz]|[-+][0-9]{2}:[0-9]{2})\Z"
)
_INDICATORS = {"=": "the default-value indicator", "<<": "the merge indicator"}
_SEPARATORS = str.maketrans("", "", "_,")
_LONG = 40


def truth_of(text: str) -> bool | None:
    """What a word such as `yes` or `off` says to a YAML 1.1 reader, if it is one."""
    if _TRUE.match(text):
        return True
    return False if _FALSE.match(text) else None


def plain_value(text: str) -> bool | float | None:
    """The boolean or number that a YAML 1.1 reader makes of a short scalar without colons."""
    truth = truth_of(text)
    if truth is not None:
        return truth
    return None if ":" in text or len(text) > _LONG else _number(text)


def other_reading(text: str) -> str | None:
    """What a YAML 1.1 reader takes a plain scalar for, in words, if not for the same.

    A full RFC 3339 timestamp is the same instant to all, whatever its type.
    """
    try:
        value = resolve(text)
    except TooManyDigits:
        return None
    if text in _INDICATORS:
        return _INDICATORS[text]
    truth = truth_of(text)
    if truth is not None:
        return None if value is truth else f"the boolean {str(truth).lower()}"
    if text[:1].isalpha():
        return None  # no number begins so, nor a time
    if _DATE.match(text):
        return "a date"
    if _TIME.match(text):
        return None if _RFC_3339.match(text) else "a time"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if len(text) > _LONG:
        return _long_reading(text, is_number)
    number = _number(text)
    if number is not None and not (is_number and _same(number, value)):
        return f"the number {number}"
    if is_number and (number is None or _SIGNED_DOT.match(text)):
        return "text"
    return None


def _long_reading(text: str, is_number: bool) -> str | None:
    """The reading of a long scalar. Its value is not computed: that may take long."""
    if is_number:
        return "another number" if _OCTAL.match(text) else _float_as_text(text)
    numeric = (_BINARY, _OCTAL, _HEX, _DECIMAL, _FLOAT, _DOTLESS, _BASE_60)
    return "a number" if any(pattern.match(text) for pattern in numeric) else None


def _float_as_text(text: str) -> str | None:
    known = any(pattern.match(text) for pattern in (_DECIMAL, _HEX, _FLOAT))
    return None if known and not _SIGNED_DOT.match(text) else "text"


def _number(text: str) -> int | float | None:
    """The number a YAML 1.1 reader makes of a short scalar."""
    digits = text.translate(_SEPARATORS)
    try:
        if _BASE_60.match(text):
            return _base_60(digits)
        for pattern, base in ((_BINARY, 2), (_OCTAL, 8), (_HEX, 16), (_DECIMAL, 10)):
            if pattern.match(text):
                return int(digits, base)
        if _FLOAT.match(text) or _DOTLESS.match(text) or _SPECIAL.match(text):
            return float(digits.lower().replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError:
        # "0b_" and the like look like numbers and are none.
        pass
    return None


def _base_60(digits: str) -> int | float:
    sign = -1 if digits[0] == "-" else 1
    total: int | float = 0
    for part in digits.lstrip("+-").split(":"):
        total = total * 60 + (float(part) if "." in part else int(part))
    return sign * total


def _same(one: float, other: object) -> bool:
    # Not a number is not even equal to itself.
    return type(one) is type(other) and (one == other or (one != one and other != other))
