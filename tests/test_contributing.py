"""Adding a rule is two files: as CONTRIBUTING.md shows it, and as the scaffold starts it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from scripts.__main__ import VERBS
from scripts.new_rule import scaffold
from seedlint.fixture import read_cases

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

# A path and, below it, the block that is its content.
_FILE = re.compile(
    r"`(?P<path>[\w/]+\.\w+)`:\n\n(?P<ticks>`{3,})\w+\n(?P<text>.*?)\n(?P=ticks)\n", re.S
)
EXAMPLE = {match["path"]: f"{match['text']}\n" for match in _FILE.finditer(GUIDE)}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package to add a rule to."""
    for folder in ("seedlint", "schemas"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    (tmp_path / "tests" / "rules").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def example(copy: Path) -> Path:
    """The copy with the rule that CONTRIBUTING.md adds."""
    for path, text in EXAMPLE.items():
        (copy / path).write_text(text, encoding="utf-8")
    return copy


def run(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, "-m", *command),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def assert_passes_the_checks(rule: Path, folder: Path) -> None:
    config = ROOT / "pyproject.toml"
    for command in (
        ("ruff", "check", f"--config={config}"),
        ("ruff", "format", "--check", f"--config={config}"),
        ("mypy", "--strict", f"--config-file={config}"),
    ):
        done = run(*command, str(rule), folder=folder)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_example_touches_one_file_in_each_folder() -> None:
    assert [PurePosixPath(path).parent.as_posix() for path in EXAMPLE] == [
        "seedlint/rules",
        "tests/rules",
    ]


def test_the_example_finds_what_its_fixture_shows(example: Path) -> None:
    _, fixture = EXAMPLE
    done = run("seedlint.testing", fixture, folder=example)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_example_is_a_rule_like_any_other(example: Path) -> None:
    done = run("seedlint", "rule", "shouting-title", folder=example)
    assert done.returncode == 0, done.stderr
    assert "A title is written all in capitals." in done.stdout

    (example / "seed.md").write_text("---\ntitle: NO MORE TRAMS\n---\n")
    done = run(
        *("seedlint", "check", "--isolated", "--select=shouting-title", "-o", "concise", "seed.md"),
        folder=example,
    )
    assert done.stdout.startswith("seed.md:2:8: warning shouting-title ")


def test_the_example_passes_the_checks(example: Path) -> None:
    rule, _ = EXAMPLE
    assert_passes_the_checks(example / rule, example)


@pytest.mark.parametrize("corpus", [False, True])
def test_a_scaffolded_rule_is_two_files_that_hold_together(copy: Path, corpus: bool) -> None:
    rule, fixture = scaffold("odd-title", copy, corpus=corpus)
    assert rule == copy / "seedlint" / "rules" / "odd_title.py"
    assert fixture == copy / "tests" / "rules" / "odd_title.md"
    assert [case.fails for case in read_cases(fixture)] == [True, False]

    done = run("seedlint.testing", str(fixture), folder=copy)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert_passes_the_checks(rule, copy)


@pytest.mark.parametrize("name", ["Odd-Title", "odd_title", "-odd", "odd--title", "../odd", ""])
def test_the_scaffold_refuses_bad_names(name: str, copy: Path) -> None:
    with pytest.raises(ValueError, match="kebab case"):
        scaffold(name, copy)


def test_the_scaffold_overwrites_nothing(copy: Path) -> None:
    taken = copy / "seedlint" / "rules" / "duplicate_topic.py"
    before = taken.read_bytes()
    with pytest.raises(ValueError, match=r"seedlint/rules/duplicate_topic\.py exists"):
        scaffold("duplicate-topic", copy)
    assert taken.read_bytes() == before


def test_the_verbs_are_the_ones_described() -> None:
    assert re.findall(r"\| `python -m scripts ([a-z-]+)", GUIDE) == list(VERBS)


def test_an_unknown_verb_is_refused() -> None:
    done = run("scripts", "chekc", folder=ROOT)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: python -m scripts {check,")
