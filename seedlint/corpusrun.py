"""A run over a corpus on disk: what is known, what must be read, what concerns whom.

The corpus are all files below its roots, whatever files were asked for; an index
(:mod:`seedlint.index`) remembers what was learnt of them. The requested files that corpus
rules have something to say of are checked once more, whole, with these rules taking part, so
that ignores, severities and overrides hold for them as for any rule.
"""

from __future__ import annotations

import json
import os
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from seedlint import facttext, resulttext, timing
from seedlint.analysis import Task
from seedlint.check import (
    INTERNAL_ERROR,
    CorpusPart,
    FileResult,
    Input,
    check_batch,
    unreadable_file,
)
from seedlint.corpus import Conclusions, conclude, relevant
from seedlint.diagnostic import Diagnostic, Place, Severity, Span
from seedlint.elsewhere import Elsewheres
from seedlint.index import Entry
from seedlint.run import BATCH_FILES, Checked, read_candidate
from seedlint.stamps import stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from seedlint.analysis import Outcome
    from seedlint.diagnostic import Problem
    from seedlint.files import Candidate
    from seedlint.index import Index
    from seedlint.noindex import NoIndex
    from seedlint.profile import Profiles
    from seedlint.rule import Json
    from seedlint.stamps import Stamp

_SAVED_AT_ONCE = 1000


class Known(NamedTuple):
    """What is known of one file of the corpus.

    ``facts`` are as :mod:`seedlint.facttext` has them; ``result`` is what document rules
    find, of a requested file, and ``is_settled`` whether time cannot change it. A file that
    ``has_mark`` may hold ignores of corpus rules.
    """

    digest: str
    facts: str
    result: FileResult | None
    has_mark: bool
    is_settled: bool


class _Look(NamedTuple):
    """A file to look at once more; ``key`` is what its result depends on."""

    name: str
    relevant: dict[str, Json]
    key: str


class CorpusRun:
    """One run. ``requested`` and ``others`` are the files of the corpus, each once."""

    def __init__(
        self,
        root: str,
        requested: Sequence[Candidate],
        others: Sequence[Candidate],
        profiles: Profiles,
        index: Index | NoIndex,
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

    def checked(self, at_once: int) -> Iterator[Checked]:
        """The requested files, in their order, with what was read of each to find that.

        ``at_once`` is how many may be read before the first is given. Nothing but facts is
        taken from the cache.
        """
        self._learn(wanted=frozenset())
        conclusions = self._conclusions()
        waiting = iter(self._requested)
        while names := list(islice(waiting, at_once)):
            inputs = {name: self._input(name, self._relevant(conclusions, name)) for name in names}
            found = [each for each in inputs.values() if each is not None]
            results = {
                given.name: result
                for given, result in zip(found, check_batch(found, self.part), strict=True)
            }
            for name in names:
                result = results.get(name) or self._gone(name)
                result = _with_crashes(result, conclusions.crashes)
                conclusions.crashes.clear()
                yield Checked(self._candidates[name], inputs[name], result)

    def facts(self, rule: str) -> Iterator[tuple[str, Json]]:
        """The facts of all files for one rule, in the order of the names."""
        self._learn(wanted=frozenset())
        return self._facts(rule)

    def results(self) -> Iterator[FileResult]:
        """The results of the requested files, in their order."""
        self._learn(wanted=frozenset(self._requested))
        conclusions = self._conclusions()
        finals = self._finals(conclusions)
        for name in self._requested:
            known = self._known.get(name)
            result = finals.get(name) or (known.result if known is not None else None)
            yield _with_crashes(result or self._gone(name), conclusions.crashes)
            conclusions.crashes.clear()

    def _gone(self, name: str) -> FileResult:
        """The result of a file that could be read a moment ago, or never."""
        if name in self._unreadable:
            return self._unreadable[name]
        return unreadable_file(self._candidates[name].path, "it is gone")

    # What is known, and what must be read.

    def _learn(self, wanted: frozenset[str]) -> None:
        with timing.phase("cache"):
            stamps = {name: _stamp(each) for name, each in self._candidates.items()}
            tasks, unchanged = self._reuse(stamps, wanted)
        started = self._index.moment()
        fresh: list[Entry] = []
        touched: dict[str, tuple[Stamp, str]] = {}
        for outcome in self._outcomes(tasks):
            stamp = stamps[outcome.name]
            if outcome.digest is None:
                if outcome.result is not None:
                    self._unreadable[outcome.name] = outcome.result
            elif outcome.is_unchanged:
                self._known[outcome.name] = unchanged[outcome.name]
                if stamp is not None:
                    touched[outcome.name] = stamp, outcome.digest
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
            # Another process may save between the two reads.
            is_same = entry is not None and entry.stamp == stamp == stamps[name]
            if of_file is not None and is_trusted and is_same:
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
                    candidate.content,
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
        return Known(entry.digest, entry.facts, result, entry.has_mark, result is not None)

    def _keep(self, outcome: Outcome, stamp: Stamp | None, fresh: list[Entry]) -> None:
        digest = str(outcome.digest)
        self._known[outcome.name] = Known(
            digest, outcome.facts, outcome.result, outcome.has_mark, outcome.settled
        )
        if stamp is not None:
            named = self._candidates[outcome.name].named
            text = resulttext.kept(outcome, named, self._profiles.now)
            fresh.append(Entry(outcome.name, stamp, digest, outcome.has_mark, outcome.facts, text))

    # What the corpus amounts to.

    def _conclusions(self) -> Conclusions:
        with timing.phase("corpus"):
            return self._concluded()

    def _concluded(self) -> Conclusions:
        state = self._state()
        kept = _read_conclusions(self._index.conclusions(state))
        if kept is not None:
            return kept
        conclusions = conclude(self._rules, self._facts)
        if not conclusions.crashes:
            self._index.save_conclusions(state, json.dumps(conclusions.by_rule))
        return conclusions

    def _state(self) -> str:
        """A hash over what conclusions are drawn from; not what others may have saved since."""
        from hashlib import blake2b

        state = blake2b(digest_size=16)
        for name in sorted(self._known):
            facts = self._known[name].facts
            if facts:
                state.update(f"{name}\0{facts}\0".encode("utf-8", "surrogatepass"))
        return state.hexdigest()

    def _facts(self, rule: str) -> Iterator[tuple[str, Json]]:
        for name in sorted(self._known):
            facts = facttext.read(self._known[name].facts, rule)
            if facts is not None:
                yield name, facts

    # What concerns whom.

    def _finals(self, conclusions: Conclusions) -> dict[str, FileResult]:
        """The results of the files that need another look, in the light of the corpus."""
        with timing.phase("corpus"):
            looks = {look.name: look for look in self._looks(conclusions)}
        kept = self._index.finals({name: look.key for name, look in looks.items()})
        finals: dict[str, FileResult] = {}
        for name, text in kept.items():
            candidate = self._candidates[name]
            result = resulttext.read_if_valid(
                text, candidate.path, candidate.named, self._profiles.now
            )
            if result is not None:
                finals[name] = result
        fresh: dict[str, tuple[str, str]] = {}
        waiting = (look for name, look in looks.items() if name not in finals)
        while batch := list(islice(waiting, BATCH_FILES)):
            found = [self._input(look.name, look.relevant) for look in batch]
            inputs = [each for each in found if each is not None]
            for given, result in zip(inputs, check_batch(inputs, self.part), strict=True):
                finals[given.name] = result
                if self._known[given.name].is_settled:
                    text = resulttext.in_circumstances(result, given.named, self._profiles.now)
                    fresh[given.name] = looks[given.name].key, text
        self._index.save_finals(fresh)
        return finals

    def _looks(self, conclusions: Conclusions) -> Iterator[_Look]:
        """The requested files that corpus rules, or ignores of them, may have a say in."""
        by_name = {rule.name: rule for rule in self._rules}
        for name in self._requested:
            known = self._known.get(name)
            if known is None:
                continue
            found = self._relevant(conclusions, name)
            if not found and not known.has_mark:
                continue
            mentioned = {
                file: self._known[file].digest
                for rule, part in found.items()
                for file in by_name[rule].mentions(part)
                if file in self._known
            }
            # Places in other files are shown relative to the working directory.
            yield _Look(name, found, _key(known.digest, found, mentioned, os.getcwd()))  # noqa: PTH109

    def _relevant(self, conclusions: Conclusions, name: str) -> dict[str, Json]:
        known = self._known.get(name)
        if known is None:
            return {}
        facts = {rule: facttext.read(known.facts, rule) for rule in conclusions.by_rule}
        present = {rule: of_rule for rule, of_rule in facts.items() if of_rule is not None}
        return relevant(self._rules, conclusions, name, present)

    def _input(self, name: str, found: Mapping[str, Json] | None = None) -> Input | None:
        """A file of the corpus, read once more; ``None`` if that is not possible."""
        candidate = self._candidates.get(name)
        # What killed a worker is not read here.
        if candidate is None or name in self._unreadable:
            return None
        profile = self._profiles.of(candidate.real)
        try:
            raw = read_candidate(candidate, profile.limits.file_size)
        except OSError:
            return None
        return Input(raw, candidate.path, profile, candidate.named, name, found or {})

    def _name(self, real: str) -> str:
        """What the corpus knows a file by: its path relative to the root."""
        full = os.path.abspath(real).replace(os.sep, "/")  # noqa: PTH100
        if full.startswith(self._root):
            return full[len(self._root) :]
        return os.path.relpath(full, self._root).replace(os.sep, "/")


def _stamp(candidate: Candidate) -> Stamp | None:
    """The stamp of a file; ``None`` if the file system says nothing of its content."""
    if candidate.content is not None:
        return None
    try:
        return stamp_of(os.stat(candidate.real))  # noqa: PTH116
    except OSError:
        return None


def _with_crashes(result: FileResult, crashes: Mapping[str, Problem]) -> FileResult:
    """A result that also says which corpus rules crashed over the corpus as a whole."""
    if not crashes:
        return result
    from seedlint.fingerprint import fingerprint_of_text

    place = Place(result.file, Span(1, 1, 1, 1), "")
    found = tuple(
        Diagnostic(
            INTERNAL_ERROR,
            Severity.ERROR,
            place,
            "",
            problem.message,
            problem.notes,
            fingerprint=fingerprint_of_text(INTERNAL_ERROR, rule),
        )
        for rule, problem in crashes.items()
    )
    return result._replace(diagnostics=(*found, *result.diagnostics))


def _read_conclusions(text: str | None) -> Conclusions | None:
    try:
        return None if text is None else Conclusions(dict(json.loads(text)), {})
    except (ValueError, TypeError, RecursionError):
        return None


def _key(*parts: object) -> str:
    from hashlib import blake2b

    text = json.dumps(parts, sort_keys=True)
    return blake2b(text.encode("ascii"), digest_size=16).hexdigest()
