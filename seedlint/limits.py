"""How much of a file seedlint is willing to read: content is hostile until shown otherwise."""

from __future__ import annotations

from dataclasses import dataclass

DEEPEST = 256
"""The largest ``depth`` that can be set: the native parsers go no deeper."""

LEAST_DIGITS = 20
"""The smallest ``digits`` that can be set: integers of 64 bits have as many."""

MOST_DIGITS = 1000
"""The largest: Python itself gives up at 4300 digits."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file; exceeding one is a located ``limits`` diagnostic."""

    size: int = 1_048_576
    """Bytes of front matter (of the whole file, where the file is plain YAML)."""
    file_size: int = 16_777_216
    """Bytes of the file, its body included."""
    depth: int = 64
    """Collections within collections."""
    nodes: int = 10_000
    """Keys, values and collections, each use of an alias counted with all it repeats."""
    aliases: int = 100
    """Uses of an anchor."""
    keys: int = 2000
    """Keys of one mapping, as it is written."""
    digits: int = MOST_DIGITS
    """Digits of a number."""
    steps: int = 100_000
    """Steps of holding a file against its contract: subschemas tried on values."""
