"""The located tree: every key and value of a block with its place in the text."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from seedlint.diagnostic import Part, Route

Kind = Literal["scalar", "mapping", "sequence", "alias"]

MERGE = "<<"
BLOCK = ("|", ">")
"""The styles of block scalars."""


class Node:
    """A YAML node; offsets are code points into the block's text, ``end`` exclusive.

    This class is the scalar itself, the most frequent node by far; ``value`` is its text
    after unescaping. ``style`` of a scalar is ``""`` (plain), ``"'"``, ``'"'``, ``"|"`` or
    ``">"``, of a collection ``"block"`` or ``"flow"``. ``size`` and ``height`` count what
    the node becomes once aliases are expanded.
    """

    __slots__ = ("anchor", "end", "start", "style", "tag", "value")

    kind: Kind = "scalar"

    def __init__(
        self,
        start: int,
        end: int,
        style: str = "",
        value: str = "",
        anchor: str | None = None,
        tag: str | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self.style = style
        self.value = value
        self.anchor = anchor
        self.tag = tag

    @property
    def items(self) -> Sequence[Node]:
        """The items of a sequence."""
        return ()

    @property
    def pairs(self) -> Sequence[tuple[Node, Node]]:
        """The keys and values of a mapping."""
        return ()

    @property
    def resolved(self) -> Node:
        """The node itself, or what it is an alias of."""
        return self

    @property
    def extent(self) -> slice | None:
        """All of its text, where that is known before its parts are."""
        return None

    @property
    def size(self) -> int:
        """How many nodes it is, itself included."""
        return 1

    @property
    def height(self) -> int:
        """How many levels it has, its own included."""
        return 1

    def own_pair(self, name: str) -> tuple[Node, Node] | None:
        """The pair of a mapping with this key; not one that is merged into it."""
        return None

    @property
    def is_merge_key(self) -> bool:
        """Whether this key merges other mappings into its own (``<<``)."""
        return self.value == MERGE and self.kind == "scalar" and not self.style and not self.tag


class Collection(Node):
    """A mapping or a sequence, complete once its ``end`` is known."""

    __slots__ = ("height", "items", "pairs", "size")

    height: int
    items: list[Node]
    pairs: list[tuple[Node, Node]]
    size: int

    def __init__(
        self, start: int, end: int, style: str, anchor: str | None, tag: str | None
    ) -> None:
        super().__init__(start, end, style, "", anchor, tag)
        self.items = []
        self.pairs = []
        self.size = 1
        self.height = 1


class MappingNode(Collection):
    """A mapping; complete when its keys are first asked for by name."""

    __slots__ = ("_by_name",)
    kind = "mapping"

    def own_pair(self, name: str) -> tuple[Node, Node] | None:
        if not hasattr(self, "_by_name"):
            self._by_name: dict[str, tuple[Node, Node]] = {}
            for pair in self.pairs:
                if not pair[0].is_merge_key:
                    self._by_name.setdefault(pair[0].resolved.value, pair)
        return self._by_name.get(name)


class SequenceNode(Collection):
    """A sequence."""

    __slots__ = ()
    kind = "sequence"


class Alias(Node):
    """An alias: stands for ``target`` once more."""

    __slots__ = ("target",)
    kind = "alias"

    def __init__(self, start: int, end: int, target: Node) -> None:
        super().__init__(start, end)
        self.target = target

    @property
    def resolved(self) -> Node:
        return self.target

    @property
    def size(self) -> int:
        return self.target.size

    @property
    def height(self) -> int:
        return self.target.height


class Tree:
    """The located tree of one block. ``root`` is ``None`` for an empty block."""

    __slots__ = ("_scalar_bounds", "root", "text")

    def __init__(self, root: Node | None, text: str) -> None:
        self.root = root
        self.text = text
        self._scalar_bounds: tuple[list[int], list[int]] | None = None

    def bounds(
        self, route: Route, part: Part = "value", *, follow: bool = True
    ) -> tuple[int, int] | None:
        """Start and end offset of what a route means; ``None`` if it leads nowhere.

        Of a collection that is its first key or item, of an empty one its brackets; of
        a block scalar, all up to its last line that is not blank. What lies behind an
        alias or is merged in is found at its anchor, or, unless ``follow``, at the alias.
        """
        found = self._find(route, follow)
        if found is None:
            return None
        key, node = found
        return self._visible(key if part == "key" and key is not None else node)

    def scalars(self) -> Iterator[tuple[Route, Node]]:
        """Every scalar that is a value (mapping value or list item), with its route.

        In document order; what an alias stands for is given once, at its anchor.
        """
        for route, key, node in self._walk():
            if key is None and node.kind == "scalar":
                yield route, node

    def named(self) -> Iterator[tuple[Route, Node]]:
        """Every key, with the route of its value."""
        for route, key, _ in self._walk():
            if key is not None:
                yield route, key

    def spelled(self, may_matter: Callable[[str], bool]) -> Iterator[tuple[Route, Part, Node]]:
        """Every key and every scalar that is a value, with its route and which of both it is.

        Not all of those that do not matter: ``may_matter`` says of the text of a collection
        whether anything in it may.
        """
        for route, key, node in self._walk(may_matter):
            if key is not None:
                yield route, "key", key
            elif node.kind == "scalar":
                yield route, "value", node

    def inside_scalar(self, offset: int) -> bool:
        """Whether an offset lies within a key or a scalar value: of a block scalar, its text."""
        if self._scalar_bounds is None:
            found = sorted(
                (self._text_start(node), node.end)
                for _, key, value in self._walk()
                for node in (key or value,)
                if node.kind == "scalar"
            )
            self._scalar_bounds = [start for start, _ in found], [end for _, end in found]
        starts, ends = self._scalar_bounds
        at = bisect_right(starts, offset) - 1
        return at >= 0 and offset < ends[at]

    def _text_start(self, node: Node) -> int:
        """Where a scalar's text starts; behind the indicators of a block scalar is a comment."""
        if node.style not in BLOCK:
            return node.start
        at = node.start
        while at < node.end and self.text[at] not in "\r\n":
            at += 1
        return at

    def _walk(
        self, may_matter: Callable[[str], bool] | None = None
    ) -> Iterator[tuple[Route, Node | None, Node]]:
        """Pre-order: each pair as ``(route, key, value)``, then ``(route, None, value)``."""
        stack: list[tuple[Route, Node | None, Node]] = []
        if self.root is not None:
            stack.append(((), None, self.root))
        while stack:
            route, key, node = stack.pop()
            yield route, key, node
            if key is not None:
                continue
            if may_matter is not None and node.extent and not may_matter(self.text[node.extent]):
                continue
            for name, value in reversed(node.pairs):
                below = (*route, name.resolved.value)
                stack.append((below, None, value))
                stack.append((below, name, value))
            for index in range(len(node.items) - 1, -1, -1):
                stack.append(((*route, index), None, node.items[index]))

    def _find(self, route: Route, follow: bool) -> tuple[Node | None, Node] | None:
        if self.root is None:
            return None
        key: Node | None = None
        node = self.root
        for step in route:
            if node.kind == "alias" and not follow:
                return key, node
            inside = node.resolved
            if isinstance(step, int):
                if step >= len(inside.items):
                    return None
                key, node = None, inside.items[step]
            else:
                pair = pair_of(inside, step)
                if pair is None:
                    return None
                if not follow and pair not in inside.pairs:
                    # What was merged in: the merge key is what stands here.
                    return next(each for each in inside.pairs if each[0].is_merge_key)
                key, node = pair
        return key, node

    def _visible(self, node: Node) -> tuple[int, int]:
        while node.pairs or node.items:
            node = node.pairs[0][0] if node.pairs else node.items[0]
        if node.style in BLOCK:
            return node.start, self._last_line_end(node)
        return node.start, node.end

    def _last_line_end(self, node: Node) -> int:
        # libyaml lets a block scalar end after the blank lines that follow it.
        end = node.start + len(self.text[node.start : node.end].rstrip())
        while end < node.end and self.text[end] not in "\r\n":
            end += 1
        return end


def pair_of(mapping: Node, name: str) -> tuple[Node, Node] | None:
    """The pair a key stands for: the mapping's own, else the first merged into it."""
    own = mapping.own_pair(name)
    if own is not None:
        return own
    for source in merged(mapping):
        pair = pair_of(source, name)
        if pair is not None:
            return pair
    return None


def merged(mapping: Node) -> Iterator[Node]:
    """The mappings merged into this one, the one that wins first."""
    for key, value in mapping.pairs:
        if key.is_merge_key:
            target = value.resolved
            sources = target.items if target.kind == "sequence" else [target]
            yield from (source.resolved for source in sources)
