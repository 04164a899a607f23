"""Whether a version satisfies a specifier such as ``>=0.1,<2``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CLAUSE = re.compile(r"\s*(>=|<=|==|!=|~=|>|<)\s*(\d{1,9}(?:\.\d{1,9}){0,4})(\.\*)?\s*\Z")
_RELEASE = re.compile(r"\d+(?:\.\d+)*")
_PARTS = 6

_COMPARE: Mapping[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    ">=": lambda left, right: left >= right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    "<": lambda left, right: left < right,
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}


def satisfies(version: str, specifier: str) -> bool:
    """Whether all clauses hold; :class:`ValueError` for a clause that cannot be read.

    The comparison knows release numbers only: ``0.2.0.dev1`` counts as ``0.2.0``.
    """
    release = _RELEASE.match(version)
    mine = _numbers(release.group() if release else "0")
    holds = [_holds(mine, clause) for clause in specifier.split(",")]
    return all(holds)


def _holds(mine: tuple[int, ...], clause: str) -> bool:
    match = _CLAUSE.match(clause)
    if match is None:
        raise ValueError(clause.strip())
    operator, number, wildcard = match.groups()
    given = len(number.split("."))
    if operator == "~=" and given > 1 and not wildcard:
        return mine >= _numbers(number) and mine[: given - 1] == _numbers(number)[: given - 1]
    if wildcard and operator in ("==", "!="):
        return _COMPARE[operator](mine[:given], _numbers(number)[:given])
    if wildcard or operator == "~=":
        raise ValueError(clause.strip())
    return _COMPARE[operator](mine, _numbers(number))


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in version.split(".")[:_PARTS]]
    return (*numbers, *[0] * (_PARTS - len(numbers)))
