"""Which of very many texts may be alike, without comparing each with each.

A text is cut into *shingles*: four words in a row, of which only the first two letters count,
so that a slip of the keyboard further on, another ending, a capital or a comma change nothing.
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

FEW = 4
"""So many texts that agree in a slot are all compared, more only with so many neighbours."""

_DEPTH = 4
"""How many slots in a row have to agree at most."""


def sketch(text: str, slots: int, shortest: int) -> list[int]:
    """The sketch of a text: 32-bit numbers, 0 for a slot that no shingle falls into.

    Only words of ``shortest`` letters and more are looked at, if there are enough of them.
    """
    words = _words(text, shortest)
    rows = zip(words, words[1:], words[2:], words[3:], strict=False)
    shingles = map(crc32, map(b"".join, rows if len(words) > 3 else [words]))
    least = {value % slots: value for value in sorted(shingles, reverse=True)}
    return [least.get(slot, 0) for slot in range(slots)]


def _words(text: str, shortest: int) -> list[bytes]:
    """The first two letters of each longer word; where these are few, of every word."""
    text = text.lower()
    raw = text.encode("utf-8", "replace")
    if len(raw) < _OTHER_SCRIPT * len(text):
        words: list[bytes] = _long_words(shortest).findall(raw)
        if len(words) >= _FEW_WORDS:
            return words
    return " ".join(_all_words().findall(text)).encode("utf-8", "replace").split()


@cache
def _long_words(shortest: int) -> re.Pattern[bytes]:
    """Words of so many letters, nearly: not all letters are one byte."""
    start = r"a-z0-9\xc3-\xdf"
    letter = rf"{start}\x80-\xbf"
    return re.compile(f"([{start}][{letter}])[{letter}]{{{shortest - 2},}}".encode("latin-1"))


@cache
def _all_words() -> re.Pattern[str]:
    return re.compile(r"([^\W_]{1,2})[^\W_]*")


def candidates(slots: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Pairs of texts that may be alike: the smaller index first, some pairs several times.

    ``slots`` has for each slot what all sketches hold there.
    """
    for slot in range(len(slots)):
        size = len(slots[slot])
        texts: Sequence[int] = range(size)
        keys: Sequence[int] = slots[slot]
        agreed = [keys]
        while len(agreed) < _DEPTH:
            crowded: list[int] = []
            yield from _neighbours(texts, keys, size, crowded)
            agreed.append(slots[(slot + len(agreed)) % len(slots)])
            texts = crowded
            # Any number that only depends on what the slots hold will do.
            held = [map(each.__getitem__, texts) for each in agreed]
            keys = list(map(hash, zip(*held, strict=True)))
        yield from _neighbours(texts, keys, size, None)


def _neighbours(
    texts: Sequence[int], keys: Sequence[int], size: int, crowded: list[int] | None
) -> Iterator[tuple[int, int]]:
    """Pairs of texts with the same key, out of ``size`` texts; 0 is no key.

    Texts whose key more than :data:`FEW` have are put into ``crowded``; without that, each is
    paired with the last few before it.
    """
    last: dict[int, int] = {}
    before = array("i", bytes(4 * size))  # the text before with the same key
    rank = bytearray(size)  # how many there are before, up to FEW
    for text, key in zip(texts, keys, strict=True):
        other = last.get(key, -1)
        last[key] = text
        if other < 0 or not key:
            continue
        before[text] = other
        seen = rank[other]
        rank[text] = min(seen + 1, FEW)
        if crowded is None or seen < FEW - 1:
            for _ in range(rank[text]):
                yield (other, text) if other < text else (text, other)
                other = before[other]
            continue
        crowded.append(text)
        if seen < FEW:
            # The few before were not crowded until now.
            for _ in range(FEW):
                crowded.append(other)
                other = before[other]
