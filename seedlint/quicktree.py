"""The located tree of a block in which every key and scalar is on a line of its own.

Nearly all blocks are written so, by programs. Their tree is read off the lines, in a fraction
of the time that a parser's events take, and only where somebody looks: a finding concerns a
few of the lines. The block must be known to be YAML; one that is not of the simplest form has
no quick tree, and :mod:`seedlint.events` takes over.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from seedlint.locate import Node, Tree
from seedlint.ordinary import DEEPEST_INDENTATION
from seedlint.reading import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from seedlint.limits import Limits

_END = r"(?=\n|\Z)"
# Double-quoted, with the escapes that JSON has too; single-quoted.
_QUOTED = (
    r"(?:\"[^\"\\\n]*(?:\\(?:[\"\\/bfnrt]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})[^\"\\\n]*)*\""
    rf"|'[^'\n]*(?:''[^'\n]*)*') *{_END}"
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
_KEY = r"[A-Za-z][A-Za-z0-9_-]*:"
# A dash that is indented deeper, on a line below, would be part of a plain scalar.
_PLAIN = r"(?:[A-Za-z0-9]|-[0-9])(?![^\n]*\n(?:[ \n]*\n)?(?P=indentation) +- )"
# A dash, a key and a scalar, or what of these there is; but no scalar that goes on, and no item
# that may be a key of another form.
_LINE = (
    rf"(?P<indentation> {{0,{DEEPEST_INDENTATION}}})"
    rf"(?:(?:- )?{_KEY}(?: (?:{_QUOTED}|{_PLAIN})|{_END})"
    rf"|- (?:{_QUOTED}|{_PLAIN}(?![^\n]*:(?:[ \n]|\Z)))|{_END})| *{_END}"
)
# These begin with a literal, which re finds at memory speed.
_OTHER_LINE = re.compile(rf"\n(?!{_LINE})")
_COMMENT_AFTER_PLAIN = re.compile(rf"\n *(?:(?:- )?{_KEY} |- (?!{_KEY}[ \n]))(?![\"'])[^\n]* #")
_KEY_BEGINS = re.compile(rf"{_KEY}(?=[ \n]|\Z)")
_BLANK = re.compile(r"[ \n]*")
# What libyaml counts as white space or as a break besides: all rare.
_RARE = ("\t", "\r", "\x85", "\u2028", "\u2029", "\ufeff")
# A sequence at each column, a mapping at each of these and two to their right, after the dash.
_MOST_LEVELS = 2 * (DEEPEST_INDENTATION + 1) + 2
# A sequence, a mapping, a key and a value.
_MOST_NODES_A_LINE = 4


def tree_of(text: str, limits: Limits) -> Tree | None:
    """The tree of a block that the fast loader has read; ``None`` if there is no telling."""
    quick = quick_tree(text, limits)
    if quick is not None:
        return quick
    from seedlint.events import Unlocatable, locate

    try:
        return locate(text, limits)
    except (Unlocatable, Unreadable):
        # The verdict stands without places.
        return None


def quick_tree(text: str, limits: Limits) -> Tree | None:
    """The tree of a block that is YAML, if it is of the simplest form and within limits."""
    if any(rare in text for rare in _RARE) or not _is_simple(text):
        return None
    root = _collection(text, 0, len(text), -1)
    if root is None or not _is_within(text, root, limits):
        return None
    return Tree(root, text)


def _is_simple(text: str) -> bool:
    """Whether every line is of the simplest form."""
    lines = f"\n{text}"
    return _OTHER_LINE.search(lines) is None and (
        " #" not in lines or _COMMENT_AFTER_PLAIN.search(lines) is None
    )


def _is_within(text: str, root: Node, limits: Limits) -> bool:
    most = _MOST_NODES_A_LINE * (text.count("\n") + 1)
    return (most <= limits.nodes or root.size <= limits.nodes) and (
        limits.depth >= _MOST_LEVELS or root.height - 1 <= limits.depth
    )


class _Collection(Node):
    """A collection from ``start`` on; its lines go up to ``stop``."""

    __slots__ = ("_column", "_stop", "_text")

    def __init__(self, text: str, start: int, stop: int, end: int, column: int) -> None:
        super().__init__(start, end, "block")
        self._text = text
        self._stop = stop
        self._column = column

    @property
    def extent(self) -> slice:
        return slice(self.start, self._stop)

    def _entries(self) -> Iterable[tuple[int, int]]:
        """Where the entries begin, and where the lines of each end."""
        heads = _heads(self._column, self.kind == "mapping")
        breaks = [found.start() for found in heads.finditer(self._text, self.start, self._stop)]
        starts = [self.start, *(at + 1 + self._column for at in breaks)]
        return zip(starts, [*breaks, self._stop], strict=True)


class _Mapping(_Collection):
    __slots__ = ("_made", "_pairs")
    kind = "mapping"

    def __init__(self, text: str, start: int, stop: int, end: int, column: int) -> None:
        super().__init__(text, start, stop, end, column)
        # By key, so that a pair is one thing, whoever asks for it.
        self._made: dict[str, tuple[Node, Node]] = {}

    def own_pair(self, name: str) -> tuple[Node, Node] | None:
        if name in self._made or not _NAME.match(name):
            return self._made.get(name)
        text, start = self._text, self.start
        if not text.startswith(f"{name}:", start):
            before = f"\n{' ' * self._column}"
            start = text.find(f"{before}{name}:", start, self._stop)
            if start < 0:
                return None
            start += len(before)
        following = _heads(self._column, True).search(text, start, self._stop)
        return self._pair(start, self._stop if following is None else following.start())

    @property
    def pairs(self) -> Sequence[tuple[Node, Node]]:
        if not hasattr(self, "_pairs"):
            self._pairs = [self._pair(start, stop) for start, stop in self._entries()]
        return self._pairs

    @property
    def size(self) -> int:
        return 1 + sum(1 + value.size for _, value in self.pairs)

    @property
    def height(self) -> int:
        return 1 + max(value.height for _, value in self.pairs)

    def _pair(self, start: int, stop: int) -> tuple[Node, Node]:
        text = self._text
        colon = text.index(":", start)
        name = text[start:colon]
        if name not in self._made:
            if text.startswith(" ", colon + 1):
                value = _scalar(text, colon + 2)
            else:
                below = _collection(text, colon + 1, stop, self._column)
                value = below or Node(colon + 1, colon + 1)
            self._made[name] = Node(start, colon, "", name), value
        return self._made[name]


class _Sequence(_Collection):
    __slots__ = ("_items",)
    kind = "sequence"

    @property
    def items(self) -> Sequence[Node]:
        if not hasattr(self, "_items"):
            self._items = [self._item(start + 2, stop) for start, stop in self._entries()]
        return self._items

    @property
    def size(self) -> int:
        return 1 + sum(item.size for item in self.items)

    @property
    def height(self) -> int:
        return 1 + max(item.height for item in self.items)

    def _item(self, start: int, stop: int) -> Node:
        if _KEY_BEGINS.match(self._text, start):
            return _Mapping(self._text, start, stop, start, self._column + 2)
        return _scalar(self._text, start)


# As many as there are columns in a block of the simplest form, by kind.
@lru_cache(maxsize=2 * (DEEPEST_INDENTATION + 3))
def _heads(column: int, is_mapping: bool) -> re.Pattern[str]:
    """What begins the entries of a collection, but for the first."""
    head = "[A-Za-z]" if is_mapping else "- "
    return re.compile(f"\n{' ' * column}(?={head})")


def _collection(text: str, after: int, stop: int, outer: int) -> _Collection | None:
    """What begins on the next line that is not blank; ``outer`` is the column around it."""
    found = _BLANK.match(text, after, stop)
    start = after if found is None else found.end()
    if start == stop:
        return None
    column = start - text.rfind("\n", 0, start) - 1
    if text.startswith("-", start):
        # libyaml lets a sequence that is not indented end behind its first dash.
        return _Sequence(text, start, stop, start + (column == outer), column)
    return _Mapping(text, start, stop, start, column)


def _scalar(text: str, start: int) -> Node:
    """The scalar that is the rest of a line."""
    end = text.find("\n", start)
    written = text[start : end if end >= 0 else len(text)].rstrip(" ")
    end = start + len(written)
    if written[0] == '"':
        value = json.loads(written, strict=False) if "\\" in written else written[1:-1]
        return Node(start, end, '"', value)
    if written[0] == "'":
        return Node(start, end, "'", written[1:-1].replace("''", "'"))
    return Node(start, end, "", written)
