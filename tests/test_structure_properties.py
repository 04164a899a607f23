"""Structural edits of any document do what they say and nothing else."""

from __future__ import annotations

import copy
import os
from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from seedlint.diagnostic import Route
from seedlint.edits import TextEdit
from seedlint.events import Unlocatable, locate
from seedlint.limits import Limits
from seedlint.locate import Tree
from seedlint.reading import Unreadable
from seedlint.slow_load import load_slowly
from seedlint.structuretext import insertion, removal, sorting
from tests.annotated_documents import ROOT, Annotator, Note, notes_in

LIMITS = Limits()
EXAMPLES = settings(
    max_examples=int(os.environ.get("SEEDLINT_EXAMPLES", "200")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
LINE_ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r"])
BLOWS = [*":-'\"[]{}#,&*!|>% \n\t?", "<<: ", " # ", "|+\n", "|2", "\n  ", "? ", "&a ", "*a", "- "]
RANDOM = st.randoms(use_true_random=False)


class Case:
    """A document, with what it means and where its parts are."""

    def __init__(self, text: str, random: Random, notes: Sequence[Note] = ()) -> None:
        note(repr(text) if "\r" in text else text)
        self.text = text
        self.random = random
        self.notes = notes
        self.data = data_of(text)
        self.tree = locate(text, LIMITS)

    @staticmethod
    def annotated(root: Any, random: Random, line_end: str) -> Case:
        """A generated document with known comments, its last line ended or not."""
        writer = Annotator(random, line_end)
        text = writer.document(root)
        return Case(
            text.removesuffix(line_end) if random.random() < 0.2 else text, random, writer.notes
        )

    def routes(self) -> list[Route]:
        """Every route but that of the whole document."""
        found: list[Route] = []
        stack: list[tuple[Route, Any]] = [((), self.data)]
        while stack:
            route, data = stack.pop()
            found.append(route)
            if isinstance(data, (dict, list)):
                steps = data if isinstance(data, dict) else range(len(data))
                stack.extend(((*route, step), data[step]) for step in steps)
        return found

    def some_routes(self) -> list[Route]:
        """A few routes, at random."""
        return self._some(self.routes())

    def some_mappings(self) -> list[Route]:
        """The routes of a few mappings, at random."""
        return self._some(
            [route for route in self.routes() if isinstance(at(self.data, route), dict)]
        )

    def _some(self, routes: list[Route]) -> list[Route]:
        return self.random.sample(routes, min(len(routes), 3))

    def made(self, edit: TextEdit) -> str:
        """The text after an edit."""
        after = self.text[: edit.start] + edit.text + self.text[edit.end :]
        note(f"{edit}\n{after}")
        return after


def data_of(text: str) -> Any:
    return load_slowly(text, LIMITS)[0]


def at(data: Any, route: Route) -> Any:
    for step in route:
        data = data[step]
    return data


def blank_runs(text: str) -> Counter[int]:
    """How many groups there are of so many blank lines."""
    runs: Counter[int] = Counter()
    length = 0
    for line in [*lines_of(text), "end"]:
        if line.strip():
            runs[length] += 1
            length = 0
        else:
            length += 1
    del runs[0]
    return runs


def letters(text: str) -> Counter[str]:
    """How often each character occurs, but those that may change where lines are moved."""
    return Counter(text.translate(str.maketrans("", "", "-, \t\r\n")))


def lines_of(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")


def below(text: str, number: int) -> str:
    """The line below the one that ends with a comment."""
    lines = [*lines_of(text), ""]
    index = next(i for i, line in enumerate(lines) if number in notes_in(line))
    return lines[index + 1]


def assert_attached(case: Case, after: str) -> None:
    """Every comment above or beside a key is still above or beside it."""
    tree = locate(after, LIMITS)
    for number in notes_in(after):
        own = case.notes[number]
        if own.kind != "free" and isinstance(own.route[-1], str):
            before = stands(case.tree, own.route, number)
            assert before == "below" or stands(tree, own.route, number) == before


def stands(tree: Tree, route: Route, number: int) -> str:
    """Where a comment stands as seen from the key of a route."""
    bounds = tree.bounds(route, "key")
    assert bounds is not None
    comment = tree.text.index(f" {number} é")
    between = tree.text[min(bounds[0], comment) : max(bounds[0], comment)]
    lines = lines_of(between)
    if comment > bounds[0]:
        return "below" if len(lines) > 1 else "beside"
    return "above" if all("#" in line for line in lines[1:-1]) else "apart"


@EXAMPLES
@given(ROOT, RANDOM, LINE_ENDS)
def test_a_removal_takes_an_entry_and_its_comments(
    root: Any, random: Random, line_end: str
) -> None:
    case = Case.annotated(root, random, line_end)
    for route in case.some_routes():
        edit = removal(case.tree, route)
        if not route:
            assert edit is None
            continue
        assert edit is not None, route
        after = case.made(edit)
        expected = copy.deepcopy(case.data)
        del at(expected, route[:-1])[route[-1]]
        assert repr(data_of(after)) == repr(expected)
        stay = {n for n, own in enumerate(case.notes) if own.route[: len(route)] != route}
        assert Counter(notes_in(after)) == Counter(stay)
        assert not blank_runs(after) - blank_runs(case.text)
        for number in stay:
            if case.notes[number].kind == "free" and not below(case.text, number).strip():
                assert below(after, number).lstrip()[:1] in ("", "#", "]", "}")
        if isinstance(route[-1], str):
            assert_attached(case, after)


@EXAMPLES
@given(ROOT, RANDOM, LINE_ENDS, st.permutations(["new", "title", "url", "é", "on", "x-y"]))
def test_an_insertion_adds_one_key_at_its_place(
    root: Any, random: Random, line_end: str, order: list[str]
) -> None:
    case = Case.annotated(root, random, line_end)
    order = order[: random.randrange(len(order) + 1)]
    for route in case.some_mappings():
        edit = insertion(case.tree, (*route, "new"), "é: x", order)
        assert edit is not None, route
        after = case.made(edit)
        expected = copy.deepcopy(case.data)
        keys = with_new(list(at(expected, route)), order)
        at(expected, route)["new"] = "é: x"
        assert data_of(after) == expected
        assert list(at(data_of(after), route)) == keys
        assert notes_in(after) == notes_in(case.text)
        assert blank_runs(after) == blank_runs(case.text)
        assert_attached(case, after)


def with_new(keys: list[str], order: list[str]) -> list[str]:
    """The keys with the new one at its place."""
    if "new" in order:
        place = order.index("new")
        before = [key for key in order[:place] if key in keys]
        after = [key for key in order[place:] if key in keys]
        if before:
            index = keys.index(before[-1]) + 1
            return [*keys[:index], "new", *keys[index:]]
        if after:
            index = keys.index(after[0])
            return [*keys[:index], "new", *keys[index:]]
    return [*keys, "new"]


@EXAMPLES
@given(ROOT, RANDOM, LINE_ENDS)
def test_sorting_moves_keys_with_their_comments(root: Any, random: Random, line_end: str) -> None:
    case = Case.annotated(root, random, line_end)
    for route in case.some_mappings():
        keys = list(at(case.data, route))
        random.shuffle(keys)
        edit = sorting(case.tree, route, keys)
        if edit is None:
            # A block scalar might take in a blank line that comes to stand below it.
            spaces = any(line.isspace() for line in lines_of(case.text))
            assert len(keys) < 2 or "|+" in case.text or ("|" in case.text and spaces)
            continue
        after = case.made(edit)
        data = data_of(after)
        assert data == case.data
        assert list(at(data, route)) == keys
        assert Counter(notes_in(after)) == Counter(notes_in(case.text))
        assert_attached(case, after)
        assert letters(after) == letters(case.text)


KINDS = st.sampled_from(["removal", "insertion", "sorting"])


def assert_right(kind: str, case: Case, route: Route) -> None:
    """An edit does just what it should, or there is none."""
    expected = copy.deepcopy(case.data)
    holder = at(expected, route)
    edit = None
    if kind == "removal" and route:
        del at(expected, route[:-1])[route[-1]]
        edit = removal(case.tree, route)
    elif kind == "insertion" and isinstance(holder, dict):
        holder["new"] = 1
        edit = insertion(case.tree, (*route, "new"), 1, ())
    elif kind == "sorting" and isinstance(holder, dict):
        keys = list(holder)
        case.random.shuffle(keys)
        edit = sorting(case.tree, route, keys)
    if edit is not None:
        assert repr_sorted(data_of(case.made(edit))) == repr_sorted(expected)


def repr_sorted(data: Any) -> str:
    """Data as text, whatever the order of its keys; tells 1 from true, and NaN is NaN."""
    if isinstance(data, dict):
        return repr([(key, repr_sorted(data[key])) for key in sorted(data)])
    return repr([repr_sorted(item) for item in data] if isinstance(data, list) else data)


@EXAMPLES
@given(ROOT, RANDOM, KINDS)
def test_nothing_is_edited_through_an_alias(root: Any, random: Random, kind: str) -> None:
    case = Case(Annotator(random, aliases=True).document(root), random)
    for route in case.some_routes():
        assert_right(kind, case, route)


@EXAMPLES
@given(ROOT, RANDOM, LINE_ENDS, st.booleans(), st.integers(1, 3), KINDS)
def test_what_is_readable_is_edited_rightly_or_not_at_all(
    root: Any, random: Random, line_end: str, aliases: bool, blows: int, kind: str
) -> None:
    text = Annotator(random, line_end, aliases=aliases).document(root)
    for _ in range(blows):
        place = random.randrange(len(text) + 1)
        end = place + random.choice([0, 0, 1, 3])
        text = text[:place] + random.choice(BLOWS) + text[end:]
    try:
        case = Case(text, random)
    except (Unreadable, Unlocatable):
        return
    for route in case.some_routes():
        assert_right(kind, case, route)
