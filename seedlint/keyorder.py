"""The order a contract lists the keys of a mapping in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from seedlint.roles import RENAMED_TO, in_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from seedlint.contract import Contract
    from seedlint.diagnostic import Route


def key_order(contract: Contract, route: Route) -> tuple[str, ...]:
    """The keys of the mapping at a route, as the contract lists its ``properties``.

    A deprecated key stands directly behind the one it was renamed to. Empty where the
    contract lists none.
    """
    return contract.key_orders.at(route)


class KeyOrders:
    """The key orders of a schema; each place of it is looked at once, when first needed."""

    def __init__(self, schema: Any, resolve: Callable[[str], Any]) -> None:
        self._schema = schema
        self._resolve = resolve
        self._places: dict[tuple[int, ...], _Place] = {}

    def at(self, route: Route) -> tuple[str, ...]:
        """The keys of the mapping at a route."""
        place = self._place((self._schema,))
        for step in route:
            schemas = place.items if isinstance(step, int) else place.properties.get(step, ())
            if not schemas:
                return ()
            place = self._place(schemas)
        if place.order is None:
            place.order = self._order(place.properties)
        return place.order

    def _place(self, schemas: tuple[Any, ...]) -> _Place:
        identity = tuple(map(id, schemas))
        if identity not in self._places:
            self._places[identity] = _Place(in_place(schemas, self._resolve))
        return self._places[identity]

    def _order(self, properties: Mapping[str, tuple[Any, ...]]) -> tuple[str, ...]:
        older: dict[str, list[str]] = {}
        for key, schemas in properties.items():
            new = self._renamed_to(schemas)
            if new is not None and new in properties:
                older.setdefault(new, []).append(key)
        renamed = {key for keys in older.values() for key in keys}
        ordered: dict[str, None] = {}
        # Names that were renamed in a circle come last, in the order listed.
        for key in (*(key for key in properties if key not in renamed), *properties):
            waiting = [key]
            while waiting:
                name = waiting.pop()
                if name not in ordered:
                    ordered[name] = None
                    waiting.extend(reversed(older.get(name, ())))
        return tuple(ordered)

    def _renamed_to(self, schemas: tuple[Any, ...]) -> str | None:
        for node in in_place(schemas, self._resolve):
            if node.get("deprecated") is True and isinstance(node.get(RENAMED_TO), str):
                return str(node[RENAMED_TO])
        return None


class _Place:
    """What the schemas that speak of the same value say of its keys and its items."""

    __slots__ = ("items", "order", "properties")

    def __init__(self, nodes: list[Mapping[str, Any]]) -> None:
        found: dict[str, list[Any]] = {}
        for key, schema in _listed(nodes):
            found.setdefault(key, []).append(schema)
        self.properties = {key: tuple(schemas) for key, schemas in found.items()}
        self.items = tuple(node["items"] for node in nodes if isinstance(node.get("items"), dict))
        self.order: tuple[str, ...] | None = None


def _listed(nodes: list[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    for node in nodes:
        properties = node.get("properties")
        if isinstance(properties, dict):
            yield from properties.items()
