"""Which topics are forms of one topic: they differ in case, spaces, hyphens or plural alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_BETWEEN = r"[\s_\-\u2010\u2011]+"

# They look like plurals, and are none, or mean something else than the singular.
_NO_PLURALS = frozenset(
    [
        "aids",
        "americas",
        "arms",
        "arts",
        "ashes",
        "athletics",
        "blues",
        "clothes",
        "commons",
        "communications",
        "customs",
        "darts",
        "economics",
        "futures",
        "glasses",
        "goods",
        "greens",
        "grounds",
        "humanities",
        "looks",
        "manners",
        "masters",
        "means",
        "minutes",
        "news",
        "pants",
        "politics",
        "premises",
        "quarters",
        "remains",
        "rights",
        "sales",
        "savings",
        "securities",
        "series",
        "shorts",
        "species",
        "spirits",
        "stairs",
        "thanks",
        "times",
        "trousers",
        "waters",
        "windows",
        "woods",
        "works",
    ]
)
# Words in these are singular mostly (bus, analysis, glass, politics).
_SINGULAR_ENDS = ("ss", "us", "is", "ics")
_ES = ("ses", "xes", "zes", "ches", "shes", "oes")


@lru_cache(maxsize=4096)
def topic_key(topic: str) -> str:
    """What the forms of a topic have in common but for the plural; empty if that is nothing."""
    folded = topic.casefold()
    if not folded.isascii():
        from unicodedata import normalize

        folded = normalize("NFC", normalize("NFC", folded).casefold())
    return re.sub(_BETWEEN, "", folded)


def in_words(topic: str) -> str:
    """What topics have in common that differ only in case and white space."""
    return " ".join(topic.casefold().split())


def roots(forms: Mapping[str, Collection[str]]) -> dict[str, str]:
    """By key that of its singular, where there is one; ``forms`` are the topics by key.

    Only what occurs counts as a singular: without a topic "New", "News" is none of its forms.
    """
    singular = {key: _singular(key, forms) for key in forms}
    found: dict[str, str] = {}
    for key in forms:
        root = key
        # Each is shorter than the one before.
        while singular[root] is not None:
            root = str(singular[root])
        if root != key:
            found[key] = root
    return found


def _singular(key: str, forms: Mapping[str, Collection[str]]) -> str | None:
    for topic in forms[key]:
        for cut, end in _plural_ends(topic):
            singular = f"{key[:-cut]}{end}"
            if singular in forms:
                return singular
    return None


def _plural_ends(topic: str) -> Iterator[tuple[int, str]]:
    """How many letters an English plural may have to lose, and what it then gains."""
    if not (topic.isascii() and topic.endswith("s")):
        return
    word = re.split(_BETWEEN, topic)[-1]
    small = word.lower()
    is_acronym = len(word) > 2 and word[:-1].isupper()
    if is_acronym:
        yield 1, ""
    elif len(word) > 3 and small not in _NO_PLURALS and not small.endswith(_SINGULAR_ENDS):
        yield 1, ""
        if small.endswith("ies"):
            yield 3, "y"
        elif small.endswith(_ES):
            yield 2, ""
