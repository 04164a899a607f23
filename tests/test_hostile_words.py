"""What seedlint says besides the report: hostile names and settings are shown, not obeyed."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from seedlint.cli import cli
from seedlint.config import load_settings
from seedlint.tomlplace import toml_loads
from seedlint.trouble import Trouble, tell
from seedlint.visible import visible
from seedlint.wording import quote
from tests.payloads import PAYLOADS, SHOWN
from tests.report_support import commands_in
from tests.support import SEED, fenced
from tests.test_cli import run
from tests.test_report_hostile import as_json, unseen

SURROGATE = re.compile("[\ud800-\udfff]")

kinds = pytest.mark.parametrize("kind", PAYLOADS)
in_toml = pytest.mark.parametrize(
    "kind", [kind for kind, text in PAYLOADS.items() if not SURROGATE.search(text)]
)


def names() -> list[str]:
    """The payloads as far as a file can be named so."""
    changed = (text.replace("/", "_").replace("\0", "_")[:80] for text in PAYLOADS.values())
    return sorted({name for name in changed if is_name(name)})


def shown_name(name: str) -> str:
    """What a file is called, whatever its bytes."""
    return visible(f"{name}.md".encode("utf-8", "backslashreplace").decode())


def is_name(name: str) -> bool:
    try:
        return len(os.fsencode(name)) < 250
    except UnicodeEncodeError:
        return False


@kinds
def test_a_line_on_standard_error(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    tell(PAYLOADS[kind])
    Trouble(f"a: {PAYLOADS[kind]}").show()
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"seedlint: {SHOWN[kind]}\nseedlint: a: {SHOWN[kind]}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A file of each name, every other of which has front matter that is not closed."""
    for number, name in enumerate(names()):
        text = "Nothing.\n" if number % 2 else "---\ntitle: [\n"
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    return tmp_path


def listed(lines: list[str]) -> list[str]:
    return sorted(line.removeprefix("./") for line in lines)


def test_names_of_files_that_are_listed(folder: Path) -> None:
    done = run("check", "--isolated", "--show-files", cwd=folder)
    assert listed(done.stdout.splitlines()) == sorted(shown_name(name) for name in names())
    assert commands_in(done.stdout) == []
    assert [line for line in done.stdout.splitlines() if line.startswith(tuple("-+~^:"))] == []
    assert unseen(done.stdout) == []
    assert len(names()) >= 70


def test_names_of_files_that_are_skipped(folder: Path) -> None:
    done = run("check", "--isolated", "--no-cache", "--output-format=concise", "-v", cwd=folder)
    skipped = [line for line in done.stderr.splitlines() if line.startswith("skipped ")]
    assert sorted(skipped) == sorted(
        f"skipped {shown_name(name)}: no YAML front matter" for name in names()[1::2]
    )
    assert listed([line.split(":1:1: error ")[0] for line in done.stdout.splitlines()]) == sorted(
        shown_name(name) for name in names()[::2]
    )
    assert commands_in(done.stdout + done.stderr) == []
    assert unseen(done.stdout + done.stderr) == []


@in_toml
def test_a_rule_in_settings_that_is_unknown(kind: str, tmp_path: Path) -> None:
    word = f"x{PAYLOADS[kind]}"
    file = tmp_path / "seedlint.toml"
    file.write_text(f"ignore = [{as_toml(word)}]\n", encoding="utf-8")
    (tmp_path / "a.md").write_text(fenced(SEED), encoding="utf-8")
    done = CliRunner().invoke(cli, ["check", "--no-cache", f"--config={file}", str(tmp_path)])
    said = f"seedlint: {file}:1: unknown rule {visible(quote(word))}"
    assert done.exit_code == 2
    assert done.output.startswith(said)
    assert done.output.count("\n") == 1
    assert unseen(done.output) == []


@in_toml
def test_settings_in_force_read_back(kind: str, tmp_path: Path) -> None:
    word = f"x{PAYLOADS[kind]}"
    file = tmp_path / "seedlint.toml"
    file.write_text(f"topics = [{as_toml(word)}]\n", encoding="utf-8")
    shown = load_settings(tmp_path, file).as_toml()
    assert toml_loads()(shown)["topics"] == [word]
    assert unseen(shown) == []
    assert commands_in(shown) == []


@kinds
def test_a_schema_that_is_shown(kind: str, tmp_path: Path) -> None:
    schema = {"$comment": PAYLOADS[kind], "type": "object"}
    (tmp_path / "a.json").write_text(json.dumps(schema), encoding="utf-8")
    done = CliRunner().invoke(cli, ["schema", f"--schema={tmp_path / 'a.json'}", "--isolated"])
    if SURROGATE.search(as_json(PAYLOADS[kind])):
        assert (done.exit_code, done.output.count("\n")) == (2, 1)
    else:
        assert json.loads(done.output) == {**schema, "$comment": as_json(PAYLOADS[kind])}
        assert done.output.count("\n") == 4
    assert unseen(done.output) == []
    assert commands_in(done.output) == []


@kinds
def test_an_argument_that_is_no_option(kind: str) -> None:
    done = CliRunner().invoke(cli, ["check", f"--{PAYLOADS[kind]}"])
    assert done.exit_code == 2
    assert unseen(done.output) == []
    assert len(done.output.splitlines()) == 4
    assert commands_in(done.output) == []


def as_toml(text: str) -> str:
    """Text as a TOML string."""
    return '"' + "".join(f"\\U{ord(char):08X}" for char in text) + '"'
