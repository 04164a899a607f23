"""A cheap screen for plain scalars that YAML 1.1 readers take for something else.

It looks at the text of a block alone and may hit without cause, but never misses what
:func:`seedlint.yaml11.other_reading` has a reading for.
"""

from __future__ import annotations

import re
from functools import cache

from seedlint.ordinary import BLOCK_END, WORD

_CLEAN_NUMBER = r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?"
_CLEAN_TIME = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(?:\.[0-9]+)?(?:[Zz]|[-+][0-9]{2}:[0-9]{2})"
)
_ALIKE = re.compile(rf"(?:{_CLEAN_NUMBER}|{_CLEAN_TIME})\Z")


def is_read_alike(scalar: str) -> bool:
    """Whether a plain scalar is a number or a time as every reader spells it."""
    return _ALIKE.match(scalar) is not None


def _suspicious(number: str, end: str) -> str:
    """Matches at the start of any scalar that is read otherwise, and of few others.

    ``number`` are the characters of numbers, ``end`` is what may follow a scalar.
    """
    return (
        rf"(?=[-+.0-9yYnNoOtTfF=<])(?:(?:{WORD}){end}|(?!(?:{_CLEAN_NUMBER}|{_CLEAN_TIME}){end})"
        rf"(?:[0-9]{{4}}-[0-9]|[-+]?(?:\._*)?[0-9](?:{number}|:[0-9])*{end}))"
    )


# Linear, as no run that one of them consumes contains the start of another match.
@cache
def _in_block() -> tuple[re.Pattern[str], ...]:
    scalar = _suspicious(r"[0-9a-fA-Fxo_.,+-]", BLOCK_END)
    return (
        re.compile(rf":[ \t]+(?:&\S+[ \t]+)?{scalar}"),
        re.compile(rf"\n[ \t]*(?:[-?][ \t]+)*(?:&\S+[ \t]+)?{scalar}"),
    )


@cache
def _in_flow() -> tuple[re.Pattern[str], ...]:
    scalar = _suspicious(r"[0-9a-fA-Fxo_.+-]", r"\s*(?:[,\]}#]|:(?![0-9]))")
    starts = (r"\[", r"\{", ",", r"[\"']:")
    return tuple(re.compile(rf"{start}\s*(?:[#&!?]|{scalar})") for start in starts)


def may_be_read_otherwise(block: str) -> bool:
    """Whether a block may hold such a scalar; ``False`` is a proof."""
    text = f"\n{block}"
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    has_flow = "[" in text or "{" in text
    screens = (*_in_block(), *_in_flow()) if has_flow else _in_block()
    return any(screen.search(text) is not None for screen in screens)
