"""Where things are: the places a route means."""

from __future__ import annotations

import pytest

from seedlint.diagnostic import Part, Route
from seedlint.events import Unlocatable, locate
from seedlint.limits import Limits
from seedlint.locate import Tree

LIMITS = Limits()


def cut(tree: Tree, route: Route, part: Part = "value") -> str | None:
    bounds = tree.bounds(route, part)
    return None if bounds is None else tree.text[bounds[0] : bounds[1]]


BLOCK = """\
# comment
plain: é value  # note
'quoted key': "double \\"q\\""
anchored: &name !!str tagged
alias: *name
empty:
literal: |
  one
  two

  # three

folded: >-
  a
  b
list:
- x
-   - deep
nested:
  more: {flow: [1, {k: 😀 v}], none: {}, nil: []}
long: one
  two
  three
"""


@pytest.mark.parametrize(
    ("route", "part", "text"),
    [
        (("plain",), "value", "é value"),
        (("plain",), "key", "plain"),
        (("quoted key",), "key", "'quoted key'"),
        (("quoted key",), "value", '"double \\"q\\""'),
        (("anchored",), "value", "&name !!str tagged"),
        (("alias",), "value", "*name"),
        (("empty",), "value", ""),
        (("literal",), "value", "|\n  one\n  two\n\n  # three"),
        (("folded",), "value", ">-\n  a\n  b"),
        (("list",), "value", "x"),
        (("list", 1), "value", "deep"),
        (("nested",), "value", "more"),
        (("nested", "more", "flow", 1, "k"), "value", "😀 v"),
        (("nested", "more", "none"), "value", "{}"),
        (("nested", "more", "nil"), "value", "[]"),
        (("long",), "value", "one\n  two\n  three"),
        ((), "value", "plain"),
        (("nope",), "value", None),
        (("list", 7), "value", None),
        (("plain", "x"), "value", None),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_bounds(route: Route, part: Part, text: str | None, line_end: str) -> None:
    tree = locate(BLOCK.replace("\n", line_end), LIMITS)
    expected = None if text is None else text.replace("\n", line_end)
    assert cut(tree, route, part) == expected


def test_what_an_alias_stands_for_is_located_at_its_anchor() -> None:
    tree = locate("a: &a {x: 1, y: [2]}\nb: *a\n", LIMITS)
    assert tree.bounds(("b", "y", 0)) == tree.bounds(("a", "y", 0)) == (17, 18)


def test_what_is_merged_is_located_where_it_comes_from() -> None:
    text = "m: &m {x: 1, y: 2}\nn: &n {y: 3, z: 4}\no:\n  <<: [*m, *n]\n  x: 5\n"
    tree = locate(text, LIMITS)
    assert [cut(tree, ("o", key)) for key in "xyz"] == ["5", "2", "4"]


def test_line_separators_are_not_line_ends_and_shift_nothing() -> None:
    text = "a: x\u2028y\nb: \"p\u2029 \x85q\"\nc: 'r'\n"
    tree = locate(text, LIMITS)
    assert cut(tree, ("a",)) == "x\u2028y"
    assert cut(tree, ("b",)) == '"p\u2029 \x85q"'
    assert dict(tree.scalars())[("b",)].value == "p\u2029 \x85q"


def test_what_libyaml_refuses_is_located_by_the_other_parser() -> None:
    tree = locate("a: {k:1}\nb: é\n", LIMITS)
    assert cut(tree, ("b",)) == "é"


def test_what_neither_can_read_says_where_it_ends() -> None:
    with pytest.raises(Unlocatable) as caught:
        locate("a: b\nc: 'd\n", LIMITS)
    assert caught.value.start > 4


def test_scalars_come_in_document_order_and_keys_with_their_routes() -> None:
    tree = locate("a: 1\nb: [2, {c: 3}]\nd: *x\n".replace("*x", "4"), LIMITS)
    assert [(route, node.value) for route, node in tree.scalars()] == [
        (("a",), "1"),
        (("b", 0), "2"),
        (("b", 1, "c"), "3"),
        (("d",), "4"),
    ]
    assert [route for route, _ in tree.named()] == [("a",), ("b",), ("b", 1, "c"), ("d",)]


@pytest.mark.parametrize(("offset", "inside"), [(0, True), (1, False), (3, True), (8, False)])
def test_inside_a_scalar(offset: int, inside: bool) -> None:
    assert locate("a: 'x' # c\n", LIMITS).inside_scalar(offset) is inside


def test_a_byte_order_mark_in_the_text_is_text() -> None:
    tree = locate("\ufeffa: b\n", LIMITS)
    assert cut(tree, ("\ufeffa",)) == "b"
    assert cut(tree, ("\ufeffa",), "key") == "\ufeffa"


def test_urls_between_brackets_are_no_matter_for_the_slow_parser() -> None:
    def refuse() -> None:
        raise AssertionError("the first parser refused it")

    text = "a: [{u: https://x.org/a, 'v': http://y.org}, https://z.org]\nb: The\ttab\n"
    tree = locate(text, LIMITS, refuse)
    assert cut(tree, ("a", 0, "u")) == "https://x.org/a"
    assert [node.value for _, node in tree.scalars()] == [
        "https://x.org/a",
        "http://y.org",
        "https://z.org",
        "The\ttab",
    ]


def test_stand_ins_are_no_characters_of_the_text() -> None:
    text = "'a\x85': 1\n'a\ue000': 2\n'a\ue085': 3\nb: [?c, ?*d, :e]\n"
    tree = locate(text, LIMITS)
    assert [key.value for _, key in tree.named()] == ["a\x85", "a\ue000", "a\ue085", "b"]
    assert [node.value for _, node in tree.scalars()] == ["1", "2", "3", "?c", "?*d", ":e"]


def test_the_other_parser_folds_like_libyaml() -> None:
    tree = locate("a: >\n  one\n  two\nb: {k:1}\n", LIMITS)
    assert next(tree.scalars())[1].value == "one two\n"
