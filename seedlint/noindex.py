"""Indexes that keep nothing: for runs without a cache, and over a corpus of the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from seedlint.index import Index
    from seedlint.indexrows import Entry
    from seedlint.stamps import Stamp


class NoIndex:
    """Has the methods of :class:`seedlint.index.Index`.

    What would be saved need not be made where nothing ``keeps`` it.
    """

    keeps = False

    def signatures(self) -> dict[str, tuple[Stamp, bool]]:
        """Nothing is known."""
        return {}

    def entries(self, names: Iterable[str]) -> Iterable[Entry]:
        """Nothing is known."""
        return ()

    def save(self, entries: Sequence[Entry], read_at_ns: int) -> None:
        """Nothing is kept."""

    def touch(self, unchanged: Mapping[str, tuple[Stamp, str]], read_at_ns: int) -> None:
        """Nothing is kept."""

    def moment(self) -> int:
        """Any moment will do."""
        return 0

    def conclusions(self, state: str) -> str | None:
        """Nothing is known."""
        return None

    def save_conclusions(self, state: str, text: str) -> None:
        """Nothing is kept."""

    def finals(self, keys: Mapping[str, str]) -> dict[str, str]:
        """Nothing is known."""
        return {}

    def save_finals(self, finals: Mapping[str, tuple[str, str]]) -> None:
        """Nothing is kept."""

    def forget(self, names: Collection[str]) -> None:
        """There is nothing to forget."""

    def close(self) -> None:
        """There is nothing to close."""


class ReadOnly(NoIndex):
    """What another index knows. What is learnt of a corpus as it was is of no use later."""

    def __init__(self, index: Index | NoIndex) -> None:
        self._index = index

    def signatures(self) -> dict[str, tuple[Stamp, bool]]:
        """The stamps of all files."""
        return self._index.signatures()

    def entries(self, names: Iterable[str]) -> Iterable[Entry]:
        """What is known of these files."""
        return self._index.entries(names)

    def conclusions(self, state: str) -> str | None:
        """What was concluded in this state, if that was the last."""
        return self._index.conclusions(state)

    def close(self) -> None:
        """Let go of the file."""
        self._index.close()
