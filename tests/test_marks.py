"""Byte-order marks within a block: where they may stand, and what is said where they may not."""

from __future__ import annotations

import pytest

from seedlint.load import load
from seedlint.reading import Obstacle, Unreadable
from seedlint.slow_load import load_slowly
from tests.loading import LIMITS

MARK = "\ufeff"
NOT_HERE = "a byte-order mark (U+FEFF) may stand at the start of a file or in quotes, not here"
NOTE = "editors do not show it: remove what stands around it, and write that anew"


def refusal(text: str) -> tuple[Obstacle, ...]:
    """Why a block is refused, on both paths."""
    with pytest.raises(Unreadable) as quickly:
        load(text.encode(), text, LIMITS)
    with pytest.raises(Unreadable) as slowly:
        load_slowly(text, LIMITS)
    assert quickly.value.obstacles == slowly.value.obstacles
    return quickly.value.obstacles


@pytest.mark.parametrize(
    "text",
    [
        "~a: x",
        "a: x\n~b: 1",
        "a~b: x",
        "a~: x",
        "a:~ x",
        "a: ~x",
        "a: x~",
        "a: ~",
        "a: x\n~\nb: 1",
        "a: x\r\n~b: 1\r\n",
        "a: x\n~",
        "a: x # ~",
        "# ~\na: x",
        "a: |\n  x~y",
        "a: >\n  ~x",
        "a: ~'x'",
        "a: 'x'~",
        "a: ['x'~, 'y']",
        "a: [~]",
        "- ~x",
        "-~ x",
        "a: &x~ y",
        "a: !x~ 'y'",
        "a: &x ~'y'",
        "a: !x &y~ 'z'",
        "a: !x # ~\n  'y'",
        "a: 'x'\nb: ~\nc: '~'",
        "a: '\u2028'\nb: ~",
        "~",
    ],
)
def test_outside_of_quotes_it_is_refused_where_it_stands(text: str) -> None:
    given, at = text.replace("~", MARK), text.index("~")
    assert refusal(given) == (Obstacle("encoding", NOT_HERE, at, at + 1, (NOTE,)),)


def test_the_first_outside_of_quotes_is_named() -> None:
    text = f"'{MARK}': \"{MARK}\"\nb: {MARK}\nc{MARK}: 1"
    assert [each.start for each in refusal(text)] == [12]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        (f'a: "{MARK}x"', {"a": f"{MARK}x"}),
        (f"a: 'x{MARK}'", {"a": f"x{MARK}"}),
        (f'a: "x\n  {MARK}y"', {"a": f"x {MARK}y"}),
        (f"a: ['{MARK}', x]", {"a": [MARK, "x"]}),
        (f"'{MARK}': 1", {MARK: 1}),
        (f"a: &b '{MARK}'\nc: *b", {"a": MARK, "c": MARK}),
        (f"a: !!str '{MARK}'", {"a": MARK}),
        (f"a: !!str &b # '\n  '{MARK}'", {"a": MARK}),
        ('a: "\\uFEFF"', {"a": MARK}),
    ],
)
def test_within_quotes_it_is_text(text: str, data: object) -> None:
    assert load(text.encode(), text, LIMITS)[0] == load_slowly(text, LIMITS)[0] == data


def test_what_is_wrong_besides_names_the_first_mark() -> None:
    text = f"a: '{MARK}'\nb: [ {MARK}"
    (found,) = refusal(text)
    assert (found.rule, found.start) == ("yaml-syntax", 10)
    assert found.related == ((4, 5, "a byte-order mark (U+FEFF), which editors do not show"),)
