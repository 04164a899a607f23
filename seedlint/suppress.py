"""Inline ignores: ``# seedlint: ignore[rule, …] reason`` and ``ignore-file[…]``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from seedlint.diagnostic import Applicability, Diagnostic, Edit, LocatedFix
from seedlint.fingerprint import fingerprint_of_text
from seedlint.locate import BLOCK
from seedlint.ownwords import LIMITS, MOST_FINDINGS, unsaid
from seedlint.plugins import is_withheld
from seedlint.rule import all_rules, rule_covering
from seedlint.wording import closest, quote, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from seedlint.diagnostic import Place
    from seedlint.locate import Tree
    from seedlint.profile import Profile
    from seedlint.source import Source

UNUSED_IGNORE = "unused-ignore"

_DIRECTIVE = re.compile(
    r"#[ \t]*seedlint:[ \t]*(?P<kind>ignore-file|ignore)(?![\w-])(?:\[(?P<names>[^\]\r\n]*)\])?"
    r"(?P<rest>[^\r\n]*)"
)
# What somebody may have meant as one.
_ATTEMPT = re.compile(r"#[ \t]*seedlint[ \t:][^\r\n]*", re.IGNORECASE)
_SECOND = re.compile(r"ignore(?:-file)?\[")
_NAME = re.compile(r"[^\s,]+")
_CONTENT = re.compile(r"\S")
_COMMENT_ONLY = re.compile(r"[ \t]*(?:#.*)?\Z")


@dataclass(frozen=True, slots=True)
class Ignore:
    """One rule named in one comment, at ``place``.

    ``line`` is the line it speaks of, ``None`` for the whole file. ``start`` is where the
    name begins in the text of the file, ``removal`` what goes if the ignore goes: the name
    and what separates it from the others, or all of the comment; ``None`` if nothing can.
    """

    name: str
    line: int | None
    place: Place
    start: int
    removal: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Misuse:
    """A comment that does not do what its author meant."""

    message: str
    place: Place
    fix: LocatedFix | None = None


@dataclass(frozen=True, slots=True)
class Ignores:
    """The ignores of one file, and the comments that were meant as such."""

    source: Source
    ignores: tuple[Ignore, ...]
    misuses: tuple[Misuse, ...]

    def by_target(self) -> dict[tuple[int | None, str], list[Ignore]]:
        """The ignores by the line and the name they speak of."""
        found: dict[tuple[int | None, str], list[Ignore]] = {}
        for ignore in self.ignores:
            found.setdefault((ignore.line, ignore.name), []).append(ignore)
        return found

    def diagnostics(self, used: Collection[Ignore], profile: Profile) -> Iterator[Diagnostic]:
        """What is wrong with the ignores themselves, given those that had an effect.

        An ignore of a rule that did not run has no say either way.
        """
        severity = profile.severity(UNUSED_IGNORE, all_rules()[UNUSED_IGNORE].severity)
        misuses = chain(self.misuses, self._without_effect(used, profile.is_active))
        for number, misuse in enumerate(misuses):
            if number == MOST_FINDINGS:
                message = unsaid(UNUSED_IGNORE)
                mark = fingerprint_of_text(LIMITS, UNUSED_IGNORE)
                yield Diagnostic(LIMITS, severity, misuse.place, "", message, fingerprint=mark)
                break
            fix = misuse.fix
            if fix is not None:
                trust = profile.applicability(UNUSED_IGNORE, fix.applicability)
                fix = None if trust is None else fix._replace(applicability=trust)
            yield Diagnostic(
                UNUSED_IGNORE,
                severity,
                misuse.place,
                "",
                misuse.message,
                fix=fix,
                fingerprint=_fingerprint(misuse.place),
            )

    def _without_effect(
        self, used: Collection[Ignore], is_active: Callable[[str], bool]
    ) -> Iterator[Misuse]:
        for ignore in self.ignores:
            if not _is_known(ignore.name):
                if is_withheld(ignore.name):
                    continue
                meant = closest(ignore.name, all_rules())
                message = (
                    '"all" is no rule here, expected the names of those to be ignored'
                    if ignore.name == "all"
                    else f"unknown rule {quote(ignore.name)}{suggestion(meant)}"
                )
                yield Misuse(message, ignore.place, self._correction(ignore, meant))
            elif ignore not in used and is_active(ignore.name):
                where = "on this line" if ignore.line is not None else "in this file"
                message = f"the ignore has no effect: {ignore.name} finds nothing {where}"
                yield Misuse(message, ignore.place, self._removal(ignore))

    def _correction(self, ignore: Ignore, meant: str | None) -> LocatedFix | None:
        if meant is None:
            return None
        end = ignore.start + len(ignore.name)
        return self._fix(f"write {quote(meant)}", Applicability.UNSAFE, ignore.start, end, meant)

    def _removal(self, ignore: Ignore) -> LocatedFix | None:
        if ignore.removal is None:
            return None
        title = f"remove the ignore of {ignore.name}"
        return self._fix(title, Applicability.SAFE, *ignore.removal, "")

    def _fix(
        self, title: str, applicability: Applicability, start: int, end: int, text: str
    ) -> LocatedFix:
        edit = Edit(start, end, text, self.source.span(start, end))
        return LocatedFix(title, applicability, (edit,))


def _fingerprint(place: Place) -> str:
    """By the words of the comment that are at fault, whatever stands around them."""
    span = place.span
    return fingerprint_of_text(
        UNUSED_IGNORE, place.line_text[span.column - 1 : span.end_column - 1]
    )


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
        return Ignores(self._source, tuple(self._ignores), tuple(self._misuses))

    def _read(self, match: re.Match[str], offset: int) -> None:
        kind, names = match["kind"], match["names"]
        second = _SECOND.search(match["rest"])
        root = self._tree.root
        if names is None or not names.strip():
            self._misuse(f"the ignore names no rule, expected {kind}[rule-name]", match)
        elif kind == "ignore-file" and root is not None and offset > root.start:
            self._misuse("ignore-file must stand above the first key of the block", match)
        else:
            line = None if kind == "ignore-file" else self._target(match.start())
            spans = [
                name.span() for name in _NAME.finditer(self._source.text, *match.span("names"))
            ]
            # What a second list in the comment was meant to say would be lost with it.
            whole = None if second is not None else self._comment(match)
            for (start, end), removal in zip(spans, _removals(spans, whole), strict=True):
                name, place = self._source.text[start:end], self._source.place(start, end)
                self._ignores.append(Ignore(name, line, place, start, removal))
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
        line, before = self._line(at)
        return line if before else self._next_content.get(line + 1, line + 1)

    def _line(self, at: int) -> tuple[int, str]:
        """The line a comment stands on, and what is before it, without the blanks between."""
        line, column = self._source.position(at)
        return line, self._source.line_text(line)[: column - 1].rstrip(" \t")

    def _comment(self, match: re.Match[str]) -> tuple[int, int] | None:
        """A comment with the blanks before it; all of its line if nothing else is there."""
        source = self._source
        line, before = self._line(match.start())
        start = source.line_start(line)
        if before or line == source.line_count:
            return start + len(before), match.end()
        below = source.line_text(line + 1).lstrip(" \t")
        if below[:1] in ("", "#") and match.start() - self._start in self._ends_of_text:
            # Blank lines and comments below might become part of the text.
            return None
        return start, source.line_start(line + 1)

    @cached_property
    def _ends_of_text(self) -> frozenset[int]:
        """Where something stands after each block scalar."""
        text = self._tree.text
        ends = [node.end for _, node in self._tree.scalars() if node.style in BLOCK]
        return frozenset(found.start() for end in ends if (found := _CONTENT.search(text, end)))

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


def _removals(
    names: Sequence[tuple[int, int]], comment: tuple[int, int] | None
) -> list[tuple[int, int] | None]:
    """What goes with each of the names in a comment: itself and one separator.

    With the only one goes all of the comment.
    """
    if len(names) == 1:
        return [comment]
    after_others = [(before[1], name[1]) for before, name in pairwise(names)]
    return [(names[0][0], names[1][0]), *after_others]


def _begins_comment(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in " \t\r\n"


def _is_known(name: str) -> bool:
    return name in all_rules() or rule_covering(name) is not None
