"""What is learnt of files, and how much of them is held at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedlint import analysis
from seedlint.analysis import Analyser, Task
from seedlint.check import Check, read_all
from seedlint.config import parse_settings
from seedlint.profile import Profiles
from seedlint.run import BATCH_BYTES
from tests.support import NOW, SEED, concise, fenced


def test_large_files_are_read_a_few_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = [BATCH_BYTES // 2, BATCH_BYTES // 2, 3 * BATCH_BYTES, 0, 0, BATCH_BYTES, 0, 0]
    tasks = []
    for number, size in enumerate(sizes):
        path = tmp_path / f"{number}.md"
        path.write_text(fenced(SEED, body="x" * size), encoding="utf-8")
        tasks.append(Task(f"{number}.md", str(path), f"{number}.md"))
    tasks.insert(4, Task("gone.md", str(tmp_path / "gone.md"), "gone.md"))
    read: list[list[str]] = []

    def reading(checks: list[Check]) -> list[Check]:
        read.append([check.file for check in checks])
        return read_all(checks)

    monkeypatch.setattr(analysis, "read_all", reading)
    profiles = Profiles(parse_settings("", tmp_path / "seedlint.toml"), NOW)
    outcomes = Analyser(profiles, profiles.corpus_rules).outcomes(tasks)
    assert [outcome.name for outcome in outcomes] == [task.name for task in tasks]
    assert [outcome.digest is None for outcome in outcomes] == [
        task.name == "gone.md" for task in tasks
    ]
    assert read == [["0.md", "1.md"], ["2.md"], ["3.md", "4.md", "5.md"], ["6.md", "7.md"]]


def test_a_file_that_cannot_be_opened_is_a_diagnostic(tmp_path: Path) -> None:
    profiles = Profiles(parse_settings("", tmp_path / "seedlint.toml"), NOW)
    tasks = [
        Task("gone.md", str(tmp_path / "gone.md"), "gone.md"),
        Task("folder.md", str(tmp_path), "folder.md"),
    ]
    lines = [
        f"{outcome.result.file}: {concise(outcome.result.diagnostics[0])}"
        for outcome in Analyser(profiles, profiles.corpus_rules).outcomes(tasks)
        if outcome.result is not None
    ]
    assert lines == [
        "gone.md: 1:1-1:1 error front-matter the file cannot be read: No such file or directory",
        "folder.md: 1:1-1:1 error front-matter the file cannot be read: it is a folder",
    ]
