"""What rules about lists of related entries share: the entries, and the pages they lead to."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from seedlint.pages import page_key
from seedlint.urlsyntax import flaw

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from seedlint.document import Document, Entity


# Where these occur, the last part of a path may be spelled differently for one page.
_MANY_FORMS = ("%", "/.", "google.", "ampproject.org")


class Clash(NamedTuple):
    """Two URLs of different entries that lead to the same page."""

    earlier: Entity
    later: Entity
    with_lister: bool
    """Whether the earlier entry is the one that lists the later one."""


class Pages:
    """The pages that the entries of a document lead to."""

    def __init__(self, document: Document, tracking_parameters: tuple[str, ...]) -> None:
        self._tracking_parameters = tracking_parameters
        self._urls: dict[int, list[Entity]] = {}
        for url, _ in document.texts("url", "original-url"):
            self._urls.setdefault(id(url.parent), [url])
        for url, _ in document.texts("amp-url"):
            self._urls.setdefault(id(url.parent), []).append(url)
        text = "\n".join([url.value for urls in self._urls.values() for url in urls])
        self._has_many_forms = any(form in text for form in _MANY_FORMS)

    def of(self, entry: Entity | None) -> dict[str, Entity]:
        """By page the URL of the entry that leads there: its own (else original), then AMP's."""
        pages: dict[str, Entity] = {}
        for url in self._urls.get(id(entry), ()):
            key = page_key(url.value, self._tracking_parameters)
            if key is not None:
                pages.setdefault(key, url)
        return pages

    def surely_differ(self, entries: Iterable[Entity | None]) -> bool:
        """Whether all entries lead to different pages. Fast; ``False`` proves nothing."""
        if self._has_many_forms:
            return False
        seen: set[str] = set()
        for entry in entries:
            mine = {last_segment(url.value) for url in self._urls.get(id(entry), ())}
            if "" in mine or not seen.isdisjoint(mine):
                return False
            seen |= mine
        return True


def last_segment(url: str) -> str:
    """What the paths of all URLs of a page end in; ``""`` where that is hard to tell.

    Holds for URLs without :data:`_MANY_FORMS`, and for valid ones only.
    """
    path = url.partition("?")[0].partition("#")[0].rstrip("/")
    while path.endswith("/amp"):
        path = path[:-4].rstrip("/")
    before, _, last = path.rpartition("/")
    if last.endswith(".amp.html"):
        last = last[: -len(".amp.html")] + ".html"
    # The host of a home page has more forms than its path.
    return "" if before.endswith(":/") else last


@lru_cache(maxsize=1)
def clashes(document: Document, tracking_parameters: tuple[str, ...]) -> tuple[Clash, ...]:
    """Where related entries lead to a page that an earlier entry leads to; one each entry.

    If both an earlier entry of the list and the one that has the list do, it is the former.
    """
    pages = Pages(document, tracking_parameters)
    found: list[Clash] = []
    for related in document.entities("related"):
        if pages.surely_differ((related.parent, *related.children)):
            continue
        lister = pages.of(related.parent)
        listed: dict[str, Entity] = {}
        for entry in related.children:
            mine = pages.of(entry)
            if not listed.keys().isdisjoint(mine) or not lister.keys().isdisjoint(mine):
                clash = _clash(mine, listed, False) or _clash(mine, lister, True)
                found.extend([clash] if clash is not None else [])
            for key, url in mine.items():
                listed.setdefault(key, url)
    return tuple(found)


def _clash(
    mine: Mapping[str, Entity], others: Mapping[str, Entity], with_lister: bool
) -> Clash | None:
    for key, url in mine.items():
        # An invalid URL is reported as such; what it was meant to lead to is unknown.
        if key in others and flaw(url.value) is None and flaw(others[key].value) is None:
            return Clash(others[key], url, with_lister)
    return None
