"""Written scalars taken apart, so that a new value keeps what was written of the old one.

A unit is a piece of source and what it contributes to the value. A new value keeps the
units it begins and ends with, folds and escapes included; only what is between is written
anew. Whoever does so takes the result apart again, to see whether it says what it should.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Unit: TypeAlias = "tuple[str, str]"

_BREAK = re.compile(r"(\r\n?|\n)")
_BLANK = " \t"
_SURROGATES = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_IN_QUOTES = {
    "": re.compile(r".+", re.DOTALL),
    "'": re.compile(r"''|[^']+"),
    '"': re.compile(
        rf"{_SURROGATES}|\\(?:x[0-9a-fA-F]{{2}}|u[0-9a-fA-F]{{4}}|U[0-9a-fA-F]{{8}}|.)|[^\\]+",
        re.DOTALL,
    ),
}
_NAMED = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
_LAST_CODE_POINT = 0x10FFFF


def value_of(units: Iterable[Unit]) -> str:
    """What units say together."""
    return "".join(value for _, value in units)


def parted(units: Sequence[Unit], new: str) -> tuple[str, str, str]:
    """What a new value keeps of the source of these units at its beginning and its end, and
    between the two what has to be written."""
    head, kept = _kept(units, new)
    rest = new[kept:]
    # What says nothing, the indentation of the first line, is kept at the beginning.
    backwards = ((source[::-1], value[::-1]) for source, value in reversed(units) if value)
    tail, kept = _kept(backwards, rest[::-1])
    return head, rest[: len(rest) - kept], tail[::-1]


def _kept(units: Iterable[Unit], new: str) -> tuple[str, int]:
    """The source of the units that a value begins with, and how much of it they make."""
    sources: list[str] = []
    at = 0
    for source, value in units:
        if not new.startswith(value, at):
            if source == value:
                same = _same_length(value, new[at : at + len(value)])
                sources.append(source[:same])
                at += same
            break
        sources.append(source)
        at += len(value)
    return "".join(sources), at


def _same_length(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    ends = (at for at, (left, right) in enumerate(pairs) if left != right)
    return next(ends, min(len(one), len(other)))


def flow_units(style: str, source: str) -> list[Unit]:
    """The units of a plain or quoted scalar, given without its quotes.

    What nobody writes, they do not say: a line break that is escaped, or the blank before.
    """
    lines = _BREAK.split(source)
    units: list[Unit] = []
    fold: list[str] = []
    for index in range(0, len(lines), 2):
        line, is_first, is_last = lines[index], index == 0, index + 1 == len(lines)
        body = line if is_first else line.lstrip(_BLANK)
        indentation = line[: len(line) - len(body)]
        if not is_last:
            body = body.rstrip(_BLANK)
        fold.append(indentation)
        if body or is_first or is_last:
            if not is_first:
                units.append(("".join(fold), _folded(fold)))
            units += _pieces(style, body)
            fold = []
        if not is_last:
            fold += (line[len(indentation) + len(body) :], lines[index + 1])
    return units


def _folded(fold: Sequence[str]) -> str:
    breaks = sum(part[:1] in ("\r", "\n") for part in fold if part)
    return "\n" * (breaks - 1) or " "


def _pieces(style: str, line: str) -> Iterator[Unit]:
    for found in _IN_QUOTES[style].finditer(line):
        source = found.group()
        if style == "'" and source == "''":
            yield source, "'"
        elif style == '"' and source[0] == "\\":
            yield source, _unescaped(source)
        else:
            yield source, source


def _unescaped(source: str) -> str:
    if source[1] not in "xuU" or len(source) == len(r"\x"):
        return _NAMED.get(source[1], source[1:])
    if source.count("\\") > 1:
        pair = chr(int(source[2:6], 16)) + chr(int(source[8:], 16))
        return pair.encode("utf-16", "surrogatepass").decode("utf-16")
    code = int(source[2:], 16)
    return chr(code) if code <= _LAST_CODE_POINT else ""


def block_units(style: str, source: str, indent: int) -> list[Unit] | None:
    """The units of a block scalar's lines, without the line breaks at its end.

    ``None`` if a line is indented by less than ``indent``.
    """
    lines = _BREAK.split(source)
    units: list[Unit] = []
    space = ""
    breaks = 0
    was_more = False
    for index in range(0, len(lines), 2):
        line = lines[index]
        if len(line) <= indent and not line.strip(" "):
            space += line
        elif line[:indent].strip(" "):
            return None
        else:
            body = line[indent:]
            is_more = body[0] in _BLANK
            units.append(
                (
                    space + line[:indent],
                    _broken(style, breaks, not units, was_more or is_more),
                )
            )
            units.append((body, body))
            space, breaks, was_more = "", 0, is_more
        if index + 1 < len(lines):
            space += lines[index + 1]
            breaks += 1
    return units


def _broken(style: str, breaks: int, is_first: bool, is_more: bool) -> str:
    """What line breaks between two lines say; more indented lines are not folded."""
    if style == "|" or is_first or is_more:
        return "\n" * breaks
    return "\n" * (breaks - 1) or " "
