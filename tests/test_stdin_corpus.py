"""Standard input with a file's name is that file, for the corpus too."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from seedlint.cli import cli
from tests.support import SEED, fenced
from tests.test_corpus_run import (
    BLOCKS,
    NOW,
    REGISTRY,
    ROUNDS,
    SETTINGS,
    output,
    text_of,
    written,
)
from tests.test_fix_command import run

SELECT = ("--select", "inconsistent-provider-name", "-o", "concise")
OTHER = SEED.replace("Harbour Times", "The Harbour Times").replace("ferries", "boats")


def of_text(text: str, name: str, *arguments: str) -> tuple[int, str]:
    """The exit code and output of a check of a text under a name."""
    command = ["check", NOW, "--allow-empty", "-", "--stdin-filename", name, *arguments]
    result = CliRunner().invoke(cli, command, input=text.encode())
    return result.exit_code, result.output


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_what_is_found_is_what_the_file_would_have(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    dice = random.Random(seed)
    (tmp_path / "providers.toml").write_text(REGISTRY.format("Harbour Times"), encoding="utf-8")
    for number in range(6):
        written(tmp_path, f"{number}.md", dice.choice(BLOCKS))
    for _ in range(15):
        (tmp_path / "seedlint.toml").write_text(dice.choice(SETTINGS), encoding="utf-8")
        name, block = f"{dice.randrange(8)}.md", dice.choice(BLOCKS)
        arguments = ["-o", dice.choice(["full", "json", "concise"])]
        before = output("--no-cache", *arguments)
        found = of_text(text_of(block), f"seeds/{name}", *arguments)
        assert of_text(text_of(block), f"seeds/{name}", "--no-cache", *arguments) == found
        # The files are what they are all the same.
        assert output(*arguments) == before
        written(tmp_path, name, block)
        assert output(f"seeds/{name}", *arguments) == found


def test_a_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(fenced(SEED), encoding="utf-8")
    for name in ("new.md", "./new.md", str(tmp_path / "new.md"), "none/../new.md"):
        assert of_text(fenced(OTHER), name, "-q", *SELECT) == (
            0,
            f'{name}:9:9: warning inconsistent-provider-name name "The Harbour Times" for '
            'harbour-times.com, elsewhere "Harbour Times", expected one name\n',
        )
    # Its folder is the corpus, where settings name none.
    assert of_text(fenced(OTHER), "elsewhere/new.md", "-q", *SELECT) == (0, "")


def test_without_a_name_it_is_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(fenced(SEED), encoding="utf-8")
    result = CliRunner().invoke(cli, ["check", "-", "-q", *SELECT], input=fenced(OTHER))
    assert (result.exit_code, result.output) == (0, "")
    assert not (tmp_path / ".seedlint_cache").exists()


def test_fixes(tmp_path: Path) -> None:
    (tmp_path / "seedlint.toml").write_text(SETTINGS[2], encoding="utf-8")
    (tmp_path / "providers.toml").write_text(REGISTRY.format("Harbour Times"), encoding="utf-8")
    block = OTHER.replace("type: article", "related:\n- provider: {domain: harbour-times.com}")
    path = written(tmp_path, "a.md", block)
    written(tmp_path, "b.md", OTHER)
    before = path.read_bytes()
    given = ("--fix", "-", "--stdin-filename", "seeds/a.md", *SELECT)
    code, out, err = run(*given, cwd=tmp_path, stdin=before)
    assert path.read_bytes() == before
    of_file = run("--fix", "seeds/a.md", *SELECT, cwd=tmp_path)
    assert of_file == (0, b"", "All clean: 1 file checked\n1 fixed in 1 file\n")
    assert (code, out, err) == (0, path.read_bytes(), of_file[2])
    assert b"name: Harbour Times" in out


def test_what_remains_is_found_with_the_fixed_text(tmp_path: Path) -> None:
    names = {"b": "h", "c": "h", "d": "o", "e": "o"}
    for file, domain in names.items():
        block = f"provider: {{name: Harbour, domain: {domain}.example}}\n"
        (tmp_path / f"{file}.md").write_text(fenced(block), encoding="utf-8")
    raw = fenced("provider: {name: Hafen, domain: h.example}\n").encode()
    options = ("--select", "inconsistent-provider", "-o", "concise", "-q", "--unsafe-fixes")
    given = ("--fix", "-", "--stdin-filename", "a.md", *options)
    code, out, err = run(*given, cwd=tmp_path, stdin=raw)
    assert (code, out) == (0, raw.replace(b"Hafen", b"Harbour"))
    assert err.splitlines() == [
        'a.md:2:35: warning inconsistent-provider-domain domain h.example for "Harbour", '
        "elsewhere o.example, expected one domain"
    ]
    (tmp_path / "a.md").write_bytes(raw)
    assert run("--fix", "a.md", *options, cwd=tmp_path) == (0, err.encode(), "")


def test_a_file_by_way_of_a_link_to_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    monkeypatch.chdir(tmp_path / "real")
    (tmp_path / "real" / "a.md").write_text(fenced(SEED), encoding="utf-8")
    text = fenced(SEED.replace("Ferries", "Boats"))
    name = str(tmp_path / "link" / "a.md")
    assert of_text(text, name, "-q", "--select", "duplicate-entry,conflicting-entry") == (0, "")
