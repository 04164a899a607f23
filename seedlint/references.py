"""What is where in a schema: its subschemas, and what references mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from seedlint.diagnostic import Route

ANNOTATIONS_SCHEMA = "annotations.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
DIALECTS = (
    DIALECT,
    "https://json-schema.org/draft/2019-09/schema",
    "http://json-schema.org/draft-07/schema",
    "http://json-schema.org/draft-06/schema",
    "http://json-schema.org/draft-04/schema",
)
# Every validator knows what these are.
_METASCHEMAS = tuple(dialect.removesuffix("schema") for dialect in DIALECTS)

_MAPS = (
    "properties",
    "$defs",
    "definitions",
    "patternProperties",
    "dependentSchemas",
    "dependencies",
)
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems", "items")
# Where roles are found: below these keywords, or below what a reference leads to.
_FOLLOWED = frozenset(
    ("properties", "$defs", "definitions", "allOf", "anyOf", "oneOf", "then", "else", "items")
)
_SINGLES = (
    "items",
    "additionalItems",
    "additionalProperties",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contains",
    "propertyNames",
    "contentSchema",
    "not",
    "if",
    "then",
    "else",
)
REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
_HOLDERS = frozenset((*_MAPS, *_LISTS, *_SINGLES))


class References:
    """What the references of one schema document may mean."""

    def __init__(self, schema: Any) -> None:
        self._root = schema
        self._named: dict[str, Any] = {}
        # References may be relative to these names.
        self.has_named_parts = False
        for route, node, _ in subschemas(schema):
            for keyword in ("$anchor", "$dynamicAnchor"):
                if isinstance(node.get(keyword), str):
                    self._named.setdefault("#" + node[keyword], node)
            if isinstance(node.get("$id"), str):
                self._named.setdefault(node["$id"], node)
                self.has_named_parts |= route != () and not node["$id"].startswith("#")

    def resolve(self, reference: str) -> Any:
        """The schema a reference means; ``None`` for one that leads elsewhere."""
        if reference in self._named:
            return self._named[reference]
        base, hash_sign, fragment = reference.partition("#")
        root = self._named.get(base) if base else self._root
        if root is None or (fragment and not fragment.startswith("/")):
            return self._named.get(hash_sign + fragment) if root is self._root else None
        return descend(root, steps(fragment))

    def leads_somewhere(self, reference: str) -> bool:
        """Whether the reference can be followed without fetching anything.

        Where parts of the schema have names of their own, to which references are relative,
        only the validator knows.
        """
        return (
            self.resolve(reference) is not None
            or self.has_named_parts
            or reference.startswith(_METASCHEMAS)
        )


def dialect_of(schema: Any, default: str = DIALECT) -> str:
    """The dialect a schema says it is written in; our annotations are no other."""
    dialect = schema.get("$schema", default) if isinstance(schema, dict) else default
    if isinstance(dialect, str) and dialect.endswith(ANNOTATIONS_SCHEMA):
        return DIALECT
    return str(dialect).rstrip("#")


def steps(fragment: str) -> list[str | int]:
    """The steps of a JSON pointer in a reference."""
    return [unquote(step).replace("~1", "/").replace("~0", "~") for step in fragment.split("/")[1:]]


def descend(node: Any, path: list[str | int]) -> Any:
    """What is at a path in a schema; ``None`` if there is nothing."""
    for step in path:
        if isinstance(node, dict) and step in node:
            node = node[step]
        elif isinstance(node, list) and str(step).isdecimal() and int(step) < len(node):
            node = node[int(step)]
        else:
            return None
    return node


def subschemas(schema: Any) -> Iterator[tuple[Route, dict[str, Any], bool]]:
    """Every subschema that is an object, the route to it, and whether roles in it count."""
    stack: list[tuple[Route, Any, bool]] = [((), schema, True)]
    while stack:
        route, node, followed = stack.pop()
        if not isinstance(node, dict):
            continue
        yield route, node, followed
        for keyword, below in _parts(node):
            # An older draft's list of items says which item is meant; a matcher does not.
            is_list_of_items = keyword == "items" and isinstance(node["items"], list)
            count = followed and keyword in _FOLLOWED and not is_list_of_items
            stack.extend(((*route, keyword, *step), part, count) for step, part in below)


def _parts(node: Mapping[str, Any]) -> Iterator[tuple[str, list[tuple[Route, Any]]]]:
    """The subschemas directly below one, by keyword, with the steps after the keyword."""
    if _HOLDERS.isdisjoint(node):
        return
    for keyword in _MAPS:
        if isinstance(node.get(keyword), dict):
            yield keyword, [((key,), part) for key, part in node[keyword].items()]
    for keyword in _LISTS:
        if isinstance(node.get(keyword), list):
            yield keyword, [((index,), part) for index, part in enumerate(node[keyword])]
    for keyword in _SINGLES:
        if isinstance(node.get(keyword), dict):
            yield keyword, [((), node[keyword])]
