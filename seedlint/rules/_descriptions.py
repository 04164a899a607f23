"""How entries describe the pages they lead to: what other entries for a page may contradict.

What an entry says of its page is kept as a *row*, five texts in one, empty where it says
nothing: the identity of the page, the title, the timestamp, the provider (as
:mod:`seedlint.providers` has it) and the images, each as a number for its URL and its size. A
row is read as *claims*: a field of the page and a value. Claims with one *meaning* agree.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from seedlint.providers import fact_of, folded, is_placeholder, split_fact
from seedlint.rules._entries import PAGE_LENGTH
from seedlint.timestamps import instant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from seedlint.diagnostic import Route
    from seedlint.document import Document, Entity
    from seedlint.tables import Table

    Identify = Callable[[str], str | None]

TITLE = "title"
TIMESTAMP = "timestamp"
PROVIDER = "provider name"
IMAGE = "image size"

_URL_ROLES = ("url", "original-url", "amp-url")
_ENTRY_ROLES = (*_URL_ROLES, "title", "published-at")
_LONGEST_TITLE = 300
_LONGEST_TIMESTAMP = 40
_LARGEST_SIDE = 10**6

# One text for an entry is written, read and compared much faster than five. This control
# character is the one that JSON does not escape.
_BETWEEN = "\x7f"


class Claim(NamedTuple):
    """What an entry says of a field of its page, and the places that say it."""

    field: str
    value: str
    routes: tuple[Route, ...]


class Description(NamedTuple):
    """What an entry says of the page it leads to."""

    row: str
    claims: list[Claim]


def page_of(row: str) -> str:
    """The identity of the page that a row describes."""
    return row[:PAGE_LENGTH]


def claims_of(row: str) -> Iterator[tuple[str, str]]:
    """The fields and values of a row. Images have a field each."""
    _, title, timestamp, provider, images = row.split(_BETWEEN)
    yield TITLE, title
    yield TIMESTAMP, timestamp
    yield PROVIDER, provider
    for image in images.split(",") if images else ():
        number, _, size = image.partition(" ")
        yield f"{IMAGE} {number}", size


def meaning(field: str, value: str) -> str:
    """What values that agree have in common; empty for a value that says nothing."""
    if field == TITLE:
        return _words(value)
    if field == TIMESTAMP:
        moment = instant(value)
        return "" if moment is None else moment.isoformat()
    if field == PROVIDER and value:
        domain, name = split_fact(value)
        return "" if is_placeholder(name, domain) else f"{domain} {_words(name)}"
    return value


def contradict(field: str, one: str, other: str) -> bool:
    """Whether two meanings cannot both be right.

    Several names at one domain are the matter of ``inconsistent-provider-name``.
    """
    if not one or not other or one == other:
        return False
    if field == PROVIDER:
        (domain, name), (other_domain, other_name) = split_fact(one), split_fact(other)
        return name != other_name and (not domain or domain != other_domain)
    return True


def shown(field: str, value: str) -> str:
    """A value as people write it."""
    if field == PROVIDER:
        return split_fact(value)[1]
    return value.replace("x", " by ") if field.startswith(IMAGE) else value


def _words(text: str) -> str:
    """The text without what writers and programs vary: case, punctuation, white space."""
    from unicodedata import normalize

    if "&" in text:
        from html import unescape

        text = unescape(text)
    words = re.findall(r"[^\W_]+", normalize("NFKC", text).casefold())
    return " ".join(words) or folded(text)


def rows(document: Document, identify: Identify) -> list[str]:
    """The rows of all entries that lead to a page, in no particular order. Quick."""
    tables = document.tables
    entries = tables.of(*_ENTRY_ROLES)
    providers = tables.of("provider-name")
    if not (all(map(_is_usual_entry, entries)) and all(map(_is_usual_provider, providers))):
        return [description(*each).row for each in page_entries(document, identify)]
    images = [table for table in tables.of("image-url") if table.role == "image"]
    facts = _by_object(providers, _provider_fact, "provider-name", "provider-domain")
    sizes = _by_object(images, _sized, "image-url", "width", "height")
    found: list[str] = []
    for table in entries:
        named = _keys_of(providers, table)
        pictured = _keys_of(images, table), _list_keys_of(images, table)
        found += _table_rows(table, (named, facts), (*pictured, sizes), identify)
    return found


def _by_object(tables: Iterable[Table], make: Callable[..., str], *roles: str) -> dict[int, str]:
    """What ``make`` makes of objects' values for these roles, by the identity of the object."""
    return {
        id(row): text
        for table in tables
        for row, values in zip(table.rows, table.columns(*roles), strict=True)
        if (text := make(*values))
    }


def _keys_of(tables: Iterable[Table], parent: Table) -> list[str]:
    """The keys of objects under which these tables' objects are, but for those in lists."""
    return [key for table in tables for source, key in table.sources if source is parent]


def _list_keys_of(tables: Iterable[Table], parent: Table) -> list[str]:
    """The keys of objects under which lists of these tables' objects are."""
    return [key for table in tables for source, key in table.list_sources if source is parent]


def _is_usual_entry(table: Table) -> bool:
    return table.role == "entry" and all(len(table.keys.get(role, ())) < 2 for role in _ENTRY_ROLES)


def _is_usual_provider(table: Table) -> bool:
    keys = table.keys
    return (
        table.role == "provider"
        and len(keys["provider-name"]) == 1
        and len(keys.get("provider-domain", ())) < 2
        and all(source.role == "entry" for source, _ in table.sources)
    )


def _table_rows(
    table: Table,
    providers: tuple[list[str], Mapping[int, str]],
    images: tuple[list[str], list[str], Mapping[int, str]],
    identify: Identify,
) -> Iterator[str]:
    # This runs for every entry of the corpus: what is short elsewhere is spelled out.
    (named, facts), (pictured, listed, sizes) = providers, images
    columns = [table.column(role) for role in _ENTRY_ROLES]
    for entry, url, original, amp, title, timestamp in zip(table.rows, *columns, strict=True):
        page = identify(url) if type(url) is str else None
        if page is None:
            others = (identify(other) for other in (original, amp) if type(other) is str)
            page = next(filter(None, others), None)
        if page is None:
            continue
        provider = ""
        for key in named:
            provider = provider or facts.get(id(entry.get(key)), "")
        lists = [value for key in listed if type(value := entry.get(key)) is list]
        if pictured:
            lists.append([entry.get(key) for key in pictured])
        sized = [sizes[id(item)] for items in lists for item in items if id(item) in sizes]
        yield _row(
            page,
            title if type(title) is str else "",
            timestamp if type(timestamp) is str else "",
            provider,
            ",".join(sized),
        )


def _row(page: str, title: str, timestamp: str, provider: str, images: str) -> str:
    title, timestamp = title[:_LONGEST_TITLE], timestamp[:_LONGEST_TIMESTAMP]
    row = f"{page}{_BETWEEN}{title}{_BETWEEN}{timestamp}{_BETWEEN}{provider}{_BETWEEN}{images}"
    if row.count(_BETWEEN) == 4:
        return row
    parts = (page, title, timestamp, provider, images)
    return _BETWEEN.join(part.replace(_BETWEEN, "") for part in parts)


def _provider_fact(name: object, domain: object) -> str:
    """The fact, without a domain where that is none."""
    if type(name) is not str:
        return ""
    fact = fact_of(name, domain) if type(domain) is str else ""
    return fact or (f" {name[:_LONGEST_TITLE]}" if name else "")


def _sized(url: object, width: object, height: object) -> str:
    """An image in a row; nothing if there is none, or its size is not plausible."""
    if not (type(url) is str and type(width) is int and type(height) is int):
        return ""
    if not (0 < width <= _LARGEST_SIDE and 0 < height <= _LARGEST_SIDE):
        return ""
    return f"{crc32(url.encode('utf-8', 'replace'))} {width}x{height}"


def page_entries(document: Document, identify: Identify) -> list[tuple[str, Entity]]:
    """All entries that lead to a page, and that page, in document order."""
    found: list[tuple[str, Entity]] = []
    for entry in document.entities("entry"):
        urls = (url.value for url in _texts(entry, *_URL_ROLES))
        page = next(filter(None, map(identify, urls)), None)
        if page is not None:
            found.append((page, entry))
    return found


def description(page: str, entry: Entity) -> Description:
    """What an entry says of the page it leads to."""
    title = next(iter(_texts(entry, "title")), None)
    timestamp = next(iter(_texts(entry, "published-at")), None)
    name = next(
        (
            name
            for owner in (*entry.all("provider"), entry)
            for name in _texts(owner, "provider-name")
        ),
        None,
    )
    images = list(_sized_images(entry))
    row = _row(
        page,
        title.value if title is not None else "",
        timestamp.value if timestamp is not None else "",
        _named(name) if name is not None else "",
        ",".join(text for text, _ in images),
    )
    routes = [
        *((entity.route,) if entity is not None else () for entity in (title, timestamp, name)),
        *(routes for _, routes in images),
    ]
    claims = [
        Claim(field, value, where)
        for (field, value), where in zip(claims_of(row), routes, strict=True)
        if value
    ]
    return Description(row, claims)


def _texts(entity: Entity, *roles: str) -> list[Entity]:
    return [child for role in roles for child in entity.all(role) if type(child.value) is str]


def _named(name: Entity) -> str:
    domain = name.parent.text("provider-domain") if name.parent is not None else None
    return _provider_fact(name.value, domain)


def _sized_images(entry: Entity) -> Iterator[tuple[str, tuple[Route, Route]]]:
    for image in entry.all("image"):
        url, width, height = (image.first(role) for role in ("image-url", "width", "height"))
        if url is not None and width is not None and height is not None:
            text = _sized(url.value, width.value, height.value)
            if text:
                yield text, (width.route, height.route)
