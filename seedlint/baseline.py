"""What is known to be wrong, and left out of reports until it is mended or changes.

A finding is known if the baseline has its fingerprint in its file: by rule, place in the data
and value, as :mod:`seedlint.fingerprint` has it, as often as the baseline says. A file whose
name is gone is looked for among those that the baseline does not have, by their content.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from seedlint.baselinefile import KnownFile
from seedlint.likeness import are_alike, exact, mark_of, sketch
from seedlint.ownwords import INTERNAL_ERROR
from seedlint.plugins import is_withheld
from seedlint.rule import ReadingRule, all_rules, rule_covering

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from seedlint.baselinefile import Row
    from seedlint.check import FileResult
    from seedlint.diagnostic import Diagnostic
    from seedlint.profile import Profiles

    Wanted = Callable[[Diagnostic, str], bool]

# Files that share a word of their sketch: more of them do in made-up corpora only.
_MOST_SHARING = 64
_ESCAPED = re.compile(r"\\u(dc[89a-f][0-9a-f])")
_NOTHING = KnownFile((), {})


class Stale(NamedTuple):
    """A row of which less is found than it says; ``file`` is the one the baseline names."""

    file: str
    row: Row
    found: int


class Baseline:
    """A baseline in use. ``shown`` is its own path, as people see it.

    Files are known by their path relative to ``root``, results by the path that is shown,
    relative to the working directory.
    """

    def __init__(
        self, files: Mapping[str, KnownFile], root: Path, profiles: Profiles, shown: str
    ) -> None:
        self.files = files
        self.shown = shown
        self.known = 0
        """How many findings were known so far."""
        self._root = os.path.normpath(root)
        self._here = os.path.relpath(os.curdir, self._root)
        self._profiles = profiles
        self._old_names: dict[str, str | None] = {}
        self._new_names: dict[str, str] = {}
        self._looked_at: list[FileResult] = []

    # What is known.

    def sift(self, result: FileResult) -> FileResult:
        """The result of a file without what is known; each result of a run once.

        Of equal findings, of which some are known, the last are taken for new.
        """
        self._looked_at.append(result)
        new = self.new_in(result)
        self.known += len(result.diagnostics) - len(new.diagnostics)
        return new

    def new_in(self, result: FileResult) -> FileResult:
        """What :meth:`sift` leaves of a result; asks only."""
        left = {row.fingerprint: row.times for row in self._rows(result)}
        kept: list[Diagnostic] = []
        for diagnostic in result.diagnostics:
            count = left.get(diagnostic.fingerprint, 0)
            if diagnostic.rule == INTERNAL_ERROR or not count:
                kept.append(self._explained(diagnostic, left))
            else:
                left[diagnostic.fingerprint] = count - 1
        return result._replace(diagnostics=tuple(kept))

    def _explained(self, diagnostic: Diagnostic, left: Mapping[str, int]) -> Diagnostic:
        if diagnostic.fingerprint not in left or diagnostic.rule == INTERNAL_ERROR:
            return diagnostic
        note = "there are more of these than the baseline has; which is new it cannot tell"
        return diagnostic._replace(notes=(*diagnostic.notes, note))

    def sparing(self, result: FileResult, wanted: Wanted) -> Wanted:
        """``wanted`` for the fixes of a file, but none for what is known."""
        found = Counter(each.fingerprint for each in result.diagnostics)
        known = {
            row.fingerprint for row in self._rows(result) if found[row.fingerprint] <= row.times
        }
        return lambda diagnostic, text: (
            diagnostic.fingerprint not in known and wanted(diagnostic, text)
        )

    def name_of(self, shown: str) -> str:
        """What the baseline calls a file."""
        shown = _path_of(shown)
        if os.path.isabs(shown):  # noqa: PTH117
            name = os.path.relpath(shown, self._root)
        else:
            name = os.path.normpath(f"{self._here}/{shown}")
        return name.replace(os.sep, "/")

    def known_in(self, result: FileResult) -> KnownFile:
        """What the baseline has of a file, under this name or an earlier one."""
        name = self.name_of(result.file)
        if name not in self.files:
            name = self._old_name(name, result) or name
        return self.files.get(name, _NOTHING)

    def _rows(self, result: FileResult) -> Collection[Row]:
        return self.known_in(result).rows.values() if result.diagnostics else ()

    # Files with new names.

    def _old_name(self, name: str, result: FileResult) -> str | None:
        """The earlier name of a file that has one of those that are gone."""
        if name not in self._old_names:
            old = self._recognised(result) if self._gone else None
            self._old_names[name] = old
            if old is not None:
                self._new_names[old] = name
        return self._old_names[name]

    def _recognised(self, result: FileResult) -> str | None:
        mark = self.mark(result.file)
        if mark is None:
            return None
        found = {each.fingerprint for each in result.diagnostics}
        by_part = self._by_part
        similar = Counter(file for part in sketch(mark) for file in by_part.get(part, []))
        likely = sorted(similar, key=lambda file: (-similar[file], file))
        return next(
            (
                file
                for file in (*by_part.get(exact(mark), []), *likely)
                if file not in self._new_names
                and not found.isdisjoint(self.files[file].rows)
                and any(are_alike(mark, other) for other in self.files[file].marks)
            ),
            None,
        )

    def mark(self, shown: str) -> str | None:
        """The mark of a file's content; ``None`` if it cannot be read."""
        from seedlint.run import read_file

        limit = self._profiles.of(shown).limits.file_size
        try:
            return mark_of(read_file(_path_of(shown), limit))
        except OSError:
            return None

    @cached_property
    def _gone(self) -> set[str]:
        """The files that are no longer there under the names the baseline has."""
        return {file for file in self.files if not os.path.lexists(f"{self._root}/{file}")}

    @cached_property
    def _by_part(self) -> dict[str, list[str]]:
        """The files that are gone by what their marks consist of."""
        found: dict[str, list[str]] = {}
        for file in sorted(self._gone):
            for mark in self.files[file].marks:
                for part in (exact(mark), *sketch(mark)):
                    files = found.setdefault(part, [])
                    if len(files) < _MOST_SHARING:
                        files.append(file)
        return found

    # What is no longer there.

    def stale(self) -> list[Stale]:
        """What the baseline has too much of: in files that were looked at, and that are gone."""
        return [
            Stale(file, row, found)
            for file, known in sorted(self.files.items())
            for row in sorted(known.rows.values())
            if (found := self.found(file, row)) is not None and found < row.times
        ]

    def found(self, file: str, row: Row) -> int | None:
        """How often a row's finding is still there; ``None`` if nobody looked for it."""
        name = self.new_name(file)
        result = self.looked_at.get(name)
        if result is None:
            return 0 if file in self._gone else None
        return self._counts[name][row.fingerprint] if self._is_judged(row, result) else None

    def new_name(self, file: str) -> str:
        """What a file of the baseline is called now."""
        return self._new_names.get(file, file)

    @cached_property
    def looked_at(self) -> dict[str, FileResult]:
        """The results that were sifted, whole, by what the baseline calls their files."""
        return {self.name_of(result.file): result for result in self._looked_at}

    @cached_property
    def _counts(self) -> dict[str, Counter[str]]:
        return {
            name: Counter(each.fingerprint for each in recognisable(result))
            for name, result in self.looked_at.items()
        }

    def _is_judged(self, row: Row, result: FileResult) -> bool:
        """Whether a rule would have found this, had it been there."""
        rules = {each.rule for each in result.diagnostics}
        rule = all_rules().get(row.rule) or rule_covering(row.rule)
        if rule is None:
            return not is_withheld(row.rule)
        if INTERNAL_ERROR in rules:
            return False
        if issubclass(rule, ReadingRule):
            return True
        was_read = not any(issubclass(all_rules().get(name, rule), ReadingRule) for name in rules)
        return was_read and self._profiles.of(result.file).is_active(row.rule)


def _path_of(shown: str) -> str:
    """The path of a file that is shown with escapes for bytes that are no text."""
    if "\\udc" not in shown or os.path.lexists(shown):
        return shown
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), shown)


def recognisable(result: FileResult) -> list[Diagnostic]:
    """What a baseline can have of a result: a crash is not the file's fault."""
    return [each for each in result.diagnostics if each.rule != INTERNAL_ERROR]
