"""URLs that tell how a reader came."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from seedlint.diagnostic import Applicability, Fix, Problem, Severity
from seedlint.rule import DocumentRule, NoOptions
from seedlint.rules._urlchange import url_changes
from seedlint.urlroles import PAGE_ROLES, links
from seedlint.urls import is_tracking, query_names, without_tracking
from seedlint.urlsyntax import reference_flaw
from seedlint.wording import escape, names, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document

# Not the AMP cache URL, which repeats the AMP URL; not images, where a parameter may
# choose the picture.
_ROLES = (*PAGE_ROLES, "link-url")


class TrackingParameter(DocumentRule[NoOptions]):
    """The URL of a page carries parameters that only track its readers.

    ## What it finds

    Query parameters such as `utm_source`, `fbclid` or `gclid` in the URLs of pages, AMP
    pages and links, in upper or lower case. The setting `tracking-parameters` lists the
    names; `*` at the end stands for any ending. An ampersand may be written as `&amp;`.
    `source` and `ref` are not among them, as many sites use them to choose what they show.

    ## Why it matters

    They credit every reader to the campaign through which the link was found, and make
    one page look like several.

    ## Example

    ```yaml
    url: https://example.com/news?id=7&utm_source=newsletter
    ```

    The page is `https://example.com/news?id=7`.

    ## Fix

    Remove the parameters named in the message, and the `?` when nothing follows it; the rest
    of the URL stays as it is written. An AMP cache URL that follows from the URL changes with
    it. It is unsafe, as a site may use any name for what it shows.
    """

    severity = Severity.WARNING
    fixes: ClassVar[tuple[Applicability, ...]] = (Applicability.UNSAFE,)

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether no URL has a tracking parameter."""
        urls = document.memo(links).pages + document.strings("link-url")
        return not any(self._tracking_names(url) for url in urls if "?" in url)

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield every valid URL with a tracking parameter."""
        for entity, url in document.texts(*_ROLES):
            if "?" not in url:
                continue
            tracking = self._tracking_names(url)
            if not tracking or reference_flaw(url) is not None:
                continue
            clean = without_tracking(url, self.context.tracking_parameters)
            noun, pronoun = ("parameter", "it") if len(tracking) == 1 else ("parameters", "them")
            named = f"{noun} {names(tracking, last='and')}"
            yield Problem(
                entity.route,
                f"URL has the tracking {named}, expected none",
                notes=(f"without {pronoun}: {escape(clean)}",),
                fix=Fix(
                    f"remove the {named}",
                    Applicability.UNSAFE,
                    url_changes(document, entity, clean),
                ),
            )

    def _tracking_names(self, url: str) -> list[str]:
        vocabulary = self.context.tracking_parameters
        found = [name for name in query_names(url) if is_tracking(name, vocabulary)]
        return [quote(name) for name in dict.fromkeys(found)]
