"""Related entries that lead to one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.diagnostic import Problem, Related, Severity
from seedlint.rule import DocumentRule, NoOptions
from seedlint.rules._related import clashes, surely_differ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document


class DuplicateRelated(DocumentRule[NoOptions]):
    """Two related entries lead to the same page.

    ## What it finds

    Entries of one list of related entries whose URLs mean the same page once normalised.
    An entry's URLs are its URL (or, without one, its original URL) and its AMP URL. What
    does not tell pages apart: the scheme, `www.`, a trailing slash, the fragment, tracking
    parameters (a setting), the order of the other parameters, and the AMP forms of an
    address, the AMP cache among them. Upper and lower case in the path do.

    The later entry is reported, with the earlier one beside it. Each list stands on its
    own: an entry may be related to several others.

    ## Why it matters

    The reader is offered the same article twice, and whatever counts or ranks related
    entries counts it twice.

    ## Example

    ```yaml
    related:
      - title: Bridge closed
        url: https://example.com/bridge
      - title: Bridge closed until May
        url: http://www.example.com/bridge/?utm_source=feed
    ```

    ## Fix

    Remove one of the entries. Which one is a judgement: they may differ in title, excerpt
    or images.
    """

    severity = Severity.ERROR

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether all entries of the document lead to different pages."""
        return document.memo(surely_differ)

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield every entry that leads to the page of an earlier one in its list."""
        for clash in clashes(document, self.context.tracking_parameters):
            if not clash.with_lister:
                yield Problem(
                    clash.later.route,
                    "URL leads to the same page as an earlier related entry, expected another page",
                    related=(Related(clash.earlier.route, "leads there first"),),
                )
