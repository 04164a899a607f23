"""html-entity: see the class."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seedlint.diagnostic import Problem, Severity
from seedlint.rule import DocumentRule, NoOptions
from seedlint.textroles import TEXT_ROLES, label, prose
from seedlint.wording import names, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document

# "&amp;" any number of times before it is text that was escaped more than once.
_ENTITY = r"&(?:amp;)*(#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"
_SHOWN = 3


class HtmlEntity(DocumentRule[NoOptions]):
    """A text holds HTML entities that should have been decoded.

    ## What it finds

    Named and numeric entities, such as `&amp;` or `&#8217;`, in titles, excerpts, names,
    topics and link texts. An ampersand alone is fine: `AT&T`, `R&D`, `Q&A;`.

    ## Why it matters

    The text was copied out of HTML without decoding it. Pages escape text when they show
    it, so readers see the entity instead of the character.

    ## Example

    ```yaml
    title: Food &amp; drink
    ```

    ## Fix

    Write the character itself: the entity determines it. Leave the text and ignore the
    warning where an article is about HTML.
    """

    severity = Severity.WARNING

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether nothing in any text looks like an entity."""
        joined = document.memo(prose).joined
        return "&" not in joined or re.search(_ENTITY, joined) is None

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield a problem for every text with entities."""
        for entity, text in document.texts(*TEXT_ROLES):
            found = _entities(text) if "&" in text else {}
            if found:
                yield Problem(entity.route, _message(label(entity), found))


def _entities(text: str) -> dict[str, str]:
    """The entities in a text, each with the character it stands for."""
    from html import unescape
    from html.entities import html5

    return {
        # In most texts a no-break space is layout: text-whitespace would object to it.
        match.group(): unescape(f"&{match[1]}").replace("\xa0", " ")
        for match in re.finditer(_ENTITY, text)
        if match[1][0] == "#" or match[1] in html5
    }


def _message(subject: str, found: dict[str, str]) -> str:
    shown = list(found.items())[:_SHOWN]
    entities = [quote(entity) for entity, _ in shown]
    if len(found) > _SHOWN:
        entities.append(f"{len(found) - _SHOWN} more")
    noun = "HTML entity" if len(found) == 1 else "HTML entities"
    meant = names([quote(char) for _, char in shown], "and")
    return f"{subject} holds the {noun} {names(entities, 'and')}, expected {meant}"
