"""Which roles the keys of a mapping may play, by their names and what was seen in them.

A guess is only made where the rules that follow a role can live with all values seen: no
``published-at`` for dates without a time, no ``url`` for paths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from seedlint.infer import Seen


class Guess(NamedTuple):
    """A role with the reason for it.

    ``inside`` says what to look for in the mapping, or in the mappings of the list: the name
    of a group in ``_GROUPS``; ``item`` is the role of a list's items.
    """

    role: str
    why: str
    inside: str = ""
    item: str = ""


def guesses(seen: Seen, group: str = "entry") -> dict[str, Guess]:
    """The keys of a mapping that seem to play a role, each role once."""
    found: dict[str, Guess] = {}
    names: dict[str, list[str]] = {}
    for key in seen.keys:
        names.setdefault(_plain(key), []).append(key)
    for wanted, shapes in _GROUPS[group]:
        guess = next(_matching(seen, names, wanted, shapes, found), None)
        if guess is not None:
            found[guess[0]] = guess[1]
    return found


def is_entry(found: dict[str, Guess]) -> bool:
    """Whether a mapping with these roles is an entry: something with a title or an address."""
    return any(guess.role in ("title", "url") for guess in found.values())


def looks_dated(key: str, seen: Seen) -> bool:
    """Whether this would be a publishing time, had all of them a time and an offset."""
    return _plain(key) in _TIMES and seen.is_text("dated") and not seen.is_text("timestamp")


def names_address(key: str) -> bool:
    """Whether a key is called as addresses are."""
    name = _plain(key)
    return name in (*_PAGES, *_PICTURES, *_LINKS) or name.endswith(("url", "uri", "href"))


def names_a_code(key: str) -> bool:
    """Whether a key is called as those are whose `no` is Norwegian, or Norway."""
    name = _plain(key)
    return name == "code" or name.removesuffix("code") in _CODES


def _matching(
    seen: Seen,
    names: dict[str, list[str]],
    wanted: tuple[str, ...],
    shapes: tuple[Callable[[Seen], Guess | None], ...],
    taken: dict[str, Guess],
) -> Iterator[tuple[str, Guess]]:
    for name in wanted:
        for key in names.get(name, ()):
            if key not in taken:
                for shape in shapes:
                    guess = shape(seen.keys[key])
                    if guess is not None:
                        yield key, guess


def _plain(key: str) -> str:
    return "".join(filter(str.isalnum, key.casefold()))


def _text(
    role: str, trait: str | None = None, what: str = "texts"
) -> Callable[[Seen], Guess | None]:
    def shape(seen: Seen) -> Guess | None:
        return Guess(role, f"its values are {what}") if seen.is_text(trait) else None

    return shape


def _texts(role: str, item: str) -> Callable[[Seen], Guess | None]:
    def shape(seen: Seen) -> Guess | None:
        if seen.is_only("array") and seen.items is not None and seen.items.is_text():
            return Guess(role, "its values are lists of texts", item=item)
        return None

    return shape


def _either(role: str) -> Callable[[Seen], Guess | None]:
    """Texts in some documents, lists of them in others."""

    def shape(seen: Seen) -> Guess | None:
        items = seen.items
        if seen.says_yes or not seen.is_only("string", "array"):
            return None
        if items is None or not items.is_text():
            return None
        return Guess(role, "its values are texts, or lists of them", item=role)

    return shape


def _mapping(role: str, group: str, needed: str, what: str) -> Callable[[Seen], Guess | None]:
    """A mapping in which some key plays the role ``needed``."""

    def shape(seen: Seen) -> Guess | None:
        return Guess(role, f"its values are mappings with {what}", group) if has(seen) else None

    def has(seen: Seen) -> bool:
        roles = [guess.role for guess in guesses(seen, group).values()]
        return seen.is_only("object") and needed in roles

    return shape


def _mappings(
    role: str, item: str, group: str, needed: tuple[str, ...], what: str
) -> Callable[[Seen], Guess | None]:
    """A list of such mappings."""

    def shape(seen: Seen) -> Guess | None:
        items = seen.items
        if items is None or not seen.is_only("array") or not items.is_only("object"):
            return None
        roles = {guess.role for guess in guesses(items, group).values()}
        if roles.isdisjoint(needed):
            return None
        return Guess(role, f"its values are lists of mappings with {what}", group, item)

    return shape


def _whole(seen: Seen) -> bool:
    return seen.is_only("integer")


def _side(role: str) -> Callable[[Seen], Guess | None]:
    return lambda seen: Guess(role, "its values are whole numbers") if _whole(seen) else None


_TIMES = (
    *("date", "pubdate", "publishdate", "publisheddate", "datepublished", "published"),
    *("publishedat", "publicationdate", "created", "createdat"),
)
_PAGES = ("canonical", "canonicalurl", "permalink", "url")
_PICTURES = (
    *("image", "cover", "coverimage", "heroimage", "hero", "thumbnail", "featuredimage"),
    *("featureimage", "banner", "ogimage", "socialimage", "picture", "photo"),
)
_LINKS = ("link", "href", "externallink", "externalurl")
_ADDRESSES = ("url", "src", "href", "path", "file", "source")
_CODES = ("lang", "language", "locale", "country", "region")
_ABSOLUTE = "absolute URLs"
_RELATIVE = "URLs, or paths from the root of the site"

_GROUPS: dict[
    str, tuple[tuple[tuple[str, ...], tuple[Callable[[Seen], Guess | None], ...]], ...]
] = {
    "entry": (
        (("title", "headline", "heading"), (_text("title"),)),
        (
            ("excerpt", "summary", "description", "abstract", "teaser", "standfirst", "lead"),
            (_text("excerpt"),),
        ),
        (_TIMES, (_text("published-at", "timestamp", "RFC 3339 timestamps"),)),
        (_PAGES, (_text("url", "page", _ABSOLUTE),)),
        (
            _PICTURES,
            (
                _text("image-url", "reference", _RELATIVE),
                _mapping("image", "image", "image-url", "an address"),
            ),
        ),
        (
            ("images", "gallery", "pictures", "photos"),
            (_mappings("", "image", "image", ("image-url",), "an address"),),
        ),
        (("tags", "topics", "keywords", "categories"), (_texts("topics", "topic"),)),
        (
            ("author", "authors", "byline", "writer", "writers"),
            (
                _text("author-name"),
                _texts("", "author-name"),
                _either("author-name"),
                _mapping("", "author", "author-name", "a name"),
                _mappings("", "", "author", ("author-name",), "a name"),
            ),
        ),
        (
            ("provider", "publisher", "source"),
            (_mapping("provider", "provider", "provider-name", "a name"),),
        ),
        (
            ("related", "relatedposts", "relatedarticles", "seealso"),
            (_mappings("related", "entry", "related", ("title", "url"), "a title or an address"),),
        ),
        (
            ("links", "actions", "resources"),
            (_mappings("", "", "link", ("link-url",), "an address"),),
        ),
        (_LINKS, (_text("link-url", "reference", _RELATIVE),)),
    ),
    "image": (
        ((*_ADDRESSES, "image"), (_text("image-url", "reference", _RELATIVE),)),
        (("width", "w"), (_side("width"),)),
        (("height", "h"), (_side("height"),)),
        (("alt", "title", "caption", "alttext"), (_text("image-title"),)),
    ),
    "author": ((("name", "fullname"), (_text("author-name"),)),),
    "provider": (
        (("name", "title"), (_text("provider-name"),)),
        (("domain", "host"), (_text("provider-domain", "domain", "domains"),)),
    ),
    "link": (
        (_ADDRESSES, (_text("link-url", "reference", _RELATIVE),)),
        (("title", "text", "label", "name"), (_text("link-title"),)),
    ),
}
# A related entry has what an entry has, but for related ones of its own.
_GROUPS["related"] = tuple(
    part for part in _GROUPS["entry"] if part[0][0] not in ("related", "links")
)
