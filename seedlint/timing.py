"""Where the time of a run goes, by phase, for ``--verbose``.

Phases may be nested: what a phase within a phase takes is counted for the inner one only.
Without a stopwatch, :func:`phase` costs next to nothing; it stands around batches of files
nevertheless, not around each.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from time import perf_counter, process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from typing import TypeVar

    T = TypeVar("T")

_START_UP = "start-up"
OTHER = "other"
# In the order in which a run comes to them; unknown ones follow.
_ORDER = (
    _START_UP,
    "discovery",
    "git",
    "cache",
    "read",
    "parse",
    "schema",
    "rules",
    "corpus",
    "locate",
    "workers",
    "fixing",
    "report",
)


class Stopwatch:
    """Adds up the time of each phase, in seconds.

    ``start_up`` is what the process has taken before. ``in_workers`` is what workers have
    reported: their phases run side by side with those here.
    """

    def __init__(
        self, clock: Callable[[], float] = perf_counter, start_up: float | None = None
    ) -> None:
        self._clock = clock
        self._since = clock()
        self._phase = OTHER
        self.taken = {_START_UP: process_time() if start_up is None else start_up}
        self.in_workers: dict[str, float] = {}

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count what happens within this for a phase."""
        outer = self._switch(name)
        try:
            yield
        finally:
            self._switch(outer)

    def add(self, of_worker: Mapping[str, float]) -> None:
        """Add what a worker has taken."""
        for name, seconds in of_worker.items():
            self.in_workers[name] = self.in_workers.get(name, 0.0) + seconds

    def take(self) -> dict[str, float]:
        """What phases have taken since this was asked last, to be added elsewhere.

        What is between them is waiting.
        """
        self._switch(self._phase)
        taken, self.taken = self.taken, {}
        taken.pop(OTHER, None)
        return taken

    def lines(self) -> Iterator[str]:
        """A table for people."""
        self._switch(self._phase)
        yield "time:"
        yield from _rows(self.taken)
        if self.in_workers:
            yield "time in workers, added up:"
            yield from _rows(self.in_workers)

    def _switch(self, name: str) -> str:
        """End the phase that runs, and begin another; the one that ended."""
        now = self._clock()
        self.taken[self._phase] = self.taken.get(self._phase, 0.0) + now - self._since
        self._since = now
        ended, self._phase = self._phase, name
        return ended


def _rows(taken: Mapping[str, float]) -> Iterator[str]:
    total = sum(taken.values())
    rank = {name: at for at, name in enumerate(_ORDER)}
    names = sorted(taken, key=lambda name: rank.get(name, len(rank)))
    for name, seconds in (*((name, taken[name]) for name in names), ("total", total)):
        share = seconds / total if total else 0.0
        yield f"  {name:<9} {seconds * 1000:9.1f} ms {share:5.0%}"


_NOTHING = nullcontext()
_stopwatch: Stopwatch | None = None


def start() -> Stopwatch:
    """Take the time from now on, in this process."""
    global _stopwatch
    _stopwatch = Stopwatch()
    return _stopwatch


def current() -> Stopwatch | None:
    """What takes the time, if anything does."""
    return _stopwatch


def phase(name: str) -> AbstractContextManager[None]:
    """Count what happens within this for a phase, if the time is taken."""
    return _NOTHING if _stopwatch is None else _stopwatch.phase(name)


def timed(name: str, items: Iterable[T]) -> Iterable[T]:
    """The items; what making them takes is counted for a phase, if the time is taken."""
    return items if _stopwatch is None else _timed(_stopwatch, name, items)


def _timed(stopwatch: Stopwatch, name: str, items: Iterable[T]) -> Iterator[T]:
    iterator = iter(items)
    while True:
        with stopwatch.phase(name):
            try:
                item = next(iterator)
            except StopIteration:
                return
        yield item
