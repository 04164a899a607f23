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
from seedlint.baselinepath import open_baseline
from seedlint.check import unreadable_file
from seedlint.errors import SeedlintError, UnknownRule
from seedlint.files import Unwalked, is_excluded
from seedlint.means import CACHE_FOLDER, Means
from seedlint.outputs import chosen_outputs, refuse_files
from seedlint.reporting import Look, print_report
from seedlint.run import EXIT_CLEAN, EXIT_FINDINGS
from seedlint.scope import STANDARD_INPUT, Files, Scope, scope_of
from seedlint.trouble import Trouble, tell, tell_of_plugins

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from seedlint.baseline import Baseline
    from seedlint.check import FileResult
    from seedlint.fixrun import FixRun
    from seedlint.ignorerun import IgnoreRun
    from seedlint.narrowed import Narrowed
    from seedlint.outputs import Output
    from seedlint.profile import Profiles
    from seedlint.settings import Settings
    from seedlint.terminal import ColorChoice


def check_command(
    paths: Sequence[str],
    output_formats: Sequence[Output],
    output_files: Sequence[str],
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
    baseline: str | None,
    no_baseline: bool,
    fail_on_stale: bool,
    add_ignore: str | None,
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
    if stdin_filename is not None and STANDARD_INPUT not in scope.paths:
        raise click.UsageError('--stdin-filename names standard input: write "-" for that')
    paths = scope.paths
    outputs = chosen_outputs(output_formats, output_files)
    if diff or fix_only:
        refuse_files(outputs, "--diff" if diff else "--fix-only")
    is_gate = settings_options.pop("no_local_config")
    with trouble_from_settings():
        if is_gate:
            from seedlint.foreign import refuse_local

            refuse_local(settings_options["config"], baseline)
            settings_options["isolated"] = True
        settings = replace(_settings(**settings_options), is_foreign=is_gate)
        tell_of_plugins(settings)
        if show_settings:
            click.echo(settings.as_toml(), nl=False)
            return EXIT_CLEAN
        profiles = prepared(settings, _now(now))
    calm_garbage_collector()
    if fail_on_stale and (STANDARD_INPUT in paths or fix_only or diff or new_only or no_baseline):
        raise click.UsageError(
            "--fail-on-stale goes with neither -, --fix-only, --diff, --new-only nor --no-baseline"
        )
    with trouble_from_settings():
        no_baseline |= is_gate and baseline is None and settings.baseline is None
        known = open_baseline(settings, profiles, baseline, no_baseline)
    look = Look(
        outputs,
        cast("ColorChoice", color),
        quiet,
        verbose,
        unsafe_fixes,
        statistics,
        settings.inline_ignores,
        settings.path is None and settings.schema is None and not settings_options["isolated"],
    )
    wanted = (fix, unsafe_fixes, fix_only, diff, show_fixes, interactive)
    run = _fix_run(wanted, paths, settings, profiles, look, known) if any(wanted) else None
    ignoring = None
    if add_ignore is not None:
        if not settings.inline_ignores:
            raise click.UsageError("--add-ignore and --no-inline contradict each other")
        ignoring = _ignore_run(add_ignore, any(wanted), paths, settings, known)
    if is_gate and cache_dir is None:
        no_cache = True
    folder = None if no_cache else cache_folder(settings, cache_dir)
    means = Means(settings, profiles, jobs, folder, shows_progress=not (quiet or interactive))
    narrowed = None
    if scope.is_narrowed:
        from seedlint.narrowed import Narrowed

        narrowed = Narrowed(scope, means, writes=(run or ignoring) is not None)
    results = _results(
        scope, means, run, ignoring, narrowed, force_exclude, stdin_filename, show_files
    )
    with trouble_from_settings():
        found = list(results)
    if known is not None and run is None and ignoring is None:
        found = [known.sift(result) for result in found]
    if show_files:
        return EXIT_CLEAN
    if not any(result.is_seed for result in found):
        if scope.is_narrowed:
            if not quiet:
                tell(scope.nothing_changed())
        elif not allow_empty:
            raise Trouble(scope.nothing_found(settings, [result.file for result in found]))
    report = report_of(found, settings.fail_on)
    with timing.phase("report"):
        # None only where a baseline may be news to somebody.
        unknown = 0 if no_baseline or ignoring is not None else None
        left_out = unknown if known is None else known.known
        if narrowed is not None and new_only:
            left_out = (left_out or 0) + narrowed.known
        print_report(report.diagnostics, found, look, run, left_out)
    if ignoring is not None:
        ignoring.tell(quiet)
    if stopwatch is not None:
        for line in stopwatch.lines():
            click.echo(line, err=True)
    code = report.exit_code
    if fail_on_stale and known is not None:
        from seedlint.stale import tell_of_stale

        code = max(code, EXIT_FINDINGS if tell_of_stale(known) else EXIT_CLEAN)
    if ignoring is not None:
        code = ignoring.exit_code(code)
    if run is not None:
        code = run.exit_code(code)
    return EXIT_CLEAN if exit_zero and code == EXIT_FINDINGS else code


def calm_garbage_collector() -> None:
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
    no_inline: bool,
    schema: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    fail_on: str | None,
    allow_plugins: bool,
) -> Settings:
    """The settings, with the command line having the last word."""
    try:
        settings = resolve_settings(
            config or None,
            isolated=isolated,
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
        problem = f"{given!r} is not an RFC 3339 time such as 2026-11-22T08:00:00Z"
        raise click.BadParameter(problem, param_hint="'--now'")
    return now


def _fix_run(
    wanted: Sequence[bool],
    paths: Sequence[str],
    settings: Settings,
    profiles: Profiles,
    look: Look,
    known: Baseline | None,
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
    return FixRun(mode, profiles, project_root(settings), look.color, interview, known)


def _ignore_run(
    reason: str,
    fixes: bool,
    paths: Sequence[str],
    settings: Settings,
    known: Baseline | None,
) -> IgnoreRun:
    from seedlint.fixrun import project_root
    from seedlint.ignorerun import IgnoreRun, reason_problem

    if fixes or STANDARD_INPUT in paths:
        raise click.UsageError("--add-ignore goes neither with fixes nor with -")
    if problem := reason_problem(reason):
        raise click.BadParameter(problem, param_hint="'--add-ignore'")
    return IgnoreRun(reason, project_root(settings), known)


def cache_folder(settings: Settings, given: str | None) -> Path:
    """Where the cache is."""
    return settings.root / CACHE_FOLDER if given is None else Path(given).absolute()


def _results(
    scope: Scope,
    means: Means,
    run: FixRun | None,
    ignoring: IgnoreRun | None,
    narrowed: Narrowed | None,
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
            _print_path(name)
        elif force_exclude and is_excluded(name, means.settings, Path.cwd()):
            if run is not None:
                run.pass_through()
        else:
            yield standard_input(stdin_filename, means, run)
        return
    unwalked: list[Unwalked] = []
    candidates = scope.selected(means.settings, Path.cwd(), force_exclude, unwalked)
    if means.settings.is_foreign:
        from seedlint.foreign import without_strays

        candidates = without_strays(candidates, means.settings, unwalked)
    files = Files(list(timing.timed("discovery", candidates)))
    if narrowed is not None:
        files = narrowed.files(files.requested)
    if show_files:
        for candidate in files.requested:
            _print_path(candidate.path)
        return
    if run is not None:
        corpus = means.corpus(scope.paths, *files, fixes=True)
        try:
            yield from run.files(corpus)
        finally:
            corpus.close()
        for folder in unwalked:
            yield run.log.remaining(unreadable_file(folder.path, folder.reason))
    elif ignoring is not None:
        yield from ignoring.files(means.corpus(scope.paths, *files))
        for folder in unwalked:
            yield unreadable_file(folder.path, folder.reason)
    elif narrowed is not None:
        yield from narrowed.results(files, unwalked)
    else:
        yield from results_of(means, scope.paths, files.requested, unwalked)


def _print_path(path: str) -> None:
    from seedlint.report._escape import visible_path

    sys.stdout.write(f"{visible_path(path)}\n")
