"""Fixing what corpus rules find, from the command line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.check import CorpusPart, FileResult, Input, check_batch
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
NAMES_OF = st.sampled_from(["Harbour", "The Harbour", " harbour", "Harb\u00f6r", "港", "Harbour "])
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
    given = (Input(each, "", profiles.of("0.md"), True) for each in contents)
    corpus = corpus_of(fixed_alone(given, None), profiles)
    return fixed_alone(corpus.inputs, corpus.part)


def fixed_alone(inputs: Iterable[Input], corpus: CorpusPart | None) -> list[bytes]:
    fixed = [fix_input(each, lambda *_: True, corpus) for each in inputs]
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


# Fixes of document rules are made at once, those of corpus rules in the light of these


BOTH = "--select=text-whitespace,provider-domain-form,inconsistent-provider-name"
UNSAFE = (BOTH, "--isolated", "--unsafe-fixes", "-o", "concise")


OTHERS = ("other1.md", "other2.md", "other3.md")


def entry(title: str, name: str, domain: str = "harbour.example") -> bytes:
    return fenced(f"title: {title}\nprovider:\n  name: {name}\n  domain: {domain}\n").encode()


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Files with something for document rules, for corpus rules, and for both."""
    files = {
        "both.md": entry("A bridge", "Hafen", "www.harbour.example"),
        "corpus.md": entry("A bridge", "Hafen"),
        "document.md": entry('"A  bridge"', "Harbour"),
        **dict.fromkeys(OTHERS, entry("A bridge", "Harbour")),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


ALL_FIXED = {
    **dict.fromkeys(("both.md", "corpus.md", *OTHERS), entry("A bridge", "Harbour")),
    "document.md": entry('"A bridge"', "Harbour"),
}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_fixes_of_all_rules_count_as_those_of_one_file(mixed: Path, jobs: str) -> None:
    code, out, err = run(*UNSAFE, "--fix", "--show-fixes", "--jobs", jobs, cwd=mixed)
    assert (code, out, err) == (
        0,
        b"",
        "fixed both.md\n"
        '  inconsistent-provider-name: name it "Harbour"\n'
        '  provider-domain-form: write "harbour.example"\n'
        "\n"
        "fixed corpus.md\n"
        '  inconsistent-provider-name: name it "Harbour"\n'
        "\n"
        "fixed document.md\n"
        "  text-whitespace: put single spaces between the words\n"
        "\n"
        "All clean: 6 files checked\n"
        "4 fixed in 3 files\n",
    )
    assert contents(mixed) == ALL_FIXED


def test_the_diff_of_all_rules_gives_the_same_bytes(mixed: Path) -> None:
    before = contents(mixed)
    code, out, err = run(*UNSAFE, "--diff", cwd=mixed)
    assert (code, err) == (1, "4 would be fixed in 3 files\n")
    assert contents(mixed) == before
    subprocess.run(["git", "apply", "-"], cwd=mixed, input=out, check=True)
    assert contents(mixed) == ALL_FIXED


def test_names_are_counted_as_they_are_once_their_white_space_is_mended(tmp_path: Path) -> None:
    """As they were, the other name was in most files."""
    names = ("Hafen", "Hafen", "Harbour", '" Harbour"', '"Harbour "', '"Harbour "')
    for number, name in enumerate(names):
        (tmp_path / f"{number}.md").write_bytes(entry("A bridge", name))
    code, _, err = run(*UNSAFE, "--fix", cwd=tmp_path)
    assert (code, err) == (0, "All clean: 6 files checked\n5 fixed in 5 files\n")
    fixed = entry("A bridge", "Harbour")
    quoted = entry("A bridge", '"Harbour"')
    assert [text for _, text in sorted(contents(tmp_path).items())] == [
        fixed,
        fixed,
        fixed,
        quoted,
        quoted,
        quoted,
    ]


def test_of_a_file_that_could_not_be_fixed_the_corpus_knows_what_it_holds(mixed: Path) -> None:
    for name in ("both.md", "document.md"):
        (mixed / name).chmod(0o444)
    code, out, err = run(*UNSAFE, "--fix", cwd=mixed)
    readonly = "not fixed: the file is read-only; make it writable and run again"
    assert (code, out.decode()) == (
        2,
        'both.md:4:9: warning inconsistent-provider-name name "Hafen" for harbour.example, '
        'expected "Harbour" as in 5 files\n'
        'both.md:5:11: warning provider-domain-form domain "www.harbour.example" is not bare, '
        'expected "harbour.example"\n'
        "document.md:2:8: warning text-whitespace title has spaces in a row in "
        '"A  bridge", expected single spaces between words\n',
    )
    assert err.splitlines() == [
        f"seedlint: both.md: {readonly}",
        f"seedlint: document.md: {readonly}",
        "3 warnings in 6 files",
        "1 fixed in 1 file, 2 files not written",
    ]


def test_standard_input_is_fixed_as_the_file_would_be(tmp_path: Path) -> None:
    """With its white space mended the name is that of most files."""
    names = ("Hafen", "Harbour", "Harbour")
    for number, name in enumerate(names):
        (tmp_path / f"{number}.md").write_bytes(entry("A bridge", name))
    given = entry("A bridge", '"Harbour "', "www.harbour.example")
    options = (*UNSAFE, "--fix", "--stdin-filename", "3.md", "-")
    code, out, err = run(*options, cwd=tmp_path, stdin=given)
    assert (code, out) == (0, entry("A bridge", '"Harbour"'))
    assert err == "All clean: 1 file checked\n2 fixed in 1 file\n"
    (tmp_path / "3.md").write_bytes(given)
    run(*UNSAFE, "--fix", "3.md", cwd=tmp_path)
    assert (tmp_path / "3.md").read_bytes() == out
