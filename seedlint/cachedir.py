"""The cache folder: what lies in it, and removing that and nothing else.

The name of an index is never used twice, so nobody meets the journal of an index that was
removed under a running process: SQLite would apply it to the new one.
"""

from __future__ import annotations

import os
import re
import stat
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OURS = re.compile(r"index-[0-9a-f]{32}-[0-9a-f]{20}\.(?:db|new)(?:-wal|-shm|-journal)?\Z")
_MARKERS = {
    ".gitignore": "# Written by seedlint.\n*\n",
    "CACHEDIR.TAG": (
        "Signature: 8a477f597d28d172789f06886806bc55\n"
        "# The cache of seedlint: it can be deleted at any time (`seedlint clean`).\n"
        "# Backups can leave it out: https://bford.info/cachedir/\n"
    ),
}
_COMPANIONS = ("", "-wal", "-shm", "-journal")
_KEYS_KEPT = 4
_ABANDONED_AFTER = 3600.0
# A run says when it begins that it uses an index; one that is taken away does it no harm but
# that what it learns is lost.
_IN_USE_FOR = 600.0


class CacheFailure(Exception):
    """The cache cannot be used, and why. One that ``is_damage`` is beyond repair."""

    def __init__(self, reason: str, is_damage: bool = False) -> None:
        super().__init__(reason)
        self.is_damage = is_damage


def prepare(folder: Path) -> None:
    """Make the folder, with a note for git and for backups. Raises :class:`CacheFailure`."""
    with _failures():
        with suppress(FileNotFoundError):
            _refuse_links(folder)
        folder.mkdir(parents=True, exist_ok=True)
        names = {path.name for path in folder.iterdir()}
    if all(name in _MARKERS or _OURS.match(name) for name in names):
        # Elsewhere, a .gitignore would hide what somebody else keeps there.
        for name in _MARKERS.keys() - names:
            with suppress(OSError), (folder / name).open("x", encoding="utf-8", newline="") as file:
                file.write(_MARKERS[name])


def indexes(folder: Path, key: str) -> list[Path]:
    """The indexes of a key (32 hexadecimal digits), the oldest first."""
    with _failures():
        found = sorted(path for path in folder.iterdir() if _OURS.match(path.name))
    return [path for path in found if path.suffix == ".db" and _key(path) == key]


def unfinished(folder: Path, key: str) -> Path:
    """A name for an index that is being made."""
    return folder / f"index-{key}-{time.time_ns():016x}{os.urandom(2).hex()}.new"


def finish(path: Path) -> Path:
    """Give an index that was made, and closed, its name."""
    return path.rename(path.with_suffix(".db"))


def remove(path: Path) -> None:
    """Remove an index as far as possible. A process that uses it can go on."""
    for companion in _COMPANIONS:
        with suppress(OSError):
            path.with_name(path.name + companion).unlink()


def prune(folder: Path, used: Path) -> None:
    """Remove what nobody has used for long: all but a few indexes, and what is left of some."""
    with _failures():
        ours = [path for path in folder.iterdir() if _OURS.match(path.name)]
    changed = {path: _last_change(path) for path in ours}
    finished = [path for path in ours if path.suffix == ".db"]
    kept = {_key(used)}
    for path in sorted(finished, key=changed.__getitem__, reverse=True):
        if len(kept) < _KEYS_KEPT:
            kept.add(_key(path))
        # Of several that were made at once for a key, all who look again take the oldest.
        spare = _key(path) not in kept or (_key(path) == _key(used) and path > used)
        if spare and changed[path] < time.time() - _IN_USE_FOR:
            remove(path)
    for path in ours:
        # What is left of an index that was not finished, or is gone.
        if changed[path] < time.time() - _ABANDONED_AFTER and not _home(path).exists():
            remove(path)


class Cleared(NamedTuple):
    """What was removed: so many files, and the folder itself."""

    files: int
    folder: bool


def clear(folder: Path) -> Cleared:
    """Remove the cache, and the folder if nothing else is in it.

    Links are not followed, and what seedlint did not write stays. Raises
    :class:`CacheFailure` if the folder is a link, or something cannot be removed.
    """
    with _failures():
        try:
            _refuse_links(folder)
            paths = list(folder.iterdir())
        except FileNotFoundError:
            return Cleared(0, False)
        removed = sum([_remove_ours(path) for path in paths])
        try:
            folder.rmdir()
        except OSError:
            return Cleared(removed, False)
    return Cleared(removed, True)


def _remove_ours(path: Path) -> bool:
    """Remove a file if seedlint wrote it; whether it did."""
    with suppress(FileNotFoundError):  # a run that just ended tidied up itself
        if _is_ours(path):
            path.unlink()
            return True
    return False


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CacheFailure(error.strerror or type(error).__name__) from error


def _refuse_links(folder: Path) -> None:
    """A project that comes with a link must not have us write, or delete, elsewhere."""
    mode = folder.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise CacheFailure("it is a symbolic link")
    if not stat.S_ISDIR(mode):
        raise CacheFailure("it is not a folder")


def _is_ours(path: Path) -> bool:
    mode = path.lstat().st_mode
    if _OURS.match(path.name):
        return not stat.S_ISDIR(mode)
    marker = _MARKERS.get(path.name)
    if marker is None or not stat.S_ISREG(mode):
        return False
    with path.open("rb") as file:
        return file.read(len(marker) + 1) == marker.encode()


def _home(path: Path) -> Path:
    """The index that a file belongs to."""
    return path.with_suffix(".db")


def _key(path: Path) -> str:
    return path.name.split("-")[1]


def _last_change(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0
