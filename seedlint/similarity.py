"""How alike two texts are, and which of many texts are alike.

The measure: of all characters of both texts, the share that a longest common subsequence
keeps, ``2 · LCS / (n + m)``. It is symmetric, 1 for equal texts, and
``1 - distance / (n + m)`` where the distance is the least number of single characters to
insert or delete. Only the first :data:`LONGEST` characters are looked at.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LONGEST = 2000
"""How much of a text is looked at."""

WINDOW = 200
"""With how many texts before it a text is compared."""

_MOST_COMPARISONS = 5_000
"""How many pairs of one document are compared; only made-up content needs more."""

_SLACK = 1e-9

# So many comparisons are tried without rapidfuzz first: a run on one file needs no more.
_FEW = 60
_asked = count()


class Budget:
    """How many comparisons are left; share one among all calls for a document."""

    __slots__ = ("left",)

    def __init__(self, comparisons: int = _MOST_COMPARISONS) -> None:
        self.left = comparisons


def alike_pairs(
    texts: Sequence[str], threshold: float, budget: Budget | None = None
) -> Iterator[tuple[int, int, float]]:
    """Pairs of texts at least ``threshold`` alike: earlier index, later index, similarity.

    Empty texts are like nothing. Hostile content is bounded by :data:`WINDOW` and the
    budget: when that is used up, the search ends.
    """
    budget = budget or Budget()
    # The common subsequence is no longer than the shorter text: lengths tell most pairs apart.
    share = max(threshold / (2 - threshold) - _SLACK, _SLACK)
    lengths = [min(len(text), LONGEST) for text in texts]
    for later, length in enumerate(lengths):
        low, high = length * share, length / share
        start = max(0, later - WINDOW)
        for earlier, other_length in enumerate(lengths[start:later], start):
            if low <= other_length <= high and length:
                if not budget.left:
                    return
                budget.left -= 1
                alike = similarity(texts[earlier][:LONGEST], texts[later][:LONGEST], threshold)
                if alike >= threshold:
                    yield earlier, later, alike


def similarity(one: str, other: str, threshold: float) -> float:
    """How alike two texts are; 0 below the threshold."""
    if next(_asked) < _FEW and _shared_letters(one, other) < threshold:
        return 0
    least_edits, measure = _measures()
    # With replacing allowed the distance is no longer, and found to be too long much sooner.
    most = int((1 - threshold) * (len(one) + len(other)) + _SLACK)
    if least_edits(one, other, score_cutoff=most) > most:
        return 0
    return measure(one, other, score_cutoff=threshold)


def percent(alike: float) -> int:
    """A similarity for people. Rounding must not make what differs look equal."""
    return 99 if 0.99 < alike < 1 else round(100 * alike)


def _shared_letters(one: str, other: str) -> float:
    """An upper bound of the similarity: as if the letters stood in any order."""
    common = _letters(one) & _letters(other)
    return 2 * sum(common.values()) / (len(one) + len(other)) + _SLACK


@lru_cache(maxsize=64)
def _letters(text: str) -> Counter[str]:
    return Counter(text)


@cache
def _measures() -> tuple[Callable[..., int], Callable[..., float]]:
    # Importing it takes as long as checking some thirty files.
    from rapidfuzz.distance import Indel, Levenshtein

    return Levenshtein.distance, Indel.normalized_similarity
