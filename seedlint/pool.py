"""Work on many items in several processes, its results in order; no process is vital.

Every worker has all the items from the start, so that only numbers go to it, in messages too
short to ever block; results come back. A worker that dies is replaced: what it was at work
on is tried again item by item, and the item that kills a second worker is lost. Nothing is
read from disk here, so pickle is safe: both ends are this program.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections import deque
from contextlib import contextmanager, nullcontext, suppress
from functools import cached_property
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from seedlint import timing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, SpawnContext
    from multiprocessing.process import BaseProcess

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

_SAFE_PATH = "PYTHONSAFEPATH"

# So many parts wait at a worker: while this process is busy, it need not be idle.
_QUEUED = 3

AHEAD = 64
"""So many parts are at work or wait for a slow one before them, to bound memory."""


class _Part(NamedTuple):
    """Some items, by their positions. A suspect is one item that may have killed a worker."""

    start: int
    stop: int
    is_suspect: bool = False

    def suspects(self) -> Iterator[_Part]:
        """Its items one by one."""
        return (_Part(at, at + 1, True) for at in range(self.start, self.stop))


class _Worker:
    """A process, and the parts it was given and has not answered yet, in this order."""

    def __init__(self, process: BaseProcess, connection: Connection[Any, Any]) -> None:
        self.process = process
        self.connection = connection
        self.parts: deque[_Part] = deque()
        self.is_ready = False

    def give(self, part: _Part) -> None:
        """Give it a part to work on."""
        self.parts.append(part)
        # If it has died, that is noticed when its answers are awaited.
        with suppress(OSError):
            _send(self.connection, part)

    def end(self) -> str:
        """End it, if it has not; how it ended."""
        self.process.kill()
        self.process.join()
        self.connection.close()
        code = self.process.exitcode or 0
        return f"was ended by {_signal_name(-code)}" if code < 0 else f"ended with code {code}"


class Pool(Generic[ItemT, ResultT]):
    """Applies ``work`` to ``items``, some ``at_once``.

    ``lost`` makes the result of an item from how the worker ended that it killed; ``seen`` is
    told how many items are done. Where processes cannot be forked, ``work`` and ``items``
    must be such as can be pickled; results always.
    """

    def __init__(
        self,
        work: Callable[[Sequence[ItemT]], Sequence[ResultT]],
        items: Sequence[ItemT],
        at_once: int,
        lost: Callable[[ItemT, str], ResultT],
        seen: Callable[[int], None],
    ) -> None:
        self._work = work
        self._items = items
        self._lost = lost
        self._seen = seen
        self._stopwatch = timing.current()
        self._forks = can_fork()
        self._workers: list[_Worker] = []
        self._waiting = deque(
            _Part(start, min(start + at_once, len(items)))
            for start in range(0, len(items), at_once)
        )
        self._answers: dict[int, Sequence[ResultT]] = {}
        self._at = 0
        self._done = 0
        self._ahead = AHEAD * at_once

    @cached_property
    def _context(self) -> ForkContext | SpawnContext:
        if self._forks:
            return multiprocessing.get_context("fork")
        return multiprocessing.get_context("spawn")

    def results(self, workers: int) -> Iterator[ResultT]:
        """The results in the order of the items."""
        try:
            with timing.phase("workers"):
                for _ in range(workers):
                    self._start()
            while self._at < len(self._items):
                if self._workers:
                    with timing.phase("workers"):
                        self._hand_out()
                        self._receive()
                elif self._at not in self._answers:
                    self._work_here()
                answer = self._answers.pop(self._at, ())
                self._at += len(answer)
                yield from answer
        finally:
            for worker in self._workers:
                worker.process.kill()
            for worker in self._workers:
                worker.end()

    def _hand_out(self) -> None:
        """Give every worker enough to do; towards the end, no more than it is at."""
        enough = 1 + min(_QUEUED, len(self._waiting) // (2 * len(self._workers)))
        for worker in self._workers:
            while (
                self._waiting
                and len(worker.parts) < enough
                and self._waiting[0].start < self._at + self._ahead
            ):
                worker.give(self._waiting.popleft())

    def _receive(self) -> None:
        """Take the answers that are there; wait for one if there is nothing else to do."""
        by_connection: dict[object, _Worker] = {each.connection: each for each in self._workers}
        patience = 0 if self._at in self._answers else None
        for connection in wait([each.connection for each in self._workers], patience):
            worker = by_connection[connection]
            try:
                answer, taken = pickle.loads(worker.connection.recv_bytes())
            except (EOFError, OSError):
                self._replace(worker)
                continue
            if worker.is_ready:
                self._take(worker.parts.popleft(), answer)
            worker.is_ready = True
            if self._stopwatch is not None:
                self._stopwatch.add(taken)

    def _take(self, part: _Part, answer: Sequence[ResultT]) -> None:
        self._answers[part.start] = answer
        self._done += len(answer)
        self._seen(self._done)

    def _replace(self, worker: _Worker) -> None:
        """Have the work of a worker that died done by a new one."""
        self._workers.remove(worker)
        how = worker.end()
        parts = worker.parts
        if not worker.is_ready:
            # Nothing was tried; nor would the next one get further.
            self._waiting.extendleft(reversed(parts))
            return
        if parts:
            part = parts.popleft()
            if part.is_suspect:
                self._take(part, [self._lost(self._items[part.start], how)])
            else:
                parts.extendleft(reversed(list(part.suspects())))
        if parts or self._waiting:
            self._start(parts)

    def _start(self, parts: Iterable[_Part] = ()) -> None:
        """Start one more worker, with these parts to begin with, if the system lets us."""
        with _uninterrupted():
            try:
                worker = self._started()
            except OSError:
                self._waiting.extendleft(reversed(list(parts)))
                return
            self._workers.append(worker)
        for part in parts:
            worker.give(part)

    def _started(self) -> _Worker:
        """A new worker. Raises OSError."""
        here, there = self._context.Pipe()
        # A worker that held on to this end of a connection would never see it closed.
        ours = [here, *(each.connection for each in self._workers)]
        unwanted = ours if self._forks else []
        process = self._context.Process(
            target=_serve,
            args=(there, unwanted, self._work, self._items, self._stopwatch is not None),
            daemon=True,
        )
        try:
            with nullcontext() if self._forks else _modules_from_where_they_are_installed():
                process.start()
        except OSError:
            here.close()
            raise
        finally:
            there.close()
        return _Worker(process, here)

    def _work_here(self) -> None:
        """Work on a part in this process: no other could be started."""
        part = self._waiting.popleft()
        items = self._items[part.start : part.stop]
        if part.is_suspect:
            how = "ended, and no other could be started"
            self._take(part, [self._lost(item, how) for item in items])
        else:
            self._take(part, self._work(items))


def can_fork() -> bool:
    """Whether a worker can start as a copy of this process, as is usual and safe here."""
    return sys.platform == "linux" and threading.active_count() == 1


def can_spawn() -> bool:
    """Whether a worker can start anew without looking for modules in the working directory.

    There Python looks first otherwise, and a `pickle.py` among what is checked would be run.
    """
    if sys.version_info < (3, 11):
        return False
    return sys.flags.safe_path or not sys.flags.ignore_environment


@contextmanager
def _modules_from_where_they_are_installed() -> Iterator[None]:
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits, as it must not meet a worker before that is ready to ignore it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _send(connection: Connection[Any, Any], message: object) -> None:
    # Connection.send() pickles with a slower, extensible pickler.
    connection.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))


def _serve(
    connection: Connection[Any, Any],
    unwanted: Iterable[Connection[Any, Any]],
    work: Callable[[Sequence[Any]], Sequence[Any]],
    items: Sequence[Any],
    is_timed: bool,
) -> None:
    """What a worker does, until the other end of its connection is closed or gone."""
    try:
        _withdraw()
        for each in unwanted:
            each.close()
        stopwatch = timing.start() if is_timed else None
        answer: Sequence[Any] = ()
        while True:
            _send(connection, (answer, stopwatch.take() if stopwatch is not None else None))
            part: _Part = pickle.loads(connection.recv_bytes())
            answer = work(items[part.start : part.stop])
    finally:
        # Without a word, and without what the process it is a copy of would do at its exit.
        os._exit(1)


def _withdraw() -> None:
    """Leave Ctrl-C and the output to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
