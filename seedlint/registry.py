"""The registry: a TOML file that says what each provider is called.

It holds a table for each of them::

    [[provider]]
    name = "The Sample"
    domain = "sample.example"
    other-names = ["Sample"]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from seedlint.domains import bare_domain
from seedlint.providers import domain_key, folded
from seedlint.tomlfile import Value, parse_toml, read_text
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from seedlint.tomlfile import TomlFile

# Of some hundred thousand providers.
LARGEST = 1 << 24
_TABLES = "provider"
_KEYS = ("name", "domain", "other-names")

# How nearly all registries look, as that is how they are written for people to edit.
_UNUSUAL = re.compile(r"[^\n -~\x80-\U0010ffff]|\\")
_END = r" *(?:#.*)?\n"
_NAMES = r'"[^"\n]+"(?:, "[^"\n]+")*'
_BARE = r"(?!www\.)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}[a-z]{2,20}"
_GAP = re.compile(rf"(?:{_END})*")
_TABLE = re.compile(
    rf'\[\[provider\]\]{_END}name = "([^"\n]+)"{_END}domain = "({_BARE})"{_END}'
    rf"(?:other-names = \[({_NAMES})\]{_END})?{_GAP.pattern}"
)


class Provider(NamedTuple):
    """What the registry says of a provider. The domain is bare and in ASCII."""

    name: str
    domain: str
    other_names: tuple[str, ...] = ()


class Registry:
    """The providers of a registry, by domain and by name; ``path`` is its file."""

    __slots__ = ("_by_domain", "_by_name", "path")

    def __init__(self, path: Path, providers: Iterable[Provider]) -> None:
        self.path = path
        self._by_domain = {provider.domain: provider for provider in providers}
        self._by_name: dict[str, dict[str, None]] = {}
        for provider in self._by_domain.values():
            for name in (provider.name, *provider.other_names):
                self._by_name.setdefault(folded(name), {})[provider.domain] = None

    @property
    def providers(self) -> Collection[Provider]:
        """All providers, in the order of the file."""
        return self._by_domain.values()

    def at(self, domain: str) -> Provider | None:
        """The provider of a domain, which must be bare and in ASCII."""
        return self._by_domain.get(domain)

    def domains_of(self, name: str) -> Collection[str]:
        """The domains listed with a name, in any case: their own, or another name of theirs."""
        return self._by_name.get(folded(name), {}).keys()

    def name_at(self, domain: str, name: str) -> str:
        """A name as it is listed for one of its domains."""
        provider = self._by_domain[domain]
        listed = (provider.name, *provider.other_names)
        return next(each for each in listed if folded(each) == folded(name))


def read_registry(path: Path) -> Registry:
    """The registry in a file. Raises :class:`seedlint.config_error.ConfigError`."""
    return Registry(path, parse_registry(read_text(path, LARGEST), path))


def parse_registry(text: str, path: Path) -> list[Provider]:
    """The providers of a registry with this text, checked. Raises ConfigError."""
    plain = _plain_providers(text)
    return _providers(parse_toml(text, path)) if plain is None else plain


def _plain_providers(text: str) -> list[Provider] | None:
    """The providers of a registry in its usual form; ``None`` leaves it to the TOML parser.

    That and the checks take ten times as long, which every run with a registry would pay for.
    """
    if not text.endswith("\n") or _UNUSUAL.search(text):
        return None
    gap = _GAP.match(text)
    at = gap.end() if gap is not None else 0
    found: dict[str, Provider] = {}
    while at < len(text):
        table = _TABLE.match(text, at)
        if table is None or table[2] in found:
            return None
        other_names = tuple(table[3].split('"')[1::2]) if table[3] else ()
        if not all(map(str.strip, (table[1], *other_names))):
            return None
        found[table[2]] = Provider(table[1], table[2], other_names)
        at = table.end()
    return list(found.values())


def _providers(file: TomlFile) -> list[Provider]:
    found: dict[str, Provider] = {}
    for key, tables in Value(file, (), file.data).members():
        if key != _TABLES:
            raise tables.unknown("key", key, [_TABLES])
        for table in tables.items("[[provider]] tables"):
            provider = _provider(table)
            if provider.domain in found:
                other = found[provider.domain].name
                message = f"{quote(provider.domain)} is listed already, as {quote(other)}"
                raise Value(file, (*table.route, "domain"), None).error(message)
            found[provider.domain] = provider
    return list(found.values())


def _provider(table: Value) -> Provider:
    values: dict[str, Any] = {}
    for key, value in table.members():
        if key not in _KEYS:
            raise value.unknown("key", key, _KEYS)
        values[key] = _READERS[key](value)
    for key in ("name", "domain"):
        if key not in values:
            raise table.error(f"a provider needs a {quote(key)}")
    return Provider(values["name"], values["domain"], values.get("other-names", ()))


def _domain(value: Value) -> str:
    text = value.text()
    domain = domain_key(text)
    bare = bare_domain(text)
    if not domain:
        raise value.error(f"{quote(text)} is no domain, expected one such as example.com")
    if bare != text:
        raise value.error(f"the domain {quote(text)} is not bare, write {quote(bare)}")
    return domain


_READERS = {"name": Value.text, "domain": _domain, "other-names": Value.texts}
