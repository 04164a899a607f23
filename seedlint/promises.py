"""What corpus rules promise the cache, and tests can see broken where a run would be wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from seedlint.check import FileResult, Input
    from seedlint.corpus import Together
    from seedlint.rule import CorpusRule, Json


def broken_promises(corpus: Together, results: Sequence[FileResult]) -> Iterator[str]:
    """What corpus rules do wrong that only a run with a cache would show."""
    for crash in corpus.conclusions.crashes.values():
        yield crash.message
    for rule in corpus.part.rules:
        returned = {
            "facts": [facts.get(rule.name) for facts in corpus.facts.values()],
            "conclude": [corpus.conclusions.by_rule.get(rule.name)],
            "relevant": [given.relevant.get(rule.name) for given in corpus.inputs],
        }
        for method, values in returned.items():
            if not all(map(_is_json, values)):
                yield f"what {method} of {rule.name} returns is not JSON"
        for given, result in zip(corpus.inputs, results, strict=True):
            for file in _others(result, rule.name) - set(_mentioned(rule, given)):
                yield f"{rule.name} points at {file} in {given.file}, but does not mention it"


def _is_json(value: Json) -> bool:
    """Whether a value is the same after it was kept as text."""
    try:
        return bool(json.loads(json.dumps(value)) == value)
    except (TypeError, ValueError):
        return False


def _others(result: FileResult, rule: str) -> set[str]:
    """The other files that diagnostics of a rule point at."""
    related = (
        place
        for diagnostic in result.diagnostics
        if diagnostic.rule == rule
        for place in diagnostic.related
    )
    return {place.file for place in related} - {result.file}


def _mentioned(rule: CorpusRule[object], given: Input) -> Iterable[str]:
    relevant = given.relevant.get(rule.name)
    return () if relevant is None else rule.mentions(relevant)
