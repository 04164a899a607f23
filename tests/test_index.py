"""The index: what it keeps, what it believes, and that nothing that happens to it matters."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from seedlint import cachedir, database
from seedlint.index import Entry, Index, IndexLost
from seedlint.stamps import Stamp, stamp_of

KEY = "version 1"
SECOND = 1_000_000_000
AT = 1_700_000_000 * SECOND + 123_456_789
LATER = AT + 10 * SECOND
ODD_NAMES = ["a\nb.md", "a\udcff.md", "é.md", "\ue000.md", "😀.md", "a'b\".md", "x" * 300]


def stamp(changed: int = AT, size: int = 7) -> Stamp:
    values = (0o100644, 5, 1, 1, 0, 0, size, 0, 0, 0)
    return stamp_of(os.stat_result(values, {"st_mtime_ns": changed, "st_ctime_ns": changed}))


def entry(name: str, digest: int = 1, facts: str | None = None, result: str | None = "1") -> Entry:
    of_file = f"facts of {name}" if facts is None else facts
    return Entry(name, stamp(), f"{digest:032x}", digest % 2 == 0, of_file, result)


def many(count: int, prefix: str = "seeds/") -> list[Entry]:
    return [entry(f"{prefix}{number:05}.md", number) for number in range(count)]


class Notices(list[str]):
    """What people were told, without the path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, text: str) -> None:
        self.append(text.replace(str(self.folder), "CACHE"))


REBUILT = "the cache in CACHE was damaged; it is rebuilt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def notices(folder: Path) -> Notices:
    return Notices(folder)


@contextmanager
def opened(folder: Path, notices: Notices | None = None, key: str = KEY) -> Iterator[Index]:
    """The index; without ``notices`` there must be none."""
    told = Notices(folder)
    with closing(Index.open(folder, key, told if notices is None else notices)) as index:
        yield index
    assert told == []


def file_of(folder: Path) -> Path:
    """The one database in a folder."""
    (path,) = folder.glob("*.db")
    return path


def filled(folder: Path, entries: Iterable[Entry]) -> Path:
    """An index with these entries."""
    with opened(folder) as index:
        index.save(list(entries), LATER)
    return file_of(folder)


def content(index: Index) -> list[Entry]:
    return list(index.entries(index.signatures()))


def sql(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


# What it keeps


def test_entries_are_kept(folder: Path) -> None:
    entries = [
        entry("a.md", 1),
        entry("b.md", 2, result=None),
        entry("c.md", 3, facts="", result=""),
        entry("d.md", 4, facts="ü😀\udcff\0\n" * 9999, result="x" * 99_999),
    ]
    filled(folder, entries)
    with opened(folder) as index:
        assert list(index.entries(["d.md", "b.md", "x.md", "a.md", "c.md"])) == entries
        assert list(index.entries([])) == []


def test_any_name_in_the_order_of_texts(folder: Path) -> None:
    entries = [entry(name, number) for number, name in enumerate(ODD_NAMES)]
    filled(folder, entries)
    with opened(folder) as index:
        assert list(index.signatures()) == sorted(ODD_NAMES)
        assert [each.name for each in index.entries(ODD_NAMES)] == sorted(ODD_NAMES)
        assert set(index.entries(ODD_NAMES)) == set(entries)
        assert [name for name, _, _ in index.all_facts()] == sorted(ODD_NAMES)


def test_more_than_fits_into_one_query(folder: Path) -> None:
    entries = many(4321)
    filled(folder, reversed(entries))
    with opened(folder) as index:
        assert content(index) == entries
        assert list(index.all_facts()) == [(e.name, e.digest, e.facts) for e in entries]
        index.forget([each.name for each in entries[1:]])
        assert content(index) == entries[:1]


def test_saving_again_replaces(folder: Path) -> None:
    filled(folder, [entry("a.md", 1), entry("b.md", 2)])
    with opened(folder) as index:
        changed = entry("a.md", 4, facts="others", result=None)
        index.save([changed], LATER)
        assert content(index) == [changed, entry("b.md", 2)]


def test_keys_are_apart(folder: Path) -> None:
    filled(folder, [entry("a.md")])
    with opened(folder, key="version 2 \udcff") as index:
        assert index.signatures() == {}
        index.save([entry("b.md")], LATER)
    with opened(folder) as index:
        assert content(index) == [entry("a.md")]


def test_conclusions_of_the_newest_state(folder: Path) -> None:
    with opened(folder) as index:
        assert index.conclusions("one") is None
        index.save_conclusions("one", '{"é": "\udcff"}')
        assert index.conclusions("one") == '{"é": "\udcff"}'
        index.save_conclusions("two", "")
        assert (index.conclusions("one"), index.conclusions("two")) == (None, "")


def test_finals_with_the_same_key(folder: Path) -> None:
    with opened(folder) as index:
        index.save_finals({"a.md": ("k1", "A"), "b\udcff.md": ("k2", ""), "c.md": ("k3", "C")})
        assert index.finals({"a.md": "k1", "b\udcff.md": "k2", "c.md": "k1", "d.md": "k1"}) == {
            "a.md": "A",
            "b\udcff.md": "",
        }
        index.save_finals({"a.md": ("k4", "A4")})
        index.forget(["c.md"])
        assert index.finals({"a.md": "k1", "c.md": "k3"}) == {}
        assert index.finals({"a.md": "k4"}) == {"a.md": "A4"}


def test_the_state_is_that_of_names_and_facts(folder: Path) -> None:
    base = [entry("a.md", 1), entry("b.md", 2)]

    def state(*entries: Entry) -> str:
        with opened(folder, key=repr(entries)) as index:
            index.save(entries, LATER)
            return index.state()

    same = state(*base)
    assert state(*reversed(base)) == same
    assert state(base[0]._replace(digest="f" * 32, result=None), base[1]) == same
    assert state(*base, entry("readme.md", 3, facts="")) == same
    assert state(base[0]._replace(facts="other"), base[1]) != same
    assert state(base[0], base[1]._replace(name="c.md")) != same
    assert state(base[0]) != same


def test_files_without_facts_are_left_out_of_them(folder: Path) -> None:
    filled(folder, [entry("a.md", 1, facts=""), entry("b.md", 2, facts="f")])
    with opened(folder) as index:
        assert list(index.all_facts()) == [("b.md", f"{2:032x}", "f")]


# Which stamps it trusts


def test_a_stamp_is_trusted_when_the_file_was_read_long_after_the_change(folder: Path) -> None:
    with opened(folder) as index:
        index.save([entry("a.md")], AT + SECOND // 10)
        index.save([entry("b.md")], AT + SECOND // 10 + 1)
        assert index.signatures() == {"a.md": (stamp(), False), "b.md": (stamp(), True)}


def test_touch_renews_the_stamp_of_the_same_content(folder: Path) -> None:
    new = stamp(AT + SECOND)
    filled(folder, [entry("a.md", 1), entry("b.md", 2), entry("c.md", 3)])
    with opened(folder) as index:
        digests = {name: f"{digest:032x}" for name, digest in (("a.md", 1), ("b.md", 1))}
        index.touch({name: (new, digest) for name, digest in digests.items()}, LATER)
        # Another process has meanwhile seen other content in b.md.
        assert index.signatures() == {
            "a.md": (new, True),
            "b.md": (stamp(), True),
            "c.md": (stamp(), True),
        }
        index.touch({"c.md": (new, f"{3:032x}")}, AT + SECOND)
        assert index.signatures()["c.md"] == (new, False)
        index.touch({"x.md": (new, f"{3:032x}")}, LATER)
        assert len(content(index)) == 3


def test_real_files_are_trusted_when_they_have_rested(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"x")
    with opened(folder) as index:
        fresh = stamp_of(file.stat())
        index.save([entry("a.md")._replace(stamp=fresh)], index.moment())
        assert index.signatures() == {"a.md": (fresh, False)}
        index.touch({"a.md": (fresh, f"{1:032x}")}, index.moment() + 3 * SECOND)
        assert index.signatures() == {"a.md": (fresh, True)}


def test_a_clock_that_is_set_back_is_not_trusted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(folder, [entry("a.md")])
    with opened(folder) as index:
        assert index.signatures() == {"a.md": (stamp(), True)}
        monkeypatch.setattr(time, "time_ns", lambda: AT)
        assert index.signatures() == {"a.md": (stamp(), False)}
        # Read again now, it stays in doubt when the clock has come so far once more.
        index.touch({"a.md": (stamp(), f"{1:032x}")}, index.moment())
        monkeypatch.undo()
        assert index.signatures() == {"a.md": (stamp(), False)}


def test_the_moment_is_that_of_the_clock_that_is_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(folder) as index:
        before = time.time_ns()
        assert before - SECOND < index.moment() <= time.time_ns()
        monkeypatch.setattr(time, "time_ns", lambda: before + 3600 * SECOND)
        assert index.moment() < before + 60 * SECOND
        monkeypatch.setattr(time, "time_ns", lambda: 5)
        assert index.moment() == 5


# Several processes


def test_reading_goes_on_while_others_write(folder: Path) -> None:
    filled(folder, many(3000))
    with opened(folder) as one, opened(folder) as other:
        names = list(one.signatures())
        reading = one.all_facts()
        looking = one.entries(names)
        assert next(reading)[0] == names[0]
        assert next(looking).name == names[0]
        other.forget(names[:2990])
        one.save([entry("seeds/99999.md")], LATER)
        assert sum(1 for _ in reading) == 2999
        assert [each.name for each in looking][-10:] == names[-10:]
        assert len(one.signatures()) == 11


def test_one_moment(folder: Path) -> None:
    filled(folder, many(3))
    with opened(folder) as one, opened(folder) as other:
        with one.unchanging():
            before = one.state()
            other.save([entry("new.md")], LATER)
            one.save([entry("newer.md")], LATER)
            assert one.state() == before
            assert len(list(one.all_facts())) == 3
        assert one.state() != before
        assert len(list(one.all_facts())) == 5
        assert other.state() == one.state()


SAVE = """
import sys, time
from pathlib import Path
from seedlint.index import Index
from tests.test_index import KEY, LATER, entry, many
folder, number, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
sys.stdin.readline()
index = Index.open(folder, KEY, print)
index.signatures()
for batch in range(count):
    index.save(many(100, f"{number}/{batch}/"), LATER)
    index.save(many(10, "shared/"), LATER)
    sum(1 for _ in index.all_facts())
    print(batch, flush=True)
index.close()
"""


def started(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def test_processes_that_write_at_once(folder: Path) -> None:
    filled(folder, [])
    processes = [started(SAVE, folder, number, 12) for number in range(4)]
    for process in processes:
        go(process)
    outputs = [process.communicate(timeout=60)[0] for process in processes]
    assert outputs == ["".join(f"{batch}\n" for batch in range(12))] * 4
    with opened(folder) as index:
        expected = many(10, "shared/")
        for number in range(4):
            for batch in range(12):
                expected += many(100, f"{number}/{batch}/")
        assert content(index) == sorted(expected)


def test_processes_that_make_it_at_once(folder: Path) -> None:
    processes = [started(SAVE, folder, number, 1) for number in range(4)]
    for process in processes:
        go(process)
    assert [process.communicate(timeout=60)[0] for process in processes] == ["0\n"] * 4
    with opened(folder) as index:
        found = content(index)
        assert {each.name for each in found} > {each.name for each in many(10, "shared/")}


def two_for_one_key(folder: Path) -> tuple[Path, Path]:
    """Indexes of two and of one entries, the second unknown to whoever made the first."""
    first = filled(folder, many(2))
    hidden = first.with_suffix(".bak")
    first.rename(hidden)
    second = filled(folder, many(1))
    hidden.rename(first)
    return first, second


def test_of_indexes_made_at_once_all_take_the_oldest(folder: Path) -> None:
    first, second = two_for_one_key(folder)
    with opened(folder) as index:
        assert content(index) == many(2)
    # For a while, the process that made the other may be at work with it.
    assert [first.exists(), second.exists()] == [True, True]
    os.utime(second, (0, 0))
    with opened(folder) as index:
        assert content(index) == many(2)
    assert [first.exists(), second.exists()] == [True, False]


def test_an_index_that_came_later_is_given_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_first = filled(folder, many(2))
    hidden = made_first.with_suffix(".bak")
    made_first.rename(hidden)
    create = database._create

    def beaten(folder: Path, key: str) -> None:
        create(folder, key)
        hidden.rename(made_first)

    monkeypatch.setattr(database, "_create", beaten)
    with opened(folder) as index:
        assert content(index) == many(2)


def test_making_an_index_removes_those_of_old_settings(folder: Path) -> None:
    old = []
    for number in range(6):
        with opened(folder, key=str(number)) as index:
            index.save(many(1), LATER)
        old.append(max(folder.glob("*.db")))
        os.utime(old[-1], (number, number))
    with opened(folder):
        pass
    assert [path.exists() for path in old] == [False, False, False, True, True, True]


def test_interrupted_while_saving(folder: Path) -> None:
    def rows() -> Iterator[tuple[bytes, bytes]]:
        yield b"half", b""
        raise KeyboardInterrupt

    path = filled(folder, many(3))
    with closing(database.Database(path)) as opened_database:
        with pytest.raises(KeyboardInterrupt):
            opened_database.write([("INSERT INTO texts VALUES (?, NULL, ?)", rows())])
        opened_database.write([("INSERT INTO texts VALUES (?, NULL, ?)", [(b"whole", b"")])])
        assert opened_database.rows("SELECT count(*) FROM texts") == [(4,)]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("attempt", range(4))
def test_killed_while_saving(folder: Path, attempt: int) -> None:
    filled(folder, many(5, "before/"))
    process = started(SAVE, folder, 0, 10_000)
    go(process)
    assert process.stdout is not None
    seen = [int(process.stdout.readline()) for _ in range(3 + attempt)]
    time.sleep(random.Random(attempt).random() / 100)
    process.kill()
    process.communicate()
    with opened(folder) as index:
        found = content(index)
        names = {each.name for each in found}
        assert names >= {each.name for each in many(5, "before/")}
        for batch in seen:
            assert names >= {each.name for each in many(100, f"0/{batch}/")}
        # A batch is there or not, never in part.
        assert len([name for name in names if name.startswith("0/")]) % 100 == 0
        assert len(list(index.all_facts())) == len(found)
        index.save([entry("after.md")], LATER)
    with opened(folder) as index:
        assert content(index) == sorted([*found, entry("after.md")])


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
    with index.unchanging():
        assert [name for name, _, _ in index.all_facts()] == ["seeds/00001.md", "seeds/00002.md"]
        assert len(index.state()) == 32
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
        reading = one.all_facts()
        next(reading)
        one.save([entry("z.md")], LATER)
        assert sum(1 for _ in reading) >= 2999
        other.save([entry("zz.md")], LATER)
        assert content(one) == content(other) == [*many(3000), entry("z.md"), entry("zz.md")]
        with one.unchanging():
            assert one.state() == other.state()
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
            with pytest.raises(IndexLost):
                index.state()
            with pytest.raises(IndexLost):
                next(index.all_facts())
            works_in_memory(index)
        other.execute("ROLLBACK")
    assert len(notices) == 1
    with opened(folder) as index:
        assert content(index) == many(3)


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
from seedlint.index import Index, IndexLost
from tests.test_index import KEY, LATER, many
folder = Path(sys.argv[1])
index = Index.open(folder, KEY, lambda text: print(text.replace(str(folder), "CACHE")))
print(len(index.signatures()))
resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))
for batch in range(20):
    index.save(many(1000, f"{batch:02}/"), LATER)
try:
    print(index.state())
except IndexLost:
    print("lost")
print(len(index.signatures()) < 20_000)
index.save(many(5), LATER)
print([name for name, _, _ in index.all_facts()][-5:] == [each.name for each in many(5)])
index.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits")
def test_full_disk(folder: Path) -> None:
    filled(folder, many(3))
    output, _ = started(FULL, folder).communicate(timeout=60)
    assert output.splitlines() == [
        "3",
        "going on without the cache in CACHE: disk I/O error",
        "lost",
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
        reading = index.all_facts()
        next(reading)
        assert cachedir.clear(folder) > 0
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
        with pytest.raises(IndexLost):
            index.state()
        assert index.signatures() == {}
        index.save(many(2), LATER)
        assert len(list(index.all_facts())) == 2
    assert notices == [REBUILT]
    with opened(folder) as index:
        assert content(index) == many(2)


def test_wrong_facts_stop_the_reading_of_all(folder: Path, notices: Notices) -> None:
    path = filled(folder, many(4))
    sql(path, "UPDATE texts SET facts = x'00'")
    with opened(folder, notices) as index:
        with pytest.raises(IndexLost):
            list(index.all_facts())
        assert notices == [REBUILT]
        # Until somebody asks what is left, the index does not speak of all files.
        index.save(many(1), LATER)
        with pytest.raises(IndexLost):
            list(index.all_facts())
        assert list(index.signatures()) == [each.name for each in many(1)]
        assert len(list(index.all_facts())) == 1


def test_an_unusable_hash_stops_the_state(folder: Path, notices: Notices) -> None:
    sql(filled(folder, many(4)), "UPDATE files SET known = NULL")
    with opened(folder, notices) as index, pytest.raises(IndexLost):
        index.state()
    assert notices == [REBUILT]


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
        assert len(list(index.all_facts())) == 2


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


def test_more_than_a_value_may_have(
    folder: Path, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.version_info < (3, 11):
        pytest.skip("the limit cannot be set")
    filled(folder, [entry("a.md", facts="x" * 5000)])
    monkeypatch.setattr(database, "_LONGEST_VALUE", 2000)
    with opened(folder, notices) as index:
        assert list(index.signatures()) == ["a.md"]
        assert content(index) == []
        assert notices == [REBUILT]
        index.save([entry("b.md", facts="x" * 5000)], LATER)
        assert notices[1:] == ["going on without the cache in CACHE: string or blob too big"]
        index.signatures()
        index.save([entry("c.md", facts="x" * 5000)], LATER)
        assert content(index) == [entry("c.md", facts="x" * 5000)]


# Whatever happens to the bytes, a run that starts over when it is told to knows the truth


def facts_after_a_run(index: Index, truth: list[Entry]) -> list[tuple[str, str, str]]:
    """What a run does: believe what is trusted and unchanged, save the rest, read all facts."""
    by_name = {each.name: each for each in truth}
    for _ in range(4):
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
        try:
            return list(index.all_facts())
        except IndexLost:
            continue
    raise AssertionError("never came to an end")


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
    expected = [(each.name, each.digest, each.facts) for each in truth]
    with opened(folder, notices) as index:
        assert facts_after_a_run(index, truth) == expected
    assert notices in ([], [REBUILT])
    with opened(folder, notices) as index:
        assert facts_after_a_run(index, truth) == expected
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
    expected = [(each.name, each.digest, each.facts) for each in truth]
    with opened(folder, notices) as index:
        assert facts_after_a_run(index, truth) == expected
    with opened(folder) as index:
        assert content(index) == truth
    assert notices in ([], [REBUILT])
