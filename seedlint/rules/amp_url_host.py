"""AMP URLs at somebody else's domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.diagnostic import About, Problem, Related, Severity
from seedlint.rule import DocumentRule, NoOptions
from seedlint.rules._siblings import page_urls
from seedlint.urls import owner_of
from seedlint.urlsyntax import flaw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document, Entity


class AmpUrlHost(DocumentRule[NoOptions]):
    """The AMP URL and the URL of an entry belong to different sites.

    ## What it finds

    AMP URLs whose registrable domain (`example.co.uk` of `amp.example.co.uk`) is that of
    neither the URL nor the original URL of the same entry.

    ## Why it matters

    The AMP page is the same story in another form, from the same publisher; an AMP URL
    elsewhere is usually that of another story, or of a viewer or cache.

    ## Example

    ```yaml
    url: https://www.example.com/news
    amp: https://amp.example.org/news
    ```

    ## Fix

    Open both addresses and correct the wrong one: a judgement. A few publishers do serve
    AMP pages from a domain of their own; there, ignore this diagnostic.
    """

    severity = Severity.WARNING

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether each AMP URL has the registrable domain of the URL beside it."""
        return all(
            amp_url is None
            or (type(url) is str is type(amp_url) and owner_of(amp_url) == owner_of(url))
            for table in document.tables.of("amp-url")
            for amp_url, url in table.columns("amp-url", "url")
        )

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield every AMP URL at a domain its entry has no other URL at."""
        for entity, amp_url in document.texts("amp-url"):
            owner = owner_of(amp_url)
            if owner is not None:
                yield from _mismatch(document, entity, amp_url, owner)


def _mismatch(
    document: Document, entity: Entity, amp_url: str, amp_owner: str
) -> Iterator[Problem]:
    urls = page_urls(document, entity.parent)
    owners = [owner_of(url) for _, url in urls]
    if not owners or None in owners or amp_owner in owners:
        return
    if flaw(amp_url) is None and all(flaw(url) is None for _, url in urls):
        yield Problem(
            entity.route,
            f"AMP URL belongs to {amp_owner}, expected {owners[0]} as the URL does",
            related=(Related(urls[0][0].route, "the URL"),),
            about=About([amp_url, *owners]),
        )
