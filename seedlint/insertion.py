"""Putting a new key into a mapping, where an order of keys wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.edits import TextEdit
from seedlint.layout import Level, require
from seedlint.scalartext import scalar_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.changes import Scalar
    from seedlint.layout import Layout, Unit
    from seedlint.locate import Node


def with_key(
    layout: Layout,
    around: Sequence[Level],
    mapping: Node,
    key: str,
    value: Scalar,
    order: Sequence[str],
) -> TextEdit:
    """The edit that gives a mapping a key; the levels ``around`` lead to the mapping.

    Raises :class:`seedlint.layout.Unclear`.
    """
    flow = mapping.style == "flow"
    pair = f"{scalar_text(key, flow=flow)}: {scalar_text(value, flow=flow)}"
    if flow:
        require(not layout.is_bare_pair(mapping))
        if not mapping.pairs:
            return _first(layout, mapping, pair)
    number, is_after = _place(mapping, key, order)
    neighbour = (*around, Level(mapping, number))
    unit = layout.unit(neighbour) if is_after else layout.movable(neighbour)
    if flow:
        return _in_flow(layout, unit, is_after, pair)
    return _in_block(layout, unit, is_after, pair)


def _place(mapping: Node, key: str, order: Sequence[str]) -> tuple[int, bool]:
    """The number of the neighbour, and whether the key comes after it."""
    ranks = {name: rank for rank, name in enumerate(order)}
    present = {
        ranks[name.resolved.value]: number
        for number, (name, _) in enumerate(mapping.pairs)
        if name.resolved.value in ranks and not name.is_merge_key
    }
    own = ranks.get(key)
    before = [rank for rank in present if own is not None and rank < own]
    after = [rank for rank in present if own is not None and rank > own]
    if before:
        return present[max(before)], True
    if after:
        return present[min(after)], False
    return len(mapping.pairs) - 1, True


def _first(layout: Layout, mapping: Node, pair: str) -> TextEdit:
    start, end = layout.inside(mapping)
    if layout.text[start:end].strip(" \t\r\n"):
        end = start
    return TextEdit(start, end, pair)


def _in_block(layout: Layout, unit: Unit, is_after: bool, pair: str) -> TextEdit:
    line_end = layout.line_end_near(unit.stop)
    column = " " * (unit.start - layout.line_start(unit.start))
    if is_after:
        if layout.line_end_before(unit.stop):
            return TextEdit(unit.stop, unit.stop, f"{column}{pair}{line_end}")
        return TextEdit(unit.stop, unit.stop, f"{line_end}{column}{pair}")
    if unit.begins:
        return TextEdit(unit.top, unit.top, f"{column}{pair}{line_end}")
    return TextEdit(unit.start, unit.start, f"{pair}{line_end}{column}")


def _in_flow(layout: Layout, unit: Unit, is_after: bool, pair: str) -> TextEdit:
    text = layout.text
    # A comma directly behind a colon is part of a scalar to some readers.
    require(not is_after or text[unit.end - 1] != ":")
    if not unit.has_lines:
        if is_after:
            return TextEdit(unit.end, unit.end, f", {pair}")
        return TextEdit(unit.start, unit.start, f"{pair}, ")
    line_end = layout.line_end_near(unit.stop)
    indentation = text[layout.line_start(unit.start) : unit.start]
    if not is_after:
        return TextEdit(unit.top, unit.top, f"{indentation}{pair},{line_end}")
    if unit.has_comma:
        return TextEdit(unit.stop, unit.stop, f"{indentation}{pair},{line_end}")
    rest = text[unit.end : unit.stop]
    return TextEdit(unit.end, unit.stop, f",{rest}{indentation}{pair}{line_end}")
