"""What rules about lists of related entries share: the entries, and the pages they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from seedlint.diagnostic import About
from seedlint.pages import page_key
from seedlint.urlroles import PAGE_ROLES, links
from seedlint.urlsyntax import flaw

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from seedlint.document import Document, Entity


class Clash(NamedTuple):
    """Two URLs of different entries that lead to the same page."""

    earlier: Entity
    later: Entity
    with_lister: bool
    """Whether the earlier entry is the one that lists the later one."""
    about: About
    """The page, the same whichever of the two is the later one."""


class Pages:
    """The pages that the entries of a document lead to."""

    def __init__(self, document: Document, tracking_parameters: tuple[str, ...]) -> None:
        self._tracking_parameters = tracking_parameters
        self._urls: dict[int, list[Entity]] = {}
        for url, _ in document.texts("url", "original-url"):
            self._urls.setdefault(id(url.parent), [url])
        for url, _ in document.texts("amp-url"):
            self._urls.setdefault(id(url.parent), []).append(url)

    def of(self, entry: Entity | None) -> dict[str, Entity]:
        """By page the URL of the entry that leads there: its own (else original), then AMP's."""
        pages: dict[str, Entity] = {}
        for url in self._urls.get(id(entry), ()):
            key = page_key(url.value, self._tracking_parameters)
            if key is not None:
                pages.setdefault(key, url)
        return pages


def surely_differ(document: Document) -> bool:
    """Whether all entries lead to different pages. Fast; ``False`` proves nothing.

    To be asked for by ``document.memo(surely_differ)``.
    """
    text = "\n".join(document.memo(links).pages)
    if "%" in text or "/." in text or "google." in text or "ampproject.org" in text:
        # There the last part of a path may be spelled differently for one page.
        return False
    entries: dict[str, int] = {"": -1}
    entry = 0
    for table in document.tables.of(*PAGE_ROLES):
        keys = [key for role in PAGE_ROLES for key in table.keys.get(role, ())]
        for row in table.rows:
            entry += 1
            for key in keys:
                url = row.get(key)
                if type(url) is str and entries.setdefault(last_segment(url), entry) != entry:
                    return False
    return True


def last_segment(url: str) -> str:
    """What the paths of all URLs of a page end in; ``""`` where that is hard to tell.

    Holds for valid URLs, and only for those that :func:`surely_differ` uses it on.
    """
    path = url.partition("?")[0].partition("#")[0] if "?" in url or "#" in url else url
    before, _, last = path.rstrip("/").rpartition("/")
    while last == "amp":
        before, _, last = before.rstrip("/").rpartition("/")
    if last.endswith(".amp.html"):
        last = last[: -len(".amp.html")] + ".html"
    # The host of a home page has more forms than its path.
    return "" if before.endswith(":/") else last


def clashes(document: Document, tracking_parameters: tuple[str, ...]) -> Iterator[Clash]:
    """Where related entries lead to a page that an earlier entry leads to; one each entry.

    If both an earlier entry of the list and the one that has the list do, it is the former.
    """
    pages = Pages(document, tracking_parameters)
    for related in document.entities("related"):
        lister = pages.of(related.parent)
        listed: dict[str, Entity] = {}
        for entry in related.children:
            mine = pages.of(entry)
            clash = _clash(mine, listed, False, related) or _clash(mine, lister, True, related)
            if clash is not None:
                yield clash
            for key, url in mine.items():
                listed.setdefault(key, url)


def _clash(
    mine: Mapping[str, Entity], others: Mapping[str, Entity], with_lister: bool, related: Entity
) -> Clash | None:
    pages = [
        key
        for key, url in mine.items()
        # An invalid URL is reported as such; what it was meant to lead to is unknown.
        if key in others and flaw(url.value) is None and flaw(others[key].value) is None
    ]
    if not pages:
        return None
    about = About(min(pages), related.route)
    return Clash(others[pages[0]], mine[pages[0]], with_lister, about)
