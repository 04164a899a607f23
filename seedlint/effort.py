"""How much work a schema makes: without data, and on the data of one file.

Alternatives within alternatives double what a validator has to try, references make that
cheap to write down, and data nested in itself does the same once more on each level. The
validator counts nothing, so what it would have to do is counted here first, from above.
"""

from __future__ import annotations

import sys
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from seedlint.targets import Targets
from seedlint.workbound import Bound, most_errors, most_steps
from seedlint.workload import (
    APPLICATORS,
    LISTED,
    NAMED,
    OF_ITEMS,
    OF_VALUES,
    SINGLE,
    Count,
    faults,
    levels_of,
    listed,
    mapped,
    weight,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from seedlint.diagnostic import Route

MOST_WAYS = 10_000
"""How often a schema may come to a decision on a single value."""
_TAME_WAYS = 1_000
_DEEPEST_DATA = 64
_MOST_COUNTED = 200_000
_STEPS_PER_ERROR = 5


class TooManyWays(Exception):
    """A schema comes to too many decisions on one value; ``route`` is where."""

    def __init__(self, route: Route) -> None:
        super().__init__(
            f"its alternatives, and theirs, come to more than {MOST_WAYS} for a single value"
        )
        self.route = route


class Shape(NamedTuple):
    """A subschema as numbers of others: those that hold for the same value, and for what is
    in it, by place: all that may hold for one item or one key together, in a group or more."""

    route: Route
    same: Sequence[int] = ()
    inside: Sequence[Sequence[int]] = ((),)


class Effort:
    """What a schema makes of work. Raises :class:`TooManyWays`."""

    def __init__(self, schema: Any) -> None:
        self._schema = schema
        self._targets = Targets(schema)
        nodes: list[tuple[Route, dict[str, Any] | bool]] = [*self._targets.subschemas]
        self._number = {id(node): number for number, (_, node) in enumerate(nodes)}
        # True and false are subschemas too.
        nodes += [((), True), ((), False)]
        self._number |= {id(True): len(nodes) - 2, id(False): len(nodes) - 1}
        shapes = [self._shape(route, node) for route, node in nodes]
        order, is_circular = _inner_first(shapes)
        weights = [weight(node) for _, node in nodes]
        _refuse_many_ways(shapes, order)
        self.has_bounds = not is_circular and self._number[id(schema)] == 0
        self._shapes, self._weights, self._order = shapes, weights, order
        self.steps = Bound(shapes, weights, order)
        self.errors = Bound(shapes, [faults(node) for _, node in nodes], order)

    @cached_property
    def is_tame(self) -> bool:
        """Whether no data within the limits can make it work much, as far as one can tell."""
        return _is_tame(self._shapes, self._weights, self._order)

    def require_few_steps(self, data: Any, steps: int) -> None:
        """Raise :class:`TooMuchEffort` if deciding on data may take more steps than these."""
        if not (self.has_bounds and most_steps(self.steps, levels_of(data)) <= steps):
            Count(self._targets, steps, sys.maxsize).of(self._schema, data)

    def require_few_errors(self, data: Any, steps: int) -> None:
        """Raise :class:`TooMuchEffort` if the errors in data may be too many to be listed."""
        most = steps // _STEPS_PER_ERROR
        if not (self.has_bounds and most_errors(self.errors, levels_of(data)) <= most):
            Count(self._targets, steps, most).of(self._schema, data)

    def _shape(self, route: Route, node: dict[str, Any] | bool) -> Shape:
        if isinstance(node, bool) or APPLICATORS.isdisjoint(node):
            return Shape(route)
        same = [*self._numbers(_in_place(node)), *self._numbers(self._targets.of(node))]
        return Shape(route, same, [self._numbers(group) for group in _inside(node)])

    def _numbers(self, nodes: Iterable[Any]) -> list[int]:
        return [self._number[id(node)] for node in nodes if id(node) in self._number]


def _in_place(node: dict[str, Any]) -> list[Any]:
    """The subschemas that hold for the same value."""
    found = [part for word in LISTED for part in listed(node.get(word))]
    found += [node[word] for word in SINGLE if word in node]
    return found + [part for word in NAMED for part in mapped(node.get(word)).values()]


def _inside(node: dict[str, Any]) -> list[list[Any]]:
    """The subschemas that hold for one key or item, in groups that may do so together."""
    named = mapped(node.get("properties"))
    any_key = [*mapped(node.get("patternProperties")).values()]
    any_key += [node[word] for word in OF_VALUES if word in node]
    any_item = [node[word] for word in OF_ITEMS if word in node]
    by_place = [*listed(node.get("prefixItems")), *listed(node.get("items"))]
    groups = [[*any_key, part] for part in named.values()] or [any_key]
    return groups + ([[*any_item, part] for part in by_place] or [any_item])


def _inner_first(shapes: Sequence[Shape]) -> tuple[list[int], bool]:
    """The subschemas so that those that hold for the same value come before what has them.

    Where references lead in a circle, which is the second result, it is cut open.
    """
    done: list[int] = []
    is_circular = False
    state = bytearray(len(shapes))
    for first in range(len(shapes)):
        stack = [first]
        while stack:
            at = stack[-1]
            if state[at] == 0:
                state[at] = 1
                stack.extend(other for other in shapes[at].same if state[other] == 0)
                is_circular |= any(state[other] == 1 for other in shapes[at].same)
                continue
            stack.pop()
            if state[at] == 1:
                state[at] = 2
                done.append(at)
    return done, is_circular


def _refuse_many_ways(shapes: Sequence[Shape], order: Iterable[int]) -> None:
    """Count how often each comes to a decision on one value."""
    ways = [0] * len(shapes)
    for at in order:
        ways[at] = 1 + sum(ways[other] for other in shapes[at].same)
        if ways[at] > MOST_WAYS:
            raise TooManyWays(shapes[at].route)


def _is_tame(shapes: Sequence[Shape], weights: Sequence[int], order: Sequence[int]) -> bool:
    """Whether no value is decided on often, however deep the data."""
    below = [0] * len(shapes)
    size = sum(1 + len(shape.same) + sum(map(len, shape.inside)) for shape in shapes)
    for _ in range(min(_DEEPEST_DATA, 1 + _MOST_COUNTED // size)):
        here = [0] * len(shapes)
        for at in order:
            shape = shapes[at]
            inside = max(sum([below[other] for other in group]) for group in shape.inside)
            here[at] = weights[at] + sum([here[other] for other in shape.same]) + inside
            if here[at] > _TAME_WAYS:
                return False
        if here == below:
            return True
        below = here
    return size * _DEEPEST_DATA <= _MOST_COUNTED
