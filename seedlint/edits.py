"""From changes at routes to edits of a block's text."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from seedlint.changes import Insert, Quote, Remove, Rename, Replace, Sort
from seedlint.locate import MERGE, merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from seedlint.changes import Change
    from seedlint.contract import Contract
    from seedlint.diagnostic import Route
    from seedlint.locate import Node, Tree

_COLLECTION_TAGS = (None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


class TextEdit(NamedTuple):
    """``text`` in place of a block's ``text[start:end]``; offsets in code points."""

    start: int
    end: int
    text: str


class Place(NamedTuple):
    """A node, the key it stands under (for a key: itself), and whether that is between
    brackets."""

    node: Node
    key: Node | None
    is_flow: bool


class Editor:
    """Finds the edits of one block's text.

    A ``Rename`` to the name a key already has gives it the quotes it needs to be text to
    every reader. A ``Replace`` by the same number spells it as every reader does.
    """

    def __init__(self, tree: Tree, contract: Contract) -> None:
        self._tree = tree
        self._contract = contract
        self._merged: dict[int, frozenset[str]] = {}
        self._targets: frozenset[int] | None = None

    def edits(self, changes: Sequence[Change]) -> tuple[TextEdit, ...] | None:
        """The edits that make these changes and no other, in the order of the text.

        They do not overlap. ``None`` if the text does not allow it: what stands behind an
        alias, or is repeated by one, is not edited. So it is if there is nothing to edit.
        """
        if len(changes) > 1:
            # By their text: to Python, 1 and True are the same.
            changes = tuple({repr(change): change for change in changes}.values())
            if _contradict(changes) or self._empties_a_collection(changes):
                return None
        found: dict[TextEdit, bool] = {}
        for change in changes:
            edit = self._edit(change)
            if edit is None:
                return None
            if self._tree.text[edit.start : edit.end] != edit.text:
                found[edit] = isinstance(change, (Insert, Remove, Sort))
        ordered = sorted(found)
        apart = all(
            _are_apart(before, after, found[before] and found[after])
            for before, after in pairwise(ordered)
        )
        return tuple(ordered) if ordered and apart else None

    def _edit(self, change: Change) -> TextEdit | None:
        if isinstance(change, Rename):
            return self._renaming(change)
        if not isinstance(change, (Replace, Quote)):
            return self._structural(change)
        from seedlint.scalaredit import quoting, replacement

        place = self._place(change.route) if change.route else None
        if place is None or self._is_repeated(place.node):
            return None
        if isinstance(change, Quote):
            return quoting(self._tree.text, place)
        return replacement(self._tree.text, place, change.value)

    def _structural(self, change: Insert | Remove | Sort) -> TextEdit | None:
        from seedlint.keyorder import key_order
        from seedlint.structuretext import insertion, removal, sorting

        if isinstance(change, Remove):
            return removal(self._tree, change.route)
        if isinstance(change, Insert):
            order = key_order(self._contract, change.route[:-1])
            return insertion(self._tree, change.route, change.value, order)
        return sorting(self._tree, change.route, change.keys)

    def _renaming(self, change: Rename) -> TextEdit | None:
        from seedlint.scalaredit import replacement

        place = self._place(change.route)
        if place is None or place.key is None or self._is_repeated(place.key):
            return None
        mapping = self._place(change.route[:-1])
        old, new = place.key.value, change.key
        if mapping is None or (old != new and self._is_taken(mapping.node, old, new)):
            # The new key exists, or a merged mapping has a key that would come to light.
            return None
        return replacement(self._tree.text, place._replace(node=place.key), new)

    def _place(self, route: Route) -> Place | None:
        """Where a route leads, unless what it passes is an alias or is repeated by one."""
        node, key, is_flow = self._tree.root, None, False
        for step in route:
            if node is None or node.tag not in _COLLECTION_TAGS or self._is_repeated(node):
                return None
            is_flow = is_flow or node.style == "flow"
            if isinstance(step, int):
                key, node = None, node.items[step] if step < len(node.items) else None
            else:
                key, node = node.own_pair(step) or (None, None)
        return None if node is None else Place(node, key, is_flow)

    def _is_repeated(self, node: Node) -> bool:
        """Whether a node is an alias, or what one stands for."""
        if self._targets is None:
            self._targets = frozenset(_targets(self._tree))
        return node.kind == "alias" or id(node) in self._targets

    def _is_taken(self, mapping: Node, old: str, new: str) -> bool:
        """Whether a mapping has the new key, or either is merged into it."""
        if id(mapping) not in self._merged:
            names = _merged_names(mapping) if MERGE in self._tree.text else ()
            self._merged[id(mapping)] = frozenset(names)
        return mapping.own_pair(new) is not None or not {old, new}.isdisjoint(
            self._merged[id(mapping)]
        )

    def _empties_a_collection(self, changes: Iterable[Change]) -> bool:
        """Whether entries go one by one until none is left: nothing would tell a list then."""
        removed = Counter(change.route[:-1] for change in changes if isinstance(change, Remove))
        for route, number in removed.items():
            place = self._place(route) if number > 1 else None
            if place is not None and number >= len(place.node.pairs or place.node.items):
                return True
        return False


def _merged_names(mapping: Node) -> Iterable[str]:
    waiting = list(merged(mapping))
    while waiting:
        source = waiting.pop()
        for key, _ in source.pairs:
            if not key.is_merge_key:
                yield key.resolved.value
        waiting.extend(merged(source))


def _targets(tree: Tree) -> Iterable[int]:
    """What aliases stand for, by identity."""
    stack = [tree.root] if tree.root is not None and "*" in tree.text else []
    while stack:
        node = stack.pop()
        if node.kind == "alias":
            yield id(node.resolved)
        stack.extend(node.items)
        for pair in node.pairs:
            stack.extend(pair)


def _contradict(changes: Iterable[Change]) -> bool:
    """Whether one thing is to become two, or two keys of a mapping the same."""
    done = Counter((type(change), change.route) for change in changes)
    new = Counter(
        (*change.route[:-1], change.key if isinstance(change, Rename) else change.route[-1])
        for change in changes
        if isinstance(change, (Rename, Insert))
    )
    return any(number > 1 for number in (*done.values(), *new.values()))


def _are_apart(before: TextEdit, after: TextEdit, are_structural: bool) -> bool:
    """Whether two edits, in order, do not overlap.

    Nothing may be inserted where something else is; nor a key beside an entry that goes,
    as it counts on finding it there.
    """
    if before.start == before.end or after.start == after.end:
        distance = 1 if are_structural or before[:2] == after[:2] else 0
        return after.start - before.end >= distance
    return after.start >= before.end
