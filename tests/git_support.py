"""Scratch repositories, and seedlint run in them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from seedlint.cli import cli
from tests.support import SEED, fenced, numbered

UNKNOWN = "publishd: true"
"""A defect: a key that the contract does not know."""
NOW = "--now=2026-01-01T00:00:00Z"
_IDENTITY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_NAME": "A Person" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "person@example.com" for who in ("AUTHOR", "COMMITTER")},
}


def environment() -> dict[str, str]:
    """That of a person who has set nothing, and is in no hook."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**clean, **_IDENTITY}


def seed(number: int, *defects: str) -> str:
    """A file that is clean, but for what these lines bring."""
    return fenced(numbered(SEED, number) + "".join(f"{line}\n" for line in defects))


class Repository:
    """A repository, with the working directory in it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        for name in list(os.environ):
            if name.startswith("GIT_"):
                monkeypatch.delenv(name)
        for name, value in _IDENTITY.items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(folder)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, given: str = "") -> str:
        """What a git command prints, ``given`` some input; it must succeed."""
        done = subprocess.run(
            ("git", *arguments),
            cwd=self.folder,
            input=given.encode(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return os.fsdecode(done.stdout)

    def write(self, name: str, text: str) -> Path:
        """Write a file, with its folders."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        return path

    def commit(self, **files: str) -> None:
        """Write files, by their names without a suffix, and commit all there is."""
        for name, text in files.items():
            self.write(f"{name}.md", text)
        self.git("add", "--all")
        self.git("commit", "-q", "--allow-empty", "-m", "A step")


def changing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository on the branch "change", which starts where "main" has a.md to d.md, all bad."""
    made = Repository(folder, monkeypatch)
    made.commit(**{name: seed(number, UNKNOWN) for number, name in enumerate("abcd")})
    made.git("switch", "-q", "-c", "change")
    return made


def check(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
    """The exit code, output and complaints of a check in this process, a line a finding."""
    result = CliRunner().invoke(
        cli, ["check", NOW, "-o", "concise", *arguments], input=stdin, catch_exceptions=False
    )
    return result.exit_code, result.stdout, result.stderr


def found(*arguments: str) -> list[str]:
    """What a check reports: the file, the line and the rule of each."""
    code, output, errors = check("-q", *arguments)
    assert code in (0, 1), errors
    return [" ".join(_parts(line)) for line in output.splitlines()]


def _parts(line: str) -> tuple[str, str]:
    place, _, rest = line.partition(": ")
    file, line_number, _ = place.rsplit(":", 2)
    return f"{file}:{line_number}", rest.split()[1]


def files(*arguments: str) -> list[str]:
    """The files that would be checked."""
    code, output, errors = check("--show-files", *arguments)
    assert (code, errors) == (0, "")
    return output.splitlines()
