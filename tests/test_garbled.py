"""Garbled text is recognised, and real text in many languages is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedlint.garbled import garbled, mended, without_garbled

GARBLED = {
    "donâ€™t": "’",
    "The cafÃ© here": "é",
    "LÃ©a": "é",
    "Ã–sterreich": "Ö",
    "voilÃ\xa0 la": "à",
    "Ã\xa0 la": "à",
    "Â£20": "£",
    "20Â\xa0km": "\xa0",
    "cÅ“ur": "œ",
    "Å¡koda": "š",
    "ðŸ˜€": "😀",
    "Brandâ„¢": "™",
    "5 â‚¬": "€",
    "ÐŸÑ€Ð¸Ð²ÐµÑ‚": "Привет",
    "æ—¥æœ¬": "日本",
    "ï»¿Title": "\ufeff",
    "zero\u00e2\u20ac\u2039width": "\u200b",
    "â\x80\x99": "’",
    "itÃ¢â‚¬â„¢s": "’",
}

REAL = [
    "C’est à l’été qu’on déguste « l’œuvre » — déjà vu…",
    "“café…” et ‘thé’ : “café”…",
    "São Paulo: “IRMÔ, “AMANHÅ e “MANHû; a letra “Ô",
    "AMANHÃ—HOJE",
    "NESTLÉ® e Pelé™: “CAFÉ”",
    "Người Việt Nam: “ĐÔ, “CHÂ” và «TRÂ»",
    "“hâlâ…” dedi; hâlâ—",
    "Die Ä…, “Å” und “Ä” — Spaß” ‘Gruß’",
    "LA Ñ” ESPAÑA: “la Ñ”",
    "PÅ–OG",
    "Ísland: Ð…",
    "Москва – «ёлка»…",
    "日本語のテキスト",
    "A curly “quote” and an apostrophe’s dash – here — and there…",
    "Ελλάδα × 3½°",
]


@pytest.mark.parametrize("text", GARBLED)
def test_garbled_text_is_read_again(text: str) -> None:
    found = list(garbled(text))
    assert [meant for _, _, meant in found] == [GARBLED[text]]
    start, end, meant = found[0]
    assert without_garbled(text) == f"{text[:start]}{'?' * (end - start)}{text[end:]}"
    assert mended(text) == f"{text[:start]}{meant}{text[end:]}"


@pytest.mark.parametrize("text", REAL)
def test_real_text_is_left_alone(text: str) -> None:
    assert list(garbled(text)) == []
    assert without_garbled(text) == mended(text) == text


def test_all_that_can_be_read_again_is() -> None:
    assert mended("Itâ€™s lÃ©Ã© ï¿½ cafÃ©, it\ufffds") == "It’s léé ï¿½ café, it\ufffds"


@given(st.text(st.characters(min_codepoint=0x410, max_codepoint=0x44F), min_size=2, max_size=8))
def test_cyrillic_survives_the_round_trip(word: str) -> None:
    damaged = "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in word.encode()
    )
    assert [meant for _, _, meant in garbled(damaged)] == [word]


@given(st.text(max_size=40))
def test_any_text_can_be_looked_at(text: str) -> None:
    last = 0
    for start, end, meant in garbled(text):
        assert last <= start < end <= len(text)
        assert meant
        last = end
    assert len(without_garbled(text)) == len(text)
    assert len(mended(text)) <= len(text)


def test_much_garbled_text_takes_no_time() -> None:
    assert len(list(garbled("Ã© " * 100_000))) == 100_000
    assert len(list(garbled("Ã©" * 100_000))) == 1
