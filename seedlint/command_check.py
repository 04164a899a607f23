"""``seedlint check``: from options to an exit code."""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from seedlint import timing
from seedlint.baselinepath import open_baseline
from seedlint.check import unreadable_file
from seedlint.cli import Trouble, require_rules, tell_of_plugins
from seedlint.config import ConfigError, load_settings
from seedlint.contract import ContractError
from seedlint.diagnostic import Severity
from seedlint.files import FileMissing, Unwalked, discover, is_excluded
from seedlint.means import CACHE_FOLDER, Means
from seedlint.profile import Profiles
from seedlint.reporting import Look, print_report
from seedlint.run import EXIT_CLEAN, EXIT_FINDINGS, check_standard_input, exit_code
from seedlint.settings import Choice
from seedlint.wording import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seedlint.baseline import Baseline
    from seedlint.check import FileResult
    from seedlint.fixrun import FixRun
    from seedlint.ignorerun import IgnoreRun
    from seedlint.settings import Settings
    from seedlint.terminal import ColorChoice

STANDARD_INPUT = "-"


def check_command(
    paths: Sequence[str],
    output_format: str,
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
    **settings_options: Any,
) -> int:
    """Run the check, fix what is to be fixed, and print the report; the exit code."""
    stopwatch = timing.start() if verbose else None
    with trouble_from_settings():
        settings = _settings(**settings_options)
        tell_of_plugins(settings)
        if show_settings:
            click.echo(settings.as_toml(), nl=False)
            return EXIT_CLEAN
        profiles = Profiles(settings, _now(now))
        profiles.load_all()
    _calm_garbage_collector()
    with trouble_from_settings():
        known = open_baseline(settings, profiles, baseline, no_baseline)
    look = Look(output_format, cast("ColorChoice", color), quiet, verbose, unsafe_fixes, statistics)
    if fail_on_stale and (STANDARD_INPUT in paths or fix_only or diff):
        raise click.UsageError("--fail-on-stale goes with neither -, --fix-only nor --diff")
    wanted = (fix, unsafe_fixes, fix_only, diff, show_fixes, interactive)
    run = _fix_run(wanted, paths, settings, profiles, look, known) if any(wanted) else None
    ignoring = None
    if add_ignore is not None:
        ignoring = _ignore_run(add_ignore, any(wanted), paths, settings, known)
    folder = None if no_cache else cache_folder(settings, cache_dir)
    means = Means(settings, profiles, jobs, folder, shows_progress=not (quiet or interactive))
    results = _results(paths, means, run, ignoring, force_exclude, stdin_filename, show_files)
    with trouble_from_settings():
        found = list(results)
    if known is not None and run is None and ignoring is None:
        found = [known.sift(result) for result in found]
    if show_files:
        return EXIT_CLEAN
    if not any(result.is_seed for result in found) and not allow_empty:
        raise Trouble(_nothing_found(paths, settings, len(found)))
    diagnostics = [diagnostic for result in found for diagnostic in result.diagnostics]
    diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key)
    with timing.phase("report"):
        # None only where a baseline may be news to somebody.
        in_baseline = 0 if no_baseline or ignoring is not None else None
        print_report(diagnostics, found, look, run, in_baseline if known is None else known.known)
    if ignoring is not None:
        ignoring.tell(quiet)
    if stopwatch is not None:
        for line in stopwatch.lines():
            click.echo(line, err=True)
    code = exit_code(diagnostics, settings.fail_on)
    if fail_on_stale and known is not None:
        from seedlint.stale import tell_of_stale

        code = max(code, EXIT_FINDINGS if tell_of_stale(known) else EXIT_CLEAN)
    if run is not None:
        code = run.exit_code(code)
    if ignoring is not None:
        code = ignoring.exit_code(code)
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
    except (ConfigError, ContractError, FileMissing) as error:
        raise Trouble(str(error)) from error


def _settings(
    config: str | None,
    isolated: bool,
    schema: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    fail_on: str | None,
    allow_plugins: bool,
) -> Settings:
    """The settings, with the command line having the last word."""
    file = Path(config) if config else None
    settings = load_settings(Path.cwd(), file, isolated, allow_plugins)
    require_rules("--select", select)
    require_rules("--ignore", ignore)
    require_rules("--extend-select", extend_select)
    changes: dict[str, Any] = {}
    if schema is not None:
        changes.update(schema=Path(schema), schemas=())
    if select or extend_select or ignore:
        changes["choice"] = Choice(select or None, extend_select, ignore)
    if fail_on is not None:
        changes["fail_on"] = Severity(fail_on)
    return replace(settings, **changes) if changes else settings


def _now(given: str | None) -> datetime:
    if given is None:
        return datetime.now(timezone.utc)
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
    paths: Sequence[str],
    means: Means,
    run: FixRun | None,
    ignoring: IgnoreRun | None,
    force_exclude: bool,
    stdin_filename: str | None,
    show_files: bool,
) -> Iterator[FileResult]:
    if STANDARD_INPUT in paths:
        if len(paths) > 1:
            raise click.UsageError("- (standard input) cannot be combined with other paths")
        if sys.stdin is None:
            raise click.UsageError("standard input is closed")
        settings, profiles = means.settings, means.profiles
        name = stdin_filename or "<stdin>"
        if show_files:
            sys.stdout.write(f"{escape(name)}\n")
        elif force_exclude and is_excluded(name, settings, Path.cwd()):
            if run is not None:
                run.pass_through()
        else:
            yield run.standard_input(name) if run else check_standard_input(name, profiles)
        return
    unwalked: list[Unwalked] = []
    candidates = discover(paths, means.settings, Path.cwd(), force_exclude, unwalked)
    if show_files:
        for candidate in candidates:
            sys.stdout.write(f"{escape(candidate.path)}\n")
        return
    requested = list(timing.timed("discovery", candidates))
    corpus = means.corpus(paths, requested)
    writer = run or ignoring
    if writer is None:
        yield from corpus.results()
    else:
        yield from writer.files(
            corpus.checked(writer.at_once),
            corpus.part,
            again=lambda: means.corpus(paths, requested).results(),
        )
    unreadable = writer.unreadable if writer else unreadable_file
    for folder in unwalked:
        yield unreadable(folder.path, folder.reason)


def _nothing_found(paths: Sequence[str], settings: Settings, skipped: int) -> str:
    where = ", ".join(paths or settings.include)
    if skipped:
        what = "1 file has" if skipped == 1 else f"{skipped} files have"
        return (
            f"no seed files found in {where}: {what} no front matter "
            "(--verbose lists them, --allow-empty accepts it)"
        )
    return (
        f"no files found in {where}: looked for .md, .markdown, .mdx, .html, .txt, .yaml and "
        ".yml files that neither `exclude` nor .gitignore leaves out (--allow-empty accepts it)"
    )
