"""The engine: one cause, one diagnostic; overrides, ignores, places, real seeds."""

from __future__ import annotations

from typing import Any

import pytest

from seedlint.rule import all_rules
from tests.support import REAL_SEEDS, SEED, check, concise, fenced, found


def test_a_clean_seed_is_clean() -> None:
    assert found(fenced(SEED)) == []


def test_the_schema_is_silent_where_a_selected_rule_claims_the_keyword() -> None:
    broken = fenced(SEED.replace("2020-02-03T04:05:06Z", "2020-02-30T04:05:06Z"))
    assert [line.split()[2] for line in found(broken)] == ["timestamp-format"]
    assert [line.split()[2] for line in found(broken, 'ignore = ["timestamp-format"]')] == [
        "schema-format"
    ]


def test_a_rule_is_silent_on_what_the_schema_rejects() -> None:
    broken = fenced(SEED + "quality: no\n")
    assert found(broken) == ['11:10-11:12 error schema-type expected a number, found the text "no"']


def test_an_ignored_schema_error_does_not_silence_a_rule() -> None:
    broken = fenced(SEED + "quality: no\n")
    assert [line.split()[2] for line in found(broken, 'ignore = ["schema-type"]')] == [
        "ambiguous-scalar"
    ]


def test_severities_and_options_per_rule_and_per_file() -> None:
    text = fenced(SEED.replace("name: Harbour Times", "name: harbour-times.com"))
    assert found(text)[0].split()[1:3] == ["warning", "provider-name-placeholder"]
    settings = '[rules.provider-name-placeholder]\nseverity = "error"'
    assert found(text, settings)[0].split()[1] == "error"
    override = (
        '[[overrides]]\nfiles = ["seed.txt"]\n'
        '[overrides.rules.provider-name-placeholder]\nseverity = "info"'
    )
    assert found(text, f"{settings}\n{override}")[0].split()[1] == "info"
    elsewhere = override.replace("seed.txt", "other/**")
    assert found(text, f"{settings}\n{elsewhere}")[0].split()[1] == "error"


def test_the_severity_of_the_schema_family() -> None:
    text = fenced(SEED + "quality: high\n")
    assert found(text, '[rules.schema]\nseverity = "warning"')[0].split()[1] == "warning"
    both = '[rules.schema]\nseverity = "warning"\n[rules.schema-type]\nseverity = "info"'
    assert found(text, both)[0].split()[1] == "info"


def test_overrides_by_json_pointer() -> None:
    related = (
        "related:\n  - title: A &amp; B\n    publishedDateTime: 2020-02-03T04:05:06Z\n"
        "    webUrl: https://www.tram-times.com/a\n    type: article\n"
        "    provider: {name: Tram Times, domain: tram-times.com}\n"
    )
    text = fenced(SEED.replace("title: Ferries", "title: Tea &amp; ferries") + related)
    assert [line.split()[0] for line in found(text, 'select = ["html-entity"]')] == [
        "3:8-3:51",
        "12:12-12:21",
    ]
    settings = (
        'select = ["html-entity"]\n[[overrides]]\npointers = ["/related/*/title"]\n'
        'ignore = ["html-entity"]\n[[overrides]]\npointers = ["/title"]\n'
        '[overrides.rules.html-entity]\nseverity = "error"'
    )
    assert [line.split()[:3] for line in found(text, settings)] == [
        ["3:8-3:51", "error", "html-entity"]
    ]


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ('select = ["html-entity"]', ["html-entity"]),
        ('select = ["html"]', ["html-entity"]),
        ('ignore = ["html"]', ["duplicate-topic", "text-whitespace"]),
        (
            'select = ["duplicate"]\nextend-select = ["text"]',
            ["duplicate-topic", "text-whitespace"],
        ),
        ('select = ["html", "duplicate"]\nignore = ["duplicate-topic"]', ["html-entity"]),
        (
            'ignore = ["all"]\nextend-select = ["html-entity", "duplicate"]',
            ["duplicate-topic", "html-entity"],
        ),
    ],
)
def test_selection(settings: str, names: list[str]) -> None:
    title = "Ferries return to the old harbour"
    text = fenced(SEED.replace(title, '"Ferries  &amp; trams"') + "topics: [a, a]\n")
    assert sorted({line.split()[2] for line in found(text, settings)}) == names


def test_the_name_of_a_rule_does_not_mean_those_that_begin_with_it() -> None:
    text = fenced(SEED.replace("domain: harbour", "domain: www.harbour"))
    assert [line.split()[2] for line in found(text, 'ignore = ["provider-domain"]')] == [
        "provider-domain-form"
    ]


def test_ignores_count_and_those_of_crashes_do_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    text = fenced("# seedlint: ignore-file[internal-error, html-entity]\ntitle: '&amp;'\n")
    result = check(text, 'select = ["html-entity"]')
    assert (result.diagnostics, result.suppressed) == ((), 1)

    def crash(self: Any, document: Any) -> Any:
        raise KeyError("boom")

    monkeypatch.setattr(all_rules()["html-entity"], "check", crash)
    (diagnostic,) = check(text, 'select = ["html-entity"]').diagnostics
    assert (diagnostic.rule, diagnostic.message) == (
        "internal-error",
        "the rule \"html-entity\" crashed: KeyError: 'boom'",
    )
    assert "--ignore html-entity" in diagnostic.notes[0]


def test_what_only_yaml_1_2_can_read_is_still_located() -> None:
    assert found(fenced(SEED + "x: {k:1}\n")) == [
        '11:1-11:2 error schema-additional-properties unknown key "x"'
    ]


def test_what_cannot_be_located_keeps_its_verdict() -> None:
    # A key over two lines in flow style: yaml-rs reads it, neither located parser does.
    assert found(fenced(SEED + "x: {'a\n b': 1}\n")) == [
        '1:1-1:4 error schema-additional-properties unknown key "x"'
    ]


def test_what_aliases_repeat_is_said_once() -> None:
    block = (
        "provider: &p {name: A, domain: www.a.com}\nrelated:\n  - provider: *p\n  - provider: *p\n"
    )
    assert found(fenced(block), 'select = ["provider-domain-form"]') == [
        '2:32-2:41 warning provider-domain-form domain "www.a.com" is not bare, expected "a.com"'
    ]


def test_an_entry_that_is_an_alias_of_another_is_told_apart_by_the_alias() -> None:
    block = "related:\n  - &r {webUrl: https://a.com/b}\n  - *r\n"
    (diagnostic,) = check(fenced(block), 'select = ["duplicate-related"]').diagnostics
    assert concise(diagnostic).startswith("4:5-4:7 error duplicate-related ")
    assert diagnostic.related[0].span.line == 3


def test_a_key_that_is_an_alias_is_located() -> None:
    block = "title: &k type\n*k : artcle\n"
    assert found(fenced(block), 'select = ["schema-enum"]') == [
        '3:6-3:12 error schema-enum expected "article" or "video", found the text "artcle"; '
        'did you mean "article"?'
    ]


def test_many_diagnostics_on_one_line_share_its_text() -> None:
    block = "topics: [" + ", ".join(["a"] * 300) + "]\n"
    diagnostics = check(fenced(block), 'select = ["duplicate-topic"]').diagnostics
    assert len(diagnostics) == 299
    assert len({id(diagnostic.place.line_text) for diagnostic in diagnostics}) == 1


if REAL_SEEDS.is_dir():

    def test_the_real_seeds_have_exactly_their_known_warnings() -> None:
        lines = [
            f"{path.name[:3]}:{line}"
            for path in sorted(REAL_SEEDS.glob("*.txt"))
            for line in found(path.read_bytes(), file=path.name)
        ]
        shown = [[*line.split(":")[:2], *line.split()[1:3]] for line in lines]
        assert shown == [
            ["000", "55", "warning", "near-duplicate-related"],
            ["002", "113", "warning", "provider-name-placeholder"],
            ["002", "142", "warning", "near-duplicate-related"],
            ["002", "157", "warning", "provider-name-placeholder"],
            ["003", "6", "warning", "deprecated-key"],
            ["003", "30", "warning", "deprecated-key"],
            ["003", "31", "warning", "deprecated-key"],
            ["003", "32", "warning", "deprecated-key"],
            ["004", "79", "warning", "provider-domain-form"],
            ["004", "121", "warning", "provider-name-placeholder"],
        ]
