"""What rules that compare the entries of all files share: the pages and texts of entries."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from seedlint.pages import page_key, plain_key
from seedlint.rules._related import Pages
from seedlint.urlsyntax import flaw

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from seedlint.diagnostic import Route
    from seedlint.document import Document, Entity

    PageId = Callable[[str], str | None]

OWN_URL_ROLES = ("url", "original-url")
_LONGEST_CACHED = 2048


@cache
def page_id(tracking_parameters: tuple[str, ...]) -> PageId:
    """What gives the identity of the page a URL leads to, as 16 hexadecimal digits.

    It gives ``None`` for an invalid URL: what that was meant to lead to is unknown. Several
    rules ask for the same URLs, one rule after the other.
    """
    from hashlib import blake2b

    def identify(url: str) -> str | None:
        key = plain_key(url)
        if key is None and flaw(url) is None:
            key = page_key(url, tracking_parameters)
        if key is None:
            return None
        return blake2b(key.encode("utf-8", "replace"), digest_size=8).hexdigest()

    remembered = lru_cache(maxsize=256)(identify)
    return lambda url: (remembered if len(url) <= _LONGEST_CACHED else identify)(url)


def root_text(document: Document, *roles: str) -> str | None:
    """The first text that plays one of the roles for the document's own entry."""
    for role in roles:
        for text in root_texts(document, role):
            return text
    return None


def root_texts(document: Document, role: str) -> list[str]:
    """The texts that play a role for the document's own entry."""
    for table in document.tables.of(role):
        if table.role != "entry":
            # Some contracts put it into an object of its own; or it is no entry's at all.
            root = root_entry(document)
            found = [] if root is None else root.all(role)
            return [child.value for child in found if type(child.value) is str]
        if table.rows[0] is document.data:
            return texts_under(table.rows[0], table.keys[role])
    return []


def texts_under(row: Mapping[str, Any], keys: Sequence[str]) -> list[str]:
    """The texts under some keys of an object."""
    return [value for key in keys if type(value := row.get(key)) is str]


def root_pages(document: Document, identity: PageId) -> list[str]:
    """The identities of the pages that the document's own entry leads to."""
    own = root_text(document, *OWN_URL_ROLES)
    urls = [*([] if own is None else [own]), *root_texts(document, "amp-url")]
    return list(dict.fromkeys(filter(None, map(identity, urls))))


def root_page_routes(document: Document, tracking_parameters: tuple[str, ...]) -> dict[str, Route]:
    """The same identities, and the URLs that lead there."""
    identity = page_id(tracking_parameters)
    routes: dict[str, Route] = {}
    for url in Pages(document, tracking_parameters).of(root_entry(document)).values():
        page = identity(url.value)
        if page is not None:
            routes.setdefault(page, url.route)
    return routes


def root_entry(document: Document) -> Entity | None:
    """The document's own entry, if the document as a whole is one."""
    entries = document.entities("entry")
    return entries[0] if entries and not entries[0].route else None
