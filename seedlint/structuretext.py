"""Edits of what a collection holds: removing, inserting and sorting entries of a text.

Nothing is edited that an alias stands for or a merge key repeats: that would change the
data in more than one place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from seedlint.insertion import with_key
from seedlint.layout import Layout, Level, Unclear, child, count, require
from seedlint.locate import merged, pair_of
from seedlint.removal import without
from seedlint.sorting import in_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from seedlint.changes import Scalar
    from seedlint.diagnostic import Route
    from seedlint.edits import TextEdit
    from seedlint.locate import Node, Tree

_PLAIN_TAGS = (None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


def removal(tree: Tree, route: Route) -> TextEdit | None:
    """The edit that removes the key or list item at a route; ``None`` if there is no safe one.

    With it go its comments, and its share of the blank lines around it. What has no entry
    left becomes ``[]`` or ``{}``.
    """
    try:
        structure = _structure(tree)
        levels, _ = structure.reach(route)
        structure.require_unneeded(levels)
        return without(structure.layout, levels)
    except Unclear:
        return None


def insertion(tree: Tree, route: Route, value: Scalar, order: Sequence[str]) -> TextEdit | None:
    """The edit that adds the key at the end of a route; ``None`` if there is no safe one.

    It is put behind the nearest key that comes before it in ``order``, else before the
    nearest that comes after it, else last.
    """
    try:
        structure = _structure(tree)
        levels, mapping = structure.reach(route[:-1])
        structure.require_own(mapping)
        require(mapping.kind == "mapping" and pair_of(mapping, str(route[-1])) is None)
        return with_key(structure.layout, levels, mapping, str(route[-1]), value, order)
    except Unclear:
        return None


def sorting(tree: Tree, route: Route, keys: Sequence[str]) -> TextEdit | None:
    """The edit that puts the keys of the mapping at a route in the order of ``keys``.

    ``None`` if there is no safe one, or these are not its keys, or there is but one.
    """
    try:
        structure = _structure(tree)
        levels, mapping = structure.reach(route)
        structure.require_own(mapping)
        numbers = structure.names(mapping)
        require(sorted(keys) == sorted(numbers) and 1 < len(keys) == len(mapping.pairs))
        order = [numbers[key] for key in keys]
        structure.require_anchors_first(mapping, order)
        return in_order(structure.layout, levels, mapping, order)
    except Unclear:
        return None


@lru_cache(maxsize=1)
def _structure(tree: Tree) -> _Structure:
    """One document's changes come one after the other."""
    return _Structure(tree)


class _Structure:
    """A tree's layout, and what its aliases stand for."""

    def __init__(self, tree: Tree) -> None:
        self.layout = Layout(tree)
        self._root = tree.root
        self._aliases: list[Node] = []
        # Where anchors stand whose name is used for more than one.
        self._shadowed: list[int] = []
        self._names: dict[int, dict[str, int]] = {}
        if "*" in tree.text:
            self._find_aliases()
        self._repeated = {id(alias.resolved) for alias in self._aliases}

    def reach(self, route: Route) -> tuple[list[Level], Node]:
        """The levels a route passes, and the node it ends at."""
        node = self._root
        if node is None:
            raise Unclear
        levels: list[Level] = []
        for step in route:
            self.require_own(node)
            levels.append(Level(node, self._number(node, step)))
            _, node = child(*levels[-1])
        return levels, node

    def names(self, mapping: Node) -> Mapping[str, int]:
        """The number of each key of a mapping, merge keys left out."""
        if id(mapping) not in self._names:
            self._names[id(mapping)] = {
                key.resolved.value: number
                for number, (key, _) in enumerate(mapping.pairs)
                if not key.is_merge_key
            }
        return self._names[id(mapping)]

    def require_own(self, node: Node) -> None:
        """Refuse an alias, what an alias repeats, and what a tag makes more than it looks."""
        require(node.kind != "alias" and id(node) not in self._repeated)
        require(node.tag in _PLAIN_TAGS)

    def require_unneeded(self, levels: Sequence[Level]) -> None:
        """Refuse an entry that others rely on, or that hides what is merged."""
        require(bool(levels))
        level = levels[-1]
        key, _ = child(*level)
        if key is not None and len(self.names(level.within)) < count(level.within):
            name = key.resolved.value
            require(all(pair_of(source, name) is None for source in merged(level.within)))
        if self._aliases:
            start, end = self.layout.start(level), self.layout.end(level)
            for alias in self._aliases:
                require(start <= alias.start < end or not start <= alias.resolved.start < end)

    def require_anchors_first(self, mapping: Node, order: Sequence[int]) -> None:
        """Refuse an order that puts an anchor behind its alias, or behind another of its name."""
        if not self._aliases:
            return
        starts = [key.start for key, _ in mapping.pairs]
        end = self.layout.end(Level(mapping, len(order) - 1))
        places = {number: place for place, number in enumerate(order)}
        require(not any(starts[0] <= at < end for at in self._shadowed))
        for alias in self._aliases:
            target = alias.resolved.start
            if starts[0] <= target < end and alias.start < end:
                anchor, use = (bisect_right(starts, at) - 1 for at in (target, alias.start))
                require(places[anchor] <= places[use])

    def _find_aliases(self) -> None:
        anchors: list[tuple[str, int]] = []
        stack = [] if self._root is None else [self._root]
        while stack:
            node = stack.pop()
            if node.kind == "alias":
                self._aliases.append(node)
            if node.anchor is not None:
                anchors.append((node.anchor, node.start))
            stack.extend(node.items)
            for pair in node.pairs:
                stack.extend(pair)
        uses = Counter(name for name, _ in anchors)
        self._shadowed = [at for name, at in anchors if uses[name] > 1]

    def _number(self, collection: Node, step: str | int) -> int:
        """Which entry of a collection a step means."""
        if isinstance(step, int):
            require(step < len(collection.items))
            return step
        number = self.names(collection).get(step)
        if number is None:
            raise Unclear
        return number
