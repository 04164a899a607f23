"""Find, read and merge settings files.

The nearest ``seedlint.toml``, or ``pyproject.toml`` with a ``[tool.seedlint]`` table, from
the working directory upwards. ``extend`` names a file to start from: of two values the
nearer wins, tables are merged, lists replaced. Patterns are relative to the folder of the
file that was found (with ``--config``, to the working directory); paths to the folder of
the file they are written in.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from seedlint.config_error import ConfigError
from seedlint.pathkind import is_file
from seedlint.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from os import PathLike

    from seedlint.tomlfile import TomlFile, Value


class _Layer(NamedTuple):
    """A file, its table of settings, and what had to be read of it before the rest."""

    file: TomlFile
    table: Value
    first: Mapping[str, Any]


def load_settings(
    cwd: str | PathLike[str],
    config: str | PathLike[str] | None = None,
    isolated: bool = False,
    allow_plugins: bool = False,
) -> Settings:
    """The settings for a run in ``cwd``; ``isolated`` ignores any file that is not named.

    Plug-ins that the settings name are loaded if the caller or the user allows it; see
    :mod:`seedlint.plugins`.
    """
    cwd = Path(cwd).absolute()
    if config is not None:
        from seedlint.tomlfile import read_toml

        return _settings(read_toml(cwd / config), cwd, True, allow_plugins)
    file = None if isolated else _find(cwd)
    if file is None:
        return Settings(path=None, root=cwd)
    return _settings(file, file.path.parent, True, allow_plugins)


def parse_settings(text: str, path: Path) -> Settings:
    """The settings a file of this text would give; nothing but ``extend`` needs the disk.

    Loads no plug-ins.
    """
    from seedlint.tomlfile import parse_toml

    root = path.absolute().parent
    return _settings(parse_toml(text, path), root, on_disk=False, allow_plugins=False)


def _find(cwd: Path) -> TomlFile | None:
    """The nearest settings file; a pyproject without the table does not count."""
    for folder in (cwd, *cwd.parents):
        own = folder / "seedlint.toml"
        if is_file(own):
            from seedlint.tomlfile import read_toml

            return read_toml(own)
        if os.path.lexists(own):
            # To pass it by would be to check by other settings than those that are meant.
            raise ConfigError(own, None, "is no file, or a link to what is none")
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


def _settings(file: TomlFile, root: Path, on_disk: bool, allow_plugins: bool) -> Settings:
    from seedlint.configread import read_values

    layers = _layers(file)
    allowed = _enable_plugins(layers, allow_plugins, on_disk)
    read = [(layer, read_values(table)) for layer, table, _ in layers]
    merged: dict[str, Any] = {}
    origins: dict[tuple[str, ...], TomlFile] = {}
    for layer, values in reversed(read):
        _overlay(merged, values, layer, (), origins)
    if on_disk:
        _check_schemas(merged, origins)
    return _build(file, root, merged, origins, allowed)


def _enable_plugins(layers: Sequence[_Layer], allow: bool, on_disk: bool) -> bool:
    """Load the plug-ins of the nearest file that names any, or withhold them; which of both."""
    from seedlint.plugins import PluginError, are_allowed, enable

    naming = [(file, first["plugins"]) for file, _, first in layers if "plugins" in first]
    file, plugins = naming[0] if naming else (layers[0].file, ())
    allowed = bool(plugins) and (allow or (on_disk and are_allowed()))
    try:
        enable(plugins, allowed)
    except PluginError as error:
        raise file.error(str(error), (*file.top, "plugins")) from error
    return allowed


def _layers(file: TomlFile) -> Sequence[_Layer]:
    """The file and those it extends, the nearest first."""
    from seedlint.configread import read_first
    from seedlint.tomlfile import read_toml

    layers: list[_Layer] = []
    seen: set[str] = set()
    while True:
        seen.add(os.path.realpath(file.path))
        if file.settings is None:
            raise file.error("has no [tool.seedlint] table")
        first = read_first(file.settings)
        base = first.get("extend")
        layers.append(_Layer(file, file.settings, first))
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
    named: list[tuple[tuple[str, ...], Path]] = [
        (("schemas", pattern), path) for pattern, path in merged.get("schemas", {}).items()
    ]
    if "schema" in merged:
        named.append((("schema",), merged["schema"]))
    named += [(("in-file-schemas",), path) for path in merged.get("in-file-schemas", ())]
    for key, path in named:
        if not is_file(path):
            file = origins[key]
            message = f"the schema {os.path.relpath(path, file.path.parent)} does not exist"
            raise file.error(message, (*file.top, *key))


def _build(
    file: TomlFile,
    root: Path,
    merged: Mapping[str, Any],
    origins: Mapping[tuple[str, ...], TomlFile],
    allow_plugins: bool,
) -> Settings:
    from seedlint.configread import rule_settings
    from seedlint.limits import Limits

    fields = {key.replace("-", "_"): value for key, value in merged.items()}
    limits = {key.replace("-", "_"): value for key, value in merged.get("limits", {}).items()}
    return Settings(
        path=file.path,
        root=root,
        allow_plugins=allow_plugins,
        **{
            **fields,
            "limits": Limits(**limits),
            "rules": rule_settings(merged.get("rules", {})),
            "schemas": tuple(merged.get("schemas", {}).items()),
        },
        origins={route: layer.path for route, layer in origins.items()},
    )
