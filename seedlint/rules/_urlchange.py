"""What rules that change URLs share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.ampcache import cache_urls
from seedlint.changes import Replace
from seedlint.rules._siblings import sibling_texts
from seedlint.urls import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document, Entity


def url_changes(document: Document, entity: Entity, new: str) -> tuple[Replace, ...]:
    """The change of a URL to ``new``, and of the cache URLs beside it that follow from it."""
    changes = [Replace(entity.route, new)]
    if entity.role == "amp-url":
        changes += _cache_changes(document, entity, new)
    return tuple(changes)


def _cache_changes(document: Document, amp: Entity, new: str) -> Iterator[Replace]:
    """Those that the AMP URL determines as it is: the others are amp-cache-url's."""
    determined = {parse(url) for url in cache_urls(amp.value)}
    for cache, url in sibling_texts(document, amp.parent, "amp-cache-url"):
        if parse(url) in determined:
            yield Replace(cache.route, cache_urls(new)[0])
