"""The index: whatever lies in its place or happens to it, a run goes on and is right."""

from __future__ import annotations

import os
import random
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from seedlint import cachedir, database
from seedlint.index import Index
from seedlint.indexrows import Entry
from tests.index_support import (
    AT,
    LATER,
    REBUILT,
    Notices,
    content,
    entry,
    file_of,
    filled,
    many,
    opened,
    stamp,
    started,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def notices(folder: Path) -> Notices:
    return Notices(folder)


def sql(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


# Something is there that is not an index


def spoil(path: Path, how: str) -> None:
    raw = path.read_bytes()
    replacements = {
        "empty": b"",
        "text": b"---\ntitle: x\n---\n" * 9999,
        "header gone": bytes(100) + raw[100:],
        "cut in a page": raw[: len(raw) // 2 + 77],
        "cut after a page": raw[:32768],
        "half of the header": raw[:50],
    }
    scripts = {
        "older format": "PRAGMA user_version = 0",
        "another program's": "PRAGMA application_id = 7",
        "other tables": "DROP TABLE files; CREATE TABLE files (name)",
        "trigger": "CREATE TRIGGER t AFTER INSERT ON files BEGIN DELETE FROM texts; END",
        "view": "DROP TABLE finals; CREATE VIEW finals AS SELECT 1 AS name, 2 AS key, 3 AS text",
        "another table": "CREATE TABLE more (x)",
    }
    if how in replacements:
        path.write_bytes(replacements[how])
    elif how in scripts:
        sql(path, scripts[how])
    else:
        path.unlink()
        if how == "pipe":
            os.mkfifo(path)
        elif how == "link":
            path.symlink_to(path.parent.parent / "outside")
        elif how == "dangling link":
            path.symlink_to(path.parent.parent / "nothing")


@pytest.mark.parametrize(
    "how",
    [
        *("empty", "text", "header gone", "cut in a page", "cut after a page"),
        *("half of the header", "older format", "another program's", "other tables"),
        *("trigger", "view", "another table", "pipe", "link", "dangling link"),
    ],
)
def test_what_is_no_index_makes_way(
    folder: Path, notices: Notices, tmp_path: Path, how: str
) -> None:
    outside = tmp_path / "outside"
    foreign = filled(tmp_path / "other", many(3)).read_bytes()
    outside.write_bytes(foreign)
    path = filled(folder, many(300))
    spoil(path, how)
    with opened(folder, notices) as index:
        assert index.signatures() == {}
        assert notices == [REBUILT]
        index.save(many(2), LATER)
        assert content(index) == many(2)
    assert file_of(folder) != path
    with opened(folder) as index:
        assert content(index) == many(2)
    assert outside.read_bytes() == foreign
    assert not (tmp_path / "nothing").exists()


def test_a_folder_with_the_name_of_an_index_is_passed_over(folder: Path, notices: Notices) -> None:
    path = filled(folder, many(3))
    path.unlink()
    path.mkdir()
    (path / "x").touch()
    with opened(folder, notices) as index:
        assert index.signatures() == {}
        index.save(many(2), LATER)
    with opened(folder, notices) as index:
        assert content(index) == many(2)
    assert notices == [REBUILT, REBUILT]
    assert (path / "x").exists()


def test_missing_is_nothing_to_speak_of(folder: Path) -> None:
    filled(folder, many(3)).unlink()
    with opened(folder) as index:
        assert index.signatures() == {}


def test_removed_by_another_process_while_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(folder, many(3))
    indexes = cachedir.indexes
    monkeypatch.setattr(cachedir, "indexes", lambda *where: [folder / "gone", *indexes(*where)])
    with opened(folder) as index:
        assert content(index) == many(3)
    path.unlink()
    with opened(folder) as index:
        assert content(index) == []


@pytest.mark.parametrize("companion", ["-wal", "-shm", "-journal"])
def test_garbage_beside_an_index(folder: Path, companion: str) -> None:
    path = filled(folder, many(3))
    path.with_name(path.name + companion).write_bytes(os.urandom(70_000))
    with opened(folder) as index:
        assert content(index) == many(3)
        index.save([entry("z.md")], LATER)
        assert content(index) == [*many(3), entry("z.md")]


# Where there can be none


def works_in_memory(index: Index) -> None:
    """Everything works, and is gone with the process."""
    assert index.signatures() == {}
    index.save(many(3), LATER)
    index.save_conclusions("s", "C")
    index.save_finals({"a": ("k", "F")})
    index.touch({"seeds/00001.md": (stamp(size=8), f"{1:032x}")}, LATER)
    index.forget(["seeds/00000.md"])
    assert index.signatures() == {
        "seeds/00001.md": (stamp(size=8), True),
        "seeds/00002.md": (stamp(), True),
    }
    assert [each.name for each in content(index)] == ["seeds/00001.md", "seeds/00002.md"]
    assert (index.conclusions("s"), index.finals({"a": "k"})) == ("C", {"a": "F"})
    assert index.moment() > AT


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("file", "it is not a folder"),
        ("link", "it is a symbolic link"),
        ("below a file", "Not a directory"),
        ("long name", "File name too long"),
    ],
)
def test_no_folder_for_it(tmp_path: Path, what: str, reason: str) -> None:
    folder = tmp_path / "cache"
    (tmp_path / "target").mkdir()
    if what == "link":
        folder.symlink_to(tmp_path / "target")
    elif what == "long name":
        folder /= "x" * 999
    else:
        folder.touch()
        folder = folder / "cache" if what == "below a file" else folder
    notices = Notices(folder)
    with opened(folder, notices) as index:
        works_in_memory(index)
    assert notices == [f"going on without the cache in CACHE: {reason}"]
    assert list((tmp_path / "target").iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(
    ("spot", "reason"),
    [
        ("parent", "Permission denied"),
        ("folder", "unable to open database file"),
        ("file", "unable to open database file"),
    ],
)
def test_somebody_elses(spot: str, reason: str) -> None:
    """Without any rights: no rights at the parent, in the folder, to the file."""
    with tempfile.TemporaryDirectory() as name:
        parent = Path(name)
        folder = parent / "cache"
        if spot == "folder":
            folder.mkdir()
        elif spot == "file":
            path = filled(folder, many(3))
            folder.chmod(0o777)
            path.chmod(0o000)
        (folder if spot == "folder" else parent).chmod(0o555)
        if spot == "folder":
            parent.chmod(0o755)
        output = parent.with_suffix(".out")
        child = os.fork()
        if child == 0:
            code = 1
            try:
                with output.open("w") as told:
                    if os.getuid() == 0:
                        os.setgid(65534)
                        os.setuid(65534)
                    notices = Notices(folder)
                    with opened(folder, notices) as index:
                        works_in_memory(index)
                    told.write("\n".join(notices))
                code = 0
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        parent.chmod(0o755)
        said = output.read_text()
        output.unlink()
    assert (status, said) == (0, f"going on without the cache in CACHE: {reason}")


def test_without_shared_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = database._make

    def failing(path: Path, journal: str) -> None:
        make(path, journal)
        if journal == "WAL":
            raise cachedir.CacheFailure("disk I/O error")

    monkeypatch.setattr(database, "_make", failing)
    filled(folder, many(3000))
    with opened(folder) as one, opened(folder) as other:
        reading = one.entries(one.signatures())
        next(reading)
        one.save([entry("z.md")], LATER)
        assert sum(1 for _ in reading) == 2999
        other.save([entry("zz.md")], LATER)
        assert content(one) == content(other) == [*many(3000), entry("z.md"), entry("zz.md")]
    assert list(folder.glob("*.new*")) == []


# It breaks while it is in use


def test_locked_while_writing(
    folder: Path, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_TIMEOUT", 0.05)
    path = filled(folder, many(3))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with opened(folder, notices) as index:
            assert content(index) == many(3)
            assert notices == []
            index.save(many(4), LATER)
            assert notices == ["going on without the cache in CACHE: database is locked"]
            works_in_memory(index)
        other.execute("ROLLBACK")
    assert len(notices) == 1
    with opened(folder) as index:
        assert content(index) == many(3)


def test_what_was_being_read_ends_when_writing_fails(
    folder: Path, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_TIMEOUT", 0.05)
    path = filled(folder, many(3000))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with opened(folder, notices) as index:
            reading = index.entries(index.signatures())
            assert next(reading) == many(1)[0]
            index.save(many(4), LATER)
            index.save(many(5), LATER)
            assert 0 < len(list(reading)) < 2999
            assert content(index) == many(5)
    assert notices == ["going on without the cache in CACHE: database is locked"]


def test_locked_when_opened(
    folder: Path, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_TIMEOUT", 0.05)
    path = filled(folder, many(3))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with opened(folder, notices) as index:
            works_in_memory(index)
        other.execute("ROLLBACK")
    assert notices == ["going on without the cache in CACHE: database is locked"]
    with opened(folder) as index:
        assert content(index) == many(3)


FULL = """
import resource, sys
from pathlib import Path
from seedlint.index import Index
from tests.index_support import KEY, LATER, many
folder = Path(sys.argv[1])
index = Index(folder, KEY, lambda text: print(text.replace(str(folder), "CACHE")))
print(len(index.signatures()))
resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))
for batch in range(20):
    index.save(many(1000, f"{batch:02}/"), LATER)
names = list(index.signatures())
print(len(names) < 20_000)
index.save(many(5), LATER)
print([*index.entries(index.signatures())][-5:] == many(5))
index.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits")
def test_full_disk(folder: Path) -> None:
    filled(folder, many(3))
    output, _ = started(FULL, folder).communicate(timeout=60)
    assert output.splitlines() == [
        "3",
        "going on without the cache in CACHE: disk I/O error",
        "True",
        "True",
    ]
    with opened(folder) as index:
        found = content(index)
        assert found[-3:] == many(3)
        assert (len(found) - 3) % 1000 == 0


def test_cleaned_while_in_use(folder: Path) -> None:
    filled(folder, many(3000))
    with opened(folder) as index:
        index.save([entry("a.md")], LATER)
        reading = index.entries(index.signatures())
        next(reading)
        assert cachedir.clear(folder).files > 0
        assert not folder.exists()
        assert sum(1 for _ in reading) == 3000
        index.save([entry("b.md")], LATER)
        assert len(index.signatures()) == 3002
        assert index.moment() > AT
    filled(folder, many(1))
    with opened(folder) as index:
        assert content(index) == many(1)


def test_a_run_that_ends_does_not_harm_an_index_made_since(folder: Path) -> None:
    filled(folder, many(3))
    with opened(folder) as old:
        old.save([entry("a.md")], LATER)
        cachedir.clear(folder)
        with opened(folder) as new:
            new.save(many(2), LATER)
            old.save([entry("b.md")], LATER)
            old.close()
            new.save([entry("c.md")], LATER)
            # Nothing may rest on what only this process remembers.
            with opened(folder) as another:
                assert content(another) == [entry("c.md"), *many(2)]


# Rows that are not as they were written


@pytest.mark.parametrize(
    "script",
    [
        "UPDATE texts SET facts = 'facts of seeds/00002.md' WHERE name = X",
        "UPDATE texts SET facts = CAST('facts of seeds/00002.md' AS BLOB) WHERE name = X",
        "UPDATE texts SET facts = NULL WHERE name = X",
        "UPDATE texts SET facts = 7 WHERE name = X",
        "UPDATE texts SET result = CAST('0' AS BLOB) WHERE name = X",
        "UPDATE texts SET result = 'abcdefgh' WHERE name = X",
        "UPDATE texts SET result = 1.5 WHERE name = X",
        "UPDATE texts SET result = (SELECT result FROM texts WHERE name != X) WHERE name = X",
        "UPDATE texts SET result = (SELECT facts FROM texts WHERE name != X) WHERE name = X",
        "DELETE FROM texts WHERE name = X",
        "UPDATE files SET known = (SELECT known FROM files WHERE name != X) WHERE name = X",
        "UPDATE files SET digest = (SELECT digest FROM files WHERE name != X) WHERE name = X",
        "UPDATE files SET known = x'00' WHERE name = X",
        "UPDATE files SET known = 5 WHERE name = X",
        "UPDATE files SET digest = NULL WHERE name = X",
        "UPDATE files SET stamp = 1.5 WHERE name = X",
    ],
)
def test_a_row_that_is_wrong(folder: Path, notices: Notices, script: str) -> None:
    path = filled(folder, many(4))
    sql(path, script.replace("X", "CAST('seeds/00001.md' AS BLOB)"))
    with opened(folder, notices) as index:
        names = list(index.signatures())
        assert names == [each.name for each in many(4)]
        assert list(index.entries(names)) == many(1)
        assert notices == [REBUILT]
        assert index.signatures() == {}
        index.save(many(2), LATER)
        assert content(index) == many(2)
    assert notices == [REBUILT]
    with opened(folder) as index:
        assert content(index) == many(2)


@pytest.mark.parametrize(
    "script",
    [
        "INSERT INTO files VALUES ('zz', x'00', 1, x'00', x'00')",
        "INSERT INTO files VALUES (7, x'00', 1, x'00', x'00')",
        "INSERT INTO files VALUES (x'ff', x'00', 1, x'00', x'00')",
    ],
)
def test_names_that_are_none(folder: Path, notices: Notices, script: str) -> None:
    sql(filled(folder, many(4)), script)
    with opened(folder, notices) as index:
        assert index.signatures() == {}
        assert notices == [REBUILT]
        index.save(many(2), LATER)
        assert content(index) == many(2)


@pytest.mark.parametrize(
    "script",
    [
        "UPDATE conclusions SET text = CAST('CX' || substr(text, 3) AS BLOB)",
        "UPDATE conclusions SET text = 7",
        "UPDATE conclusions SET text = x''",
        "UPDATE finals SET text = (SELECT text FROM conclusions)",
        "UPDATE finals SET text = NULL",
    ],
)
def test_wrong_texts_are_not_returned(folder: Path, notices: Notices, script: str) -> None:
    path = filled(folder, [])
    with opened(folder) as index:
        index.save_conclusions("state", "CC")
        index.save_finals({"a.md": ("key", "FF")})
    sql(path, script)
    with opened(folder, notices) as index:
        found = index.conclusions("state"), index.finals({"a.md": "key"})
        assert found == ((None, {}) if "conclusions SET" in script else ("CC", {}))
        assert notices == [REBUILT]


def test_damaged_twice_goes_on_in_memory(folder: Path, notices: Notices) -> None:
    sql(filled(folder, many(4)), "UPDATE files SET known = NULL")
    with opened(folder, notices) as index:
        list(index.entries(index.signatures()))
        index.save(many(4), LATER)
        sql(file_of(folder), "UPDATE files SET known = NULL")
        assert content(index) == []
        works_in_memory(index)
    assert notices == [REBUILT, "going on without the cache in CACHE: rows are damaged"]


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the limit cannot be set")
def test_more_than_a_value_may_have(
    folder: Path, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(folder, [entry("a.md", facts="x" * 5000)])
    monkeypatch.setattr(database, "_LONGEST_VALUE", 2000)
    with opened(folder, notices) as index:
        assert list(index.signatures()) == ["a.md"]
        assert content(index) == []
    assert notices == [REBUILT]


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the limit cannot be set")
def test_more_than_can_be_kept(
    folder: Path, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(folder, many(2))
    monkeypatch.setattr(database, "_LONGEST_VALUE", 2000)
    large = entry("b.md", facts="x" * 5000)
    with opened(folder, notices) as index:
        index.save([large], LATER)
        assert notices == ["going on without the cache in CACHE: string or blob too big"]
        index.signatures()
        index.save([large], LATER)
        assert content(index) == [large]
    with opened(folder) as index:
        assert content(index) == many(2)


# Whatever happens to the bytes, what a run is told is true


def go_through(index: Index, truth: list[Entry]) -> None:
    """What a run does: believe what is trusted and unchanged, and save the rest."""
    by_name = {each.name: each for each in truth}
    signatures = index.signatures()
    index.forget(signatures.keys() - by_name.keys())
    same = [
        name
        for name, (of_file, _) in signatures.items()
        if name in by_name and of_file == by_name[name].stamp
    ]
    known = {each.name: each for each in index.entries(same)}
    assert all(each == by_name[name] for name, each in known.items())
    index.save([each for name, each in by_name.items() if name not in known], LATER)
    assert index.conclusions("state") in (None, "conclusions")
    assert index.finals({"a.md": "key"}) in ({}, {"a.md": "final"})


@pytest.mark.parametrize("seed", range(60))
def test_any_damage(folder: Path, notices: Notices, seed: int) -> None:
    rng = random.Random(seed)
    truth = [entry(f"{number:03}.md", number, result="r" * (number * 20)) for number in range(150)]
    path = filled(folder, truth)
    with opened(folder) as index:
        index.save_conclusions("state", "conclusions")
        index.save_finals({"a.md": ("key", "final")})
    raw = bytearray(path.read_bytes())
    used = [at for at, byte in enumerate(raw) if byte]
    for _ in range(rng.choice((1, 1, 3, 30))):
        how, at = rng.randrange(4), rng.choice(used)
        if how == 0:
            raw[at] ^= 1 << rng.randrange(8)
        elif how == 1:
            raw[at] = rng.randrange(256)
        elif how == 2:
            length = rng.choice((8, 512, 32768))
            raw[at : at + length] = bytes(len(raw[at : at + length]))
        else:
            start = rng.randrange(len(raw) // 4096) * 4096
            other = rng.randrange(len(raw) // 4096) * 4096
            raw[start : start + 4096] = raw[other : other + 4096]
    if rng.random() < 0.2:
        del raw[rng.randrange(len(raw)) :]
    path.write_bytes(raw)
    with opened(folder, notices) as index:
        go_through(index, truth)
    assert notices in ([], [REBUILT])
    with opened(folder, notices) as index:
        go_through(index, truth)
    with opened(folder, notices) as index:
        assert content(index) == truth
    assert notices in ([], [REBUILT])


@pytest.mark.parametrize("seed", range(40))
def test_pages_that_a_power_failure_lost(folder: Path, notices: Notices, seed: int) -> None:
    """Some pages are as before the last writes, and some as after: each is whole."""
    rng = random.Random(seed)
    before = [entry(f"{number:03}.md", number, result="r" * (number * 9)) for number in range(300)]
    path = filled(folder, rng.sample(before, 250))
    pages = path.read_bytes()
    truth = [
        each._replace(stamp=stamp(size=8), digest="f" * 32, facts="new " * 500)
        if rng.random() < 0.3
        else each
        for each in before
    ]
    with opened(folder) as index:
        index.forget([each.name for each in before if rng.random() < 0.2])
        index.save(truth, LATER)
    raw = bytearray(path.read_bytes())
    for start in range(32768 if rng.random() < 0.5 else 0, len(pages), 32768):
        if rng.random() < 0.3:
            raw[start : start + 32768] = pages[start : start + 32768]
    path.write_bytes(raw)
    with opened(folder, notices) as index:
        go_through(index, truth)
    # What was read before the damage was noticed is only there after another run.
    with opened(folder) as index:
        go_through(index, truth)
    with opened(folder) as index:
        assert content(index) == truth
    assert notices in ([], [REBUILT])
