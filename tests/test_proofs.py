"""A rule's proof of innocence may doubt without cause, but never misses a problem."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.corpus import seeds
from seedlint.check import check_bytes
from seedlint.contract import Contract
from seedlint.document import Document
from seedlint.fixture import Case, File, read_cases
from seedlint.ordinary import is_ordinary
from seedlint.profile import Profile
from seedlint.registry import Provider, Registry
from seedlint.rule import DocumentRule
from seedlint.testing import profiles_of
from tests.support import REAL_SEEDS, profile
from tests.test_tables import CONTRACTS, KEYS

FIXTURES = sorted(Path(__file__).parent.glob("rules/*.md"))
PROFILE = profile('select = ["all"]')
RULES = [rule for rule in PROFILE.document_rules if not rule.family]
PROVEN = [
    rule for rule in RULES if type(rule).is_clearly_clean is not DocumentRule.is_clearly_clean
]
CORPUS = [seed.text for seed in seeds(120, 7, 0.8)]
ORDINARY = [seed.text for seed in seeds(40, 3, 0.0)]


def block_of(text: str) -> str:
    return text.split("---\n")[1]


def read(block: str) -> Document:
    import yaml_rs

    data = yaml_rs.loads(block, parse_datetime=False)
    return Document(block, data, CONTRACTS[0], lambda: None, is_ordinary(block))


LISTED = {"example.com"}.union(
    *(read(block_of(text)).strings("provider-domain") for text in ORDINARY)
)
REGISTRY = Registry(Path("providers.toml"), [Provider(domain, domain) for domain in sorted(LISTED)])
for each in RULES:
    each.context = each.context._replace(registry=REGISTRY)


def missed(document: Document, rules: list[DocumentRule[Any]] = RULES) -> list[str]:
    """The rules whose proof calls a document clean that their check finds fault with."""
    return [
        rule.name
        for rule in rules
        if rule.is_clearly_clean(document) and any(True for _ in rule.check(document))
    ]


def doubting(self: object, document: Document) -> bool:
    return False


def profile_of(case: Case, file: File, rule: str) -> Profile:
    profiles, root = profiles_of(case, rule)
    return profiles.of(f"{root}/{file.name}")


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_no_proof_hides_what_a_fixture_shows(
    fixture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [
        (file.content, file.name, each)
        for case in read_cases(fixture)
        for file in case.files
        for each in (PROFILE, profile_of(case, file, fixture.stem.replace("_", "-")))
    ]
    before = [check_bytes(*file, named=True) for file in files]
    for rule in PROVEN:
        monkeypatch.setattr(type(rule), "is_clearly_clean", doubting)
    after = [check_bytes(*file, named=True) for file in files]
    assert before == after


def test_no_proof_hides_what_is_wrong_in_a_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*CORPUS, *(path.read_text() for path in sorted(REAL_SEEDS.glob("*.txt")))]
    before = [check_bytes(text.encode(), "seed.txt", PROFILE) for text in texts]
    for rule in PROVEN:
        monkeypatch.setattr(type(rule), "is_clearly_clean", doubting)
    after = [check_bytes(text.encode(), "seed.txt", PROFILE) for text in texts]
    assert before == after
    assert sum(bool(result.diagnostics) for result in after) > len(CORPUS) // 2


@pytest.mark.parametrize("rule", PROVEN, ids=lambda rule: rule.name)
def test_a_proof_clears_ordinary_files(rule: DocumentRule[Any]) -> None:
    for text in ORDINARY:
        assert rule.is_clearly_clean(read(block_of(text))), text


def test_every_rule_of_documents_has_a_proof() -> None:
    assert PROVEN == RULES


# Values of all kinds of trouble; the same ones meet in many places.
TROUBLE: list[Any] = [
    *(
        "",
        " ",
        "a  b",
        " a",
        "tab\there",
        "a\u200bb",
        "a\xa0b",
        "caf\xc3\xa9",
        "\ufffd",
        "&amp;",
        "A&B",
    ),
    *("https://example.com/a", "http://example.com/a", "https://www.example.com/a/?utm_source=x"),
    *(
        "https://example.org/a/amp",
        "https://amp.example.com/a",
        "https://example.com",
        "/a-10x10.jpg",
    ),
    *("https://example-com.cdn.ampproject.org/c/s/example.com/a", "https://example.com/%zz"),
    *(
        "https://example.com/a-800x600.jpg",
        "https://example.com/b?width=800",
        "//x",
        "https://a b/",
    ),
    *("example.com", "www.example.com", "Example.com", "example", "EXAMPLE.ORG.", "localhost"),
    *(
        "2020-01-01T00:00:00Z",
        "2020-02-30T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "2031-01-01T00:00:00Z",
    ),
    *("AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA==", "AAAA;AAAA", "AI", "ai", "no", "12:30"),
    *(0, 1, -1, 600, 800, 10**6, 10**400, 800.0, True, None, [], {}, ["AI", "AI"], [{}]),
]


def scalars(data: Any) -> list[tuple[Any, Any]]:
    """Every place in data, as what holds it and its key."""
    places: list[tuple[Any, Any]] = []
    waiting = [data]
    while waiting:
        value = waiting.pop()
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            places.append((value, key))
            if isinstance(inner, (dict, list)):
                waiting.append(inner)
    return places


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(CORPUS), st.randoms(use_true_random=False), st.integers(0, 6))
def test_no_proof_misses_what_is_wrong_in_damaged_data(
    text: str, random: Random, blows: int
) -> None:
    data = read(block_of(text)).data
    for _ in range(blows):
        holder, key = random.choice(scalars(data))
        other, other_key = random.choice(scalars(data))
        value = other[other_key] if random.random() < 0.4 else random.choice(TROUBLE)
        if value is not holder and not isinstance(value, (dict, list)):
            holder[key] = value
    assert missed(Document("", data, CONTRACTS[0], lambda: None)) == []


FEW = st.sampled_from([value for value in TROUBLE if not isinstance(value, (dict, list))])
PAGE = st.sampled_from(["https://example.com/a", "https://example.com/b", "https://example.org/a"])
IMAGE = st.fixed_dictionaries({}, optional={"url": FEW, "width": FEW, "height": FEW, "title": FEW})
PROVIDER = st.fixed_dictionaries(
    {}, optional={"name": FEW, "domain": FEW, "images": st.lists(IMAGE, max_size=2)}
)
FIELDS = {
    "title": FEW,
    "excerpt": FEW,
    "publishedDateTime": FEW,
    "webUrl": st.one_of(PAGE, FEW),
    "sourceUrl": st.one_of(PAGE, FEW),
    "originalUrl": st.one_of(PAGE, FEW),
    "ampWebUrl": st.one_of(PAGE, FEW),
    "cdnAmpWebUrl": FEW,
    "provider": PROVIDER,
    "images": st.lists(IMAGE, max_size=2),
    "topics": st.lists(FEW, max_size=3),
    "secured": FEW,
}
ENTRY = st.fixed_dictionaries({}, optional=FIELDS)


@settings(max_examples=600, deadline=None)
@given(st.fixed_dictionaries({}, optional={**FIELDS, "related": st.lists(ENTRY, max_size=4)}))
def test_no_proof_misses_what_is_wrong_in_small_documents(data: Any) -> None:
    assert missed(Document("", data, CONTRACTS[0], lambda: None)) == []


ANYWHERE = st.recursive(
    FEW,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=30,
)


@pytest.mark.parametrize("contract", CONTRACTS, ids=["seed", "second", "odd"])
@settings(max_examples=400, deadline=None)
@given(ANYWHERE)
def test_no_proof_misses_what_is_wrong_in_any_shape(contract: Contract, data: Any) -> None:
    assert missed(Document("", data, contract, lambda: None)) == []
