"""Check the files once more that corpus rules may have something to say of.

These rules take part then, so that ignores, severities and overrides hold for them as for
any rule. What document rules have found is not looked for again, unless it hangs on the rest.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from seedlint import resulttext, timing
from seedlint.analysis import digest_of
from seedlint.check import (
    Check,
    FileResult,
    apply_rules,
    apply_schema_rule,
    read_all,
    release_all,
    unreadable_file,
)
from seedlint.corpus import mentions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from seedlint.check import CorpusPart, Input
    from seedlint.diagnostic import Diagnostic, Problem, Span
    from seedlint.files import Candidate
    from seedlint.index import Index
    from seedlint.knowledge import Known
    from seedlint.noindex import NoIndex
    from seedlint.profile import Profiles
    from seedlint.rule import Json
    from seedlint.workers import Failure


class Look(NamedTuple):
    """A file to look at once more; ``key`` is what its result depends on."""

    name: str
    relevant: dict[str, Json]
    key: str


class SecondLook:
    """The second look at files; ``spread`` spreads the work over processes that are copies."""

    def __init__(
        self,
        candidates: Mapping[str, Candidate],
        known: Mapping[str, Known],
        profiles: Profiles,
        index: Index | NoIndex,
        read: Callable[[str, Mapping[str, Json]], Input | None],
        part: CorpusPart,
        spread: Callable[[Any, Sequence[Look], Any, bool], Iterable[FileResult]],
    ) -> None:
        self._candidates = candidates
        self._known = known
        self._profiles = profiles
        self._index = index
        self._read = read
        self._part = part
        self._spread = spread
        self._found: dict[str, tuple[str, FileResult]] = {}

    def results(
        self,
        concerned: Iterable[tuple[str, dict[str, Json]]],
        crashes: dict[str, Problem],
        *,
        with_changes: bool,
    ) -> dict[str, FileResult]:
        """The results of files, given what concerns each, by name; adds to the ``crashes``.

        What the cache has of fixes are not the changes; a result ``with_changes`` is not
        taken from there if it has a fix.
        """
        with timing.phase("corpus"):
            looks = {look.name: look for look in self._looks(concerned, crashes)}
        finals = self._kept(looks, with_changes)
        waiting = [look for name, look in looks.items() if name not in finals]
        fresh: dict[str, tuple[str, str]] = {}
        for look, result in zip(
            waiting, self._spread(self._look, waiting, self._lost, False), strict=True
        ):
            finals[look.name] = result
            self._found[look.name] = look.key, result
            if self._index.keeps and self._known[look.name].is_settled and result.is_read:
                # What concerns a file has to do with its facts, and so with its front matter.
                named = None if look.relevant else self._candidates[look.name].named
                text = resulttext.in_circumstances(result, named, self._profiles.now)
                fresh[look.name] = look.key, text
        self._index.save_finals(fresh)
        return finals

    def _kept(self, looks: Mapping[str, Look], with_changes: bool) -> dict[str, FileResult]:
        """What an earlier look came to, in this run or before it."""
        finals: dict[str, FileResult] = {}
        for name, (key, result) in self._found.items():
            if name in looks and looks[name].key == key:
                finals[name] = result
        keys = {name: look.key for name, look in looks.items() if name not in finals}
        for name, text in self._index.finals(keys).items():
            candidate = self._candidates[name]
            kept = resulttext.read_if_valid(
                text, candidate.path, candidate.named, self._profiles.now
            )
            if kept is not None and not (with_changes and kept.has_fixes):
                finals[name] = kept
        return finals

    def _looks(
        self, concerned: Iterable[tuple[str, dict[str, Json]]], crashes: dict[str, Problem]
    ) -> Iterator[Look]:
        # Places in other files are shown relative to the working directory.
        here = os.getcwd()  # noqa: PTH109
        for name, found in concerned:
            texts, files = mentions(self._part.rules, crashes, found)
            mentioned = {file: self._known[file].digest for file in files if file in self._known}
            yield Look(name, found, _key(self._known[name].digest, texts, mentioned, here))

    def _look(self, looks: Sequence[Look]) -> list[FileResult]:
        inputs = {look.name: self._read(look.name, look.relevant) for look in looks}
        checks = {name: Check(each) for name, each in inputs.items() if each is not None}
        try:
            results = self._results(checks)
        finally:
            release_all([*checks.values()])
        return [results.get(look.name) or self._gone(look.name) for look in looks]

    def _results(self, checks: Mapping[str, Check]) -> dict[str, FileResult]:
        readable = read_all([*checks.values()])
        before = {check.name: self._found_before(check) for check in readable}
        apply_rules([check for check in readable if before[check.name] is None])
        # A scalar that the schema rejects is left to the schema by corpus rules too.
        apply_schema_rule([check for check in readable if before[check.name] is not None])
        with timing.phase("corpus"):
            for check in readable:
                check.apply_corpus(self._part)
        with timing.phase("locate"):
            return {
                name: _together(before.get(name), check.finish()) for name, check in checks.items()
            }

    def _found_before(self, check: Check) -> FileResult | None:
        """What document rules have found in a file, if that holds whatever is added to it.

        Not if there may be ignores: whether these have an effect hangs on all rules.
        """
        known = self._known[check.name]
        if known.has_mark or any(rule.family for rule in self._part.rules):
            return None
        return known.result if known.digest == digest_of(check.raw) else None

    def _gone(self, name: str) -> FileResult:
        return unreadable_file(self._candidates[name].path, "it is gone")

    def _lost(self, look: Look, failure: Failure) -> FileResult:
        return failure.result(self._candidates[look.name].path)


def _together(before: FileResult | None, added: FileResult) -> FileResult:
    """What was found in a file before, and what was found in it now."""
    if before is None:
        return added
    found = {_identity(each): each for each in (*added.diagnostics, *before.diagnostics)}
    diagnostics = sorted(found.values(), key=lambda diagnostic: diagnostic.sort_key)
    return added._replace(diagnostics=tuple(diagnostics))


def _identity(diagnostic: Diagnostic) -> tuple[str, Span, str]:
    return diagnostic.rule, diagnostic.place.span, diagnostic.message


def _key(*parts: object) -> str:
    from hashlib import blake2b

    text = json.dumps(parts, sort_keys=True)
    return blake2b(text.encode("ascii"), digest_size=16).hexdigest()
