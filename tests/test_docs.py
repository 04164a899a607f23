"""Generated files are current, the script that writes them says so truly, and the map is whole."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from scripts import docs
from seedlint.rule import all_rules

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A root with fixtures of its own and freshly generated files."""
    shutil.copytree(docs.ROOT / "tests" / "rules", tmp_path / "tests" / "rules")
    (tmp_path / "schemas").mkdir()
    docs.write(tmp_path)
    return tmp_path


def test_generated_files_are_current() -> None:
    stale = [str(path.relative_to(docs.ROOT)) for path in docs.stale()]
    assert not stale, "run `python -m scripts docs`"


def test_what_is_written_is_not_stale(copy: Path) -> None:
    assert docs.stale(copy) == []


def test_stale_files_are_found_and_mended(copy: Path) -> None:
    folder = copy / "docs" / "rules"
    edited, gone, left_over = (
        folder / "encoding.md",
        folder / "limits.md",
        folder / "no-such-rule.md",
    )
    edited.write_text("by hand\n")
    gone.unlink()
    left_over.write_text("# no-such-rule\n")

    assert docs.stale(copy) == [edited, gone, left_over]
    assert docs.write(copy) == [edited, gone, left_over]
    assert docs.stale(copy) == []
    assert not left_over.exists()


def test_check_names_what_is_stale(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = copy / "docs" / "rules" / "limits.md"
    edited.write_text("by hand\n")
    monkeypatch.setattr(docs, "ROOT", copy)
    monkeypatch.setattr(docs, "stale", lambda: [edited])

    assert docs.main(["--check"]) == 1
    assert capsys.readouterr().out == "docs/rules/limits.md: stale, run `python -m scripts docs`\n"
    assert edited.read_text() == "by hand\n"


def test_the_index_lists_every_rule(copy: Path) -> None:
    index = (copy / "docs" / "rules" / "README.md").read_text()
    assert [name for name in all_rules() if f"]({name}.md) | " not in index] == []


def test_the_index_says_of_each_rule_what_its_page_does(copy: Path) -> None:
    folder = copy / "docs" / "rules"
    rows = [line for line in (folder / "README.md").read_text().splitlines() if "](" in line]
    words = {"always": "always on", "on": "enabled by default", "off": "off by default"}
    assert len(rows) == len(all_rules())
    for row, name in zip(rows, all_rules(), strict=True):
        _, _, severity, default, fix, *_ = (cell.strip() for cell in row.split("|"))
        facts = f"\n\nSeverity: {severity} · {words[default]} · fix: {fix}"
        assert facts in (folder / f"{name}.md").read_text(), name


def test_the_map_has_every_module_once() -> None:
    page = (docs.ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.partition("\n## What is where\n")[2].partition("\n\nBeside")[0]
    named = re.findall(r"`([a-z0-9_]+)`", table)
    modules = {path.stem for path in (docs.ROOT / "seedlint").glob("*.py")}
    commands = {each for each in modules if each.startswith("command_")}
    assert sorted(modules - commands - {*named}) == []  # each has a line of the table
    assert [each for each in named if each not in modules] == []
    assert len(named) == len({*named})


def test_the_settings_schema_is_valid(copy: Path) -> None:
    schema = json.loads((copy / "schemas" / "config.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
