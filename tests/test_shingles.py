"""Which texts may be alike: those that agree in some slot, a few of those that agree in all."""

from __future__ import annotations

from seedlint.shingles import FEW, candidates


def pairs(*slots: list[int]) -> list[tuple[int, int]]:
    return sorted(candidates(slots))


def test_texts_that_agree_in_a_slot_the_smaller_index_first() -> None:
    assert pairs([7, 1, 7, 2, 1], [3, 4, 5, 6, 8]) == [(0, 2), (1, 4)]


def test_a_slot_without_a_shingle_is_no_agreement() -> None:
    assert pairs([0, 0, 9, 0], [1, 2, 3, 4]) == []


def test_a_pair_is_found_for_each_slot_that_it_agrees_in() -> None:
    assert pairs([7, 7], [8, 8]) == [(0, 1), (0, 1)]


def test_where_few_agree_each_is_compared_with_each() -> None:
    assert pairs([5] * FEW, list(range(1, FEW + 1))) == [(0, 1), (0, 2), (1, 2)]


def test_where_more_agree_the_next_slot_tells_them_apart() -> None:
    first = [5] * 6
    second = [1, 2, 3, 1, 2, 4]
    # The first few in a slot are compared in any case.
    assert set(pairs(first, second)) == {(0, 1), (0, 2), (1, 2), (0, 3), (1, 4)}


def test_what_agrees_everywhere_is_compared_with_a_few_neighbours() -> None:
    texts = 1000
    slots = [[slot + 1] * texts for slot in range(3)]
    found = pairs(*slots)
    assert {later - earlier for earlier, later in found} == {1, 2, 3}
    neighbours = {(at - back, at) for at in range(texts) for back in (1, 2, 3) if back <= at}
    assert set(found) == neighbours
    assert len(found) < len(slots) * (len(neighbours) + 20)
