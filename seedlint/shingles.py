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
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
        keys = slots[slot]
        agreed = [keys]
        while len(agreed) < _DEPTH:
            crowded: list[int] = []
            for group in _groups(texts, keys):
                if len(group) == 2:
                    # Nearly all are, in a large corpus by chance.
                    yield group[0], group[1]
                    continue
                if len(group) > FEW:
                    crowded += group
                yield from _neighbours(group[:FEW])
            # So that the smaller index still comes first.
            texts = sorted(crowded)
            agreed.append(slots[(slot + len(agreed)) % len(slots)])
            # Any number that only depends on what the slots hold will do.
            held = [map(each.__getitem__, texts) for each in agreed]
            keys = list(map(hash, zip(*held, strict=True)))
        for group in _groups(texts, keys):
            yield from _neighbours(group)


def _groups(texts: Sequence[int], keys: Sequence[int]) -> Iterable[list[int]]:
    """The texts that have the same key, where several have; 0 is no key."""
    first: dict[int, int] = {}
    # The first text with the key of each: nearly all the work, in one call.
    heads = list(map(first.setdefault, keys, texts))
    none = first.get(0, -1)
    del first
    groups: dict[int, list[int]] = {}
    for text, head in zip(texts, heads, strict=True):
        if head != text and head != none:
            if head in groups:
                groups[head].append(text)
            else:
                groups[head] = [head, text]
    return groups.values()


def _neighbours(group: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each text of a group with the last few before it."""
    for at in range(1, len(group)):
        for before in range(max(0, at - FEW), at):
            yield group[before], group[at]
