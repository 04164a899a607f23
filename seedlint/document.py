"""A document as rules see it: plain data, and entities by role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from seedlint.owncontract import KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from seedlint.contract import Contract
    from seedlint.diagnostic import Route
    from seedlint.locate import Tree
    from seedlint.roles import Matches
    from seedlint.tables import Tables

T = TypeVar("T")


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
    and they ask for :attr:`tree`, which is parsed when first used. ``is_ordinary`` is what
    :func:`seedlint.ordinary.is_ordinary` says of it. ``names_contract``: a key of it names the
    contract.

    There are two views by role: :attr:`tables` and :meth:`strings` are quick, and enough to
    prove a document clean; :meth:`entities` and :meth:`texts` know routes and relations.
    """

    __slots__ = (
        "_locate",
        "_matches",
        "_memory",
        "_tables",
        "_tree",
        "contract",
        "data",
        "is_ordinary",
        "names_contract",
        "text",
    )

    def __init__(
        self,
        text: str,
        data: Any,
        contract: Contract,
        locate: Callable[[], Tree | None],
        is_ordinary: bool = False,
    ) -> None:
        self.text = text
        self.is_ordinary = is_ordinary
        self.data = data
        self.contract = contract
        self.names_contract = False
        self._matches: Matches | None = None
        self._tables: Tables | None = None
        self._memory: dict[object, Any] = {}
        self._locate: Callable[[], Tree | None] | None = locate
        self._tree: Tree | None = None

    @property
    def held(self) -> Any:
        """The data that is held against the contract: without the key that names it."""
        return self.held_part(self.data)

    def held_part(self, data: Any) -> Any:
        """The same of other data of this shape."""
        if not self.names_contract:
            return data
        return {key: value for key, value in data.items() if key != KEY}

    @property
    def tree(self) -> Tree | None:
        """The located tree; ``None`` where it cannot be established."""
        if self._locate is not None:
            self._tree = self._locate()
            self._locate = None
        return self._tree

    @property
    def tables(self) -> Tables:
        """The document's values by role, object by object."""
        if self._tables is None:
            self._tables = self.contract.scan(self.data)
        return self._tables

    @property
    def matches(self) -> Matches:
        """The document's entities by role, and its deprecated keys."""
        if self._matches is None:
            self._matches = self.contract.match(self.data)
        return self._matches

    @property
    def deprecated(self) -> Sequence[tuple[Route, str]]:
        """The deprecated keys, each with its new name."""
        return self.matches.deprecated

    def strings(self, *roles: str) -> list[str]:
        """Every text that plays one of the roles, in no particular order."""
        return self.tables.strings(*roles)

    def entities(self, *roles: str) -> Sequence[Entity]:
        """All entities that play one of the roles, grouped by role, in document order."""
        by_role = self.matches.by_role
        found = [by_role[role] for role in roles if role in by_role]
        return found[0] if len(found) == 1 else [entity for group in found for entity in group]

    def texts(self, *roles: str) -> Sequence[tuple[Entity, str]]:
        """The entities of these roles whose value is text, with it."""
        by_role = self.matches.by_role
        return [
            (entity, entity.value)
            for role in roles
            if role in by_role
            for entity in by_role[role]
            if type(entity.value) is str
        ]

    def memo(self, make: Callable[[Document], T]) -> T:
        """What ``make`` makes of this document; made once, however many rules ask for it."""
        memory = self._memory
        if make not in memory:
            memory[make] = make(self)
        made: T = memory[make]
        return made

    def release(self) -> None:
        """Let go of the entities, which hold on to each other, and of who asked for them."""
        self._locate = None
        if self._matches is not None:
            self._matches.release()
