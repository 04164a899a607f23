"""Where the references of a schema lead, for who must know of every one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from seedlint.references import REFERENCES, descend, steps, subschemas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.diagnostic import Route

_ANCHORS = ("$anchor", "$dynamicAnchor")
_RECURSIVE_ANCHOR = "$recursiveAnchor"


class Targets:
    """The subschemas of a schema, and those that their references may mean.

    A reference that depends on how it was reached counts as all it can mean; what is outside
    of the schema is nobody's.
    """

    def __init__(self, schema: Any) -> None:
        self._root = schema
        self._bases: dict[int, str] = {}
        self._resources: dict[str, Any] = {"": schema}
        self._anchors: dict[str, Any] = {}
        self._dynamic: dict[str, list[Any]] = {}
        self.subschemas: list[tuple[Route, dict[str, Any]]] = []
        self._learn((), schema)
        for _, node in self.subschemas:
            # A reference may lead to what is no subschema otherwise, and grows the list.
            for target in self.of(node):
                self._learn((), target)

    def of(self, node: dict[str, Any]) -> list[Any]:
        """What the references in a subschema may mean for the same value."""
        return [
            target
            for keyword in REFERENCES
            if isinstance(node.get(keyword), str)
            for target in self._meant(keyword, node[keyword], self._bases.get(id(node), ""))
        ]

    def _meant(self, keyword: str, reference: str, base: str) -> Iterator[Any]:
        name, _, fragment = _joined(base, reference).partition("#")
        if keyword == "$recursiveRef":
            yield from self._dynamic.get(_RECURSIVE_ANCHOR, [self._root])
        elif keyword == "$dynamicRef" and fragment in self._dynamic:
            yield from self._dynamic[fragment]
        elif f"{name}#{fragment}" in self._anchors:
            yield self._anchors[f"{name}#{fragment}"]
        elif name in self._resources and (not fragment or fragment.startswith("/")):
            yield descend(self._resources[name], steps(fragment))

    def _learn(self, route: Route, schema: Any) -> None:
        if not isinstance(schema, dict) or id(schema) in self._bases:
            return
        bases: dict[Route, str] = {}
        for below, node, _ in subschemas(schema):
            base = _nearest(bases, below) if bases else ""
            own = node.get("$id", node.get("id"))
            if isinstance(own, str) and not own.startswith("#"):
                base = _joined(base, own).rstrip("#")
                self._resources.setdefault(base, node)
            if base:
                bases[below] = base
            if id(node) in self._bases:
                continue
            self._bases[id(node)] = base
            self._name(node, base, own)
            self.subschemas.append(((*route, *below), node))

    def _name(self, node: dict[str, Any], base: str, own: object) -> None:
        if isinstance(own, str) and own.startswith("#"):
            self._anchors.setdefault(base + own, node)
        for keyword in _ANCHORS:
            if isinstance(node.get(keyword), str):
                self._anchors.setdefault(f"{base}#{node[keyword]}", node)
        if isinstance(node.get("$dynamicAnchor"), str):
            self._dynamic.setdefault(node["$dynamicAnchor"], []).append(node)
        if node.get(_RECURSIVE_ANCHOR) is True:
            self._dynamic.setdefault(_RECURSIVE_ANCHOR, []).append(node)


def _nearest(bases: dict[Route, str], route: Route) -> str:
    """The base of the innermost of the subschemas around a route."""
    ends = range(len(route), -1, -1)
    return next((bases[route[:end]] for end in ends if route[:end] in bases), "")


def _joined(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference
