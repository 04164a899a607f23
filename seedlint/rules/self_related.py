"""Entries that list themselves as related."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.diagnostic import Problem, Related, Severity
from seedlint.rule import DocumentRule, NoOptions
from seedlint.rules._related import clashes, surely_differ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document


class SelfRelated(DocumentRule[NoOptions]):
    """A related entry leads to the same page as the entry that lists it.

    ## What it finds

    Entries in whose list of related entries stands one with a URL that means their own
    page, normalised as for `duplicate-related`. If the list has that page several times,
    only the first is reported here; the others are duplicates of it.

    ## Why it matters

    An article is not related to itself: the reader who follows the link arrives where they
    came from.

    ## Example

    ```yaml
    title: Bridge closed
    url: https://example.com/bridge
    related:
      - title: Bridge closed
        url: https://www.example.com/bridge#comments
    ```

    ## Fix

    Remove the entry from the list, or correct whichever of the two URLs is wrong: a
    judgement.
    """

    severity = Severity.WARNING

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether all entries of the document lead to different pages."""
        return document.memo(surely_differ)

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield every related entry that leads to the page of the entry that lists it."""
        for clash in clashes(document, self.context.tracking_parameters):
            if clash.with_lister:
                yield Problem(
                    clash.later.route,
                    "URL leads to the page of the entry that lists it, expected another page",
                    related=(Related(clash.earlier.route, "the URL of that entry"),),
                    about=clash.about,
                )
