"""Providers as the corpus knows them: domains, and the names they go by.

A *fact* says that some domain goes by some name. It is one text, the bare domain and the name
with a space between, which is small in the index and quick to count.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from seedlint.domains import bare_domain, is_domain
from seedlint.hostnames import LONGEST_NAME, ascii_host, unicode_host
from seedlint.publicsuffix import registrable_domain

if TYPE_CHECKING:
    from seedlint.diagnostic import Route
    from seedlint.document import Document

    Places = dict[str, list[tuple[Route, Route]]]

# What is longer is no name and no domain; facts stay small whatever a file holds.
_LONGEST_TEXT = 300


def provider_facts(document: Document) -> list[str]:
    """The facts of a document, each once; to be asked for by ``document.memo(provider_facts)``."""
    facts: list[str] = []
    for table in document.tables.of("provider-name"):
        if len(table.keys["provider-name"]) > 1 or len(table.keys.get("provider-domain", ())) != 1:
            return list(document.memo(provider_places))
        facts += [
            fact_of(name, domain)
            for name, domain in table.columns("provider-name", "provider-domain")
            if type(name) is str and type(domain) is str
        ]
    return list(dict.fromkeys(filter(None, facts)))


def provider_places(document: Document) -> Places:
    """The facts of a document, and where it states them: the routes of name and domain.

    To be asked for by ``document.memo(provider_places)``.
    """
    places: Places = {}
    for name, text in document.texts("provider-name"):
        domain = name.parent.first("provider-domain") if name.parent is not None else None
        if domain is not None and type(domain.value) is str:
            fact = fact_of(text, domain.value)
            if fact:
                places.setdefault(fact, []).append((name.route, domain.route))
    return places


def fact_of(name: str, domain: str) -> str:
    """The fact that a domain, as written, goes by a name; empty if either is none."""
    is_short = len(name) <= _LONGEST_TEXT and len(domain) <= _LONGEST_TEXT
    return _fact_of(name, domain) if is_short else ""


@lru_cache(maxsize=4096)
def _fact_of(name: str, domain: str) -> str:
    key = domain_key(domain)
    return f"{key} {name}" if key and name.strip() else ""


def split_fact(fact: str) -> tuple[str, str]:
    """The domain and the name of a fact."""
    domain, _, name = fact.partition(" ")
    return domain, name


def domain_key(domain: str) -> str:
    """What all spellings of a domain have in common: bare, in ASCII; empty if it is none."""
    if len(domain) > _LONGEST_TEXT:
        return ""
    bare = bare_domain(domain)
    return ascii_host(bare) if len(bare) <= LONGEST_NAME and is_domain(bare) else ""


def is_placeholder(name: str, domain: str) -> bool:
    """Whether a name in lower case only repeats the domain of a fact."""
    return name.islower() and name in placeholders(unicode_host(domain))


def placeholders(domain: str) -> set[str]:
    """The names that stand in for an unknown one."""
    bare = bare_domain(domain)
    owner = registrable_domain(bare) or bare
    return {domain.lower(), bare, f"www.{bare}", owner, owner.partition(".")[0]}


def folded(name: str) -> str:
    """What names have in common that differ only in case, white space and how accents are coded."""
    if not name.isascii():
        from unicodedata import normalize

        name = normalize("NFC", normalize("NFC", name).casefold())
    return " ".join(name.casefold().split())
