"""From the bytes of a file to its front-matter block.

The block stands between two lines that hold ``---`` and nothing else but spaces, the
first being the file's first line. Plain YAML files are one block from end to end.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from seedlint.reading import Obstacle, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

YAML_SUFFIXES = (".yaml", ".yml")

_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_ALLOWED_CONTROLS = frozenset(b"\t\n\r")
_ASCII_CONTROLS = bytes(set(range(32)) - _ALLOWED_CONTROLS) + b"\x7f"
# What YAML 1.2.2 (5.1) counts as not printable, C0 to U+FFFF.
_NOT_PRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_OTHER = {b"+++": "TOML", b";;;": "JSON"}
# What Eleventy, and others who read by gray-matter, take the word behind the dashes for.
_NAMED = {b"js": "JavaScript", b"javascript": "JavaScript", b"json": "JSON", b"toml": "TOML"}
_MARKER = re.compile(rb"\n(?:---|\.\.\.)(?=[ \t\r\n]|\Z)")
_MARKER_ANY_BREAK = re.compile(rb"[\r\n](?:---|\.\.\.)(?=[ \t\r\n]|\Z)")
_DASHES_ONLY = re.compile(rb"-+[ \t]*\Z")
# Blank or without width in editors, so that a fence after them looks like one.
_UNSEEN = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\xa0\xad\x85\u2028\u2029 \t"
_LATE_FENCE = re.compile(rb"\s*?([ \t]*)---[ \t]*(?:\r\n?|\n)")


class Kind(Enum):
    """How a file carries its YAML."""

    FRONT_MATTER = "front matter"
    YAML = "yaml"

    @staticmethod
    def of(path: str) -> Kind:
        """By the suffix of a path."""
        return Kind.YAML if path.lower().endswith(YAML_SUFFIXES) else Kind.FRONT_MATTER


class Block(NamedTuple):
    """A front-matter block. ``start`` is its offset in the file's text, in code points
    (the text after a byte-order mark; only ASCII stands before the block, so it is the
    offset in bytes as well)."""

    raw: bytes
    text: str
    start: int


def decode(raw: bytes) -> str:
    """The text of a file as far as it is UTF-8, for showing; no byte-order mark."""
    for bom, encoding in _WIDE_BOMS:
        if raw.startswith(bom):
            return raw.decode(encoding, "replace")
    return raw.removeprefix(_BOM).decode("utf-8", "replace")


def mark_of(raw: bytes) -> bytes:
    """The byte-order mark of a file in UTF-8; empty where there is none."""
    return _BOM if raw.startswith(_BOM) else b""


def read_text(raw: bytes, block: Block) -> str:
    """The same as :func:`decode` of a file whose block was read; that is not decoded again."""
    start = len(mark_of(raw)) + block.start
    after = raw[start + len(block.raw) :]
    return f"{raw[start - block.start : start].decode()}{block.text}{after.decode()}"


def other_language(first: bytes) -> str | None:
    """The language of front matter that is not YAML, as its fence, a file's first line, says."""
    if first.startswith(b"---"):
        return _NAMED.get(first[3:].strip().lower())
    return _OTHER.get(first.rstrip())


def read_block(raw: bytes, kind: Kind, required: bool, skips_other: bool = False) -> Block | None:
    """The block of a file; ``None`` if the file is not a seed and need not be one.

    With ``skips_other`` a file with front matter in :func:`other_language` is none.

    Raises :class:`Unreadable`, with offsets into :func:`decode` of ``raw``.
    """
    if _is_wide(raw):
        # Compared without its NULs, so that the byte order does not matter.
        begins = raw[:16].lstrip(b"\xff\xfe\x00").replace(b"\x00", b"")
        if required or kind is Kind.YAML or begins.startswith(b"---"):
            raise Unreadable(
                Obstacle("encoding", "the file is UTF-16 or UTF-32, expected UTF-8", 0, 0)
            )
        return None
    raw = raw.removeprefix(_BOM)
    bounds = _yaml_bounds(raw) if kind is Kind.YAML else _bounds(raw, required, skips_other)
    if bounds is None:
        return None
    start, end = bounds
    block = raw[start:end]
    try:
        text = block.decode("utf-8")
        if not raw.isascii():
            raw[end:].decode("utf-8")
    except UnicodeDecodeError as error:
        raise _undecodable(raw) from error
    _refuse_controls(block, text, start)
    return Block(block, text, start)


def _is_wide(raw: bytes) -> bool:
    """Whether a file is UTF-16 or UTF-32, by its byte-order mark or its NULs."""
    return raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in raw[:4]


def _undecodable(raw: bytes) -> Unreadable:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        at = len(raw[: error.start].decode("utf-8"))
        message = f"the byte 0x{raw[error.start]:02X} is not valid UTF-8 here"
        return Unreadable(Obstacle("encoding", message, at, at + 1))
    raise AssertionError("only called for bytes that do not decode")


def _refuse_controls(raw: bytes, text: str, start: int) -> None:
    # C1 controls begin with 0xC2 in UTF-8, U+FFFE and U+FFFF with 0xEF: one-byte searches
    # are the fast ones.
    if len(raw.translate(None, _ASCII_CONTROLS)) == len(raw) and (
        raw.isascii() or not (b"\xc2" in raw or b"\xef" in raw)
    ):
        return
    found = _NOT_PRINTABLE.search(text)
    if found is not None:
        at = start + found.start()
        raise Unreadable(
            Obstacle(
                "encoding",
                f"the control character U+{ord(found.group()):04X} may not stand in YAML",
                at,
                at + 1,
                ('write it as an escape in a "double-quoted" value, or remove it',),
            )
        )


def _yaml_bounds(raw: bytes) -> tuple[int, int]:
    """A whole YAML file, which must hold one document."""
    content_before = False
    position = 0
    ended = False
    for line_start, line in _marker_lines(raw):
        before = raw[position:line_start]
        content_before = content_before or _has_content(before)
        if line.startswith(b"---"):
            if content_before or ended:
                _refuse_second(raw, line_start)
            content_before = True
        else:
            ended = True
        position = line_start + 3
        if ended and _has_content(raw[position:]):
            _refuse_second(raw, line_start)
    return 0, len(raw)


def _marker_lines(raw: bytes) -> Iterator[tuple[int, bytes]]:
    for marker in (b"---", b"..."):
        if raw.startswith(marker) and (len(raw) == 3 or raw[3:4].isspace()):
            yield 0, marker
    for found in _MARKER_ANY_BREAK.finditer(raw):
        yield found.start() + 1, found.group()[1:]


def _has_content(raw: bytes) -> bool:
    return any(
        line.strip() and not line.lstrip().startswith((b"#", b"%"))
        for line in re.split(rb"[\r\n]", raw)
    )


def _refuse_second(raw: bytes, at: int) -> None:
    offset = len(raw[:at].decode("utf-8", "replace"))
    raise Unreadable(
        Obstacle(
            "front-matter",
            "a second YAML document begins here, expected one document a file",
            offset,
            offset + 3,
        )
    )


def _bounds(raw: bytes, required: bool, skips_other: bool) -> tuple[int, int] | None:
    """Start and end of the block between two fences; ``None`` for a file without."""
    if raw.startswith(b"---\n"):
        return 4, _closing(raw, 3, 4)
    first_end = _line_end(raw, 0)
    first = raw[:first_end]
    if not first.startswith(b"---") or (len(first) > 3 and _DASHES_ONLY.match(first)):
        if first.rstrip(b" \t") != b"---":
            if required or not skips_other or other_language(first) is None:
                _refuse_other(raw, first, required)
            return None
    elif first.rstrip(b" \t") != b"---":
        if other_language(first) is not None:
            if required or not skips_other:
                _refuse_other(raw, first, required)
            return None
        raise _problem(
            "text stands on the opening fence, expected only `---`", 3, len(_shown(first))
        )
    start = first_end + (2 if raw[first_end : first_end + 2] == b"\r\n" else 1)
    start = min(start, len(raw))
    return start, _closing(raw, first_end, start)


def _closing(raw: bytes, first_end: int, start: int) -> int:
    """Where the block ends. ``first_end`` is the end of the opening fence's line."""
    lone_cr = b"\r" in raw and raw.count(b"\r") != raw.count(b"\r\n")
    found = (_MARKER_ANY_BREAK if lone_cr else _MARKER).search(raw, max(start - 1, first_end))
    if found is None:
        raise _unclosed(raw, first_end)
    at = found.start() + 1
    if raw[at : at + 4] in (b"---\n", b"---"):
        return at
    line = raw[at : _line_end(raw, at)]
    if not line.startswith(b"...") and line.rstrip(b" \t") == b"---":
        return at
    offset = len(raw[:at].decode("utf-8", "replace"))
    if line.startswith(b"..."):
        raise _problem("`...` ends the block, expected `---`", offset, offset + 3)
    raise _problem(
        "text stands on the closing fence, expected only `---`",
        offset + 3,
        offset + len(_shown(line)),
    )


def _unclosed(raw: bytes, first_end: int) -> Unreadable:
    """The block has no end; where one may have been meant."""
    unseen = b"|".join(char.encode() for char in _UNSEEN)
    fence = re.compile(rb"[\r\n]((?:%b)+)---[ \t]*(?=[\r\n]|\Z)" % unseen)
    related: tuple[tuple[int, int, str], ...] = ()
    meant = fence.search(raw, first_end)
    if meant is not None:
        start, end = (len(raw[:at].decode("utf-8", "replace")) for at in meant.span(1))
        related = ((start, end, "what stands here keeps this line from closing it"),)
    message = "the front matter is not closed, expected a line `---` after it"
    return Unreadable(Obstacle("front-matter", message, 0, 3, related=related))


def _refuse_other(raw: bytes, first: bytes, required: bool) -> None:
    """Refuse what is front matter of another kind, or none where one must be."""
    other = other_language(first)
    if other is not None:
        message = f"{other} front matter cannot be read, expected YAML after `---`"
        raise _problem(message, 3 if first.startswith(b"---") else 0, len(first.rstrip()))
    late = _LATE_FENCE.match(raw) if raw[:1] in (b" ", b"\t", b"\r", b"\n") else None
    if late is not None and _MARKER_ANY_BREAK.search(raw, late.end() - 1) is not None:
        at = late.end(1)
        raise _problem("the opening fence must stand at the start of the first line", at, at + 3)
    if not first.isascii() and b"---" in first and _MARKER_ANY_BREAK.search(raw, len(first)):
        _refuse_unseen(_shown(first))
    if not required:
        return
    if first.lstrip().startswith(b"{"):
        raise _problem(
            "JSON front matter cannot be read, expected YAML after `---`",
            0,
            len(_shown(first)),
        )
    raise _problem("no front matter, expected `---` on the first line", 0, 0)


def _refuse_unseen(first: str) -> None:
    fence = first.lstrip(_UNSEEN)
    if fence.rstrip() == "---":
        before = len(first) - len(fence)
        raise _problem("characters that cannot be seen stand before the opening fence", 0, before)


def _problem(message: str, start: int, end: int) -> Unreadable:
    return Unreadable(Obstacle("front-matter", message, start, end))


def _line_end(raw: bytes, at: int) -> int:
    ends = [end for end in (raw.find(b"\n", at), raw.find(b"\r", at)) if end >= 0]
    return min(ends, default=len(raw))


def _shown(line: bytes) -> str:
    return line.decode("utf-8", "replace")
