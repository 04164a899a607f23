"""Inline ignores: ``# seedlint: ignore[rule, …] reason`` and ``ignore-file[…]``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from seedlint.rule import all_rules, rule_covering
from seedlint.schema_errors import closest
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from seedlint.diagnostic import Diagnostic
    from seedlint.locate import Tree
    from seedlint.source import Source

MARK = "seedlint:"

_DIRECTIVE = re.compile(
    r"#[ \t]*seedlint:[ \t]*(?P<kind>ignore-file|ignore)(?![\w-])(?:\[(?P<names>[^\]\r\n]*)\])?"
)
_NAME = re.compile(r"[^\s,]+")
_COMMENT_ONLY = re.compile(r"[ \t]*(?:#.*)?\Z")


@dataclass(slots=True)
class Ignore:
    """One rule named in one comment; offsets are code points into the file's text.

    ``line`` is the line it speaks of, ``None`` for the whole file.
    """

    name: str
    start: int
    end: int
    line: int | None
    used: bool = field(default=False)

    def silences(self, diagnostic: Diagnostic) -> bool:
        """Whether the diagnostic is of the named rule, or of the named family."""
        if self.line is not None and diagnostic.place.span.line != self.line:
            return False
        rule = rule_covering(diagnostic.rule)
        return self.name == diagnostic.rule or (rule is not None and self.name == rule.name)


@dataclass(frozen=True, slots=True)
class Misuse:
    """A comment that does not do what its author meant."""

    message: str
    start: int
    end: int


class Ignores:
    """The ignores of one file."""

    def __init__(self, ignores: Sequence[Ignore], misuses: Sequence[Misuse]) -> None:
        self._ignores = ignores
        self._misuses = misuses

    def silence(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic is ignored; remembers which ignores had an effect."""
        silenced = False
        for ignore in self._ignores:
            if ignore.silences(diagnostic):
                ignore.used = silenced = True
        return silenced

    def misuses(self, is_active: Callable[[str], bool]) -> Iterator[Misuse]:
        """What is wrong with the ignores themselves, once all diagnostics were seen.

        An ignore of a rule that did not run has no say either way.
        """
        yield from self._misuses
        for ignore in self._ignores:
            if not _is_known(ignore.name):
                guess = closest(ignore.name, all_rules())
                hint = f"; did you mean {quote(guess)}?" if guess else ""
                yield Misuse(f"unknown rule {quote(ignore.name)}{hint}", ignore.start, ignore.end)
            elif not ignore.used and is_active(ignore.name):
                where = "on this line" if ignore.line is not None else "in this file"
                yield Misuse(
                    f"the ignore has no effect: {ignore.name} finds nothing {where}",
                    ignore.start,
                    ignore.end,
                )


def find_ignores(source: Source, tree: Tree, start: int, length: int) -> Ignores:
    """The ignores in a block that begins at ``start`` of the source's text."""
    ignores: list[Ignore] = []
    misuses: list[Misuse] = []
    first_node = tree.root.start if tree.root is not None else length
    for match in _DIRECTIVE.finditer(source.text, start, start + length):
        offset = match.start() - start
        if tree.inside_scalar(offset) or not _begins_comment(source.text, match.start()):
            continue
        if match["names"] is None or not match["names"].strip():
            misuses.append(
                Misuse(
                    f"the ignore names no rule, expected {match['kind']}[rule-name]",
                    *match.span(),
                )
            )
            continue
        whole_file = match["kind"] == "ignore-file"
        if whole_file and offset > first_node:
            misuses.append(
                Misuse("ignore-file must stand above the first key of the block", *match.span())
            )
            continue
        line = None if whole_file else _target(source, match.start())
        for name in _NAME.finditer(source.text, *match.span("names")):
            ignores.append(Ignore(name.group(), *name.span(), line))
    return Ignores(ignores, misuses)


def _begins_comment(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in " \t\r\n"


def _target(source: Source, at: int) -> int:
    """The line a comment speaks of: its own, or the next with content if it stands alone."""
    line, column = source.position(at)
    if source.line_text(line)[: column - 1].strip():
        return line
    last = source.line_count
    line += 1
    while line < last and _COMMENT_ONLY.match(source.line_text(line)):
        line += 1
    return line


def _is_known(name: str) -> bool:
    return name in all_rules() or rule_covering(name) is not None
