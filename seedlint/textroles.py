"""The roles whose values people read, and what the rules about text share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from seedlint.wording import quote

if TYPE_CHECKING:
    from seedlint.document import Document, Entity

TEXT_ROLES = (
    "title",
    "excerpt",
    "provider-name",
    "author-name",
    "image-title",
    "link-title",
    "topic",
)

_MARGIN = 12
_PRINTABLE_ASCII = bytes(range(0x20, 0x7F))


@dataclass(frozen=True, slots=True)
class Prose:
    """All readable texts of a document, and the same in one string for cheap screens.

    In ``joined`` every text stands between two spaces, so that a space at the edge of a
    text is two spaces in a row; ``rare`` is what remains of it without printable ASCII.
    A screen may hit without cause, never miss.
    """

    texts: tuple[tuple[Entity, str], ...]
    joined: str
    rare: str


@lru_cache(maxsize=1)
def prose(document: Document) -> Prose:
    """The readable texts of a document: collected once, asked for by several rules."""
    texts = tuple(document.texts(*TEXT_ROLES))
    joined = f" {' '.join([text for _, text in texts])} "
    rare = joined.encode("utf-8", "replace").translate(None, _PRINTABLE_ASCII).decode()
    return Prose(texts, joined, rare)


def label(entity: Entity) -> str:
    """What a message calls a text: ``provider name`` for ``provider-name``."""
    return entity.role.replace("-", " ")


def around(text: str, start: int, end: int) -> str:
    """``text[start:end]`` with a little of what stands around it, quoted."""
    left, right = max(0, start - _MARGIN), min(len(text), end + _MARGIN)
    head, tail = "…" if left else "", "…" if right < len(text) else ""
    return quote(f"{head}{text[left:right]}{tail}")
