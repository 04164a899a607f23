"""The identity of the page a URL leads to.

Two URLs with one page key lead to the same page. The key drops what varies between
references to a page: the scheme, ``www.``, the scheme's own port, trailing slashes, the
fragment (but for ``#/…`` and ``#!/…``, by which programs tell pages apart), tracking
parameters, the order of the others, an ampersand between them that is escaped as in HTML,
and the forms AMP adds:

* a host ``amp.``, a path segment ``amp`` (at any place), a file name in ``.amp.html``;
* the parameters ``amp`` (empty or 1), ``outputType=amp`` and ``version=amp``;
* addresses in the AMP cache and Google's AMP viewer, which contain the AMP URL.

It keeps what may tell pages apart: other hosts (``m.``), ports, the case of the path, all
other parameters. A site that gives its AMP pages different names is not seen through.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from seedlint.publicsuffix import registrable_domain
from seedlint.urls import (
    LONGEST_HEAD,
    PLAIN_CHARACTERS,
    SEPARATOR,
    is_plain_head,
    is_tracking,
    parse,
)

if TYPE_CHECKING:
    from seedlint.urls import Url

_AMP_CACHE = "cdn.ampproject.org"
_CACHED_PATH = re.compile(r"/[cv]/(s/)?([^/].*)\Z")
_VIEWER_PATH = re.compile(r"/amp/(s/)?([^/]+\..*)\Z")
_AMP_PARAMETERS = frozenset(("amp", "amp=", "amp=1", "outputtype=amp", "version=amp"))
_VIEWER_PARAMETERS = ("amp_js_v=", "amp_gsa=", "usqp=")

_PLAIN_PATH = re.compile(rf"[{re.escape(PLAIN_CHARACTERS.replace('?', ''))}]*\Z")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def page_key(url: str, tracking_parameters: tuple[str, ...]) -> str | None:
    """The page's identity, as ``host/path?query``; ``None`` where the URL does not parse."""
    return plain_key(url) or _careful_key(url, tracking_parameters)


def plain_key(url: str) -> str | None:
    """The key of a plain URL, which is valid too; ``None`` says nothing."""
    # As head_of: asked for every page of every file, this saves a call.
    end = url.find("/", 8, LONGEST_HEAD + 1)
    if end > 0 and not ("/amp" in url or ".amp" in url or "/." in url):
        site = _plain_site(url[:end])
        if site and _PLAIN_PATH.match(url, end):
            return site + url[end:].rstrip("/")
    return None


@lru_cache(maxsize=4096)
def _plain_site(head: str) -> str:
    """The site of a plain head; empty for any other head."""
    return _site(head.partition("://")[2]) if is_plain_head(head) else ""


def _careful_key(url: str, tracking_parameters: tuple[str, ...]) -> str | None:
    parsed = _publishers(parse(url))
    if parsed is None or parsed.scheme not in ("http", "https") or not parsed.host:
        return None
    port = f":{parsed.port}" if parsed.port else ""
    query = _query(parsed.search, tracking_parameters)
    path = f"{_site(parsed.host)}{port}{_path(parsed.pathname)}"
    return f"{path}{'?' if query else ''}{query}{_place(parsed.hash)}"


def _publishers(url: Url | None) -> Url | None:
    """The URL at the publisher that an AMP cache or viewer URL stands for."""
    # A viewer URL may contain a cache URL; what nests deeper is nobody's page.
    for _ in range(2):
        inner = _contained(url) if url is not None else None
        url = parse(inner) or url if inner is not None else url
    return url


def _contained(url: Url) -> str | None:
    if url.host == _AMP_CACHE or url.host.endswith(f".{_AMP_CACHE}"):
        found = _CACHED_PATH.match(url.pathname)
    elif url.pathname.startswith("/amp/") and _is_google(url.host):
        found = _VIEWER_PATH.match(url.pathname)
    else:
        return None
    return f"http{'s' if found[1] else ''}://{found[2]}{url.search}" if found else None


def _is_google(host: str) -> bool:
    return host.startswith(("google.", "www.google.")) and (
        registrable_domain(host) == host.removeprefix("www.")
    )


@lru_cache(maxsize=4096)
def _site(host: str) -> str:
    """``host`` without ``www.`` and ``amp.``, where these are no registered names."""
    host = host.removesuffix(".")
    head, _, rest = host.partition(".")
    while head in ("www", "amp") and registrable_domain(rest) is not None:
        host = rest
        head, _, rest = host.partition(".")
    return host


def _path(pathname: str) -> str:
    path = _normal_escapes(pathname)
    if "amp" in path:
        path = "/".join(segment for segment in path.split("/") if segment != "amp")
        if path.endswith(".amp.html"):
            path = f"{path.removesuffix('.amp.html')}.html"
    return path.rstrip("/")


def _place(fragment: str) -> str:
    """The fragment, where it tells a program which page to show, not a browser which part."""
    place = _normal_escapes(fragment).rstrip("/")
    return place if place.startswith(("#!/", "#/")) else ""


def _query(search: str, tracking_parameters: tuple[str, ...]) -> str:
    pairs = filter(None, SEPARATOR.split(_normal_escapes(search[1:]))[::2])
    return "&".join(sorted(pair for pair in pairs if _matters(pair, tracking_parameters)))


def _matters(pair: str, tracking_parameters: tuple[str, ...]) -> bool:
    return not (
        pair.lower() in _AMP_PARAMETERS
        or pair.startswith(_VIEWER_PARAMETERS)
        or is_tracking(pair.partition("=")[0], tracking_parameters)
    )


def _normal_escapes(text: str) -> str:
    """Unreserved characters as themselves, other escapes in upper case (RFC 3986, 6.2.2)."""
    return _ESCAPE.sub(_normal_escape, text) if "%" in text else text


def _normal_escape(match: re.Match[str]) -> str:
    char = chr(int(match[0][1:], 16))
    return char if char in _UNRESERVED else match[0].upper()
