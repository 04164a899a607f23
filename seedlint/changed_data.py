"""Whether data is what changes make of other data: how a fix is held to its word."""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING, Any

from seedlint.changes import Insert, Quote, Remove, Rename, Replace, Sort

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seedlint.changes import Change
    from seedlint.diagnostic import Route

# The last version of marshal that writes what is the same always the same.
_PLAIN = 2


def agrees(before: Any, changes: Iterable[Change], after: Any) -> bool:
    """Whether ``after`` is ``before`` with all changes made at once, and nothing else.

    Every route refers to ``before``. The order of keys counts, except where a key was
    inserted. ``1``, ``1.0`` and ``True`` differ. A change that cannot be made agrees with
    nothing.
    """
    try:
        expected = _changed(before, changes)
    except (LookupError, TypeError):
        return False
    return _same(expected, after)


class _Mapping(dict[str, Any]):
    """A copy of a mapping, and what is to become of its keys; values change at once."""

    def __init__(self, original: dict[str, Any]) -> None:
        super().__init__(original)
        self.removed: set[str] = set()
        self.renamed: dict[str, str] = {}
        self.inserted: dict[str, Any] = {}
        self.order: tuple[str, ...] | None = None

    def finish(self) -> None:
        """Put the keys in place."""
        order = tuple(self) if self.order is None else self.order
        if len(order) != len(self) or any(key not in self for key in order):
            raise KeyError("an order of other keys")
        kept = [(self.renamed.get(key, key), self[key]) for key in order if key not in self.removed]
        self.clear()
        for key, value in (*kept, *self.inserted.items()):
            if key in self:
                raise KeyError(f"{key!r} is there already")
            self[key] = value


class _List(list[Any]):
    """A copy of a list, and which of its items are to go."""

    def __init__(self, original: list[Any]) -> None:
        super().__init__(original)
        self.removed: set[int] = set()

    def finish(self) -> None:
        """Drop the items, which moves the others up."""
        self[:] = [item for index, item in enumerate(self) if index not in self.removed]


def _changed(before: Any, changes: Iterable[Change]) -> Any:
    """The changed data. Raises LookupError or TypeError for a change that cannot be made."""
    # The root is an item like any other, so that it can be changed as well.
    copies: dict[Route, Any] = {(): _List([before])}
    for change in changes:
        route = (0, *change.route)
        whole = route if isinstance(change, Sort) else route[:-1]
        _note(_copy(copies, whole), route[-1], change)
    for copy in copies.values():
        copy.finish()
    root: list[Any] = copies[()]
    return root[0]


def _note(whole: Any, step: str | int, change: Change) -> None:
    """Make a change that moves nothing, keep the others for later."""
    if isinstance(change, (Insert, Rename, Sort)) and not isinstance(whole, _Mapping):
        raise TypeError("only a mapping has keys")
    if isinstance(change, Sort):
        whole.order = change.keys
    elif isinstance(change, Insert):
        whole.inserted[step] = change.value
    else:
        _note_at(whole, step, change, whole[step])


def _note_at(
    whole: Any, step: str | int, change: Remove | Rename | Replace | Quote, value: Any
) -> None:
    if isinstance(change, Remove):
        whole.removed.add(step)
    elif isinstance(change, Rename):
        whole.renamed[step] = change.key
    elif isinstance(value, (dict, list)) or (isinstance(change, Quote) and type(value) is not str):
        raise TypeError("only a scalar can be replaced, only text quoted")
    elif isinstance(change, Replace):
        whole[step] = change.value


def _copy(copies: dict[Route, Any], route: Route) -> Any:
    """The copy of the collection at a route; those above it are copied as well."""
    known = len(route)
    while route[:known] not in copies:
        known -= 1
    copy = copies[route[:known]]
    for at in range(known, len(route)):
        step = route[at]
        child = copy[step]
        if not isinstance(child, (dict, list)):
            raise TypeError("a scalar has nothing inside")
        copy[step] = _Mapping(child) if isinstance(child, dict) else _List(child)
        copy = copies[route[: at + 1]] = copy[step]
    return copy


def _is_written_alike(expected: Any, actual: Any) -> bool:
    """Whether both are the same, which this is quick to find out; no says nothing.

    A copy with changes cannot be written.
    """
    try:
        return marshal.dumps(expected, _PLAIN) == marshal.dumps(actual, _PLAIN)
    except ValueError:
        return False


def _same(expected: Any, actual: Any) -> bool:
    stack = [(expected, actual)]
    while stack:
        one, other = stack.pop()
        if _is_written_alike(one, other):
            continue
        if isinstance(one, dict):
            if type(other) is not dict or not _same_keys(one, other):
                return False
            stack.extend((value, other[key]) for key, value in one.items())
        elif isinstance(one, list):
            if type(other) is not list or len(one) != len(other):
                return False
            stack.extend(zip(one, other, strict=True))
        elif type(one) is not type(other) or not _same_scalar(one, other):
            return False
    return True


def _same_keys(expected: dict[str, Any], actual: dict[str, Any]) -> bool:
    inserted = expected.inserted if isinstance(expected, _Mapping) else {}
    if not inserted:
        return list(expected) == list(actual)
    return len(expected) == len(actual) and (
        [key for key in expected if key not in inserted]
        == [key for key in actual if key not in inserted]
    )


def _same_scalar(one: Any, other: Any) -> bool:
    # By its text a float is distinguished from its negative zero, and NaN is itself.
    return repr(one) == repr(other) if type(one) is float else bool(one == other)
