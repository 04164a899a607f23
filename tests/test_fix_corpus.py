"""Fixing what corpus rules find, from the command line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.check import FileResult, Input, check_batch
from seedlint.config import parse_settings
from seedlint.corpus import Together, together
from seedlint.diagnostic import Applicability
from seedlint.fixing import fix_input
from seedlint.profile import Profiles
from tests.support import NOW, fenced
from tests.test_fix_command import run

SELECT = ("--isolated", "--select", "inconsistent-provider-name", "-o", "concise")
NAMES = {"a.md": "Harbour", "b.md": "Hafen", "c.md": "Harbour", "d.md": "harbour "}


def provider(name: str, comment: str) -> bytes:
    return fenced(f"provider: {{name: '{name}', domain: harbour.example}} # {comment}\n").encode()


BEFORE = {file: provider(name, name) for file, name in NAMES.items()}
AFTER = {file: provider("Harbour", name) for file, name in NAMES.items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file, content in BEFORE.items():
        (tmp_path / file).write_bytes(content)
    return tmp_path


@pytest.fixture(params=[(), ("--no-cache",)], ids=["cache", "no cache"])
def options(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The options of all runs."""
    return (*SELECT, *request.param)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.md")}


def test_only_the_files_that_were_asked_for_are_fixed(
    folder: Path, options: tuple[str, ...]
) -> None:
    code, out, err = run(*options, "--fix", "--unsafe-fixes", "b.md", cwd=folder)
    assert (code, out, err) == (0, b"", "All clean: 1 file checked\n1 fixed in 1 file\n")
    assert contents(folder) == {**BEFORE, "b.md": AFTER["b.md"]}


def test_what_is_fixed_stays_so(folder: Path, options: tuple[str, ...]) -> None:
    code, out, err = run(*options, "--fix", "--unsafe-fixes", cwd=folder)
    assert (code, out, err) == (0, b"", "All clean: 4 files checked\n2 fixed in 2 files\n")
    assert contents(folder) == AFTER
    code, out, err = run(*options, cwd=folder)
    assert (code, out, err) == (0, b"", "All clean: 4 files checked\n")


def test_an_unsafe_fix_waits_to_be_wanted(folder: Path, options: tuple[str, ...]) -> None:
    code, out, _ = run(*options, "--fix", "b.md", "c.md", cwd=folder)
    assert (code, out.decode()) == (
        0,
        "b.md:2:18: warning inconsistent-provider-name "
        'name "Hafen" for harbour.example, expected "Harbour" as in 2 files\n',
    )
    assert contents(folder) == BEFORE


def test_a_diff_writes_nothing(folder: Path, options: tuple[str, ...]) -> None:
    code, out, _ = run(*options, "--diff", "--unsafe-fixes", "b.md", cwd=folder)
    assert code == 1
    assert out.decode().splitlines()[4:] == [
        " ---",
        f"-{BEFORE['b.md'].splitlines()[1].decode()}",
        f"+{AFTER['b.md'].splitlines()[1].decode()}",
        " ---",
    ]
    assert contents(folder) == BEFORE


def test_what_remains_is_said_in_the_light_of_all_fixes(
    folder: Path, options: tuple[str, ...]
) -> None:
    """Its name was another file's until that was fixed."""
    (folder / "e.md").write_bytes(provider("Hafen", "e").replace(b"harbour.", b"hafen."))
    select = ("--extend-select", "inconsistent-provider-domain")
    _, out, _ = run(*options, *select, "e.md", cwd=folder)
    assert out.decode() == (
        "e.md:2:35: warning inconsistent-provider-domain "
        'domain hafen.example for "Hafen", elsewhere harbour.example, expected one domain\n'
    )
    code, out, err = run(*options, *select, "--fix", "--unsafe-fixes", cwd=folder)
    assert (code, out, err) == (0, b"", "All clean: 5 files checked\n2 fixed in 2 files\n")


def test_standard_input_has_no_corpus(folder: Path, options: tuple[str, ...]) -> None:
    ignored = BEFORE["b.md"].replace(b"Hafen\n", b"seedlint: ignore[inconsistent-provider-name]\n")
    options = (*options, "--extend-select", "unused-ignore", "--fix", "--unsafe-fixes", "-")
    code, out, _ = run(*options, cwd=folder, stdin=ignored)
    assert (code, out) == (0, ignored)


DOMAINS = st.sampled_from(["harbour.example", "www.harbour.example", "tram.example"])
# None with white space around: when that goes, other names may prevail, which takes another run.
NAMES_OF = st.sampled_from(["Harbour", "The Harbour", "harbour", "Harb\u00f6r", "港"])
TOPICS = st.sampled_from(["Ferry", "ferry", "Ferries", "ferries", "e-ferry", "EFerry", "Tram", ""])
ENTRY = {
    "provider": st.fixed_dictionaries({"name": NAMES_OF, "domain": DOMAINS}),
    "topics": st.lists(TOPICS, max_size=4),
    "webUrl": st.sampled_from(["https://a.example/1", "https://a.example/1?utm_source=x"]),
    "title": st.sampled_from(["Bridge", "Bridge &amp; ferry", "Bridge & ferry"]),
}
DATA = st.fixed_dictionaries(
    {},
    optional={
        **ENTRY,
        "related": st.lists(st.fixed_dictionaries({}, optional=ENTRY), max_size=2),
    },
)
SETTINGS = st.sampled_from(["", 'topics = ["ferry"]', 'topics = ["Ferries", "EFerry"]'])
RULES = "select = ['all']\nignore = ['key-order', 'schema', 'duplicate', 'near-duplicate']\n"


def corpus_of(contents: Sequence[bytes], profiles: Profiles) -> Together:
    names = [f"{number}.md" for number in range(len(contents))]
    inputs = [
        Input(content, name, profiles.of(name), True, name)
        for name, content in zip(names, contents, strict=True)
    ]
    return together(inputs, profiles.corpus_rules)


def fixed_once(contents: Sequence[bytes], profiles: Profiles) -> list[bytes]:
    """The contents after one run that fixes; what it leaves must be what it says."""
    corpus = corpus_of(contents, profiles)
    before = check_batch(corpus.inputs, corpus.part)
    fixed = [
        fix_input(each, lambda *_: True, corpus.part, result)
        for each, result in zip(corpus.inputs, before, strict=True)
    ]
    assert [each.left_out for each in fixed] == [()] * len(fixed)
    assert [each.unsettled for each in fixed] == [()] * len(fixed)
    return [each.raw for each in fixed]


def applicable(results: Sequence[FileResult]) -> list[str]:
    return [
        f"{each.place.file}:{each.place.span.line}: {each.message}"
        for result in results
        for each in result.diagnostics
        if each.fix is not None and each.fix.applicability is not Applicability.DISPLAY
    ]


@settings(max_examples=300, deadline=None)
@given(st.lists(DATA, min_size=1, max_size=6), SETTINGS)
def test_one_run_fixes_a_corpus(data: list[dict[str, Any]], vocabulary: str) -> None:
    profiles = Profiles(parse_settings(RULES + vocabulary, Path.cwd() / "seedlint.toml"), NOW)
    contents = [fenced(json.dumps(each) + "\n").encode() for each in data]
    once = fixed_once(contents, profiles)
    again = corpus_of(once, profiles)
    assert applicable(check_batch(again.inputs, again.part)) == []
