"""A document as tables: the objects at each place of the contract, one row each.

Proving a document clean needs values by role, but no routes, no document order and seldom
who belongs to whom. Objects at one place of the contract have the same keys, so they are
handled together, in a fraction of the time that :func:`seedlint.roles.match` takes to build
entities one by one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from seedlint.roles import Plan

    Row = dict[str, Any]
    Source = tuple["Table", str]
    Pending = dict[Plan, tuple[list[Any], list[Source], list[Source]]]

_ITEM = ""
"""The key under which a value stands that has none: an item of a list."""

SEVERAL = object()
"""Stands for a value where a role has several keys; of no type that any field has."""

_MOST_SHAPES = 256


class Table:
    """Objects of one document at one place of its contract, or the items of one list.

    ``role`` is what the rows themselves play, ``keys`` are the keys of each role that occur
    in some row, ``sources`` the tables of objects whose values the rows are, and under which
    key; ``list_sources`` those in whose lists the rows are items, and under which key a list is.
    """

    __slots__ = ("_columns", "keys", "list_sources", "role", "rows", "sources")

    def __init__(
        self,
        rows: list[Row],
        keys: Mapping[str, Sequence[str]],
        role: str | None = None,
        sources: Sequence[Source] = (),
        list_sources: Sequence[Source] = (),
    ) -> None:
        self.rows = rows
        self.keys = keys
        self.role = role
        self.sources = sources
        self.list_sources = list_sources
        self._columns: dict[str, list[Any]] = {}

    def column(self, role: str) -> list[Any]:
        """The value of a role in each row; ``None`` where it has none."""
        column = self._columns.get(role)
        if column is None:
            keys = self.keys.get(role, ())
            if len(keys) == 1:
                key = keys[0]
                column = [row.get(key) for row in self.rows]
            else:
                column = [SEVERAL if keys else None] * len(self.rows)
            self._columns[role] = column
        return column

    def columns(self, *roles: str) -> Iterator[tuple[Any, ...]]:
        """The values of several roles, row by row."""
        return zip(*[self.column(role) for role in roles], strict=True)


class Shape(NamedTuple):
    """What is known of objects once it is known which keys of a plan they have."""

    keys: Mapping[str, Sequence[str]]
    inner: Sequence[tuple[str, Plan]]
    is_deprecated: bool


class Tables:
    """All tables of a document, by the roles of their keys."""

    __slots__ = ("by_role", "has_deprecated")

    def __init__(self) -> None:
        self.by_role: defaultdict[str, list[Table]] = defaultdict(list)
        self.has_deprecated = False

    def add(self, table: Table) -> None:
        """File a table under the roles of its keys."""
        by_role = self.by_role
        for role in table.keys:
            by_role[role].append(table)

    def of(self, *roles: str) -> Iterable[Table]:
        """The tables that have a key of one of the roles."""
        if len(roles) == 1:
            return self.by_role.get(roles[0], ())
        return {id(table): table for role in roles for table in self.by_role.get(role, ())}.values()

    def groups(self, role: str) -> Iterator[list[str]]:
        """Every text that plays the role, a group for each table (for each list, in lists)."""
        for table in self.by_role.get(role, ()):
            keys = table.keys[role]
            yield [
                value for row in table.rows for key in keys if type(value := row.get(key)) is str
            ]

    def strings(self, *roles: str) -> list[str]:
        """Every text that plays one of the roles, in no particular order."""
        by_role = self.by_role
        return [
            value
            for role in roles
            if role in by_role
            for table in by_role[role]
            for key in table.keys[role]
            for row in table.rows
            if type(value := row.get(key)) is str
        ]


def scan(plan: Plan, data: Any) -> Tables:
    """The tables of ``data``. Iterative; holds the values that ``match`` has entities for."""
    tables = Tables()
    pending: Pending = {plan: ([data], [], [])}
    while pending:
        # The last place first: lists of related entries come last, and when they are done,
        # what is inside the entries and the root is handled together.
        here, (values, sources, list_sources) = pending.popitem()
        if here.renamed_to is not None:
            tables.has_deprecated = True
        rows = [value for value in values if type(value) is dict]
        if len(rows) < len(values):
            _scan_others(here, values, sources, tables, pending)
            if not rows:
                continue
        keys, inner, is_deprecated = _shape(here, rows)
        if is_deprecated:
            tables.has_deprecated = True
        table = Table(rows, keys, here.role, sources, list_sources)
        tables.add(table)
        for key, child in inner:
            found = [row[key] for row in rows if key in row]
            if child in pending:
                waiting, its_sources, _ = pending[child]
                waiting += found
                its_sources.append((table, key))
            else:
                pending[child] = (found, [(table, key)], [])
    return tables


def _shape(plan: Plan, rows: list[Row]) -> Shape:
    """The shape of rows, made once for all documents that have the same keys."""
    found = plan.known.intersection(rows[0] if len(rows) == 1 else set().union(*rows))
    shape = plan.shapes.get(found)
    if shape is None:
        keys: dict[str, list[str]] = {}
        for key, role, _ in plan.leaves:
            if key in found:
                keys.setdefault(role, []).append(key)
        inner = [(key, child) for key, child in reversed(plan.inner) if key in found]
        is_deprecated = any(
            renamed_to is not None for key, _, renamed_to in plan.leaves if key in found
        )
        shape = Shape(keys, inner, is_deprecated)
        if len(plan.shapes) < _MOST_SHAPES:
            plan.shapes[found] = shape
    return shape


def _scan_others(
    plan: Plan, values: list[Any], sources: list[Source], tables: Tables, pending: Pending
) -> None:
    """What is no object: lists, whose items go on, and texts that play a role themselves."""
    lists = [value for value in values if type(value) is list]
    items = plan.items
    if items is not None and items.is_leaf:
        for each in lists:
            _add_items(tables, str(items.role), each)
    elif items is not None and any(lists):
        found = [item for each in lists for item in each]
        if items in pending:
            waiting, _, its_sources = pending[items]
            waiting += found
            its_sources += sources
        else:
            pending[items] = (found, [], [*sources])
    if plan.role is not None and len(lists) < len(values):
        _add_items(tables, plan.role, [value for value in values if type(value) is not list])


def _add_items(tables: Tables, role: str, items: list[Any]) -> None:
    tables.add(Table([{_ITEM: item} for item in items], {role: (_ITEM,)}))
