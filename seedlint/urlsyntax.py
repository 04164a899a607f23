"""What keeps a text from being a valid URL string, by the WHATWG standard.

A parser repairs much in silence; the standard calls a URL with such repairs invalid all
the same. Beyond it, a URL here must lead to a public page: http or https, a domain with
a dot, no credentials. Two rules of the standard are left out, since no browser minds and
live hosts break them: underscores in a host, and hyphens at its third and fourth place.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from seedlint.hostnames import LONGEST_LABEL, LONGEST_NAME
from seedlint.urls import PLAIN_CHARACTERS, PLAIN_HEAD, parse
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

_PARTS = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):([/\\]*)([^/\\?#]*)")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2}).{0,2}", re.DOTALL)
_IPV4 = re.compile(r"[0-9]+(?:\.[0-9]+){3}\.?\Z")
_HOST = re.compile(r"[a-z0-9._-]+\Z")
_LARGEST_PORT = 65535
_OTHER_HEAD = re.compile(rf"\n(?!{PLAIN_HEAD}/)")
_PLAIN_BYTES = f"{PLAIN_CHARACTERS}%".encode()


def all_plain(urls: list[str], references: Sequence[str] = ()) -> bool:
    """Whether all are plainly valid. ``False`` proves nothing.

    ``references`` may be relative to the site root. Deleting characters is by far the fastest
    way to see which there are.
    """
    everything = [*urls, *references]
    text = "\n".join(["", *everything])
    rest = text.encode("utf-8", "replace").translate(None, _PLAIN_BYTES)
    if rest != b"\n" * len(everything):
        return False
    absolute = [url for url in references if url[:1] != "/" or url[:2] == "//"]
    if len(absolute) < len(references):
        text = "\n".join(["", *urls, *absolute])
    return _OTHER_HEAD.search(text) is None and ("%" not in text or not _BAD_PERCENT.search(text))


def flaw(url: str) -> str | None:
    """What is wrong with an absolute URL, to be read after "URL …"; ``None`` if nothing."""
    if all_plain([url]):
        return None
    if not url:
        return "is empty, expected an absolute http or https URL"
    parts = _PARTS.match(url)
    if parts is None:
        return _ends_flaw(url) or 'is relative, expected it to start with "https://"'
    scheme, slashes, authority = parts.groups()
    return (
        _ends_flaw(url)
        or _start_flaw(scheme, slashes, authority)
        or _authority_flaw(authority)
        or _character_flaw(url, authority)
        or _host_flaw(url, authority)
    )


def reference_flaw(url: str) -> str | None:
    """Like :func:`flaw`, where the URL may also be relative to the site root."""
    if url.startswith("/") and not url.startswith(("//", "/\\")):
        return _ends_flaw(url) or _character_flaw(url)
    return flaw(url)


def _ends_flaw(url: str) -> str | None:
    for place, char in (("starts", url[0]), ("ends", url[-1])):
        if char <= " ":
            return f"{place} with {_name(char)}, expected none"
    return None


def _start_flaw(scheme: str, slashes: str, authority: str) -> str | None:
    if scheme.lower() not in ("http", "https"):
        return f'has the scheme {quote(scheme)}, expected "https" or "http"'
    if "\\" in slashes:
        return 'has a backslash, expected "/"'
    if slashes != "//":
        return f'starts with {quote(f"{scheme}:{slashes}")}, expected "{scheme}://"'
    return None if authority else "has no host, expected a domain after the slashes"


def _authority_flaw(authority: str) -> str | None:
    if "@" in authority:
        return "has credentials before its host, expected none"
    if authority.startswith("["):
        return f"has the IP address {quote(authority)} as its host, expected a domain"
    host, _, port = authority.partition(":")
    if not host:
        return "has no host, expected a domain before the port"
    if not port:
        return None
    digits = port.lstrip("0")
    if not (port.isascii() and port.isdigit()) or len(digits) > 5 or int(port) > _LARGEST_PORT:
        return f"has the port {quote(port)}, expected a number up to {_LARGEST_PORT}"
    return None


def _character_flaw(url: str, authority: str = "") -> str | None:
    bad = _not_url_characters().search(url)
    if bad is not None:
        return f"has {_name(bad[0])}, expected {_instead_of(bad, url)}"
    percent = _BAD_PERCENT.search(url)
    if percent is not None:
        return f'has {quote(percent[0])}, expected two hexadecimal digits after "%"'
    if "%" in authority:
        return "has percent-encoding in its host, expected the domain itself"
    if url.count("#") > 1:
        return 'has a second "#", expected "%23"'
    return None


def _host_flaw(url: str, authority: str) -> str | None:
    written = authority.partition(":")[0]
    parsed = parse(url)
    if parsed is None or not _HOST.match(parsed.host):
        return f"has the host {quote(written)}, expected a valid domain"
    host = parsed.host.removesuffix(".")
    labels = host.split(".")
    if _IPV4.match(host):
        return f"has the IP address {quote(written)} as its host, expected a domain"
    if labels[-1] == "localhost":
        return f"has the local host {quote(written)}, expected a public domain"
    if len(labels) == 1:
        return f"has the host {quote(written)}, expected a domain with a dot"
    if "" in labels:
        return f"has an empty label in its host {quote(written)}, expected a valid domain"
    if any(label.startswith("-") or label.endswith("-") for label in labels):
        return (
            f"has a hyphen at the edge of a label in its host {quote(written)},"
            " expected a valid domain"
        )
    if len(host) > LONGEST_NAME or max(map(len, labels)) > LONGEST_LABEL:
        return (
            f"has too long a host, expected at most {LONGEST_LABEL} characters between dots "
            f"and {LONGEST_NAME} in all"
        )
    return None


def _name(char: str) -> str:
    if char == " ":
        return "a space"
    if char == "\t":
        return "a tab"
    if char in "\r\n":
        return "a line break"
    if char == "\\":
        return "a backslash"
    if char.isprintable():
        return f"the character {quote(char)}"
    return f"the character U+{ord(char):04X}"


def _instead_of(bad: re.Match[str], url: str) -> str:
    char = bad[0]
    if char < " ":
        return "none"
    if char == "\\" and not {"?", "#"} & set(url[: bad.start()]):
        return '"/"'
    return f'"{"".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))}"'


@cache
def _not_url_characters() -> re.Pattern[str]:
    """Anything but URL code points, ``%`` and ``#``; compiled for the first doubtful URL."""
    planes = "".join(f"{chr(p << 16)}-{chr((p << 16) + 0xFFFD)}" for p in range(1, 17))
    return re.compile(rf"[^!#$%&-;=?-Z_a-z~\u00A0-\uD7FF\uE000-\uFDCF\uFDF0-\uFFFD{planes}]")
