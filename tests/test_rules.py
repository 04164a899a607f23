"""Every rule does what its fixture in ``tests/rules`` shows, and nothing else does it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from seedlint import check, refusal
from seedlint.config import parse_settings
from seedlint.edits import Editor
from seedlint.profile import Profiles
from seedlint.rule import (
    ConfigurableRule,
    CorpusRule,
    EngineRule,
    ReadingRule,
    Rule,
    all_rules,
)
from seedlint.testing import NOW, applicabilities, problems_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document
    from seedlint.reading import Unreadable

ROOT = Path(__file__).parent.parent
FIXTURES = {
    path.stem.replace("_", "-"): path for path in sorted(Path(__file__).parent.glob("rules/*.md"))
}

# No content makes a rule crash: test_a_crash_is_an_internal_error stands in for a fixture.
WITHOUT_FIXTURE = {"internal-error"}

SEED_FIELDS = (
    "webUrl",
    "ampWebUrl",
    "cdnAmpWebUrl",
    "sourceUrl",
    "ampUrl",
    "cdnAmpUrl",
    "publishedDateTime",
    "originalUrl",
    "isCached",
    "featuredContent",
    "secured",
)


def rules_of(kind: type[Rule]) -> list[str]:
    return [name for name, rule in all_rules().items() if issubclass(rule, kind)]


def nothing(self: object, *given: object) -> Iterator[object]:
    return iter(())


def none(self: object, *given: object) -> None:
    return None


def test_every_rule_has_a_fixture_and_every_fixture_a_rule() -> None:
    assert set(FIXTURES) == set(all_rules()) - WITHOUT_FIXTURE


@pytest.mark.parametrize("fixture", FIXTURES.values(), ids=FIXTURES)
def test_fixture(fixture: Path) -> None:
    problems = list(problems_with(fixture))
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("name", rules_of(ConfigurableRule))
def test_without_its_check_a_rule_fails_its_fixture(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(all_rules()[name], "check", nothing)
    assert any(problems_with(FIXTURES[name]))


@pytest.mark.parametrize("step", ["facts", "conclude", "relevant"])
@pytest.mark.parametrize("name", rules_of(CorpusRule))
def test_without_a_step_a_corpus_rule_fails_its_fixture(
    name: str, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(all_rules()[name], step, none)
    assert any(problems_with(FIXTURES[name]))


@pytest.mark.parametrize("name", rules_of(CorpusRule))
def test_the_fixture_of_a_corpus_rule_points_at_other_files(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(all_rules()[name], "mentions", nothing)
    assert any("does not mention it" in problem for problem in problems_with(FIXTURES[name]))


@pytest.mark.parametrize("name", rules_of(ReadingRule))
def test_without_its_obstacle_a_reading_rule_fails_its_fixture(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals = refusal.refusals

    def without_the_rule(error: Unreadable, *rest: object) -> tuple[object, ...]:
        found = refusals(error, *rest)  # type: ignore[arg-type]
        return tuple(diagnostic for diagnostic in found if diagnostic.rule != name)

    monkeypatch.setattr(refusal, "refusals", without_the_rule)
    assert any(problems_with(FIXTURES[name]))


@pytest.mark.parametrize("fixture", FIXTURES.values(), ids=FIXTURES)
def test_a_rule_offers_the_kinds_of_fix_it_announces(fixture: Path) -> None:
    offered = applicabilities(fixture)
    name = fixture.stem.replace("_", "-")
    assert offered.pop(name, set()) == set(all_rules()[name].fixes)
    for other, kinds in offered.items():
        assert kinds <= set(all_rules()[other].fixes)


def test_a_crash_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(self: object, document: Document) -> Iterator[object]:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(all_rules()["duplicate-topic"], "check", crash)
    settings = parse_settings('select = ["duplicate-topic"]', ROOT / "seedlint.toml")
    profile = Profiles(settings, NOW).of("seed.txt")
    (found,) = check.check_bytes(b"---\ntopics: [AI, AI]\n---\n", "seed.txt", profile).diagnostics
    assert found.rule in rules_of(EngineRule)
    assert found.message == (
        'the rule "duplicate-topic" crashed: ZeroDivisionError: division by zero'
    )


def test_a_crash_over_a_fix_is_one_too_and_what_was_found_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def crash(self: object, changes: object) -> object:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(Editor, "edits", crash)
    settings = parse_settings('select = ["duplicate-topic"]', ROOT / "seedlint.toml")
    profile = Profiles(settings, NOW).of("seed.txt")
    found = check.check_bytes(b"---\ntopics: [AI, AI]\n---\n", "seed.txt", profile).diagnostics
    assert [(each.rule, each.fix) for each in found] == [
        ("internal-error", None),
        ("duplicate-topic", None),
    ]
    assert found[0].message == (
        'the rule "duplicate-topic" crashed: ZeroDivisionError: division by zero'
    )


@pytest.mark.parametrize("field", SEED_FIELDS)
def test_no_seed_field_name_occurs_in_the_code(field: str) -> None:
    code = (path for path in (ROOT / "seedlint").rglob("*") if path.suffix in (".py", ".typed"))
    named = [str(path) for path in code if field in path.read_text(encoding="utf-8")]
    assert not named
