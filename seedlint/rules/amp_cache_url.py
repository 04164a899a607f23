"""Cache URLs that do not follow from the AMP URL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedlint.ampcache import cache_urls, cached_url
from seedlint.changes import Insert, Replace
from seedlint.diagnostic import Applicability, Fix, Problem, Related, Severity
from seedlint.rule import DocumentRule
from seedlint.rules._siblings import sibling_texts
from seedlint.urls import parse
from seedlint.urlsyntax import flaw
from seedlint.wording import escape, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seedlint.document import Document, Entity

_PUBLISHER = r"\A/c/(?:s/)?[^/]*"


@dataclass(frozen=True, slots=True)
class AmpCacheUrlOptions:
    """See the options of the rule."""

    require: bool = False


class AmpCacheUrl(DocumentRule[AmpCacheUrlOptions]):
    """The AMP cache URL is not the one that the AMP URL determines.

    ## What it finds

    Cache URLs other than the one the AMP cache URL format gives for the AMP URL of the
    same entry: another prefix, another folder than `c/s/` (`c/` for http), another page.
    Where an entry has no AMP URL, the cache URL must at least be one that the AMP URL
    inside it determines. If settings ask for it, also AMP URLs without a cache URL beside
    them, where the contract has a key for one.

    ## Why it matters

    The cache answers only under that URL. Any other leads to an error, or to another
    story than the one it stands beside.

    ## Example

    ```yaml
    amp: https://amp.example.com/news
    cache: https://example-com.cdn.ampproject.org/c/s/amp.example.com/news
    ```

    The host is `amp.example.com`, so the prefix is `amp-example-com`.

    ## Options

    - `require` (default `false`): whether every AMP URL must have its cache URL beside it

    ## Fix

    Writes the URL that the message gives, or adds the key with it: the AMP URL determines
    it, so the fix is safe. When the AMP URL is the wrong one of the two, correct that
    instead. Where a cache URL stands alone, its own parts contradict each other: that the
    page in it is right and the host wrong is a guess, so the fix is unsafe.

    No fix where AMP URLs that determine different cache URLs stand together, or where the
    AMP URL itself leads to the cache: `amp-url-host` speaks of that.
    """

    severity = Severity.ERROR
    fixes = (Applicability.SAFE, Applicability.UNSAFE)

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether each cache URL is one that the AMP URL beside it determines."""
        return all(
            cache_url is None or (type(amp_url) is str and cache_url in cache_urls(amp_url))
            for table in document.tables.of("amp-cache-url")
            for amp_url, cache_url in table.columns("amp-url", "amp-cache-url")
        ) and (not self.options.require or _all_are_cached(document))

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield every cache URL that no AMP URL of its entry determines."""
        for entity, cache_url in document.texts("amp-cache-url"):
            if flaw(cache_url) is None:
                beside = sibling_texts(document, entity.parent, "amp-url")
                yield from (
                    _beside(entity, cache_url, beside) if beside else _alone(entity, cache_url)
                )
        if self.options.require:
            yield from _missing(document)


def _all_are_cached(document: Document) -> bool:
    """Whether beside each AMP URL there is a cache URL."""
    return all(
        amp_url is None or type(cache_url) is str
        for table in document.tables.of("amp-url")
        for amp_url, cache_url in table.columns("amp-url", "amp-cache-url")
    )


def _missing(document: Document) -> Iterator[Problem]:
    """What is to be said where AMP URLs have no cache URL beside them."""
    cached = {id(entity.parent) for entity in document.entities("amp-cache-url")}
    groups: dict[int, list[Entity]] = {}
    for entity, _ in document.texts("amp-url"):
        groups.setdefault(id(entity.parent), []).append(entity)
    for parent, amp_urls in groups.items():
        first = amp_urls[0]
        keys = document.contract.keys(first.route[:-1], "amp-cache-url")
        urls = [entity.value for entity in amp_urls]
        if parent in cached or not keys or any(flaw(url) or cached_url(url) for url in urls):
            continue
        expected = cache_urls(first.value)[0]
        change = Insert((*first.route[:-1], keys[0]), expected)
        fix = Fix(f"add the key {quote(keys[0])}", Applicability.SAFE, (change,))
        yield Problem(
            first.route,
            f'AMP URL has no AMP cache URL beside it, expected "{escape(expected)}"',
            fix=fix if _is_determined(urls) else None,
        )


def _beside(
    entity: Entity, cache_url: str, amp_urls: list[tuple[Entity, str]]
) -> Iterator[Problem]:
    urls = [url for _, url in amp_urls]
    if any(flaw(url) is not None for url in urls):
        return
    expected = [cache_url for url in urls for cache_url in cache_urls(url)]
    if not _same_page(cache_url, expected):
        yield Problem(
            entity.route,
            f'AMP cache URL is not that of the AMP URL, expected "{escape(expected[0])}"',
            related=tuple([Related(amp.route, "the AMP URL") for amp, _ in amp_urls]),
            fix=_writing(entity, expected[0], Applicability.SAFE) if _is_determined(urls) else None,
        )


def _is_determined(amp_urls: Iterable[str]) -> bool:
    """Whether AMP URLs that stand together leave no doubt about the cache URL."""
    return len({cache_urls(url) for url in amp_urls}) == 1 and not any(map(cached_url, amp_urls))


def _writing(entity: Entity, cache_url: str, applicability: Applicability) -> Fix:
    return Fix(f"write {quote(cache_url)}", applicability, (Replace(entity.route, cache_url),))


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
            fix=_writing(entity, expected[0], Applicability.UNSAFE),
        )


def _same_page(cache_url: str, expected: Iterable[str]) -> bool:
    """Equal once browsers have written both in their own way, and asked a server for them."""
    return _asked_for(cache_url) in map(_asked_for, expected)


def _asked_for(url: str) -> tuple[str, str, str, str, str] | None:
    """What reaches a server: no fragment, no empty query; the publisher's host in any case."""
    parsed = parse(url)
    if parsed is None:
        return None
    path = re.sub(_PUBLISHER, lambda found: found[0].lower(), parsed.pathname)
    return parsed.scheme, parsed.host, parsed.port, path, parsed.search
