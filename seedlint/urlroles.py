"""The roles whose values are URLs, and what the rules about URLs share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from seedlint.urlsyntax import all_plain

if TYPE_CHECKING:
    from seedlint.document import Document

PAGE_ROLES = ("url", "original-url", "amp-url")
ABSOLUTE_ROLES = (*PAGE_ROLES, "amp-cache-url")
REFERENCE_ROLES = ("image-url", "link-url")
"""The URLs that may be relative to the site root."""


class Links(NamedTuple):
    """The URLs of a document that are not in the AMP cache: of pages, and others.

    ``are_plain``: they plainly are valid, and so are those in the cache.
    """

    pages: list[str]
    references: list[str]
    are_plain: bool


def links(document: Document) -> Links:
    """The URLs of a document; to be asked for by ``document.memo(links)``."""
    pages = document.strings(*PAGE_ROLES)
    cached = document.strings("amp-cache-url")
    references = document.strings(*REFERENCE_ROLES)
    return Links(pages, references, all_plain(pages + cached, references))
