"""Providers at another domain than their URL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.diagnostic import About, Problem, Related, Severity
from seedlint.domains import bare_domain, is_domain
from seedlint.publicsuffix import registrable_domain
from seedlint.rule import DocumentRule, NoOptions
from seedlint.rules._siblings import page_urls
from seedlint.urls import owner_of
from seedlint.urlsyntax import flaw
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document, Entity
    from seedlint.tables import Table


class ProviderDomain(DocumentRule[NoOptions]):
    """The URL of an entry does not belong to the domain of its provider.

    ## What it finds

    Provider domains whose registrable domain (`example.co.uk` of `news.example.co.uk`) is
    that of neither the URL nor the original URL of the entry. Registrable domains follow
    the ICANN section of the public suffix list. How the domain is written, and whether it
    is one, is the matter of `provider-domain-form`.

    ## Why it matters

    A story is credited to whoever is named as its provider. When the URL leads elsewhere,
    either the credit or the link is wrong.

    ## Example

    ```yaml
    url: https://www.example.com/news
    provider:
      name: The Sample
      domain: example.org
    ```

    ## Fix

    Look at the page and correct the provider or the URL: a judgement.
    """

    severity = Severity.WARNING

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether each provider domain is the registrable domain of the URL."""
        return all(map(_agrees, document.tables.of("provider-domain")))

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield every provider domain that no URL of its entry belongs to."""
        for entity, domain in document.texts("provider-domain"):
            yield from _mismatch(document, entity.enclosing("entry"), entity, domain)


def _agrees(providers: Table) -> bool:
    """Whether all providers, each right below its entry, have the domain of the entry's URL."""
    domains = providers.column("provider-domain")
    urls = [
        url
        for entries, key in providers.sources
        if entries.role == "entry"
        for entry, url in zip(entries.rows, entries.column("url"), strict=True)
        if type(entry.get(key)) is dict
    ]
    return (
        providers.role != "entry"
        and len(urls) == len(domains)
        and all(
            type(url) is str and owner_of(url) == domain
            for url, domain in zip(urls, domains, strict=True)
        )
    )


def _mismatch(
    document: Document, entry: Entity | None, entity: Entity, domain: str
) -> Iterator[Problem]:
    urls = page_urls(document, entry)
    owners = [owner_of(url) for _, url in urls]
    bare = bare_domain(domain)
    # Some sites stand at what is a suffix to others: www.gov.uk is that of gov.uk.
    own = {registrable_domain(bare), f"www.{bare}"}
    if not is_domain(bare) or not owners or None in owners or not own.isdisjoint(owners):
        return
    if all(flaw(url) is None for _, url in urls):
        yield Problem(
            entity.route,
            f"provider domain {quote(domain)} is not that of the URL, expected {owners[0]}",
            related=(Related(urls[0][0].route, "the URL"),),
            about=About([domain, *owners]),
        )
