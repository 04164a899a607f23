"""One settings file, checked key by key: :mod:`seedlint.config` merges what comes out."""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seedlint import __version__
from seedlint.configrules import read_rules, read_selectors, refuse_corpus_options
from seedlint.globs import Glob, too_many
from seedlint.limits import DEEPEST, LEAST_DIGITS, MOST_DIGITS
from seedlint.settings import Override, RuleSettings
from seedlint.versions import satisfies
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from seedlint.tomlfile import Value

_PARAMETER = re.compile(r"[^*]+\*?\Z")
_PACKAGE = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\Z", re.ASCII)
_POINTER = re.compile(r"(?:/(?:[^~/]|~[01])*)*\Z")


def read_first(settings: Value) -> dict[str, Any]:
    """What must be known of a file before the rest of it, or of the file it extends, is read.

    ``required-version`` is held against this version here: a file for another one may hold
    anything. The rules of ``plugins`` may be named anywhere.
    """
    members = dict(settings.members())
    if "allow-plugins" in members:
        raise members["allow-plugins"].error(
            '"allow-plugins" is for your own settings: those of a project cannot have code run'
        )
    return {key: KEYS[key](members[key]) for key in _FIRST if key in members}


def read_values(settings: Value) -> dict[str, Any]:
    """The settings of one file by their TOML keys: tables as dicts, the rest ready to use.

    Those that are about the file itself are only checked.
    """
    values = _read(settings, KEYS)
    return {key: value for key, value in values.items() if key not in _ABOUT_THE_FILE}


def rule_settings(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, RuleSettings]:
    """The ``[rules.<name>]`` tables, option names turned into those of the dataclass."""
    return {
        name: RuleSettings(
            table.get("severity"),
            {key.replace("-", "_"): value for key, value in table.items() if key != "severity"},
        )
        for name, table in tables.items()
    }


def _read(table: Value, readers: Mapping[str, Callable[[Value], Any]]) -> dict[str, Any]:
    values = {}
    for key, value in table.members():
        if key not in readers:
            if value.route == ("tool",):
                raise value.error(
                    'unknown key "tool": [tool.seedlint] is for pyproject.toml, here settings '
                    "stand at the top"
                )
            raise value.unknown("key", key, readers)
        values[key] = readers[key](value)
    return values


def _required_version(value: Value) -> str:
    specifier = value.text()
    try:
        holds = satisfies(__version__, specifier)
    except ValueError as error:
        raise value.error(
            f'"required-version" must be comparisons such as ">=0.1,<2", not {quote(str(error))}'
        ) from error
    if not holds:
        raise value.error(f"seedlint {quote(specifier)} is required, this is {__version__}")
    return specifier


def _patterns(value: Value) -> tuple[str, ...]:
    patterns = tuple(_pattern(item, item.text()) for item in value.items("a list of patterns"))
    if problem := too_many(patterns):
        raise value.error(f"{quote(value.name)} has {problem}")
    return patterns


def _pattern(value: Value, text: str) -> str:
    if not text.strip("!/ "):
        raise value.error(f"the pattern {quote(text)} can match nothing")
    if text.startswith("#"):
        raise value.error(
            f"the pattern {quote(text)} reads as a comment, write {quote('/' + text)}"
        )
    if Glob(text).is_broken:
        raise value.error(
            f"the pattern {quote(text)} can match nothing, since it ends within brackets or "
            "after a backslash"
        )
    return text


def _include(value: Value) -> tuple[str, ...]:
    for item in value.items("a list of folders and patterns"):
        if item.text().startswith("!"):
            raise item.error(f'{quote(item.text())} cannot be included, use "exclude"')
        # Settings come with the content, and fixes write to what they include.
        if Path(os.path.normpath(item.text().lstrip("/"))).parts[:1] == ("..",):
            raise item.error(
                f"{quote(item.text())} lies outside of the project: name it on the command line "
                "instead"
            )
    return _patterns(value)


def _plugins(value: Value) -> tuple[str, ...]:
    for item in value.items("a list of packages"):
        if not _PACKAGE.match(item.text()):
            raise item.error(f"{quote(item.data)} is no name of a Python package")
    return value.texts()


def _schemas(value: Value) -> dict[str, Path]:
    return {_pattern(path, pattern): path.path() for pattern, path in value.members()}


def _paths(value: Value) -> tuple[Path, ...]:
    return tuple(item.path() for item in value.items("a list of files"))


def _parameters(value: Value) -> tuple[str, ...]:
    for item in value.items("a list of query parameter names"):
        if not _PARAMETER.match(item.text()):
            what = (
                "would be every parameter" if item.text() == "*" else "may have a * only at its end"
            )
            raise item.error(f"{quote(item.data)} {what}")
    return value.texts()


def _topics(value: Value) -> tuple[str, ...]:
    for item in value.items("a list of topics"):
        if not item.text().strip():
            raise item.error("a topic must not be empty")
    return value.texts()


def _limits(value: Value) -> dict[str, Any]:
    return _read(value, _LIMITS)


def _limit(value: Value, least: int, most: int | None = None) -> int:
    number = value.integer()
    if number < least or (most is not None and number > most):
        bounds = f"at least {least}" if most is None else f"between {least} and {most}"
        raise value.error(f"{quote(value.name)} must be {bounds}, not {number}")
    return number


def _overrides(value: Value) -> tuple[Override, ...]:
    return tuple(_override(item) for item in value.items("[[overrides]] tables"))


def _override(value: Value) -> Override:
    values = _read(value, _OVERRIDE)
    files, pointers = values.get("files"), values.get("pointers")
    if not files and not pointers:
        raise value.error('an override needs "files" or "pointers", to say where it holds')
    if pointers:
        _check_pointed(value)
    refuse_corpus_options(value)
    return Override(
        files=files or (),
        pointers=pointers or (),
        select=values.get("select"),
        ignore=values.get("ignore", ()),
        extend_select=values.get("extend-select", ()),
        rules=rule_settings(values.get("rules", {})),
    )


def _check_pointed(override: Value) -> None:
    """Refuse what cannot hold for a part of a document: a rule reads the whole of it."""
    for key, value in override.members():
        if key in ("select", "extend-select"):
            raise value.error(
                f'an override with "pointers" has no {quote(key)}, only "ignore" and severities'
            )
        if key == "rules":
            for _, rule in value.members():
                for option, given in rule.members():
                    if option != "severity":
                        raise given.error(
                            f'an override with "pointers" sets no option such as {quote(option)}, '
                            'only "ignore" and severities'
                        )


def _pointers(value: Value) -> tuple[str, ...]:
    return tuple(_pointer(item) for item in value.items("a list of JSON pointer patterns"))


def _pointer(value: Value) -> str:
    if not isinstance(value.data, str):
        raise value.expected("a string")
    if value.data and not value.data.startswith("/"):
        raise value.error(f'a JSON pointer starts with "/": write {quote("/" + value.data)}')
    if not _POINTER.match(value.data):
        raise value.error(f'in {quote(value.data)}, "~" must be written "~0" (and "~1" is "/")')
    return value.data


_LIMITS: Mapping[str, Callable[[Value], Any]] = {
    "size": partial(_limit, least=1),
    "file-size": partial(_limit, least=1),
    "depth": partial(_limit, least=1, most=DEEPEST),
    "nodes": partial(_limit, least=1),
    "aliases": partial(_limit, least=0),
    "keys": partial(_limit, least=1),
    "digits": partial(_limit, least=LEAST_DIGITS, most=MOST_DIGITS),
    "steps": partial(_limit, least=1),
}

_OVERRIDE: Mapping[str, Callable[[Value], Any]] = {
    "files": _patterns,
    "pointers": _pointers,
    "select": read_selectors,
    "ignore": read_selectors,
    "extend-select": read_selectors,
    "rules": read_rules,
}

KEYS: Mapping[str, Callable[[Value], Any]] = {
    "extend": lambda value: value.path(),
    "required-version": _required_version,
    "plugins": _plugins,
    "include": _include,
    "exclude": _patterns,
    "require-front-matter": lambda value: value.flag(),
    "skip-other-front-matter": lambda value: value.flag(),
    "schema": lambda value: value.path(),
    "schemas": _schemas,
    "in-file-schemas": _paths,
    "select": read_selectors,
    "ignore": read_selectors,
    "extend-select": read_selectors,
    "fixable": read_selectors,
    "unfixable": read_selectors,
    "extend-safe-fixes": read_selectors,
    "extend-unsafe-fixes": read_selectors,
    "fail-on": lambda value: value.severity(),
    "tracking-parameters": _parameters,
    "topics": _topics,
    "providers": lambda value: value.path(),
    "baseline": lambda value: value.path(),
    "limits": _limits,
    "rules": read_rules,
    "overrides": _overrides,
}

_ABOUT_THE_FILE = ("required-version", "extend")
_FIRST = (*_ABOUT_THE_FILE, "plugins")
