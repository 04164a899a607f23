"""A run over a corpus on disk: what is known, what must be read, what concerns whom.

The corpus are all files below its roots, whatever files were asked for; an index
(:mod:`seedlint.index`) remembers what was learnt of them. The requested files that corpus
rules have something to say of are checked once more, whole, with these rules taking part, so
that ignores, severities and overrides hold for them as for any rule.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from seedlint import facttext, resulttext, timing
from seedlint.analysis import Task, digest_of
from seedlint.check import (
    CorpusPart,
    FileResult,
    Input,
    check_batch,
    unreadable_file,
)
from seedlint.corpus import Again, Conclusions, with_crashes
from seedlint.elsewhere import Elsewheres
from seedlint.files import Candidate
from seedlint.indexrows import Entry
from seedlint.knowledge import Knowledge, Known
from seedlint.replaced import SAVED_AT_ONCE, Replaced, not_put
from seedlint.run import Checked, read_candidate
from seedlint.secondlook import SecondLook
from seedlint.stamps import stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from seedlint.analysis import Outcome
    from seedlint.fixing import FixResult
    from seedlint.index import Index
    from seedlint.noindex import NoIndex
    from seedlint.profile import Profiles
    from seedlint.replaced import Put
    from seedlint.rule import Json
    from seedlint.stamps import Stamp
    from seedlint.workers import Failure

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


class Processes(NamedTuple):
    """How work is spread over processes: see :func:`seedlint.workers.in_order`.

    ``copies`` is given work, items, what to make of those that are lost, and whether people may
    see how far it is.
    """

    learn: Callable[[Sequence[Task]], Iterable[Outcome]]
    copies: Callable[[Any, Sequence[Any], Any, bool], Iterable[Any]]


class CorpusRun:
    """One run. ``requested`` and ``others`` are the files of the corpus, each once.

    ``fixes``: the results are wanted with the changes of their fixes, which no cache holds.
    """

    def __init__(
        self,
        root: str,
        requested: Sequence[Candidate],
        others: Sequence[Candidate],
        profiles: Profiles,
        index: Index | NoIndex,
        processes: Processes,
        *,
        fixes: bool,
    ) -> None:
        self._root = root if root.endswith("/") else f"{root}/"
        self._profiles = profiles
        self._rules = profiles.corpus_rules
        self._index = index
        self._processes = processes
        self._fixes = fixes
        self._candidates = {self._name(each.real): each for each in (*others, *requested)}
        self._requested = [self._name(each.real) for each in requested]
        self._knowledge = Knowledge(self._rules, index, len(self._candidates))
        self._known = self._knowledge.files
        self._unreadable: dict[str, FileResult] = {}
        self._replaced = Replaced(self._knowledge, index, profiles.now)
        self._elsewheres = Elsewheres(self._input)
        self.part = CorpusPart(self._rules, self._elsewheres.place)

    @cached_property
    def _second_look(self) -> SecondLook:
        return SecondLook(
            self._candidates,
            self._known,
            self._profiles,
            self._index,
            self._input,
            self.part,
            self._processes.copies,
        )

    def close(self) -> None:
        """Let go of the index. Nothing else can be asked afterwards."""
        self._index.close()
        self._knowledge.spool.close()

    def facts(self, rule: str) -> Iterable[tuple[str, Json]]:
        """The facts of all files for one rule, in the order of the names, as often as wanted."""
        self._learn(wanted=frozenset())
        return Again(self._knowledge.facts, rule)

    def results(self) -> Iterator[FileResult]:
        """The results of the requested files, in their order."""
        self._learn(wanted=frozenset(self._requested))
        return self.with_crashes(self._now())

    def checked_text(self, raw: bytes, file: str) -> Checked:
        """A text in the place of a file of the corpus, whether there is one or not."""
        name = self._name(file)
        given = Input(raw, file, self._profiles.of(file), True, name)
        if self._knowledge.concluded is None:
            self._learn(wanted=frozenset())
        facts = facttext.of_input(given, self._rules)
        self._known[name] = Known(digest_of(raw), facts, None, has_mark=True, is_settled=False)
        conclusions = self._knowledge.conclusions()
        given = given._replace(relevant=self._knowledge.relevant(conclusions, name))
        (result,) = check_batch([given], self.part)
        crashes = (*conclusions.crashes.values(), *facttext.crashes(facts))
        return Checked(Candidate(file, file, True), given, with_crashes(result, crashes))

    # For a run that fixes.

    def found(self, put: Put = not_put) -> list[tuple[str, FileResult]]:
        """The requested files, in their order: what the corpus knows each by, and its result.

        ``put`` is given what fixes at once made of a file, and says whether the file is so now.
        """
        self._learn(wanted=frozenset(self._requested), put=put)
        self._replaced.save()
        return list(zip(self._requested, self._now(), strict=True))

    def read_again(self, name: str, result: FileResult) -> Checked:
        """A file with what it holds; checked again if it is no longer what it was."""
        concluded = self._knowledge.concluded
        found = self._knowledge.relevant(concluded, name) if concluded is not None else None
        given = self._input(name, found)
        if given is None:
            return Checked(self.candidate(name), None, self._gone(name))
        if digest_of(given.raw) != self._known[name].digest:
            (result,) = check_batch([given], self.part)
        return Checked(self.candidate(name), given, result)

    def candidate(self, name: str) -> Candidate:
        """A file that the corpus knows by this name."""
        return self._candidates[name]

    def spread(
        self,
        work: Callable[[Sequence[ItemT]], Sequence[ResultT]],
        items: Sequence[ItemT],
        lost: Callable[[ItemT, Failure], ResultT],
        *,
        is_told: bool,
    ) -> Iterator[ResultT]:
        """The results of work on items, in order, from processes that are copies of this one.

        With ``is_told`` people may see how far it is.
        """
        return iter(self._processes.copies(work, items, lost, is_told))

    def replaced(self, name: str, fixed: FixResult, *, is_concerned: bool) -> None:
        """Take note that a file, which conclusions concern, now holds what fixes made of it."""
        stamp = _stamp(self._candidates[name])
        self._replaced.add(name, fixed, stamp, is_concerned=is_concerned)

    def hold(self, name: str, content: bytes) -> None:
        """From now on look at this in the place of a file."""
        self._candidates[name] = self._candidates[name]._replace(content=content)

    def results_after(self) -> list[FileResult]:
        """The results of the requested files after some were replaced, in their order."""
        self._elsewheres.forget(self._replaced.names)
        self._replaced.save()
        return self._now()

    def with_crashes(self, results: Iterable[FileResult]) -> Iterator[FileResult]:
        """The results of the requested files, which also say which corpus rules crashed.

        Over a file, in its result; over the corpus as a whole, in the first one.
        """
        concluded = self._knowledge.concluded
        crashes = [*concluded.crashes.values()] if concluded is not None else []
        for name, result in zip(self._requested, results, strict=True):
            crashes += facttext.crashes(self._knowledge.text(name))
            yield with_crashes(result, crashes) if crashes else result
            crashes = []

    def _now(self) -> list[FileResult]:
        conclusions = self._knowledge.conclusions()
        finals = self._second_look.results(
            self._concerned(conclusions), conclusions.crashes, with_changes=self._fixes
        )
        known = ((name, self._known.get(name)) for name in self._requested)
        return [
            finals.get(name) or (of_file and of_file.result) or self._gone(name)
            for name, of_file in known
        ]

    def _gone(self, name: str) -> FileResult:
        """The result of a file that could be read a moment ago, or never."""
        if name in self._unreadable:
            return self._unreadable[name]
        return unreadable_file(self._candidates[name].path, "it is gone")

    # What is known, and what must be read.

    def _learn(self, wanted: frozenset[str], put: Put = not_put) -> None:
        with timing.phase("cache"):
            stamps = {name: _stamp(each) for name, each in self._candidates.items()}
            tasks, unchanged = self._reuse(stamps, wanted)
        started = self._index.moment()
        fresh: list[Entry] = []
        touched: dict[str, tuple[Stamp, str]] = {}
        for task, outcome in zip(tasks, self._processes.learn(tasks), strict=True):
            # Not the names of outcomes: those from other processes are copies.
            name, stamp = task.name, stamps[task.name]
            if outcome.digest is None:
                if outcome.result is not None:
                    self._unreadable[name] = outcome.result
            elif outcome.is_unchanged:
                self._known[name] = unchanged[name]
                if stamp is not None:
                    touched[name] = stamp, outcome.digest
            elif outcome.fixed is not None and put(outcome, outcome.fixed):
                self.replaced(name, outcome.fixed, is_concerned=False)
            else:
                self._keep(name, self._unfixed(name, outcome), stamp, fresh)
            if len(fresh) >= SAVED_AT_ONCE:
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
        doubtful: dict[str, Known] = {}
        # With a hundred thousand files, one more copy of each name is to be seen.
        own = dict(zip(self._candidates, self._candidates, strict=True))
        for entry in self._index.entries(signatures.keys() & own.keys()):
            name = own.pop(entry.name)
            of_file = self._known_from(entry, self._candidates[name], name in wanted)
            if of_file is not None:
                stamp, is_trusted = signatures.pop(name)
                # Another process may save between the two reads.
                is_same = is_trusted and entry.stamp == stamp == stamps[name]
                (self._known if is_same else doubtful)[name] = of_file
        tasks = [
            Task(
                candidate.path,
                candidate.real,
                name,
                candidate.named,
                name in wanted,
                doubtful[name].digest if name in doubtful else None,
                candidate.content,
            )
            for name, candidate in self._candidates.items()
            if name not in self._known
        ]
        return tasks, doubtful

    def _known_from(self, entry: Entry, candidate: Candidate, is_wanted: bool) -> Known | None:
        """What an entry tells; ``None`` if that is not all that is needed."""
        result = None
        if is_wanted:
            result = resulttext.read_if_valid(
                entry.result, candidate.path, candidate.named, self._profiles.now
            )
            if result is None or (self._fixes and result.has_fixes):
                return None
        facts = self._knowledge.spool.put(entry.facts)
        return Known(entry.digest, facts, result, entry.has_mark, result is not None)

    def _unfixed(self, name: str, outcome: Outcome) -> Outcome:
        """The outcome with the facts of the file as it is."""
        if outcome.fixed is None:
            return outcome
        path, real, named, *_ = self._candidates[name]
        given = Input(outcome.before, path, self._profiles.of(real), named, name)
        return outcome._replace(facts=facttext.of_input(given, self._rules))

    def _keep(self, name: str, outcome: Outcome, stamp: Stamp | None, fresh: list[Entry]) -> None:
        candidate, digest, result = self._candidates[name], str(outcome.digest), outcome.result
        if result is not None and not result.diagnostics:
            result = result._replace(file=candidate.path)
        facts = self._knowledge.spool.put(outcome.facts)
        self._known[name] = Known(digest, facts, result, outcome.has_mark, outcome.is_settled)
        if stamp is not None and self._index.keeps:
            text = resulttext.kept(outcome, candidate.named, self._profiles.now)
            fresh.append(Entry(name, stamp, digest, outcome.has_mark, outcome.facts, text))

    # What concerns whom.

    def _concerned(self, conclusions: Conclusions) -> Iterator[tuple[str, dict[str, Json]]]:
        """The requested files that corpus rules, or ignores of them, may have a say in."""
        for name in self._requested:
            known = self._known.get(name)
            if known is not None:
                found = self._knowledge.relevant(conclusions, name)
                if found or known.has_mark or known.result is None:
                    yield name, found

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
