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
from seedlint.tomlfile import TomlFile, Value, parse_toml, read_text
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

_TABLES = "provider"
_KEYS = ("name", "domain", "other-names")

_UNUSUAL = re.compile(r"[^\n -~\x80-\U0010ffff]|\\")
_HEADER = "[[provider]]"
_STRING = r'"[^"]*"'
_ASSIGNMENT = re.compile(
    rf"(?:(name|domain) *= *({_STRING})|(other-names) *= *\[ *((?:{_STRING}(?:, *{_STRING})*)?)\])"
    r" *(?:#.*)?"
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


def read_registry(path: Path) -> Registry:
    """The registry in a file. Raises :class:`seedlint.config_error.ConfigError`."""
    return Registry(path, parse_registry(read_text(path), path))


def parse_registry(text: str, path: Path) -> list[Provider]:
    """The providers of a registry with this text, checked. Raises ConfigError."""
    tables = _plain_tables(text)
    if tables is None:
        return _providers(parse_toml(text, path))
    return _providers(TomlFile(path, text, (), {_TABLES: tables} if tables else {}))


def _plain_tables(text: str) -> list[dict[str, Any]] | None:
    """The tables of a registry as most are written; ``None`` leaves it to the TOML parser.

    A hundred times as fast as that, which every run with a registry would pay for.
    """
    text = text.replace("\r\n", "\n")
    if _UNUSUAL.search(text):
        return None
    tables: list[dict[str, Any]] = []
    for line in text.split("\n"):
        line = line.strip()
        if line == _HEADER:
            tables.append({})
        elif line and not line.startswith("#"):
            found = _ASSIGNMENT.fullmatch(line)
            if found is None or not tables or (found[1] or found[3]) in tables[-1]:
                return None
            if found[1]:
                tables[-1][found[1]] = found[2][1:-1]
            else:
                tables[-1][found[3]] = found[4].split('"')[1::2]
    return tables


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
