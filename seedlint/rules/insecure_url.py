"""URLs that could be read and changed on their way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from seedlint.diagnostic import Applicability, Fix, Problem, Severity
from seedlint.rule import DocumentRule, NoOptions
from seedlint.rules._urlchange import url_changes
from seedlint.urlroles import PAGE_ROLES, REFERENCE_ROLES, links
from seedlint.urlsyntax import flaw
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document, Entity

# Not the AMP cache URL: that one is determined, and amp-cache-url compares it.
_ROLES = (*PAGE_ROLES, *REFERENCE_ROLES)
_PORT = r"http://[^/?#]*:"


class InsecureUrl(DocumentRule[NoOptions]):
    """A URL begins with `http:`.

    ## What it finds

    URLs of pages, AMP pages, images and links with the scheme `http`. The URL in the AMP
    cache follows from the AMP URL and is left to `amp-cache-url`.

    ## Why it matters

    Browsers warn of such pages and refuse such images on a site served over https, and
    nearly every publisher has moved to https.

    ## Example

    ```yaml
    url: http://example.com/news
    ```

    ## Fix

    Change the scheme to `https`; an AMP cache URL that follows from the URL changes with it.
    It is unsafe: look whether the address answers there, as on some hosts it does not. Where
    the URL names a port there is no fix, as https is spoken on another.
    """

    severity = Severity.INFO
    fixes: ClassVar[tuple[Applicability, ...]] = (Applicability.UNSAFE,)

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether no URL has "http:" in it, or begins so."""
        found = document.memo(links)
        is_plain = found.are_plain and "http:" not in "\n".join(found.pages + found.references)
        return is_plain or not any(map(_is_insecure, document.strings(*_ROLES)))

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield every valid URL whose scheme is http."""
        for entity, url in document.texts(*_ROLES):
            if _is_insecure(url) and flaw(url) is None:
                yield Problem(
                    entity.route,
                    f'URL {quote(url)} uses "http", expected "https"',
                    fix=_fix(document, entity, url),
                )


def _fix(document: Document, entity: Entity, url: str) -> Fix | None:
    if re.match(_PORT, url, re.IGNORECASE):
        return None
    changes = url_changes(document, entity, f"https{url[4:]}")
    return Fix('change the scheme to "https"', Applicability.UNSAFE, changes)


def _is_insecure(url: str) -> bool:
    return url[:5].lower() == "http:"
