"""The commands besides ``check``, and their options."""

from __future__ import annotations

import sys
from typing import Any

import click

from seedlint.cli import HELP, complete_rule, jobs_option
from seedlint.filename import FileName
from seedlint.trouble import Trouble

# What several commands take.
_config = click.option(
    "--config",
    type=FileName(path_type=str),
    metavar="FILE",
    help="The settings file to use.",
)
_schema = click.option(
    "--schema", type=FileName(path_type=str), metavar="FILE", help="The contract to check."
)
_isolated = click.option("--isolated", is_flag=True, help="Ignore every settings file.")
_cache_dir = click.option(
    "--cache-dir",
    type=FileName(path_type=str, file_okay=False),
    metavar="FOLDER",
    help="Where to keep what was learnt of files.  [default: .seedlint_cache]",
)
_no_cache = click.option(
    "--no-cache", is_flag=True, help="Neither use nor keep what was learnt of files."
)
_format = click.option(
    "-o",
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
_color = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="When to use colour; auto honours NO_COLOR and the terminal.",
)


@click.command(context_settings=HELP, short_help="Record what is wrong today as known.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=str))
@click.option("--prune", is_flag=True, help="Only remove what is gone; add nothing.")
@click.option(
    "--baseline",
    type=FileName(path_type=str),
    metavar="FILE",
    help="The file to write.  [default: .seedlint-baseline.json]",
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but what goes wrong.")
@_config
@_isolated
@click.option("--allow-plugins", is_flag=True, help="Load the plug-ins the settings name.")
@_schema
@jobs_option("check")
@_cache_dir
@_no_cache
def baseline(**options: Any) -> None:
    """Record what is wrong today, so that `check` reports only what is new.

    Without PATHS, in what `include` in the settings names. With PATHS, what is known of other
    files stays. A finding is known by its rule, place and value: it comes back when the value
    changes, not when it moves.
    """
    from seedlint.command_baseline import baseline_command

    sys.exit(baseline_command(**options))


@click.command(context_settings=HELP, short_help="List the providers of a corpus.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=str))
@click.option("--write", is_flag=True, help="Make or extend the registry from what is found.")
@_format
@_color
@_config
@_isolated
@_cache_dir
@_no_cache
def providers(**options: Any) -> None:
    """List the providers of a corpus: domains, names, and where they stand.

    Without PATHS, of what `include` in the settings names.
    """
    from seedlint.providers_run import providers_command

    providers_command(**options)


@click.command(context_settings=HELP, short_help="Write settings to start from.")
@click.argument("folder", default=".", type=click.Path(path_type=str))
@click.option("--force", is_flag=True, help="Write settings and schema anew where there are some.")
@click.option("-y", "--yes", is_flag=True, help="Write the pre-commit hook and the CI file, too.")
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
def init(**options: Any) -> None:
    """Look at the repository in FOLDER, and write settings to start from.

    Finds the folders with front matter; where that is not of the seed shape, infers a schema.
    Files that exist are never changed without asking.
    """
    from seedlint.command_init import init_command

    init_command(**options)


@click.command(context_settings=HELP)
@_config
@_isolated
@_cache_dir
def clean(config: str | None, isolated: bool, cache_dir: str | None) -> None:
    """Remove the cache. It holds nothing that a run cannot learn again."""
    from seedlint.command_clean import clean_command

    clean_command(config, isolated, cache_dir)


@click.command(context_settings=HELP, short_help="Show the documentation of rules.")
@click.argument("name", required=False, shell_complete=complete_rule)
@_format
@_color
@_config
@_isolated
@click.option(
    "--allow-plugins", is_flag=True, help="Load the plug-ins the settings name, which are code."
)
def rule(**options: Any) -> None:
    """Show the documentation of a rule, or all rules in a table.

    Of settings, only the plug-ins they name matter here. What they make of the rules is shown
    by `check --show-settings`.
    """
    from seedlint.command_rule import rule_command

    rule_command(**options)


@click.command(context_settings=HELP, short_help="Print the contract, or another JSON Schema.")
@click.option(
    "--of",
    type=click.Choice(["contract", "settings", "report"]),
    default="contract",
    show_default=True,
    help="Of the files that are checked, of seedlint.toml, or of the output format json.",
)
@click.option(
    "--schema",
    "path",
    type=FileName(path_type=str),
    metavar="FILE",
    help="The contract to print, instead of that of the settings.",
)
@_config
@_isolated
def schema(of: str, path: str | None, config: str | None, isolated: bool) -> None:
    """Print a JSON Schema: of the contract in force, or of what seedlint itself reads or writes."""
    from seedlint.command_schema import schema_command

    schema_command(of, path, config, isolated)


@click.command(context_settings=HELP)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell.

    For bash, for instance: eval "$(seedlint completion bash)"
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:  # the choice above names only shells click knows
        raise Trouble(f"no completion for {shell}")
    cli = click.get_current_context().find_root().command
    click.echo(kind(cli, {}, "seedlint", "_SEEDLINT_COMPLETE").source())


COMMANDS = (baseline, providers, init, clean, rule, schema, completion)
