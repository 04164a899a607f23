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

from seedlint.check import unreadable_file
from seedlint.cli import Trouble
from seedlint.config import ConfigError, load_settings
from seedlint.contract import ContractError
from seedlint.diagnostic import Severity
from seedlint.files import FileMissing, Unwalked, discover, is_excluded
from seedlint.profile import Profiles
from seedlint.run import EXIT_CLEAN, EXIT_FINDINGS, check_files, check_standard_input, exit_code
from seedlint.settings import Choice
from seedlint.wording import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seedlint.check import FileResult
    from seedlint.diagnostic import Diagnostic
    from seedlint.report.summary import Summary
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
    **settings_options: Any,
) -> int:
    """Run the check and print its report; the exit code."""
    with trouble_from_settings():
        settings = _settings(**settings_options)
        if show_settings:
            click.echo(settings.as_toml(), nl=False)
            return EXIT_CLEAN
        profiles = Profiles(settings, _now(now))
        profiles.load_all()
    _calm_garbage_collector()
    results = _results(paths, settings, profiles, force_exclude, stdin_filename, show_files)
    with trouble_from_settings():
        found = list(results)
    if show_files:
        return EXIT_CLEAN
    if not any(result.is_seed for result in found) and not allow_empty:
        raise Trouble(_nothing_found(paths, settings, len(found)))
    diagnostics = [diagnostic for result in found for diagnostic in result.diagnostics]
    diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key)
    _report(diagnostics, found, output_format, cast("ColorChoice", color), quiet, verbose)
    code = exit_code(diagnostics, settings.fail_on)
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
) -> Settings:
    """The settings, with the command line having the last word."""
    settings = load_settings(Path.cwd(), Path(config) if config else None, isolated)
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


def _results(
    paths: Sequence[str],
    settings: Settings,
    profiles: Profiles,
    force_exclude: bool,
    stdin_filename: str | None,
    show_files: bool,
) -> Iterator[FileResult]:
    if STANDARD_INPUT in paths:
        if len(paths) > 1:
            raise click.UsageError("- (standard input) cannot be combined with other paths")
        if sys.stdin is None:
            raise click.UsageError("standard input is closed")
        name = stdin_filename or "<stdin>"
        if show_files:
            sys.stdout.write(f"{escape(name)}\n")
        elif not (force_exclude and is_excluded(name, settings, Path.cwd())):
            yield check_standard_input(name, profiles)
        return
    unwalked: list[Unwalked] = []
    candidates = discover(paths, settings, Path.cwd(), force_exclude, unwalked)
    if show_files:
        for candidate in candidates:
            sys.stdout.write(f"{escape(candidate.path)}\n")
        return
    yield from check_files(candidates, profiles)
    for folder in unwalked:
        yield unreadable_file(folder.path, folder.reason)


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


def _report(
    diagnostics: Sequence[Diagnostic],
    found: Sequence[FileResult],
    output_format: str,
    color: ColorChoice,
    quiet: bool,
    verbose: bool,
) -> None:
    from seedlint.report import formats
    from seedlint.report.summary import summary_line
    from seedlint.terminal import terminal_width, use_color

    summary = _summary(diagnostics, found)
    renderer = formats()[output_format]()
    renderer.render(
        diagnostics,
        summary,
        sys.stdout,
        color=use_color(color, sys.stdout),
        width=terminal_width(sys.stdout),
    )
    if verbose:
        for result in found:
            if not result.is_seed:
                click.echo(f"skipped {escape(result.file)}: no front matter", err=True)
    if not quiet:
        stream = sys.stderr if renderer.DATA else sys.stdout
        stream.write(summary_line(summary, color=use_color(color, stream)) + "\n")


def _summary(diagnostics: Sequence[Diagnostic], found: Sequence[FileResult]) -> Summary:
    from seedlint.report.summary import Summary

    counts = dict.fromkeys(Severity, 0)
    for diagnostic in diagnostics:
        counts[diagnostic.severity] += 1
    seeds = sum(result.is_seed for result in found)
    return Summary(
        files=seeds,
        skipped=len(found) - seeds,
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
        suppressed=sum(result.suppressed for result in found),
    )
