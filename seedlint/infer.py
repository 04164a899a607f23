"""What many documents have in common: the types, keys and texts that were seen.

:mod:`seedlint.inferschema` makes a schema of it that accepts all of them but those that say
`yes` or `no` for `true` or `false`: nothing else is claimed here that a document did not keep.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import jsonschema_rs

from seedlint.guessroles import names_a_code
from seedlint.timestamps import is_timestamp
from seedlint.urlsyntax import flaw, reference_flaw
from seedlint.yaml11 import truth_of

if TYPE_CHECKING:
    from seedlint.diagnostic import Route

_DEEPEST = 8
_MOST_KEYS = 100
_MOST_NODES = 2000
_MOST_VALUES = 16
_LONGEST_VALUE = 40
_LONGEST_JUDGED = 2000
_MOST_MISSES = 5

_TIMES = ("a date", "a time")

DATED = r"^\d{4}-(0[1-9]|1[0-2])-[0-3]\d([Tt ]\d{1,2}:\d{2}|$)"

NO_TYPE = "not finite"
"""The type of numbers that JSON cannot say, and no validator takes for any."""

Judge: TypeAlias = Callable[[str], bool]


def _by_schema(schema: dict[str, Any]) -> Judge:
    """A judge that agrees with the contract, as it is the same validator."""
    return jsonschema_rs.Draft202012Validator(
        schema, validate_formats=True, pattern_options=jsonschema_rs.RegexOptions()
    ).is_valid


def _judges() -> dict[str, Judge]:
    """What may be true of all texts at one place, by name."""
    judges = {name: _by_schema({"format": name}) for name in ("date-time", "date", "email")}
    is_uri, is_reference = _by_schema({"format": "uri"}), _by_schema({"format": "uri-reference"})
    return {
        **judges,
        "dated": _by_schema({"pattern": DATED}),
        "uri": lambda text: text.startswith(("https://", "http://")) and is_uri(text),
        "uri-reference": lambda text: bool(text) and is_reference(text),
        "timestamp": is_timestamp,
        "page": lambda text: flaw(text) is None,
        "reference": lambda text: reference_flaw(text) is None,
        "domain": lambda text: "." in text and not set(text) & set("/: @"),
        "filled": bool,
        "truth": lambda text: truth_of(text) is not None,
    }


class Texts:
    """The texts at one place; ``traits`` holds of all of them, ``misses`` counts those of which
    others do not, up to a few.

    ``words`` counts those that are booleans to YAML 1.1 readers, for lack of quotes, and seem to
    be meant so; ``dates`` those that are dates or times to them.
    """

    __slots__ = ("_judges", "count", "dates", "misses", "traits", "values", "words")

    def __init__(self, judges: dict[str, Judge]) -> None:
        self.count = self.words = self.dates = 0
        self.traits = set(judges)
        self.misses: dict[str, int] = {}
        self._judges = dict(judges)
        # How often each was seen; ``None`` once there are too many to be an enumeration.
        self.values: dict[str, int] | None = {}

    def add(self, text: str) -> None:
        """Take in one more."""
        self.count += 1
        is_long = len(text) > _LONGEST_JUDGED
        for trait, judge in list(self._judges.items()):
            if (is_long and trait != "filled") or not judge(text):
                self.traits.discard(trait)
                self.misses[trait] = self.misses.get(trait, 0) + 1
                if self.misses[trait] > _MOST_MISSES:
                    del self._judges[trait], self.misses[trait]
        if self.values is not None:
            self.values[text] = self.values.get(text, 0) + 1
            if len(self.values) > _MOST_VALUES or len(text) > _LONGEST_VALUE:
                self.values = None


class Seen:
    """What was seen at one place, in the order in which it was."""

    __slots__ = ("is_open", "items", "keys", "texts", "types")

    def __init__(self) -> None:
        self.types: dict[str, int] = {}
        self.keys: dict[str, Seen] = {}
        self.items: Seen | None = None
        self.texts: Texts | None = None
        # Whether not all keys, or nothing of what is inside, was taken in.
        self.is_open = False

    @property
    def count(self) -> int:
        """How many values were seen."""
        return sum(self.types.values())

    def is_only(self, *types: str) -> bool:
        """Whether there were values of these types and no others, but for nothing at all."""
        found = self.types.keys() - {"null"}
        return bool(found) and found <= set(types)

    @property
    def says_yes(self) -> bool:
        """Whether all texts are words for booleans, which only some readers know."""
        texts = self.texts
        if texts is None or "truth" not in texts.traits:
            return False
        return "boolean" in self.types or texts.words == texts.count

    def is_text(self, trait: str | None = None) -> bool:
        """Whether all values are texts, and the trait is true of all."""
        if self.texts is None or not self.is_only("string") or self.says_yes:
            return False
        return trait is None or trait in self.texts.traits


class Inference:
    """Takes in documents; ``root`` is what was seen of them."""

    def __init__(self) -> None:
        self.root = Seen()
        self._nodes = 0
        self._judges = _judges()

    def add(self, data: Any, readings: Mapping[Route, str] | None = None) -> None:
        """Take in one document; ``readings`` are its :func:`seedlint.otherwise.other_readings`."""
        self._add(self.root, data, (), readings or {})

    def _add(self, seen: Seen, value: Any, route: Route, readings: Mapping[Route, str]) -> None:
        kind = _type_of(value)
        seen.types[kind] = seen.types.get(kind, 0) + 1
        if kind == "string":
            if seen.texts is None:
                seen.texts = Texts(self._judges)
            seen.texts.add(value)
            if route in readings:
                seen.texts.dates += readings[route] in _TIMES
                seen.texts.words += _is_meant_as_truth(route, value)
        elif len(route) == _DEEPEST:
            seen.is_open = True
        elif kind == "object":
            for key, child in value.items():
                node = seen.keys.get(key) or self._new_key(seen, key)
                if node is not None:
                    self._add(node, child, (*route, key), readings)
        elif kind == "array":
            for index, item in enumerate(value):
                if seen.items is None:
                    seen.items = Seen()
                self._add(seen.items, item, (*route, index), readings)

    def _new_key(self, seen: Seen, key: str) -> Seen | None:
        """A place for what a key holds, unless that makes too many."""
        if len(seen.keys) >= _MOST_KEYS or self._nodes >= _MOST_NODES:
            seen.is_open = True
            return None
        self._nodes += 1
        node = seen.keys[key] = Seen()
        return node


def places(root: Seen) -> Iterator[tuple[Route, Seen]]:
    """What was seen, and what was seen inside; an item's step is ``*``."""
    waiting: list[tuple[Route, Seen]] = [((), root)]
    while waiting:
        route, seen = waiting.pop(0)
        yield route, seen
        waiting += [((*route, key), child) for key, child in seen.keys.items()]
        waiting += [((*route, "*"), seen.items)] if seen.items is not None else []


def _is_meant_as_truth(route: Route, text: str) -> bool:
    """Whether a word without quotes is meant as its boolean: no letter, no code, not of a list."""
    key = route[-1]
    return (
        isinstance(key, str)
        and not names_a_code(key)
        and len(text) > 1
        and truth_of(text) is not None
    )


def _type_of(value: Any) -> str:
    """The type of a value as JSON Schema names it."""
    if isinstance(value, float) and not math.isfinite(value):
        return NO_TYPE
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "object" if isinstance(value, dict) else "array"
