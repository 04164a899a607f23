"""Rules that compare providers across files, with and without a registry."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from seedlint.check import Check, Input, check_bytes, read_all
from seedlint.consensus import prevailing
from seedlint.contract import Contract
from seedlint.diagnostic import Applicability
from seedlint.document import Document
from seedlint.providers import domain_key, provider_facts, provider_places
from seedlint.registry import Provider, Registry
from seedlint.rule import Context, CorpusRule, DocumentRule
from seedlint.rules.inconsistent_provider_domain import InconsistentProviderDomain
from seedlint.rules.inconsistent_provider_name import InconsistentProviderName
from seedlint.rules.unknown_provider import UnknownProvider
from tests.corpus_support import check_together, together
from tests.support import NOW, REAL_SEEDS, concise, fenced, profile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from seedlint.diagnostic import Diagnostic

NAME = "inconsistent-provider-name"
DOMAIN = "inconsistent-provider-domain"
KINDS: dict[str, type[CorpusRule[Any]]] = {
    NAME: InconsistentProviderName,
    DOMAIN: InconsistentProviderDomain,
}
POST = "harbourpost.co.uk"


def seed(*providers: tuple[str, str]) -> str:
    """A block whose first provider is the seed's own, the others those of related entries."""
    lines = []
    for number, (name, domain) in enumerate(providers):
        lines += ["related:"] if number == 1 else []
        indent, first = ("  ", "- ") if number else ("", "")
        lines.append(f"{first}provider: {{name: {json.dumps(name)}, domain: {domain}}}")
        assert len(indent) == len(first)
    return "".join(f"{line}\n" for line in lines)


def listed(*providers: Provider) -> Registry:
    return Registry(Path("providers.toml"), providers)


def report(
    files: Mapping[str, str], rule: str, registry: Registry | None = None
) -> dict[str, list[str]]:
    """What a rule finds in a corpus: notes, related places and fixes below each diagnostic."""
    given = profile(f'select = ["{rule}"]')
    inputs = [
        Input(fenced(block).encode(), name, given, True, name)
        for name, block in sorted(files.items())
    ]
    results = check_together(inputs, [KINDS[rule](Context(NOW, (), registry))])
    return {
        result.file: [line for item in result.diagnostics for line in _lines(item)]
        for result in results
    }


def _lines(item: Diagnostic) -> Sequence[str]:
    lines = [concise(item).replace(f" warning {item.rule}", "")]
    lines += [f"note: {note}" for note in item.notes]
    lines += [
        f"{place.file}:{place.span.line}:{place.span.column} {place.message}"
        for place in item.related
    ]
    if item.fix is not None:
        edits = ", ".join(
            f"{edit.span.line}:{edit.span.column} {edit.text}" for edit in item.fix.edits
        )
        lines.append(f"{item.fix.applicability} {item.fix.title}: {edits}")
    return lines


# Names, without a registry.


def test_a_tie_is_reported_everywhere_and_proposes_nothing() -> None:
    files = {
        "seeds/a.txt": seed(("Harbour Post", POST), ("Tram News", "tram.example")),
        "seeds/b.txt": seed(("The Harbour Post", POST)),
        "seeds/c.txt": seed(("Tram News", "tram.example")),
    }
    assert report(files, NAME) == {
        "seeds/a.txt": [
            '2:18-2:32 name "Harbour Post" for harbourpost.co.uk, '
            'elsewhere "The Harbour Post", expected one name',
            'seeds/b.txt:2:18 "The Harbour Post" here',
        ],
        "seeds/b.txt": [
            '2:18-2:36 name "The Harbour Post" for harbourpost.co.uk, '
            'elsewhere "Harbour Post", expected one name',
            'seeds/a.txt:2:18 "Harbour Post" here',
        ],
        "seeds/c.txt": [],
    }


def test_a_clear_majority_is_right_and_its_name_an_unsafe_fix() -> None:
    files = {
        "a": seed(("Harbour Post", POST)),
        "b": seed(("The Harbour Post", POST)),
        "c": seed(("The Harbour Post", POST)),
    }
    assert report(files, NAME) == {
        "a": [
            '2:18-2:32 name "Harbour Post" for harbourpost.co.uk, '
            'expected "The Harbour Post" as in 2 files',
            'b:2:18 "The Harbour Post" here',
            'c:2:18 "The Harbour Post" here',
            'unsafe name it "The Harbour Post": 2:18 "The Harbour Post"',
        ],
        "b": [],
        "c": [],
    }


def test_a_slight_majority_decides_nothing() -> None:
    files = {name: seed(("Harbour Post", POST)) for name in "abc"}
    files |= {name: seed(("The Harbour Post", POST)) for name in "de"}
    found = report(files, NAME)
    assert found["a"] == [
        '2:18-2:32 name "Harbour Post" for harbourpost.co.uk, '
        'elsewhere "The Harbour Post", expected one name',
        'note: in all: "Harbour Post" in 3 files, "The Harbour Post" in 2 files',
        'd:2:18 "The Harbour Post" here',
        'e:2:18 "The Harbour Post" here',
    ]
    assert all(len(lines) > 1 for lines in found.values())


def test_a_file_has_one_vote_for_each_name_however_often_it_has_it() -> None:
    files = {
        "a": seed(*[("Harbour Post", POST)] * 5, ("The Harbour Post", POST)),
        "b": seed(("The Harbour Post", POST)),
    }
    found = report(files, NAME)
    assert found["b"] == []
    assert [line for line in found["a"] if line[0].isdigit()] == [
        f'{line} name "Harbour Post" for harbourpost.co.uk, '
        'expected "The Harbour Post" as in 2 files'
        for line in ("2:18-2:32", *(f"{number}:20-{number}:34" for number in range(4, 8)))
    ]


def test_two_names_in_one_file() -> None:
    files = {"a": seed(("Harbour Post", POST), ("HARBOUR POST", POST))}
    assert report(files, NAME) == {
        "a": [
            '2:18-2:32 name "Harbour Post" for harbourpost.co.uk, '
            'elsewhere "HARBOUR POST", expected one name',
            'a:4:20 "HARBOUR POST" here',
            '4:20-4:34 name "HARBOUR POST" for harbourpost.co.uk, '
            'elsewhere "Harbour Post", expected one name',
            'a:2:18 "Harbour Post" here',
        ]
    }


def test_three_places_are_shown_a_name_each_first_and_a_note_counts_all() -> None:
    names = ("Post", "Post", "Post", "The Post", "The Post", "HP", "H. Post", "Harbour P.", "P")
    files = {f"{number}": seed((name, POST)) for number, name in enumerate(names)}
    assert report(files, NAME)["8"] == [
        '2:18-2:21 name "P" for harbourpost.co.uk, '
        'elsewhere "Post", "The Post" or "H. Post", expected one name',
        'note: in all: "Post" in 3 files, "The Post" in 2 files, "H. Post" in 1 file, '
        '"HP" in 1 file, 2 other names',
        '0:2:18 "Post" here',
        '3:2:18 "The Post" here',
        '6:2:18 "H. Post" here',
    ]


def test_places_in_the_file_itself_come_first_and_are_not_shown_twice() -> None:
    files = {
        "a": seed(("Post", POST), ("The Post", POST)),
        "b": seed(("The Post", POST)),
        "c": seed(("Post", POST)),
    }
    assert report(files, NAME)["a"][:4] == [
        '2:18-2:24 name "Post" for harbourpost.co.uk, elsewhere "The Post", expected one name',
        'note: in all: "Post" in 2 files, "The Post" in 2 files',
        'a:4:20 "The Post" here',
        'b:2:18 "The Post" here',
    ]


def test_stray_white_space_gives_way() -> None:
    files = {
        "a": seed(("Harbour  Post", POST)),
        "b": seed(("Harbour Post", POST)),
        "c": seed(("Harbour  Post", POST)),
    }
    found = report(files, NAME)
    assert found["a"][0] == (
        '2:18-2:33 name "Harbour  Post" for harbourpost.co.uk, expected "Harbour Post"'
    )
    assert found["a"][-1] == 'unsafe name it "Harbour Post": 2:18 "Harbour Post"'
    assert found["b"] == []


def test_a_file_with_a_name_in_two_spellings_counts_once_for_it() -> None:
    files = {
        "a": seed(("Harbour  Post", POST), ("Harbour Post", POST)),
        "b": seed(("HP", POST)),
    }
    assert report(files, NAME)["b"][0] == (
        '2:18-2:22 name "HP" for harbourpost.co.uk, elsewhere "Harbour  Post" or "Harbour Post", '
        "expected one name"
    )
    files["c"] = seed(("Harbour\tPost", POST))
    assert report(files, NAME)["b"][0] == (
        '2:18-2:22 name "HP" for harbourpost.co.uk, expected "Harbour Post" as in 1 file'
    )


def test_names_that_look_the_same_are_told_apart_and_count_as_one() -> None:
    files = {
        "a": seed(("H\u00e4fen", POST)),
        "b": seed(("Ha\u0308fen", POST)),
        "c": seed(("H\u00e4fen", POST)),
    }
    # As json.dumps() writes them.
    assert report(files, NAME) == {
        "a": [],
        "b": [
            r'2:18-2:31 name "Ha\u{308}fen" for harbourpost.co.uk, '
            r'expected "H\u{E4}fen" as in 2 files',
            r'a:2:18 "H\u{E4}fen" here',
            r'c:2:18 "H\u{E4}fen" here',
            r'unsafe name it "H\u{E4}fen": 2:18 "H'
            "\u00e4"
            'fen"',
        ],
        "c": [],
    }


def test_one_name_at_several_domains_however_its_accents_are_coded() -> None:
    files = {
        "a": seed(("H\u00e4fen", "h\u00e4fen.example")),
        "b": seed(("Ha\u0308fen", "hafen.example")),
    }
    assert report(files, DOMAIN)["a"][:2] == [
        '2:40-2:53 domain xn--hfen-loa.example (h\u00e4fen.example) for "H\u00e4fen", '
        "elsewhere hafen.example, expected one domain",
        "b:2:41 hafen.example here",
    ]


def test_a_name_that_nobody_writes_without_stray_white_space() -> None:
    files = {"a": seed(("Harbour  Post", POST)), "b": seed((" Harbour Post", POST))}
    found = report(files, NAME)
    assert found["a"][0].endswith('expected "Harbour Post"')
    assert found["b"][0].endswith('expected "Harbour Post"')


@pytest.mark.parametrize(
    "domain",
    [
        "www.harbourpost.co.uk",
        "HarbourPost.co.uk",
        "harbourpost.co.uk.",
        "https://harbourpost.co.uk/",
    ],
)
def test_spellings_of_a_domain_are_one(domain: str) -> None:
    files = {"a": seed(("Harbour Post", domain)), "b": seed(("The Harbour Post", POST))}
    assert all(report(files, NAME).values())


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("Harbour Sports", "sports.harbourpost.co.uk"),  # a subdomain is a site of its own
        ("harbourpost", POST),  # a placeholder
        ("harbourpost.co.uk", POST),
        ("Harbour Post", "harbourpost"),  # no domain
        ("   ", POST),  # no name
        ("P" * 301, POST),
        ("Post", f"https://{'h' * 300}.co.uk"),
    ],
)
def test_what_counts_as_no_name_of_the_domain(name: str, domain: str) -> None:
    files = {"a": seed((name, domain)), "b": seed(("The Harbour Post", POST))}
    assert report(files, NAME) == {"a": [], "b": []}


def test_internationalised_domains_in_both_spellings() -> None:
    files = {"a": seed(("Bücher", "bücher.example")), "b": seed(("Books", "xn--bcher-kva.example"))}
    assert all(report(files, NAME).values())
    files = {"a": seed(("bücher.example", "bücher.example")), "b": seed(("B", "bücher.example"))}
    assert report(files, NAME) == {"a": [], "b": []}


def test_values_that_are_no_text_are_left_alone() -> None:
    block = f"provider: {{name: [a], domain: {POST}}}\nrelated: [{{provider: {{name: 7}}}}]\n"
    files = {"a": block, "b": seed(("Harbour Post", POST))}
    assert report(files, NAME) == {"a": [], "b": []}


def test_nothing_to_say_of_a_consistent_corpus() -> None:
    rule = InconsistentProviderName(Context(NOW, ()))
    assert rule.conclude([("a", [f"{POST} Post"]), ("b", [f"{POST} Post"])]) is None
    assert rule.facts(document("title: Trams\n")) is None


# Names, with a registry.


def test_the_registry_is_right_even_against_all_files() -> None:
    files = {
        "a": seed(("Harbour Post", POST)),
        "b": seed(("Harbour Post", POST)),
        "c": seed(("Post", f"www.{POST}")),
    }
    registry = listed(Provider("The Harbour Post", POST, ("Harbour Post",)))
    found = report(files, NAME, registry)
    assert found["a"] == [
        '2:18-2:32 name "Harbour Post" for harbourpost.co.uk, '
        'expected "The Harbour Post" as in the registry',
        'note: in all: "Harbour Post" in 2 files, "Post" in 1 file',
        'c:2:18 "Post" here',
        'safe name it "The Harbour Post": 2:18 "The Harbour Post"',
    ]
    assert [lines[-1] for lines in found.values()] == [
        'safe name it "The Harbour Post": 2:18 "The Harbour Post"'
    ] * 3


def test_a_single_file_disagrees_with_the_registry() -> None:
    files = {"a": seed(("Harbour Post", POST)), "b": seed(("Tram News", "tram.example"))}
    registry = listed(Provider("The Harbour Post", POST))
    assert report(files, NAME, registry) == {
        "a": [
            '2:18-2:32 name "Harbour Post" for harbourpost.co.uk, '
            'expected "The Harbour Post" as in the registry',
            'safe name it "The Harbour Post": 2:18 "The Harbour Post"',
        ],
        "b": [],
    }


def test_names_of_domains_the_registry_lacks_are_still_compared() -> None:
    files = {"a": seed(("Harbour Post", POST)), "b": seed(("The Harbour Post", POST))}
    assert report(files, NAME, listed(Provider("Tram News", "tram.example"))) == report(files, NAME)


# Domains.


def test_one_name_at_two_domains() -> None:
    files = {
        "a": seed(("The Star", "star.example")),
        "b": seed(("the  star", "www.star.com.my")),
        "c": seed(("Star", "other.example")),
    }
    assert report(files, DOMAIN) == {
        "a": [
            '2:38-2:50 domain star.example for "The Star", elsewhere star.com.my, '
            "expected one domain",
            "b:2:39 star.com.my here",
        ],
        "b": [
            '2:39-2:54 domain star.com.my for "the  star", elsewhere star.example, '
            "expected one domain",
            "a:2:38 star.example here",
        ],
        "c": [],
    }


def test_a_clear_majority_of_domains() -> None:
    files = {
        "a": seed(("The Star", "news.star.example")),
        "b": seed(("The Star", "star.example")),
        "c": seed(("The Star", "star.com.my")),
    }
    assert report(files, DOMAIN) == {
        "a": [],
        "b": [],
        "c": [
            '2:38-2:49 domain star.com.my for "The Star", expected star.example as in 2 files',
            "a:2:38 star.example here",
            "b:2:38 star.example here",
        ],
    }


def test_a_file_counts_once_for_a_domain_with_several_hosts() -> None:
    files = {
        "a": seed(("The Star", "news.star.example"), ("The Star", "star.example")),
        "b": seed(("The Star", "star.com.my")),
    }
    assert all(report(files, DOMAIN).values())


@pytest.mark.parametrize(
    ("name", "domain"),
    [("star", "star.net"), ("star", "co.uk"), ("The Star", "star"), ("The Star", "www.star.org")],
)
def test_what_is_no_second_domain(name: str, domain: str) -> None:
    files = {
        "a": seed((name, domain)),
        "b": seed(("Star", "star.org")),
        "c": seed(("The Star", "star.org")),
    }
    assert report(files, DOMAIN) == {"a": [], "b": [], "c": []}


def test_domains_listed_for_a_name_are_right() -> None:
    files = {
        "a": seed(("The Star", "star.example")),
        "b": seed(("The Star", "star.com.my")),
        "c": seed(("The Star", "tsar.example")),
    }
    registry = listed(
        Provider("The Star", "star.example"), Provider("Star Media", "star.com.my", ("The Star",))
    )
    assert report(files, DOMAIN, registry) == {
        "a": [],
        "b": [],
        "c": [
            '2:38-2:50 domain tsar.example for "The Star", '
            "expected star.example or star.com.my as in the registry",
            "b:2:38 star.com.my here",
            "a:2:38 star.example here",
        ],
    }


def test_a_single_file_has_another_domain_than_the_registry() -> None:
    files = {"a": seed(("THE STAR", "tsar.example"))}
    assert report(files, DOMAIN, listed(Provider("The Star", "star.example"))) == {
        "a": [
            '2:38-2:50 domain tsar.example for "THE STAR", expected star.example as in the registry'
        ]
    }


def test_a_listed_domain_under_a_wrong_name_is_the_matter_of_the_name() -> None:
    files = {"a": seed(("The Star", "tram.example")), "b": seed(("The Star", "star.example"))}
    registry = listed(Provider("Tram News", "tram.example"))
    assert report(files, DOMAIN, registry) == {"a": [], "b": []}
    assert [len(lines) for lines in report(files, NAME, registry).values()] == [2, 0]


# Unknown providers.


def unknown(block: str, registry: Registry | None) -> list[str]:
    rule: DocumentRule[Any] = UnknownProvider(Context(NOW, (), registry))
    given = replace(profile('select = ["unknown-provider"]'), rules=(rule,))
    result = check_bytes(fenced(block).encode(), "seed.txt", given, named=True)
    return [line for item in result.diagnostics for line in (concise(item), *item.notes)]


def test_unknown_providers() -> None:
    registry = listed(
        Provider("Harbour Post", POST), Provider("The Star", "star.example", ("Star",))
    )
    block = seed(
        ("Post", POST), ("Post", f"www.{POST}"), ("Post", f"news.{POST}"), ("star", "tsar.example")
    )
    assert unknown(block, registry) == [
        "5:36-5:58 info unknown-provider domain news.harbourpost.co.uk is not in the registry, "
        "expected a listed provider",
        "6:36-6:48 info unknown-provider domain tsar.example is not in the registry, "
        "expected a listed provider",
        'the registry has "Star" at star.example',
    ]


def test_what_is_no_domain_is_not_unknown() -> None:
    block = "provider: {name: Post, domain: post}\nrelated:\n- provider: {domain: [a]}\n"
    assert unknown(block, listed()) == []


def test_a_provider_without_a_name_may_be_unknown() -> None:
    assert unknown("provider: {domain: a.example}\n", listed()) == [
        "2:20-2:29 info unknown-provider domain a.example is not in the registry, "
        "expected a listed provider"
    ]


def test_without_a_registry_nothing_is_unknown() -> None:
    assert unknown(seed(("Post", POST)), None) == []


def test_unknown_provider_is_off_by_default() -> None:
    assert not profile().is_active("unknown-provider")
    assert profile().is_active(NAME)
    assert profile().is_active(DOMAIN)


# What these rest on.


def document(block: str) -> Document:
    (check,) = read_all([Check(Input(fenced(block).encode(), "a", profile(), True, "a"))])
    return check.document


def test_facts_are_small_and_each_stands_once() -> None:
    block = seed(("Post", POST), ("Post", f"www.{POST}"), ("post", POST), ("7", "x"))
    assert sorted(provider_facts(document(block))) == [
        "harbourpost.co.uk Post",
        "harbourpost.co.uk post",
    ]


_TWO_KEYS: dict[str, Any] = {
    "properties": {
        "by": {
            "x-role": "provider",
            "properties": {
                "label": {"x-role": "provider-name"},
                "name": {"x-role": "provider-name"},
                "site": {"x-role": "provider-domain"},
                "domain": {"x-role": "provider-domain"},
            },
        }
    }
}


@pytest.mark.parametrize(
    "by",
    [
        {"name": "A", "domain": "a.example"},
        {"name": "A", "label": "B", "domain": "a.example"},
        {"name": "A", "site": "b.example", "domain": "a.example"},
        {"name": "A", "site": 7, "domain": "a.example"},
        {"name": ["A"], "domain": "a.example"},
        {"name": "A"},
        {"domain": "a.example"},
    ],
)
def test_quick_facts_are_those_that_stand_in_the_document(by: dict[str, Any]) -> None:
    given = Document("", {"by": by}, Contract(_TWO_KEYS), lambda: None)
    assert provider_facts(given) == list(provider_places(given))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, None),
        ({"a": 1}, "a"),
        ({"a": 1, "b": 1}, None),
        ({"a": 3, "b": 2}, None),
        ({"a": 1, "b": 2}, "b"),
        ({"a": 2, "b": 1, "c": 1}, "a"),
        ({"a": 4, "b": 3, "c": 1}, None),
    ],
)
def test_a_majority_is_clear_at_twice_the_next(
    counts: dict[str, int], expected: str | None
) -> None:
    assert prevailing(counts) == expected


@pytest.mark.parametrize(
    ("domain", "key"),
    [
        ("harbourpost.co.uk", "harbourpost.co.uk"),
        ("https://www.HarbourPost.co.uk./x", "harbourpost.co.uk"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("www.com", "www.com"),
        ("harbourpost", ""),
        ("a b.example", ""),
        (f"{'a.' * 127}de", ""),
        (f"a.example/{'x' * 300}", ""),
    ],
)
def test_keys_of_domains(domain: str, key: str) -> None:
    assert domain_key(domain) == key


def test_conclusions_survive_the_cache() -> None:
    rule = InconsistentProviderName(Context(NOW, ()))
    corpus: list[Any] = [("a", [f"{POST} Post"]), ("b", [f"{POST} The Post"])]
    conclusion = rule.conclude(corpus)
    assert json.loads(json.dumps(conclusion)) == conclusion
    relevant = rule.relevant("a", corpus[0][1], conclusion)
    assert relevant == conclusion
    assert set(rule.mentions(relevant)) == {"a", "b"}
    assert rule.relevant("c", ["tram.example Tram News"], conclusion) is None


def test_a_conclusion_stays_small_whatever_a_corpus_holds() -> None:
    rule = InconsistentProviderName(Context(NOW, ()))
    corpus: list[Any] = [(f"{number:05}", [f"{POST} Post {number}"]) for number in range(5000)]
    assert rule.conclude(corpus) == {
        POST: [
            [],
            False,
            [[f"Post {number}", 1, [f"{number:05}"]] for number in (0, 1, 10, 100)],
            4996,
            5000,
        ]
    }


def test_the_fixes_are_the_declared_ones() -> None:
    assert InconsistentProviderName.fixes == (Applicability.SAFE, Applicability.UNSAFE)
    assert InconsistentProviderDomain.fixes == UnknownProvider.fixes == ()


@pytest.mark.skipif(not REAL_SEEDS.is_dir(), reason="no real seed files here")
def test_the_real_seeds() -> None:
    files = {path.name: path.read_text().split("---\n")[1] for path in REAL_SEEDS.iterdir()}
    found = {
        file[:3]: [
            (concise(item), [(place.file[:3], place.span.line) for place in item.related])
            for item in items
        ]
        for file, items in together(files, NAME).items()
        if items
    }
    assert found == {
        "003": [
            (
                '13:9-13:20 warning inconsistent-provider-name name "Independent" for '
                'independent.co.uk, elsewhere "The Independent", expected one name',
                [("004", 13)],
            )
        ],
        "004": [
            (
                '13:9-13:24 warning inconsistent-provider-name name "The Independent" for '
                'independent.co.uk, elsewhere "Independent", expected one name',
                [("003", 13)],
            )
        ],
    }
    assert not any(together(files, DOMAIN).values())
