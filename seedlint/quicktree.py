"""The located tree of a block in which every key and scalar is on a line of its own.

Nearly all blocks are written so, by programs. Their tree is read off the lines, in a fraction
of the time that a parser's events take. The block must be known to be YAML, and ordinary (see
:mod:`seedlint.ordinary`); for what is not of the simplest form nonetheless there is no quick
tree, and :mod:`seedlint.events` takes over.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from seedlint.locate import MappingNode, Node, SequenceNode, Tree

if TYPE_CHECKING:
    from seedlint.limits import Limits
    from seedlint.locate import Collection

_LINE = re.compile(
    r" *(- )?(?:([A-Za-z][A-Za-z0-9_-]*):(?: (?=[^ \n])|(?=\n|\Z)))?"
    # Double-quoted, with the escapes that JSON has too; single-quoted; plain.
    r"(?:(\"[^\"\\\n]*(?:\\(?:[\"\\/bfnrt]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})[^\"\\\n]*)*\")"
    r"|('[^'\n]*(?:''[^'\n]*)*')|((?:[A-Za-z0-9]|-(?=[0-9]))(?:[^\n]*[^ \n])?))? *(?:\n|\Z)"
)
# What libyaml counts as white space or as a break besides: all rare.
_RARE = ("\t", "\r", "\x85", "\u2028", "\u2029", "\ufeff")


def quick_tree(text: str, limits: Limits) -> Tree | None:
    """The tree of an ordinary block, if it is of the simplest form and within limits."""
    if any(rare in text for rare in _RARE):
        return None
    root = _root(text)
    if root is None or root.size > limits.nodes or root.height - 1 > limits.depth:
        return None
    return Tree(root, text)


class _Open(NamedTuple):
    """A collection around the one that is being read, with the key it waits with, if any."""

    node: Collection
    column: int
    is_mapping: bool
    key: Node | None


def _root(text: str) -> Collection | None:
    """The root of the tree; ``None`` for text of another form."""
    # One function, for this is about speed: a call costs as much as the rest of a line.
    outer: list[_Open] = []
    node: Collection | None = None  # the innermost collection that is open
    column, is_mapping = -1, False
    key: Node | None = None  # its last key, as long as that has no value
    expected = 0
    for match in _LINE.finditer(text):
        if match.start() != expected:
            return None
        expected = match.end()
        dash, name, double, single, plain = match.groups()
        if name is None and dash is None:
            if double or single or plain:
                return None  # a scalar goes on
            continue
        start = match.start(1) if dash is not None else match.start(2)
        at = start - match.start()

        # Close what ends here.
        while node is not None and (
            column > at or (column == at and dash is None and not is_mapping)
        ):
            _close(node, key)
            if not outer:
                return None
            inner = node
            node, column, is_mapping, key = outer.pop()
            _contain(node, inner, key)
            key = None

        # Open what begins here.
        begins: Collection | None = None
        if dash is not None:
            if node is None or is_mapping or column != at:
                begins = SequenceNode(start, start + (column == at), "block", None, None)
        elif node is None or column != at:
            begins = MappingNode(start, start, "block", None, None)
        elif key is not None:
            _close(node, key)
        if begins is not None:
            if node is not None:
                if key is None:
                    return None
                node.pairs.append((key, begins))
                outer.append(_Open(node, column, is_mapping, key))
            node, column, is_mapping, key = begins, at, dash is None, None
        assert node is not None  # it was open, or has begun
        if dash is not None and name is not None:
            outer.append(_Open(node, column, False, None))
            item = MappingNode(start + 2, start + 2, "block", None, None)
            node.items.append(item)
            node, column, is_mapping = item, at + 2, True

        # Add what stands here.
        if plain is not None:
            if " #" in plain:
                return None  # a comment
            value = Node(*match.span(5), "", plain)
        elif double is not None:
            text_of = json.loads(double, strict=False) if "\\" in double else double[1:-1]
            value = Node(*match.span(3), '"', text_of)
        elif single is not None:
            value = Node(*match.span(4), "'", single[1:-1].replace("''", "'"))
        elif name is not None:
            key = Node(*match.span(2), "", name)
            continue
        else:
            return None
        if name is None:
            node.items.append(value)
            node.size += 1
        else:
            node.pairs.append((Node(*match.span(2), "", name), value))
            node.size += 2
            key = None
        if node.height < 2:
            node.height = 2
    if node is None or expected != len(text):
        return None
    _close(node, key)
    while outer:
        inner = node
        node, _, _, key = outer.pop()
        _contain(node, inner, key)
    return node


def _close(node: Collection, key: Node | None) -> None:
    """Give a key that waits for its value an empty one."""
    if key is not None:
        node.pairs.append((key, Node(key.end + 1, key.end + 1)))
        node.size += 2
        node.height = max(node.height, 2)


def _contain(node: Collection, inner: Collection, key: Node | None) -> None:
    """Count a complete collection in the one that contains it."""
    node.size += inner.size + (key is not None)
    node.height = max(node.height, inner.height + 1)
