"""Cache URLs that do not follow from the AMP URL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.ampcache import cache_urls, cached_url
from seedlint.diagnostic import Problem, Related, Severity
from seedlint.rule import DocumentRule, NoOptions
from seedlint.rules._grouping import sibling_texts
from seedlint.urls import parse
from seedlint.urlsyntax import flaw
from seedlint.wording import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seedlint.document import Document, Entity


class AmpCacheUrl(DocumentRule[NoOptions]):
    """The AMP cache URL is not the one that the AMP URL determines.

    ## What it finds

    Cache URLs other than the one the AMP cache URL format gives for the AMP URL of the
    same entry: another prefix, another folder than `c/s/` (`c/` for http), another page.
    Where an entry has no AMP URL, the cache URL must at least be one that the AMP URL
    inside it determines.

    ## Why it matters

    The cache answers only under that URL. Any other leads to an error, or to another
    story than the one it stands beside.

    ## Example

    ```yaml
    amp: https://amp.example.com/news
    cache: https://example-com.cdn.ampproject.org/c/s/amp.example.com/news
    ```

    The host is `amp.example.com`, so the prefix is `amp-example-com`.

    ## Fix

    Write the URL that the message gives: the AMP URL determines it. When the AMP URL is
    the wrong one of the two, correct that instead.
    """

    severity = Severity.ERROR

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether each cache URL is one that the AMP URL beside it determines."""
        return all(
            cache_url is None or (type(amp_url) is str and cache_url in cache_urls(amp_url))
            for table in document.tables.of("amp-cache-url")
            for amp_url, cache_url in table.columns("amp-url", "amp-cache-url")
        )

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield every cache URL that no AMP URL of its entry determines."""
        for entity, cache_url in document.texts("amp-cache-url"):
            if flaw(cache_url) is None:
                beside = sibling_texts(document, entity.parent, "amp-url")
                yield from (
                    _beside(entity, cache_url, beside) if beside else _alone(entity, cache_url)
                )


def _beside(
    entity: Entity, cache_url: str, amp_urls: list[tuple[Entity, str]]
) -> Iterator[Problem]:
    if any(flaw(url) is not None for _, url in amp_urls):
        return
    expected = [cache_url for _, url in amp_urls for cache_url in cache_urls(url)]
    if not _same_page(cache_url, expected):
        yield Problem(
            entity.route,
            f'AMP cache URL is not that of the AMP URL, expected "{escape(expected[0])}"',
            related=tuple([Related(amp.route, "the AMP URL") for amp, _ in amp_urls]),
        )


def _alone(entity: Entity, cache_url: str) -> Iterator[Problem]:
    inner = cached_url(cache_url)
    if inner is None or flaw(inner) is not None:
        form = "https://<prefix>.cdn.ampproject.org/c/s/<AMP URL without scheme>"
        yield Problem(entity.route, f'AMP cache URL contains no AMP URL, expected "{form}"')
        return
    expected = cache_urls(inner)
    if not _same_page(cache_url, expected):
        yield Problem(
            entity.route,
            f'AMP cache URL is not that of the AMP URL in it, expected "{escape(expected[0])}"',
        )


def _same_page(cache_url: str, expected: Iterable[str]) -> bool:
    """Equal once browsers have written both in their own way."""
    return parse(cache_url) in {parse(url) for url in expected}
