"""Adding providers to a registry: new tables at its end, and not a byte of the rest changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from seedlint.config_error import ConfigError
from seedlint.frontmatter import mark_of
from seedlint.registry import LARGEST, parse_registry
from seedlint.tomlfile import read_text
from seedlint.writing import create_file, replace_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.registry import Provider

_INTRODUCTION = """\
# What each provider is called: seedlint takes these names for right. Edit them as you like;
# `seedlint providers --write` adds providers that are missing, and changes nothing else.
"""


def add_providers(path: Path, added: Sequence[Provider]) -> None:
    """Add providers to the registry in a file, none of which it has.

    Makes the file if there is none. Raises ConfigError.
    """
    if added:
        text = read_text(path, LARGEST) if path.exists() else _INTRODUCTION
        _save(path, extended(text, added, path))


def extended(text: str, added: Sequence[Provider], path: Path) -> str:
    """The text of a registry with more providers at its end. Raises ConfigError."""
    newline = "\r\n" if "\r\n" in text else "\n"
    end = "" if not text or text.endswith("\n") else newline
    tables = "".join(f"\n{_table(provider)}" for provider in added).replace("\n", newline)
    result = f"{text}{end}{tables if text else tables.lstrip()}"
    try:
        is_right = parse_registry(result, path) == [*parse_registry(text, path), *added]
    except ConfigError:
        # A list in brackets is complete: TOML allows no further tables for it.
        is_right = False
    if not is_right:
        message = "providers cannot be added, write those it has as [[provider]] tables"
        raise ConfigError(path, None, message)
    return result


def _table(provider: Provider) -> str:
    lines = [
        "[[provider]]",
        f"name = {_string(provider.name)}",
        f"domain = {_string(provider.domain)}",
    ]
    if provider.other_names:
        lines.append(f"other-names = [{', '.join(map(_string, provider.other_names))}]")
    return "\n".join(lines) + "\n"


def _string(text: str) -> str:
    """A TOML string in which everything can be seen."""
    return f'"{"".join(map(_character, text))}"'


def _character(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def _save(path: Path, text: str) -> None:
    """Write the file whole or not at all; where it is a link, what the link leads to."""
    real = Path(os.path.realpath(path))
    try:
        if not real.exists():
            create_file(real, text.encode())
            return
        before = real.read_bytes()
        # Wherever the settings' link leads is where the registry is.
        replace_file(str(real), before, mark_of(before) + text.encode(), real.parent)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(path, None, reason) from error
