"""The AMP cache URL that an AMP URL determines.

By the AMP cache URL format specification and the ``cache-url`` package of amp-toolbox.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from seedlint.hostnames import LONGEST_LABEL, unicode_host
from seedlint.urls import head_of, is_plain_head, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.urls import Url

_CACHE = "cdn.ampproject.org"
_PATH = re.compile(r"[/?#].*", re.DOTALL)
_CACHED_PATH = re.compile(r"/c/(s/)?([^/].*)\Z")


def cache_urls(amp_url: str) -> tuple[str, ...]:
    """The cache URLs of an AMP document: one, or more where the authorities differ.

    The query is kept. ``amp_url`` is taken to be valid; empty where it does not parse.
    """
    head = head_of(amp_url)
    beginnings = _of_plain_head(head)
    if beginnings:
        path = amp_url[len(head) :]
        return tuple([beginning + path for beginning in beginnings])
    parsed = parse(amp_url)
    if parsed is None:
        return ()
    rests = _rests(amp_url, parsed)
    return tuple(
        [f"{folder}{rest}" for folder in _folders(parsed.scheme, parsed.host) for rest in rests]
    )


def cached_url(cache_url: str) -> str | None:
    """The AMP URL a cache URL of a document contains; ``None`` where it is none."""
    parsed = parse(cache_url)
    if parsed is None or not f".{parsed.host}".endswith(f".{_CACHE}"):
        return None
    found = _CACHED_PATH.match(parsed.pathname)
    if found is None:
        return None
    return f"http{'s' if found[1] else ''}://{found[2]}{parsed.search}{parsed.hash}"


@lru_cache(maxsize=4096)
def _of_plain_head(head: str) -> tuple[str, ...]:
    """What the cache URLs of an AMP URL with this head begin with; empty if it is not plain."""
    if not is_plain_head(head):
        return ()
    scheme, _, host = head.partition("://")
    return tuple(f"{folder}{host}" for folder in _folders(scheme, host))


def _folders(scheme: str, host: str) -> Iterator[str]:
    folder = "c/s" if scheme == "https" else "c"
    return (f"https://{prefix}.{_CACHE}/{folder}/" for prefix in _prefixes(host))


def _rests(amp_url: str, parsed: Url) -> tuple[str, ...]:
    """The URL after its scheme: the host as browsers write it, the rest as it stands.

    Where no path is written, also with the path a browser (and the toolbox) adds.
    """
    host = f"{parsed.host}:{parsed.port}" if parsed.port else parsed.host
    path = _PATH.search(amp_url.partition("://")[2])
    written = path[0] if path is not None else ""
    return (host + written,) if written.startswith("/") else (host + written, f"{host}/{written}")


@lru_cache(maxsize=4096)
def _prefixes(host: str) -> tuple[str, ...]:
    if len(host) > LONGEST_LABEL or "." not in host:
        return (_hashed(host),)
    name = unicode_host(host)
    if not name.isascii() and _mixes_directions(name):
        return (_hashed(host),)
    label = _ascii_label(name.replace("-", "--").replace(".", "-"))
    if len(label) > LONGEST_LABEL:
        return (_hashed(host),)
    if _is_reserved(label):
        label = f"0-{label}-0"
    # The toolbox hashes a host with hyphens at its third and fourth place, as in
    # ab--cd.com; the specification wraps the label made of it.
    return (_hashed(host), label) if _is_reserved(host) else (label,)


def _is_reserved(label: str) -> bool:
    return label[2:4] == "--" and not label.startswith("xn")


def _ascii_label(label: str) -> str:
    return label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}"


def _mixes_directions(name: str) -> bool:
    from unicodedata import bidirectional

    directions = {bidirectional(char) for char in name}
    return "L" in directions and not directions.isdisjoint({"R", "AL"})


def _hashed(host: str) -> str:
    from base64 import b32encode
    from hashlib import sha256

    return b32encode(sha256(host.encode()).digest()).decode().rstrip("=").lower()
