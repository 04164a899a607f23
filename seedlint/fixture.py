"""Fixtures as data: the cases of a Markdown file. :mod:`seedlint.testing` has the format."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_HEADING = re.compile(r"## (?P<verdict>fails|passes): (?P<title>.+)")
_FENCE = re.compile(r"(?P<ticks>`{3,})(?P<kind>toml|yaml|text|fixed)(?P<words>(?: \S+)*)")
_CARETS = re.compile(r" *\^+(?: |\Z)")
_REMARK = re.compile(r" *= (?:note|also (?:\S+:)?\d+:\d+|fix \((?:safe|unsafe|display)\)): ")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([rnt\\]))")
_SIMPLE = {"r": b"\r", "n": b"\n", "t": b"\t", "\\": b"\\"}
_ESCAPES = {value.decode(): f"\\{name}" for name, value in _SIMPLE.items()}


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a fixture; its lines begin at ``start`` (from 0) of the file."""

    ticks: str
    kind: str
    words: str
    lines: tuple[str, ...]
    start: int

    @property
    def end(self) -> int:
        """The line of the closing fence."""
        return self.start + len(self.lines)


@dataclass(frozen=True, slots=True)
class File:
    """One file of a case: its block with carets, and the fixed one if there is one."""

    block: Block
    fixed: Block | None = None

    @property
    def name(self) -> str:
        """The name of the file."""
        return _named(self.block) or "seed.txt"

    @property
    def is_named(self) -> bool:
        """Whether the fixture names the file."""
        return bool(_named(self.block))

    @property
    def whole_file(self) -> bool:
        """Whether the block is all of the file, with its fences."""
        return self.block.kind == "text"

    @property
    def escaped(self) -> bool:
        """Whether lines are written with escapes."""
        return "escaped" in self.block.words.split()

    @property
    def plain(self) -> list[str]:
        """The lines without annotations."""
        return [line for line in self.block.lines if not is_annotation(line)]

    @property
    def content(self) -> bytes:
        """The file to check."""
        return self.file_of(self.plain)

    def file_of(self, lines: Iterable[str]) -> bytes:
        """The file that lines of a block stand for."""
        if not self.whole_file:
            lines = ["---", *lines, "---"]
        parts = [_unescape(line) if self.escaped else line.encode() for line in lines]
        return b"".join(part + b"\n" for part in parts)

    def written(self, content: bytes) -> list[str]:
        """The lines that stand for a file, spelled as in the case where they are the same."""
        lines = content.removesuffix(b"\n").split(b"\n")
        if not self.whole_file:
            lines = lines[1:-1]
        if not self.escaped:
            return [line.decode() for line in lines]
        spelled = {_unescape(line): line for line in self.plain}
        return [spelled.get(line) or _escape(line.decode()) for line in lines]


@dataclass(frozen=True, slots=True)
class Case:
    """One case: a file, or several with names that are checked together.

    ``registry`` is the name and the text of a file beside the settings, if there is one.
    """

    title: str
    fails: bool
    settings: str
    registry: tuple[str, str] | None
    files: tuple[File, ...]


class _Heading(NamedTuple):
    """What blocks have above them, which makes them belong together."""

    line: int
    title: str
    fails: bool
    settings: str = ""
    registry: tuple[str, str] | None = None

    def case(self, files: tuple[File, ...]) -> Case:
        """The case of some files below it."""
        return Case(self.title, self.fails, self.settings, self.registry, files)

    def with_toml(self, block: Block) -> _Heading:
        """What files below a block of TOML have above them."""
        text = "\n".join(block.lines)
        if _named(block):
            return self._replace(registry=(_named(block), text))
        return self._replace(settings=text)


def read_cases(fixture: Path) -> list[Case]:
    """The cases of a fixture. Raises ValueError for one that is not well formed."""
    cases: list[Case] = []
    found = groupby(_files(fixture), key=lambda each: (each[0], each[1].is_named))
    for (heading, is_named), group in found:
        files = tuple(file for _, file in group)
        twice = [name for name, times in Counter(file.name for file in files).items() if times > 1]
        if is_named and twice:
            raise ValueError(f"{fixture}:{heading.line}: several files are named {twice[0]}")
        for together in [files] if is_named else [(file,) for file in files]:
            cases.append(heading.case(together))
    return cases


def _files(fixture: Path) -> list[tuple[_Heading, File]]:
    lines = fixture.read_text(encoding="utf-8").splitlines()
    files: list[tuple[_Heading, File]] = []
    heading: _Heading | None = None
    index = 0
    while index < len(lines):
        heading_here = _HEADING.fullmatch(lines[index])
        fence = _FENCE.fullmatch(lines[index])
        if heading_here is not None:
            heading = _Heading(index + 1, heading_here["title"], heading_here["verdict"] == "fails")
        elif fence is not None:
            block = _block(fixture, lines, index, fence)
            if heading is None:
                raise ValueError(f"{fixture}:{index + 1}: a block without a heading above it")
            if block.kind == "toml":
                heading = heading.with_toml(block)
            elif block.kind != "fixed":
                files.append((heading, File(block)))
            elif files and files[-1][0] == heading and files[-1][1].fixed is None:
                files[-1] = (heading, replace(files[-1][1], fixed=block))
            else:
                where = f"{fixture}:{index + 1}"
                raise ValueError(f"{where}: a fixed block without a block to be fixed")
            index = block.end
        index += 1
    return files


def _block(fixture: Path, lines: list[str], at: int, fence: re.Match[str]) -> Block:
    try:
        end = lines.index(fence["ticks"], at + 1)
    except ValueError:
        raise ValueError(f"{fixture}:{at + 1}: the block is not closed") from None
    body = tuple(lines[at + 1 : end])
    return Block(fence["ticks"], fence["kind"], fence["words"], body, at + 1)


def _named(block: Block) -> str:
    names = [word[5:] for word in block.words.split() if word.startswith("name=")]
    return names[0] if names else ""


def is_annotation(line: str) -> bool:
    """Whether a line says what is found above it."""
    return _CARETS.match(line) is not None or _REMARK.match(line) is not None


def _unescape(line: str) -> bytes:
    parts: list[bytes] = []
    at = 0
    for match in _ESCAPE.finditer(line):
        parts.append(line[at : match.start()].encode())
        if match[1]:
            parts.append(bytes([int(match[1], 16)]))
        elif match[2]:
            parts.append(chr(int(match[2], 16)).encode("utf-8", "surrogatepass"))
        else:
            parts.append(_SIMPLE[match[3]])
        at = match.end()
    return b"".join((*parts, line[at:].encode()))


def _escape(line: str) -> str:
    """What :func:`_unescape` turns into the line again."""
    return "".join(
        char
        if char.isprintable() and char != "\\"
        else _ESCAPES.get(char) or "".join(f"\\x{byte:02x}" for byte in char.encode())
        for char in line
    )
