"""What rules that compare the entries of all files share: the pages and texts of entries."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from seedlint.pages import page_key, plain_key
from seedlint.rules._related import Pages
from seedlint.urlsyntax import flaw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from seedlint.diagnostic import Route
    from seedlint.document import Document, Entity

PAGE_LENGTH = 16
"""How many characters the identity of a page has."""

_OWN_URL_ROLES = ("url", "original-url")


class PageIds:
    """The identities of pages, in hexadecimal digits: small, and equal across files."""

    def __init__(self, tracking_parameters: tuple[str, ...]) -> None:
        from hashlib import blake2b

        self._tracking_parameters = tracking_parameters
        self._blake2b = blake2b

    def of(self, url: str) -> str | None:
        """The page a URL leads to; ``None`` if it is invalid: what was meant is unknown."""
        key = plain_key(url)
        if key is None and flaw(url) is None:
            key = page_key(url, self._tracking_parameters)
        if key is None:
            return None
        digest = self._blake2b(key.encode("utf-8", "replace"), digest_size=PAGE_LENGTH // 2)
        return digest.hexdigest()

    def of_root(self, document: Document) -> list[str]:
        """The pages that the document's own entry leads to; to be asked for by ``memo``."""
        own = root_text(document, *_OWN_URL_ROLES)
        urls = [*([] if own is None else [own]), *root_texts(document, "amp-url")]
        return list(dict.fromkeys(filter(None, map(self.of, urls))))

    def routes_of_root(self, document: Document) -> dict[str, Route]:
        """The same pages, and the URLs that lead there; to be asked for by ``memo``."""
        routes: dict[str, Route] = {}
        for url in Pages(document, self._tracking_parameters).of(root_entry(document)).values():
            page = self.of(url.value)
            if page is not None:
                routes.setdefault(page, url.route)
        return routes


@cache
def page_ids(tracking_parameters: tuple[str, ...]) -> PageIds:
    """One object for all rules, so that they share what ``memo`` has."""
    return PageIds(tracking_parameters)


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


def root_entry(document: Document) -> Entity | None:
    """The document's own entry, if the document as a whole is one."""
    entries = document.entities("entry")
    return entries[0] if entries and not entries[0].route else None
