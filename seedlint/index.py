"""What earlier runs learnt of the files of a corpus.

The index is a cache: whatever happens to it, a run goes on, without it if need be. Nothing
in it is believed without a check: what is said of a file carries a checksum with the file's
name, and its texts are tied to the content they were made from. So neither a flipped bit nor
a page lost in a power failure can change what a run reports.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from seedlint import cachedir
from seedlint.cachedir import CacheFailure
from seedlint.indexrows import (
    Entry,
    damage,
    decoded,
    encoded,
    entry_of,
    rows_of,
    sealed,
    unsealed,
)
from seedlint.stamps import Stamp, trusted_after

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any, TypeVar

    from seedlint.database import Database, Step

    T = TypeVar("T")

_LOOKED_UP_AT_ONCE = 500
_WRITTEN_AT_ONCE = 1000


class Index:
    """The index of a corpus, for one set of settings. Several processes may use it at once.

    If it turns out to be damaged, a new one takes its place; if it cannot be read or
    written, one in memory does. There is a notice, what was returned stays valid, and what
    is no longer there is not returned.

    Not to be used in a forked process.
    """

    keeps = True

    def __init__(self, folder: Path, key: str, notice: Callable[[str], None]) -> None:
        """The index for a key in a cache folder, which is made if need be. Never raises.

        The key says all that facts and results depend on besides the files. A folder that
        is a link is not used; its parents may be links. Notices are to be escaped.
        """
        self._folder = folder
        self._key = key
        self._notice = notice
        self._was_rebuilt = False
        self._database = self._opened(None)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def moment(self) -> int:
        """Now, for ``read_at_ns``: by the clock that stamps files, if that is behind."""
        now = time.time_ns()
        path = self._database.path
        if path is not None:
            with suppress(OSError):
                # This also says that the index is in use.
                os.utime(path)
                now = min(now, path.stat().st_mtime_ns)
        return now

    # What is known of files.

    def signatures(self) -> dict[str, tuple[Stamp, bool]]:
        """The stamps of all files, and whether an equal one means equal content."""
        known: dict[str, tuple[Stamp, bool]] = {}
        query = "SELECT name, stamp, trusted_after < ? FROM files ORDER BY name"
        with self._guarded() as database:
            for rows in database.batches(query, (self.moment(),)):
                for name, stamp, is_trusted in rows:
                    known[decoded(name)] = stamp, is_trusted == 1
            return known
        return {}

    def entries(self, names: Iterable[str]) -> Iterator[Entry]:
        """What is known of these files, in the order of the names."""
        query = (
            "SELECT name, stamp, digest, known, result, facts"
            " FROM files LEFT JOIN texts USING (name) WHERE name IN"
        )
        with self._guarded() as database:
            for rows in _looked_up(database, query, names):
                for row in rows:
                    yield entry_of(*row)

    def save(self, entries: Sequence[Entry], read_at_ns: int) -> None:
        """Remember what is known of files.

        They were read at ``read_at_ns`` (see :meth:`moment`) or later, after their stamps
        had been taken.
        """
        for some in _portions(entries):
            rows = [rows_of(each, trusted_after(each.stamp, read_at_ns)) for each in some]
            self._write(
                ("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", [file for file, _ in rows]),
                ("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", [text for _, text in rows]),
            )

    def touch(self, unchanged: Mapping[str, tuple[Stamp, str]], read_at_ns: int) -> None:
        """Remember that files with these stamps turned out to have these digests still."""
        for some in _portions(list(unchanged.items())):
            rows = [
                (stamp, trusted_after(stamp, read_at_ns), encoded(name), bytes.fromhex(digest))
                for name, (stamp, digest) in some
            ]
            # Another process may have seen another content since.
            where = "WHERE name = ? AND digest = ?"
            self._write((f"UPDATE files SET stamp = ?, trusted_after = ? {where}", rows))

    def forget(self, names: Collection[str]) -> None:
        """Drop files that are gone."""
        for some in _portions(list(names)):
            rows = [(encoded(name),) for name in some]
            tables = ("files", "texts", "finals")
            self._write(*((f"DELETE FROM {table} WHERE name = ?", rows) for table in tables))

    # What is known of all files together.

    def conclusions(self, state: str) -> str | None:
        """What was concluded in this state, if that was the last."""
        with self._guarded() as database:
            for found, text in database.rows("SELECT state, text FROM conclusions WHERE id = 1"):
                if found == encoded(state):
                    return decoded(unsealed(text, found))
        return None

    def save_conclusions(self, state: str, text: str) -> None:
        """Remember what is concluded in a state, instead of what was in another."""
        row = (encoded(state), sealed(encoded(text), encoded(state)))
        self._write(("INSERT OR REPLACE INTO conclusions VALUES (1, ?, ?)", [row]))

    def finals(self, keys: Mapping[str, str]) -> dict[str, str]:
        """The final texts of files, by name, where they were saved with the same key."""
        finals: dict[str, str] = {}
        with self._guarded() as database:
            query = "SELECT name, key, text FROM finals WHERE name IN"
            for rows in _looked_up(database, query, keys):
                for raw, key, text in rows:
                    name = decoded(raw)
                    if name not in keys:
                        # A damaged table may answer with a row that was not asked for.
                        raise damage()
                    if key == encoded(keys[name]):
                        finals[name] = decoded(unsealed(text, raw + key))
        return finals

    def save_finals(self, finals: Mapping[str, tuple[str, str]]) -> None:
        """Remember the final texts of files: by name, a key and the text."""
        for some in _portions(list(finals.items())):
            rows = [
                (encoded(name), encoded(key), sealed(encoded(text), encoded(name) + encoded(key)))
                for name, (key, text) in some
            ]
            self._write(("INSERT OR REPLACE INTO finals VALUES (?, ?, ?)", rows))

    # When things go wrong.

    def _write(self, *steps: Step) -> None:
        with self._guarded() as database:
            database.write(steps)

    @contextmanager
    def _guarded(self) -> Iterator[Database]:
        """The database; if it fails, another takes its place, and the block is left."""
        database = self._database
        try:
            yield database
        except CacheFailure as failure:
            if database is self._database:
                database.close()
                if failure.is_damage and database.path is not None:
                    cachedir.remove(database.path)
                self._database = self._opened(failure)

    def _opened(self, failure: CacheFailure | None) -> Database:
        """The database on disk, or one in memory; after a failure, a new one."""
        from seedlint.database import Database, open_or_create

        if failure is None or (failure.is_damage and not self._was_rebuilt):
            try:
                database, self._was_rebuilt = open_or_create(self._folder, self._key)
            except CacheFailure as another:
                failure = another
            else:
                if failure is not None or self._was_rebuilt:
                    self._was_rebuilt = True
                    self._notice(f"the cache in {self._folder} was damaged; it is rebuilt")
                return database
        self._notice(f"going on without the cache in {self._folder}: {failure}")
        return Database(None)


def _looked_up(database: Database, query: str, names: Iterable[str]) -> Iterator[list[Any]]:
    """The rows for some names; the query ends before the names."""
    for some in _portions(sorted(map(encoded, names)), _LOOKED_UP_AT_ONCE):
        marks = ",".join("?" * len(some))
        yield database.rows(f"{query} ({marks}) ORDER BY name LIMIT {len(some)}", some)


def _portions(items: Sequence[T], size: int = _WRITTEN_AT_ONCE) -> Iterator[Sequence[T]]:
    """Few enough at a time that others need not wait."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
