"""A run over a corpus on disk: what is known, what must be read, what concerns whom.

The corpus are all files below its roots, whatever files were asked for; an index
(:mod:`seedlint.index`) remembers what was learnt of them. The requested files that corpus
rules have something to say of are checked once more, whole, with these rules taking part, so
that ignores, severities and overrides hold for them as for any rule.
"""

from __future__ import annotations

import os
from functools import cached_property
from itertools import islice
from time import time_ns
from typing import TYPE_CHECKING, NamedTuple

from seedlint import facttext, resulttext
from seedlint.analysis import Task
from seedlint.check import CorpusPart, FileResult, Input, check_batch, unreadable_file
from seedlint.corpus import conclude, relevant
from seedlint.elsewhere import Elsewheres
from seedlint.index import Entry, Stamp
from seedlint.run import BATCH_FILES, Checked, read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from seedlint.analysis import Outcome
    from seedlint.corpus import Conclusions
    from seedlint.files import Candidate
    from seedlint.index import Index
    from seedlint.profile import Profiles
    from seedlint.rule import Json

_SAVED_AT_ONCE = 1000


class Known(NamedTuple):
    """What is known of one file of the corpus.

    ``facts`` are as :mod:`seedlint.facttext` has them; ``result`` is what document rules
    find, of a requested file. A file that ``has_mark`` may hold ignores of corpus rules.
    """

    digest: str
    facts: str
    result: FileResult | None
    has_mark: bool


class CorpusRun:
    """One run. ``requested`` and ``others`` are the files of the corpus, each once."""

    def __init__(
        self,
        root: str,
        requested: Sequence[Candidate],
        others: Sequence[Candidate],
        profiles: Profiles,
        index: Index,
        outcomes: Callable[[Sequence[Task]], Iterable[Outcome]],
    ) -> None:
        self._root = root if root.endswith("/") else f"{root}/"
        self._profiles = profiles
        self._rules = profiles.corpus_rules
        self._index = index
        self._outcomes = outcomes
        self._candidates = {self._name(each.real): each for each in (*others, *requested)}
        self._requested = [self._name(each.real) for each in requested]
        self._known: dict[str, Known] = {}
        self._unreadable: dict[str, FileResult] = {}

    @cached_property
    def part(self) -> CorpusPart:
        """What corpus rules need to take part in the check of a file."""
        return CorpusPart(self._rules, Elsewheres(self._input).place)

    def checked(self) -> Iterator[Checked]:
        """The requested files, in their order, with what was read of each to find that.

        Nothing but facts is taken from the cache.
        """
        self._learn(wanted=frozenset())
        conclusions = self._conclusions()
        waiting = iter(self._requested)
        while names := list(islice(waiting, BATCH_FILES)):
            inputs = {name: self._input_with_relevant(conclusions, name) for name in names}
            found = [each for each in inputs.values() if each is not None]
            results = {
                given.name: result
                for given, result in zip(found, check_batch(found, self.part), strict=True)
            }
            for name in names:
                result = results.get(name) or self._gone(name)
                yield Checked(self._candidates[name], inputs[name], result)

    def results(self) -> Iterator[FileResult]:
        """The results of the requested files, in their order."""
        self._learn(wanted=frozenset(self._requested))
        conclusions = self._conclusions()
        finals = self._finals(conclusions)
        for name in self._requested:
            if name in finals:
                yield finals[name]
            elif name in self._unreadable:
                yield self._unreadable[name]
            else:
                yield self._known[name].result or self._gone(name)

    def _gone(self, name: str) -> FileResult:
        """The result of a file that could be read a moment ago, or never."""
        if name in self._unreadable:
            return self._unreadable[name]
        return unreadable_file(self._candidates[name].path, "it is gone")

    # What is known, and what must be read.

    def _learn(self, wanted: frozenset[str]) -> None:
        stamps = {name: stamp_of(each.real) for name, each in self._candidates.items()}
        tasks, unchanged = self._reuse(stamps, wanted)
        started = time_ns()
        fresh: list[Entry] = []
        touched: dict[str, Stamp] = {}
        for outcome in self._outcomes(tasks):
            stamp = stamps[outcome.name]
            if outcome.digest is None:
                if outcome.result is not None:
                    self._unreadable[outcome.name] = outcome.result
            elif outcome.is_unchanged:
                self._known[outcome.name] = unchanged[outcome.name]
                if stamp is not None:
                    touched[outcome.name] = stamp
            else:
                self._keep(outcome, stamp, fresh)
            if len(fresh) >= _SAVED_AT_ONCE:
                self._index.save(fresh, started)
                fresh = []
        self._index.save(fresh, started)
        self._index.touch(touched, started)

    def _reuse(
        self, stamps: Mapping[str, Stamp | None], wanted: frozenset[str]
    ) -> tuple[list[Task], dict[str, Known]]:
        """Take over what the index knows; the files to look at, and what is known of these."""
        signatures = self._index.signatures()
        self._index.forget(signatures.keys() - self._candidates.keys())
        known = {
            entry.name: entry
            for entry in self._index.entries(signatures.keys() & self._candidates.keys())
        }
        tasks: list[Task] = []
        doubtful: dict[str, Known] = {}
        for name, candidate in self._candidates.items():
            entry = known.get(name)
            of_file = self._known_from(entry, candidate, name in wanted) if entry else None
            stamp, is_trusted = signatures.get(name, (None, False))
            if of_file is not None and is_trusted and stamp == stamps[name]:
                self._known[name] = of_file
                continue
            if of_file is not None:
                doubtful[name] = of_file
            tasks.append(
                Task(
                    candidate.path,
                    candidate.real,
                    name,
                    candidate.named,
                    name in wanted,
                    of_file.digest if of_file is not None else None,
                )
            )
        return tasks, doubtful

    def _known_from(self, entry: Entry, candidate: Candidate, is_wanted: bool) -> Known | None:
        """What an entry tells; ``None`` if that is not all that is needed."""
        result = None
        if is_wanted:
            result = resulttext.read_if_valid(
                entry.result, candidate.path, candidate.named, self._profiles.now
            )
            if result is None:
                return None
        return Known(entry.digest, entry.facts, result, entry.has_mark)

    def _keep(self, outcome: Outcome, stamp: Stamp | None, fresh: list[Entry]) -> None:
        facts = facttext.write(outcome.facts or {})
        digest = str(outcome.digest)
        self._known[outcome.name] = Known(digest, facts, outcome.result, outcome.has_mark)
        if stamp is not None:
            named = self._candidates[outcome.name].named
            text = resulttext.kept(outcome, named, self._profiles.now)
            fresh.append(Entry(outcome.name, stamp, digest, outcome.has_mark, facts, text))

    # What the corpus amounts to.

    def _conclusions(self) -> Conclusions:
        return conclude(self._rules, self._facts)

    def _facts(self, rule: str) -> Iterator[tuple[str, Json]]:
        for name in sorted(self._known):
            facts = facttext.read(self._known[name].facts, rule)
            if facts is not None:
                yield name, facts

    # What concerns whom.

    def _finals(self, conclusions: Conclusions) -> dict[str, FileResult]:
        """The results of the files that need another look, in the light of the corpus."""
        names = iter(self._needing_another_look(conclusions))
        results: dict[str, FileResult] = {}
        while batch := list(islice(names, BATCH_FILES)):
            found = [self._input_with_relevant(conclusions, name) for name in batch]
            inputs = [each for each in found if each is not None]
            for given, result in zip(inputs, check_batch(inputs, self.part), strict=True):
                results[given.name] = result
        return results

    def _needing_another_look(self, conclusions: Conclusions) -> Iterator[str]:
        for name in self._requested:
            known = self._known.get(name)
            if known is not None and (known.has_mark or self._relevant(conclusions, name, known)):
                yield name

    def _input_with_relevant(self, conclusions: Conclusions, name: str) -> Input | None:
        given, known = self._input(name), self._known.get(name)
        if given is None or known is None:
            return given
        return given._replace(relevant=self._relevant(conclusions, name, known))

    def _relevant(self, conclusions: Conclusions, name: str, known: Known) -> dict[str, Json]:
        facts = {rule: facttext.read(known.facts, rule) for rule in conclusions.by_rule}
        present = {rule: of_rule for rule, of_rule in facts.items() if of_rule is not None}
        return relevant(self._rules, conclusions, name, present)

    def _input(self, name: str) -> Input | None:
        """A file of the corpus, read once more; ``None`` if that is not possible."""
        candidate = self._candidates.get(name)
        if candidate is None:
            return None
        profile = self._profiles.of(candidate.real)
        try:
            raw = read_file(candidate.real, profile.limits.file_size)
        except OSError:
            return None
        return Input(raw, candidate.path, profile, candidate.named, name)

    def _name(self, real: str) -> str:
        """What the corpus knows a file by: its path relative to the root."""
        full = os.path.abspath(real).replace(os.sep, "/")  # noqa: PTH100
        if full.startswith(self._root):
            return full[len(self._root) :]
        return os.path.relpath(full, self._root).replace(os.sep, "/")


def stamp_of(path: str) -> Stamp | None:
    """What the file system says of a file; ``None`` if it says nothing."""
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino)
