"""The index: what it keeps, which stamps it trusts, several processes at once."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from seedlint import database
from seedlint.stamps import stamp_of
from tests.index_support import (
    AT,
    LATER,
    SECOND,
    Notices,
    content,
    entry,
    file_of,
    filled,
    go,
    many,
    opened,
    stamp,
    started,
)

ODD_NAMES = ["a\nb.md", "a\udcff.md", "é.md", "\ue000.md", "😀.md", "a'b\".md", "x" * 300]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def notices(folder: Path) -> Notices:
    return Notices(folder)


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


def test_more_than_fits_into_one_query(folder: Path) -> None:
    entries = many(4321)
    filled(folder, reversed(entries))
    with opened(folder) as index:
        assert content(index) == entries
        assert list(index.entries([each.name for each in reversed(entries)])) == entries
        index.forget([each.name for each in entries[1:]])
        assert content(index) == entries[:1]
    with closing(database.Database(file_of(folder))) as rest:
        assert rest.rows("SELECT count(*) FROM texts") == [(1,)]


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
        os.utime(file_of(folder), (0, 0))
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
        looking = one.entries(names)
        assert next(looking).name == names[0]
        other.forget(names[:2990])
        one.save([entry("seeds/99999.md")], LATER)
        assert [each.name for each in looking][-10:] == names[-10:]
        assert len(one.signatures()) == 11


SAVE = """
import sys, time
from pathlib import Path
from seedlint.index import Index
from tests.index_support import KEY, LATER, many
folder, number, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
sys.stdin.readline()
index = Index(folder, KEY, print)
index.signatures()
for batch in range(count):
    index.save(many(100, f"{number}/{batch}/"), LATER)
    index.save(many(10, "shared/"), LATER)
    sum(1 for _ in index.entries(index.signatures()))
    print(batch, flush=True)
index.close()
"""


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
    old: list[Path] = []
    for number in range(6):
        with opened(folder, key=str(number)) as index:
            index.save(many(1), LATER)
        old += [path for path in folder.glob("*.db") if path not in old]
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
        index.save([entry("after.md")], LATER)
    with opened(folder) as index:
        assert content(index) == sorted([*found, entry("after.md")])
