"""Characters that nobody can see, where they have no work to do."""

from __future__ import annotations

import re

from seedlint.garbled import without_garbled
from seedlint.textroles import around

# Tab, line feed and carriage return are text-whitespace's.
_CONTROL = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f]"
)
_ZWJ = "\u200d"
_JOINERS = frozenset(("\u200c", _ZWJ))
_EMOJI_STYLE = "\ufe0f"
# Hebrew to Mongolian and the Indic blocks after them: where joiners shape letters.
_JOINING_SCRIPTS = (
    "[\u0590-\u18af\u1900-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00011fff\U0001e900-\U0001e95f]"
)
_MARKS = frozenset("\u200e\u200f\u061c")
_ZERO_WIDTH_SPACE = "\u200b"
_FLAG_TAGS = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
_SOUTH_EAST_ASIAN = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df]"


def invisible(text: str) -> dict[str, str]:
    """The invisible characters that do not belong, each with where it first stands."""
    if text.isprintable() or re.search(_CONTROL, text) is None:
        return {}
    # The control codes inside garbled characters are mojibake's; tags spell regional flags.
    text = re.sub(_FLAG_TAGS, "?", without_garbled(text))
    has_marks = any(mark in text for mark in _MARKS)
    welcome = _MARKS if has_marks and _runs_right_to_left(text) else frozenset()
    found: dict[str, str] = {}
    for match in re.finditer(_CONTROL, text):
        char, (start, end) = match.group(), match.span()
        if char in found or char in welcome:
            continue
        if not _joins(char, text[max(0, start - 1) : start], text[end : end + 1]):
            found[char] = around(text, start, end)
    return found


def brings_invisible(before: str, after: str) -> bool:
    """Whether ``after`` has an invisible character that does not belong and is new to it."""
    return not invisible(after).keys() <= invisible(before).keys()


def _runs_right_to_left(text: str) -> bool:
    from unicodedata import bidirectional

    return any(bidirectional(char) in ("R", "AL") for char in text if char not in _MARKS)


def _joins(char: str, before: str, after: str) -> bool:
    """Whether a joiner or zero-width space does its work between these characters."""
    if char == _ZERO_WIDTH_SPACE:
        return bool(re.match(_SOUTH_EAST_ASIAN, before) and re.match(_SOUTH_EAST_ASIAN, after))
    if char not in _JOINERS or not before:
        return False
    if before == _EMOJI_STYLE or _category(before) in ("So", "Sk"):
        return char == _ZWJ and bool(after) and _category(after) == "So"
    return bool(re.match(_JOINING_SCRIPTS, before)) and _category(before)[0] in "LM"


def _category(char: str) -> str:
    from unicodedata import category

    return category(char)
