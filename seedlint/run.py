"""What every run has in common: how a file is read, how much at once, what the exit code is."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from seedlint.ownwords import INTERNAL_ERROR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.check import FileResult, Input
    from seedlint.diagnostic import Diagnostic, Severity
    from seedlint.files import Candidate

EXIT_CLEAN = 0
EXIT_FINDINGS = 1
EXIT_TROUBLE = 2

# Measured: from 16 files on a batch is as fast as it gets. Large files are their own.
BATCH_FILES = 32
BATCH_BYTES = 1 << 20

_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
_READ = os.O_RDONLY | _AT_ONCE | getattr(os, "O_BINARY", 0)


class Checked(NamedTuple):
    """A file and what a check of it found; ``given`` is what it holds, if that matters."""

    candidate: Candidate
    given: Input | None
    result: FileResult


def read_candidate(candidate: Candidate, limit: int) -> bytes:
    """The content to check of a file, at most one byte more than ``limit``. Raises OSError."""
    return read_file(candidate.real, limit) if candidate.content is None else candidate.content


def read_file(path: str, limit: int) -> bytes:
    """The bytes of a file, at most one more than ``limit``. Raises OSError.

    Of a pipe with a name, what somebody is writing to it; nobody is waited for.
    """
    descriptor = os.open(path, _READ)
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        if stat.S_ISREG(status.st_mode) and status.st_size <= limit:
            raw = os.read(descriptor, status.st_size + 1)
            if len(raw) == status.st_size:
                return raw
            os.lseek(descriptor, 0, os.SEEK_SET)
        # A pipe, a device, or a file that is large or growing.
        if _AT_ONCE:
            os.set_blocking(descriptor, True)
        with os.fdopen(os.dup(descriptor), "rb") as stream:
            raw = stream.read(limit + 1)
        if not raw and stat.S_ISFIFO(status.st_mode):
            raise OSError(errno.EIO, "it is a pipe that nobody writes to")
        return raw
    finally:
        os.close(descriptor)


def exit_code(diagnostics: Sequence[Diagnostic], fail_on: Severity) -> int:
    """2 if a rule crashed, 1 if something is as bad as ``fail_on``, else 0."""
    if any(diagnostic.rule == INTERNAL_ERROR for diagnostic in diagnostics):
        return EXIT_TROUBLE
    if any(diagnostic.severity.rank <= fail_on.rank for diagnostic in diagnostics):
        return EXIT_FINDINGS
    return EXIT_CLEAN
