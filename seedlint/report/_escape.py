"""Content on its way to a terminal or a log: everything visible, nothing obeyed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seedlint.wording import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

# str.isprintable takes these for printable, but nobody sees them: fillers, blanks and the
# variation selectors, in which whole messages can be hidden.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U00016fe4\U0001d159\U000e0100-\U000e01ef]"
)

# Azure Pipelines, TeamCity and GitHub obey `##vso[…]` and the like anywhere in a line of
# the log; one escaped `#` takes the spell off. Bounded, so that it stays linear.
CI_COMMAND = re.compile(r"#(?=#\w{0,20}\[)")


def visible(text: str) -> str:
    """``text`` as one harmless line: what cannot be seen or would act is written as an escape."""
    if not (text.isascii() and text.isprintable()):
        text = _INVISIBLE.sub(_code_point, escape(text))
    return CI_COMMAND.sub(_code_point, text) if "##" in text else text


def visible_character(character: str) -> str:
    """A single character as :func:`visible` shows it."""
    return _INVISIBLE.sub(_code_point, escape(character))


def ci_commands(text: str) -> Iterator[int]:
    """Where in ``text`` a character has to be escaped because of what follows it."""
    if "##" in text:
        for found in CI_COMMAND.finditer(text):
            yield found.start()


def code_point(character: str) -> str:
    """The escape of any character."""
    return f"\\u{{{ord(character):X}}}"


def _code_point(found: re.Match[str]) -> str:
    return code_point(found.group())
