"""Texts that look the same on a screen, shown so that people can tell them apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seedlint.hostnames import unicode_host
from seedlint.wording import escape, quote, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Letters of other scripts, and the ones in ASCII that most typefaces draw just so.
_DRAWN_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТҮХЗаеһіјӏорсѕԛуѵԝхΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχϲϳՕՏհոսօցıɑɡ\u2010\u2011\u2212",
    "ABESIJKMHOPCTYX3aehijlopcsqyvwxABEZHIKMNOPTYXaikvopuxcjOShnuogiag---",
)
# Marks, fillers and joiners that are drawn as nothing, though they count as printable.
_NOT_DRAWN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u3164\ufe00-\ufe0f\uffa0]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

# Of a long beginning that texts have in common so much is shown.
_LONG = 30
_KEPT = 12

# Each sets at least one text apart; messages have no more of them.
_ROUNDS = 12


def told_apart(texts: Iterable[str]) -> dict[str, str]:
    """Each text as messages quote it, and no two so that they look the same.

    Those that would are shown from before they differ, and what differs in ASCII, with escapes.
    """
    shown = {text: quote(text) for text in texts}
    # What sets one text apart from two others need not tell these two apart.
    for step in (_cut, _spelled_out) * _ROUNDS:
        groups = _groups(shown)
        if not groups:
            break
        for alike in groups:
            shown |= step(alike)
    return shown


def shown_domain(domain: str) -> str:
    """A domain in ASCII, and as people read it, unless they might read another."""
    readable = unicode_host(domain)
    return domain if _look(readable).isascii() else f"{domain} ({escape(readable)})"


def _groups(shown: dict[str, str]) -> list[list[str]]:
    """The texts of which several look the same."""
    groups: dict[str, list[str]] = {}
    for text, quoted in shown.items():
        groups.setdefault(_look(quoted), []).append(text)
    return [texts for texts in groups.values() if len(texts) > 1]


def _look(text: str) -> str:
    if text.isascii():
        return text
    from unicodedata import normalize

    return _NOT_DRAWN.sub("", normalize("NFKC", text)).translate(_DRAWN_ALIKE)


def _cut(texts: Sequence[str]) -> dict[str, str]:
    """Texts without most of a long beginning that they have in common."""
    start = _common(texts)
    if start <= _LONG:
        return {}
    return {text: quote(f"…{text[start - _KEPT :]}") for text in texts}


def _spelled_out(texts: Sequence[str]) -> dict[str, str]:
    """Texts with escapes where they differ."""
    start = _common(texts)
    rests = [text[start:] for text in texts]
    end = _common([rest[::-1] for rest in rests])
    shown: dict[str, str] = {}
    for text, rest in zip(texts, rests, strict=True):
        middle, tail = rest[: len(rest) - end], rest[len(rest) - end :]
        # What reads like an escape need not be one.
        spelled = _BEYOND_ASCII.sub(_escaped, escape(middle.replace("\\", "\\\\")))
        shown[text] = f'"{shorten(_beginning(text, start) + spelled + escape(tail))}"'
    return shown


def _common(texts: Sequence[str]) -> int:
    """How long the beginning is that all have in common."""
    first, last = min(texts), max(texts)
    pairs = enumerate(zip(first, last, strict=False))
    shorter = min(len(first), len(last))
    return next((at for at, (one, other) in pairs if one != other), shorter)


def _beginning(text: str, end: int) -> str:
    """As much of a text before a place as leaves room for what follows."""
    for kept in (end, _KEPT, 1):
        shown = escape(text[max(0, end - kept) : end])
        if len(shown) <= _LONG:
            break
    return shown if kept >= end else f"…{shown}"


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{{{ord(match[0]):X}}}"
