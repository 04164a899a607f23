"""Plug-ins: rules in packages that settings name, loaded only where a person allows it.

A plug-in is an installed package, each module of which (but those that begin with ``_``)
defines one :class:`seedlint.rule.DocumentRule` or :class:`seedlint.rule.CorpusRule`, or a
single such module. As settings come with the content, which may be anybody's, they alone
never have code executed: without a person's word a plug-in is withheld, its rules known by
name and no more. Nor is a plug-in looked for in the project's own folders: only where
packages are installed.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from seedlint.wording import names, quote, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from importlib.machinery import ModuleSpec

    from seedlint.rule import Rule
    from seedlint.settings import Settings

_VARIABLE = "SEEDLINT_ALLOW_PLUGINS"
"""The environment variable that allows plug-ins, if it is 1."""

_RULE_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")

_loaded: dict[str, list[str]] = {}
_withheld: dict[str, list[str] | None] = {}


class PluginError(Exception):
    """A plug-in cannot be used."""


def load(name: str) -> None:
    """Load a plug-in, once: :func:`seedlint.rule.all_rules` has its rules then.

    Raises :class:`PluginError`.
    """
    if name in _loaded:
        return
    from seedlint.rule import add_rules

    with _told_of(name, name):
        _import(name)
    modules = _modules(name) or []
    rules: dict[str, type[Rule]] = {}
    for module in modules:
        rule = _rule(name, module)
        _require_new(name, rule, rules)
        rules[rule.name] = rule
    if not rules:
        raise PluginError(f"the plug-in {quote(name)} has no rules")
    add_rules(rules.values())
    _loaded[name] = modules


def enable(plugins: Iterable[str], allowed: bool) -> None:
    """Load the plug-ins that settings name, or withhold them. Raises :class:`PluginError`.

    Only those of the settings that were read last are remembered as withheld.
    """
    _withheld.clear()
    if allowed:
        _leave_working_directory()
    for name in plugins:
        if allowed:
            load(name)
        elif name not in _loaded:
            modules = _modules(name)
            _withheld[name] = None if modules is None else [_name(each) for each in modules]


def are_allowed() -> bool:
    """Whether the person running this allows plug-ins for all projects.

    Says so an environment variable, or the settings of the user. Raises
    :class:`seedlint.config_error.ConfigError` for the latter.
    """
    if os.environ.get(_VARIABLE) == "1":
        return True
    from seedlint.pathkind import is_file

    path = _user_settings()
    if path is None or not is_file(path):
        return False
    from seedlint.tomlfile import read_toml

    table = read_toml(path).settings
    members = () if table is None else table.members()
    return any(value.flag() for key, value in members if key == "allow-plugins")


def notice(settings: Settings) -> str | None:
    """What to tell the person running this about plug-ins that were withheld."""
    if not settings.plugins or settings.allow_plugins:
        return None
    which = names([quote(name) for name in settings.plugins], last="and")
    what = f"plug-in {which} is" if len(settings.plugins) == 1 else f"plug-ins {which} are"
    return (
        f"the {what} not loaded: code that a project's settings name runs only if you allow it, "
        f"by --allow-plugins, {_VARIABLE}=1, or allow-plugins = true in your own settings"
        f"{f' ({path})' if (path := _user_settings()) else ''}"
    )


def is_withheld(name: str, as_prefix: bool = False) -> bool:
    """Whether a plug-in that was withheld has a rule of this name, or may have.

    One that is not installed may have any. ``as_prefix``: also one that begins so.
    """
    prefix = f"{name.removesuffix('-')}-"
    return any(
        rules is None
        or any(rule == name or (as_prefix and rule.startswith(prefix)) for rule in rules)
        for rules in _withheld.values()
    )


def plugin_of(rule: str) -> str | None:
    """The plug-in a rule comes from, ``None`` for seedlint itself."""
    return next(
        (plugin for plugin, modules in _loaded.items() if rule in map(_name, modules)), None
    )


def fingerprint() -> str:
    """What findings depend on besides seedlint and the settings: the code of the plug-ins.

    Of a library that a plug-in imports nothing is said.
    """
    if not _loaded and not _withheld:
        return ""
    from hashlib import blake2b

    digest = blake2b(digest_size=16)
    for part in (*sorted(_withheld.items()), *_loaded.items(), *_traces()):
        digest.update(repr(part).encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def _traces() -> Iterator[object]:
    """What changes whenever a file of a loaded plug-in does."""
    for plugin in _loaded:
        spec = _spec(plugin)
        yield plugin
        folders = [] if spec is None else list(spec.submodule_search_locations or ())
        files = {path for folder in folders for path in _files_below(folder)}
        top = plugin.partition(".")[0]
        for module_name, module in list(sys.modules.items()):
            if module_name.partition(".")[0] == top and getattr(module, "__file__", None):
                files.add(str(module.__file__))
        for path in sorted(files):
            yield path, _trace(path)


def _files_below(folder: str) -> Iterator[str]:
    for where, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (f"{where}{os.sep}{name}" for name in files)


def _trace(path: str) -> object:
    """The content of code; of other files, which may be large, size and time."""
    try:
        if path.endswith(".py"):
            return Path(path).read_bytes()
        status = Path(path).stat()
    except OSError:
        # In an archive, say. What cannot be seen to be the same is taken to be another.
        return os.urandom(16)
    return status.st_size, status.st_mtime_ns


def _user_settings() -> Path | None:
    """The file of the user's settings; ``None`` if the system does not say where it would be."""
    # A relative path would lead into the project, whose content has no say here.
    home = os.path.expanduser("~")  # noqa: PTH111 (pathlib's raises where there is none)
    for folder in (Path(os.environ.get("XDG_CONFIG_HOME", "")), Path(home, ".config")):
        if folder.is_absolute():
            return folder / "seedlint" / "seedlint.toml"
    return None


def _leave_working_directory() -> None:
    """Have nothing imported from the working directory any more, nor in workers.

    ``python -m seedlint`` has put it before all others; where it is on the path a second
    time, somebody installed it (``pip install -e``), or names it in PYTHONPATH. The path of
    another program that uses seedlint is that program's business.
    """
    spec = getattr(sys.modules["__main__"], "__spec__", None)
    is_ours = spec is not None and spec.name == f"{__package__}.__main__"
    by_itself = not (getattr(sys.flags, "safe_path", False) or sys.flags.isolated)
    if is_ours and by_itself and sys.path and _is_working_directory(sys.path[0]):
        del sys.path[0]


def _is_working_directory(folder: str) -> bool:
    try:
        return Path(folder).samefile(".")
    except OSError:
        return False


def _modules(plugin: str) -> list[str] | None:
    """The modules of a plug-in that define its rules, found without importing anything."""
    from pkgutil import iter_modules

    spec = _spec(plugin)
    if spec is None:
        return None
    if spec.submodule_search_locations is None:
        return [plugin]
    try:
        found = list(iter_modules(spec.submodule_search_locations))
    except KeyError:
        # Without __init__.py and in another package: only once that is imported.
        return None
    return [
        f"{plugin}.{module.name}"
        for module in found
        if not module.ispkg and not module.name.startswith("_")
    ]


def _spec(name: str) -> ModuleSpec | None:
    """Where a module is. importlib's own way would import the packages around it."""
    spec: ModuleSpec | None = None
    full = ""
    for part in name.split("."):
        full = f"{full}.{part}" if full else part
        inside = None if spec is None else spec.submodule_search_locations
        if spec is not None and inside is None:
            return None
        spec = _found(full, inside)
        if spec is None:
            return None
    return spec


def _found(name: str, inside: Sequence[str] | None) -> ModuleSpec | None:
    for finder in sys.meta_path:
        try:
            spec = finder.find_spec(name, inside)
        except Exception:
            continue  # they may be anybody's
        if spec is not None:
            return spec
    return None


def _import(plugin: str) -> None:
    try:
        import_module(plugin)
    except ModuleNotFoundError as error:
        if f"{plugin}.".startswith(f"{error.name}."):
            raise PluginError(
                f"the plug-in {quote(plugin)} is not installed (folders of the project do not "
                "count)"
            ) from error
        raise


def _name(module: str) -> str:
    return module.rpartition(".")[2].replace("_", "-")


def _rule(plugin: str, module: str) -> type[Rule]:
    """The rule in a module of a plug-in."""
    from seedlint.rule import rule_in

    if not _RULE_NAME.match(_name(module)):
        raise PluginError(
            f"the plug-in {quote(plugin)}: {quote(_name(module))} ({module}) is no name of a "
            "rule, which has small letters, digits and single hyphens"
        )
    with _told_of(plugin, module):
        rule = rule_in(module)
    problem = _problem(rule)
    if problem:
        raise PluginError(f"the plug-in {quote(plugin)}: {module}.{rule.__name__} {problem}")
    return rule


@contextmanager
def _told_of(plugin: str, module: str) -> Iterator[None]:
    """Raise what importing a module raises as an error of its plug-in."""
    try:
        yield
    except PluginError:
        raise
    except (Exception, SystemExit) as error:
        raise PluginError(
            f"the plug-in {quote(plugin)} cannot be loaded: {module}: {_told(error)}"
        ) from error


def _problem(rule: type[Rule]) -> str:
    """What would go wrong later, in places that expect seedlint's own rules."""
    from seedlint.diagnostic import Severity
    from seedlint.rule import CorpusRule, DocumentRule
    from seedlint.ruledocs import options

    if not issubclass(rule, (DocumentRule, CorpusRule)) or rule.family or rule.always:
        return "must be a DocumentRule or a CorpusRule, neither a family nor always on"
    if not isinstance(getattr(rule, "severity", None), Severity):
        return "has no severity"
    try:
        rule.Options()
        options(rule)
    except Exception as error:
        return f"has options that settings cannot set: {_told(error)}"
    return ""


def _require_new(plugin: str, rule: type[Rule], others: dict[str, type[Rule]]) -> None:
    from seedlint.rule import all_rules, rule_covering

    other = others.get(rule.name) or all_rules().get(rule.name) or rule_covering(rule.name)
    if other is not None:
        raise PluginError(
            f"the plug-in {quote(plugin)}: the rule {quote(rule.name)} of {rule.__module__} "
            f"exists already, in {other.__module__}"
        )


def _told(error: BaseException) -> str:
    """An exception in one line, with where it was raised."""
    from traceback import extract_tb

    text = f"{type(error).__name__}: {shorten(str(error), 200)}"
    own = f"{Path(__file__).parent}{os.sep}"
    frames = [
        frame
        for frame in extract_tb(error.__traceback__)
        if not frame.filename.startswith(("<", own))
    ]
    if isinstance(error, SyntaxError) or not frames:
        return text
    return f"{text} ({Path(frames[-1].filename).name}:{frames[-1].lineno})"
