"""What holding one file against a schema amounts to, counted from above.

Each pair of a subschema and a value is looked at once, however many ways lead to it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeAlias

from seedlint.errors import TooMuchEffort
from seedlint.references import REFERENCES

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from seedlint.targets import Targets

# The memory that an error takes, in that of values it repeats.
VALUES_PER_ERROR = 16
_OPTIONS_PER_STEP = 10

LISTED = ("allOf", "anyOf", "oneOf")
SINGLE = ("not", "if", "then", "else")
NAMED = ("dependentSchemas", "dependencies")
OF_ITEMS = ("items", "additionalItems", "contains", "unevaluatedItems")
OF_VALUES = ("additionalProperties", "unevaluatedProperties", "propertyNames")
APPLICATORS = frozenset(
    (
        *("properties", "patternProperties", "prefixItems"),
        *(*LISTED, *SINGLE, *NAMED, *OF_ITEMS, *OF_VALUES, *REFERENCES),
    )
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
_ASSERTIONS: tuple[tuple[str, Any], ...] = (
    *((word, (int, float)) for word in ("minimum", "maximum", "multipleOf")),
    *((word, (int, float)) for word in ("exclusiveMinimum", "exclusiveMaximum")),
    *((word, str) for word in ("minLength", "maxLength", "pattern", "format")),
    *((word, str) for word in ("contentEncoding", "contentMediaType")),
    *((word, list) for word in ("minItems", "maxItems", "uniqueItems", "contains")),
    *((word, list) for word in ("minContains", "maxContains", "unevaluatedItems")),
    *((word, dict) for word in ("minProperties", "maxProperties", "unevaluatedProperties")),
)
_FAULT_FINDERS = (
    *(word for word, _ in _ASSERTIONS),
    *("type", "const", "enum", "additionalProperties", "anyOf", "oneOf"),
)

Total: TypeAlias = "tuple[int, int]"
"""Steps a validator may take, and the memory its errors may take, in errors."""

Counting: TypeAlias = "Generator[tuple[Any, Any], Total | None, Total]"
"""Asks for the totals of subschemas and values, and comes to one."""


class Count:
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

    def _total(self, schema: Any, data: Any) -> Counting:
        if not isinstance(schema, dict):
            return self._at_once(schema, data) or (1, 0)
        steps, errors = weight(schema), self._own_errors(schema, data)
        more = yield from self._sum(self._parts(schema, data))
        steps, errors = steps + more[0], errors + more[1]
        for word in ("anyOf", "oneOf"):
            if word in schema:
                parts = ((part, data, True) for part in listed(schema[word]))
                more = yield from self._sum(parts)
                steps += more[0]
                if more[2] or word == "oneOf":
                    errors += more[1] + self._error(data)
        return steps, errors

    def _sum(
        self, parts: Iterable[tuple[Any, Any, bool]]
    ) -> Generator[tuple[Any, Any], Total | None, tuple[int, int, int]]:
        """The steps and errors of some parts, and the fewest errors that one of them has."""
        steps, errors, fewest = 0, 0, sys.maxsize
        for part, value, is_told in parts:
            more = self._at_once(part, value) or (yield part, value) or (0, 0)
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
        if not APPLICATORS.isdisjoint(schema):
            return None
        return weight(schema), self._own_errors(schema, data)

    def _parts(self, schema: dict[str, Any], data: Any) -> Iterator[tuple[Any, Any, bool]]:
        """Subschemas with the values they hold for, and whether their errors are told."""
        for part in (*listed(schema.get("allOf")), *self._targets.of(schema)):
            yield part, data, True
        for word in SINGLE:
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
        shown = 0
        if isinstance(options, list) and data not in options:
            number, shown = number + 1, self._size(options)
        if isinstance(data, dict):
            wanted = listed(schema.get("required"))
            number += sum(not isinstance(name, str) or name not in data for name in wanted)
            for names in mapped(schema.get("dependentRequired")).values():
                number += len(listed(names))
            if schema.get("additionalProperties") is False:
                known = mapped(schema.get("properties"))
                number += any(key not in known for key in data)
        return number * self._error(data) + shown // VALUES_PER_ERROR

    def _error(self, data: Any) -> int:
        """The memory of an error, which repeats the value it is about."""
        return 1 + self._size(data) // VALUES_PER_ERROR

    def _size(self, data: Any) -> int:
        """How many values there are in one."""
        if not isinstance(data, (dict, list)):
            return 1
        known = self._sizes.get(id(data))
        if known is None:
            known = sum(levels_of(data))
            self._sizes[id(data)] = known
        return known


def _keys_of(schema: dict[str, Any], data: dict[str, Any]) -> Iterator[tuple[Any, Any, bool]]:
    named = mapped(schema.get("properties"))
    for key in named.keys() & data.keys() if len(named) > len(data) else named:
        if key in data:
            yield named[key], data[key], True
    for part in mapped(schema.get("patternProperties")).values():
        yield from ((part, value, True) for value in data.values())
    for word in ("additionalProperties", "unevaluatedProperties"):
        if isinstance(schema.get(word), dict):
            yield from ((schema[word], data[key], True) for key in data if key not in named)
    if "propertyNames" in schema:
        yield from ((schema["propertyNames"], key, True) for key in data)
    for word in NAMED:
        for key, part in mapped(schema.get(word)).items():
            if key in data and isinstance(part, (dict, bool)):
                yield part, data, True


def _items_of(schema: dict[str, Any], data: list[Any]) -> Iterator[tuple[Any, Any, bool]]:
    for word in ("prefixItems", "items"):
        for part, value in zip(listed(schema.get(word)), data, strict=False):
            yield part, value, True
    for word in OF_ITEMS:
        if isinstance(schema.get(word), (dict, bool)):
            yield from ((schema[word], value, word != "contains") for value in data)


def _has_type(data: Any, wanted: Any) -> bool:
    names = wanted if isinstance(wanted, list) else [wanted]
    return any(
        isinstance(data, _TYPES.get(str(name), ()))
        and (type(data) is not bool or name == "boolean")
        for name in names
    )


def weight(node: dict[str, Any] | bool) -> int:
    """The steps a subschema takes by itself."""
    if isinstance(node, bool):
        return 1
    return 1 + len(listed(node.get("enum"))) // _OPTIONS_PER_STEP


def faults(node: dict[str, Any] | bool) -> int:
    """The most errors a subschema may find by itself in any value."""
    if isinstance(node, bool):
        return int(not node)
    number = sum([word in node for word in _FAULT_FINDERS])
    number += len(listed(node.get("required")))
    number += sum(levels_of(node.get("enum"))) // VALUES_PER_ERROR
    lists = mapped(node.get("dependentRequired")).values()
    return number + sum(len(listed(names)) for names in lists)


def levels_of(data: Any) -> list[int]:
    """How many values there are on each level of data, the root first."""
    found: list[int] = []
    level = [data]
    while level:
        found.append(len(level))
        level = [
            inner
            for value in level
            if isinstance(value, (dict, list))
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
    return found


def listed(value: Any) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def mapped(value: Any) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}
