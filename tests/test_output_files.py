"""Reports in files: written whole, or not at all, or known beforehand not to be."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from seedlint import reportfile
from tests.test_cli import run
from tests.test_outputs import BAD, CONCISE, PLAIN, SUMMARY, names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bad.md").write_text(BAD, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        ("gone/a.json", "there is no folder gone"),
        ("inner", "it is a folder"),
        ("inner/", "it is a folder"),
        ("locked.json", "it is read-only"),
        ("link.json", "a link leads elsewhere from here, name the file that is meant"),
        ("a\x1bb/c", "there is no folder a\\u{1B}b"),
    ],
)
def test_a_file_that_cannot_be_written_is_known_before_anything_is_checked(
    folder: Path, file: str, problem: str
) -> None:
    (folder / "inner").mkdir()
    locked = folder / "locked.json"
    locked.write_text("old", encoding="utf-8")
    locked.chmod(0o444)
    (folder / "link.json").symlink_to(folder.parent / "elsewhere.json")
    shown = file.replace("\x1b", "\\u{1B}")
    for arguments in (("-o", f"json={file}"), ("-o", "json", "--output-file", file)):
        done = run(*PLAIN, *arguments, "--config", "not-read.toml", cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"seedlint: cannot write {shown}: {problem}\n"
    assert locked.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("file", ["../report.txt", "inner/../../report.txt"])
def test_a_report_may_be_written_above_the_working_directory(folder: Path, file: str) -> None:
    project = folder / "project"
    (project / "inner").mkdir(parents=True)
    (folder / "bad.md").rename(project / "bad.md")
    done = run(*PLAIN, "-o", f"concise={file}", cwd=project)
    assert (done.returncode, done.stdout, done.stderr) == (1, SUMMARY, "")
    assert (folder / "report.txt").read_text(encoding="utf-8") == CONCISE


def test_a_report_never_takes_the_place_of_what_was_checked(folder: Path) -> None:
    (folder / "inner").mkdir()
    done = run(*PLAIN, "-o", "concise", "-o", "json=inner/../bad.md", cwd=folder)
    assert (done.returncode, done.stdout) == (2, CONCISE)
    assert done.stderr == (
        f"{SUMMARY}seedlint: cannot write inner/../bad.md: "
        "it is one of the files that were checked\n"
    )
    assert (folder / "bad.md").read_text(encoding="utf-8") == BAD
    assert names(folder) == ["bad.md", "inner"]


@pytest.mark.parametrize(
    "file",
    [
        *("seedlint.toml", "base.toml", "own.schema.json", "part.json", "providers.toml"),
        *(".seedlint-baseline.json", "./known.json"),
    ],
)
def test_a_report_never_takes_the_place_of_what_the_run_goes_by(folder: Path, file: str) -> None:
    texts = {
        "base.toml": 'schema = "own.schema.json"\n',
        "seedlint.toml": 'extend = "base.toml"\nproviders = "providers.toml"\n',
        "own.schema.json": '{"properties": {"a": {"$ref": "part.json"}}}\n',
        "part.json": "true\n",
        "providers.toml": "",
        ".seedlint-baseline.json": "",
        "known.json": '{\n"version": 1,\n"known": [\n]\n}\n',
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = run("check", "-o", f"json={file}", "--baseline", "known.json", "bad.md", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"seedlint: cannot write {file}: it is what this run goes by "
        "(settings, a schema, a registry or a baseline), name another file\n"
    )
    for name, text in texts.items():
        assert (folder / name).read_text(encoding="utf-8") == text


def test_the_other_reports_are_made_if_one_fails(folder: Path) -> None:
    (folder / "full").symlink_to("/dev/full")
    files = ("-o", "json=/dev/full", "-o", "concise=report.txt")
    done = run(*PLAIN, "-o", "concise", *files, cwd=folder)
    assert (done.returncode, done.stdout) == (2, CONCISE)
    assert done.stderr == (f"{SUMMARY}seedlint: cannot write /dev/full: No space left on device\n")
    assert (folder / "report.txt").read_text(encoding="utf-8") == CONCISE


def test_a_file_is_replaced_whole_and_keeps_its_mode(folder: Path) -> None:
    file = folder / "out.json"
    file.write_text("old " * 10_000, encoding="utf-8")
    file.chmod(0o640)
    (folder / "other.json").hardlink_to(file)
    assert run(*PLAIN, "-o", "json=out.json", cwd=folder).returncode == 1
    assert json.loads(file.read_text(encoding="utf-8"))["version"] == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    # In place of the old file, which who had it open still has.
    assert (folder / "other.json").read_text(encoding="utf-8") == "old " * 10_000
    assert names(folder) == ["bad.md", "other.json", "out.json"]


def test_a_new_file_has_the_rights_new_files_get(folder: Path) -> None:
    old = os.umask(0o027)
    try:
        run(*PLAIN, "-o", "json=out.json", cwd=folder)
    finally:
        os.umask(old)
    assert stat.S_IMODE((folder / "out.json").stat().st_mode) == 0o640


def test_a_failure_leaves_the_file_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out.json").write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), reportfile.report_file("out.json", ()) as stream:
        stream.write("half")
        raise ZeroDivisionError
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["out.json"]


def test_a_pipe_is_written_not_replaced(folder: Path) -> None:
    done = run(*PLAIN, "-q", "-o", "concise=/dev/stdout", cwd=folder)
    assert (done.returncode, done.stdout) == (1, CONCISE)
    assert run(*PLAIN, "-o", "json=/dev/null", cwd=folder).stdout == SUMMARY
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_files_are_not_coloured(folder: Path) -> None:
    arguments = ("--color", "always", "-o", "full=a", "-o", "grouped=b", "-o", "github=c")
    done = run(*PLAIN, *arguments, "--statistics", "-o", "full", cwd=folder, FORCE_COLOR="1")
    assert "\x1b[" in done.stdout
    run(*PLAIN, *arguments, cwd=folder, FORCE_COLOR="1")
    assert not any(b"\x1b" in (folder / name).read_bytes() for name in "abc")


def test_a_reader_that_goes_away_does_not_keep_files_from_being_written(folder: Path) -> None:
    command = f"'{sys.executable}' -m seedlint check bad.md -o full -o concise=out.txt | true"
    subprocess.run(command, shell=True, cwd=folder, stderr=subprocess.DEVNULL, check=False)
    assert (folder / "out.txt").read_text(encoding="utf-8") == CONCISE
