"""Call a target in child processes, and find out which input was too much for one."""

from __future__ import annotations

import os
import resource
import signal
import sys
from mmap import mmap
from random import Random
from traceback import extract_tb
from typing import TYPE_CHECKING, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Target = Callable[[bytes], object]

MEMORY = 2 << 30
PATIENCE = 20.0
"""Seconds of the processor's time that one input may take."""

_ROOM = 1 << 20
_FAILED = 70


class Failure(NamedTuple):
    """An input that was too much for a target. ``kind`` tells one bug from another."""

    kind: str
    raw: bytes
    details: str


class _Shared:
    """Memory that a child and its parent see: how far the child is, and with what."""

    def __init__(self) -> None:
        self._memory = mmap(-1, _ROOM)

    def begin(self, done: int, raw: bytes) -> None:
        """Before an input: ``done`` came before it."""
        raw = raw[: _ROOM - 16]
        self._memory[:16] = done.to_bytes(8, "little") + len(raw).to_bytes(8, "little")
        self._memory[16 : 16 + len(raw)] = raw

    def seen(self) -> tuple[int, bytes]:
        """How many inputs were done, and the one after them."""
        size = int.from_bytes(self._memory[8:16], "little")
        return int.from_bytes(self._memory[:8], "little"), self._memory[16 : 16 + size]


def inputs(
    mutate: Callable[[Random, Sequence[bytes]], bytes], corpus: Sequence[bytes], seed: str
) -> Iterator[bytes]:
    """Mutations without end; the same seed gives the same."""
    random = Random(seed)
    while True:
        yield mutate(random, corpus)


def run(target: Target, given: Iterator[bytes]) -> tuple[int, Failure | None]:
    """Call a target with inputs in a child; how many were done, and what stopped it."""
    shared = _Shared()
    reader, writer = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _work(target, given, shared, writer)
    os.close(writer)
    details = _read_all(reader).decode(errors="replace")
    _, status = os.waitpid(child, 0)
    done, raw = shared.seen()
    code = os.waitstatus_to_exitcode(status)
    if code == 0:
        return done, None
    if code == _FAILED:
        kind, _, details = details.partition("\n")
    elif code < 0:
        kind = f"ended by {signal.Signals(-code).name}"
    else:
        kind = f"ended with code {code}"
    return done, Failure(kind, raw, details)


def failure_of(target: Target, raw: bytes) -> Failure | None:
    """What happens with one input."""
    return run(target, iter((raw,)))[1]


def _work(target: Target, given: Iterator[bytes], shared: _Shared, writer: int) -> NoReturn:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    done = 0
    try:
        for raw in given:
            shared.begin(done, raw)
            # The signal is not caught: it ends the process, though native code be running.
            signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
            target(raw)
            done += 1
        shared.begin(done, b"")
    except BaseException as error:
        os.write(writer, _told(error).encode(errors="replace")[:4096])
        os._exit(_FAILED)
    os._exit(0)


def _told(error: BaseException) -> str:
    """The kind of a failure, and what it says."""
    frames = extract_tb(error.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename]
    where = " < ".join(
        f"{frame.filename.rpartition('/')[2]}:{frame.name}" for frame in reversed(own[-3:])
    )
    last = own[-1] if own else frames[-1]
    return f"{type(error).__name__} in {where}\n{last.lineno}: {error}"


def _read_all(reader: int) -> bytes:
    parts = []
    while part := os.read(reader, 65536):
        parts.append(part)
    os.close(reader)
    return b"".join(parts)


def in_jobs(jobs: Sequence[Callable[[], bool]]) -> int:
    """Run each job in a process of its own; how many did not say that all was well."""
    children = []
    for job in jobs:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                code = int(not job())
            finally:
                sys.stdout.flush()
                os._exit(code)
        children.append(child)
    return sum(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0 for child in children)
