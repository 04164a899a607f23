"""Inline ignores: ``# seedlint: ignore[rule, …] reason`` and ``ignore-file[…]``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from seedlint.rule import all_rules, rule_covering
from seedlint.wording import did_you_mean, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from seedlint.diagnostic import Place
    from seedlint.locate import Tree
    from seedlint.source import Source

_DIRECTIVE = re.compile(
    r"#[ \t]*seedlint:[ \t]*(?P<kind>ignore-file|ignore)(?![\w-])(?:\[(?P<names>[^\]\r\n]*)\])?"
    r"(?P<rest>[^\r\n]*)"
)
# What somebody may have meant as one.
_ATTEMPT = re.compile(r"#[ \t]*seedlint[ \t:][^\r\n]*", re.IGNORECASE)
_SECOND = re.compile(r"ignore(?:-file)?\[")
_NAME = re.compile(r"[^\s,]+")
_COMMENT_ONLY = re.compile(r"[ \t]*(?:#.*)?\Z")


@dataclass(frozen=True, slots=True)
class Ignore:
    """One rule named in one comment, at ``place``.

    ``line`` is the line it speaks of, ``None`` for the whole file.
    """

    name: str
    line: int | None
    place: Place


@dataclass(frozen=True, slots=True)
class Misuse:
    """A comment that does not do what its author meant."""

    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class Ignores:
    """The ignores of one file, and the comments that were meant as such."""

    ignores: tuple[Ignore, ...] = ()
    misuses: tuple[Misuse, ...] = ()

    def by_target(self) -> dict[tuple[int | None, str], list[Ignore]]:
        """The ignores by the line and the name they speak of."""
        found: dict[tuple[int | None, str], list[Ignore]] = {}
        for ignore in self.ignores:
            found.setdefault((ignore.line, ignore.name), []).append(ignore)
        return found

    def without_effect(
        self, used: Collection[Ignore], is_active: Callable[[str], bool]
    ) -> Iterator[Misuse]:
        """What is wrong with the ignores themselves, given those that had an effect.

        An ignore of a rule that did not run has no say either way.
        """
        yield from self.misuses
        for ignore in self.ignores:
            if not _is_known(ignore.name):
                hint = did_you_mean(ignore.name, all_rules())
                yield Misuse(f"unknown rule {quote(ignore.name)}{hint}", ignore.place)
            elif ignore not in used and is_active(ignore.name):
                where = "on this line" if ignore.line is not None else "in this file"
                message = f"the ignore has no effect: {ignore.name} finds nothing {where}"
                yield Misuse(message, ignore.place)


def find_ignores(source: Source, tree: Tree, start: int, length: int) -> Ignores:
    """The ignores in a block that begins at ``start`` of the source's text."""
    return _Finder(source, tree, start, length).found()


class _Finder:
    def __init__(self, source: Source, tree: Tree, start: int, length: int) -> None:
        self._source = source
        self._tree = tree
        self._start = start
        self._length = length
        self._ignores: list[Ignore] = []
        self._misuses: list[Misuse] = []

    def found(self) -> Ignores:
        """All ignores of the block, and what was meant as one."""
        for attempt in _ATTEMPT.finditer(
            self._source.text, self._start, self._start + self._length
        ):
            offset = attempt.start() - self._start
            if self._tree.inside_scalar(offset) or not _begins_comment(
                self._source.text, attempt.start()
            ):
                continue
            match = _DIRECTIVE.match(self._source.text, attempt.start())
            if match is None:
                self._misuse("not understood, expected `# seedlint: ignore[rule-name]`", attempt)
            else:
                self._read(match, offset)
        return Ignores(tuple(self._ignores), tuple(self._misuses))

    def _read(self, match: re.Match[str], offset: int) -> None:
        kind, names = match["kind"], match["names"]
        root = self._tree.root
        if names is None or not names.strip():
            self._misuse(f"the ignore names no rule, expected {kind}[rule-name]", match)
        elif kind == "ignore-file" and root is not None and offset > root.start:
            self._misuse("ignore-file must stand above the first key of the block", match)
        else:
            line = None if kind == "ignore-file" else self._target(match.start())
            for name in _NAME.finditer(self._source.text, *match.span("names")):
                place = self._source.place(*name.span())
                self._ignores.append(Ignore(name.group(), line, place))
        second = _SECOND.search(match["rest"])
        if second is not None:
            self._misuse("only one ignore counts in a comment, expected one list of names", match)

    def _misuse(self, message: str, match: re.Match[str]) -> None:
        start, end = match.span()
        names_end = match.end("names") if match.groupdict().get("names") is not None else -1
        if names_end >= 0:
            end = names_end + 1
        elif match.re is _DIRECTIVE:
            end = match.start("rest")
        self._misuses.append(Misuse(message, self._source.place(start, end)))

    def _target(self, at: int) -> int:
        """The line a comment speaks of: its own, or the next with content if it is alone."""
        line, column = self._source.position(at)
        alone = not self._source.line_text(line)[: column - 1].strip()
        return self._next_content.get(line + 1, line + 1) if alone else line

    @cached_property
    def _next_content(self) -> dict[int, int]:
        """For each line of the block the first from there on that is no comment, from below."""
        first, _ = self._source.position(self._start)
        last, _ = self._source.position(self._start + self._length)
        found: dict[int, int] = {}
        content = last + 1
        for line in range(last, first - 1, -1):
            if not _COMMENT_ONLY.match(self._source.line_text(line)):
                content = line
            found[line] = content
        return found


def _begins_comment(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in " \t\r\n"


def _is_known(name: str) -> bool:
    return name in all_rules() or rule_covering(name) is not None
