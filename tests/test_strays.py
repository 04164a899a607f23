"""What a run that was killed leaves behind is removed, and nothing else."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from seedlint.writing import remove_strays
from tests.replacing import (
    IS_ROOT,
    NEW,
    OLD,
    make,
    names,
    reachable_folder,
    refusal,
    replace,
    without_rights,
)

if sys.platform == "win32":
    pytest.skip("about what POSIX has", allow_module_level=True)

import fcntl

ROOT = Path(__file__).parent.parent


def stray(folder: Path, name: str = ".a.md.0123456789abcdef.seedlint-tmp") -> Path:
    return make(folder / name, b"half")


def test_strays_are_removed_and_nothing_else(tmp_path: Path) -> None:
    others = [
        *("a.md", ".a.md", "x.seedlint-tmp", ".seedlint-tmp", ".a.md.seedlint-tmp"),
        *(".a.0123456789abcde.seedlint-tmp", ".a.0123456789ABCDEF.seedlint-tmp"),
        *("a.0123456789abcdef.seedlint-tmp", ".a.0123456789abcdef.seedlint-tmp.md"),
    ]
    for name in others:
        make(tmp_path / name)
    deep = stray(tmp_path / "inner")
    stray(tmp_path)
    stray(tmp_path, ".\n\u2028.fedcba9876543210.seedlint-tmp").chmod(0o600)
    stray(tmp_path, f".{'𝄞' * 20}.0123456789abcdef.seedlint-tmp")
    remove_strays(str(tmp_path))
    assert names(tmp_path) == sorted([*others, "inner"])
    assert deep.exists()


def test_the_name_of_a_temporary_file_is_one_of_a_stray(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "a.md")
    found: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda _: found.extend(names(tmp_path)))
    replace(path)
    (name,) = {name for name in found if name != "a.md"}
    assert name.startswith(".a.md.")
    stray(tmp_path, name)
    remove_strays(str(tmp_path))
    assert names(tmp_path) == ["a.md"]


def test_what_a_living_run_writes_is_no_stray(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "a.md")
    fsync = os.fsync

    def sweep(descriptor: int) -> None:
        fsync(descriptor)
        command = f"from seedlint.writing import remove_strays as r; r({str(tmp_path)!r})"
        subprocess.run([sys.executable, "-c", command], cwd=ROOT, check=True)

    monkeypatch.setattr(os, "fsync", sweep)
    replace(path)
    assert path.read_bytes() == NEW


@pytest.mark.parametrize(
    "put",
    [
        lambda path: path.mkdir(),
        os.mkfifo,
        lambda path: path.symlink_to("a.md"),
        lambda path: path.symlink_to("."),
    ],
    ids=["folder", "pipe", "link", "link to a folder"],
)
def test_what_is_no_plain_file_is_no_stray(tmp_path: Path, put: Callable[[Path], None]) -> None:
    make(tmp_path / "a.md")
    put(tmp_path / ".a.md.0123456789abcdef.seedlint-tmp")
    remove_strays(str(tmp_path))
    assert names(tmp_path) == [".a.md.0123456789abcdef.seedlint-tmp", "a.md"]


def test_a_folder_that_cannot_be_read_has_no_strays(tmp_path: Path) -> None:
    remove_strays(str(tmp_path / "nowhere"))
    remove_strays(str(make(tmp_path / "a.md")))


def test_what_may_not_be_removed_stays_and_the_others_go() -> None:
    with reachable_folder() as folder:
        path = stray(folder)
        path.chmod(0o600 if IS_ROOT else 0o400)
        with without_rights():
            for number in range(10):
                stray(folder, f".{number}.0123456789abcdef.seedlint-tmp")
            remove_strays(str(folder))
        assert names(folder) == [path.name]


def no_locks(*_: object) -> None:
    raise OSError(errno.ENOLCK, "No locks available")


def test_without_locks_age_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "flock", no_locks)
    young, old = stray(tmp_path), stray(tmp_path, ".b.md.0123456789abcdef.seedlint-tmp")
    os.utime(young, (time.time() - 3500, time.time() - 3500))
    os.utime(old, (time.time() - 3700, time.time() - 3700))
    replace(make(tmp_path / "a.md"))
    remove_strays(str(tmp_path))
    assert names(tmp_path) == [young.name, "a.md"]
    assert (tmp_path / "a.md").read_bytes() == NEW


def test_a_file_swept_away_before_it_was_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "a.md")
    flock, times = fcntl.flock, []

    def late(descriptor: int, operation: int) -> None:
        times.append(operation)
        if len(times) == 1:
            remove_strays(str(tmp_path))
            assert names(tmp_path) == ["a.md"]
        if len(times) == 3:
            # The sweeper holds it, and has not removed it yet.
            raise BlockingIOError(errno.EWOULDBLOCK, "Resource temporarily unavailable")
        flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", late)
    replace(path)
    assert path.read_bytes() == NEW
    assert len(times) == 4


def test_a_run_that_always_loses_to_another_gives_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "a.md")

    def sweep(*_: object) -> None:
        for each in tmp_path.glob(".*"):
            each.unlink()

    monkeypatch.setattr(fcntl, "flock", sweep)
    open_before = len(list(Path("/dev/fd").iterdir()))
    assert refusal(path) == (
        "other runs are cleaning up in this folder; run again when they are done"
    )
    assert len(list(Path("/dev/fd").iterdir())) == open_before
    assert path.read_bytes() == OLD


def test_sweeping_and_writing_at_once(tmp_path: Path) -> None:
    command = f"from seedlint.writing import remove_strays as r\nwhile True: r({str(tmp_path)!r})"
    sweeper = subprocess.Popen([sys.executable, "-c", command], cwd=ROOT)
    last = stray(tmp_path)
    try:
        while last.exists():
            time.sleep(0.01)
        for number in range(300):
            replace(make(tmp_path / f"{number}.md"))
        assert sweeper.poll() is None
    finally:
        sweeper.kill()
        sweeper.wait()
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {NEW}
    assert len(names(tmp_path)) == 300
