"""What texts of few words should look like, whatever most files make of them."""

from __future__ import annotations

import pytest

from seedlint.rules._tidy import tidy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Post", "Post"),
        (" Post ", "Post"),
        ("\tThe  Post\n", "The Post"),
        ("The\u00a0Post", "The Post"),
        ("港\u3000新聞", "港\u3000新聞"),
        ("Ha\u0308fen", "H\u00e4fen"),
        ("Fish &amp; Chips", "Fish & Chips"),
        ("Fish &amp;amp; Chips", "Fish & Chips"),
        ("AT&T", "AT&T"),
        ("Caf\u00c3\u00a9", "Caf\u00e9"),
        ("Har\u200bbour", "Harbour"),
        # What can only be guessed stays.
        ("Caf\ufffd", "Caf\ufffd"),
        ("&lt;b&gt;", "&lt;b&gt;"),
    ],
)
def test_a_tidy_text_is_what_rules_about_text_do_not_object_to(text: str, expected: str) -> None:
    assert tidy(text) == expected
    assert tidy(expected) == expected
