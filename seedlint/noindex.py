"""An index that knows nothing and keeps nothing, for runs without a cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from seedlint.index import Entry, Stamp


class NoIndex:
    """Has the methods of :class:`seedlint.index.Index`."""

    def signatures(self) -> dict[str, tuple[Stamp, bool]]:
        """Nothing is known."""
        return {}

    def entries(self, names: Iterable[str]) -> Iterable[Entry]:
        """Nothing is known."""
        return ()

    def save(self, entries: Sequence[Entry], read_at_ns: int) -> None:
        """Nothing is kept."""

    def touch(self, stamps: Mapping[str, Stamp], read_at_ns: int) -> None:
        """Nothing is kept."""

    def forget(self, names: Collection[str]) -> None:
        """There is nothing to forget."""

    def close(self) -> None:
        """There is nothing to close."""
