"""Seeds for one page."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from seedlint.consensus import MOST_PLACES, Uses
from seedlint.diagnostic import Elsewhere, Problem, Severity
from seedlint.rule import CorpusRule, NoOptions
from seedlint.rules._entries import page_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seedlint.diagnostic import Route
    from seedlint.document import Document
    from seedlint.rule import Context, Json


class DuplicateEntry(CorpusRule[NoOptions]):
    """Two files are about the same page.

    ## What it finds

    Files whose own entries, not the related ones, lead to the same page by their URL (without
    one, their original URL) or their AMP URL. URLs are normalised as for `duplicate-related`.
    Each of the files is reported.

    ## Why it matters

    The site shows the article twice, and what is corrected in one file stays wrong in the
    other.

    ## Example

    ```yaml
    # one file
    url: https://example.com/bridge
    # another
    url: http://www.example.com/bridge/?utm_source=feed
    ```

    ## Fix

    Keep one of the files. Which one is a judgement: they may differ in all but the URL.
    """

    severity = Severity.ERROR

    def __init__(self, context: Context, options: NoOptions | None = None) -> None:
        super().__init__(context, options)
        self._ids = page_ids(context.tracking_parameters)

    def facts(self, document: Document) -> Json:
        """The pages that the document's own entry leads to."""
        return cast("Json", document.memo(self._ids.of_root) or None)

    def conclude(self, corpus: Iterable[tuple[str, Json]]) -> Json:
        """By page the number of files that lead there, and the first of them."""
        facts = cast("Iterable[tuple[str, list[str]]]", corpus)
        counts = Counter(chain.from_iterable(pages for _, pages in facts))
        repeated = {page for page, count in counts.items() if count > 1}
        if not repeated:
            return None
        by_page: dict[str, Uses] = {}
        for file, pages in facts:
            for page in repeated.intersection(pages):
                by_page.setdefault(page, Uses()).add(file)
        return {page: [uses.count, cast("Json", uses.files)] for page, uses in by_page.items()}

    def relevant(self, file: str, facts: Json, conclusion: Json) -> Json:
        """What is concluded on the file's own pages."""
        by_page = cast("dict[str, Json]", conclusion)
        mine = {page: by_page[page] for page in cast("list[str]", facts) if page in by_page}
        return cast("Json", mine or None)

    def mentions(self, relevant: Json) -> Iterable[str]:
        """The files that lead to the same pages."""
        by_page = cast("dict[str, Any]", relevant)
        return {file for _, files in by_page.values() for file in files}

    def check(self, document: Document, file: str, relevant: Json) -> Iterator[Problem]:
        """Yield a problem for each URL of the document's own entry that leads to other files' page.

        Two URLs that lead to the same files' pages are one problem.
        """
        by_page = cast("dict[str, Any]", relevant)
        seen: set[str] = set()
        for page, route in document.memo(self._ids.routes_of_root).items():
            count, files = by_page.get(page, (0, ()))
            others = [other for other in files if other != file][:MOST_PLACES]
            if not seen.issuperset(others):
                seen.update(others)
                yield self._problem(route, page, count - 1, others)

    def _problem(self, route: Route, page: str, count: int, others: list[str]) -> Problem:
        subject = "another file" if count == 1 else f"{count} other files"
        hidden = count - len(others)
        return Problem(
            route,
            f"URL leads to the same page as that of {subject}, expected one file for a page",
            notes=(f"{hidden} more {'leads' if hidden == 1 else 'lead'} there",) if hidden else (),
            elsewhere=tuple(
                Elsewhere(other, partial(self._find, page), "leads there too") for other in others
            ),
        )

    def _find(self, page: str, document: Document) -> Route | None:
        return document.memo(self._ids.routes_of_root).get(page)
