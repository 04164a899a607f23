"""Which of very many texts may be alike, without comparing each with each.

A text is cut into *shingles*: three words in a row, of which only the first two letters count,
so that a slip of the keyboard further on, another ending, a capital or a comma change nothing.
Its *sketch* sorts the hashes of all shingles into slots and keeps the least of each. Two texts
have a slot in common about as often as they share a shingle, so those that are nearly the same
agree in some slot almost certainly (``benchmarks/recall.py`` measures it), and few others do.

Texts that agree in a slot are compared while they are few. Where many agree, the next slots
tell them apart; those that agree there, too, are compared with a few neighbours only. So the
work grows with the number of texts, whatever they are.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

_WORDS_IN_A_ROW = 3

# Short words are in every text: they tell little, and make up half of a text's words.
_FEW_WORDS = 6

FEW = 4
"""So many texts that agree in a slot are all compared, more only with so many neighbours."""

_DEPTH = 4
"""How many slots in a row have to agree at most."""


def sketch(text: str, slots: int) -> list[int]:
    """The sketch of a text: 32-bit numbers, 0 for a slot that no shingle falls into."""
    from zlib import crc32

    words = _words(text)
    hashes = list(map(crc32, words))
    for _ in range(1, _WORDS_IN_A_ROW):
        if len(hashes) > 1:
            hashes = list(map(crc32, words, hashes[1:]))
    least = {value % slots: value for value in sorted(hashes, reverse=True)}
    return [least.get(slot, 0) for slot in range(slots)]


def _words(text: str) -> list[bytes]:
    """The first two letters of each longer word; where these are few, of every word."""
    text = text.lower()
    words = _long_words().findall(text)
    if len(words) < _FEW_WORDS:
        words = _all_words().findall(text)
    return " ".join(words).encode("utf-8", "replace").split()


@cache
def _long_words() -> re.Pattern[str]:
    import re

    return re.compile(r"([^\W_]{2})[^\W_]{2,}")


@cache
def _all_words() -> re.Pattern[str]:
    import re

    return re.compile(r"([^\W_]{1,2})[^\W_]*")


def candidates(slots: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Pairs of texts that may be alike: the smaller index first, some pairs several times.

    ``slots`` has for each slot what all sketches hold there.
    """
    for slot in range(len(slots)):
        size = len(slots[slot])
        keyed: Iterable[tuple[int, int]] = enumerate(slots[slot])
        for depth in range(1, _DEPTH):
            crowded: list[tuple[int, int]] = []
            yield from _neighbours(keyed, size, crowded)
            finer = slots[(slot + depth) % len(slots)]
            keyed = [(text, key << 32 | finer[text]) for text, key in crowded]
        yield from _neighbours(keyed, size, None)


def _neighbours(
    keyed: Iterable[tuple[int, int]], size: int, crowded: list[tuple[int, int]] | None
) -> Iterator[tuple[int, int]]:
    """Pairs of texts with the same key, out of ``size`` texts; 0 is no key.

    Texts whose key more than :data:`FEW` have are put into ``crowded``; without that, each is
    paired with the last few before it.
    """
    from array import array

    last: dict[int, int] = {}
    before = array("i", bytes(4 * size))  # the text before with the same key
    rank = bytearray(size)  # how many there are before, up to FEW
    for text, key in keyed:
        if not key:
            continue
        other = last.get(key, -1)
        last[key] = text
        if other < 0:
            continue
        before[text] = other
        seen = rank[text] = min(rank[other] + 1, FEW)
        if crowded is None or seen < FEW:
            for _ in range(seen):
                yield (other, text) if other < text else (text, other)
                other = before[other]
        elif rank[other] < FEW:
            # The few before were not crowded until now.
            crowded.append((text, key))
            for _ in range(FEW):
                crowded.append((other, key))
                other = before[other]
        else:
            crowded.append((text, key))
