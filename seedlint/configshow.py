"""The settings in force, as TOML that gives the same settings again."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from seedlint.paths import shown
from seedlint.settings import Choice, Override, RuleSettings, Settings
from seedlint.visible import visible, visible_as

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TABLES = ("limits", "schemas", "rules", "overrides")
_HIDDEN = ("path", "root", "choice", "origins", "allow_plugins", "inline_ignores", "is_foreign")


def show_settings(settings: Settings) -> str:
    """The effective settings as TOML, each with a comment that names where it came from."""
    return "\n".join(_lines(settings)) + "\n"


def _lines(settings: Settings) -> Iterator[str]:
    yield f"# patterns are relative to {_text(settings.root.as_posix())}"
    for field in fields(Choice):
        chosen = getattr(settings.choice, field.name)
        if chosen:
            option = _hyphenated(field.name)
            yield f"# the command line has the last word: --{option} {','.join(chosen)}"
    if settings.plugins and not settings.allow_plugins:
        yield "# plug-ins are not loaded, as nobody has allowed them"
    if not settings.inline_ignores:
        yield "# ignores in files have no effect: --no-inline"
    for field in fields(Settings):
        if field.name not in (*_TABLES, *_HIDDEN):
            yield _line(settings, (), _hyphenated(field.name), getattr(settings, field.name))
    limits = settings.limits
    numbers = {_hyphenated(each.name): getattr(limits, each.name) for each in fields(limits)}
    yield from _table(settings, ("limits",), numbers)
    if settings.schemas:
        yield from _table(settings, ("schemas",), dict(settings.schemas))
    for name, rule in settings.rules.items():
        yield from _table(settings, ("rules", name), _rule(rule))
    for override in settings.overrides:
        yield from _override(settings, override)


def _table(
    settings: Settings, header: tuple[str, ...], values: Mapping[str, object]
) -> Iterator[str]:
    yield ""
    yield f"[{'.'.join(_key(step) for step in header)}]"
    for key, value in values.items():
        yield _line(settings, header, key, value)


def _line(settings: Settings, table: tuple[str, ...], name: str, value: object) -> str:
    origin = settings.origins.get((*table, name))
    comment = "default" if origin is None else shown(origin)
    if value is None:
        return f"# {name} is not set"
    return f"{_key(name)} = {_value(value)}  # {_comment(comment)}"


def _rule(rule: RuleSettings) -> Mapping[str, object]:
    severity = {} if rule.severity is None else {"severity": rule.severity}
    return {**severity, **{_hyphenated(name): value for name, value in rule.options.items()}}


def _override(settings: Settings, override: Override) -> Iterator[str]:
    origin = settings.origins.get(("overrides",))
    yield ""
    yield "[[overrides]]" + ("" if origin is None else f"  # {_comment(shown(origin))}")
    for field in fields(Override):
        value = getattr(override, field.name)
        if field.name != "rules" and value:
            yield f"{_hyphenated(field.name)} = {_value(value)}"
    for name, rule in override.rules.items():
        for key, value in _rule(rule).items():
            yield f"rules.{_key(name)}.{key} = {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_value(item) for item in value)}]"
    return _text(value.as_posix() if isinstance(value, Path) else str(value))


def _text(text: str) -> str:
    # JSON's escapes are TOML's, but for those of what lies beyond U+FFFF.
    return visible_as(json.dumps(text, ensure_ascii=False), _toml_escape)


def _toml_escape(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04X}" if number <= 0xFFFF else f"\\U{number:08X}"


def _hyphenated(name: str) -> str:
    """The key in TOML for a field of a dataclass."""
    return name.replace("_", "-")


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else _text(key)


def _comment(text: str) -> str:
    """A file name may hold a line end, a comment may not."""
    return text if visible(text) == text else _text(text)
