"""Changes become edits of the text: what exactly is written, and what is left alone."""

from __future__ import annotations

import math

import pytest

from seedlint.changes import Change, Insert, Quote, Remove, Rename, Replace, Scalar, Sort
from seedlint.diagnostic import Route
from seedlint.edits import Editor, TextEdit
from seedlint.events import locate
from seedlint.limits import Limits
from tests.support import profile


def edits(text: str, *changes: Change) -> tuple[TextEdit, ...] | None:
    return Editor(locate(text, Limits()), profile().contract).edits(changes)


def edited(text: str, *changes: Change) -> str | None:
    """The text after these changes; ``None`` if there is no edit."""
    made = edits(text, *changes)
    if made is None:
        return None
    for start, end, new in reversed(made):
        text = text[:start] + new + text[end:]
    return text


def replaced(scalar: str, value: Scalar, before: str = "a: ", after: str = "\n") -> str | None:
    """How a scalar stands after it was replaced; nothing around it may have changed."""
    text = edited(before + scalar + after, Replace(("a",), value))
    if text is None:
        return None
    assert text.startswith(before)
    assert text.endswith(after)
    return text[len(before) : len(text) - len(after)]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("plain é text", "plain é text"),
        ("https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
        ("2020-01-02T03:04:05Z", "2020-01-02T03:04:05Z"),
        ("a:b -c C# it's", "a:b -c C# it's"),
        ("-x", "-x"),
        (":x", ":x"),
        ("[a", '"[a"'),
        ("", '""'),
        (" a", '" a"'),
        ("a\xa0", '"a\xa0"'),
        ("a: b", '"a: b"'),
        ("a:", '"a:"'),
        ("a #b", '"a #b"'),
        ("- a", '"- a"'),
        ("-", '"-"'),
        ("--- a", '"--- a"'),
        ("on", '"on"'),
        ("12", '"12"'),
        ("null", '"null"'),
        ("12:30", '"12:30"'),
        ("2020-01-02", '"2020-01-02"'),
        ("<<", '"<<"'),
        ("1" * 1001, f'"{"1" * 1001}"'),
        ('"a" b', "'\"a\" b'"),
        ("@\\d", "'@\\d'"),
        ('@ it\'s "a"', '"@ it\'s \\"a\\""'),
        ("a\tb", '"a\\tb"'),
        ("a\nb\r\n", '"a\\nb\\r\\n"'),
        ("\0\x1b\x7f\x90", '"\\0\\e\\x7F\\u0090"'),
        ("a\x85\u2028\u2029\ufeff", '"a\\N\\L\\P\\uFEFF"'),
        ("\ufffe", '"\\uFFFE"'),
        (True, "true"),
        (None, "null"),
        (15, "15"),
        (-0.5, "-0.5"),
        (1e20, "1.0e+20"),
        (math.inf, ".inf"),
        (-math.inf, "-.inf"),
        (math.nan, ".nan"),
        ("\ud83d", None),
        (10**1000, None),
    ],
)
def test_a_plain_scalar_stays_plain_where_every_reader_gets_the_same(
    value: Scalar, written: str | None
) -> None:
    assert replaced("old", value) == written


@pytest.mark.parametrize(
    ("scalar", "value", "written"),
    [
        ("'old'", "new", "'new'"),
        ("'old'", "it's", "'it''s'"),
        ("'it''s old'", "it's new", "'it''s new'"),
        ("'old'", 'a "b" \\c', "'a \"b\" \\c'"),
        ("'old'", "a\nb", '"a\\nb"'),
        ("'old'", "", "''"),
        ("'4'", 4, "4"),
        ('"old"', "new", '"new"'),
        ('"old"', "é 'a' \"b\" \\c\n", '"é \'a\' \\"b\\" \\\\c\\n"'),
        ('"say \\u00e9 \\x41 old \\/"', "say é A new /", '"say \\u00e9 \\x41 new \\/"'),
        ('"\\_\\U0001F600 old"', "\xa0😀 new", '"\\_\\U0001F600 new"'),
        ('"\\u2019 old"', "\u2018 old", '"\u2018 old"'),
        ('"old"', None, "null"),
        ("old text", "old", "old"),
        ("0o17", 15, "15"),
    ],
)
def test_quotes_and_escapes_stay_where_they_can(scalar: str, value: Scalar, written: str) -> None:
    assert replaced(scalar, value) == written


@pytest.mark.parametrize(
    ("scalar", "value", "written"),
    [
        ("one two\n  three  four", "one two three vier", "one two\n  three vier"),
        ("one\n  two", "one zwei", "one\n  zwei"),
        ("one\n  two\n  three", "eins two three", "eins\n  two\n  three"),
        ("one\n\n  two", "one\nzwei", "one\n\n  zwei"),
        ("one\n  two", "one", "one"),
        ("one\n  two", "one  two", "one  two"),
        ("one\n  two", "one #two", '"one #two"'),
        ("one\n  two", "one - two", "one - two"),
        ("'it''s\n  old'", "it's new", "'it''s\n  new'"),
        ("'one\n  two'", "one  two", "'one  two'"),
        ('"\n  one\n  two\n  "', " one zwei ", '"\n  one\n  zwei\n  "'),
        ('"one\n\n  two"', "one\nzwei", '"one\n\n  zwei"'),
        ('"one\n  two"', "one\ntwo", '"one\\ntwo"'),
        ('"one \\\n  two"', "one 2", '"one 2"'),
    ],
)
def test_lines_stay_folded_where_nothing_changed(scalar: str, value: str, written: str) -> None:
    assert replaced(scalar, value) == written


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("scalar", "value", "written"),
    [
        ("|\n  one\n  two", "one\nzwei\n", "|\n  one\n  zwei"),
        ("|\n  one", "one\n\ntwo\n", "|\n  one\n\n  two"),
        ("|\n  one\n  two", "one\n\ntwo\n", "|\n  one\n\n  two"),
        ("|\n  one\n  2\n  three", "one\nthree\n", "|\n  one\n  three"),
        ("|\n  one\n\n\n  two", "one\n\n\n2\n", "|\n  one\n\n\n  2"),
        ("| # note\n    one", "eins\n", "| # note\n    eins"),
        ("|-\n  one\n    two", "one\n  zwei", "|-\n  one\n    zwei"),
        ("|\n  one", "one", "|-\n  one"),
        ("|-\n  one", "one\n", "|\n  one"),
        ("|+\n  one", "eins\n", "|+\n  eins"),
        ("|2\n   one", " eins\n", "|2\n   eins"),
        ("|2-\n   one", " one\n", "|2\n   one"),
        ("|\n  one", " one\n", '" one\\n"'),
        ("|\n  one", "one\n\n", '"one\\n\\n"'),
        ("| # note\n  one", "a\x85b\n", '"a\\Nb\\n" # note'),
        ("|\n  one", "", '""'),
        ("|\n  one", "\tone\n", "|\n  \tone"),
        ("|\n  one", "on", "|-\n  on"),
        ("|  # note\n  12", 12, "12  # note"),
        (">\n  one\n  two", "one zwei\n", ">\n  one\n  zwei"),
        (">-\n  one\n  two\n\n  three", "eins two\nthree", ">-\n  eins\n  two\n\n  three"),
        (">-\n  one\n  two", "one\ntwo", ">-\n  one\n\n  two"),
        (">-\n  one\n    more\n  two", "one\n  more\n2", ">-\n  one\n    more\n  2"),
        (">-\n  one\n  two", "one  two", ">-\n  one  two"),
    ],
)
def test_a_block_scalar_keeps_its_style_and_header_where_they_can_hold_the_value(
    scalar: str, value: Scalar, written: str, line_end: str
) -> None:
    after = "\n# comment\nb: 1\n".replace("\n", line_end)
    expected = written.replace("\n", line_end)
    assert replaced(scalar.replace("\n", line_end), value, after=after) == expected


def test_blank_lines_that_count_are_left_alone_or_refused() -> None:
    kept = "a: |+\n  one\n\n\nb: 1\n"
    assert edited(kept, Replace(("a",), "two\n\n\n")) == "a: |+\n  two\n\n\nb: 1\n"
    assert edited(kept, Replace(("a",), "two\n")) == "a: |\n  two\n\n\nb: 1\n"
    assert edited(kept, Replace(("a",), "two\n\n")) == 'a: "two\\n\\n"\n\n\nb: 1\n'


@pytest.mark.parametrize("text", ["a: |\n  one", "a: >\n  one"])
def test_a_block_scalar_may_end_the_text(text: str) -> None:
    assert edited(text, Replace(("a",), "two\n")) == text.replace("one", "two")


@pytest.mark.parametrize(
    ("text", "route", "value", "expected"),
    [
        ("a: old # c\n", ("a",), "new", "a: new # c\n"),
        ("a: old# c\n", ("a",), "new", "a: new\n"),
        ("é: 😀\nb: old\r\nc: d", ("b",), "new", "é: 😀\nb: new\r\nc: d"),
        ("a: x\u2028y\x85\nb: old\n", ("b",), "new", "a: x\u2028y\x85\nb: new\n"),
        ("a: old", ("a",), "on", 'a: "on"'),
        ("a:\n  old\nb: 1\n", ("a",), "new", "a:\n  new\nb: 1\n"),
        ("a:\n- old\n-  'b'\n", ("a", 1), "new", "a:\n- old\n-  'new'\n"),
        ("? a\n: old\n", ("a",), "new", "? a\n: new\n"),
        ("a: [\told\t, b]\n", ("a", 0), "new", "a: [\tnew\t, b]\n"),
        ("a: [old, b]\n", ("a", 0), "a,b", 'a: ["a,b", b]\n'),
        ("a: {b: old}\n", ("a", "b"), "x]", 'a: {b: "x]"}\n'),
        ("a: {b: old}\n", ("a", "b"), "http://x", 'a: {b: "http://x"}\n'),
        ("a: {b: http://x}\n", ("a", "b"), "https://x", "a: {b: https://x}\n"),
        ("a: [x?y -]\n", ("a", 0), "x?z -", 'a: ["x?z -"]\n'),
        ('{a: "b\nc"}\n', ("a",), "b --- c", '{a: "b --- c"}\n'),
        ('{a: "b\nc"}\n', ("a",), "b d", '{a: "b\nd"}\n'),
        ('{"a":1,"b":2}\n', ("a",), -3, '{"a":-3,"b":2}\n'),
        ('{"a":"x"}\n', ("a",), 3, '{"a":3}\n'),
        ("a:\nb: 1\n", ("a",), "new", "a: new\nb: 1\n"),
        ("a: # c\n", ("a",), None, "a: null # c\n"),
        ("a:", ("a",), "new", "a: new"),
        ("-\n- b\n", (0,), "new", "- new\n- b\n"),
        ("- -\n  - b\n", (0, 0), "new", "- - new\n  - b\n"),
        ("{a: , b:}\n", ("a",), "new", "{a: new , b:}\n"),
        ("{a, b: c}\n", ("a",), "new", None),
        ("? a\n? b\n", ("a",), "new", None),
        ("", (), "new", None),
        ("old\n", (), "new", None),
        ("|\nold\n", (), "new", None),
        ("a: [b]\n", ("a",), "new", None),
        ("a: b\n", ("c",), "new", None),
        ("a: b\n", ("a", 0), "new", None),
        ("a: [b]\n", ("a", 1), "new", None),
    ],
)
def test_a_scalar_is_replaced_wherever_it_stands(
    text: str, route: Route, value: Scalar, expected: str | None
) -> None:
    assert edited(text, Replace(route, value)) == expected


@pytest.mark.parametrize(
    ("scalar", "value", "written"),
    [
        ("&x old", "new", "&x new"),
        ("&x 'old'", "new", "&x 'new'"),
        ("&x old", "on", '&x "on"'),
        ("&x", "new", "&x new"),
        ("&x |\n  old", "new\n", "&x |\n  new"),
        ("&x\n  old", "new", None),
        ("!!str old", "12", "!!str 12"),
        ("&x !!str  12", "a: b", '&x !!str  "a: b"'),
        ("!<tag:yaml.org,2002:str> old", "new", "!<tag:yaml.org,2002:str> new"),
        ("!!str", "new", "!!str new"),
        ("!!str old", 12, None),
        ("!!str old", None, None),
        ('!!int "3"', 4, '!!int "4"'),
        ("!!int 3", "4", None),
        ("!!float 1", 2.5, "!!float 2.5"),
        ("!!float 1.5", 2, None),
        ("!other old", "new", None),
        ("! old", "new", None),
    ],
)
def test_anchors_stay_and_so_do_tags_that_still_hold(
    scalar: str, value: Scalar, written: str | None
) -> None:
    assert replaced(scalar, value) == written


ALIASED = """\
a: &a one
b: &b {c: d, &k e: f}
g: [*a, *b, *k]
h: &h {i: j}
k: {<<: *h, l: m}
*a : n
"""


@pytest.mark.parametrize(
    "change",
    [
        Replace(("a",), "x"),
        Quote(("a",)),
        Replace(("b", "c"), "x"),
        Rename(("b", "c"), "x"),
        Rename(("b", "e"), "x"),
        Replace(("g", 0), "x"),
        Replace(("g", 1, "c"), "x"),
        Rename(("g", 1, "c"), "x"),
        Replace(("h", "i"), "x"),
        Replace(("k", "i"), "x"),
        Rename(("k", "i"), "x"),
        Rename(("k", "l"), "i"),
        Rename(("one",), "x"),
        Remove(("g", 1, "c")),
        Remove(("a",)),
        Insert(("b", "x"), "y"),
        Sort(("b",), ("e", "c")),
    ],
)
def test_what_an_alias_repeats_or_stands_for_is_not_edited(change: Change) -> None:
    assert edited(ALIASED, change) is None


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (Rename(("a",), "x"), "a: &a", "x: &a"),
        (Rename(("k", "l"), "x"), "l: m", "x: m"),
        (Replace(("k", "l"), "x"), "l: m", "l: x"),
        (Replace(("one",), "x"), ": n", ": x"),
    ],
)
def test_what_stands_beside_an_alias_is_edited(change: Change, old: str, new: str) -> None:
    assert edited(ALIASED, change) == ALIASED.replace(old, new)


@pytest.mark.parametrize(
    ("text", "route", "key", "expected"),
    [
        ("a: b # c\n", ("a",), "new", "new: b # c\n"),
        ("'a': b\n", ("a",), "it's", "'it''s': b\n"),
        ('"a" : b\n', ("a",), "new", '"new" : b\n'),
        ("a: b\n", ("a",), "no", '"no": b\n'),
        ("no: b\n", ("no",), "no", '"no": b\n'),
        ("1: b\n", ("1",), "1", '"1": b\n'),
        ("a: b\n", ("a",), "<<", '"<<": b\n'),
        ("a: b\n", ("a",), "a", None),
        ("a:\r\n- b: c\r\n", ("a", 0, "b"), "é", "a:\r\n- é: c\r\n"),
        ("{a: b, c}\n", ("c",), "d]", '{a: b, "d]"}\n'),
        ('{"a":b}\n', ("a",), "c", '{"c":b}\n'),
        ("&x a: b\n", ("a",), "c", "&x c: b\n"),
        ("!!str 1: b\n", ("1",), "2", "!!str 2: b\n"),
        ("? a\n: b\n", ("a",), "c", "? c\n: b\n"),
        ("? |\n  a\n: b\n", ("a\n",), "c", None),
        (": b\n", ("",), "c", None),
        ("a: b\nc: d\n", ("a",), "c", None),
        ("a: b\n'c': d\n", ("a",), "c", None),
        ("a: b\n", ("a",), "c" * 1000, "c" * 1000 + ": b\n"),
        ("a: b\n", ("a",), "c" * 1001, None),
        ("- a\n", (0,), "c", None),
        ("a: b\n", (), "c", None),
    ],
)
def test_a_key_is_renamed_and_keeps_its_quotes(
    text: str, route: Route, key: str, expected: str | None
) -> None:
    assert edited(text, Rename(route, key)) == expected


@pytest.mark.parametrize(
    ("scalar", "written"),
    [
        ("on", '"on"'),
        ("12:30", '"12:30"'),
        ('a "b"', "'a \"b\"'"),
        ("a\\b", "'a\\b'"),
        ('it\'s "b"', '"it\'s \\"b\\""'),
        ("one\n  two", '"one\n  two"'),
        ('one\n\n  "two"', "'one\n\n  \"two\"'"),
        ('a\x85"b', '"a\\N\\"b"'),
        ("&x on", '&x "on"'),
        ("12", None),
        ("null", None),
        ("", None),
        ("'on'", None),
        ("|\n  on", None),
        ("!!str on", None),
        ("[on]", None),
    ],
)
def test_text_is_put_in_double_quotes_unless_single_ones_avoid_an_escape(
    scalar: str, written: str | None
) -> None:
    text = edited(f"a: {scalar}\nb: 1\n", Quote(("a",)))
    assert text == (None if written is None else f"a: {written}\nb: 1\n")


def test_several_changes_come_in_the_order_of_the_text_and_once() -> None:
    text = "a: on\nb: c\nd: e\n"
    changes = (Replace(("d",), "f"), Rename(("b",), "g"), Quote(("a",)), Rename(("b",), "g"))
    assert edits(text, *changes) == (
        TextEdit(3, 5, '"on"'),
        TextEdit(6, 7, "g"),
        TextEdit(14, 15, "f"),
    )


LIST = "a:\n- b\n- c\n- d\nflow: {e: 1, f: 2, g: 3}\n"


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ((Remove(("a", 0)), Remove(("a", 1))), "- b\n- c\n", ""),
        ((Remove(("a", 2)), Remove(("a", 1))), "- c\n- d\n", ""),
        ((Remove(("flow", "g")), Remove(("flow", "e"))), "e: 1, f: 2, g: 3", "f: 2"),
        ((Rename(("flow", "e"), "x"), Replace(("flow", "e"), 5)), "e: 1", "x: 5"),
        ((Remove(("a", 0)), Replace(("a", 1), "x")), "- b\n- c", "- x"),
    ],
)
def test_changes_side_by_side(changes: tuple[Change, ...], old: str, new: str) -> None:
    assert edited(LIST, *changes) == LIST.replace(old, new)


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (Replace(("a", 0), "b"),),
        (Remove(("a", 0)), Remove(("a", 1)), Remove(("a", 2))),
        (Remove(("a",)), Replace(("a", 0), "x")),
        (Remove(("flow", "e")), Rename(("flow", "e"), "x")),
        (Remove(("flow", "g")), Insert(("flow", "x"), 1)),
        (Insert(("flow", "x"), 1), Insert(("flow", "y"), 1)),
        (Replace(("a", 0), "x"), Replace(("a", 0), "y")),
        (Replace(("a", 0), "x"), Replace(("a", 0), "b")),
        (Replace(("a", 0), 1), Replace(("a", 0), True)),
        (Rename(("flow", "e"), "x"), Rename(("flow", "f"), "x")),
        (Rename(("flow", "e"), "x"), Insert(("flow", "x"), 1)),
        (Sort(("flow",), ("g", "f", "e")), Replace(("flow", "e"), 2)),
        (Replace(("a", 0), "x"), Replace(("nothing",), "y")),
    ],
)
def test_changes_that_do_not_go_together_are_refused(changes: tuple[Change, ...]) -> None:
    assert edits(LIST, *changes) is None
