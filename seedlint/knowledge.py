"""What is known of the files of a corpus during a run, and what corpus rules conclude from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from seedlint import facttext, timing
from seedlint.corpus import Conclusions, as_text, conclude, from_text, relevant
from seedlint.factspool import FactSpool, Spooled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seedlint.check import FileResult
    from seedlint.index import Index
    from seedlint.noindex import NoIndex
    from seedlint.rule import CorpusRule, Json


class Known(NamedTuple):
    """What is known of one file of the corpus.

    ``facts`` are as :mod:`seedlint.facttext` has them, in the run's spool; ``result`` is what
    document rules find, of a requested file, and ``is_settled`` whether time cannot change it.
    A file that ``has_mark`` may hold ignores of corpus rules.
    """

    digest: str
    facts: Spooled
    result: FileResult | None
    has_mark: bool
    is_settled: bool


class Knowledge:
    """The files of a corpus by name, as far as they are known; ``size`` is how many there are."""

    def __init__(
        self, rules: Sequence[CorpusRule[object]], index: Index | NoIndex, size: int
    ) -> None:
        self._rules = rules
        self._index = index
        self._concluded: tuple[str, Conclusions] | None = None
        self.spool = FactSpool(size)
        self.files: dict[str, Known] = {}

    @property
    def concluded(self) -> Conclusions | None:
        """What was concluded last; ``None`` before the first time."""
        return None if self._concluded is None else self._concluded[1]

    def conclusions(self) -> Conclusions:
        """What corpus rules conclude from what is known now."""
        with timing.phase("corpus"):
            state = self._state()
            if self._concluded is None or self._concluded[0] != state:
                self._concluded = state, self._drawn(state)
            return self._concluded[1]

    def relevant(self, conclusions: Conclusions, name: str) -> dict[str, Json]:
        """What of conclusions concerns a file, by rule."""
        if name not in self.files:
            return {}
        text = self.text(name)
        facts = {rule: facttext.read(text, rule) for rule in conclusions.by_rule}
        present = {rule: of_rule for rule, of_rule in facts.items() if of_rule is not None}
        return relevant(self._rules, conclusions, name, present)

    def facts(self, rule: str) -> Iterator[tuple[str, Json]]:
        """The facts for one rule of all files that have some, in the order of their names."""
        for name in sorted(self.files):
            facts = facttext.read(self.text(name), rule)
            if facts is not None:
                yield name, facts

    def text(self, name: str) -> str:
        """The facts of a file as text; empty for one that is not known."""
        known = self.files.get(name)
        return "" if known is None else self.spool.get(known.facts)

    def _drawn(self, state: str) -> Conclusions:
        kept = from_text(self._index.conclusions(state))
        if kept is not None:
            return kept
        conclusions = conclude(self._rules, self.facts)
        # What cannot be written is a crash as well.
        text = as_text(conclusions)
        if not conclusions.crashes:
            self._index.save_conclusions(state, text)
        return conclusions

    def _state(self) -> str:
        """A hash over what conclusions are drawn from; not what others may have saved since."""
        from hashlib import blake2b

        state = blake2b(digest_size=16)
        for name in sorted(self.files):
            facts = self.text(name)
            if facts:
                state.update(f"{name}\0{facts}\0".encode("utf-8", "surrogatepass"))
        return state.hexdigest()
