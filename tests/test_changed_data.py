"""What changes make of data, and nothing else does."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from seedlint.changed_data import agrees
from seedlint.changes import Change, Insert, Quote, Remove, Rename, Replace, Sort

BEFORE = {
    "title": "Ferries",
    "heat": 1,
    "topics": ["AI", "Sea", "AI", "Air"],
    "provider": {"name": "Harbour Times", "domain": "www.harbour.example"},
    "related": [{"link": "https://a.example/"}, {"link": "https://b.example/"}],
}


def after(**changed: Any) -> dict[str, Any]:
    return {**deepcopy(BEFORE), **changed}


def holds(changes: list[Change], expected: Any, before: Any = BEFORE) -> bool:
    kept = deepcopy(before)
    result = agrees(before, changes, expected)
    assert repr(before) == repr(kept), "the data before was touched"
    return result


def test_no_change_is_the_same_data() -> None:
    assert holds([], deepcopy(BEFORE))
    assert not holds([], after(heat=2))


@pytest.mark.parametrize(
    ("one", "other"),
    [(1, 1.0), (1, True), (0, False), (1, "1"), (None, ""), (0.0, -0.0), ([], {}), ([], None)],
)
def test_values_of_another_kind_differ(one: Any, other: Any) -> None:
    assert not holds([], {"heat": other}, {"heat": one})
    assert not holds([], {"heat": one}, {"heat": other})
    assert not holds(
        [Replace(("heat",), 3)], {"heat": 3, "topics": [other]}, {"heat": 1, "topics": [one]}
    )


def test_not_a_number_is_itself() -> None:
    assert holds([], {"heat": float("nan")}, {"heat": float("nan")})
    assert not holds([], {"heat": float("nan")}, {"heat": float("inf")})


def test_replace() -> None:
    assert holds([Replace(("heat",), "1")], after(heat="1"))
    assert not holds([Replace(("heat",), "1")], after(heat=1))
    provider = {"name": "Harbour Times", "domain": "harbour.example"}
    assert holds([Replace(("provider", "domain"), "harbour.example")], after(provider=provider))
    assert holds([Replace((), "b")], "b", "a")


def test_rename_keeps_the_place_of_the_key() -> None:
    renamed = {"headline" if key == "title" else key: value for key, value in BEFORE.items()}
    assert holds([Rename(("title",), "headline")], renamed)
    last = {key: value for key, value in renamed.items() if key != "headline"}
    assert not holds([Rename(("title",), "headline")], {**last, "headline": "Ferries"})
    assert holds([Rename(("title",), "title")], deepcopy(BEFORE))


def test_rename_onto_another_key_agrees_with_nothing() -> None:
    assert not holds([Rename(("a",), "b")], {"b": 1}, {"a": 1, "b": 1})
    assert not holds([Rename(("a",), "b")], {"b": 1}, {"b": 1, "a": 1})


def test_two_keys_may_change_places() -> None:
    swap = [Rename(("a",), "b"), Rename(("b",), "a")]
    assert holds([*swap], {"b": 1, "a": 2}, {"a": 1, "b": 2})


def test_an_inserted_key_may_stand_anywhere_but_the_others_stay() -> None:
    insert: list[Change] = [Insert(("c",), 3)]
    before = {"a": 1, "b": 2}
    assert holds(insert, {"a": 1, "b": 2, "c": 3}, before)
    assert holds(insert, {"c": 3, "a": 1, "b": 2}, before)
    assert holds(insert, {"a": 1, "c": 3, "b": 2}, before)
    assert not holds(insert, {"b": 2, "a": 1, "c": 3}, before)
    assert not holds(insert, {"a": 1, "b": 2, "c": 3, "d": 4}, before)
    assert not holds(insert, {"a": 1, "b": 2, "c": "3"}, before)
    assert not holds(insert, before, before)
    assert not holds([Insert(("a",), 1)], before, before)


def test_removals_refer_to_the_data_before() -> None:
    removals: list[Change] = [Remove(("topics", 0)), Remove(("topics", 2)), Remove(("related", 0))]
    expected = after(topics=["Sea", "Air"], related=[{"link": "https://b.example/"}])
    assert holds(removals, expected)
    assert holds([*reversed(removals)], expected)
    assert not holds(removals, after(topics=["Sea", "AI"], related=expected["related"]))


def test_what_is_around_and_inside_a_changed_collection() -> None:
    changes: list[Change] = [
        Remove(("related", 0)),
        Rename(("related", 1, "link"), "url"),
        Replace(("related", 1, "link"), "https://c.example/"),
        Rename(("related",), "more"),
        Insert(("related", 1, "heat"), 1),
    ]
    expected = after()
    del expected["related"]
    expected["more"] = [{"url": "https://c.example/", "heat": 1}]
    assert holds(changes, expected)


def test_remove_a_key() -> None:
    assert holds([Remove(("a",))], {}, {"a": 1})
    assert not holds([Remove(("a",))], None, {"a": 1})
    assert holds([Remove(("a", 0))], {"a": []}, {"a": [1]})
    assert not holds([Remove(("a", 0))], {"a": None}, {"a": [1]})
    assert holds([Remove(("a",)), Rename(("b",), "a")], {"a": 2}, {"a": 1, "b": 2})


def test_quote_changes_nothing_and_is_for_text_alone() -> None:
    assert holds([Quote(("title",))], deepcopy(BEFORE))
    assert not holds([Quote(("heat",))], deepcopy(BEFORE))
    assert not holds([Quote(("provider",))], deepcopy(BEFORE))


def test_sort_gives_exactly_these_keys() -> None:
    before = {"b": 1, "a": {"d": 1, "c": 2}}
    assert holds([Sort((), ("a", "b"))], {"a": {"d": 1, "c": 2}, "b": 1}, before)
    assert not holds([Sort((), ("a", "b"))], before, before)
    assert holds([Sort(("a",), ("c", "d"))], {"b": 1, "a": {"c": 2, "d": 1}}, before)
    for keys in (("a",), ("a", "c"), ("a", "b", "c"), ("a", "a")):
        assert not holds([Sort((), keys)], {key: before.get(key) for key in keys}, before)


def test_lists_of_other_lengths_differ() -> None:
    assert not holds([], {"a": [1, 2]}, {"a": [1]})
    assert not holds([], {"a": [1]}, {"a": [1, 2]})


def test_the_order_of_keys_counts() -> None:
    assert not holds([], {"b": 2, "a": 1}, {"a": 1, "b": 2})


@pytest.mark.parametrize(
    "change",
    [
        Replace(("nowhere",), 1),
        Replace(("topics", 9), 1),
        Replace(("topics", "0"), 1),
        Replace(("title", 0), "f"),
        Replace(("title", "x", 0), "f"),
        Replace(("provider",), None),
        Remove(("provider", "nowhere")),
        Rename(("provider", "nowhere"), "name"),
        Insert(("topics", 4), "Sea"),
        Rename(("topics", 0), "first"),
        Sort(("topics",), ()),
        Sort(("nowhere",), ()),
    ],
)
def test_a_change_that_cannot_be_made_agrees_with_nothing(change: Change) -> None:
    assert not holds([change], deepcopy(BEFORE))


def test_deep_data() -> None:
    before: Any = 1
    expected: Any = 2
    for _ in range(5000):
        before, expected = [before], [expected]
    assert agrees(before, [Replace((0,) * 5000, 2)], expected)
    assert not agrees(before, [], expected)
