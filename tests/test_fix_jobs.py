"""Fixing by several processes: the same as by one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import SEED, fenced, numbered
from tests.test_fix_command import contents, run

# Enough for two processes, twice over: it is the files with fixes that count.
FILES = 480

CRASHES = """
import os, sys
import seedlint.fixing
from seedlint.cli import main

plain = seedlint.fixing.fix_batch

def crashing(files, *rest):
    if any(each.given.file.endswith("205.md") for each in files):
        os._exit(3)
    return plain(files, *rest)

seedlint.fixing.fix_batch = crashing
main()
"""


def block(number: int) -> str:
    text = numbered(SEED, number)
    if number % 12:
        text = text.replace("domain: harbour", "domain: www.harbour")
    return text.replace("type: article", "type: artcle") if number % 5 == 0 else text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for number in range(FILES):
        (seeds / f"{number:03}.md").write_bytes(fenced(block(number)).encode())
    return seeds


def mended(number: int) -> bytes:
    return fenced(block(number).replace("domain: www.", "domain: ")).encode()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_all_files_are_fixed(folder: Path, jobs: str) -> None:
    code, out, err = run("--fix", "--jobs", jobs, "-o", "concise", cwd=folder)
    assert contents(folder) == {f"{number:03}.md": mended(number) for number in range(FILES)}
    assert (code, err) == (
        1,
        "96 errors in 480 files\n440 fixed in 440 files, 96 more with --unsafe-fixes\n",
    )
    assert [line.partition(":")[0] for line in out.decode().splitlines()] == [
        f"{number:03}.md" for number in range(0, FILES, 5)
    ]


def test_shown_as_by_one_process(folder: Path) -> None:
    before = contents(folder)
    one = run("--diff", "--unsafe-fixes", "--show-fixes", "--jobs", "1", cwd=folder)
    several = run("--diff", "--unsafe-fixes", "--show-fixes", "--jobs", "2", cwd=folder)
    assert several == one
    assert one[1].count(b"\ndiff --git ") == 447
    assert contents(folder) == before


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process fixes")
def test_a_file_that_kills_the_process_that_fixes_it(folder: Path) -> None:
    before = contents(folder)
    options = ["check", "--no-cache", "--isolated", "--fix", "--jobs", "2", "--select"]
    done = subprocess.run(
        [sys.executable, "-c", CRASHES, *options, "provider-domain-form", "-o", "concise"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "205.md:1:1: error internal-error the file cannot be checked: the process doing so ended "
        "with code 3\n",
        "1 error in 480 files\n439 fixed in 439 files\n",
    )
    left = {"205.md": before["205.md"]}
    assert contents(folder) == {f"{n:03}.md": mended(n) for n in range(FILES)} | left
