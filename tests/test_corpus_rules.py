"""What every corpus rule keeps to, whatever files hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.config import parse_settings
from seedlint.contract import Contract
from seedlint.diagnostic import Problem, Route
from seedlint.document import Document
from seedlint.profile import Profiles
from seedlint.registry import Provider, Registry
from seedlint.rule import CorpusRule
from tests.support import NOW
from tests.test_proofs import ANYWHERE, FEW, FIELDS
from tests.test_tables import CONTRACTS

SETTINGS = """\
select = ["all"]
topics = ["AI", "no"]

[rules.near-duplicate-entry]
title-similarity = 0.8
excerpt-similarity = 0.8
excerpt-min-length = 0
"""
REGISTRY = Registry(
    Path("providers.toml"),
    [Provider("The Sample", "example.com", ("Sample",)), Provider("The Sample", "example.org")],
)


def rules(registry: Registry | None) -> list[CorpusRule[Any]]:
    made = Profiles(parse_settings(SETTINGS, Path.cwd() / "seedlint.toml"), NOW).corpus_rules
    for rule in made:
        rule.context = rule.context._replace(registry=registry)
    return [*made]


RULES = [*rules(None), *rules(REGISTRY)]


def walk(documents: dict[str, Document], rule: CorpusRule[Any]) -> list[Problem]:
    """All steps of a rule over a corpus; what it finds."""
    every = {name: kept(rule.facts(document)) for name, document in documents.items()}
    facts = {name: each for name, each in every.items() if each is not None}
    conclusion = kept(rule.conclude(list(facts.items())))
    found: list[Problem] = []
    for name in facts if conclusion is not None else ():
        relevant = kept(rule.relevant(name, facts[name], conclusion))
        if relevant is not None:
            problems = list(rule.check(documents[name], name, relevant))
            assert_leads_somewhere(problems, documents, name, {*rule.mentions(relevant)})
            found += problems
    return found


def kept(value: Any) -> Any:
    """A value as the cache gives it back."""
    back = json.loads(json.dumps(value))
    assert back == value
    return back


def assert_leads_somewhere(
    problems: list[Problem], documents: dict[str, Document], name: str, mentioned: set[str]
) -> None:
    for problem in problems:
        for route in (problem.route, *(other.route for other in problem.related)):
            at(documents[name], route)
        for elsewhere in problem.elsewhere:
            assert elsewhere.file != name
            assert elsewhere.file in mentioned
            for other, document in documents.items():
                found = elsewhere.find(document)
                assert found is not None or other != elsewhere.file
                at(document, found or ())


def at(document: Document, route: Route) -> Any:
    value = document.data
    for step in route:
        value = value[step]
    return value


@pytest.mark.parametrize("contract", CONTRACTS, ids=["seed", "second", "odd"])
@settings(max_examples=200, deadline=None)
@given(st.lists(ANYWHERE, min_size=1, max_size=4))
def test_files_of_any_shape(contract: Contract, data: list[Any]) -> None:
    documents = {
        f"{at}.md": Document("", each, contract, lambda: None) for at, each in enumerate(data)
    }
    for rule in RULES:
        walk(documents, rule)


PROVIDER = st.fixed_dictionaries(
    {
        "name": st.one_of(st.sampled_from(["The Sample", "Sample", "the  sample"]), FEW),
        "domain": st.one_of(st.sampled_from(["example.com", "a.example.com", "example.org"]), FEW),
    }
)
STORY = st.sampled_from(["the old bridge in town is closed", "The old bridge in town is closed!"])
TOPICS = st.lists(st.sampled_from(["AI", "ai", "no", "NO", "a-i", 7]), max_size=3)
LIKELY = {
    "title": st.one_of(STORY, FEW),
    "excerpt": st.one_of(STORY, FEW),
    "topics": TOPICS,
    "provider": PROVIDER,
}
OTHERS = {key: value for key, value in FIELDS.items() if key not in LIKELY}
ENTRY = st.fixed_dictionaries(LIKELY, optional=OTHERS)
SEED = st.fixed_dictionaries(LIKELY, optional={**OTHERS, "related": st.lists(ENTRY, max_size=2)})


def test_files_that_look_like_seeds() -> None:
    seen: set[str] = set()

    @settings(max_examples=400, deadline=None)
    @given(st.lists(SEED, min_size=2, max_size=5))
    def look(data: list[Any]) -> None:
        documents = {
            f"{at}.md": Document("", each, CONTRACTS[0], lambda: None)
            for at, each in enumerate(data)
        }
        seen.update(rule.name for rule in RULES if walk(documents, rule))

    look()
    assert seen == {rule.name for rule in RULES}
