"""``seedlint check``: from options to an exit code."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seedlint import timing
from seedlint.api import prepared, resolve_settings
from seedlint.checkrun import CheckRun
from seedlint.errors import UnknownRule
from seedlint.outputs import chosen_outputs, refuse_files
from seedlint.run import EXIT_CLEAN
from seedlint.scope import STANDARD_INPUT, scope_of
from seedlint.trouble import tell_of_plugins, trouble_from_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from seedlint.clioptions import CheckOptions
    from seedlint.outputs import Output
    from seedlint.profile import Profiles
    from seedlint.settings import Settings


def check_command(options: CheckOptions) -> int:
    """Run the check, fix what is to be fixed, and print the report; the exit code."""
    stopwatch = timing.start() if options.verbose else None
    scope = scope_of(
        options.paths,
        options.files_from,
        options.null,
        options.since,
        options.staged,
        options.new_only,
    )
    options.refuse_contradictions(STANDARD_INPUT in scope.paths)
    outputs = chosen_outputs(options.output_formats, options.output_files)
    if options.diff or options.fix_only:
        refuse_files(outputs, "--diff" if options.diff else "--fix-only")
    with trouble_from_settings():
        settings = _settings(options)
        tell_of_plugins(settings)
        if options.show_settings:
            click.echo(settings.as_toml(), nl=False)
            return EXIT_CLEAN
        profiles = prepared(settings, _now(options.now))
    if any(output.file is not None for output in outputs):
        _spare_sources(options, settings, profiles, outputs)
    calm_garbage_collector()
    run = CheckRun(options, scope, settings, profiles, outputs)
    if options.show_files:
        run.print_files()
        return EXIT_CLEAN
    found = run.results()
    run.require_seeds(found)
    code = run.report(found)
    if stopwatch is not None:
        for line in stopwatch.lines():
            click.echo(line, err=True)
    return run.exit_code(code)


def calm_garbage_collector() -> None:
    """Nothing a file leaves behind is cyclic, so looking for cycles is mostly in vain."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _settings(options: CheckOptions) -> Settings:
    """The settings, with the command line having the last word."""
    is_gate = options.no_local_config
    if is_gate:
        from seedlint.foreign import refuse_local

        refuse_local(options.config, options.baseline)
    try:
        settings = resolve_settings(
            options.config,
            isolated=options.isolated or is_gate,
            schema=options.schema,
            select=options.select,
            ignore=options.ignore,
            extend_select=options.extend_select,
            fail_on=options.fail_on,
            allow_plugins=options.allow_plugins,
        )
    except UnknownRule as error:
        ctx = click.get_current_context(silent=True)
        option = f"'--{error.parameter.replace('_', '-')}'"
        raise click.BadParameter(str(error), ctx, param_hint=option) from error
    inline = settings.inline_ignores and not options.no_inline
    return replace(settings, inline_ignores=inline, is_foreign=is_gate)


def _spare_sources(
    options: CheckOptions, settings: Settings, profiles: Profiles, outputs: Sequence[Output]
) -> None:
    """Raise :class:`Trouble` if a report is to take the place of what the run goes by."""
    from seedlint.baselinepath import BASELINE
    from seedlint.reportfile import refuse_sources

    named = (settings.path, settings.providers, settings.baseline, settings.root / BASELINE)
    sources = {*profiles.schema_files(), *settings.origins.values(), *filter(None, named)}
    if options.baseline is not None:
        sources.add(Path(options.baseline))
    refuse_sources([output.file for output in outputs if output.file is not None], sources)


def _now(given: str | None) -> datetime | None:
    if given is None:
        return None
    from seedlint.timestamps import instant

    now = instant(given)
    if now is None:
        problem = f"{given!r} is not an RFC 3339 time such as 2026-11-22T08:00:00Z"
        raise click.BadParameter(problem, param_hint="'--now'")
    return now
