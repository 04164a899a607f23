"""Options of the command line: those that several commands have, and what ``check`` was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from seedlint.outputs import Output

    Function: TypeAlias = Callable[..., Any]


class FileOption(click.Path):
    """A file, or unless ``file_okay`` a folder, that an option names."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read an option's value."""
        if value == "":
            # As of a variable that is not set: to pathlib, that is the working directory.
            self.fail(f"names no {'file' if self.file_okay else 'folder'}", param, ctx)
        return super().convert(value, param, ctx)


config_option = click.option(
    "--config", type=FileOption(path_type=str), metavar="FILE", help="The settings file to use."
)
isolated_option = click.option("--isolated", is_flag=True, help="Ignore every settings file.")
schema_option = click.option(
    "--schema", type=FileOption(path_type=str), metavar="FILE", help="The contract to check."
)
allow_plugins_option = click.option(
    "--allow-plugins", is_flag=True, help="Load the plug-ins the settings name, which are code."
)
cache_dir_option = click.option(
    "--cache-dir",
    type=FileOption(path_type=str, file_okay=False),
    metavar="FOLDER",
    help="Where to keep what was learnt of files.  [default: .seedlint_cache]",
)
no_cache_option = click.option(
    "--no-cache", is_flag=True, help="Neither use nor keep what was learnt of files."
)
color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="When to use colour; auto honours NO_COLOR and the terminal.",
)


class _Count(click.IntRange):
    """A number from 1 on; click calls one that is none no valid "integer range"."""

    name = "whole number"


def jobs_option(work: str) -> Callable[[Function], Function]:
    """The option for how many processes do the work, which is what is said of files."""
    return click.option(
        "-j",
        "--jobs",
        type=_Count(min=1),
        metavar="N",
        help=f"How many files to {work} at once.  [default: one a core]",
    )


class CheckOptions:
    """What was chosen of the options of ``seedlint check``, by their names.

    ``None`` and ``()`` leave it to the settings, or to what is usual.
    """

    # A tuple of so many names takes a millisecond to define.
    def __init__(self, **chosen: Any) -> None:
        self.__dict__.update(chosen)

    paths: tuple[str, ...]
    files_from: str | None
    null: bool
    since: str | None
    staged: bool
    new_only: bool
    force_exclude: bool
    stdin_filename: str | None
    allow_empty: bool

    config: str | None
    isolated: bool
    no_local_config: bool
    no_inline: bool
    allow_plugins: bool
    schema: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    extend_select: tuple[str, ...]
    now: str | None
    show_settings: bool
    show_files: bool

    fix: bool
    unsafe_fixes: bool
    fix_only: bool
    diff: bool
    show_fixes: bool
    interactive: bool
    add_ignore: str | None

    baseline: str | None
    no_baseline: bool
    fail_on_stale: bool
    fail_on: str | None
    min_severity: str | None
    exit_zero: bool

    output_formats: tuple[Output, ...]
    output_files: tuple[str, ...]
    color: str
    quiet: bool
    verbose: bool
    statistics: bool

    jobs: int | None
    cache_dir: str | None
    no_cache: bool

    @property
    def of_fixes(self) -> tuple[bool, ...]:
        """Those that have to do with fixing, as :class:`seedlint.fixmode.FixMode` has them."""
        return (
            self.fix,
            self.unsafe_fixes,
            self.fix_only,
            self.diff,
            self.show_fixes,
            self.interactive,
        )

    def refuse_contradictions(self, reads_standard_input: bool) -> None:
        """Raise :class:`click.UsageError` for what makes no sense together, whatever is set."""
        if self.stdin_filename is not None and not reads_standard_input:
            raise click.UsageError('--stdin-filename names standard input: write "-" for that')
        if self.fail_on_stale and (
            reads_standard_input or self.fix_only or self.diff or self.new_only or self.no_baseline
        ):
            raise click.UsageError(
                "--fail-on-stale goes with neither -, --fix-only, --diff, --new-only nor "
                "--no-baseline"
            )
        if self.add_ignore is not None:
            if self.no_inline:
                raise click.UsageError("--add-ignore and --no-inline contradict each other")
            if any(self.of_fixes) or reads_standard_input:
                raise click.UsageError("--add-ignore goes neither with fixes nor with -")
