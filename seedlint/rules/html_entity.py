"""Text that was copied out of HTML as it stands there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from seedlint.changes import Replace
from seedlint.diagnostic import Applicability, Fix, Problem, Severity
from seedlint.garbled import LOST
from seedlint.invisible import brings_invisible
from seedlint.rule import DocumentRule, NoOptions
from seedlint.textroles import TEXT_ROLES, label, prose
from seedlint.wording import names, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.diagnostic import Route
    from seedlint.document import Document

# An ampersand's entity any number of times before it is text that was escaped more than once.
_AMPERSAND = r"amp;|AMP;|#0{0,5}38;|#[xX]0{0,4}26;"
_ENTITY = (
    rf"&(?:{_AMPERSAND})*"
    r"(#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"
)
_TAG = r"<[A-Za-z/!?]"
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

    Write the characters that the entities stand for, also where text was escaped more than
    once (`&amp;amp;lt;` becomes `<`). It is unsafe, as an article may be about HTML: ignore the
    warning then. There is no fix where the text would hold what a page may take for a tag, an
    invisible character or another entity, or where an entity stands for nothing.
    """

    severity = Severity.WARNING
    fixes: ClassVar[tuple[Applicability, ...]] = (Applicability.UNSAFE,)

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether nothing in any text looks like an entity."""
        joined = document.memo(prose).joined
        return "&" not in joined or re.search(_ENTITY, joined) is None

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield a problem for every text with entities."""
        for entity, text in document.texts(*TEXT_ROLES):
            found = _entities(text) if "&" in text else {}
            if found:
                fix = _fix(entity.route, text, found)
                yield Problem(entity.route, _message(label(entity), found), fix=fix)


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


def decoded(text: str) -> str | None:
    """A text with its entities decoded, if what comes out can be right."""
    found = _entities(text)
    new = re.sub(_ENTITY, lambda match: found.get(match.group(), match.group()), text)
    if (
        not all(found.values())
        or LOST in found.values()
        or re.search(_TAG, new)
        or _entities(new)
        or brings_invisible(text, new)
    ):
        return None
    return new


def _fix(route: Route, text: str, found: dict[str, str]) -> Fix | None:
    new = decoded(text)
    if new is None:
        return None
    title = f"decode {names(_shown(found), 'and')}"
    return Fix(title, Applicability.UNSAFE, (Replace(route, new),))


def _message(subject: str, found: dict[str, str]) -> str:
    noun = "HTML entity" if len(found) == 1 else "HTML entities"
    meant = names([quote(char) for char in list(found.values())[:_SHOWN]], "and")
    return f"{subject} holds the {noun} {names(_shown(found), 'and')}, expected {meant}"


def _shown(found: dict[str, str]) -> list[str]:
    entities = [quote(entity) for entity in list(found)[:_SHOWN]]
    return [*entities, f"{len(found) - _SHOWN} more"] if len(found) > _SHOWN else entities
