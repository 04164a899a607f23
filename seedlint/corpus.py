"""A run over a corpus: facts of all its files, what corpus rules conclude, what concerns whom.

Each file is analysed by itself (:mod:`seedlint.analysis`), or known from an earlier run. The
conclusions are drawn from all facts; the requested files they concern are checked once more,
whole, with the corpus rules taking part, so that ignores, severities and overrides hold for
these rules as for any.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from seedlint.diagnostic import Diagnostic, Place, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from seedlint.rule import CorpusRule, Json

    Facts = Mapping[str, Mapping[str, Json]]


class Conclusions(NamedTuple):
    """What corpus rules conclude, by rule; rules that find nothing wrong are left out.

    ``crashes`` are messages of rules that could not come to a conclusion.
    """

    by_rule: dict[str, Json]
    crashes: dict[str, str]

    def relevant(
        self, rules: Iterable[CorpusRule[object]], file: str, facts: Mapping[str, Json]
    ) -> dict[str, Json]:
        """What concerns a file, by rule."""
        found: dict[str, Json] = {}
        for rule in rules:
            conclusion = self.by_rule.get(rule.name)
            if conclusion is not None and rule.name in facts:
                relevant = rule.relevant(file, facts[rule.name], conclusion)
                if relevant is not None:
                    found[rule.name] = relevant
        return found
