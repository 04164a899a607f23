"""Find, read and merge settings files.

The nearest ``seedlint.toml``, or ``pyproject.toml`` with a ``[tool.seedlint]`` table, from
the working directory upwards. ``extend`` names a file to start from: of two values the
nearer wins, tables are merged, lists replaced. Patterns are relative to the folder of the
file that was found (with ``--config``, to the working directory); paths to the folder of
the file they are written in.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from seedlint.config_error import ConfigError, is_file
from seedlint.settings import Override, RuleSettings, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from seedlint.tomlfile import TomlFile

__all__ = [
    "ConfigError",
    "Override",
    "RuleSettings",
    "Settings",
    "load_settings",
    "parse_settings",
]


def load_settings(cwd: Path, config: Path | None = None, isolated: bool = False) -> Settings:
    """The settings for a run in ``cwd``; ``isolated`` ignores any file that is not named."""
    cwd = cwd.absolute()
    if config is not None:
        from seedlint.tomlfile import read_toml

        return _settings(read_toml(cwd / config), root=cwd, on_disk=True)
    file = None if isolated else _find(cwd)
    if file is None:
        return Settings(path=None, root=cwd)
    return _settings(file, root=file.path.parent, on_disk=True)


def parse_settings(text: str, path: Path) -> Settings:
    """The settings a file of this text would give; nothing but ``extend`` needs the disk."""
    from seedlint.tomlfile import parse_toml

    root = path.absolute().parent
    return _settings(parse_toml(text, path), root=root, on_disk=False)


def _find(cwd: Path) -> TomlFile | None:
    """The nearest settings file; a pyproject without the table does not count."""
    for folder in (cwd, *cwd.parents):
        own = folder / "seedlint.toml"
        if is_file(own):
            from seedlint.tomlfile import read_toml

            return read_toml(own)
        shared = folder / "pyproject.toml"
        # The word is looked for first, so that most projects pay for no TOML parser.
        if is_file(shared) and _mentions_seedlint(shared):
            from seedlint.tomlfile import read_toml

            file = read_toml(shared)
            if file.settings is not None:
                return file
    return None


def _mentions_seedlint(path: Path) -> bool:
    try:
        return b"seedlint" in path.read_bytes()
    except OSError:
        return True  # read_toml says what is wrong with it


def _settings(file: TomlFile, root: Path, on_disk: bool) -> Settings:
    merged: dict[str, Any] = {}
    origins: dict[tuple[str, ...], TomlFile] = {}
    for layer, values in reversed(_layers(file)):
        _overlay(merged, values, layer, (), origins)
    if on_disk:
        _check_schemas(merged, origins)
    return _build(file, root, merged, origins)


def _layers(file: TomlFile) -> Sequence[tuple[TomlFile, Mapping[str, Any]]]:
    """The file and those it extends, the nearest first, each checked."""
    from seedlint.configread import read_values
    from seedlint.tomlfile import read_toml

    layers: list[tuple[TomlFile, Mapping[str, Any]]] = []
    seen: set[str] = set()
    while True:
        seen.add(os.path.realpath(file.path))
        if file.settings is None:
            raise file.error("has no [tool.seedlint] table")
        values = read_values(file.settings)
        base = values.pop("extend", None)
        values.pop("required-version", None)
        layers.append((file, values))
        if base is None:
            return layers
        route = (*file.top, "extend")
        if not is_file(base):
            raise file.error('"extend" names a file that does not exist', route)
        if os.path.realpath(base) in seen:
            raise file.error('"extend" leads back to a file that extends this one', route)
        file = read_toml(base)


def _overlay(
    merged: dict[str, Any],
    values: Mapping[str, Any],
    file: TomlFile,
    route: tuple[str, ...],
    origins: dict[tuple[str, ...], TomlFile],
) -> None:
    """Lay the values of a nearer file over those of a farther one."""
    for key, value in values.items():
        if isinstance(value, dict):
            _overlay(merged.setdefault(key, {}), value, file, (*route, key), origins)
        else:
            merged.pop(key, None)  # so that a nearer entry of [schemas] is also a later one
            merged[key] = value
            origins[(*route, key)] = file


def _check_schemas(merged: Mapping[str, Any], origins: Mapping[tuple[str, ...], TomlFile]) -> None:
    """Only the merged paths must exist: one that is overlaid harms nobody."""
    paths: dict[tuple[str, ...], Path] = {
        ("schemas", pattern): path for pattern, path in merged.get("schemas", {}).items()
    }
    if "schema" in merged:
        paths["schema",] = merged["schema"]
    for key, path in paths.items():
        if not is_file(path):
            file = origins[key]
            message = f"the schema {os.path.relpath(path, file.path.parent)} does not exist"
            raise file.error(message, (*file.top, *key))


def _build(
    file: TomlFile,
    root: Path,
    merged: Mapping[str, Any],
    origins: Mapping[tuple[str, ...], TomlFile],
) -> Settings:
    from seedlint.configread import rule_settings
    from seedlint.limits import Limits

    fields = {key.replace("-", "_"): value for key, value in merged.items()}
    limits = {key.replace("-", "_"): value for key, value in merged.get("limits", {}).items()}
    return Settings(
        path=file.path,
        root=root,
        **{
            **fields,
            "limits": Limits(**limits),
            "rules": rule_settings(merged.get("rules", {})),
            "schemas": tuple(merged.get("schemas", {}).items()),
        },
        origins={route: layer.path for route, layer in origins.items()},
    )
