"""The fast loader, its pre-screen, and who decides when they differ.

yaml-rs proves a block readable in microseconds. What it would read otherwise than YAML
1.2's core schema (underscores in numbers, merge keys, tags, aliases), or what could hurt
it (deep nesting kills the process), is found by a byte-level screen and loaded from the
located tree instead. yaml-rs has the last word on what is valid YAML either way, but for
what the slow path knows it to refuse without cause.
"""

from __future__ import annotations

import re
from contextlib import suppress
from enum import Enum
from typing import TYPE_CHECKING, Any

import yaml_rs

from seedlint.limits import LEAST_DIGITS
from seedlint.ordinary import DEEPEST_INDENTATION
from seedlint.reading import Obstacle, Unreadable

if TYPE_CHECKING:
    from seedlint.limits import Limits
    from seedlint.locate import Tree

BYTE_ORDER_MARK = "\ufeff"
# A block this small cannot hold more nodes than any sensible limit: two bytes a node.
_BYTES_PER_NODE = 2
_LONG_PREFIX = 4096
# How deep an ordinary block may be: a sequence at each column of indentation, a mapping at
# each of these and two to their right, after the dash.
_DEEPEST = 2 * (DEEPEST_INDENTATION + 1) + 2
# yaml-rs refuses flow nesting near 300 levels cleanly, but dies on "- - - …" at 15 000.
_COMPACT_SEQUENCE = re.compile(rb"-[ \t]+-[ \t]+-[ \t\r\n]")
_COMPLEX_KEY = re.compile(rb"\?(?:(?<=[\s\[{,]\?)|(?<=\A\?))(?=\s)")
# A lone "?" in flow style is a key to some parsers and text to yaml-rs.
_FLOW_QUESTION = re.compile(rb"\?(?<=[\s\[{,]\?)[,\]}]")

# Each pattern begins with one literal character, which re finds at memory speed.
_VALUE_END = rb"(?=[\s,\]}:#]|\Z)"
_UNDERSCORED = re.compile(rb"_(?=[0-9a-fA-F_.+-]*" + _VALUE_END + rb")")
_OTHER_BASE = re.compile(
    rb"0(?:(?:[bB][01_]+|[XO][0-9a-fA-F_]+|[xo](?<=[-+]0[xo])[0-9a-fA-F_]+)%b|[xo][0-9a-fA-F]{%d})"
    % (_VALUE_END, LEAST_DIGITS)
)
_NOT_FINITE = re.compile(rb"\.(?:[iI][nN][fF]|[nN][aA][nN])" + _VALUE_END)
# yaml-rs reads an empty block scalar at the very end as a line break.
_EMPTY_BLOCK_SCALAR = re.compile(rb"[|>][-+0-9]{0,2}(?:[ \t]+#[^\r\n]*)?\Z")
# An indicator opens a node after a key's colon, a dash, a bracket or a comma, on a line of
# its own, or after another property; not in the middle of prose ("News & Observer").
_INDICATORS = (b"&", b"*", b"!")
_OPENS_DIRECTLY = frozenset(b"[{,\n\r")
_OPENS_AFTER_SPACE = frozenset(b":-?,[{ \t\n\r")
_MOST_INDICATORS = 1000


class Doubt(Enum):
    """What the screen thinks of a block."""

    NONE = 0
    SPELLING = 1
    """yaml-rs may read it otherwise than the core schema."""
    DANGER = 2
    """It may exceed a limit; the iterative slow path looks first."""


def screen(raw: bytes, limits: Limits, is_ordinary: bool = False) -> Doubt:
    """What a block's bytes give reason to doubt. Errs on the side of doubt.

    ``is_ordinary`` is what :func:`seedlint.ordinary.is_ordinary` says of the block: if so, it
    only remains to be seen that it is not too large.
    """
    if (
        is_ordinary
        and limits.depth >= _DEEPEST
        and len(raw) < limits.nodes * _BYTES_PER_NODE
        and (len(raw) < limits.keys * _BYTES_PER_NODE or raw.count(b":") <= limits.keys)
    ):
        return Doubt.NONE
    if _nests_compactly(raw) or _may_exceed(raw, limits):
        return Doubt.DANGER
    if (
        (b"<" in raw and b"<<" in raw)
        or (b"?" in raw and _FLOW_QUESTION.search(raw) is not None)
        or (b"_" in raw and _UNDERSCORED.search(raw) is not None)
        or _OTHER_BASE.search(raw) is not None
        or _NOT_FINITE.search(raw) is not None
        or _has_long_number(raw, limits.digits)
        or _ends_with_block_scalar(raw)
        or any(char in raw and _opens_node(raw, char) for char in _INDICATORS)
    ):
        return Doubt.SPELLING
    return Doubt.NONE


def _ends_with_block_scalar(raw: bytes) -> bool:
    """Whether the last line may begin a block scalar."""
    raw = raw.rstrip()
    last = raw[max(raw.rfind(b"\n"), raw.rfind(b"\r")) + 1 :]
    return (b"|" in last or b">" in last) and _EMPTY_BLOCK_SCALAR.search(last) is not None


def _opens_node(raw: bytes, indicator: bytes) -> bool:
    """Whether an indicator stands where it would begin a node."""
    at = raw.find(indicator)
    for _ in range(_MOST_INDICATORS):
        if at < 0:
            return False
        before = raw[at - 1] if at else 0x0A
        if before in _OPENS_DIRECTLY:
            return True
        if before in b" \t" and (at == 1 or raw[at - 2] in _OPENS_AFTER_SPACE):
            return True
        at = raw.find(indicator, at + 1)
    return True


def _has_long_number(raw: bytes, digits: int) -> bool:
    """Whether there may be more digits in a row than a number may have.

    So many cover one of these windows whole, wherever they begin.
    """
    window = digits // 2
    return any(raw[at : at + window].isdigit() for at in range(0, len(raw), window))


def _nests_compactly(raw: bytes) -> bool:
    """Whether several levels may open on one line: ``- - - a``, ``? - a``."""
    if b"?" in raw and any(_opens_line(raw, key.start()) for key in _COMPLEX_KEY.finditer(raw)):
        return True
    return any(_opens_line(raw, run.start()) for run in _COMPACT_SEQUENCE.finditer(raw))


def _opens_line(raw: bytes, at: int) -> bool:
    """Whether only spaces and indicators stand between the line's start and an offset."""
    line = max(raw.rfind(b"\n", 0, at), raw.rfind(b"\r", 0, at)) + 1
    # A long stretch of indicators is nesting by itself.
    return at - line > _LONG_PREFIX or not raw[line:at].strip(b" \t-?:[{,")


def _may_exceed(raw: bytes, limits: Limits) -> bool:
    """Whether depth or nodes may pass their limits; ``False`` is a proof.

    A block level costs a column, and a sequence may share its key's column: with
    ``indent`` columns at most twice as many levels, and four more on the deepest line.
    """
    indent = limits.depth // 4
    brackets = sum(raw.count(bracket) for bracket in (b"[", b"{") if bracket in raw)
    if brackets > limits.depth - 2 * indent - 4:
        return True
    spaces = b" " * indent
    if b"\n" + spaces in raw or (b"\r" in raw and b"\r" + spaces in raw):
        return True
    if len(raw) < min(limits.nodes, limits.keys) * _BYTES_PER_NODE:
        return False
    colons, commas = raw.count(b":"), raw.count(b",")
    if brackets + colons + commas > limits.keys:
        return True
    most = brackets + 2 * (colons + 1) + commas + raw.count(b"\n")
    return most + raw.count(b"\r") + raw.count(b"- ") > limits.nodes


def is_shallow(raw: bytes, limits: Limits) -> bool:
    """Whether a block has too few indicators to be nested deeper than is allowed.

    Every level has one of its own, whatever the style.
    """
    return sum(raw.count(indicator) for indicator in (b"-", b"?", b":", b"[", b"{")) <= limits.depth


def is_marked(text: str) -> bool:
    """Whether there is a byte-order mark within a block, which it depends where it may stand."""
    return not text.isascii() and BYTE_ORDER_MARK in text


def with_line_end(text: str) -> str:
    """A block with its last line ended: parsers differ on a block scalar that ends the text."""
    return text if text.endswith("\n") else f"{text}\n"


def load(
    raw: bytes, text: str, limits: Limits, is_ordinary: bool = False
) -> tuple[Any, Tree | None]:
    """The data of a block, and its tree if that had to be built to know.

    ``raw`` and ``text`` are the same block; offsets in the obstacles are into ``text``.
    Raises :class:`Unreadable`.
    """
    if len(raw) > limits.size:
        raise Unreadable(
            Obstacle("limits", f"the block has {len(raw)} bytes, more than {limits.size}", 0, 0)
        )
    text = with_line_end(text)
    if not is_marked(text) and screen(raw, limits, is_ordinary) is Doubt.NONE:
        # TypeError is a list within a key, which Python cannot hash: the slow path says where.
        with suppress(yaml_rs.YAMLDecodeError, TypeError):
            return yaml_rs.loads(text, parse_datetime=False), None
    from seedlint.slow_load import load_slowly

    return load_slowly(text, limits)
