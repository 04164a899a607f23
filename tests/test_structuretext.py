"""Removing, inserting and sorting entries: the text before, the text after."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from seedlint.changes import Scalar
from seedlint.diagnostic import Route
from seedlint.edits import TextEdit
from seedlint.events import locate
from seedlint.limits import Limits
from seedlint.slow_load import load_slowly
from seedlint.structuretext import insertion, removal, sorting

LIMITS = Limits()
LINE_ENDS = pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
Row = tuple[str, Route, str]


def made(text: str, edit: TextEdit | None) -> str | None:
    return None if edit is None else text[: edit.start] + edit.text + text[edit.end :]


def data_of(text: str) -> Any:
    return load_slowly(text, LIMITS)[0]


def at(data: Any, route: Route) -> Any:
    for step in route:
        data = data[step]
    return data


def removed(text: str, route: Route) -> str | None:
    """The text without an entry; the data must be the same without it."""
    after = made(text, removal(locate(text, LIMITS), route))
    if after is not None:
        expected = copy.deepcopy(data_of(text))
        del at(expected, route[:-1])[route[-1]]
        assert data_of(after) == expected
    return after


def inserted(text: str, route: Route, value: Scalar = "v", order: str = "a b c d") -> str | None:
    """The text with another key; the data must be the same but for it."""
    after = made(text, insertion(locate(text, LIMITS), route, value, order.split()))
    if after is not None:
        expected = copy.deepcopy(data_of(text))
        at(expected, route[:-1])[route[-1]] = value
        assert data_of(after) == expected
    return after


def sorted_by(text: str, route: Route, keys: str) -> str | None:
    """The text with keys in another order; the data must be the same, in this order."""
    after = made(text, sorting(locate(text, LIMITS), route, keys.split()))
    if after is not None:
        assert data_of(after) == data_of(text)
        assert list(at(data_of(after), route)) == keys.split()
    return after


REMOVED_FROM_BLOCKS: list[Row] = [
    # comments above and beside
    ("a: 1\nb: 2\nc: 3\n", ("b",), "a: 1\nc: 3\n"),
    ("a: 1 # a\n# b\n# b\nb: 2 # b\n# c\nc: 3\n", ("b",), "a: 1 # a\n# c\nc: 3\n"),
    ("# a\na: 1\n# b\nb: 2\n", ("a",), "# b\nb: 2\n"),
    ("# free\n\n# a\na: 1\nb: 2\n", ("a",), "# free\n\nb: 2\n"),
    ("k:\n # shallower\n  # a\n  a: 1\n  b: 2\n", ("k", "a"), "k:\n # shallower\n  b: 2\n"),
    ("a: 1\nb: 2\n# tail\n", ("b",), "a: 1\n# tail\n"),
    # comments in and below what goes
    ("a: # a\n  # x\n  - x # x\n  # tail\nb: 2\n", ("a",), "b: 2\n"),
    ("a: 1\n  # deeper\n\n    # deeper still\n# b\nb: 2\n", ("a",), "# b\nb: 2\n"),
    ("k:\n  - x\n  # y\n  - y\n  # tail\n", ("k", 1), "k:\n  - x\n  # tail\n"),
    # an ignore of the whole file stays above the first key
    (
        "# seedlint: ignore-file[x]\n# seedlint: ignore[y]\na: 1\nb: 2\n",
        ("a",),
        "# seedlint: ignore-file[x]\nb: 2\n",
    ),
    # blank lines: between two groups the lower goes
    ("a: 1\n\nb: 2\n\n\nc: 3\n", ("b",), "a: 1\n\nc: 3\n"),
    ("a: 1\n\n\n# b\nb: 2\n\n# c\nc: 3\n", ("b",), "a: 1\n\n\n# c\nc: 3\n"),
    ("a: 1\n\nb: 2\nc: 3\n", ("b",), "a: 1\n\nc: 3\n"),
    ("a: 1\nb: 2\n\nc: 3\n", ("b",), "a: 1\n\nc: 3\n"),
    ("a: 1\n# free\n\nb: 2\n\nc: 3\n", ("b",), "a: 1\n# free\n\nc: 3\n"),
    # above the last one goes what is above
    ("a: 1\n\nb: 2\n", ("b",), "a: 1\n"),
    ("k:\n  a: 1\n\n  b: 2\nj: 1\n", ("k", "b"), "k:\n  a: 1\nj: 1\n"),
    ("k:\n  a: 1\n\n\n  b: 2\n\nj: 1\n", ("k", "b"), "k:\n  a: 1\n\nj: 1\n"),
    ("a: 1\n\nb: 2\n# tail\n", ("b",), "a: 1\n\n# tail\n"),
    ("k:\n- x\n# free\n\n- y\nj: 1\n", ("k", 1), "k:\n- x\n# free\n\nj: 1\n"),
    # below the first one goes what is below
    ("a: 1\n\nb: 2\n", ("a",), "b: 2\n"),
    ("k:\n  a: 1\n\n  # b\n  b: 2\n", ("k", "a"), "k:\n  # b\n  b: 2\n"),
    ("k:\n\n  a: 1\n\n  b: 2\n", ("k", "a"), "k:\n\n  b: 2\n"),
    ("k:\n # free\n  a: 1\n\n  b: 2\n", ("k", "a"), "k:\n # free\n\n  b: 2\n"),
    # lists, indented or not
    ("k:\n- x\n- y # y\n- z\nj: 1\n", ("k", 1), "k:\n- x\n- z\nj: 1\n"),
    ("k:\n  - x\n  # y\n  - y\n", ("k", 1), "k:\n  - x\n"),
    ("k:\n-\n-  # empty\n- ''\n", ("k", 1), "k:\n-\n- ''\n"),
    ("k:\n- x\n# j\nj: 1\n", ("k",), "# j\nj: 1\n"),
    # behind a dash
    ("k:\n- a: 1\n  b: 2\n", ("k", 0, "a"), "k:\n- b: 2\n"),
    ("k:\n  -   a: 1 # a\n\n      b: 2\n", ("k", 0, "a"), "k:\n  -   b: 2\n"),
    ("- x\n- a:\n    - y\n  # b\n  b: 2\n", (1, "a"), "- x\n# b\n- b: 2\n"),
    ("- a: 1\n    # deeper\n\n  # free\n\n  b: 2\n", (0, "a"), "# free\n\n- b: 2\n"),
    ("-\n  # a\n  a: 1\n  b: 2\n", (0, "a"), "-\n  b: 2\n"),
    ("- a: 1\n  b: 2\n", (0, "b"), "- a: 1\n"),
    ("- - x\n  - y\n", (0, 0), "- - y\n"),
    ("- - x\n  # y\n  - y\n- z\n", (0, 0), "# y\n- - y\n- z\n"),
    ("- - x\n  - y\n", (0, 1), "- - x\n"),
    # values over several lines
    ("a: |\n  # no comment\n\n  x\n\n# b\nb: 2\n", ("a",), "# b\nb: 2\n"),
    ("a: |\n  # no comment\n# b\nb: 2\n", ("b",), "a: |\n  # no comment\n"),
    ("a: 1\nb: >- # b\n\n  x\n\n\nc: 3\n", ("b",), "a: 1\n\n\nc: 3\n"),
    ("a: 1\nb: |+\n  x\n\n\nc: 3\n", ("b",), "a: 1\nc: 3\n"),
    ("a: x\n  y\n\n  z # a\nb: 2\n", ("a",), "b: 2\n"),
    ('a: "x\n\n  # no comment"\nb: 2\n', ("a",), "b: 2\n"),
    ("a: [x, # x\n  y] # a\nb: 2\n", ("a",), "b: 2\n"),
    # a block scalar above does not take in blank lines
    ("a: |+\n  x\n\nb: 2\n\nc: 3\n", ("b",), "a: |+\n  x\n\nc: 3\n"),
    ("a: |\n  x\nb: 2\n     \nc: 3\n", ("b",), "a: |\n  x\nc: 3\n"),
    ("a: |\n  x\n\nb: 2\n\nc: 3\n", ("b",), "a: |\n  x\n\nc: 3\n"),
    # odd keys, odd text
    ("'a b' : 1\nb: 2\n", ("a b",), "b: 2\n"),
    ("é日😀: x\n# über b\nb: é # ß\nc: 日\n", ("b",), "é日😀: x\nc: 日\n"),
    ("a: x\u2028y # \x85\nb: 2\n", ("a",), "b: 2\n"),
    ("---\n# a\na: 1\nb: 2\n...\n# end\n", ("b",), "---\n# a\na: 1\n...\n# end\n"),
    # what only the slower parser reads
    ("k: {k:1}\na: 1 # a\nb: 2\n", ("a",), "k: {k:1}\nb: 2\n"),
]

EMPTIED: list[Row] = [
    ("k:\n  - x\nj: 1\n", ("k", 0), "k: []\nj: 1\n"),
    ("k:\n- x\nj: 1\n", ("k", 0), "k: []\nj: 1\n"),
    ("k:\n  a: 1\n", ("k", "a"), "k: {}\n"),
    ("k: # k\n  # x\n  - x # x\n  # tail\n\nj: 1\n", ("k", 0), "k: [] # k\n  # tail\n\nj: 1\n"),
    ("k:\n\n  a: 1\nj: 1\n", ("k", "a"), "k: {}\nj: 1\n"),
    ("k:\n  # free\n\n  a: 1\n\nj: 1\n", ("k", "a"), "k: {}\n  # free\n\nj: 1\n"),
    ("k: &k !!map # k\n  a: 1\n", ("k", "a"), "k: &k !!map {} # k\n"),
    ("k: !!seq\n  - a\n", ("k", 0), "k: !!seq []\n"),
    ("- - x # x\n- y\n", (0, 0), "- []\n- y\n"),
    ("-\n  - x\n- y\n", (0, 0), "- []\n- y\n"),
    ("- a: 1\n    # deeper\n- y\n", (0, "a"), "- {}\n- y\n"),
    ("# a\na: 1 # a\n", ("a",), "{}\n"),
    ("---\n# free\n\n- a\n...\n", (0,), "---\n# free\n\n[]\n...\n"),
    ("{a: 1}\n", ("a",), "{}\n"),
    ("k: [ x ] # k\n", ("k", 0), "k: [] # k\n"),
    ("k: [\tx,\t]\n", ("k", 0), "k: []\n"),
    ("k: {a: 1}\n", ("k", "a"), "k: {}\n"),
    ("k: !!seq [a]\n", ("k", 0), "k: !!seq []\n"),
    ("k: [\n  # x\n  x, # x\n]\n", ("k", 0), "k: []\n"),
    ("k: [ # k\n  x # x\n  # tail\n]\n", ("k", 0), "k: [ # k\n  # tail\n]\n"),
    ("k: [ x # x\n  # tail\n]\n", ("k", 0), "k: [ \n  # tail\n]\n"),
    ("k: [a: 1, b]\n", ("k", 0, "a"), "k: [{}, b]\n"),
]

REMOVED_FROM_BRACKETS: list[Row] = [
    ("k: [a, b, c]\n", ("k", 0), "k: [b, c]\n"),
    ("k: [a, b, c]\n", ("k", 1), "k: [a, c]\n"),
    ("k: [a, b, c]\n", ("k", 2), "k: [a, b]\n"),
    ("k: {a: 1, b: 2, c: 3}\n", ("k", "a"), "k: {b: 2, c: 3}\n"),
    ("k: {a: 1, b: 2, c: 3}\n", ("k", "b"), "k: {a: 1, c: 3}\n"),
    ("k: {a: 1, b: 2, c: 3}\n", ("k", "c"), "k: {a: 1, b: 2}\n"),
    ('k: ["a","b"]\n', ("k", 0), 'k: ["b"]\n'),
    ("k: [ a , b , c ]\n", ("k", 2), "k: [ a , b ]\n"),
    ("k: [\ta,\tb\t]\n", ("k", 0), "k: [\tb\t]\n"),
    ("k: [\ta,\tb\t]\n", ("k", 1), "k: [\ta\t]\n"),
    ("k: [a, b, ]\n", ("k", 1), "k: [a, ]\n"),
    ("k: [a, b, ]\n", ("k", 0), "k: [b, ]\n"),
    ("k: {a, b: , c: ~}\n", ("k", "b"), "k: {a, c: ~}\n"),
    ("k: {a, b: , c: ~}\n", ("k", "c"), "k: {a, b:}\n"),
    ("k: [a: 1, {b: 2}]\n", ("k", 0), "k: [{b: 2}]\n"),
    ("k: ['é', \"日本\", 😀] # ü\n", ("k", 1), "k: ['é', 😀] # ü\n"),
    # several lines, with others on them
    ("k: [a,\n  b, c,\n  d]\n", ("k", 0), "k: [\n  b, c,\n  d]\n"),
    ("k: [a,\n  b, c,\n  d]\n", ("k", 1), "k: [a,\n  c,\n  d]\n"),
    ("k: [a,\n  b, c,\n  d]\n", ("k", 2), "k: [a,\n  b,\n  d]\n"),
    ("k: [a,\n  b, c,\n  d]\n", ("k", 3), "k: [a,\n  b, c]\n"),
    ("k: [a, # a\n  b]\n", ("k", 0), "k: [\n  b]\n"),
    ("k: [a, # a\n  b]\n", ("k", 1), "k: [a # a\n  ]\n"),
    ("k: [a, # a\n  # b\n  b ]\n", ("k", 1), "k: [a # a\n   ]\n"),
    ("k: [a, b, # both\n  c]\n", ("k", 1), "k: [a, # both\n  c]\n"),
    ("k: [a, b # both\n  ]\n", ("k", 1), "k: [a # both\n  ]\n"),
    ("k: [\n  a,\n  b, ]\n", ("k", 1), "k: [\n  a,\n   ]\n"),
    # a line of its own
    ("k: [\n  # a\n  a, # a\n  # b\n  b\n]\n", ("k", 0), "k: [\n  # b\n  b\n]\n"),
    ("k: [\n  a, # a\n  # b\n  b, # b\n  c,\n]\n", ("k", 1), "k: [\n  a, # a\n  c,\n]\n"),
    ("k: [\n  a, # a\n  # b\n  b # b\n  # tail\n]\n", ("k", 1), "k: [\n  a # a\n  # tail\n]\n"),
    ("k: {\n \ta: 1,\n \tb: 2,\n \tc: 3\n}\n", ("k", "b"), "k: {\n \ta: 1,\n \tc: 3\n}\n"),
    ("k: {\n  a: 1,\n\n  b: [\n    x],\n\n  c: 3\n}\n", ("k", "b"), "k: {\n  a: 1,\n\n  c: 3\n}\n"),
    ("k: {\n  a: 1,\n\n  c: 3\n}\n", ("k", "c"), "k: {\n  a: 1\n}\n"),
]

KEPT: list[tuple[str, Route]] = [
    # nothing there
    ("a: 1\n", ()),
    ("a: 1\n", ("b",)),
    ("a: 1\n", ("a", "b")),
    ("- a\n", (1,)),
    ("# a\n", ("a",)),
    # aliases and merges
    ("a: &a 1\nb: *a\n", ("a",)),
    ("a: &a {x: 1}\nb: *a\n", ("a", "x")),
    ("a: &a {x: 1}\nb: *a\n", ("b", "x")),
    ("a: {x: &a 1}\nb: *a\n", ("a",)),
    ("a:\n  - &a x\nb: *a\n", ("a", 0)),
    ("&a a: 1\nb: *a\n", ("a",)),
    ("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  z: 3\n", ("b", "x")),
    ("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  z: 3\n", ("a", "x")),
    ("b:\n  <<: {x: 1}\n  x: 2\n  z: 3\n", ("b", "x")),
    ("b:\n  <<: {x: 1}\n", ("b", "<<")),
    # written otherwise
    ("? a\n: 1\nb: 2\n", ("a",)),
    ("a: 1\n? b\n: 2\n", ("a",)),
    ("k: {? a : 1, b: 2}\n", ("k", "a")),
    ("k: [a\n  , b\n  , c]\n", ("k", 1)),
    ("k: !mine\n  a: 1\n  b: 2\n", ("k", "a")),
    # an ignore that would stay and speak of what follows
    ("# seedlint: ignore[x]\n\na: 1\nb: 2\n", ("a",)),
    ("# seedlint: ignore[x]\n- a: 1\n  b: 2\n", (0, "a")),
]

STILL_REMOVED: list[Row] = [
    ("a: &a 1\nb: *a\n", ("b",), "a: &a 1\n"),
    ("a: &a 1\nb: 2\n", ("a",), "b: 2\n"),
    ("a: {x: &a 1, y: *a}\nb: 2\n", ("a",), "b: 2\n"),
    ("a: &a 1\nb: &a 2\nc: *a\n", ("a",), "b: &a 2\nc: *a\n"),
    ("b:\n  <<: {x: 1}\n  y: 2\n", ("b", "y"), "b:\n  <<: {x: 1}\n"),
    ("k:\n  ? a\n  : 1\nb: 2\n", ("k",), "b: 2\n"),
    ("k: !mine\n  a: 1\nb: 2\n", ("k",), "b: 2\n"),
    ("# seedlint: ignore[x]\n\na: 1\nb: 2\n", ("b",), "# seedlint: ignore[x]\n\na: 1\n"),
    ("# seedlint: ignore[x]\n- a: 1\n  b: 2\n", (0, "b"), "# seedlint: ignore[x]\n- a: 1\n"),
]


@LINE_ENDS
@pytest.mark.parametrize(
    ("before", "route", "after"),
    [*REMOVED_FROM_BLOCKS, *EMPTIED, *REMOVED_FROM_BRACKETS, *STILL_REMOVED],
)
def test_removal(before: str, route: Route, after: str, line_end: str) -> None:
    before, after = before.replace("\n", line_end), after.replace("\n", line_end)
    assert removed(before, route) == after


@pytest.mark.parametrize(("text", "route"), KEPT)
def test_what_is_not_removed(text: str, route: Route) -> None:
    assert removed(text, route) is None


@pytest.mark.parametrize(
    ("before", "route", "after"),
    [
        ("a: 1\nb: 2", ("b",), "a: 1\n"),
        ("a: 1\nb: 2", ("a",), "b: 2"),
        ("k:\n- a", ("k", 0), "k: []\n"),
        ("- - a", (0, 0), "- []"),
        ("a: 1", ("a",), "{}"),
        ("a: |\n  x\nb: >\n  y", ("b",), "a: |\n  x\n"),
        ("k: [a, b]", ("k", 1), "k: [a]"),
    ],
)
def test_removal_where_the_last_line_is_not_ended(before: str, route: Route, after: str) -> None:
    assert removed(before, route) == after


INSERTED: list[Row] = [
    # behind the nearest key that comes before, wherever it stands
    ("a: 1\nc: 3\n", ("b",), "a: 1\nb: v\nc: 3\n"),
    ("c: 3\na: 1 # a\n", ("d",), "c: 3\nd: v\na: 1 # a\n"),
    ("c: 3\nx: 4\na: 1\ny: 5\n", ("b",), "c: 3\nx: 4\na: 1\nb: v\ny: 5\n"),
    # else before the nearest that comes after
    ("x: 0\nc: 3\nd: 4\n", ("a",), "x: 0\na: v\nc: 3\nd: 4\n"),
    ("d: 4\n# c\nc: 3\n", ("b",), "d: 4\nb: v\n# c\nc: 3\n"),
    # else last
    ("x: 0\n\ny: 1\n# tail\n", ("a",), "x: 0\n\ny: 1\na: v\n# tail\n"),
    ("a: 1\nb: 2\n", ("z",), "a: 1\nb: 2\nz: v\n"),
    # behind the whole value, before what belongs to the next key
    (
        "a:\n  - x # x\n  # tail\n\n# c\nc: 3\n",
        ("b",),
        "a:\n  - x # x\n  # tail\nb: v\n\n# c\nc: 3\n",
    ),
    ("a:\n- x\nc: 3\n", ("b",), "a:\n- x\nb: v\nc: 3\n"),
    ("a: |\n  x\n\n  # y\n\nc: 3\n", ("b",), "a: |\n  x\n\n  # y\nb: v\n\nc: 3\n"),
    ("a: |\n  x\n   \n\nc: 3\n", ("b",), "a: |\n  x\n   \nb: v\n\nc: 3\n"),
    ("a: >+\n  x\n\nc: 3\n", ("b",), "a: >+\n  x\n\nb: v\nc: 3\n"),
    ("a: 'x\n\n  # y' # a\nc: 3\n", ("b",), "a: 'x\n\n  # y' # a\nb: v\nc: 3\n"),
    ("a: {x: 1,\n  y: 2}\nc: 3\n", ("b",), "a: {x: 1,\n  y: 2}\nb: v\nc: 3\n"),
    ("a:\nc: 3\n", ("b",), "a:\nb: v\nc: 3\n"),
    # first of all
    ("# c\nc: 3\n", ("b",), "b: v\n# c\nc: 3\n"),
    (
        "# seedlint: ignore-file[x]\n# c\nc: 3\n",
        ("b",),
        "# seedlint: ignore-file[x]\nb: v\n# c\nc: 3\n",
    ),
    ("---\nc: 3\n...\n", ("d",), "---\nc: 3\nd: v\n...\n"),
    # in lists
    ("k:\n  -   c: 3\n      d: 4\n", ("k", 0, "b"), "k:\n  -   b: v\n      c: 3\n      d: 4\n"),
    ("- - c: 3\n", (0, 0, "b"), "- - b: v\n    c: 3\n"),
    ("- a: 1\n  c: 3\n- x\n", (0, "b"), "- a: 1\n  b: v\n  c: 3\n- x\n"),
    ("-\n  # c\n  c: 3\n", (0, "b"), "-\n  b: v\n  # c\n  c: 3\n"),
    # in braces
    ("k: {a: 1, c: 3}\n", ("k", "b"), "k: {a: 1, b: v, c: 3}\n"),
    ("k: {c: 3}\n", ("k", "b"), "k: {b: v, c: 3}\n"),
    ("k: { a: 1, }\n", ("k", "b"), "k: { a: 1, b: v, }\n"),
    ('k: {"a":"é", c}\n', ("k", "b"), 'k: {"a":"é", b: v, c}\n'),
    ("k: {x, d: 4}\n", ("k", "z"), "k: {x, d: 4, z: v}\n"),
    ("k: {a: 1, # a\n  c: 3}\n", ("k", "b"), "k: {a: 1, b: v, # a\n  c: 3}\n"),
    ("k: {}\n", ("k", "b"), "k: {b: v}\n"),
    ("k: &k !!map { } # k\n", ("k", "b"), "k: &k !!map {b: v} # k\n"),
    ("k: { # k\n}\n", ("k", "b"), "k: {b: v # k\n}\n"),
    ("{}\n", ("b",), "{b: v}\n"),
    (
        "k: {\n  # a\n  a: 1, # a\n\n  c: 3\n}\n",
        ("k", "b"),
        "k: {\n  # a\n  a: 1, # a\n  b: v,\n\n  c: 3\n}\n",
    ),
    ("k: {\n \ta: 1 # a\n}\n", ("k", "b"), "k: {\n \ta: 1, # a\n \tb: v\n}\n"),
    ("k: {\n  # c\n  c: 3\n}\n", ("k", "b"), "k: {\n  b: v,\n  # c\n  c: 3\n}\n"),
    # beside what is merged or repeated
    ("a: 1\n<<: {x: 1}\nc: 3\n", ("b",), "a: 1\nb: v\n<<: {x: 1}\nc: 3\n"),
    ("a: &a {c: 3}\nc: *a\n", ("b",), "a: &a {c: 3}\nb: v\nc: *a\n"),
    ("# seedlint: ignore[x]\n\na: 1\n", ("b",), "# seedlint: ignore[x]\n\na: 1\nb: v\n"),
]


@LINE_ENDS
@pytest.mark.parametrize(("before", "route", "after"), INSERTED)
def test_insertion(before: str, route: Route, after: str, line_end: str) -> None:
    before, after = before.replace("\n", line_end), after.replace("\n", line_end)
    assert inserted(before, route) == after


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("", ("b",)),
        ("# x\n", ("b",)),
        ("k:\n", ("k", "b")),
        ("k: x\n", ("k", "b")),
        ("k: []\n", ("k", "b")),
        ("b: 1\n", ("b",)),
        ("a: 1\n", ("x", "b")),
        ("a: 1\n<<: {b: 1}\n", ("b",)),
        ("a: &a {c: 3}\nd: *a\n", ("a", "b")),
        ("a: &a {c: 3}\nd: *a\n", ("d", "b")),
        ("a: &a {c: {c: 3}}\nd: *a\n", ("a", "c", "b")),
        ("k: [a: 1]\n", ("k", 0, "b")),
        ("k: {a: , c: 3}\n", ("k", "b")),
        ("k: !mine {a: 1}\n", ("k", "b")),
        ("? a\n: 1\n", ("b",)),
        ("# seedlint: ignore[x]\n\nc: 1\n", ("b",)),
        ("# seedlint: ignore[x]\n- c: 1\n", (0, "b")),
    ],
)
def test_what_is_not_inserted(text: str, route: Route) -> None:
    assert inserted(text, route) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1", "a: 1\nb: v"),
        ("a: 1\r\nx: 2", "a: 1\r\nb: v\r\nx: 2"),
        ("x: 1\r\ny: 2", "x: 1\r\ny: 2\r\nb: v"),
        ("a: |\n  x", "a: |\n  x\nb: v"),
        ("{a: 1}", "{a: 1, b: v}"),
    ],
)
def test_insertion_where_the_last_line_is_not_ended(before: str, after: str) -> None:
    assert inserted(before, ("b",)) == after


@pytest.mark.parametrize(
    ("value", "block", "flow"),
    [
        ("x, y", "b: x, y", 'b: "x, y"'),
        ("yes", 'b: "yes"', 'b: "yes"'),
        (None, "b: null", "b: null"),
        (True, "b: true", "b: true"),
        (-1.5, "b: -1.5", "b: -1.5"),
        ("é\n", 'b: "é\\n"', 'b: "é\\n"'),
    ],
)
def test_an_inserted_value_is_written_for_its_surroundings(
    value: Scalar, block: str, flow: str
) -> None:
    assert inserted("a: 1\n", ("b",), value) == f"a: 1\n{block}\n"
    assert inserted("{a: 1}\n", ("b",), value) == f"{{a: 1, {flow}}}\n"


def test_an_inserted_key_gets_the_quotes_it_needs() -> None:
    assert inserted("a: 1\n", ("b: c",)) == 'a: 1\n"b: c": v\n'
    assert inserted("{a: 1}\n", ("b,c",)) == '{a: 1, "b,c": v}\n'


SORTED: list[tuple[str, Route, str, str]] = [
    ("b: 2\na: 1\n", (), "a b", "a: 1\nb: 2\n"),
    ("# b\nb: 2 # b\n# a\n# a\na: 1 # a\n", (), "a b", "# a\n# a\na: 1 # a\n# b\nb: 2 # b\n"),
    ("a: 1\nb: 2\n", (), "a b", "a: 1\nb: 2\n"),
    # comments that are nobody's stay where they are
    (
        "# head\n\n# b\nb: 2\n\n# free\n\na: 1\n# tail\n",
        (),
        "a b",
        "# head\n\na: 1\n\n# free\n\n# b\nb: 2\n# tail\n",
    ),
    (
        "k:\n  b: 2\n    # deeper\n  a: 1\n  # tail\nj: 1\n",
        ("k",),
        "a b",
        "k:\n  a: 1\n  b: 2\n    # deeper\n  # tail\nj: 1\n",
    ),
    # blank lines go with the key below them; the first hands its own on
    ("c: 3\na: 1\n\nb: 2\n", (), "a b c", "a: 1\n\nb: 2\nc: 3\n"),
    ("c: 3\n\nb: 2\n\n\na: 1\n", (), "a b c", "a: 1\n\nb: 2\n\n\nc: 3\n"),
    ("b: 2\n\n# free\n\na: 1\n\nc: 3\n", (), "a c b", "a: 1\n\n# free\n\nc: 3\n\nb: 2\n"),
    # ignores travel like other comments; that of the file does not
    (
        "# seedlint: ignore-file[x]\n# seedlint: ignore[y]\nb: 2\na: 1 # seedlint: ignore[z]\n",
        (),
        "a b",
        "# seedlint: ignore-file[x]\na: 1 # seedlint: ignore[z]\n# seedlint: ignore[y]\nb: 2\n",
    ),
    # values over several lines
    (
        "c:\n- x\n- y: 1\nb: |\n  # t\n\na: {x: 1,\n  y: 2}\n",
        (),
        "a b c",
        "a: {x: 1,\n  y: 2}\nb: |\n  # t\n\nc:\n- x\n- y: 1\n",
    ),
    ("b: |+\n  x\n\na: 1\n", (), "a b", "a: 1\nb: |+\n  x\n\n"),
    (
        "k:\n  b: 2\n\n  # free\n\n  a: |-\n    x\n\n  # free\n\n  c: 3\n",
        ("k",),
        "a b c",
        "k:\n  a: |-\n    x\n\n  # free\n\n  b: 2\n\n  # free\n\n  c: 3\n",
    ),
    # behind a dash
    ("- b: 2 # b\n  # a\n  a: 1\n  c: 3\n", (0,), "a b c", "# a\n- a: 1\n  b: 2 # b\n  c: 3\n"),
    (
        "- x\n- - b: 2\n\n    # a\n    a:\n      - y\n",
        (1, 0),
        "a b",
        "- x\n# a\n- - a:\n      - y\n\n    b: 2\n",
    ),
    ("- a: 1\n  # c\n  c: 3\n  b: 2\n", (0,), "a b c", "- a: 1\n  b: 2\n  # c\n  c: 3\n"),
    ("-\n  b: 2\n  # a\n  a: 1\n", (0,), "a b", "-\n  # a\n  a: 1\n  b: 2\n"),
    # between braces
    ("k: {b: 2, a: 1}\n", ("k",), "a b", "k: {a: 1, b: 2}\n"),
    (
        "k: {b: 2,\n\ta: [x, # x\n\t  y], c } # k\n",
        ("k",),
        "a c b",
        "k: {a: [x, # x\n\t  y],\n\tc, b: 2 } # k\n",
    ),
    (
        "k: {\n  # b\n  b: 2, # b\n\n  # a\n  a: 1 # a\n  # tail\n}\n",
        ("k",),
        "a b",
        "k: {\n  # a\n  a: 1, # a\n\n  # b\n  b: 2 # b\n  # tail\n}\n",
    ),
    ("{ # k\n  b: 2,\n  a: 1,\n}\n", (), "a b", "{ # k\n  a: 1,\n  b: 2,\n}\n"),
    # anchors stay above their aliases
    ("x: &x 1\nb: *x\na: 1\n", (), "a x b", "a: 1\nx: &x 1\nb: *x\n"),
    ("k: &x 1\nj:\n  b: *x\n  a: 1\n", ("j",), "a b", "k: &x 1\nj:\n  a: 1\n  b: *x\n"),
    ("j:\n  b: &x 1\n  a: 1\nk: *x\n", ("j",), "a b", "j:\n  a: 1\n  b: &x 1\nk: *x\n"),
    ("é: 'ß' # ü\na: 日 # 😀\n", (), "a é", "a: 日 # 😀\né: 'ß' # ü\n"),
]


@LINE_ENDS
@pytest.mark.parametrize(("before", "route", "keys", "after"), SORTED)
def test_sorting(before: str, route: Route, keys: str, after: str, line_end: str) -> None:
    before, after = before.replace("\n", line_end), after.replace("\n", line_end)
    assert sorted_by(before, route, keys) == after


@pytest.mark.parametrize(
    ("text", "route", "keys"),
    [
        ("b: 2\na: 1\n", (), "a"),
        ("b: 2\na: 1\n", (), "a b c"),
        ("b: 2\na: 1\n", (), "a a b"),
        ("a: 1\n", (), "a"),
        ("k: x\n", ("k",), ""),
        ("k: [b, a]\n", ("k",), "a b"),
        ("b: 2\na: 1\n", ("k",), "a b"),
        ("x: &x 1\na: *x\n", (), "a x"),
        ("x: {y: &x 1}\na: [*x]\n", (), "a x"),
        ("b: &x 1\na: &x 2\nc: *x\n", (), "a b c"),
        ("b: &x 1\na: &x 2\nc: 3\nd: *x\n", (), "a b c d"),
        ("k: &k {b: 2, a: 1}\nj: *k\n", ("k",), "a b"),
        ("k: &k {b: 2, a: 1}\nj: *k\n", ("j",), "a b"),
        ("k: &k {x: {b: 2, a: 1}}\nj: *k\n", ("k", "x"), "a b"),
        ("<<: {x: 1}\nb: 2\na: 1\n", (), "a b x"),
        ("<<: {x: 1}\nb: 2\na: 1\n", (), "a b"),
        ("? b\n: 2\na: 1\n", (), "a b"),
        ("k: !mine\n  b: 2\n  a: 1\n", ("k",), "a b"),
        ("k: {b: , a: 1}\n", ("k",), "a b"),
        ("k: {b: 2, # b\n  a: 1}\n", ("k",), "a b"),
        ("k: {b: 2\n  , a: 1}\n", ("k",), "a b"),
        # a block scalar would take in the blank line below it
        ("b: 2\n\na: |+\n  x\n", (), "a b"),
        ("k:\n  b: |+\n    x\n  a: 1\n\nj: 1\n", ("k",), "a b"),
        # an ignore would come to speak of another key
        ("# seedlint: ignore[x]\n\nb: 2\na: 1\n", (), "a b"),
        ("b: 2\n# seedlint: ignore[x]\n\na: 1\n", (), "a b"),
        ("# seedlint: ignore[x]\n- b: 2\n  a: 1\n", (0,), "a b"),
    ],
)
def test_what_is_not_sorted(text: str, route: Route, keys: str) -> None:
    assert sorted_by(text, route, keys) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("b: 2\r\na: 1", "a: 1\r\nb: 2"),
        ("b: 2\n# a\na: |\n  x", "# a\na: |\n  x\nb: 2"),
        ("b: |+\n  x\na: 1", None),
        ("{b: 2, a: 1}", "{a: 1, b: 2}"),
    ],
)
def test_sorting_where_the_last_line_is_not_ended(before: str, after: str | None) -> None:
    assert sorted_by(before, (), "a b") == after


@pytest.mark.parametrize(
    ("text", "route", "edit"),
    [
        ("a: 1\n\n# b\nb: 2 # b\n\nc: 3\n", ("b",), TextEdit(6, 20, "")),
        ("k: [a, b, c]\n", ("k", 1), TextEdit(7, 10, "")),
        ("k:\n  - x\n  - y\n", ("k", 0), TextEdit(3, 9, "")),
    ],
)
def test_an_edit_touches_only_what_goes(text: str, route: Route, edit: TextEdit) -> None:
    assert removal(locate(text, LIMITS), route) == edit


def test_sorting_touches_only_the_keys_that_move() -> None:
    tree = locate("a: 1\n# c\nc: 3\nb: 2\nd: 4\n", LIMITS)
    assert sorting(tree, (), ["a", "b", "c", "d"]) == TextEdit(5, 19, "b: 2\n# c\nc: 3\n")
    flow = locate("{a: 1, c: 3, b: 2, d: 4}\n", LIMITS)
    assert sorting(flow, (), ["a", "b", "c", "d"]) == TextEdit(7, 19, "b: 2, c: 3, ")


def test_one_tree_after_another() -> None:
    one, other = locate("a: 1\nb: 2\n", LIMITS), locate("- x\n- y\n", LIMITS)
    assert removal(one, ("a",)) == TextEdit(0, 5, "")
    assert removal(other, (0,)) == TextEdit(0, 4, "")
    assert removal(one, ("b",)) == TextEdit(5, 10, "")
