"""URLs by the WHATWG standard: their parts, their hosts, their query parameters.

Several rules look at each URL, so what they ask is cached: by its head (scheme and host),
which recurs from file to file, where that is enough. No cache holds on to long texts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import can_ada

from seedlint.hostnames import LONGEST_NAME
from seedlint.publicsuffix import registrable_domain

LONGEST_HEAD = len("https://") + LONGEST_NAME
_LONGEST_CACHED = 2048

# What nearly every URL is made of: a head that is valid and normal as it stands (with so few
# and so short labels that no name is too long), then these characters, which the parser
# leaves alone (but for dot segments).
PLAIN_HEAD = r"https?://(?:(?!xn--|-)[a-z0-9-]{1,40}(?<!-)\.){1,4}(?!localhost)[a-z]{2,63}"
_PLAIN_HEAD = re.compile(rf"{PLAIN_HEAD}\Z")
PLAIN_CHARACTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!$&'()*+,-./:;=?@_~"
)
# The ampersand between two parameters, which may have been escaped for HTML.
SEPARATOR = re.compile(r"(&(?:amp;)*)")
_AUTHORITY = re.compile(r"[^:]*:[/\\\s]*([^/\\?#]*)")

# The parser's work on a host of n letters grows with n³; no host has so many.
_LONGEST_AUTHORITY = 1024


class Url(NamedTuple):
    """A parsed URL in its normal form; ``port`` is empty where it is the scheme's own."""

    href: str
    scheme: str
    host: str
    port: str
    pathname: str
    search: str
    hash: str
    has_credentials: bool


def parse(url: str) -> Url | None:
    """What a browser makes of ``url``; ``None`` where it refuses. Repairs are silent."""
    return _cached_parse(url) if len(url) <= _LONGEST_CACHED else _parse(url)


def head_of(url: str) -> str:
    """The URL up to its path, if it has one and its head is no longer than heads can be.

    Of a valid URL that is its scheme and authority; of others it may be anything.
    """
    end = url.find("/", 8, LONGEST_HEAD + 1)
    return url[:end] if end > 0 else ""


@lru_cache(maxsize=4096)
def is_plain_head(head: str) -> bool:
    """Whether a head is plainly valid, and in its normal form."""
    return _PLAIN_HEAD.match(head) is not None


def owner_of(url: str) -> str | None:
    """The registrable domain of the host."""
    # As head_of: asked for every page of every file, this saves a call.
    end = url.find("/", 8, LONGEST_HEAD + 1)
    return _owner_of_head(url[:end]) if end > 0 else registrable_domain(_parsed_host(url) or "")


@lru_cache(maxsize=4096)
def _owner_of_head(head: str) -> str | None:
    host = head.partition("://")[2] if is_plain_head(head) else _parsed_host(head)
    return registrable_domain(host or "")


def _parsed_host(url: str) -> str | None:
    parsed = parse(url)
    return parsed.host or None if parsed is not None else None


def _parse(url: str) -> Url | None:
    if len(url) > _LONGEST_AUTHORITY:
        authority = _AUTHORITY.match(url)
        if authority is not None and len(authority[1]) > _LONGEST_AUTHORITY:
            return None
    try:
        parsed = can_ada.parse(url)
    except (TypeError, ValueError):
        return None
    return Url(
        parsed.href,
        parsed.protocol[:-1],
        parsed.hostname,
        parsed.port,
        parsed.pathname,
        parsed.search,
        parsed.hash,
        parsed.has_credentials(),
    )


_cached_parse = lru_cache(maxsize=256)(_parse)


def query_names(url: str) -> tuple[str, ...]:
    """The names of the query parameters, as written and in order.

    A separator that was escaped for HTML (``&amp;``) is one, too.
    """
    query = url.partition("#")[0].partition("?")[2]
    return tuple(pair.partition("=")[0] for pair in SEPARATOR.split(query)[::2] if pair)


def is_tracking(name: str, tracking_parameters: tuple[str, ...]) -> bool:
    """Whether a query parameter is one of the tracking parameters, in any case."""
    exact, prefixes = _vocabulary(tracking_parameters)
    folded = name.lower()
    return folded in exact or folded.startswith(prefixes)


def without_tracking(url: str, tracking_parameters: tuple[str, ...]) -> str:
    """``url`` without its tracking parameters, everything else as written."""
    rest, hash_mark, fragment = url.partition("#")
    page, _, query = rest.partition("?")
    parts = SEPARATOR.split(query)
    kept = [
        (separator, pair)
        for separator, pair in zip(["", *parts[1::2]], parts[::2], strict=True)
        if not is_tracking(pair.partition("=")[0], tracking_parameters)
    ]
    if not any(pair for _, pair in kept):
        return f"{page}{hash_mark}{fragment}"
    left = "".join(separator + pair for separator, pair in kept).removeprefix(kept[0][0])
    return f"{page}?{left}{hash_mark}{fragment}"


@lru_cache(maxsize=16)
def _vocabulary(names: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    folded = [name.lower() for name in names]
    return (
        frozenset(name for name in folded if not name.endswith("*")),
        tuple(name[:-1] for name in folded if name.endswith("*")),
    )
