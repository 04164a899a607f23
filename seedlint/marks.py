"""Byte-order marks within a block, which nobody sees.

YAML 1.2.2 (5.2, 7.3) allows them in quoted scalars alone, where they are part of the text;
parsers take them for part of a plain key or value as well, or pass over them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING

from seedlint.events import Unlocatable, locate
from seedlint.load import BYTE_ORDER_MARK
from seedlint.reading import Obstacle, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from seedlint.limits import Limits
    from seedlint.locate import Node, Tree

_QUOTES = ("'", '"')
# Tag and anchor, with which parsers let a scalar begin, or not.
_PROPERTIES = re.compile(r"(?:[&!]\S*(?:\s|#[^\r\n]*)+)*")


def locate_marked(text: str, limits: Limits, before_retry: Callable[[], None]) -> Tree:
    """The tree of a block with marks, as :func:`seedlint.events.locate` gives it.

    Raises :class:`Unreadable` for a mark outside of quotes, also where it keeps the rest from
    being read and a space in its place would not. What else is wrong names the first mark.
    """
    try:
        tree = locate(text, limits, before_retry)
    except (Unreadable, Unlocatable) as error:
        try:
            readable = locate(text.replace(BYTE_ORDER_MARK, " "), limits, before_retry)
        except (Unreadable, Unlocatable):
            raise _naming_mark(error, text) from error
        _require_quotes(text, readable)
        raise
    _require_quotes(text, tree)
    return tree


def _naming_mark(error: Unreadable | Unlocatable, text: str) -> Unreadable | Unlocatable:
    if isinstance(error, Unlocatable):
        return error
    at = text.index(BYTE_ORDER_MARK)
    mark = (at, at + 1, "a byte-order mark (U+FEFF), which editors do not show")
    return Unreadable(*(each._replace(related=(*each.related, mark)) for each in error.obstacles))


def _require_quotes(text: str, tree: Tree) -> None:
    quoted = sorted(
        (_opening(text, node), node.end)
        for _, node in chain(tree.scalars(), tree.named())
        if node.style in _QUOTES
    )
    starts = [start for start, _ in quoted]
    for at in _marks(text):
        before = bisect_right(starts, at) - 1
        if before < 0 or at >= quoted[before][1]:
            raise Unreadable(
                Obstacle(
                    "encoding",
                    "a byte-order mark (U+FEFF) may stand at the start of a file or in quotes, "
                    "not here",
                    at,
                    at + 1,
                    ("editors do not show it: remove what stands around it, and write that anew",),
                )
            )


def _opening(text: str, node: Node) -> int:
    """Where the opening quote of a scalar stands."""
    properties = _PROPERTIES.match(text, node.start)
    return node.start if properties is None else properties.end()


def _marks(text: str) -> Iterator[int]:
    at = text.find(BYTE_ORDER_MARK)
    while at >= 0:
        yield at
        at = text.find(BYTE_ORDER_MARK, at + 1)
