"""A document as rules see it: plain data, and entities by role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from seedlint.contract import Contract
    from seedlint.diagnostic import Route
    from seedlint.locate import Tree
    from seedlint.roles import Matches


class Entity:
    """A value that plays a role in the contract.

    ``parent`` is the nearest enclosing entity.
    """

    __slots__ = ("children", "parent", "role", "route", "value")

    def __init__(
        self,
        role: str,
        route: Route,
        value: Any,
        parent: Entity | None,
        children: Sequence[Entity] = (),
    ) -> None:
        self.role = role
        self.route = route
        self.value = value
        self.parent = parent
        self.children = children

    def all(self, *roles: str) -> list[Entity]:
        """The direct child entities that play one of the roles, in contract order."""
        return [child for child in self.children if child.role in roles]

    def first(self, *roles: str) -> Entity | None:
        """The first direct child by the order of ``roles``, then of the contract."""
        for role in roles:
            for child in self.children:
                if child.role == role:
                    return child
        return None

    def text(self, *roles: str) -> str | None:
        """The value of :meth:`first`, if that is text."""
        child = self.first(*roles)
        return child.value if child is not None and isinstance(child.value, str) else None

    def enclosing(self, role: str) -> Entity | None:
        """The nearest ancestor that plays the role."""
        entity = self.parent
        while entity is not None and entity.role != role:
            entity = entity.parent
        return entity


class Document:
    """One file's front matter, read and matched against its contract.

    ``data`` is plain data (dict with text keys, list, str, int, float, bool, None).
    ``text`` is the front-matter block as written; only rules about spelling need it,
    and they ask for :attr:`tree`, which is parsed when first used.
    """

    __slots__ = ("_by_role", "_locate", "_tree", "contract", "data", "deprecated", "text")

    def __init__(
        self,
        text: str,
        data: Any,
        contract: Contract,
        matches: Matches,
        locate: Callable[[], Tree | None],
    ) -> None:
        self.text = text
        self.data = data
        self.contract = contract
        self.deprecated: Sequence[tuple[Route, str]] = matches.deprecated
        self._by_role: Mapping[str, Sequence[Entity]] = matches.by_role
        self._locate: Callable[[], Tree | None] | None = locate
        self._tree: Tree | None = None

    @property
    def tree(self) -> Tree | None:
        """The located tree; ``None`` where it cannot be established."""
        if self._locate is not None:
            self._tree = self._locate()
            self._locate = None
        return self._tree

    def entities(self, *roles: str) -> Sequence[Entity]:
        """All entities that play one of the roles, grouped by role, in document order."""
        found = [self._by_role[role] for role in roles if role in self._by_role]
        return found[0] if len(found) == 1 else [entity for group in found for entity in group]

    def texts(self, *roles: str) -> Sequence[tuple[Entity, str]]:
        """The entities of these roles whose value is text, with it."""
        return [
            (entity, entity.value)
            for role in roles
            if role in self._by_role
            for entity in self._by_role[role]
            if type(entity.value) is str
        ]
