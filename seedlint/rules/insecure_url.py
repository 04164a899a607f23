"""URLs that could be read and changed on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.diagnostic import Problem, Severity
from seedlint.rule import DocumentRule, NoOptions
from seedlint.urlroles import links
from seedlint.urlsyntax import flaw
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document

# Not the AMP cache URL: that one is determined, and amp-cache-url compares it.
_ROLES = ("url", "original-url", "amp-url", "image-url", "link-url")


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

    Change the scheme to `https` after looking whether the address answers there: that is
    a judgement, as some hosts do not.
    """

    severity = Severity.INFO

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether no URL has "http:" in it, or begins so."""
        found = document.memo(links)
        is_plain = found.are_plain and "http:" not in "\n".join(found.pages + found.references)
        return is_plain or not any(map(_is_insecure, document.strings(*_ROLES)))

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield every valid URL whose scheme is http."""
        for entity, url in document.texts(*_ROLES):
            if _is_insecure(url) and flaw(url) is None:
                yield Problem(entity.route, f'URL {quote(url)} uses "http", expected "https"')


def _is_insecure(url: str) -> bool:
    return url[:5].lower() == "http:"
