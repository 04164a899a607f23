"""Where a run has the facts of all files: in memory, or, if they are many, in a file.

The facts of a hundred thousand files take some 250 MB. The file has no name, and is gone with
the process.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from typing import IO

Spooled: TypeAlias = "str | int"
"""A text, or where in the file it is: its offset, and its length in the lower 32 bits."""

MANY = 20_000
"""From so many files on, their facts are not kept in memory."""

_LENGTH_BITS = 32
_LENGTH = (1 << _LENGTH_BITS) - 1


class FactSpool:
    """Texts, to be got back as they were put in."""

    def __init__(self, files: int) -> None:
        self._is_wanted = files >= MANY and hasattr(os, "pread")
        self._file: IO[bytes] | None = None
        self._end = 0

    def put(self, text: str) -> Spooled:
        """Keep a text; what to ask for it with."""
        if not self._is_wanted or not text:
            return text
        raw = text.encode("utf-8", "surrogatepass")
        start = self._end
        try:
            self._write(raw, start)
        except OSError:
            # No room on the disk: there may be some in memory.
            self._is_wanted = False
            return text
        self._end += len(raw)
        return start << _LENGTH_BITS | len(raw)

    def get(self, spooled: Spooled) -> str:
        """The text. Raises OSError if the disk fails."""
        if isinstance(spooled, str):
            return spooled
        assert self._file is not None  # something was put in
        raw = os.pread(self._file.fileno(), spooled & _LENGTH, spooled >> _LENGTH_BITS)
        return raw.decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    def _write(self, raw: bytes, start: int) -> None:
        if self._file is None:
            from tempfile import TemporaryFile

            self._file = TemporaryFile()  # noqa: SIM115  # it lives as long as the run
        written = 0
        while written < len(raw):
            written += os.pwrite(self._file.fileno(), raw[written:], start + written)
