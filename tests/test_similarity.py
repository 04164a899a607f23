"""Similarity is what it says, and no shortcut hides a pair that is alike."""

from __future__ import annotations

from random import Random
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seedlint.similarity import LONGEST, WINDOW, Budget, alike_pairs

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


def similarity(one: str, other: str) -> float:
    one, other = one[:LONGEST], other[:LONGEST]
    return 2 * common_length(one, other) / (len(one) + len(other))


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
@given(
    st.one_of(st.tuples(TEXTS, TEXTS), edited()),
    st.sampled_from([0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 1.0]),
)
@example(("a" * 2500, "b" * 2500), 0.5)
@example((PROSE, PROSE.replace("four", "five")), 0.95)
def test_every_pair_that_is_alike_is_found(texts: tuple[str, str], threshold: float) -> None:
    one, other = texts
    found = list(alike_pairs([one, "", other], threshold))
    expected = similarity(one, other) if one and other else -1.0
    # What is alike by exactly the threshold is, give or take a rounding error.
    if abs(expected - threshold) > 1e-9:
        assert [pair[:2] for pair in found] == [(0, 2)] * (expected > threshold)
    assert [pair[2] for pair in found] == [pytest.approx(expected)] * len(found)


def test_pairs_come_with_their_similarity() -> None:
    changed = PROSE.replace("four", "five")
    assert list(alike_pairs([PROSE, "Something else", changed, PROSE], 0.95)) == [
        (0, 2, pytest.approx(similarity(PROSE, changed))),
        (0, 3, 1.0),
        (2, 3, pytest.approx(similarity(PROSE, changed))),
    ]


def test_empty_texts_are_like_nothing() -> None:
    assert list(alike_pairs(["", "", "a"], 0.95)) == []


def test_only_the_beginning_counts() -> None:
    start = PROSE * 20
    assert len(start) > LONGEST
    assert list(alike_pairs([f"{start}one", f"{start}two"], 1.0)) == [(0, 1, 1.0)]


def test_a_text_is_compared_with_a_window_of_earlier_ones() -> None:
    between = ["x" * number for number in range(1, WINDOW)]
    assert (0, WINDOW) in [pair[:2] for pair in alike_pairs([PROSE, *between, PROSE], 1.0)]
    between.append("one more")
    assert list(alike_pairs([PROSE, *between, PROSE], 1.0)) == []


def test_a_budget_ends_the_search() -> None:
    texts = [PROSE, PROSE, PROSE.replace("four", "five"), PROSE.replace("Monday", "Sunday")]
    budget = Budget(2)
    found = list(alike_pairs(texts, 0.9, budget))
    assert [pair[:2] for pair in found] == [(0, 1), (0, 2)]
    assert budget.left == 0


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
