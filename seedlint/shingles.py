"""Which of very many texts may be alike, without comparing each with each.

A text is cut into *shingles*: a few longer words in a row, of which only the first two letters
count, so that slips of the keyboard further on, endings, capitals and commas change nothing.
Its *sketch* sorts the hashes of all shingles into slots and keeps the least of each. Two texts
have a slot in common about as often as they share a shingle, so those that are nearly the same
agree in some slot almost certainly (``benchmarks/recall.py`` measures it), and few others do.

Texts that agree in a slot are compared while they are few. Where many agree, the next slots
tell them apart; those that agree there, too, are compared with a few neighbours only. So the
work grows with the number of texts, whatever they are.
"""

from __future__ import annotations

import re
from array import array
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Short words are in every text: they tell little, and make up half of a text's words.
_FEW_WORDS = 6

# From so many bytes a letter on, most are not Latin ones.
_OTHER_SCRIPT = 1.25

FEW = 3
"""So many texts that agree in a slot are all compared, more only with so many neighbours."""

_DEPTH = 4
"""How many slots in a row have to agree at most."""


def sketch(text: str, slots: int, row: int, letters: int) -> list[int]:
    """The sketch of a text: 32-bit numbers, 0 for a slot that no shingle falls into.

    A shingle has ``row`` words of at least so many letters, if there are enough of them.
    """
    words = _words(text, letters)
    rows = zip(*[words[at:] for at in range(row)], strict=False)
    shingles = map(crc32, map(b"".join, rows if len(words) >= row else [words]))
    least = {value % slots: value for value in sorted(shingles, reverse=True)}
    return [least.get(slot, 0) for slot in range(slots)]


def _words(text: str, letters: int) -> list[bytes]:
    """The first two letters of each longer word; where these are few, of every word."""
    text = text.lower()
    raw = text.encode("utf-8", "replace")
    if len(raw) < _OTHER_SCRIPT * len(text):
        words: list[bytes] = _long_words(letters).findall(raw)
        if len(words) >= _FEW_WORDS:
            return words
    return " ".join(_all_words().findall(text)).encode("utf-8", "replace").split()


@cache
def _long_words(letters: int) -> re.Pattern[bytes]:
    """Words of so many letters, nearly: not all letters are one byte."""
    start = r"a-z0-9\xc3-\xdf"
    letter = rf"{start}\x80-\xbf"
    return re.compile(f"([{start}][{letter}])[{letter}]{{{letters - 2},}}".encode("latin-1"))


@cache
def _all_words() -> re.Pattern[str]:
    return re.compile(r"([^\W_]{1,2})[^\W_]*")


def candidates(slots: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Pairs of texts that may be alike: the smaller index first, some pairs several times.

    ``slots`` has for each slot what all sketches hold there.
    """
    for slot in range(len(slots)):
        texts: Sequence[int] = range(len(slots[slot]))
        agreed = [slots[slot]]
        keys = agreed[0]
        while len(agreed) < _DEPTH:
            crowded: list[int] = []
            yield from _neighbours(texts, keys, crowded)
            texts = crowded
            agreed.append(slots[(slot + len(agreed)) % len(slots)])
            # Any number that only depends on what the slots hold will do.
            held = [map(each.__getitem__, texts) for each in agreed]
            keys = list(map(hash, zip(*held, strict=True)))
        yield from _neighbours(texts, keys, None)


def _neighbours(
    texts: Sequence[int], keys: Sequence[int], crowded: list[int] | None
) -> Iterator[tuple[int, int]]:
    """Pairs of texts that have the same key; 0 is no key.

    Texts whose key more than :data:`FEW` have are put into ``crowded``; without that, each is
    paired with the last few before it.
    """
    first: dict[int, int] = {}
    # Where in ``texts`` the key of each occurs first: nearly all the work, in one call.
    heads = array("i", map(first.setdefault, keys, range(len(keys))))
    none = first.get(0, -1)
    del first
    # By head the last text with its key, and how many have it; by text the one before it.
    last, before = array("i", bytes(4 * len(keys))), array("i", bytes(4 * len(keys)))
    counts = bytearray(b"\1") * len(keys)
    for at, head in enumerate(heads):
        if head in (at, none):
            continue
        count = counts[head]
        other = before[at] = last[head] if count > 1 else head
        last[head] = at
        if count <= FEW:
            counts[head] = count + 1
        if crowded is None or count < FEW:
            for _ in range(min(count, FEW)):
                one, two = texts[other], texts[at]
                yield (one, two) if one < two else (two, one)
                other = before[other]
        else:
            crowded.append(texts[at])
            # The few before were not crowded until now.
            for _ in range(FEW if count == FEW else 0):
                crowded.append(texts[other])
                other = before[other]
