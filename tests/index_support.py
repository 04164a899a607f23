"""What the tests of the index need."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from seedlint.index import Index
from seedlint.indexrows import Entry
from seedlint.stamps import Stamp, stamp_of

KEY = "version 1"
SECOND = 1_000_000_000
AT = 1_700_000_000 * SECOND + 123_456_789
LATER = AT + 10 * SECOND


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


@contextmanager
def opened(folder: Path, notices: Notices | None = None, key: str = KEY) -> Iterator[Index]:
    """The index; without ``notices`` there must be none."""
    told = Notices(folder)
    with closing(Index(folder, key, told if notices is None else notices)) as index:
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
