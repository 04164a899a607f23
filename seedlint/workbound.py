"""A bound on what :mod:`seedlint.workload` would count, from how many values each level has.

It looks at no value, so it takes a fiftieth of the time; where it is too high, one counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.workload import VALUES_PER_ERROR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.effort import Shape


class Bound:
    """What a schema can make of one value of a level, for each level of the data.

    ``order`` has the shapes so that those that hold for the same value come first.
    """

    def __init__(
        self, shapes: Sequence[Shape], weights: Sequence[int], order: Sequence[int]
    ) -> None:
        self._shapes = shapes
        self._weights = weights
        self._order = order
        self._last: list[int] = []
        self._levels: list[int] = []

    def at(self, level: int) -> int:
        """The most that one value can make, ``level`` steps below the root."""
        while len(self._levels) <= level:
            self._last = self._next()
            self._levels.append(self._last[0])
        return self._levels[level]

    def _next(self) -> list[int]:
        """What each shape makes one level further below than the last."""
        here = [0] * len(self._shapes)
        last = self._last
        for at in self._order:
            shape = self._shapes[at]
            if last:
                own = max(sum([last[other] for other in group]) for group in shape.inside)
            else:
                own = self._weights[at]
            here[at] = own + sum([here[other] for other in shape.same])
        return here


def most_steps(bound: Bound, levels: Sequence[int]) -> int:
    """The most steps on data that has so many values on each level."""
    return sum(bound.at(level) * number for level, number in enumerate(levels))


def most_errors(bound: Bound, levels: Sequence[int]) -> int:
    """The same of the memory of errors, which repeat the value they are about."""
    total, below = 0, sum(levels)
    for level, number in enumerate(levels):
        total += bound.at(level) * (number + below // VALUES_PER_ERROR)
        below -= number
    return total
