"""Rows of the index, and which of them to believe."""

from __future__ import annotations

from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from seedlint.cachedir import CacheFailure
from seedlint.stamps import Stamp

_INTACT = 0x2144DF1C
"""The checksum of anything that ends with its own checksum."""

_HASH_SIZE = 16
_NO_FACTS = bytes(_HASH_SIZE)


class Entry(NamedTuple):
    """What is known of one file.

    ``name`` is its path relative to the project, ``digest`` the hexadecimal hash of its
    content. ``facts`` and ``result`` are texts of whoever saves them, the result ``None``
    where it must not be kept; so is ``has_mark``.
    """

    name: str
    stamp: Stamp
    digest: str
    has_mark: bool
    facts: str
    result: str | None


class FileRow(NamedTuple):
    """What is looked at in every run. ``known`` seals the hash of the facts, and the mark."""

    name: bytes
    stamp: Stamp
    trusted_after: int
    digest: bytes
    known: bytes


class TextRow(NamedTuple):
    """What is looked at where it is needed."""

    name: bytes
    result: bytes | None
    facts: bytes


def rows_of(entry: Entry, since: int) -> tuple[FileRow, TextRow]:
    """The rows for an entry whose stamp can be trusted after a moment."""
    name, digest, facts = encoded(entry.name), bytes.fromhex(entry.digest), encoded(entry.facts)
    known = sealed(_hash(facts) + bytes([entry.has_mark]), name + digest)
    result = None if entry.result is None else sealed(encoded(entry.result), name + digest)
    return FileRow(name, entry.stamp, since, digest, known), TextRow(name, result, facts)


def entry_of(
    name: bytes, stamp: object, digest: object, known: object, result: object, facts: object
) -> Entry:
    """The entry in rows whose checksums are right."""
    if not isinstance(stamp, bytes) or not isinstance(digest, bytes):
        raise damage()
    marked = unsealed(known, name + digest)
    if not isinstance(facts, bytes) or marked[:_HASH_SIZE] != _hash(facts):
        raise damage()
    return Entry(
        decoded(name),
        Stamp(stamp),
        digest.hex(),
        marked[_HASH_SIZE:] == b"\1",
        decoded(facts),
        None if result is None else decoded(unsealed(result, name + digest)),
    )


def sealed(content: bytes, context: bytes) -> bytes:
    """Content with a checksum over where it belongs and itself."""
    return content + crc32(content, crc32(context)).to_bytes(4, "little")


def unsealed(content: object, context: bytes) -> bytes:
    """Content that is whole, and where it belongs."""
    if not isinstance(content, bytes) or crc32(content, crc32(context)) != _INTACT:
        raise damage()
    return content[:-4]


def damage() -> CacheFailure:
    """What to raise for a row that is not as it was written."""
    return CacheFailure("rows are damaged", is_damage=True)


def encoded(text: str) -> bytes:
    """Any text, also a file name that is none; bytes have the same order."""
    return text.encode("utf-8", "surrogatepass")


def decoded(text: bytes) -> str:
    """Text that was encoded."""
    try:
        return text.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        raise damage() from None


def _hash(facts: bytes) -> bytes:
    return blake2b(facts, digest_size=_HASH_SIZE).digest() if facts else _NO_FACTS
