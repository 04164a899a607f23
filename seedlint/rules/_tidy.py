"""What texts of few words, such as names and topics, should look like."""

from __future__ import annotations

from seedlint.garbled import mended
from seedlint.invisible import brings_invisible, invisible
from seedlint.rules.html_entity import decoded
from seedlint.rules.text_whitespace import with_single_spaces


def tidy(text: str) -> str:
    """A text without what the rules about text object to, its accents part of their letters.

    For those who propose what others have written: of what most files have, that may be the
    wrong part.
    """
    if text.isascii() and text.isprintable() and not ("&" in text or "  " in text):
        return text.strip(" ")
    from unicodedata import normalize

    read = mended(text)
    text = text if brings_invisible(text, read) else read
    text = decoded(text) or text
    text = text.translate({ord(char): None for char in invisible(text)})
    return with_single_spaces(normalize("NFC", text), "topic").strip()
