"""Block scalars (``|``, ``>``): read as they stand, and written with another value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from seedlint.scalartext import has_special
from seedlint.scalarunits import block_units, parted, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.locate import Node
    from seedlint.scalarunits import Unit

_HEADER = re.compile(r"([|>][-+0-9]{0,2})([^\r\n]*)(\r\n?|\n)")
_LINE = re.compile(r"([^\r\n]*)(\r\n?|\n|\Z)")
_BREAKS = re.compile(r"\n+")
_ALLOWED = str.maketrans("", "", "\n\t")


class BlockScalar(NamedTuple):
    """A block scalar as it stands; ``units`` are none if all its lines are blank.

    ``header`` is its indicators, ``rest`` what else is on their line, ``end`` the offset
    at which its last line ends that is not blank, ``breaks`` how many line breaks end the
    value.
    """

    header: str
    rest: str
    line_end: str
    indent: int
    units: Sequence[Unit]
    breaks: int
    end: int

    @property
    def comment(self) -> str:
        """The comment on the header's line, and the blanks before it."""
        return self.rest if "#" in self.rest else ""


def read_block_scalar(text: str, start: int, node: Node) -> BlockScalar | None:
    """A block scalar whose header is at ``start``.

    ``None`` if it does not say there what the parser made of it.
    """
    found = _HEADER.match(text, start)
    if found is None:
        return None
    header, rest, line_end = found.groups()
    core = node.value.rstrip("\n")
    breaks = len(node.value) - len(core)
    # A "+" keeps as many line breaks as there are.
    wanted = 0 if "-" in header else None if "+" in header else 1
    is_cut = node.end >= len(text) and text[-1:] not in ("\r", "\n")
    if is_cut and wanted == 1:
        # The end of the text ends the line as well.
        breaks = 1
    if (wanted is None and is_cut) or (core and wanted not in (None, breaks)):
        return None
    if not core:
        return BlockScalar(header, rest, line_end, 0, (), breaks, found.end(2))
    # It may end with a line end that was added for the parser.
    end = min(node.end, len(text))
    indent = _indent(text, found.end(), end, core)
    end = _content_end(text, found.end(), end, indent)
    units = block_units(header[0], text[found.end() : end], indent) if indent > 0 else None
    if units is None or value_of(units) != core:
        return None
    return BlockScalar(header, rest, line_end, indent, units, breaks, end)


def _indent(text: str, start: int, end: int, core: str) -> int:
    """How far the lines are indented: less than the first, if the value begins with blanks."""
    first = core.lstrip("\n")
    while start < end:
        line = _LINE.match(text, start)
        if line is None or line[1].strip(" "):
            break
        start = line.end()
    return _leading(text[start:end]) - _leading(first)


def _leading(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _content_end(text: str, start: int, end: int, indent: int) -> int:
    """Where the last line ends that is more than its indentation."""
    last = start
    while start < end and (line := _LINE.match(text, start, end)) is not None:
        if len(line[1]) > indent or line[1].strip(" "):
            last = line.end(1)
        start = line.end()
    return last


def rewritten(block: BlockScalar, new: str) -> str | None:
    """The block scalar with a new value, up to where its last line ends.

    ``None`` if it needs quotes.
    """
    core = new.rstrip("\n")
    header = _header(block, len(new) - len(core))
    if (
        header is None
        or not block.units
        or not core
        or (core.lstrip("\n")[0] == " " and not any(char.isdigit() for char in header))
        or has_special(core.translate(_ALLOWED))
    ):
        return None
    for units in (block.units, ((" " * block.indent, ""),)):
        head, middle, tail = parted(units, core)
        source = _joined(block, head, _lines(block, middle), tail)
        made = block_units(header[0], source, block.indent)
        if made is not None and value_of(made) == core:
            return header + block.rest + block.line_end + source
    return None


def _header(block: BlockScalar, breaks: int) -> str | None:
    """The header under which so many line breaks end the value."""
    if breaks == block.breaks:
        return block.header
    if breaks > 1:
        return None
    return block.header.replace("+", "").replace("-", "") + ("" if breaks else "-")


def _lines(block: BlockScalar, text: str) -> str:
    """Text as lines: a line break is one more in a folded scalar, which loses one."""
    more = 1 if block.header[0] == ">" else 0
    indentation = " " * block.indent
    return _BREAKS.sub(
        lambda found: block.line_end * (len(found.group()) + more) + indentation, text
    )


def _joined(block: BlockScalar, *parts: str) -> str:
    """The parts together; a line that has become blank is not indented."""
    indentation = " " * block.indent
    source = ""
    for part in parts:
        if part[:1] in ("\r", "\n") and source.endswith((f"\r{indentation}", f"\n{indentation}")):
            source = source.removesuffix(indentation)
        source += part
    return source
