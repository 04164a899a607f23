"""What corpus rules make of many files: conclusions from all facts, and what concerns whom.

Pure of files, caches and processes; :mod:`seedlint.corpusrun` brings these.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from seedlint.check import Check, CorpusPart, read_all, release_all
from seedlint.diagnostic import Diagnostic, Place, Severity, Span
from seedlint.ownwords import INTERNAL_ERROR, crash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from seedlint.check import FileResult, Input
    from seedlint.diagnostic import Problem
    from seedlint.rule import CorpusRule, Json


class Conclusions(NamedTuple):
    """What corpus rules conclude, by rule; a rule with nothing to say is left out.

    ``crashes`` are the rules that came to no conclusion, with what to say of it.
    """

    by_rule: dict[str, Json]
    crashes: dict[str, Problem]


def conclude(
    rules: Iterable[CorpusRule[object]],
    facts_of: Callable[[str], Iterable[tuple[str, Json]]],
) -> Conclusions:
    """The conclusions from the facts of all files; ``facts_of`` gives those for a rule."""
    by_rule: dict[str, Json] = {}
    crashes: dict[str, Problem] = {}
    for rule in rules:
        try:
            conclusion = rule.conclude(Again(facts_of, rule.name))
        except Exception as error:
            crashes[rule.name] = crash(rule.name, error)
        else:
            if conclusion is not None:
                by_rule[rule.name] = conclusion
    return Conclusions(by_rule, crashes)


def as_text(conclusions: Conclusions) -> str:
    """Conclusions as text. A rule whose conclusion is none that can be kept has crashed."""
    texts: list[str] = []
    for rule, conclusion in list(conclusions.by_rule.items()):
        try:
            texts.append(f"{json.dumps(rule)}:{json.dumps(conclusion)}")
        except Exception as error:
            conclusions.crashes[rule] = crash(rule, error)
            del conclusions.by_rule[rule]
    return f"{{{','.join(texts)}}}"


def from_text(text: str | None) -> Conclusions | None:
    """Conclusions that were text; ``None`` if there are none, or the text is damaged."""
    try:
        return None if text is None else Conclusions(dict(json.loads(text)), {})
    except (ValueError, TypeError, RecursionError):
        return None


def with_crashes(result: FileResult, crashes: Iterable[Problem]) -> FileResult:
    """The result of a file that also says which corpus rules crashed."""
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
            fingerprint=fingerprint_of_text(INTERNAL_ERROR, problem.message),
        )
        for problem in crashes
    )
    return result._replace(diagnostics=(*found, *result.diagnostics))


class Again:
    """The facts for one rule, as often as it wants to go through them."""

    def __init__(self, facts_of: Callable[[str], Iterable[tuple[str, Json]]], rule: str) -> None:
        self._facts_of = facts_of
        self._rule = rule

    def __iter__(self) -> Iterator[tuple[str, Json]]:
        return iter(self._facts_of(self._rule))


def relevant(
    rules: Iterable[CorpusRule[object]],
    conclusions: Conclusions,
    file: str,
    facts: Mapping[str, Json],
) -> dict[str, Json]:
    """What the conclusions say that concerns a file with these facts, by rule."""
    found: dict[str, Json] = {}
    for rule in rules:
        conclusion = conclusions.by_rule.get(rule.name)
        if conclusion is not None and rule.name in facts:
            try:
                part = rule.relevant(file, facts[rule.name], conclusion)
            except Exception as error:
                conclusions.crashes[rule.name] = crash(rule.name, error)
                continue
            if part is not None:
                found[rule.name] = part
    return found


def mentions(
    rules: Iterable[CorpusRule[object]], crashes: dict[str, Problem], found: dict[str, Json]
) -> tuple[dict[str, str], set[str]]:
    """What concerns a file as text, by rule, and the files that rules may then point at.

    A rule that cannot say so has crashed, and no longer concerns the file.
    """
    texts: dict[str, str] = {}
    files: set[str] = set()
    for rule in rules:
        if rule.name in found:
            part = found[rule.name]
            try:
                text, mentioned = json.dumps(part, sort_keys=True), set(rule.mentions(part))
            except Exception as error:
                crashes[rule.name] = crash(rule.name, error)
                del found[rule.name]
            else:
                texts[rule.name] = text
                files |= mentioned
    return texts, files


class Together(NamedTuple):
    """A small corpus that is in memory: its files with what concerns each, and the way there."""

    inputs: list[Input]
    part: CorpusPart
    facts: dict[str, dict[str, Json]]
    conclusions: Conclusions


def together(inputs: Sequence[Input], rules: Sequence[CorpusRule[object]]) -> Together:
    """What corpus rules make of some files; ``inputs`` have names of their own."""
    from seedlint.elsewhere import Elsewheres

    by_name = {each.name: each for each in inputs}
    facts = _facts(inputs, rules)
    conclusions = conclude(
        rules,
        lambda rule: ((name, facts[name][rule]) for name in sorted(facts) if rule in facts[name]),
    )
    given = [
        each._replace(relevant=relevant(rules, conclusions, each.name, facts.get(each.name, {})))
        for each in inputs
    ]
    part = CorpusPart(rules, Elsewheres(by_name.get).place)
    return Together(given, part, facts, conclusions)


def _facts(
    inputs: Sequence[Input], rules: Sequence[CorpusRule[object]]
) -> dict[str, dict[str, Json]]:
    checks = [Check(each) for each in inputs]
    try:
        return {check.name: check.facts(rules) for check in read_all(checks)}
    finally:
        release_all(checks)
