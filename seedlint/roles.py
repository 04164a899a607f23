"""From a schema's annotations to a matcher that finds entities in a document.

The matcher visits only branches that lead to an annotation, so a document is walked in
a few microseconds; the contract's recursion (a related entry is an entry) is a cycle of
plans.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from seedlint.document import Entity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from seedlint.diagnostic import Route
    from seedlint.tables import Shape

ROLE = "x-role"
RENAMED_TO = "x-renamed-to"

_IN_PLACE_LISTS = ("allOf", "anyOf", "oneOf")
_IN_PLACE = ("then", "else")


class Plan:
    """What to look for in the values one place of the contract describes.

    ``inner`` are the keys that may hold something to look for in turn, ``leaves`` those
    whose value is all there is; ``known`` are both, ``shapes`` what :mod:`seedlint.tables`
    has made of those that occurred together.
    """

    __slots__ = (
        "inner",
        "is_leaf",
        "items",
        "keys",
        "known",
        "leaves",
        "renamed_to",
        "role",
        "shapes",
    )

    def __init__(self) -> None:
        self.role: str | None = None
        # The new name of a deprecated key, empty where there is none.
        self.renamed_to: str | None = None
        self.keys: list[tuple[str, Plan]] = []
        self.inner: list[tuple[str, Plan]] = []
        self.leaves: list[tuple[str, str, str | None]] = []
        self.known: frozenset[str] = frozenset()
        self.shapes: dict[frozenset[str], Shape] = {}
        self.items: Plan | None = None
        self.is_leaf = False


class Matches:
    """The entities of a document by role, and its deprecated keys with their new names."""

    __slots__ = ("_families", "by_role", "deprecated")

    def __init__(self) -> None:
        self.by_role: defaultdict[str, list[Entity]] = defaultdict(list)
        self.deprecated: list[tuple[Route, str]] = []
        self._families: list[list[Entity]] = []

    def family(self) -> list[Entity]:
        """A new list for the children of an entity."""
        children: list[Entity] = []
        self._families.append(children)
        return children

    def release(self) -> None:
        """Forget who is whose child.

        Parent and children know each other, which keeps them all until the garbage
        collector runs; without, memory is used again at once, while it is still cached.
        """
        for children in self._families:
            children.clear()


def compile_plan(schema: Any, resolve: Callable[[str], Any]) -> Plan:
    """The matcher of a schema; ``resolve`` turns a ``$ref`` into the schema it means."""
    plans: dict[tuple[int, ...], Plan] = {}
    root = _compile((schema,), resolve, plans)
    _prune(plans.values())
    return root


def match(plan: Plan, data: Any) -> Matches:
    """Walk ``data`` along the plan. Iterative; entities come in document order."""
    matches = Matches()
    by_role = matches.by_role
    # The innermost entity around each value, and the list of that entity's children.
    stack: list[tuple[Plan, Any, Route, Entity | None, list[Entity]]]
    stack = [(plan, data, (), None, [])]
    while stack:
        here, value, route, parent, siblings = stack.pop()
        if here.role is not None:
            children = matches.family()
            entity = Entity(here.role, route, value, parent, children)
            by_role[here.role].append(entity)
            siblings.append(entity)
            parent, siblings = entity, children
        if here.renamed_to is not None:
            matches.deprecated.append((route, here.renamed_to))
        if type(value) is dict:
            for key, role, renamed_to in here.leaves:
                if key in value:
                    leaf = Entity(role, (*route, key), value[key], parent)
                    by_role[role].append(leaf)
                    siblings.append(leaf)
                    if renamed_to is not None:
                        matches.deprecated.append((leaf.route, renamed_to))
            for key, child in here.inner:
                if key in value:
                    stack.append((child, value[key], (*route, key), parent, siblings))
        elif type(value) is list and here.items is not None:
            _match_items(matches, here.items, value, route, parent, siblings, stack)
    return matches


def keys_of(plan: Plan, route: Route, role: str) -> list[str]:
    """The keys that play a role in a mapping at a route, the deprecated ones left out."""
    here: Plan | None = plan
    for step in route:
        if here is not None:
            here = here.items if isinstance(step, int) else dict(here.keys).get(step)
    if here is None:
        return []
    return [key for key, child in here.keys if child.role == role and child.renamed_to is None]


def _match_items(
    matches: Matches,
    plan: Plan,
    items: list[Any],
    route: Route,
    parent: Entity | None,
    siblings: list[Entity],
    stack: list[tuple[Plan, Any, Route, Entity | None, list[Entity]]],
) -> None:
    if plan.is_leaf:
        for index, item in enumerate(items):
            leaf = Entity(str(plan.role), (*route, index), item, parent)
            matches.by_role[leaf.role].append(leaf)
            siblings.append(leaf)
    else:
        # In reverse, so that they are popped in order.
        for index in range(len(items) - 1, -1, -1):
            stack.append((plan, items[index], (*route, index), parent, siblings))


def _compile(
    schemas: tuple[Any, ...], resolve: Callable[[str], Any], plans: dict[tuple[int, ...], Plan]
) -> Plan:
    nodes = in_place(schemas, resolve)
    identity = tuple(sorted(id(node) for node in nodes))
    if identity in plans:
        return plans[identity]
    plan = plans[identity] = Plan()
    keys: dict[str, list[Any]] = {}
    items: list[Any] = []
    for node in nodes:
        plan.role = plan.role or node.get(ROLE)
        if node.get("deprecated") is True:
            plan.renamed_to = plan.renamed_to or str(node.get(RENAMED_TO, ""))
        for key, child in _mapping(node.get("properties")).items():
            keys.setdefault(key, []).append(child)
        if isinstance(node.get("items"), dict):
            items.append(node["items"])
    plan.keys = [(key, _compile(tuple(found), resolve, plans)) for key, found in keys.items()]
    plan.items = _compile(tuple(items), resolve, plans) if items else None
    return plan


def in_place(schemas: tuple[Any, ...], resolve: Callable[[str], Any]) -> list[Mapping[str, Any]]:
    """The schemas that speak of the same value: these, what they refer to and combine."""
    nodes: dict[int, Mapping[str, Any]] = {}
    waiting = list(schemas)
    while waiting:
        node = waiting.pop(0)
        if not isinstance(node, dict) or id(node) in nodes:
            continue
        nodes[id(node)] = node
        waiting.extend(_combined(node, resolve))
    return list(nodes.values())


def _combined(node: Mapping[str, Any], resolve: Callable[[str], Any]) -> Iterator[Any]:
    if isinstance(node.get("$ref"), str):
        yield resolve(node["$ref"])
    for keyword in _IN_PLACE_LISTS:
        yield from node.get(keyword, ())
    for keyword in _IN_PLACE:
        yield node.get(keyword)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _prune(plans: Any) -> None:
    """Drop the children that lead to no annotation."""
    useful = {id(plan) for plan in plans if plan.role or plan.renamed_to is not None}
    grew = True
    while grew:
        before = len(useful)
        useful |= {
            id(plan)
            for plan in plans
            if (plan.items is not None and id(plan.items) in useful)
            or any(id(child) in useful for _, child in plan.keys)
        }
        grew = len(useful) > before
    for plan in plans:
        plan.keys = [(key, child) for key, child in plan.keys if id(child) in useful]
        if plan.items is not None and id(plan.items) not in useful:
            plan.items = None
    for plan in plans:
        plan.is_leaf = (
            plan.role is not None
            and plan.renamed_to is None
            and not plan.keys
            and plan.items is None
        )
        plan.leaves = [
            (key, child.role, child.renamed_to)
            for key, child in plan.keys
            if child.role is not None and not child.keys and child.items is None
        ]
        plan.known = frozenset(key for key, _ in plan.keys)
        leaves = {key for key, _, _ in plan.leaves}
        plan.inner = [pair for pair in reversed(plan.keys) if pair[0] not in leaves]
