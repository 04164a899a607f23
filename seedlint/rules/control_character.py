"""Characters that nobody can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.diagnostic import Problem, Severity
from seedlint.invisible import invisible
from seedlint.rule import DocumentRule, NoOptions
from seedlint.textroles import TEXT_ROLES, label, prose
from seedlint.wording import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document

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
            found = invisible(text)
            if found:
                yield Problem(entity.route, _message(label(entity), found))


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
