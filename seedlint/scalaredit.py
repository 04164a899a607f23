"""Edits of one scalar: another value, another name, quotes.

A scalar keeps its style, its anchor and its tag. Where the style cannot hold the new value,
it is written on one line, by the rule for quotes in :mod:`seedlint.scalartext`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from seedlint.blockscalar import read_block_scalar, rewritten
from seedlint.core_schema import TooManyDigits, construct, resolve
from seedlint.edits import TextEdit
from seedlint.locate import BLOCK
from seedlint.scalartext import (
    best_quotes,
    can_be_plain,
    double,
    has_special,
    in_double,
    in_single,
    is_text,
    quoted,
    spelled,
)
from seedlint.scalarunits import flow_units, parted, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from seedlint.changes import Scalar
    from seedlint.edits import Place
    from seedlint.scalarunits import Unit

_PROPERTY = re.compile(r"(?:!<[^>\s]*>|[&!][^\s,\[\]{}]*)[ \t]*")
_CORE_TAG = "tag:yaml.org,2002:"
_CORE_SCALARS = frozenset(_CORE_TAG + name for name in ("str", "int", "float", "bool", "null"))
_LINE_BREAK = re.compile(r"[\r\n]+")
_DASH = re.compile(r"[ \t?:-]*-\Z")
_MARKER = re.compile(r"[\r\n](?:---|\.\.\.)")
# Parsers look for the colon of a key within 1024 characters.
_LONGEST_KEY = 1000
_WRITE: dict[str, Callable[[str], str]] = {"": str, "'": in_single, '"': in_double}


class _Flow(NamedTuple):
    """A plain or quoted scalar as it stands."""

    style: str
    value: str
    units: Sequence[Unit]
    is_tagged: bool
    in_flow: bool


def replacement(text: str, place: Place, value: Scalar) -> TextEdit | None:
    """The edit that gives a scalar, value or key, another value."""
    node = place.node
    new = value if isinstance(value, str) else _spelled(value)
    start = _start(text, place)
    if new is None or start is None or not _is_sound(new) or not _means(node.tag, new, value):
        return None
    is_bare = not isinstance(value, str) and node.tag is None
    if node.style in BLOCK:
        return _block_replacement(text, place, start, new, is_bare)
    scalar = _read(text, place, start)
    if scalar is None:
        return None
    source = new if is_bare else _written(scalar, new)
    if start == node.end:
        return _filled(text, place, source)
    if place.node is place.key and start + len(source) - node.start > _LONGEST_KEY:
        return None
    return TextEdit(start, node.end, source)


def quoting(text: str, place: Place) -> TextEdit | None:
    """The edit that puts a plain scalar in quotes; one over several lines stays so."""
    node = place.node
    start = _start(text, place)
    if start is None or node.style or node.tag is not None or start == node.end:
        return None
    scalar = _read(text, place, start)
    if scalar is None or not isinstance(resolve(node.value), str):
        return None
    quotes = best_quotes("".join(value for source, value in scalar.units if source == value))
    write = _WRITE[quotes]
    inside = "".join(write(value) if source == value else source for source, value in scalar.units)
    return TextEdit(start, node.end, quotes + inside + quotes)


def _spelled(value: float | bool | None) -> str | None:
    """A value that is not text, if what is written is read as the same again."""
    text = spelled(value)
    try:
        same = repr(resolve(text)) == repr(value)
    except TooManyDigits:
        return None
    return text if same else None


def _is_sound(text: str) -> bool:
    """Whether text can be written to a file: it has no lone surrogates."""
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)


def _means(tag: str | None, text: str, value: Scalar) -> bool:
    """Whether text under this tag is the value; without a tag, style sees to it."""
    if tag is None:
        return True
    try:
        return repr(construct(tag.removeprefix(_CORE_TAG), text)) == repr(value)
    except ValueError:
        return False


def _start(text: str, place: Place) -> int | None:
    """Where a scalar begins, after its anchor and tag.

    ``None`` for what is no scalar, a tag that only its makers know, or an anchor or tag
    on a line of its own.
    """
    node = place.node
    tag = node.tag
    if node.kind != "scalar" or (tag is not None and tag not in _CORE_SCALARS):
        return None
    start = node.start
    for given in (node.anchor, tag):
        if given is not None:
            found = _PROPERTY.match(text, start, node.end)
            if found is None:
                return None
            start = found.end()
    return None if text[start : node.end][:1] in ("\r", "\n", "#") else start


def _read(text: str, place: Place, start: int) -> _Flow | None:
    """A plain or quoted scalar; ``None`` if it is not where the parser says it is."""
    node = place.node
    source = text[start : node.end]
    if node.style:
        if len(source) < 2 or source[0] != node.style or source[-1] != node.style:
            return None
        source = source[1:-1]
    units = flow_units(node.style, source)
    if value_of(units) != node.value:
        if not node.style:
            return None
        units = []
    return _Flow(node.style, node.value, units, node.tag is not None, place.is_flow)


def _written(scalar: _Flow, new: str) -> str:
    """Source for text, in the style of the scalar if that can hold it."""
    for units in (scalar.units, ()):
        source = _in_style(scalar, units, new)
        if source is not None:
            return scalar.style + source + scalar.style
    return quoted(new)


def _in_style(scalar: _Flow, units: Sequence[Unit], new: str) -> str | None:
    """What stands between the quotes, if there are any, keeping what can be kept of units."""
    head, middle, tail = parted(units, new)
    if scalar.style != '"' and has_special(middle):
        return None
    source = head + _WRITE[scalar.style](middle) + tail
    if value_of(flow_units(scalar.style, source)) != new:
        return None
    if scalar.style:
        return None if _MARKER.search(source) else source
    return source if _fits_plain(scalar, source, new) else None


def _fits_plain(scalar: _Flow, source: str, new: str) -> bool:
    """Whether every line of a source needs no quotes, nor their text for its meaning."""
    lines = (line.strip(" \t") for line in _LINE_BREAK.split(source))
    return (
        source == source.strip()
        and all(can_be_plain(line, flow=scalar.in_flow, like=scalar.value) for line in lines)
        and (scalar.is_tagged or is_text(new))
    )


def _filled(text: str, place: Place, source: str) -> TextEdit | None:
    """The edit that writes a value where there is none: after an anchor or tag, a colon or
    a dash."""
    node, key = place.node, place.key
    at = node.end
    if at == node.start:
        if key is None:
            line = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
            stands = not place.is_flow and _DASH.match(text, line, at) is not None
        else:
            between = text[key.end : at]
            stands = key is not node and between.strip() == ":"
            at = key.end + between.find(":") + 1
        if not stands:
            return None
    return TextEdit(at, at, f" {source}")


def _block_replacement(
    text: str, place: Place, start: int, new: str, is_bare: bool
) -> TextEdit | None:
    block = read_block_scalar(text, start, place.node)
    if block is None or place.node is place.key:
        return None
    source = None if is_bare else rewritten(block, new)
    if source is None:
        source = (new if is_bare else double(new)) + block.comment
    return TextEdit(start, block.end, source)
