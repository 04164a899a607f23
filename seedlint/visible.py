"""Content on its way to a terminal or a log: everything visible, nothing obeyed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import category

from seedlint.wording import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

# str.isprintable takes these for printable, but nobody sees them: fillers, blanks and the
# variation selectors, in which whole messages can be hidden.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U00016fe4\U0001d159\U000e0100-\U000e01ef]"
)

# Azure Pipelines, TeamCity and GitHub obey `##vso[…]` and the like anywhere in a line of
# the log; one escaped `#` takes the spell off. Bounded, so that it stays linear.
CI_COMMAND = re.compile(r"#(?=#\w{0,20}\[)")

# More than any script puts upon one letter; a pile of them covers the lines above and below.
_MOST_MARKS = 4

_OPENS_LINE = tuple(":-+~^")


def visible(text: str) -> str:
    """``text`` as one harmless line: what cannot be seen or would act is written as an escape."""
    if not (text.isascii() and text.isprintable()):
        text = _INVISIBLE.sub(_code_point, escape(text))
    return _rewritten(text, set(in_context(text)), code_point)


def visible_as(text: str, written: Callable[[str], str]) -> str:
    """``text`` with what :func:`visible` escapes in the notation of some other language."""
    hidden = {at for at, char in enumerate(text) if visible_character(char) != char}
    return _rewritten(text, hidden.union(in_context(text)), written)


def visible_character(character: str) -> str:
    """A single character as :func:`visible` shows it."""
    return _INVISIBLE.sub(_code_point, escape(character))


def visible_path(file: str) -> str:
    """A path that opens a line of a log, where what it begins with could mean something.

    GitHub obeys ``::error::``, Buildkite folds at ``---``, ``+++``, ``~~~`` and ``^^^``.
    """
    return visible(f"./{file}" if file.lstrip()[:1] in _OPENS_LINE else file)


def in_context(text: str) -> Iterator[int]:
    """Where in ``text`` a character has to be escaped because of those around it."""
    if "##" in text:
        for found in CI_COMMAND.finditer(text):
            yield found.start()
    if not text.isascii():
        yield from _piled_up(text)


def is_mark(character: str) -> bool:
    """Whether a character is put upon the one before it."""
    return category(character) in ("Mn", "Me")


def _piled_up(text: str) -> Iterator[int]:
    marks = 0
    for at, character in enumerate(text):
        marks = marks + 1 if is_mark(character) else 0
        if marks > _MOST_MARKS:
            yield at


def code_point(character: str) -> str:
    """The escape of any character."""
    return f"\\u{{{ord(character):X}}}"


def _rewritten(text: str, places: Collection[int], written: Callable[[str], str]) -> str:
    if not places:
        return text
    return "".join(written(char) if at in places else char for at, char in enumerate(text))


def _code_point(found: re.Match[str]) -> str:
    return code_point(found.group())
