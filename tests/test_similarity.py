"""Similarity is what it says, and no screen hides a pair that is alike."""

from __future__ import annotations

from random import Random
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seedlint.similarity import LONGEST, WINDOW, Budget, alike_pairs, least_distance, similarity

EXAMPLES = settings(max_examples=300, deadline=None)
# Few letters make texts that nearly match; the others reach every class of characters.
ALPHABET = st.one_of(st.sampled_from("abeEst AZ.019é’日ж"), st.characters())
TEXTS = st.text(ALPHABET, max_size=60)
PROSE = (
    "The old ferry between the two harbours sails again from Monday, the council said, "
    "after a winter in which its engine was rebuilt by volunteers from four villages."
)


def common_length(one: str, other: str) -> int:
    """The textbook table of longest common subsequences."""
    row = [0] * (len(other) + 1)
    for char in one:
        above = row
        row = [0]
        for at, candidate in enumerate(other):
            row.append(above[at] + 1 if char == candidate else max(above[at + 1], row[at]))
    return row[-1]


def small(text: str) -> str:
    return "".join(chr(ord(char) + 32) if "A" <= char <= "Z" else char for char in text)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and the same after a few edits."""
    text = draw(st.one_of(st.just(PROSE), st.text(ALPHABET, min_size=1, max_size=200)))
    other = text
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(other)))
        end = min(len(other), start + draw(st.integers(0, 4)))
        other = other[:start] + draw(st.text(ALPHABET, max_size=4)) + other[end:]
    return text, other


@EXAMPLES
@given(TEXTS, TEXTS)
def test_similarity_is_the_share_a_common_subsequence_keeps(one: str, other: str) -> None:
    if one or other:
        common = common_length(small(one), small(other))
        assert similarity(one, other) == 2 * common / (len(one) + len(other))
    assert similarity(one, other) == similarity(other, one)


@EXAMPLES
@given(st.one_of(st.tuples(TEXTS, TEXTS), edited()))
@example(("a" * 2500, "b" * 2500))
@example(("e" * 1999, "thr" * 900))
@example(("o" * 150, "t" * 150))
@example(("", "x"))
def test_the_bound_never_exceeds_the_distance(texts: tuple[str, str]) -> None:
    one, other = texts
    n, m = min(len(one), LONGEST), min(len(other), LONGEST)
    distance = round((1 - similarity(one, other)) * (n + m))
    assert least_distance(one, other) <= distance


@EXAMPLES
@given(edited(), st.sampled_from([0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 1.0]))
def test_every_pair_that_is_alike_is_found(texts: tuple[str, str], threshold: float) -> None:
    one, other = texts
    expected = bool(other) and similarity(one, other) >= threshold
    assert [(0, 2)] * expected == [pair[:2] for pair in alike_pairs([one, "", other], threshold)]


def test_pairs_come_with_their_similarity() -> None:
    changed = PROSE.replace("four", "five")
    assert list(alike_pairs([PROSE, "Something else", changed, PROSE.upper()], 0.95)) == [
        (0, 2, pytest.approx(similarity(PROSE, changed))),
        (0, 3, 1.0),
        (2, 3, pytest.approx(similarity(PROSE, changed))),
    ]


def test_empty_texts_are_like_nothing() -> None:
    assert list(alike_pairs(["", "", "a"], 0.95)) == []


def test_only_the_beginning_counts() -> None:
    start = PROSE * 20
    assert len(start) > LONGEST
    assert similarity(f"{start}one", f"{start}two") == 1


def test_a_text_is_compared_with_a_window_of_earlier_ones() -> None:
    between = ["x" * number for number in range(1, WINDOW)]
    assert (0, WINDOW) in [pair[:2] for pair in alike_pairs([PROSE, *between, PROSE], 1.0)]
    between.append("one more")
    assert list(alike_pairs([PROSE, *between, PROSE], 1.0)) == []


def test_a_budget_ends_the_search_but_equal_texts_are_free() -> None:
    texts = [PROSE, PROSE, PROSE.replace("four", "five"), PROSE.replace("Monday", "Sunday")]
    found = list(alike_pairs(texts, 0.9, Budget(1)))
    assert [pair[:2] for pair in found] == [(0, 1), (0, 2)]


@pytest.mark.parametrize(("count", "length"), [(100, 10_000), (500, 2_000), (2_000, 400)])
def test_made_up_content_takes_bounded_time(count: int, length: int) -> None:
    # All of one multiset of characters, so that no count tells them apart.
    random = Random(1)
    letters = list("etaoinsrhldcumfpgwyb" * (length // 20))
    texts = []
    for _ in range(count):
        random.shuffle(letters)
        texts.append("".join(letters))
    start = process_time()
    assert list(alike_pairs(texts, 0.95)) == []
    # Some tenths of a second; the margin is for slow machines.
    assert process_time() - start < 10
