"""How alike two texts are, and which of many texts are alike.

The measure: of all characters of both texts, the share that a longest common subsequence
keeps, ``2 · LCS / (n + m)``. It is symmetric, 1 for equal texts, and
``1 - distance / (n + m)`` where the distance is the least number of single characters to
insert or delete. Letters A–Z count as a–z; nothing else is normalised. Only the first
:data:`LONGEST` characters are looked at.

Comparing every pair exactly would be slow, so each text gets a *sketch*: how often each of
sixteen classes of characters occurs. Inserting or deleting a character changes one count
by one, so the counts of two texts differ by no more than their distance, and a pair whose
counts differ by more is proved unlike without looking at the texts again.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zlib import adler32

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Counts = tuple[int, ...]
    Pass = tuple[bytes, bytes]

LONGEST = 2000
"""How much of a text is looked at."""

WINDOW = 200
"""With how many texts before it a text is compared."""

MOST_COMPARISONS = 200
"""How many pairs of one document are compared exactly; only made-up texts need more."""

# Adler-32's lower half is a byte sum modulo 65521, and the fastest one Python has. Three
# counts fit into it as x + 15y + 225z; a fourth is what bytes.translate deletes.
_MODULUS = 65521
_BASE = 15
_FEWEST_BEYOND = 145
_COINS = (1, _BASE, _BASE * _BASE)

_SLACK = 1e-9


def similarity(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1; exact."""
    one, other = _comparable(one), _comparable(other)
    if one == other:
        return 1.0
    return 2 * _common_length(one, other) / (len(one) + len(other))


class Budget:
    """How many exact comparisons are left; share one among all calls for a document."""

    __slots__ = ("left",)

    def __init__(self, comparisons: int = MOST_COMPARISONS) -> None:
        self.left = comparisons


def alike_pairs(
    texts: Sequence[str], threshold: float, budget: Budget | None = None
) -> Iterator[tuple[int, int, float]]:
    """Pairs of texts at least ``threshold`` alike: earlier index, later index, similarity.

    Empty texts are like nothing. Hostile content is bounded by :data:`WINDOW` and the
    budget: when that is used up, the search ends. Comparing equal texts is free.
    """
    budget = budget or Budget()
    for earlier, later in _suspects(texts, threshold):
        one, other = texts[earlier], texts[later]
        if one != other:
            if not budget.left:
                return
            budget.left -= 1
        alike = similarity(one, other)
        if alike >= threshold:
            yield earlier, later, alike


def least_distance(one: str, other: str) -> int:
    """A lower bound of the distance of two texts, from their counts alone."""
    n, m = min(len(one), LONGEST), min(len(other), LONGEST)
    return max(
        abs(n - m),
        _difference(_coarse(one), _coarse(other)),
        _difference(_fine(one), _fine(other)),
    )


def _suspects(texts: Sequence[str], threshold: float) -> Iterator[tuple[int, int]]:
    """The pairs that :func:`least_distance` does not prove unlike; cheapest counts first."""
    # In a pair of lengths n and m the distance is at most share * (n + m), so m is at most
    # n * (1 + share) / (1 - share): what a pair may differ by depends on one text only.
    share = 1 - threshold + _SLACK
    per_character = 2 * share / (1 - share) if share < 1 else float("inf")
    costs = _costs()
    seen: list[tuple[int, int, int, int, int, int, int, int]] = []
    for later, text in enumerate(texts):
        if not text:
            continue
        n = len(text) if len(text) < LONGEST else LONGEST
        most = int(min(n * per_character, 2 * LONGEST))
        low, high = n - most, n + most
        d1, d2, d3, s1, s2, s3 = _coarse(text)
        # Written out, as this is what a clean document pays for each pair of its texts.
        for earlier, m, e1, e2, e3, t1, t2, t3 in seen if later < WINDOW else seen[-WINDOW:]:
            if (
                low <= m <= high
                and (distance := abs(d2 - e2) + costs[s2 - t2] + costs[s3 - t3]) <= most
                and distance + abs(d1 - e1) + abs(d3 - e3) + costs[s1 - t1] <= most
                and _difference(_fine(text), _fine(texts[earlier])) <= most
            ):
                yield earlier, later
        seen.append((later, n, d1, d2, d3, s1, s2, s3))


def _coarse(text: str) -> Counts:
    """How many characters each of three passes deletes, and what the rest sums up to."""
    data = text[:LONGEST].encode("ascii", "replace")
    n = len(data)
    (w1, x1), (w2, x2), (w3, x3) = _COARSE
    k1, k2, k3 = data.translate(w1, x1), data.translate(w2, x2), data.translate(w3, x3)
    return (
        n - len(k1),
        n - len(k2),
        n - len(k3),
        adler32(k1) & 0xFFFF,
        adler32(k2) & 0xFFFF,
        adler32(k3) & 0xFFFF,
    )


@lru_cache(maxsize=2 * WINDOW)
def _fine(text: str) -> Counts:
    """The same of four passes over the low bytes of all code points: slower and sharper."""
    data = text[:LONGEST].encode("utf-32-le", "surrogatepass")[::4]
    kept = [data.translate(*each) for each in _FINE]
    return (*[len(data) - len(part) for part in kept], *[adler32(part) & 0xFFFF for part in kept])


def _difference(one: Counts, other: Counts) -> int:
    """The fewest insertions and deletions that make the counts of one text the other's."""
    half = len(one) // 2
    costs = _costs()
    deleted = sum([abs(mine - its) for mine, its in zip(one[:half], other[:half], strict=True)])
    summed = [costs[mine - its] for mine, its in zip(one[half:], other[half:], strict=True)]
    return deleted + sum(summed)


def _comparable(text: str) -> str:
    text = text[:LONGEST]
    return text.lower() if text.isascii() else text.translate(_SMALL_LETTERS)


def _common_length(one: str, other: str) -> int:
    """The length of a longest common subsequence, all rows of the table in one integer."""
    places: dict[str, int] = {}
    for at, char in enumerate(one):
        places[char] = places.get(char, 0) | 1 << at
    full = (1 << len(one)) - 1
    row = full
    for char in other:
        here = row & places.get(char, 0)
        row = (row + here | row - here) & full
    return len(one) - row.bit_count()


@cache
def _costs() -> bytes:
    """The fewest characters that change ``x + 15y + 225z`` by a difference (mod 65521).

    Digits balanced around zero are the cheapest way to make a number of these coins.
    Differences beyond half the modulus may have wrapped; they take more than
    ``_FEWEST_BEYOND`` characters, so that is where costs end.
    """
    ramp = bytes(range(_FEWEST_BEYOND)) + bytes([_FEWEST_BEYOND]) * 512
    half = _BASE // 2
    costs = b"\0"
    for digits in (half, half, _FEWEST_BEYOND):
        steps = range(-digits, digits + 1)
        costs = b"".join([costs.translate(ramp[abs(step) : abs(step) + 256]) for step in steps])
    middle = len(costs) // 2
    beyond = bytes([_FEWEST_BEYOND]) * (_MODULUS - len(costs))
    return costs[middle:] + beyond + costs[:middle]


def _pass(deleted: bytes, *worth: bytes) -> Pass:
    """What each byte is worth, and the bytes to delete, of four classes of letters."""
    table = bytearray(256)
    for members, coin in zip(worth, _COINS, strict=True):
        for byte in members + members.upper():
            table[byte] = coin
    return bytes(table), deleted + deleted.upper()


# The frequent letters vary most, and what is deleted or worth most keeps its difference
# whole. The coarse passes were found by search: of 1 300 pairs of unlike English texts of
# like length they leave one in fifty.
_COARSE = (
    _pass(b"rvd", b"l", b"pg", b"nm"),
    _pass(b"hfyu", b"s", b"o", b"e"),
    _pass(b"ib", b"c", b"a", b"tkw"),
)
_REST = bytes(byte for byte in range(256) if not chr(byte).isalpha() or byte > 127)
_FINE = (
    _pass(b"e" + _REST[0::16], b"h" + _REST[1::16], b"l" + _REST[2::16], b"t" + _REST[3::16]),
    _pass(b"a" + _REST[4::16], b"d" + _REST[5::16], b"cbk" + _REST[6::16], b"o" + _REST[7::16]),
    _pass(b"i" + _REST[8::16], b"uy" + _REST[9::16], b"mgj" + _REST[10::16], b"n" + _REST[11::16]),
    _pass(
        b"s" + _REST[12::16], b"fwq" + _REST[13::16], b"pvxz" + _REST[14::16], b"r" + _REST[15::16]
    ),
)
_SMALL_LETTERS = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
