"""Provider domains as people write them."""

from __future__ import annotations

import re

from seedlint.publicsuffix import registrable_domain

_SCHEME = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//")
_AFTER_HOST = re.compile(r"[/\\?#]")
_PORT = re.compile(r":[0-9]*\Z")

# Letters of any script, as in internationalised names.
_NAME = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W_](?:[\w-]{0,61}[^\W_])?\Z")


def is_domain(domain: str) -> bool:
    """Whether a text has the form of a domain: labels of letters, digits and hyphens."""
    return _NAME.match(domain) is not None


def bare_domain(domain: str) -> str:
    """A domain without scheme, port, path, ``www.``, trailing dot and upper case.

    ``www.`` stays where it is part of the name itself, as in ``www.com``.
    """
    rest = domain.strip()
    scheme = _SCHEME.match(rest)
    host = _AFTER_HOST.split(rest[scheme.end() :] if scheme else rest, maxsplit=1)[0]
    bare = _PORT.sub("", host).lower().rstrip(".")
    short = bare.removeprefix("www.")
    return short if registrable_domain(short) else bare
