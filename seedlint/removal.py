"""Taking an entry out of a collection, with its comments and its share of blank lines.

Blank lines separate what stands above from what stands below. They go when there is
nothing left to separate: of two groups the lower goes, above the last entry of a collection
that above it, below the first that below it. They stay where a comment that is nobody's
would else come to stand directly above another entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.edits import TextEdit
from seedlint.layout import Level, child, count, last_leaf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.layout import Layout, Unit

_BLANKS = " \t\r\n"


def without(layout: Layout, levels: Sequence[Level]) -> TextEdit:
    """The edit that removes the entry the levels lead to.

    Raises :class:`seedlint.layout.Unclear`.
    """
    level = levels[-1]
    if count(level.within) == 1:
        return _emptied(layout, levels)
    unit = layout.movable(levels)
    if level.within.style == "flow":
        return _from_flow(layout, level, unit)
    if not unit.begins:
        return _behind_dash(layout, level, unit)
    return TextEdit(*_cut(layout, level, unit), "")


def _cut(layout: Layout, level: Level, unit: Unit) -> tuple[int, int]:
    """The lines that go with an entry that has its own."""
    start, stop = unit.top, unit.stop
    above = layout.blanks_above(start, unit.floor)
    below = layout.blanks_below(stop)
    glues = layout.is_comment_above(above, unit.floor)
    if level.is_last and not glues and (below > stop or not layout.is_comment_at(stop)):
        start = above
    elif above < start or (level.number == 0 and not glues):
        stop = below
    if level.number and not layout.text[unit.floor : start].strip(_BLANKS):
        leaf = last_leaf(child(level.within, level.number - 1)[1])
        if layout.is_absorbed(layout.text[stop:below], leaf):
            stop = below
    return start, stop


def _emptied(layout: Layout, levels: Sequence[Level]) -> TextEdit:
    """Removes the only entry; brackets say what kind of collection was there."""
    level = levels[-1]
    brackets = "[]" if level.within.items else "{}"
    if layout.is_bare_pair(level.within):
        return TextEdit(level.within.start, layout.end(level), brackets)
    unit = layout.movable(levels)
    if level.within.style == "flow":
        return _emptied_flow(layout, level, unit)
    line_end = layout.line_end_before(unit.stop)
    if len(levels) == 1:
        return TextEdit(unit.top, unit.stop, brackets + line_end)
    if not unit.begins:
        return TextEdit(unit.floor, unit.stop, f" {brackets}{line_end}")
    start, stop = _cut(layout, level, unit)
    return TextEdit(unit.floor, stop, f" {brackets}{layout.text[unit.floor : start]}")


def _emptied_flow(layout: Layout, level: Level, unit: Unit) -> TextEdit:
    text = layout.text
    closing = level.within.end - 1
    start, stop = unit.start, layout.comment_end(unit.tail)
    if unit.has_lines:
        start, stop = _cut(layout, level, unit)
    if not (text[unit.floor : start] + text[stop:closing]).strip(_BLANKS):
        start, stop = unit.floor, closing
    return TextEdit(start, stop, "")


def _behind_dash(layout: Layout, level: Level, unit: Unit) -> TextEdit:
    """Removes what stands behind a dash, to where the next entry moves.

    Comments between the two move above the dash: so they still stand above that entry.
    """
    text = layout.text
    following = layout.start(Level(level.within, level.number + 1))
    comments = layout.comments_between(unit.stop, layout.line_start(following), unit.start)
    if not comments:
        return TextEdit(unit.start, following, "")
    line = layout.line_start(unit.start)
    return TextEdit(line, following, comments + text[line : unit.start])


def _from_flow(layout: Layout, level: Level, unit: Unit) -> TextEdit:
    """Removes one entry of several between brackets, with one comma."""
    if not unit.has_comma:
        return _last_from_flow(layout, level, unit)
    if unit.has_lines:
        return TextEdit(*_cut(layout, level, unit), "")
    text = layout.text
    if not level.is_last:
        following = layout.start(Level(level.within, level.number + 1))
        if not text[unit.tail : following].strip(" \t"):
            return TextEdit(unit.start, following, "")
    start = unit.start
    if not unit.begins:
        start = unit.floor + len(text[unit.floor : start].rstrip(" \t"))
    # Behind an opening bracket the comment is its own; behind others it may be theirs.
    stop = unit.tail if level.number else layout.comment_end(unit.tail)
    return TextEdit(start, stop, "")


def _last_from_flow(layout: Layout, level: Level, unit: Unit) -> TextEdit:
    """Removes the last entry between brackets with the comma before it."""
    text = layout.text
    start, stop = unit.top, unit.end
    if unit.has_lines:
        start, stop = _cut(layout, level, unit)
    kept = text[layout.after_comma(unit.floor) : start]
    if not unit.has_lines:
        # The closing bracket stays on its line only if something is left above it.
        lead = text[layout.line_start(unit.start) : unit.start]
        kept = kept + lead if kept.strip(_BLANKS) else ""
    return TextEdit(unit.floor, stop, kept)
