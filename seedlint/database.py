"""One SQLite file of the cache: opened with suspicion, read in bulk, written in short steps.

Writers do not wait for the disk (``synchronous=OFF``): what a process wrote is there when it
is killed, as the system keeps it. Only when the power fails may pages get lost, and what is
stored can be checked row by row (:mod:`seedlint.index`); waiting would buy little and cost
every save.
"""

from __future__ import annotations

import sqlite3
import stat
import sys
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from operator import lt
from typing import TYPE_CHECKING, Any

from seedlint import cachedir
from seedlint.cachedir import CacheFailure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import TypeAlias

    Step: TypeAlias = tuple[str, Iterable[Sequence[Any]]]

FORMAT = 1
_APPLICATION = 0x5EED117
_BUSY_TIMEOUT = 10.0
_ROWS_AT_ONCE = 2000
_LONGEST_VALUE = 1 << 28

# Measured with 100 000 files. What is looked at in every run lies apart from the long texts;
# with large pages these need no overflow pages, so the file is half as large and read twice
# as fast.
_PAGE_SIZE = 32768
_SCHEMA = (
    "CREATE TABLE files (name BLOB PRIMARY KEY, stamp BLOB, trusted_after INTEGER,"
    " digest BLOB, known BLOB) WITHOUT ROWID",
    "CREATE TABLE texts (name BLOB PRIMARY KEY, result BLOB, facts BLOB) WITHOUT ROWID",
    "CREATE TABLE finals (name BLOB PRIMARY KEY, key BLOB, text BLOB) WITHOUT ROWID",
    "CREATE TABLE conclusions (id INTEGER PRIMARY KEY, state BLOB, text BLOB)",
)


class Database:
    """Rows to read and to write. Every error is a :class:`CacheFailure`.

    Not to be used in a forked process.
    """

    def __init__(self, path: Path | None) -> None:
        """Open the database at a path, which must be sound; without one, make it in memory."""
        self.path = path
        self._reader = self._connected()
        try:
            with _failures():
                if path is None:
                    _create_tables(self._reader)
                else:
                    _verify(self._reader)
                # Only with a write-ahead log can one connection go on reading while the
                # other writes.
                is_wal = self._reader.execute("PRAGMA journal_mode").fetchone() == (b"wal",)
        except CacheFailure:
            self._reader.close()
            raise
        self._writer = None if is_wal else self._reader

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[Any]:
        """All rows of a small result."""
        with _failures():
            return self._reader.execute(query, parameters).fetchall()

    def batches(self, query: str, parameters: Sequence[object]) -> Iterator[list[Any]]:
        """The rows of a large result, which are in the order of a name in the first column.

        Names out of order would mean that a row was lost, or is there twice.
        """
        last = b""
        with _failures():
            cursor = self._reader.execute(query, parameters)
            while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                names = [row[0] for row in rows]
                if {*map(type, names)} != {bytes} or not all(map(lt, [last, *names], names)):
                    raise CacheFailure("rows out of order", is_damage=True)
                last = names[-1]
                yield rows

    def write(self, steps: Iterable[Step]) -> None:
        """Carry out statements, each with many rows of parameters, in one transaction."""
        if self._writer is None:
            self._writer = self._connected()
        with _failures(is_writing=True):
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                for statement, parameters in steps:
                    self._writer.executemany(statement, parameters)
                self._writer.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._writer.rollback()
                raise

    def close(self) -> None:
        """Let go of the file."""
        for connection in {self._reader, self._writer}:
            if connection is not None:
                with suppress(sqlite3.Error):
                    connection.close()

    def _connected(self) -> sqlite3.Connection:
        with _failures():
            return _connect(self.path)


def open_or_create(folder: Path, key: str) -> tuple[Database, bool]:
    """The database of a key in a folder, and whether a damaged one had to make way for it."""
    cachedir.prepare(folder)
    short = blake2b(f"{FORMAT} {key}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    found, was_damaged = _first_sound(folder, short)
    is_new = found is None
    if found is None:
        _create(folder, short)
        # Of processes that start together all take the one that came first.
        found, _ = _first_sound(folder, short)
        if found is None:
            raise CacheFailure("another process removes it")
    with suppress(CacheFailure):
        if found.path and (is_new or len(cachedir.indexes(folder, short)) > 1):
            cachedir.prune(folder, found.path)
    return found, was_damaged


def _first_sound(folder: Path, key: str) -> tuple[Database | None, bool]:
    was_damaged = False
    for path in cachedir.indexes(folder, key):
        try:
            return Database(path), was_damaged
        except CacheFailure as failure:
            if failure.is_damage:
                was_damaged = True
                cachedir.remove(path)
            elif path.exists():  # else another process has just removed it
                raise
    return None, was_damaged


def _create(folder: Path, key: str) -> None:
    """Make a database under another name first: nobody ever sees one without its tables."""
    path = cachedir.unfinished(folder, key)
    try:
        try:
            _make(path, "WAL")
        except CacheFailure:
            # Shared folders of virtual machines know no shared memory.
            cachedir.remove(path)
            _make(path, "DELETE")
        with _failures():
            cachedir.finish(path)
    except BaseException:
        cachedir.remove(path)
        raise


def _make(path: Path, journal: str) -> None:
    with _failures(), closing(_connect(path, "rwc")) as connection:
        connection.execute(f"PRAGMA page_size={_PAGE_SIZE}")
        connection.execute(f"PRAGMA journal_mode={journal}")
        _create_tables(connection)


def _connect(path: Path | None, mode: str = "rw") -> sqlite3.Connection:
    if path is not None and mode == "rw" and not stat.S_ISREG(path.lstat().st_mode):
        raise CacheFailure("it is not a plain file", is_damage=True)
    connection = sqlite3.connect(
        ":memory:" if path is None else _uri(path, mode),
        uri=True,
        isolation_level=None,
        timeout=_BUSY_TIMEOUT,
    )
    try:
        if path is not None and sys.version_info >= (3, 11):
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        connection.text_factory = bytes
        for setting in ("synchronous=OFF", "trusted_schema=OFF", "cell_size_check=ON"):
            connection.execute(f"PRAGMA {setting}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _create_tables(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in _SCHEMA:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id={_APPLICATION}")
    connection.execute(f"PRAGMA user_version={FORMAT}")
    connection.execute("COMMIT")


def _verify(connection: sqlite3.Connection) -> None:
    """A database with other tables, or with triggers, views and the like, is not ours."""
    marks = [
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version")
    ]
    found = connection.execute("SELECT sql FROM sqlite_master ORDER BY rowid").fetchmany(99)
    if marks != [_APPLICATION, FORMAT] or found != [(sql.encode(),) for sql in _SCHEMA]:
        raise CacheFailure("it is something else", is_damage=True)


def _uri(path: Path, mode: str) -> str:
    return f"{path.absolute().as_uri()}?mode={mode}"


@contextmanager
def _failures(is_writing: bool = False) -> Iterator[None]:
    """Errors of SQLite and of the system as failures of the cache."""
    try:
        yield
    except OSError as error:
        raise CacheFailure(error.strerror or type(error).__name__) from error
    except sqlite3.Error as error:
        raise CacheFailure(str(error), _is_damage(error, is_writing)) from error


def _is_damage(error: sqlite3.Error, is_writing: bool) -> bool:
    """Whether it is the file that is broken, not the disk or the moment."""
    passing = (sqlite3.OperationalError, sqlite3.ProgrammingError)
    return (
        isinstance(error, sqlite3.DatabaseError)
        and not isinstance(error, passing)
        and not (is_writing and isinstance(error, sqlite3.DataError))
    )
