"""Only what a change brings."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from seedlint.diagnostic import Diagnostic, Place, Severity, Span
from seedlint.newonly import new_diagnostics
from tests.git_support import UNKNOWN, Repository, changing, check, found, seed

RULE = "schema-additional-properties"
NEW = ("--since", "main", "--new-only")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    return changing(tmp_path / "repository", monkeypatch)


def test_what_was_there_is_not_new_wherever_it_stands(repository: Repository) -> None:
    repository.commit(a=seed(0, "# a comment", UNKNOWN), b=seed(1, UNKNOWN, "othr: 1"))
    assert found("--since", "main") == [f"a.md:12 {RULE}", f"b.md:11 {RULE}", f"b.md:12 {RULE}"]
    assert found(*NEW) == [f"b.md:12 {RULE}"]
    assert check(*NEW, "a.md")[::2] == (0, "Nothing new: 1 file checked (1 known)\n")


def test_a_new_file_brings_all_that_is_in_it(repository: Repository) -> None:
    repository.commit(e=seed(4, UNKNOWN))
    repository.write("f.md", seed(5, UNKNOWN))
    assert found(*NEW) == [f"e.md:11 {RULE}", f"f.md:11 {RULE}"]


def test_another_value_is_new(repository: Repository) -> None:
    repository.commit(a=seed(0).replace("type: article", "type: storey"))
    repository.git("branch", "-f", "main")
    repository.commit(a=seed(0).replace("type: article", "type:   storey  # still"))
    assert found("--since", "main") == ["a.md:7 schema-enum"]
    assert found(*NEW) == []
    repository.commit(a=seed(0).replace("type: article", "type: stori"))
    assert found(*NEW) == ["a.md:7 schema-enum"]


def test_of_several_alike_the_new_one_is_shown(repository: Repository) -> None:
    only = ("--select", "schema-enum")

    def entries(*titles: str) -> str:
        lines = (f"  - title: {title}\n    type: storey" for title in titles)
        return seed(0, "related:", *lines)

    repository.commit(a=entries("Trams", "Bridges"))
    repository.git("branch", "-f", "main")
    repository.commit(a=entries("Bridges", "Trams"))
    assert found(*NEW, *only) == []
    three = entries("Boats", "Trams", "Bridges")
    repository.commit(a=three.replace("Trams\n    type: storey", "Trams\n    type: storey  # x"))
    assert found("--since", "main", *only) == [f"a.md:{line} schema-enum" for line in (13, 15, 17)]
    # Nothing tells the three apart but that the last line was there before.
    assert found(*NEW, *only) == ["a.md:15 schema-enum"]


def test_a_file_that_cannot_be_read_any_more(repository: Repository) -> None:
    repository.commit(a=seed(0, "x: [", UNKNOWN))
    (line,) = found(*NEW)
    assert line.endswith("yaml-syntax")
    repository.git("branch", "-f", "main")
    repository.commit(a=seed(0, "x: [", UNKNOWN, "more: 1"))
    assert found(*NEW) == []
    repository.commit(a=seed(0, UNKNOWN))
    assert found(*NEW) == [f"a.md:11 {RULE}"]


def test_a_crash_is_no_news_but_is_shown(repository: Repository) -> None:
    place = Place("a.md", Span(1, 1, 1, 1), "---")
    crash = Diagnostic("internal-error", Severity.ERROR, place, "", "it crashed", fingerprint="1")
    other = crash._replace(rule="html-entity", fingerprint="2")
    assert list(new_diagnostics([crash, other], [crash, other])) == [crash]


# Renames


def test_a_renamed_file_brings_nothing(repository: Repository) -> None:
    (repository.folder / "sub").mkdir()
    repository.git("mv", "a.md", "sub/ä b.md")
    repository.write("sub/ä b.md", seed(0, "# edited", UNKNOWN))
    repository.commit()
    assert found(*NEW) == []
    repository.write("sub/ä b.md", seed(0, "# edited", UNKNOWN, "othr: 1"))
    assert found(*NEW) == [f"sub/ä b.md:13 {RULE}"]


def test_names_that_were_swapped(repository: Repository) -> None:
    repository.commit(a=seed(0, "othr: 1"))
    repository.git("branch", "-f", "main")
    for old, new in (("a.md", "x"), ("b.md", "a.md"), ("x", "b.md")):
        repository.git("mv", old, new)
    repository.commit()
    # git sees two files that changed: either has got what it had not.
    assert found(*NEW) == [f"a.md:11 {RULE}", f"b.md:11 {RULE}"]


def test_a_move_git_was_not_told_of(repository: Repository) -> None:
    (repository.folder / "a.md").rename(repository.folder / "z.md")
    assert found("--since", "main") == [f"z.md:11 {RULE}"]
    assert found(*NEW) == []
    repository.write("z.md", seed(0, UNKNOWN, "othr: 1"))
    assert found(*NEW) == [f"z.md:11 {RULE}", f"z.md:12 {RULE}"]


def test_a_draft_that_is_published_brings_what_is_wrong_in_it(repository: Repository) -> None:
    repository.write("seedlint.toml", 'exclude = ["drafts"]\n')
    repository.commit(**{"drafts/e": seed(4, UNKNOWN)})
    repository.git("branch", "-f", "main")
    repository.git("mv", "drafts/e.md", "e.md")
    assert found(*NEW) == [f"e.md:11 {RULE}"]


def test_only_the_new_name_is_asked_about(repository: Repository) -> None:
    (repository.folder / "sub").mkdir()
    repository.git("mv", "a.md", "sub/e.md")
    assert found("sub/e.md", "--since", "main") == [f"sub/e.md:11 {RULE}"]
    repository.write("seedlint.toml", "")
    assert found("sub/e.md", *NEW) == []


def test_what_was_there_may_lie_deep(repository: Repository) -> None:
    tree = repository.git("rev-parse", "HEAD^{tree}").strip()
    for _ in range(1500):
        tree = repository.git("mktree", given=f"040000 tree {tree}\ta\n").strip()
    commit = repository.git("commit-tree", "-m", "Deep", "-p", "HEAD", tree).strip()
    repository.git("update-ref", "refs/heads/change", commit)
    repository.write("e.md", seed(4, UNKNOWN))
    assert found("--since", "HEAD", "--new-only", "e.md", ".") == [f"e.md:11 {RULE}"]


# Other files


def test_what_a_change_causes_across_files(repository: Repository) -> None:
    only = ("--select", "duplicate-entry")
    repository.commit(a=seed(0), b=seed(1), c=seed(1), d=seed(3))
    repository.git("branch", "-f", "main")
    # b.md was one of two for a page before; d.md becomes one.
    repository.commit(b=seed(1, "# edited"), d=seed(0, "# edited"))
    assert found(*only) == [f"{name}.md:6 duplicate-entry" for name in "abcd"]
    assert found("--since", "main", *only) == ["b.md:6 duplicate-entry", "d.md:6 duplicate-entry"]
    assert found(*NEW, *only) == ["d.md:6 duplicate-entry"]
    assert found("--staged", "--new-only", *only) == []


def test_a_renamed_file_is_not_the_double_of_itself(repository: Repository) -> None:
    only = ("--select", "duplicate-entry")
    repository.commit(a=seed(0), e=seed(0))
    repository.git("branch", "-f", "main")
    repository.git("mv", "a.md", "z.md")
    assert found("--since", "main", *only) == ["z.md:6 duplicate-entry"]
    assert found(*NEW, *only) == []
    repository.write("e.md", seed(4))
    assert found(*NEW, *only) == []


def test_what_goes_away_can_bring_something(repository: Repository) -> None:
    ignored = seed(1).replace("webUrl:", "# seedlint: ignore[duplicate-entry] on purpose\nwebUrl:")
    repository.commit(a=seed(0), b=seed(1), c=ignored, d=seed(3))
    repository.git("branch", "-f", "main")
    assert found() == ["b.md:6 duplicate-entry"]
    (repository.folder / "b.md").unlink()
    repository.write("c.md", ignored + "More.\n")
    repository.commit()
    assert found(*NEW) == ["c.md:6 unused-ignore"]


def test_staged(repository: Repository) -> None:
    repository.write("a.md", seed(0, UNKNOWN, "othr: 1"))
    repository.git("add", "a.md")
    repository.write("a.md", seed(0, UNKNOWN, "othr: 1", "third: 1"))
    assert found("--staged", "--new-only") == [f"a.md:12 {RULE}"]
    assert found("--since", "HEAD", "--new-only") == [f"a.md:12 {RULE}", f"a.md:13 {RULE}"]


@pytest.mark.parametrize("cache", [(), ("--no-cache",)])
def test_the_past_leaves_no_trace_in_the_cache(
    repository: Repository, cache: tuple[str, ...]
) -> None:
    only = ("--select", "duplicate-entry", *cache)
    repository.commit(e=seed(0, "# the double of a.md"))
    for _ in range(2):
        assert found(*NEW, *only) == ["e.md:6 duplicate-entry"]
        assert found(*only) == ["a.md:6 duplicate-entry", "e.md:6 duplicate-entry"]


@pytest.mark.parametrize("start", range(3))
def test_new_is_what_the_state_before_did_not_have(repository: Repository, start: int) -> None:
    """By definition, compared with two runs over whole checkouts."""
    dice = Random(start)
    defects = ("publishd: true", "othr: 1", "topics: [Boats, Boats]", "quality: none", "x: [")

    def some() -> str:
        return seed(dice.randrange(3), *dice.sample(defects, dice.randrange(3)))

    repository.commit(**{name: some() for name in "abcdef"})
    repository.git("branch", "-f", "main")
    before = _by_file()
    for _ in range(4):
        name = dice.choice("abcdefgh")
        if dice.random() < 0.2:
            (repository.folder / f"{name}.md").unlink(missing_ok=True)
        else:
            repository.write(f"{name}.md", some())
    now = _by_file()
    changed = {line[3:] for line in repository.git("status", "--porcelain", "-uall").splitlines()}
    expected: list[str] = []
    for file in sorted(changed & now.keys()):
        for place, rule, rest in now[file]:
            if not any((rule, rest) == (known, words) for _, known, words in before.get(file, [])):
                expected.append(f"{place} {rule}")
    assert found(*NEW) == expected


def _by_file() -> dict[str, list[tuple[str, str, str]]]:
    by_file: dict[str, list[tuple[str, str, str]]] = {}
    for line in check("-q")[1].splitlines():
        place, _, rest = line.partition(": ")
        file, number, _ = place.split(":")
        _, rule, words = rest.split(" ", 2)
        by_file.setdefault(file, []).append((f"{file}:{number}", rule, words))
    return by_file
