"""Edits of scalars in any document do what they say and nothing else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from random import Random
from typing import Any

from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from seedlint.changed_data import agrees
from seedlint.changes import Change, Insert, Quote, Remove, Rename, Replace, Sort
from seedlint.diagnostic import Route
from seedlint.edits import Editor
from seedlint.events import Unlocatable, locate
from seedlint.limits import Limits
from seedlint.load import load, with_line_end
from seedlint.locate import Node
from seedlint.reading import Unreadable
from seedlint.slow_load import load_slowly
from tests.scalar_documents import document, new_value, some_text
from tests.support import profile
from tests.yaml_documents import ROOT, Writer

LIMITS = Limits()
CONTRACT = profile().contract
MARKER = re.compile(r"(?:\A|[\r\n])(?:---|\.\.\.)(?=\s|\Z)")
EXAMPLES = settings(
    max_examples=int(os.environ.get("SEEDLINT_EXAMPLES", "200")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
RANDOM = st.randoms(use_true_random=False)


class Case:
    """A generated document that can be read and located."""

    def __init__(self, text: str) -> None:
        note(repr(text))
        assume(not MARKER.search(text))
        try:
            self.data = load_slowly(text, LIMITS)[0]
            self.tree = locate(text, LIMITS)
        except (Unreadable, Unlocatable):
            assume(False)
        self.text = text

    def after(self, *changes: Change) -> str | None:
        """The text after these changes, if they can be made; their data is what they say."""
        edits = Editor(self.tree, CONTRACT).edits(changes)
        if edits is None:
            return None
        parts, at = [], 0
        for start, end, text in edits:
            assert start >= at
            parts += [self.text[at:start], text]
            at = end
        after = "".join((*parts, self.text[at:]))
        note(f"{changes}\n{after!r}")
        assert not MARKER.search(after)
        assert agrees(self.data, changes, load_slowly(after, LIMITS)[0])
        assert not has_text_keys(fast := data_of(after)) or agrees(self.data, changes, fast)
        locate(with_line_end(after), LIMITS)
        return after


def data_of(text: str) -> Any:
    return load(text.encode(), text, LIMITS)[0]


def has_text_keys(data: Any) -> bool:
    """Whether the fast loader decides: what has other keys is loaded slowly."""
    if isinstance(data, dict):
        return all(isinstance(key, str) and has_text_keys(data[key]) for key in data)
    return not isinstance(data, list) or all(map(has_text_keys, data))


def within(case: Case, node: Node, after: str) -> bool:
    """Whether nothing changed before or behind what is there; if nothing is, all may move."""
    rest = len(case.text) - node.end
    return node.start == node.end or (
        after[: node.start] == case.text[: node.start]
        and after[len(after) - rest :] == case.text[node.end :]
    )


def some(random: Random, nodes: Iterable[tuple[Route, Node]]) -> tuple[Route, Node]:
    found = list(nodes)
    assume(found)
    return random.choice(found)


@EXAMPLES
@given(RANDOM)
def test_a_replaced_scalar_is_the_only_thing_that_changes(random: Random) -> None:
    case = Case(document(random))
    route, node = some(random, case.tree.scalars())
    after = case.after(Replace(route, new_value(random, node.value)))
    assert after is None or within(case, node, after)


@EXAMPLES
@given(RANDOM)
def test_a_renamed_key_is_the_only_thing_that_changes(random: Random) -> None:
    case = Case(document(random))
    route, key = some(random, case.tree.named())
    after = case.after(Rename(route, random.choice((some_text(random), key.value, "k1"))))
    assert after is None or within(case, key, after)


@EXAMPLES
@given(RANDOM)
def test_quotes_change_no_data_and_once_is_enough(random: Random) -> None:
    case = Case(document(random))
    route, node = some(random, case.tree.scalars())
    after = case.after(Quote(route))
    if after is not None:
        assert node.style == ""
        assert within(case, node, after)
        assert Case(after).after(Quote(route)) is None


def some_change(random: Random, case: Case) -> Change | None:
    routes = [(), *(route for route, _ in case.tree.named()), *(r for r, _ in case.tree.scalars())]
    route = random.choice(routes)
    value = case.data
    for step in route:
        value = value[step]
    kind = random.choice((Replace, Rename, Insert, Remove, Remove, Quote, Sort))
    if isinstance(value, dict) and kind is Insert:
        return Insert((*route, random.choice(("title", "zz"))), some_text(random))
    if isinstance(value, dict) and kind is Sort:
        return Sort(route, tuple(random.sample(list(value), len(value))))
    if not route or kind in (Insert, Sort):
        return None
    if kind is Remove:
        return Remove(route)
    if kind is Rename:
        name = random.choice((some_text(random), "nn"))
        return Rename(route, name) if isinstance(route[-1], str) else None
    if isinstance(value, (dict, list)):
        return None
    return Quote(route) if kind is Quote else Replace(route, some_text(random))


@EXAMPLES
@given(ROOT, RANDOM, st.sampled_from(["\n", "\r\n"]))
def test_several_changes_at_once_are_made_together_or_refused(
    root: Any, random: Random, line_end: str
) -> None:
    case = Case(Writer(random, line_end).document(root))
    changes = [some_change(random, case) for _ in range(random.randint(2, 4))]
    case.after(*(change for change in changes if change is not None))
