"""The commands besides ``check``, and their options."""

from __future__ import annotations

import sys
from typing import Any

import click

from seedlint.cli import HELP, complete_rule
from seedlint.clioptions import (
    FileOption,
    allow_plugins_option,
    cache_dir_option,
    color_option,
    config_option,
    isolated_option,
    jobs_option,
    no_cache_option,
    schema_option,
)
from seedlint.trouble import Trouble

_format_option = click.option(
    "-o",
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)


@click.command(context_settings=HELP, short_help="Record what is wrong today as known.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=str))
@click.option("--prune", is_flag=True, help="Only remove what is gone; add nothing.")
@click.option(
    "--baseline",
    type=FileOption(path_type=str),
    metavar="FILE",
    help="The file to write.  [default: .seedlint-baseline.json]",
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but what goes wrong.")
@config_option
@isolated_option
@allow_plugins_option
@schema_option
@jobs_option("check")
@cache_dir_option
@no_cache_option
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
@_format_option
@color_option
@config_option
@isolated_option
@cache_dir_option
@no_cache_option
def providers(**options: Any) -> None:
    """List the providers of a corpus: domains, names, and where they stand.

    Without PATHS, of what `include` in the settings names.
    """
    from seedlint.command_providers import providers_command

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
@config_option
@isolated_option
@cache_dir_option
def clean(config: str | None, isolated: bool, cache_dir: str | None) -> None:
    """Remove the cache. It holds nothing that a run cannot learn again."""
    from seedlint.command_clean import clean_command

    clean_command(config, isolated, cache_dir)


@click.command(context_settings=HELP, short_help="Show the documentation of rules.")
@click.argument("name", required=False, shell_complete=complete_rule)
@_format_option
@color_option
@config_option
@isolated_option
@allow_plugins_option
def rule(**options: Any) -> None:
    """Show the documentation of a rule; or in a table all rules, or those whose names NAME begins.

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
    type=FileOption(path_type=str),
    metavar="FILE",
    help="The contract to print, instead of that of the settings.",
)
@config_option
@isolated_option
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
