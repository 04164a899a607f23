"""Write ignores for what is found in a file, as comments, and not a byte besides.

An ignore joins one that already speaks of its line; else it stands at the end of the line;
where that is inside of a scalar, on a line of its own above; and for what stands outside of
the block, such as a key missing in an empty one, at the head of the block, for all of it. The
file is then checked again: its data must be the same, what was ignored gone, and nothing new.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from seedlint.check import Check, check_batch, read_all, release_all
from seedlint.frontmatter import mark_of
from seedlint.ownwords import INTERNAL_ERROR
from seedlint.rule import ReadingRule, all_rules
from seedlint.suppress import UNUSED_IGNORE, find_ignores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seedlint.check import CorpusPart, FileResult, Input
    from seedlint.diagnostic import Diagnostic
    from seedlint.suppress import Ignore

# Checks of a file that may be spent on finding places, where the likely ones did not do.
_MOST_TRIALS = 100

_MENTION = re.compile(r"#[ \t]*seedlint[ \t:]", re.IGNORECASE)


class Ignored(NamedTuple):
    """A file with ignores written: its content, what a check of it finds, how many there are."""

    raw: bytes
    result: FileResult
    number: int = 0


class _Insertion(NamedTuple):
    """Text to put into a file, for some findings on one line; a ``number`` of ignores."""

    at: int
    text: str
    number: int
    diagnostics: Sequence[Diagnostic]


def add_ignores(
    given: Input,
    result: FileResult,
    wanted: Sequence[Diagnostic],
    reason: str,
    corpus: CorpusPart | None,
) -> Ignored:
    """Write ignores for the diagnostics of a file that are wanted, as far as possible.

    ``result`` is all that was found. What could not be ignored says so. Never raises for
    anything in the content.
    """
    targets = [each for each in wanted if _can_be_ignored(each)]
    file = _File(given, result, corpus)
    try:
        done = file.ignoring(targets, reason) if targets and file.is_readable else None
    finally:
        file.release()
    raw, after, number = done or Ignored(given.raw, result)
    left = Counter(each.fingerprint for each in wanted)
    return Ignored(raw, after._replace(diagnostics=tuple(_explained(after, left))), number)


def _can_be_ignored(diagnostic: Diagnostic) -> bool:
    rule = all_rules().get(diagnostic.rule)
    is_of_reading = rule is not None and issubclass(rule, ReadingRule)
    return diagnostic.rule not in (INTERNAL_ERROR, UNUSED_IGNORE) and not is_of_reading


def _explained(result: FileResult, wanted: Counter[str]) -> Iterator[Diagnostic]:
    """The diagnostics of a result; those that were wanted and are still there say why."""
    for diagnostic in result.diagnostics:
        if wanted[diagnostic.fingerprint] > 0:
            reason = (
                "no comment can stand here" if _can_be_ignored(diagnostic) else "it must be mended"
            )
            note = f"this cannot be ignored: {reason}"
            yield diagnostic._replace(notes=(*diagnostic.notes, note))
        else:
            yield diagnostic


class _File:
    """One file, and the places in it where ignores may stand."""

    def __init__(self, given: Input, result: FileResult, corpus: CorpusPart | None) -> None:
        self._given = given
        self._before = result
        self._corpus = corpus
        self._check = Check(given)
        self._trials = 0
        read_all([self._check])
        self.is_readable = self._check.result is None and self._check.document.tree is not None

    def release(self) -> None:
        release_all([self._check])

    def ignoring(self, targets: Sequence[Diagnostic], reason: str) -> Ignored | None:
        """The file with ignores for these, if there is a place for any."""
        lines: dict[int, list[Diagnostic]] = {}
        for diagnostic in targets:
            lines.setdefault(diagnostic.place.span.line, []).append(diagnostic)
        places = _Places(self._check, reason)
        options = [list(places.of(line, found)) for line, found in sorted(lines.items())]
        likely = [found[0] for found in options if found]
        return self._with(likely) or self._one_by_one(options)

    def _one_by_one(self, options: Sequence[Sequence[_Insertion]]) -> Ignored | None:
        """The file with the ignores that hold, each tried after the others."""
        done: Ignored | None = None
        accepted: list[_Insertion] = []
        for insertions in options:
            for insertion in insertions:
                tried = self._with([*accepted, insertion])
                if tried is not None:
                    done = tried
                    accepted.append(insertion)
                    break
        return done

    def _with(self, insertions: Sequence[_Insertion]) -> Ignored | None:
        """The file with these insertions; ``None`` if they do not do what they are to do."""
        self._trials += 1
        if not insertions or self._trials > _MOST_TRIALS:
            return None
        text = self._check.source.text
        parts: list[str] = []
        at = 0
        for insertion in sorted(insertions, key=lambda each: each.at):
            parts += (text[at : insertion.at], insertion.text)
            at = insertion.at
        raw = mark_of(self._given.raw) + "".join((*parts, text[at:])).encode()
        given = self._given._replace(raw=raw)
        if not self._is_same(Check(given)):
            return None
        (result,) = check_batch([given], self._corpus)
        targets = Counter(
            each.fingerprint for insertion in insertions for each in insertion.diagnostics
        )
        found = Counter(each.fingerprint for each in result.diagnostics)
        if found - (Counter(each.fingerprint for each in self._before.diagnostics) - targets):
            return None
        return Ignored(raw, result, sum(insertion.number for insertion in insertions))

    def _is_same(self, other: Check) -> bool:
        """Whether another text of the file has the same data and the same text around it."""
        own = self._check
        read_all([other])
        try:
            if other.result is not None:
                return False
            tails = [
                check.source.text[check.block.start + len(check.block.text) :]
                for check in (own, other)
            ]
            # As text: what is no number does not equal itself.
            data = repr(own.document.data), repr(other.document.data)
            return tails[0] == tails[1] and data[0] == data[1]
        finally:
            release_all([other])


class _Places:
    """Where ignores can be written in a file that can be read, the best place first."""

    def __init__(self, check: Check, reason: str) -> None:
        tree = check.document.tree
        assert tree is not None  # only then there is anything to write
        self._tree = tree
        self._source = check.source
        self._reason = f" {reason}" if reason else ""
        self._start = check.block.start
        self._end = check.block.start + len(check.block.text)
        ignores = find_ignores(self._source, tree, self._start, len(check.block.text))
        self._last: dict[int | None, Ignore] = {each.line: each for each in ignores.ignores}
        text = self._source.text
        newline = re.search(r"\r\n?|\n", text)
        self._newline = newline.group() if newline is not None else "\n"

    def of(self, line: int, diagnostics: Sequence[Diagnostic]) -> Iterator[_Insertion]:
        """The insertions that might do for what was found on a line."""
        names = list(dict.fromkeys(each.rule for each in diagnostics))
        for at, text in self._possible(line, ", ".join(names)):
            yield _Insertion(at, text, len(names), diagnostics)

    def _possible(self, line: int, names: str) -> Iterator[tuple[int, str]]:
        if not self._start <= self._source.line_start(line) < self._end:
            yield self._for_file(names)
            return
        if line in self._last:
            yield self._joining(self._last[line], names)
            return
        start, shown = self._source.line_start(line), self._source.line_text(line)
        comment = f"# seedlint: ignore[{names}]{self._reason}"
        end = start + len(shown)
        if not self._tree.inside_scalar(end - self._start) and not _MENTION.search(shown):
            gap = "" if shown.endswith((" ", "\t")) else "  "
            yield end, f"{gap}{comment}"
        indent = shown[: len(shown) - len(shown.lstrip(" "))]
        yield start, f"{indent}{comment}{self._newline}"

    def _for_file(self, names: str) -> tuple[int, str]:
        if None in self._last:
            return self._joining(self._last[None], names)
        comment = f"# seedlint: ignore-file[{names}]{self._reason}"
        return self._start, f"{comment}{self._newline}"

    def _joining(self, ignore: Ignore, names: str) -> tuple[int, str]:
        return ignore.start + len(ignore.name), f", {names}"
