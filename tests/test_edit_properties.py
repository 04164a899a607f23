"""Edits of scalars in any document do what they say and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterable
from random import Random
from typing import Any

from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from seedlint.changes import Change, Quote, Rename, Replace
from seedlint.diagnostic import Route
from seedlint.events import Unlocatable, locate
from seedlint.load import with_line_end
from seedlint.locate import Node
from seedlint.reading import Unreadable
from seedlint.slow_load import load_slowly
from tests.editing import MARKER, changed, some_change
from tests.loading import LIMITS
from tests.scalar_documents import document, new_value, some_text
from tests.yaml_documents import ROOT, Writer

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
        after = changed(self.text, self.data, self.tree, changes)
        if after is not None:
            note(f"{changes}\n{after!r}")
            locate(with_line_end(after), LIMITS)
        return after


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


@EXAMPLES
@given(ROOT, RANDOM, st.sampled_from(["\n", "\r\n"]))
def test_several_changes_at_once_are_made_together_or_refused(
    root: Any, random: Random, line_end: str
) -> None:
    case = Case(Writer(random, line_end).document(root))
    changes = [some_change(random, case.tree, case.data) for _ in range(random.randint(2, 4))]
    case.after(*(change for change in changes if change is not None))
