"""Unified diffs that ``git apply`` turns into exactly the new bytes.

A line ``diff --git`` tells git that paths are those seen from the root of the repository: it takes
those of other diffs for relative to the folder it runs in.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CONTEXT = 3
# How often a stretch without lines in common is searched again: each time costs as much as
# the first, and what is then left is shown as changed.
_DEEPEST = 8
_NO_LINE_END = b"\n\\ No newline at end of file\n"
_ESCAPES = {
    **{byte: b"\\%03o" % byte for byte in (*range(32), *range(127, 256))},
    **dict(
        zip(b'\a\b\t\n\v\f\r"\\', (b"\\" + bytes([char]) for char in b'abtnvfr"\\'), strict=True)
    ),
}


class _Region(NamedTuple):
    """Lines ``start:end`` of the old text, and what stands for them in the new one."""

    start: int
    end: int
    new_start: int
    new_end: int


def unified_diff(before: bytes, after: bytes, file: str) -> bytes:
    """The diff of a file's content; nothing if it is the same.

    Lines end at LF, as git has it. The work grows with the texts as sorting does, whatever
    they hold; it is no aim to find the shortest diff.
    """
    old, new = BytesIO(before).readlines(), BytesIO(after).readlines()
    regions = _differences(old, new, _Region(0, len(old), 0, len(new)), _DEEPEST)
    hunks = [b"".join(_hunk(old, new, hunk)) for hunk in _grouped(regions)]
    if not hunks:
        return b""
    return _header(os.fsencode(file)) + b"".join(hunks)


def _header(file: bytes) -> bytes:
    """The lines that name a file, with a tab where blanks need an end."""
    before, after = _quoted(b"a/" + file), _quoted(b"b/" + file)
    end = b"\t\n" if b" " in file else b"\n"
    return b"diff --git %s %s\n--- %s%s+++ %s%s" % (before, after, before, end, after, end)


def _quoted(name: bytes) -> bytes:
    """A path as git writes it: quoted where needed."""
    quoted = b"".join(_ESCAPES.get(byte) or bytes([byte]) for byte in name)
    return name if quoted == name else b'"%s"' % quoted


def _hunk(old: Sequence[bytes], new: Sequence[bytes], regions: list[_Region]) -> Iterator[bytes]:
    first, last = regions[0], regions[-1]
    lead = min(_CONTEXT, first.start)
    end = min(last.end + _CONTEXT, len(old))
    size = end - first.start + lead
    new_size = last.new_end + end - last.end - first.new_start + lead
    place = _place(first.start - lead, size), _place(first.new_start - lead, new_size)
    yield b"@@ -%s +%s @@\n" % place
    at = first.start - lead
    for region in regions:
        yield from _marked(b" ", old[at : region.start])
        yield from _marked(b"-", old[region.start : region.end])
        yield from _marked(b"+", new[region.new_start : region.new_end])
        at = region.end
    yield from _marked(b" ", old[at:end])


def _place(start: int, size: int) -> bytes:
    """Where a hunk stands; one without lines stands after the line it names."""
    return b"%d" % (start + 1) if size == 1 else b"%d,%d" % (start + (size > 0), size)


def _marked(mark: bytes, lines: Sequence[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield mark + (line if line.endswith(b"\n") else line + _NO_LINE_END)


def _grouped(regions: Iterator[_Region]) -> Iterator[list[_Region]]:
    """Regions in groups so close that their contexts meet."""
    group: list[_Region] = []
    for region in regions:
        if group and region.start - group[-1].end > 2 * _CONTEXT:
            yield group
            group = []
        group.append(region)
    if group:
        yield group


def _differences(
    old: Sequence[bytes], new: Sequence[bytes], within: _Region, depth: int
) -> Iterator[_Region]:
    """What differs, from top to bottom: around lines that each text has once (a patience diff)."""
    within = _trimmed(old, new, within)
    start, end, new_start, new_end = within
    if start == end or new_start == new_end:
        if within[::2] != within[1::2]:
            yield within
        return
    anchors = _anchors(old, new, within) if depth else []
    if not anchors:
        yield from _line_by_line(old, new, within)
        return
    for at, new_at in (*anchors, (end, new_end)):
        if (start, new_start) != (at, new_at):
            yield from _differences(old, new, _Region(start, at, new_start, new_at), depth - 1)
        start, new_start = at + 1, new_at + 1


def _trimmed(old: Sequence[bytes], new: Sequence[bytes], within: _Region) -> _Region:
    """The region without the lines that both texts begin or end with there."""
    start, end, new_start, new_end = within
    while start < end and new_start < new_end and old[start] == new[new_start]:
        start, new_start = start + 1, new_start + 1
    while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
        end, new_end = end - 1, new_end - 1
    return _Region(start, end, new_start, new_end)


def _anchors(old: Sequence[bytes], new: Sequence[bytes], within: _Region) -> list[tuple[int, int]]:
    """The longest series of lines, in the same order in both texts, that each has once there."""
    places = _single(old, within.start, within.end)
    new_places = _single(new, within.new_start, within.new_end)
    pairs = [(at, new_places[line]) for line, at in places.items() if line in new_places]
    # Longest rising series: for each length, the pair that ends one the lowest.
    ends: list[int] = []
    lowest: list[int] = []
    previous: list[int] = []
    for index, (_, new_at) in enumerate(pairs):
        length = bisect_left(ends, new_at)
        previous.append(lowest[length - 1] if length else -1)
        ends[length : length + 1] = [new_at]
        lowest[length : length + 1] = [index]
    series = []
    index = lowest[-1] if lowest else -1
    while index >= 0:
        series.append(pairs[index])
        index = previous[index]
    return series[::-1]


def _single(lines: Sequence[bytes], start: int, end: int) -> dict[bytes, int]:
    """Where the lines stand that occur once, from top to bottom."""
    places: dict[bytes, int] = {}
    for at in range(start, end):
        places[lines[at]] = -1 if lines[at] in places else at
    return {line: at for line, at in places.items() if at >= 0}


def _line_by_line(old: Sequence[bytes], new: Sequence[bytes], within: _Region) -> Iterator[_Region]:
    """Runs of lines that differ, if there are as many of both; otherwise all of them."""
    start, end, new_start, new_end = within
    if end - start != new_end - new_start:
        yield within
        return
    shift = new_start - start
    begin = None
    for at in range(start, end + 1):
        differs = at < end and old[at] != new[at + shift]
        if differs and begin is None:
            begin = at
        elif not differs and begin is not None:
            yield _Region(begin, at, begin + shift, at + shift)
            begin = None
