"""What a stamp is made of, and when it can be trusted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from seedlint.stamps import NEVER, stamp_of, trusted_after

SECOND = 1_000_000_000
AT = 1_700_000_000 * SECOND
FINE = 123_456_789  # a part of a second that only fine clocks show
HUNDREDTHS = 120_000_000


def status(size: int = 7, mtime: int = AT, ctime: int = AT, inode: int = 5) -> os.stat_result:
    values = (0o100644, inode, 1, 1, 0, 0, size, 0, 0, 0)
    return os.stat_result(values, {"st_mtime_ns": mtime, "st_ctime_ns": ctime})


@pytest.mark.parametrize(
    "other",
    [
        status(size=8),
        status(mtime=AT + 1),
        status(mtime=AT - 1),
        status(ctime=AT + 1),
        status(inode=6),
    ],
)
def test_every_part_counts(other: os.stat_result) -> None:
    assert stamp_of(status()) == stamp_of(status())
    assert stamp_of(status()) != stamp_of(other)


def test_an_edit_whose_time_is_set_back_shows(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"one")
    os.utime(file, ns=(AT, AT))
    before = stamp_of(file.stat())
    file.write_bytes(b"two")
    while file.stat().st_ctime_ns == int.from_bytes(before[16:24], "little"):
        file.write_bytes(b"two")
    os.utime(file, ns=(AT, AT))
    assert file.stat().st_mtime_ns == AT
    assert stamp_of(file.stat()) != before


@pytest.mark.parametrize(
    ("mtime", "inode"), [(-5 * SECOND, 2**64 - 1), (2**63, 1), (2**80, 2**100), (-(2**70), 0)]
)
def test_numbers_beyond_64_bits(mtime: int, inode: int) -> None:
    stamp = stamp_of(status(mtime=mtime, inode=inode))
    assert len(stamp) == 32
    assert stamp == stamp_of(status(mtime=mtime, inode=inode))
    assert stamp != stamp_of(status(mtime=mtime + 1, inode=inode))


@pytest.mark.parametrize(
    ("mtime", "ctime", "needed"),
    [
        # Whole seconds and hundredths: perhaps the clock of FAT, which has even seconds.
        (AT, AT, 2100),
        (AT, AT + HUNDREDTHS, 2100),
        (AT + HUNDREDTHS, AT, 2100),
        (AT + FINE, AT + FINE, 100),
        # A file that was copied with its time, on a file system that has fine ones.
        (AT - 9 * SECOND, AT + FINE, 100),
        # The time set into the future.
        (AT + FINE, AT, 100),
    ],
)
def test_a_fresh_stamp_is_not_trusted(mtime: int, ctime: int, needed: int) -> None:
    stamp = stamp_of(status(mtime=mtime, ctime=ctime))
    changed = max(mtime, ctime)
    assert trusted_after(stamp, changed + needed * 1_000_000) == NEVER
    assert trusted_after(stamp, changed + needed * 1_000_000 + 1) == changed
    assert trusted_after(stamp, changed) == NEVER
    assert trusted_after(stamp, changed - SECOND) == NEVER
