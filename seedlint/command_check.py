"""``seedlint check``: from options to an exit code."""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from seedlint import timing
from seedlint.api import prepared, report_of, resolve_settings, results_of
from seedlint.check import unreadable_file
from seedlint.cli import Trouble, tell_of_plugins
from seedlint.errors import SeedlintError, UnknownRule
from seedlint.files import Unwalked, is_excluded
from seedlint.means import CACHE_FOLDER, Means
from seedlint.outputs import chosen_outputs, refuse_files
from seedlint.reporting import Look, print_report
from seedlint.run import EXIT_CLEAN, EXIT_FINDINGS
from seedlint.scope import STANDARD_INPUT, Files, Scope, scope_of
from seedlint.wording import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from seedlint.check import FileResult
    from seedlint.fixrun import FixRun
    from seedlint.outputs import Output
    from seedlint.profile import Profiles
    from seedlint.settings import Settings
    from seedlint.terminal import ColorChoice


def check_command(
    paths: Sequence[str],
    output_formats: Sequence[Output],
    output_file: str | None,
    color: str,
    quiet: bool,
    verbose: bool,
    show_settings: bool,
    show_files: bool,
    force_exclude: bool,
    stdin_filename: str | None,
    exit_zero: bool,
    allow_empty: bool,
    now: str | None,
    fix: bool,
    unsafe_fixes: bool,
    fix_only: bool,
    diff: bool,
    show_fixes: bool,
    interactive: bool,
    jobs: int | None,
    cache_dir: str | None,
    no_cache: bool,
    statistics: bool,
    files_from: str | None,
    null: bool,
    since: str | None,
    staged: bool,
    new_only: bool,
    **settings_options: Any,
) -> int:
    """Run the check, fix what is to be fixed, and print the report; the exit code."""
    stopwatch = timing.start() if verbose else None
    scope = scope_of(paths, files_from, null, since, staged, new_only)
    paths = scope.paths
    outputs = chosen_outputs(output_formats, output_file)
    if diff or fix_only:
        refuse_files(outputs, "--diff" if diff else "--fix-only")
    with trouble_from_settings():
        settings = _settings(**settings_options)
        tell_of_plugins(settings)
        if show_settings:
            click.echo(settings.as_toml(), nl=False)
            return EXIT_CLEAN
        profiles = prepared(settings, _now(now))
    _calm_garbage_collector()
    look = Look(outputs, cast("ColorChoice", color), quiet, verbose, unsafe_fixes, statistics)
    wanted = (fix, unsafe_fixes, fix_only, diff, show_fixes, interactive)
    run = _fix_run(wanted, paths, settings, profiles, look) if any(wanted) else None
    folder = None if no_cache else cache_folder(settings, cache_dir)
    if settings_options["no_local_config"] and cache_dir is None:
        folder = None
    means = Means(settings, profiles, jobs, folder, shows_progress=not (quiet or interactive))
    results = _results(scope, means, run, force_exclude, stdin_filename, show_files)
    with trouble_from_settings():
        found = list(results)
    if show_files:
        return EXIT_CLEAN
    if not any(result.is_seed for result in found):
        if scope.is_narrowed:
            if not quiet:
                click.echo(f"seedlint: {escape(scope.nothing_changed())}", err=True)
        elif not allow_empty:
            raise Trouble(scope.nothing_found(settings, len(found)))
    report = report_of(found, settings.fail_on)
    with timing.phase("report"):
        print_report(report.diagnostics, found, look, run)
    if stopwatch is not None:
        for line in stopwatch.lines():
            click.echo(line, err=True)
    code = report.exit_code
    if run is not None:
        code = run.exit_code(code)
    return EXIT_CLEAN if exit_zero and code == EXIT_FINDINGS else code


def _calm_garbage_collector() -> None:
    """Nothing a file leaves behind is cyclic, so looking for cycles is mostly in vain."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@contextmanager
def trouble_from_settings() -> Iterator[None]:
    """Mistakes in settings, contracts and paths, as words for a person."""
    try:
        yield
    except SeedlintError as error:
        raise Trouble(str(error)) from error


def _settings(
    config: str | None,
    isolated: bool,
    no_local_config: bool,
    no_inline: bool,
    schema: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    fail_on: str | None,
    allow_plugins: bool,
) -> Settings:
    """The settings, with the command line having the last word."""
    if no_local_config:
        from seedlint.foreign import refuse_local

        refuse_local(config)
    try:
        settings = resolve_settings(
            config or None,
            isolated=isolated or no_local_config,
            schema=schema,
            select=select,
            ignore=ignore,
            extend_select=extend_select,
            fail_on=fail_on,
            allow_plugins=allow_plugins,
        )
        return replace(settings, inline_ignores=False) if no_inline else settings
    except UnknownRule as error:
        ctx = click.get_current_context(silent=True)
        option = f"'--{error.parameter.replace('_', '-')}'"
        raise click.BadParameter(str(error), ctx, param_hint=option) from error


def _now(given: str | None) -> datetime | None:
    if given is None:
        return None
    from seedlint.timestamps import instant

    now = instant(given)
    if now is None:
        raise click.BadParameter(f"{given!r} is not an RFC 3339 time", param_hint="--now")
    return now


def _fix_run(
    wanted: Sequence[bool],
    paths: Sequence[str],
    settings: Settings,
    profiles: Profiles,
    look: Look,
) -> FixRun | None:
    """What fixes the files; ``None`` if the options, though about fixes, ask for none."""
    from seedlint.fixmode import FixMode

    mode = FixMode(*wanted)
    mode.refuse_contradictions(STANDARD_INPUT in paths)
    if not mode.fixes:
        return None
    from seedlint.fixrun import FixRun, project_root

    interview = None
    if mode.interactive:
        from seedlint.interactive import interview_at_terminal

        interview = interview_at_terminal(look.color)
        if interview is None:
            raise Trouble("--interactive needs a terminal to ask and to be answered at")
    return FixRun(mode, profiles, project_root(settings), look.color, interview)


def cache_folder(settings: Settings, given: str | None) -> Path:
    """Where the cache is."""
    return settings.root / CACHE_FOLDER if given is None else Path(given).absolute()


def _results(
    scope: Scope,
    means: Means,
    run: FixRun | None,
    force_exclude: bool,
    stdin_filename: str | None,
    show_files: bool,
) -> Iterator[FileResult]:
    if STANDARD_INPUT in scope.paths:
        if sys.stdin is None:
            raise click.UsageError("standard input is closed")
        from seedlint.stdincheck import UNNAMED, standard_input

        name = stdin_filename or UNNAMED
        if show_files:
            sys.stdout.write(f"{escape(name)}\n")
        elif force_exclude and is_excluded(name, means.settings, Path.cwd()):
            if run is not None:
                run.pass_through()
        else:
            yield standard_input(stdin_filename, means, run)
        return
    unwalked: list[Unwalked] = []
    candidates = scope.selected(means.settings, Path.cwd(), force_exclude, unwalked)
    files = Files(list(timing.timed("discovery", candidates)))
    narrowed = None
    if scope.is_narrowed:
        from seedlint.narrowed import Narrowed

        narrowed = Narrowed(scope, means, writes=run is not None)
        files = narrowed.files(files.requested)
    if show_files:
        for candidate in files.requested:
            sys.stdout.write(f"{escape(candidate.path)}\n")
        return
    if run is not None:
        yield from run.files(means.corpus(scope.paths, *files, fixes=True))
        for folder in unwalked:
            yield run.log.remaining(unreadable_file(folder.path, folder.reason))
    elif narrowed is not None:
        yield from narrowed.results(files, unwalked)
    else:
        yield from results_of(means, scope.paths, files.requested, unwalked)
