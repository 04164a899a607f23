"""What rules that compare the URLs of one entry share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.urls import owner_of

if TYPE_CHECKING:
    from seedlint.document import Document, Entity


def url_owners(document: Document) -> dict[int, str | None]:
    """The registrable domain of each entry's URL, by the ``id`` of the entry.

    Enough to see that an entry is in order; the whole truth is in :func:`page_urls`.
    """
    return {id(entity.parent): owner_of(url) for entity, url in document.texts("url")}


def page_urls(document: Document, entry: Entity | None) -> list[tuple[Entity, str]]:
    """The URLs and original URLs of an entry, or of what has no entry."""
    return [*sibling_texts(document, entry, "url"), *sibling_texts(document, entry, "original-url")]


def sibling_texts(document: Document, parent: Entity | None, role: str) -> list[tuple[Entity, str]]:
    """The texts of a role directly below ``parent``, or of those below no entity."""
    if parent is not None:
        return [(found, found.value) for found in parent.all(role) if type(found.value) is str]
    return [found for found in document.texts(role) if found[0].parent is None]
