"""Checking from Python, which is how the command does it, too.

See ``docs/api.md``; what is public is what :mod:`seedlint` itself exports. Nothing here
prints, ends the process or changes its state, but for the plug-ins it loads where allowed.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from seedlint.check import check_bytes, unreadable_file
from seedlint.config import load_settings
from seedlint.diagnostic import Severity
from seedlint.errors import UnknownRule
from seedlint.files import Unwalked, discover
from seedlint.means import Means
from seedlint.profile import Profiles
from seedlint.run import exit_code
from seedlint.settings import Choice, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from seedlint.check import FileResult
    from seedlint.diagnostic import Diagnostic
    from seedlint.files import Candidate

AnyPath: TypeAlias = "str | os.PathLike[str]"

TEXT_NAME = "<text>"

# Reading settings loads plug-ins, and finds out which rules there are, for the whole process.
_LOADING = Lock()


class Report(NamedTuple):
    """What a check came to.

    ``diagnostics`` are in the order everybody sees, ``results`` say what came of each file,
    ``notices`` what a person should know besides: plug-ins that were not loaded, a cache that
    cannot be used. ``fail_on`` is the mildest severity that counts as failure.
    """

    diagnostics: tuple[Diagnostic, ...]
    results: tuple[FileResult, ...]
    fail_on: Severity
    notices: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The files that were checked."""
        return tuple(result.file for result in self.results if result.is_seed)

    @property
    def skipped(self) -> tuple[str, ...]:
        """The files that were found in folders, and have no front matter."""
        return tuple(result.file for result in self.results if not result.is_seed)

    @property
    def suppressed(self) -> int:
        """How many diagnostics comments in the files have silenced.

        Where settings let ignores have no effect, how many of these would have had one.
        """
        return sum(result.suppressed for result in self.results)

    @property
    def exit_code(self) -> int:
        """What the command would exit with: 0, 1 for failure, 2 for an internal error."""
        return exit_code(self.diagnostics, self.fail_on)


def check_paths(
    paths: AnyPath | Iterable[AnyPath] = (),
    *,
    settings: Settings | AnyPath | None = None,
    isolated: bool = False,
    schema: AnyPath | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    extend_select: Iterable[str] = (),
    fail_on: Severity | str | None = None,
    allow_plugins: bool = False,
    now: datetime | None = None,
    force_exclude: bool = False,
    jobs: int | None = 1,
    cache_dir: AnyPath | None = None,
) -> Report:
    """Check files and folders; without ``paths``, what ``include`` in the settings names.

    ``settings`` is a settings file, or what :func:`seedlint.load_settings` returned; without,
    the nearest file counts, as it does for the command, unless ``isolated``. The other options
    are those of ``seedlint check``. By default everything happens in this process, and nothing
    is written: ``jobs`` allows as many processes (``None``: one a core), ``cache_dir`` names the
    folder of a cache. Finding no files is no error: ``report.files`` is empty then.

    Raises :class:`seedlint.SeedlintError`: ``ConfigError``, ``ContractError``, ``FileMissing``,
    ``UnknownRule``; and :class:`ValueError` for ``jobs`` below 1, or a ``fail_on`` that is none.
    """
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs must be at least 1, or None for one a core, not {jobs}")
    chosen, profiles = _ready(
        settings,
        now,
        isolated=isolated,
        schema=schema,
        select=select,
        ignore=ignore,
        extend_select=extend_select,
        fail_on=fail_on,
        allow_plugins=allow_plugins,
    )
    notices = plugin_notices(chosen)
    folder = None if cache_dir is None else Path(cache_dir).absolute()
    means = Means(chosen, profiles, jobs, folder, notice=notices.append)
    named = [os.fspath(path) for path in _listed(paths)]
    unwalked: list[Unwalked] = []
    requested = list(discover(named, chosen, Path.cwd(), force_exclude, unwalked))
    return report_of(results_of(means, named, requested, unwalked), chosen.fail_on, notices)


def check_text(
    text: str | bytes,
    filename: AnyPath = TEXT_NAME,
    *,
    settings: Settings | AnyPath | None = None,
    isolated: bool = False,
    schema: AnyPath | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    extend_select: Iterable[str] = (),
    fail_on: Severity | str | None = None,
    allow_plugins: bool = False,
    now: datetime | None = None,
) -> Report:
    """Check a text as if it were the named file, which need not exist.

    By its suffix the name says how the text is read: front matter, or plain YAML for ``.yaml``
    and ``.yml``; and which overrides hold. Rules that look across files have nothing to say.
    Options and exceptions are those of :func:`check_paths`.
    """
    chosen, profiles = _ready(
        settings,
        now,
        isolated=isolated,
        schema=schema,
        select=select,
        ignore=ignore,
        extend_select=extend_select,
        fail_on=fail_on,
        allow_plugins=allow_plugins,
    )
    name = os.fspath(filename)
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    result = check_bytes(raw, name, profiles.of(name), named=True)
    return report_of([result], chosen.fail_on, plugin_notices(chosen))


def _ready(
    settings: Settings | AnyPath | None, now: datetime | None, **options: Any
) -> tuple[Settings, Profiles]:
    with _LOADING:
        chosen = resolve_settings(settings, **options)
        return chosen, prepared(chosen, now)


def resolve_settings(
    given: Settings | AnyPath | None = None,
    *,
    isolated: bool = False,
    schema: AnyPath | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    extend_select: Iterable[str] = (),
    fail_on: Severity | str | None = None,
    allow_plugins: bool = False,
) -> Settings:
    """The settings, with the caller having the last word. Raises ConfigError, UnknownRule."""
    settings = given if isinstance(given, Settings) else None
    if settings is None:
        file = None if given is None or isinstance(given, Settings) else Path(given)
        settings = load_settings(Path.cwd(), file, isolated, allow_plugins)
    names = {
        "select": _listed(select),
        "ignore": _listed(ignore),
        "extend_select": _listed(extend_select),
    }
    for parameter, listed in names.items():
        _require_rules(parameter, listed)
    changes: dict[str, Any] = {}
    if schema is not None:
        changes.update(schema=Path(schema), schemas=(), in_file_schemas=())
    if any(names.values()):
        changes["choice"] = Choice(names["select"] or None, names["extend_select"], names["ignore"])
    if fail_on is not None:
        changes["fail_on"] = Severity(fail_on)
    return replace(settings, **changes) if changes else settings


def prepared(settings: Settings, now: datetime | None = None) -> Profiles:
    """The settings made concrete, all that they name loaded. Raises ConfigError, ContractError."""
    profiles = Profiles(settings, (now or datetime.now(timezone.utc)).astimezone(timezone.utc))
    profiles.load_all()
    return profiles


def results_of(
    means: Means,
    paths: Sequence[str],
    requested: Sequence[Candidate],
    unwalked: Sequence[Unwalked] = (),
    others: Sequence[Candidate] | None = None,
    *,
    remembers: bool = True,
) -> Iterator[FileResult]:
    """The results of the requested files, which were found by these paths.

    For ``others`` and ``remembers`` see :meth:`seedlint.means.Means.corpus`.
    """
    corpus = means.corpus(paths, requested, others, remembers=remembers)
    try:
        yield from corpus.results()
    finally:
        corpus.close()
    for folder in unwalked:
        yield unreadable_file(folder.path, folder.reason)


def report_of(
    results: Iterable[FileResult], fail_on: Severity, notices: Sequence[str] = ()
) -> Report:
    """The report on these results; ``notices`` may grow while they are made."""
    found = tuple(results)
    diagnostics = [diagnostic for result in found for diagnostic in result.diagnostics]
    diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key)
    return Report(tuple(diagnostics), found, fail_on, tuple(notices))


def plugin_notices(settings: Settings) -> list[str]:
    """What to say of plug-ins that were withheld, if anything."""
    if not settings.plugins:
        return []
    from seedlint.plugins import notice

    text = notice(settings)
    return [] if text is None else [text]


def _listed(given: AnyPath | Iterable[AnyPath]) -> tuple[Any, ...]:
    """Several of something; a single one need not be in a list."""
    return (given,) if isinstance(given, (str, os.PathLike)) else tuple(given)


def _require_rules(parameter: str, names: Sequence[str]) -> None:
    """Refuse names that are no rules, or cannot be ignored. Raises UnknownRule."""
    for name in names:
        from seedlint.configrules import ignore_problem, selector_problem

        problem = selector_problem(name) or (ignore_problem(name) if parameter == "ignore" else "")
        if problem:
            raise UnknownRule(parameter, problem)
