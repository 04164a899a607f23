"""Plain scalars by the YAML 1.2 core schema."""

from __future__ import annotations

import math

import pytest

from seedlint.core_schema import Scalar, TooManyDigits, construct, resolve
from seedlint.limits import MOST_DIGITS

VALUES: list[tuple[str, Scalar]] = [
    ("", None),
    ("~", None),
    ("Null", None),
    ("nULL", "nULL"),
    ("true", True),
    ("FALSE", False),
    ("yes", "yes"),
    ("no", "no"),
    ("12", 12),
    ("+12", 12),
    ("-0", 0),
    ("017", 17),
    ("0o17", 15),
    ("0o18", "0o18"),
    ("0x1F", 31),
    ("-0x1F", "-0x1F"),
    ("0b11", "0b11"),
    ("1_000", "1_000"),
    ("1.5", 1.5),
    (".5", 0.5),
    ("5.", 5.0),
    ("1e3", 1000.0),
    ("-1.5E-1", -0.15),
    (".inf", math.inf),
    ("-.INF", -math.inf),
    (".e1", ".e1"),
    ("-", "-"),
    ("12:30", "12:30"),
    ("2020-01-01", "2020-01-01"),
    ("٣", "٣"),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_plain_scalars(text: str, value: Scalar) -> None:
    resolved = resolve(text)
    assert resolved == value
    assert type(resolved) is type(value)


def test_not_a_number() -> None:
    value = resolve(".NaN")
    assert isinstance(value, float)
    assert math.isnan(value)


def test_a_number_may_have_so_many_digits_and_no_more() -> None:
    assert resolve("9" * MOST_DIGITS) == 10**MOST_DIGITS - 1
    with pytest.raises(TooManyDigits):
        resolve("9" * (MOST_DIGITS + 1))
    with pytest.raises(TooManyDigits):
        resolve("0x" + "F" * MOST_DIGITS)


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        ("str", "12", "12"),
        ("int", "12", 12),
        ("float", "12", 12.0),
        ("float", "9" * 400, math.inf),
        ("bool", "true", True),
        ("null", "", None),
    ],
)
def test_tagged_scalars(tag: str, text: str, value: Scalar) -> None:
    constructed = construct(tag, text)
    assert constructed == value
    assert type(constructed) is type(value)


def test_a_tag_that_does_not_fit() -> None:
    with pytest.raises(ValueError, match='"yes" is not a YAML bool'):
        construct("bool", "yes")
