"""A cheap screen for plain scalars that YAML 1.1 readers take for something else.

It looks at the text of a block alone and may hit without cause, but never misses what
:func:`seedlint.yaml11.other_reading` has a reading for.
"""

from __future__ import annotations

import re
from functools import cache

_WORD = (
    r"[yY](?:[eE][sS])?|[nN][oO]?|[oO](?:[nN]|[fF][fF])"
    r"|(?!true|True|TRUE|false|False|FALSE)(?:[tT][rR][uU][eE]|[fF][aA][lL][sS][eE])|=|<<(?!:)"
)
_CLEAN_NUMBER = r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?"
_CLEAN_TIME = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(?:\.[0-9]+)?(?:[Zz]|[-+][0-9]{2}:[0-9]{2})"
)


def _suspicious(number: str, end: str) -> str:
    """Matches at the start of any scalar that is read otherwise, and of few others.

    ``number`` are the characters of numbers, ``end`` is what may follow a scalar.
    """
    return (
        rf"(?=[-+.0-9yYnNoOtTfF=<])(?:(?:{_WORD}){end}|(?!(?:{_CLEAN_NUMBER}|{_CLEAN_TIME}){end})"
        rf"(?:[0-9]{{4}}-[0-9]|[-+]?\.?[0-9](?:{number}|:[0-9])*{end}))"
    )


# The screens. All start with a literal character, which makes them fast, and all are
# linear: no run that one of them consumes contains the start of another match.
_IN_BLOCK = _suspicious(r"[0-9a-fA-Fxo_.,+-]", r"[ \t]*(?:[\n\]}#]|,(?![0-9])|:(?:\s|\Z)|\Z)")
_IN_FLOW = _suspicious(r"[0-9a-fA-Fxo_.+-]", r"\s*(?:[,\]}#]|:(?![0-9]))")
# The quick ones look for what is unusual: anything but a letter that begins no word of the
# list, an ordinary number, time or boolean; a comment, an anchor or a tag before a value; a
# value on the next line; a key that ends like a word of the list or a number.
_ORDINARY = r"[\"'A-MP-SU-XZa-eg-mp-su-xz]"
_COMMON = r"(?:-?[1-9][0-9]*|false|true|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)\n"
_KEY_END = r"(?<=[yYoOrRlL\s][eEfFuUsSnNoO][sSfFeEoOnN]:\s)|(?<=\s[yYnN=]:\s)|(?<=[0-9_.,]:\s)"
_QUICK = (
    re.compile(
        rf":(?: (?:(?!{_ORDINARY}|{_COMMON})(?:[#&!\s]|{_IN_BLOCK})|{_KEY_END})"
        rf"|\n(?:(?! *(?:- |[\w-]+:\s))|{_KEY_END})|\t)"
    ),
    re.compile(rf"-\s(?!{_ORDINARY})(?:[#&!?\s-]|{_IN_BLOCK})"),
    re.compile(r"\?(?<=\s\?)\s"),
    re.compile(r"x(?<=0x)[0-9a-fA-F_,]*:\s"),
)


@cache
def _thorough() -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(rf":[ \t]+(?:&\S+[ \t]+)?{_IN_BLOCK}"),
        re.compile(rf"\n[ \t]*(?:[-?][ \t]+)*(?:&\S+[ \t]+)?{_IN_BLOCK}"),
    )


@cache
def _flow() -> tuple[re.Pattern[str], ...]:
    starts = (r"\[", r"\{", ",", r"[\"']:")
    return tuple(re.compile(rf"{start}\s*(?:[#&!?]|{_IN_FLOW})") for start in starts)


def may_be_read_otherwise(block: str) -> bool:
    """Whether a block may hold such a scalar; ``False`` is a proof. Fast."""
    text = f"\n\n{block}"
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    has_flow = "[" in text or "{" in text
    if has_flow and any(screen.search(text) is not None for screen in _flow()):
        return True
    unusual = ": " not in text or any(screen.search(text) is not None for screen in _QUICK)
    return unusual and any(screen.search(text) is not None for screen in _thorough())
