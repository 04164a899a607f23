"""Where the entries of a collection stand in a text, with their lines and comments.

The parser's marks are exact for scalars and for what stands in brackets. Where a block
collection ends, and where its dashes are, is read from the text; whatever does not look
as expected there is :class:`Unclear`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from seedlint.lines import Lines
from seedlint.locate import BLOCK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.locate import Node, Tree

_PROPERTY = re.compile(r"[&!][^ \t\r\n]*")
_COLON = re.compile(r"[ \t]*:")
_COMMA = re.compile(r"[ \t]*,")
_DASHES = re.compile(r" *(?:- +)+")
_KEEPING = re.compile(r"[|>][0-9]?\+")
_MARKER = re.compile(r"(?:---|\.\.\.)(?=\s|\Z)")


class Unclear(Exception):
    """The text is not laid out in a way that can be edited safely."""


class Level(NamedTuple):
    """One step of a route: an entry of a collection, by its number."""

    within: Node
    number: int

    @property
    def is_last(self) -> bool:
        """Whether no entry comes after it."""
        return self.number + 1 == count(self.within)


@dataclass(frozen=True, slots=True)
class Unit:
    """A key with its value, or an item, with what goes where it goes.

    ``floor`` is where that ends which stands before it: the entry before, or what opens
    the collection (colon, dash, bracket). ``top`` is the start of the comment lines that
    are its own, else of its line; of itself, where it shares the line with what is before.
    ``start`` is at its key, dash or item, ``end`` behind its content, ``tail`` behind its
    comma, if it has one, ``stop`` at the start of the line after all that belongs to it.
    ``begins`` says that it is the first on its line, ``ends`` that nothing but a comment
    follows on its last line.
    """

    floor: int
    top: int
    start: int
    end: int
    tail: int
    stop: int
    begins: bool
    ends: bool

    @property
    def has_comma(self) -> bool:
        """Whether a comma follows it."""
        return self.tail > self.end

    @property
    def has_lines(self) -> bool:
        """Whether its lines hold nothing else."""
        return self.begins and self.ends


def count(collection: Node) -> int:
    """How many entries a collection has."""
    return len(collection.pairs) or len(collection.items)


def child(collection: Node, number: int) -> tuple[Node | None, Node]:
    """An entry's key, if it has one, and its value or itself."""
    return collection.pairs[number] if collection.pairs else (None, collection.items[number])


def last_leaf(node: Node) -> Node:
    """The last part of a node that is no block collection."""
    while node.style == "block":
        _, node = child(node, -1)
    return node


def require(condition: bool) -> None:
    """Refuse a text that is not as expected."""
    if not condition:
        raise Unclear


class Layout(Lines):
    """The lines of a tree's text, and what stands where in them."""

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree.text)

    def inside(self, flow: Node) -> tuple[int, int]:
        """What the brackets of a flow collection hold."""
        return self.skip(self._properties_end(flow)) + 1, flow.end - 1

    def is_absorbed(self, blanks: str, above: Node) -> bool:
        """Whether a node would take blank lines below it for its own: a block scalar may."""
        if above.style not in BLOCK or not blanks:
            return False
        return self._keeps(above) or " " in blanks or "\t" in blanks

    def after_comma(self, at: int) -> int:
        """Behind the comma that follows."""
        return _after(_COMMA, self.text, at)

    def unit(self, levels: Sequence[Level]) -> Unit:
        """What belongs to the entry that the levels lead to."""
        if levels[-1].within.style == "flow":
            return self._flow_unit(levels[-1])
        return self._block_unit(levels)

    def movable(self, levels: Sequence[Level]) -> Unit:
        """The same, unless an ignore speaks of it that would not go where it goes."""
        unit = self.unit(levels)
        if unit.begins:
            require(not self.is_ignored(unit.top, unit.floor))
        elif levels[-1].within.style == "block":
            require(not self.is_ignored(self.line_start(unit.start), -1))
        return unit

    def start(self, level: Level) -> int:
        """Where an entry starts: at its key, its dash, or between brackets at itself."""
        key, node = child(*level)
        if key is not None:
            return key.start
        if level.within.style == "flow":
            return node.start
        if level.number:
            at = self.skip(self.end(Level(level.within, level.number - 1)))
        else:
            at = self.skip(self._properties_end(level.within))
        require(self.text.startswith("-", at) and at < node.start)
        return at

    def end(self, level: Level) -> int:
        """Where the content of an entry ends."""
        key, node = child(*level)
        while node.style == "block" or self.is_bare_pair(node):
            key, node = child(node, -1)
        if node.style in BLOCK:
            return self._block_scalar_end(node)
        if node.style == "flow":
            require(self.text[node.end - 1] in "]}")
            return node.end
        if node.end > node.start:
            return node.end
        if key is None:
            require(self.text.startswith("-", node.start - 1))
            return node.start
        colon = _COLON.match(self.text, key.end)
        return key.end if colon is None else colon.end()

    def is_bare_pair(self, node: Node) -> bool:
        """Whether it is a pair in a list that makes a mapping without braces: ``[a: 1]``."""
        return (
            node.style == "flow"
            and node.kind == "mapping"
            and not self.text.startswith("{", self.skip(self._properties_end(node)))
        )

    def _keeps(self, scalar: Node) -> bool:
        header = self.skip(self._properties_end(scalar))
        return _KEEPING.match(self.text, header) is not None

    def _block_scalar_end(self, scalar: Node) -> int:
        # Blank lines at the end are content where they are kept, or hold spaces.
        end = min(scalar.end, len(self.text))
        if self._keeps(scalar):
            return end - len(self.line_end_before(end))
        return scalar.start + len(self.text[scalar.start : end].rstrip("\r\n"))

    def _properties_end(self, node: Node) -> int:
        """Behind a node's anchor and tag; without any, where it starts."""
        end = node.start
        for given in (node.anchor, node.tag):
            if given is not None:
                end = _after(_PROPERTY, self.text, self.skip(end))
        return end

    def _flow_unit(self, level: Level) -> Unit:
        within, number = level
        start, end = self.start(level), self.end(level)
        if number:
            floor = self.end(Level(within, number - 1))
            before = _after(_COMMA, self.text, floor)
        else:
            floor = before = self.skip(self._properties_end(within)) + 1
        require(self.skip(before) == start)
        comma = _COMMA.match(self.text, end)
        tail = end if comma is None else comma.end()
        after = within.end - 1 if level.is_last else self.start(Level(within, number + 1))
        require(self.skip(tail) == after and (level.is_last or comma is not None))
        stop = self.line_rest(tail)
        line = self.line_start(start)
        begins = line >= floor and not self.text[line:start].strip(" \t")
        top = self.own_comments(line, start - line, floor) if begins else start
        ends = stop is not None
        return Unit(floor, top, start, end, tail, tail if stop is None else stop, begins, ends)

    def _block_unit(self, levels: Sequence[Level]) -> Unit:
        level = levels[-1]
        start, end = self.start(level), self.end(level)
        floor = self._block_floor(levels)
        key, _ = child(*level)
        if key is not None:
            _after(_COLON, self.text, key.end)
        # Above the first key of all there may be more than comments: "---", directives.
        require(floor < 0 or self.skip(floor) == start < end)
        self._require_next(levels, end)
        line = self.line_start(start)
        column = start - line
        begins = not self.text[line:start].strip(" ")
        if not begins:
            require(_DASHES.fullmatch(self.text, line, start) is not None)
        top = self.own_comments(line, column, floor) if begins else start
        stop = self.line_rest(end)
        if stop is None:
            raise Unclear
        return Unit(floor, top, start, end, end, self.with_deeper(stop, column), begins, ends=True)

    def _block_floor(self, levels: Sequence[Level]) -> int:
        within, number = levels[-1]
        if number:
            return self.end(Level(within, number - 1))
        if within.anchor is not None or within.tag is not None:
            return self._properties_end(within)
        if len(levels) == 1:
            return -1
        outer = levels[-2]
        key, _ = child(*outer)
        if key is None:
            return self.start(outer) + 1
        return _after(_COLON, self.text, key.end)

    def _require_next(self, levels: Sequence[Level], end: int) -> None:
        """Refuse an end that is not followed by the next entry, whosever that is."""
        at = self.skip(end)
        for level in reversed(levels):
            if not level.is_last:
                key, node = child(level.within, level.number + 1)
                if key is None:
                    require(self.text.startswith("-", at) and at < node.start)
                else:
                    require(at == key.start)
                return
        require(at == len(self.text) or _MARKER.match(self.text, at) is not None)


def _after(kind: re.Pattern[str], text: str, at: int) -> int:
    """The end of what must stand at an offset."""
    found = kind.match(text, at)
    if found is None:
        raise Unclear
    return found.end()
