"""Killed at random points, a run leaves every file wholly old or wholly new.

Five kills amid 200 files; ``SEEDLINT_KILLS=200x10000`` gives another number of both, and
``pytest -s`` shows what happened. A corpus is killed up to twenty times before it is done.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support import SEED, fenced, numbered

if sys.platform == "win32":
    pytest.skip("about what POSIX has", allow_module_level=True)

KILLS_A_CORPUS = 20
ROUNDS, FILES = map(int, os.environ.get("SEEDLINT_KILLS", "5x200").split("x"))
_STRAY = ".a.md.0123456789abcdef.seedlint-tmp"
_PATIENCE = 60.0

Contents = Mapping[Path, tuple[bytes, bytes]]


def start(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "seedlint", "check", "-q", *options, "."]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def run_to_the_end(folder: Path, *options: str) -> None:
    process = start(folder, *options)
    out, _ = process.communicate()
    assert (process.returncode, out) == (0, b"")


def corpus(folder: Path, files: int) -> Contents:
    """The old and the new text of files in several folders; nothing is written."""
    contents = {}
    for number in range(files):
        new = fenced(numbered(SEED, number), f"Body {number}.\n" * 100)
        old = new.replace("domain: harbour", "domain: www.harbour")
        path = folder / f"part-{number * 4 // files}" / f"{number:05}.md"
        contents[path] = (old.encode(), new.encode())
    return contents


def write_old(contents: Contents) -> None:
    for path, (old, _) in contents.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(old)


def wait_for(path: Path, new: bytes, process: subprocess.Popen[bytes]) -> None:
    """Return as soon as a file holds its new text. Looking at its size alone is quick."""
    deadline = time.monotonic() + _PATIENCE
    while path.stat().st_size != len(new) and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.0002)


def count_new(contents: Contents) -> int:
    """How many files are new, all others being old."""
    found = {path: path.read_bytes() for path in contents}
    torn = [path.name for path, text in found.items() if text not in contents[path]]
    assert torn == []
    return sum(text == contents[path][1] for path, text in found.items())


def strays(folder: Path, contents: Contents) -> set[Path]:
    """All files that are neither of the corpus nor of the cache."""
    found = {path for path in folder.rglob("*") if path.is_file()} - contents.keys()
    return {path for path in found if path.parent != folder / ".seedlint_cache"}


def test_every_file_is_wholly_old_or_wholly_new(tmp_path: Path) -> None:
    contents = corpus(tmp_path, FILES)
    write_old(contents)
    rng = random.Random(4)
    interrupted = left = new = 0
    for number in range(ROUNDS):
        turn = number % KILLS_A_CORPUS
        process = start(tmp_path, "--fix")
        # In the order of the run; a share of what is left for each kill that is to come.
        waiting = list(contents)[new:]
        path = waiting[rng.randrange(len(waiting)) // (KILLS_A_CORPUS - turn)]
        wait_for(path, contents[path][1], process)
        time.sleep(rng.uniform(0, 0.004))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        before, new = new, count_new(contents)
        interrupted += before < new < FILES
        left += len(strays(tmp_path, contents))
        if turn == KILLS_A_CORPUS - 1 or number == ROUNDS - 1 or new == FILES:
            run_to_the_end(tmp_path, "--fix")
            assert count_new(contents) == FILES
            assert strays(tmp_path, contents) == set()
            write_old(contents)
            new = 0
    print(
        f"{ROUNDS} kills, {interrupted} amid {FILES} files, {left} temporary files seen and swept"
    )
    assert interrupted > ROUNDS // 2


@pytest.mark.parametrize(
    ("options", "stays"),
    [(("--fix",), False), (("--fix-only",), False), ((), True), (("--diff",), True)],
)
def test_only_a_run_that_writes_sweeps(
    tmp_path: Path, options: tuple[str, ...], stays: bool
) -> None:
    (tmp_path / "a.md").write_text(fenced(SEED), encoding="utf-8")
    (tmp_path / _STRAY).write_bytes(b"half")
    run_to_the_end(tmp_path, *options)
    assert (tmp_path / _STRAY).exists() == stays


def test_strays_are_no_content(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(fenced(SEED), encoding="utf-8")
    (tmp_path / _STRAY).write_bytes(b"---\ntitle: [\n---\n")
    run_to_the_end(tmp_path)


_RECORD = """\
import os, sys
from seedlint.cli import main
fsync, synced = os.fsync, []
def record(descriptor):
    synced.append(os.path.relpath(os.readlink(f"/proc/self/fd/{descriptor}")))
    fsync(descriptor)
os.fsync = record
sys.argv = ["seedlint", "check", "-q", "--fix"]
try:
    main()
finally:
    print(sum(name.endswith(".seedlint-tmp") for name in synced[:8]), sorted(synced[8:]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="as Linux has it")
def test_new_names_are_forced_to_the_disk_once_a_folder(tmp_path: Path) -> None:
    write_old(corpus(tmp_path, 8))
    done = subprocess.run([sys.executable, "-c", _RECORD], cwd=tmp_path, capture_output=True)
    assert done.stdout == b"8 ['part-0', 'part-1', 'part-2', 'part-3']\n"
