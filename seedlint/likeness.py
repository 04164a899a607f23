"""Whether two contents are one file, perhaps edited since: what a renamed file is known by.

A mark is the hash of a content, 16 hexadecimal digits, and after it a sketch: the smallest
hashes of addresses and of pairs of words in it, six digits each. Of two contents the sketches
have about as large a part in common as all of these.
"""

from __future__ import annotations

import re
from itertools import pairwise
from zlib import crc32

_DIGITS = 16
_HASH_DIGITS = 6
_HASHES = 8
_LEAST_HASHES = 4
_SHARE = 0.6
MARK = re.compile(rf"[0-9a-f]{{{_DIGITS}}}(?:[0-9a-f]{{{_HASH_DIGITS}}}){{0,{_HASHES}}}")

# Words next to each other in one value, and addresses: what stays when values are moved, or put
# in other quotes. Single words and keys are much the same in many files.
_BETWEEN = re.compile(rb"[^\S ]+|[\"',:#\[\]{}|>]+|  +")
_LONG = re.compile(rb"[^\s\"',\[\]{}]{12,}")
# Of a huge file the beginning.
_LOOKED_AT = 1 << 15


def mark_of(raw: bytes) -> str:
    """The mark of a content."""
    from hashlib import blake2b

    begin = raw[:_LOOKED_AT]
    parts = {word for word in _LONG.findall(begin) if not word.endswith(b":")}
    for words in map(bytes.split, _BETWEEN.split(begin)):
        parts.update(map(b" ".join, pairwise(words)))
    hashes = sorted({crc32(part) & 0xFFFFFF for part in parts})[:_HASHES]
    digest = blake2b(raw, digest_size=_DIGITS // 2).hexdigest()
    return digest + "".join(f"{each:0{_HASH_DIGITS}x}" for each in hashes)


def exact(mark: str) -> str:
    """The part of a mark that only equal contents share."""
    return mark[:_DIGITS]


def sketch(mark: str) -> frozenset[str]:
    """The part of a mark that contents share in part."""
    starts = range(_DIGITS, len(mark), _HASH_DIGITS)
    return frozenset(mark[start : start + _HASH_DIGITS] for start in starts)


def are_alike(one: str, other: str) -> bool:
    """Whether the contents with these marks are one file, as far as marks tell."""
    if exact(one) == exact(other):
        return True
    both = sketch(one), sketch(other)
    # The smallest of all are a sample of both contents, of one alone they are not.
    sample = sorted(both[0] | both[1])[:_HASHES]
    common = sum(each in both[0] and each in both[1] for each in sample)
    return common >= _LEAST_HASHES and common >= _SHARE * len(sample)
