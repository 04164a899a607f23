"""Texts that look the same are shown so that they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedlint.lookalikes import shown_domain, told_apart
from seedlint.wording import quote

PLAIN = "Harbour Times"


def test_texts_that_look_different_are_only_quoted() -> None:
    texts = [PLAIN, "Harbour  Times", "harbour times", "Häfen", "Hafen", "港", "Гавань", "a\tb"]
    assert told_apart(texts) == {text: quote(text) for text in texts}


@pytest.mark.parametrize(
    ("one", "other", "shown", "other_shown"),
    [
        # Composed and decomposed.
        (
            "H\u00e4fen am Meer",
            "Ha\u0308fen am Meer",
            r"H\u{E4}fen am Meer",
            r"Ha\u{308}fen am Meer",
        ),
        # Cyrillic and Greek letters in the place of Latin ones.
        (PLAIN, "Harb\u043eur Times", PLAIN, r"Harb\u{43E}ur Times"),
        ("Ton", "\u03a4\u03bfn", "Ton", r"\u{3A4}\u{3BF}n"),
        # Another hyphen, a full-width letter, a style for emoji that is no character of its own.
        ("E-Mail", "E\u2010Mail", "E-Mail", r"E\u{2010}Mail"),
        ("Post", "\uff30ost", "Post", r"\u{FF30}ost"),
        ("Post", "Post\ufe0f", "Post", r"Post\u{FE0F}"),
        # An invisible character, and a text that only reads like the escape for it.
        ("a\u200bb", r"a\u{200B}b", r"a\u{200B}b", r"a\\u{200B}b"),
    ],
)
def test_what_looks_the_same_is_spelled_out(
    one: str, other: str, shown: str, other_shown: str
) -> None:
    assert told_apart([one, other]) == {one: f'"{shown}"', other: f'"{other_shown}"'}


def test_only_those_that_look_the_same_are_spelled_out() -> None:
    assert told_apart(["H\u00e4fen", "h\u00e4fen", "Ha\u0308fen"]) == {
        "H\u00e4fen": r'"H\u{E4}fen"',
        "h\u00e4fen": '"h\u00e4fen"',
        "Ha\u0308fen": r'"Ha\u{308}fen"',
    }


def test_long_texts_are_shown_from_where_they_differ() -> None:
    start = "The news of the harbour and of everybody who lives on the coast beside it, "
    assert told_apart([f"{start}weekly", f"{start}daily"]) == {
        f"{start}weekly": '"… beside it, weekly"',
        f"{start}daily": '"… beside it, daily"',
    }
    assert told_apart([f"{start}H\u00e4fen", f"{start}Ha\u0308fen"]) == {
        f"{start}H\u00e4fen": r'"…beside it, H\u{E4}fen"',
        f"{start}Ha\u0308fen": r'"…beside it, Ha\u{308}fen"',
    }


def test_three_texts_of_which_two_differ_much_later() -> None:
    end = "long enough to be cut before it has come to an end, which is then not seen: "
    assert told_apart([f"a{end}", f"\u0430{end}1", f"\u0430{end}2"]) == {
        f"a{end}": '"along enough to be cut before it has come to an end, which …"',
        f"\u0430{end}1": '"…n not seen: 1"',
        f"\u0430{end}2": '"…n not seen: 2"',
    }


def test_a_hostile_beginning_leaves_room_for_the_difference() -> None:
    start = "\u200b" * 40
    assert told_apart([f"{start}a", f"{start}b"]) == {
        f"{start}a": r'"…\u{200B}a"',
        f"{start}b": r'"…\u{200B}b"',
    }


LETTERS = "aoe\u0430\u043e\u0308\u00e4\u200b\ufe0f\\u{}30 "


@given(st.sets(st.text(LETTERS, max_size=80), min_size=2, max_size=5))
def test_no_two_texts_are_shown_as_one(texts: set[str]) -> None:
    shown = told_apart(sorted(texts))
    assert len(set(shown.values())) == len(texts)
    assert all(len(quoted) <= 62 for quoted in shown.values())


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("harbour.example", "harbour.example"),
        ("xn--hfen-loa.example", "xn--hfen-loa.example (h\u00e4fen.example)"),
        # "apple" with a Cyrillic letter must not be shown as such.
        ("xn--pple-43d.example", "xn--pple-43d.example"),
        # No such name can be registered, but a file may hold it.
        ("xn--b-qgna.example", "xn--b-qgna.example (b\\u{200B}\\u{200B}.example)"),
    ],
)
def test_how_domains_are_shown(domain: str, expected: str) -> None:
    assert shown_domain(domain) == expected
