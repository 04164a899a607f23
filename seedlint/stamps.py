"""What the file system says of a file, and when that proves its content unchanged."""

from __future__ import annotations

from struct import Struct, error
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    import os

Stamp = NewType("Stamp", bytes)
"""Size, times and inode of a file, packed: only good for comparing."""

NEVER = 2**63 - 1
"""Later than any time."""

_PACKED = Struct("<qqqQ")
_MASK = 2**63 - 1

# FAT keeps even seconds, exFAT hundredths. Finer stamps still move only with the clock
# interrupt: every 4 to 16 ms, and 100 ms leave room for a clock that is being adjusted.
_COARSEST_UNIT = 10_000_000
_COARSE = 2_100_000_000
_FINE = 100_000_000


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file.

    The time of the last status change is part of it: unlike the modification time, no
    program can set it back after an edit.
    """
    size, mtime, ctime = status.st_size, status.st_mtime_ns, status.st_ctime_ns
    try:
        return Stamp(_PACKED.pack(size, mtime, ctime, status.st_ino))
    except error:  # some file systems have times and numbers of more than 64 bits
        return Stamp(_PACKED.pack(size, mtime & _MASK, ctime & _MASK, status.st_ino & _MASK))


def trusted_after(stamp: Stamp, read_at_ns: int) -> int:
    """The moment after which an equal stamp means equal content; maybe never.

    The file was read at ``read_at_ns`` or later. If it had changed only just before, it may
    have changed again in the same tick of the clock, and the stamp would not show it. The
    moment is that of the change: before it, only a clock that was set back can show the
    stamp, and that clock will come by the same times once more.
    """
    _, mtime, ctime, _ = _PACKED.unpack(stamp)
    changed = max(mtime, ctime)
    grain = _FINE if mtime % _COARSEST_UNIT or ctime % _COARSEST_UNIT else _COARSE
    return changed if changed + grain < read_at_ns else NEVER
