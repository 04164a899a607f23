"""How much work a schema makes: without data, and on the data of one file.

Alternatives within alternatives double what a validator has to try, references make that
cheap to write down, and data nested in itself does the same once more on each level. The
validator counts nothing, so what it would have to do is counted here first, from above:
each pair of a subschema and a value once, however many ways lead to it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from seedlint.errors import TooMuchEffort
from seedlint.targets import REFERENCES, Targets

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from seedlint.diagnostic import Route

MOST_WAYS = 10_000
"""How often a schema may come to a decision on a single value."""
_TAME_WAYS = 1_000
_DEEPEST_DATA = 64
_MOST_COUNTED = 200_000
# The memory that an error takes, in that of values it repeats.
_VALUES_PER_ERROR = 16
_STEPS_PER_ERROR = 5
_OPTIONS_PER_STEP = 10

_LISTED = ("allOf", "anyOf", "oneOf")
_SINGLE = ("not", "if", "then", "else")
_NAMED = ("dependentSchemas", "dependencies")
_OF_ITEMS = ("items", "additionalItems", "contains", "unevaluatedItems")
_OF_VALUES = ("additionalProperties", "unevaluatedProperties", "propertyNames")
_APPLICATORS = frozenset(
    (*_LISTED, *_SINGLE, *_NAMED, *_OF_ITEMS, *_OF_VALUES)
    + ("properties", "patternProperties", "prefixItems", *REFERENCES)
)
_TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
    "integer": (int, float),
    "boolean": bool,
    "null": type(None),
}
# Which values a keyword may find fault with.
_ASSERTIONS = (
    *((word, (int, float)) for word in ("minimum", "maximum", "multipleOf")),
    *((word, (int, float)) for word in ("exclusiveMinimum", "exclusiveMaximum")),
    *((word, str) for word in ("minLength", "maxLength", "pattern", "format")),
    *((word, str) for word in ("contentEncoding", "contentMediaType")),
    *((word, list) for word in ("minItems", "maxItems", "uniqueItems", "contains")),
    *((word, list) for word in ("minContains", "maxContains", "unevaluatedItems")),
    *((word, dict) for word in ("minProperties", "maxProperties", "unevaluatedProperties")),
)

Total: TypeAlias = "tuple[int, int]"
"""Steps a validator may take, and the memory its errors may take, in errors."""


class TooManyWays(Exception):
    """A schema comes to too many decisions on one value; ``route`` is where."""

    def __init__(self, route: Route) -> None:
        super().__init__(
            f"its alternatives, and theirs, come to more than {MOST_WAYS} for a single value"
        )
        self.route = route


class _Shape(NamedTuple):
    """A subschema as numbers of others: those that hold for the same value, and for what is
    in it, by place: all that may hold for one item or one key together."""

    route: Route
    weight: int
    same: Sequence[int]
    inside: Sequence[Sequence[int]]


class Effort:
    """What a schema makes of work. Raises :class:`TooManyWays`."""

    def __init__(self, schema: Any) -> None:
        self._schema = schema
        self._targets = Targets(schema)
        self._number: dict[int, int] = {}
        shapes = self._shapes()
        order = _inner_first(shapes)
        _refuse_many_ways(shapes, order)
        self.is_tame = _is_tame(shapes, order)
        """Whether no data within the limits can make it work much, as far as one can tell."""

    def require_few_steps(self, data: Any, steps: int) -> None:
        """Raise :class:`TooMuchEffort` if deciding on data may take more steps than these."""
        _Count(self._targets, steps, sys.maxsize).of(self._schema, data)

    def require_few_errors(self, data: Any, steps: int) -> None:
        """Raise :class:`TooMuchEffort` if the errors in data may be too many to be listed."""
        _Count(self._targets, steps, steps // _STEPS_PER_ERROR).of(self._schema, data)

    def _shapes(self) -> list[_Shape]:
        found = list(self._targets.subschemas)
        self._number = {id(node): number for number, (_, node) in enumerate(found)}
        return [self._shape(route, node) for route, node in found]

    def _shape(self, route: Route, node: dict[str, Any]) -> _Shape:
        if _APPLICATORS.isdisjoint(node):
            return _Shape(route, _weight(node), (), ())
        same = [*self._numbers(_in_place(node)), *self._numbers(self._targets.of(node))]
        return _Shape(route, _weight(node), same, [self._numbers(group) for group in _inside(node)])

    def _numbers(self, nodes: Iterable[Any]) -> list[int]:
        return [self._number[id(node)] for node in nodes if id(node) in self._number]


def _weight(node: dict[str, Any]) -> int:
    """The steps a subschema takes by itself."""
    return 1 + len(_list(node.get("enum"))) // _OPTIONS_PER_STEP


def _in_place(node: dict[str, Any]) -> list[Any]:
    """The subschemas that hold for the same value."""
    found = [part for word in _LISTED for part in _list(node.get(word))]
    found += [node[word] for word in _SINGLE if word in node]
    return found + [part for word in _NAMED for part in _mapping(node.get(word)).values()]


def _inside(node: dict[str, Any]) -> list[list[Any]]:
    """The subschemas that hold for one key or item, in groups that may do so together."""
    named = _mapping(node.get("properties"))
    any_key = [*_mapping(node.get("patternProperties")).values()]
    any_key += [node[word] for word in _OF_VALUES if isinstance(node.get(word), dict)]
    any_item = [node[word] for word in _OF_ITEMS if isinstance(node.get(word), dict)]
    by_place = [*_list(node.get("prefixItems")), *_list(node.get("items"))]
    groups = [[*any_key, part] for part in named.values()] or [any_key]
    return groups + ([[*any_item, part] for part in by_place] or [any_item])


def _inner_first(shapes: Sequence[_Shape]) -> list[int]:
    """The subschemas so that those that hold for the same value come before what has them.

    Where references lead in a circle, it is cut open.
    """
    done: list[int] = []
    state = bytearray(len(shapes))
    for first in range(len(shapes)):
        stack = [first]
        while stack:
            at = stack[-1]
            if state[at] == 0:
                state[at] = 1
                stack.extend(other for other in shapes[at].same if state[other] == 0)
                continue
            stack.pop()
            if state[at] == 1:
                state[at] = 2
                done.append(at)
    return done


def _refuse_many_ways(shapes: Sequence[_Shape], order: Iterable[int]) -> None:
    """Count how often each comes to a decision on one value."""
    ways = [0] * len(shapes)
    for at in order:
        ways[at] = 1 + sum(ways[other] for other in shapes[at].same)
        if ways[at] > MOST_WAYS:
            raise TooManyWays(shapes[at].route)


def _is_tame(shapes: Sequence[_Shape], order: Sequence[int]) -> bool:
    """Whether no value is decided on often, however deep the data."""
    if not shapes:
        return True
    below = [0] * len(shapes)
    size = sum(1 + len(shape.same) + sum(map(len, shape.inside)) for shape in shapes)
    for _ in range(min(_DEEPEST_DATA, 1 + _MOST_COUNTED // size)):
        here = [0] * len(shapes)
        for at in order:
            shape = shapes[at]
            inside = max((sum(below[other] for other in group) for group in shape.inside), default=0)
            here[at] = shape.weight + sum(here[other] for other in shape.same) + inside
            if here[at] > _TAME_WAYS:
                return False
        if here == below:
            return True
        below = here
    return size * _DEEPEST_DATA <= _MOST_COUNTED


class _Count:
    """Counts what a schema makes of one file."""

    def __init__(self, targets: Targets, most_steps: int, most_errors: int) -> None:
        self._targets = targets
        self._most_steps = most_steps
        self._most_errors = most_errors
        self._known: dict[tuple[int, int], Total] = {}
        self._sizes: dict[int, int] = {}

    def of(self, schema: Any, data: Any) -> Total:
        """The total for a schema and data, without recursion: references may go far."""
        answer: Total | None = None
        stack = [((id(schema), id(data)), self._total(schema, data))]
        while True:
            key, count = stack[-1]
            try:
                part, value = count.send(answer)
            except StopIteration as finished:
                answer = self._known[key] = finished.value
                self._check(answer)
                stack.pop()
                if not stack:
                    return answer
                continue
            below = id(part), id(value)
            answer = self._known.get(below)
            if answer is None:
                if len(self._known) > self._most_steps:
                    raise TooMuchEffort
                # What leads back to itself for the same value finds nothing more.
                self._known[below] = 1, 0
                stack.append((below, self._total(part, value)))

    def _check(self, total: Total) -> None:
        if total[0] > self._most_steps or total[1] > self._most_errors:
            raise TooMuchEffort

    def _total(self, schema: Any, data: Any) -> Generator[tuple[Any, Any], Total, Total]:
        if not isinstance(schema, dict):
            return self._at_once(schema, data) or (1, 0)
        steps, errors = _weight(schema), self._own_errors(schema, data)
        more = yield from self._sum(self._parts(schema, data))
        steps, errors = steps + more[0], errors + more[1]
        for word in ("anyOf", "oneOf"):
            if word in schema:
                parts = ((part, data, True) for part in _list(schema[word]))
                more = yield from self._sum(parts)
                steps += more[0]
                if more[2] or word == "oneOf":
                    errors += more[1] + self._error(data)
        return steps, errors

    def _sum(
        self, parts: Iterable[tuple[Any, Any, bool]]
    ) -> Generator[tuple[Any, Any], Total, tuple[int, int, int]]:
        """The steps and errors of some parts, and the fewest errors that one of them has."""
        steps, errors, fewest = 0, 0, sys.maxsize
        for part, value, is_told in parts:
            more = self._at_once(part, value) or (yield part, value)
            steps += more[0]
            errors += more[1] if is_told else 0
            fewest = min(fewest, more[1])
            if steps > self._most_steps:
                raise TooMuchEffort
        return steps, errors, fewest

    def _at_once(self, schema: Any, data: Any) -> Total | None:
        """The total for a subschema without others."""
        if not isinstance(schema, dict):
            return 1, 0 if schema is True else self._error(data)
        if not _APPLICATORS.isdisjoint(schema):
            return None
        return _weight(schema), self._own_errors(schema, data)

    def _parts(self, schema: dict[str, Any], data: Any) -> Iterator[tuple[Any, Any, bool]]:
        """Subschemas with the values they hold for, and whether their errors are told."""
        for part in (*_list(schema.get("allOf")), *self._targets.of(schema)):
            yield part, data, True
        for word in _SINGLE:
            if word in schema:
                yield schema[word], data, word in ("then", "else")
        if isinstance(data, dict):
            yield from _keys_of(schema, data)
        elif isinstance(data, list):
            yield from _items_of(schema, data)

    def _own_errors(self, schema: dict[str, Any], data: Any) -> int:
        number = sum(word in schema and isinstance(data, kind) for word, kind in _ASSERTIONS)
        if "type" in schema and not _has_type(data, schema["type"]):
            number += 1
        if "const" in schema and schema["const"] != data:
            number += 1
        options = schema.get("enum")
        listed = 0
        if isinstance(options, list) and data not in options:
            number, listed = number + 1, self._size(options)
        if isinstance(data, dict):
            wanted = _list(schema.get("required"))
            number += sum(not isinstance(name, str) or name not in data for name in wanted)
            for names in _mapping(schema.get("dependentRequired")).values():
                number += len(_list(names))
            if schema.get("additionalProperties") is False:
                known = _mapping(schema.get("properties"))
                number += any(key not in known for key in data)
        return number * self._error(data) + listed // _VALUES_PER_ERROR

    def _error(self, data: Any) -> int:
        """The memory of an error, which repeats the value it is about."""
        return 1 + self._size(data) // _VALUES_PER_ERROR

    def _size(self, data: Any) -> int:
        """How many values there are in one."""
        if not isinstance(data, (dict, list)):
            return 1
        known = self._sizes.get(id(data))
        if known is None:
            known, stack = 0, [data]
            while stack:
                value = stack.pop()
                known += 1
                if isinstance(value, dict):
                    stack.extend(value.values())
                elif isinstance(value, list):
                    stack.extend(value)
            self._sizes[id(data)] = known
        return known


def _keys_of(schema: dict[str, Any], data: dict[str, Any]) -> Iterator[tuple[Any, Any, bool]]:
    named = _mapping(schema.get("properties"))
    for key in named.keys() & data.keys() if len(named) > len(data) else named:
        if key in data:
            yield named[key], data[key], True
    for part in _mapping(schema.get("patternProperties")).values():
        yield from ((part, value, True) for value in data.values())
    for word in ("additionalProperties", "unevaluatedProperties"):
        if isinstance(schema.get(word), dict):
            yield from ((schema[word], data[key], True) for key in data if key not in named)
    if "propertyNames" in schema:
        yield from ((schema["propertyNames"], key, True) for key in data)
    for word in _NAMED:
        for key, part in _mapping(schema.get(word)).items():
            if key in data and isinstance(part, (dict, bool)):
                yield part, data, True


def _items_of(schema: dict[str, Any], data: list[Any]) -> Iterator[tuple[Any, Any, bool]]:
    for word in ("prefixItems", "items"):
        for part, value in zip(_list(schema.get(word)), data, strict=False):
            yield part, value, True
    for word in _OF_ITEMS:
        if isinstance(schema.get(word), (dict, bool)):
            yield from ((schema[word], value, word != "contains") for value in data)


def _has_type(data: Any, wanted: Any) -> bool:
    names = wanted if isinstance(wanted, list) else [wanted]
    return any(
        isinstance(data, _TYPES.get(str(name), ()))
        and (type(data) is not bool or name == "boolean")
        for name in names
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
