"""The texts of a role that stand beside one another, below one entity or below none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedlint.document import Document, Entity


def page_urls(document: Document, entry: Entity | None) -> list[tuple[Entity, str]]:
    """The URLs and original URLs of an entry, or of what has no entry."""
    return [*sibling_texts(document, entry, "url"), *sibling_texts(document, entry, "original-url")]


def sibling_texts(document: Document, parent: Entity | None, role: str) -> list[tuple[Entity, str]]:
    """The texts of a role directly below ``parent``, or of those below no entity."""
    if parent is not None:
        return [(found, found.value) for found in parent.all(role) if type(found.value) is str]
    return [found for found in document.texts(role) if found[0].parent is None]
