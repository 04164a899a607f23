"""The cache folder: what seedlint puts there, and that it removes only that."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from seedlint.cachedir import (
    CacheFailure,
    clear,
    finish,
    indexes,
    prepare,
    prune,
    remove,
    unfinished,
)

KEYS = [f"{number:032x}" for number in range(9)]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def made(folder: Path, key: str, age: float = 0.0) -> Path:
    """An index with all that can lie beside it."""
    path = unfinished(folder, key)
    path.write_bytes(b"x")
    path = finish(path)
    for companion in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + companion).write_bytes(b"y")
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def test_notes_for_git_and_for_backups(tmp_path: Path) -> None:
    folder = tmp_path / "new" / ".seedlint_cache"
    prepare(folder)
    assert names(folder) == [".gitignore", "CACHEDIR.TAG"]
    assert (folder / ".gitignore").read_bytes() == b"# Written by seedlint.\n*\n"
    tag = (folder / "CACHEDIR.TAG").read_text(encoding="utf-8")
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    assert "seedlint clean" in tag


def test_git_sees_nothing_of_it(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    prepare(tmp_path / ".seedlint_cache")
    made(tmp_path / ".seedlint_cache", KEYS[0])
    status = subprocess.run(
        ["git", "-C", str(tmp_path), "status", "--porcelain"], capture_output=True, check=True
    )
    assert status.stdout == b""


def test_notes_that_people_edited_stay(tmp_path: Path) -> None:
    prepare(tmp_path)
    (tmp_path / ".gitignore").write_text("# mine\n", encoding="utf-8")
    (tmp_path / "CACHEDIR.TAG").unlink()
    made(tmp_path, KEYS[0])
    prepare(tmp_path)
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "# mine\n"
    assert (tmp_path / "CACHEDIR.TAG").exists()


def test_a_folder_of_other_things_gets_no_notes(tmp_path: Path) -> None:
    (tmp_path / "letter.md").touch()
    prepare(tmp_path)
    assert names(tmp_path) == ["letter.md"]


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("file", "it is not a folder"),
        ("link", "it is a symbolic link"),
        ("dangling", "it is a symbolic link"),
        ("below a file", "Not a directory"),
    ],
)
def test_no_folder(tmp_path: Path, what: str, reason: str) -> None:
    folder = tmp_path / "cache"
    (tmp_path / "target").mkdir()
    if what == "file":
        folder.touch()
    elif what == "below a file":
        (tmp_path / "file").touch()
        folder = tmp_path / "file" / "cache"
    else:
        folder.symlink_to(tmp_path / ("target" if what == "link" else "nothing"))
    for function in (prepare, clear):
        with pytest.raises(CacheFailure) as failure:
            function(folder)
        assert (str(failure.value), failure.value.is_damage) == (reason, False)
    assert names(tmp_path / "target") == []
    assert not (tmp_path / "nothing").exists()


def test_indexes_of_a_key_the_oldest_first(tmp_path: Path) -> None:
    first, other, second = (made(tmp_path, key) for key in (KEYS[0], KEYS[1], KEYS[0]))
    unfinished(tmp_path, KEYS[0]).touch()
    (tmp_path / f"index-{KEYS[0]}-1.db").touch()
    (tmp_path / f"x-index-{KEYS[0]}-{'0' * 20}.db").touch()
    assert indexes(tmp_path, KEYS[0]) == [first, second]
    assert indexes(tmp_path, KEYS[1]) == [other]
    assert indexes(tmp_path, KEYS[2]) == []


def test_names_are_not_used_twice(tmp_path: Path) -> None:
    assert len({unfinished(tmp_path, KEYS[0]) for _ in range(100)}) == 100


def test_remove_takes_all_that_lies_beside(tmp_path: Path) -> None:
    kept = made(tmp_path, KEYS[0])
    remove(made(tmp_path, KEYS[0]))
    remove(tmp_path / "is-not-there")
    assert names(tmp_path) == [f"{kept.name}{end}" for end in ("", "-journal", "-shm", "-wal")]


def test_prune_keeps_the_four_keys_used_last(tmp_path: Path) -> None:
    paths = [made(tmp_path, key, age=9999 + age) for age, key in enumerate(KEYS)]
    used = paths[8]
    prune(tmp_path, used)
    left = [path for path in paths if path.exists()]
    assert left == [*paths[:3], used]
    assert len(names(tmp_path)) == 16


def test_prune_leaves_what_may_be_in_use(tmp_path: Path) -> None:
    ages = (500, 510, 520, 590, 610, 620)
    paths = [made(tmp_path, key, age=age) for key, age in zip(KEYS, ages, strict=False)]
    prune(tmp_path, paths[0])
    assert [path.exists() for path in paths] == [True, True, True, True, False, False]
    spare = [made(tmp_path, KEYS[0], age=age) for age in (590, 610)]
    prune(tmp_path, paths[0])
    assert [path.exists() for path in spare] == [True, False]


def test_prune_of_several_for_one_key_keeps_the_oldest(tmp_path: Path) -> None:
    first, second, third = (made(tmp_path, KEYS[0], age=9999) for _ in range(3))
    others = [made(tmp_path, KEYS[1], age=9999) for _ in range(2)]
    prune(tmp_path, second)
    assert [path.exists() for path in (first, second, third, *others)] == [
        *(True, True, False),
        *(True, True),
    ]


def test_prune_takes_what_was_left_behind_long_ago(tmp_path: Path) -> None:
    used = made(tmp_path, KEYS[0], age=9999)
    ages = {"new": 3500, "old": 3700}
    left: dict[str, list[Path]] = {name: [] for name in ages}
    for name, age in ages.items():
        half = unfinished(tmp_path, KEYS[0])
        orphan = half.with_suffix(".db-wal")
        for path in (half, half.with_suffix(".new-journal"), orphan):
            path.touch()
            os.utime(path, (time.time() - age, time.time() - age))
            left[name].append(path)
    foreign = tmp_path / "index-of-something.db-wal"
    foreign.touch()
    os.utime(foreign, (0, 0))
    prune(tmp_path, used)
    assert [path.exists() for path in left["new"]] == [True, True, True]
    assert [path.exists() for path in left["old"]] == [False, False, False]
    assert foreign.exists()
    assert used.exists()


def test_clear_removes_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    prepare(folder)
    made(folder, KEYS[0])
    unfinished(folder, KEYS[1]).touch()
    assert clear(folder) == (7, True)
    assert not folder.exists()
    assert clear(folder) == (0, False)


def test_clear_leaves_what_is_not_ours(tmp_path: Path) -> None:
    folder, outside = tmp_path / "cache", tmp_path / "outside"
    prepare(folder)
    outside.write_text("kept", encoding="utf-8")
    (folder / ".gitignore").write_text("# Written by seedlint.\n*\n!mine\n", encoding="utf-8")
    (folder / "notes.md").touch()
    (folder / f"index-{KEYS[0]}-{'0' * 20}.db").mkdir()
    (folder / f"index-{KEYS[0]}-{'0' * 20}.db.bak").touch()
    (folder / f"index-{KEYS[0]}-{'1' * 20}.db").symlink_to(outside)
    (folder / "link").symlink_to(outside)
    made(folder, KEYS[0])
    assert clear(folder) == (6, False)
    assert names(folder) == [
        ".gitignore",
        f"index-{KEYS[0]}-{'0' * 20}.db",
        f"index-{KEYS[0]}-{'0' * 20}.db.bak",
        "link",
        "notes.md",
    ]
    assert outside.read_text(encoding="utf-8") == "kept"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_clear_does_not_wait_for_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".gitignore")
    os.mkfifo(tmp_path / f"index-{KEYS[0]}-{'0' * 20}.db")
    assert clear(tmp_path) == (1, False)
    assert names(tmp_path) == [".gitignore"]
