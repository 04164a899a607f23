"""Fixing what corpus rules find, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import fenced
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
    assert out.decode().splitlines()[3:] == [
        " ---",
        f"-{BEFORE['b.md'].splitlines()[1].decode()}",
        f"+{AFTER['b.md'].splitlines()[1].decode()}",
        " ---",
    ]
    assert contents(folder) == BEFORE


def test_standard_input_has_no_corpus(folder: Path, options: tuple[str, ...]) -> None:
    ignored = BEFORE["b.md"].replace(b"Hafen\n", b"seedlint: ignore[inconsistent-provider-name]\n")
    options = (*options, "--extend-select", "unused-ignore", "--fix", "--unsafe-fixes", "-")
    code, out, _ = run(*options, cwd=folder, stdin=ignored)
    assert (code, out) == (0, ignored)
