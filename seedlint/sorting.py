"""Putting the keys of a mapping in an order, with the comments above and beside them.

Lines are moved; none is lost, none is new. Blank lines travel with the key below them; the
key that comes first needs none above it and hands its own on. Comments that belong to no
key keep their place among the keys, with the blank lines around them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from seedlint.edits import TextEdit
from seedlint.layout import Level, last_leaf, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.layout import Layout, Unit
    from seedlint.locate import Node


def in_order(
    layout: Layout, around: Sequence[Level], mapping: Node, order: Sequence[int]
) -> TextEdit:
    """The edit that puts the pairs of a mapping in a new order, given as two or more numbers.

    The levels ``around`` lead to the mapping. Raises :class:`seedlint.layout.Unclear`.
    """
    units = [layout.movable((*around, Level(mapping, number))) for number in range(len(order))]
    if mapping.style == "block":
        return _Block(layout, mapping, units).edit(order)
    between = [layout.text[unit.floor : unit.start] for unit in units]
    if "#" in "".join((*between, layout.text[units[-1].end : mapping.end])):
        return _flow_lines(layout, units, order)
    return _flow_line(layout, units, order)


class _Block:
    """A mapping in block style."""

    def __init__(self, layout: Layout, mapping: Node, units: Sequence[Unit]) -> None:
        self._layout = layout
        self._text = layout.text
        self._units = units
        self._leaves = [last_leaf(value) for _, value in mapping.pairs]
        self._first = units[0]
        # The line, where the first key stands behind a dash.
        self._start = self._first.top if self._first.begins else layout.line_start(units[0].start)

    def edit(self, order: Sequence[int]) -> TextEdit:
        return _edit(self._start, self._pieces(range(len(order))), self._pieces(order))

    def _pieces(self, order: Sequence[int]) -> list[str]:
        leads = _leads(self._layout, self._units, order)
        self._require_apart(leads, order)
        pieces = [
            lead + self._body(slot, number)
            for slot, (lead, number) in enumerate(zip(leads, order, strict=True))
        ]
        last = self._units[-1].stop
        if not self._layout.line_end_before(last):
            line_end = self._layout.line_end_near(last)
            pieces[order.index(len(order) - 1)] += line_end
            pieces[-1] = pieces[-1].removesuffix(line_end)
        return pieces

    def _body(self, slot: int, number: int) -> str:
        unit, first = self._units[number], self._first
        if first.begins or (slot and number):
            return self._text[unit.top : unit.stop]
        if slot:
            return " " * (first.start - self._start) + self._text[first.start : first.stop]
        # Comments of what comes to stand behind a dash go above the dash.
        line = self._layout.line_start(unit.start)
        comments = ""
        if number:
            comments = self._layout.comments_between(unit.top, line, first.start)
        dash = self._text[self._start : first.start]
        return comments + dash + self._text[unit.start : unit.stop]

    def _require_apart(self, leads: Sequence[str], order: Sequence[int]) -> None:
        """Refuse an order in which a block scalar would take in blank lines below it."""
        last = self._units[-1].stop
        below = self._text[last : self._layout.blanks_below(last)]
        if not self._layout.line_end_before(last):
            below = "\n"
        for number, lead in zip(order, [*leads[1:], below], strict=True):
            blanks = lead[: len(lead) - len(lead.lstrip(" \t\r\n"))]
            if blanks != lead:
                # What stands before a comment indents it.
                blanks = blanks.rstrip(" \t")
            require(not self._layout.is_absorbed(blanks, self._leaves[number]))


def _flow_lines(layout: Layout, units: Sequence[Unit], order: Sequence[int]) -> TextEdit:
    """Where there are comments, each pair must have lines of its own, and moves with them."""
    require(all(unit.has_lines for unit in units))

    def pieces(order: Sequence[int]) -> list[str]:
        found = []
        for slot, (lead, number) in enumerate(
            zip(_leads(layout, units, order), order, strict=True)
        ):
            unit = units[number]
            comma = "," if units[slot].has_comma else ""
            own, rest = layout.text[unit.top : unit.end], layout.text[unit.tail : unit.stop]
            found.append(lead + own + comma + rest)
        return found

    return _edit(units[0].top, pieces(range(len(order))), pieces(order))


def _flow_line(layout: Layout, units: Sequence[Unit], order: Sequence[int]) -> TextEdit:
    """Without comments the pairs change places, and what is between them stays."""
    texts = [layout.text[unit.start : unit.end] for unit in units]
    # A comma directly behind a colon is part of a scalar to some readers.
    require(not any(text.endswith(":") for text in texts))
    gaps = [layout.text[unit.end : below.start] for unit, below in pairwise(units)]

    def pieces(order: Sequence[int]) -> list[str]:
        return [texts[number] + gap for number, gap in zip(order, [*gaps, ""], strict=True)]

    return _edit(units[0].start, pieces(range(len(order))), pieces(order))


def _leads(layout: Layout, units: Sequence[Unit], order: Sequence[int]) -> list[str]:
    """What stands between the lines of the pairs, above each place in a new order."""
    given = ["", *(layout.text[above.stop : unit.top] for above, unit in pairwise(units))]
    stays = [not place or bool(lead.strip()) for place, lead in enumerate(given)]
    left = [
        given[number] for place, number in enumerate(order) if stays[place] and not stays[number]
    ]
    spare = iter(left)
    return [
        given[place] if stays[place] else next(spare) if stays[number] else given[number]
        for place, number in enumerate(order)
    ]


def _edit(start: int, old: list[str], new: list[str]) -> TextEdit:
    """The edit that makes one list of pieces of another; what they begin and end with stays."""
    first, last = 0, len(old)
    while first < last and old[first] == new[first]:
        start += len(old[first])
        first += 1
    while first < last and old[last - 1] == new[last - 1]:
        last -= 1
    end = start + sum(map(len, old[first:last]))
    return TextEdit(start, end, "".join(new[first:last]))
