"""control-character: see the class."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seedlint.diagnostic import Problem, Severity
from seedlint.garbled import without_garbled
from seedlint.rule import DocumentRule, NoOptions
from seedlint.textroles import TEXT_ROLES, around, label, prose
from seedlint.wording import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document

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
_BYTE_ORDER_MARK = "\ufeff"
_SHOWN = 3


class ControlCharacter(DocumentRule[NoOptions]):
    """A text holds control characters or other characters nobody can see.

    ## What it finds

    In titles, excerpts, names, topics and link texts: control codes, which get there through
    escapes, characters that reorder text (bidirectional overrides, embeddings and
    isolates), zero-width characters, soft hyphens and byte-order marks. Joiners inside
    emoji and in scripts that need them (Persian, Hindi…) are fine, direction marks in
    texts with Hebrew or Arabic letters, zero-width spaces in Thai, Khmer and the like.
    Tabs, line breaks and unusual spaces are left to `text-whitespace`.

    ## Why it matters

    Readers cannot see them, but search and comparison do, and a reordered name can look like
    another one.

    ## Example

    ```yaml
    title: "Har\\u200Bbour opens"
    ```

    ## Fix

    Remove the character: it has no part in the text. With an override, check what the text
    was meant to say.
    """

    severity = Severity.WARNING

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether all rare characters of all texts can be seen."""
        return document.memo(prose).rare.isprintable()

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield a problem for every text with such characters."""
        for entity, text in document.texts(*TEXT_ROLES):
            found = {} if text.isprintable() else _controls(text)
            if found:
                yield Problem(entity.route, _message(label(entity), found))


def _controls(text: str) -> dict[str, str]:
    """The characters that do not belong, each with where it first stands."""
    if re.search(_CONTROL, text) is None:
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


def _message(subject: str, found: dict[str, str]) -> str:
    shown = [_named(char) for char in list(found)[:_SHOWN]]
    if len(found) > _SHOWN:
        shown.append(f"{len(found) - _SHOWN} more")
    where = next(iter(found.values()))
    first = "in" if len(found) == 1 else "first in"
    return f"{subject} holds {names(shown, 'and')}, {first} {where}, expected visible characters"


def _named(char: str) -> str:
    from unicodedata import name

    kind = "byte-order mark" if char == _BYTE_ORDER_MARK else name(char, "control character")
    return f"U+{ord(char):04X} ({kind.lower()})"
