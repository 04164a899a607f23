"""Fixtures as data: the cases of a Markdown file. :mod:`seedlint.testing` has the format."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_HEADING = re.compile(r"## (?P<verdict>fails|passes): (?P<title>.+)")
_FENCE = re.compile(r"(?P<ticks>`{3,})(?P<kind>toml|yaml|text|fixed)(?P<words>(?: \S+)*)")
_CARETS = re.compile(r" *\^+(?: |\Z)")
_REMARK = re.compile(r" *= (?:note|also \d+:\d+|fix \((?:safe|unsafe|display)\)): ")
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
class Case:
    """One case: the block with carets, and the fixed one if there is one."""

    title: str
    fails: bool
    settings: str
    block: Block
    fixed: Block | None = None

    @property
    def name(self) -> str:
        """The name of the file."""
        names = [word[5:] for word in self.block.words.split() if word.startswith("name=")]
        return names[0] if names else "seed.txt"

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


def read_cases(fixture: Path) -> list[Case]:
    """The cases of a fixture. Raises ValueError for one that is not well formed."""
    lines = fixture.read_text(encoding="utf-8").splitlines()
    cases: list[Case] = []
    heading: re.Match[str] | None = None
    settings = ""
    index = 0
    while index < len(lines):
        fence = _FENCE.fullmatch(lines[index])
        heading_here = _HEADING.fullmatch(lines[index])
        if heading_here is not None:
            heading, settings = heading_here, ""
        if fence is not None:
            block = _block(lines, index, fence)
            where = f"{fixture}:{index + 1}"
            if heading is None:
                raise ValueError(f"{where}: a block without a heading above it")
            if block.kind == "toml":
                settings = "\n".join(block.lines)
            elif block.kind == "fixed":
                _add_fixed(cases, heading, block, where)
            else:
                cases.append(Case(heading["title"], heading["verdict"] == "fails", settings, block))
            index = block.end
        index += 1
    return cases


def _block(lines: list[str], at: int, fence: re.Match[str]) -> Block:
    end = lines.index(fence["ticks"], at + 1)
    body = tuple(lines[at + 1 : end])
    return Block(fence["ticks"], fence["kind"], fence["words"], body, at + 1)


def _add_fixed(cases: list[Case], heading: re.Match[str], block: Block, where: str) -> None:
    if not cases or cases[-1].title != heading["title"] or cases[-1].fixed is not None:
        raise ValueError(f"{where}: a fixed block without a block to be fixed")
    cases[-1] = replace(cases[-1], fixed=block)


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
