"""The command line: ``check``, which most runs are, and where the other commands come from.

What commands do lives elsewhere and is imported when needed.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from seedlint import __version__
from seedlint.clioptions import (
    CheckOptions,
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
from seedlint.outputs import OutputType, paired
from seedlint.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGINT = 2
_SIGPIPE = 13
HELP = {"help_option_names": ["-h", "--help"]}
_EXIT_CODES = """\b
Exit codes:
  0  no errors found
  1  errors found (--fail-on widens what counts), or a --diff that is not empty
  2  wrong usage or settings, nothing to check, a file that could not be
     fixed, or an internal error"""


class QuietGroup(click.Group):
    """Commands that end quietly, with the shell's exit codes, when the reader of their
    output goes away or a person interrupts them (click's own are 1, and an empty line).

    All but ``check`` are defined when one of them, or their list, is asked for.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._add_others()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands:
            self._add_others()
        return super().get_command(ctx, cmd_name)

    def _add_others(self) -> None:
        from seedlint.commands import COMMANDS

        for command in COMMANDS:
            self.add_command(command)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except OSError as error:
            if not _has_working_directory():
                raise Trouble("the working directory is gone: change to one that exists") from error
            if error.filename is not None:
                raise Trouble(f"{error.filename}: {error.strerror or error}") from error
            # Python flushes once more at exit; it must not complain then.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            if isinstance(error, BrokenPipeError):
                sys.exit(128 + _SIGPIPE)
            raise Trouble(f"cannot write the output: {error.strerror or error}") from error
        except click.MissingParameter:
            raise  # lists what could be given, a line each, and nothing that was
        except click.UsageError as error:
            # Arguments may be names of files that others have chosen.
            from seedlint.visible import visible

            raise click.UsageError(visible(error.format_message()), error.ctx) from error
        except KeyboardInterrupt:
            sys.exit(128 + _SIGINT)
        return result


def _has_working_directory() -> bool:
    try:
        os.getcwd()  # noqa: PTH109
    except OSError:
        return False
    return True


@click.group(cls=QuietGroup, context_settings=HELP, epilog=_EXIT_CODES)
@click.version_option(__version__, prog_name="seedlint")
def cli() -> None:
    """The linter for YAML front matter: what is wrong, where, and why."""


def _names(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    """Rule names or prefixes, comma-separated or repeated.

    Whether they exist is known once the settings have named plug-ins.
    """
    if any(not value.strip(", ") for value in values):
        # As of a variable that is not set: without names other rules would run than meant.
        raise click.BadParameter("names no rule")
    return tuple(name for value in values for name in value.replace(",", " ").split())


def complete_rule(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The rules whose names begin like this, for a shell; those of a family once it is named."""
    from seedlint.rule import all_rules, known_names

    families = tuple(f"{rule.name}-" for rule in all_rules().values() if rule.members)
    names = known_names() if incomplete.startswith(families) else list(all_rules())
    return [name for name in names if name.startswith(incomplete)]


def _complete_rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """What a list of rules that begins like this may go on with."""
    others, comma, last = incomplete.rpartition(",")
    given = others.split(",")
    return [
        f"{others}{comma}{name}" for name in complete_rule(ctx, param, last) if name not in given
    ]


class CheckCommand(click.Command):
    """A command with an option whose value, if any, comes after ``=``, as no path can, and
    with one that says more of the one before it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        bare = ["--add-ignore=" if each == "--add-ignore" else each for each in args[:end]]
        given = bare + args[end:]
        rest = super().parse_args(ctx, list(given))
        if ctx.params["output_files"] and not ctx.resilient_parsing:
            # click keeps the values of each option in order, but not one option with another.
            _, _, order = self.make_parser(ctx).parse_args(given)
            ctx.params.update(paired(ctx.params, [option.name for option in order]))
        return rest


@cli.command(
    cls=CheckCommand,
    context_settings=HELP,
    epilog=_EXIT_CODES,
    short_help="Check files, folders or standard input.",
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=str, allow_dash=True))
@click.option(
    "-o",
    "--output-format",
    "output_formats",
    type=OutputType(),
    multiple=True,
    envvar="SEEDLINT_OUTPUT_FORMAT",
    help="How diagnostics are shown, or written to FILE; may be repeated.  [default: auto]",
)
@click.option(
    "--output-file",
    "output_files",
    type=FileOption(path_type=str),
    multiple=True,
    metavar="FILE",
    help="The file for the -o before it, instead of standard output; may be repeated with it.",
)
@color_option
@click.option("-q", "--quiet", is_flag=True, help="Print diagnostics only, no summary.")
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="Also list the files that were skipped, and where the time went.",
)
@click.option("--statistics", is_flag=True, help="Count what is found by rule, in a table.")
@click.option(
    "--select",
    multiple=True,
    callback=_names,
    metavar="RULES",
    shell_complete=_complete_rules,
    help="Run these rules only (names or prefixes, or all).",
)
@click.option(
    "--ignore",
    multiple=True,
    callback=_names,
    metavar="RULES",
    shell_complete=_complete_rules,
    help="Leave these rules out.",
)
@click.option(
    "--extend-select",
    multiple=True,
    callback=_names,
    metavar="RULES",
    shell_complete=_complete_rules,
    help="Run these rules too.",
)
@click.option("--fix", is_flag=True, help="Apply safe fixes to the files; report what remains.")
@click.option("--unsafe-fixes", is_flag=True, help="Let unsafe fixes be applied as well.")
@click.option(
    "--fix-only", is_flag=True, help="Like --fix, but report nothing that remains, and exit with 0."
)
@click.option(
    "--diff",
    is_flag=True,
    help="Print what --fix would change as a diff, for `git apply` in the root of the repository "
    "or project; write nothing, exit with 1 if it would.",
)
@click.option("--show-fixes", is_flag=True, help="List the fixes, by file.")
@click.option("--interactive", is_flag=True, help="Ask about each fix, safe or not.")
@click.option(
    "--add-ignore",
    metavar="[=REASON]",
    help="Write an ignore, with this reason, for all that is found; report what remains.",
)
@config_option
@isolated_option
@click.option(
    "--no-local-config",
    is_flag=True,
    help="For gates: take no settings, baseline or cache from the repository that is checked.",
)
@click.option("--no-inline", is_flag=True, help="For gates: let ignores in files have no effect.")
@allow_plugins_option
@schema_option
@click.option(
    "--stdin-filename",
    type=FileOption(path_type=str),
    metavar="FILE",
    help="The file whose place standard input (path -) takes.",
)
@click.option(
    "--files-from",
    type=FileOption(path_type=str, allow_dash=True),
    metavar="FILE",
    help="Check the files this list names, too, one a line; - for standard input.",
)
@click.option("-0", "--null", is_flag=True, help="NUL ends the names in the list, not a line end.")
@click.option(
    "--since",
    metavar="REF",
    help="Check only what changed since HEAD left a git revision; uncommitted and new, too.",
)
@click.option("--staged", is_flag=True, help="Check only what is staged in git, as it is staged.")
@click.option(
    "--new-only",
    is_flag=True,
    help="With --since or --staged: report only what was not there before.",
)
@click.option(
    "--force-exclude",
    is_flag=True,
    help="Leave out files named here that a search would not find: `exclude` and the like hold.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    help="The mildest severity that makes the exit code 1.  [default: error]",
)
@click.option(
    "--min-severity",
    type=click.Choice(["error", "warning", "info"]),
    help="Leave out of all reports what is milder.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option(
    "--baseline",
    type=FileOption(path_type=str),
    metavar="FILE",
    help="What is known to be wrong, and left out.  [default: .seedlint-baseline.json]",
)
@click.option("--no-baseline", is_flag=True, help="Report what is known as well.")
@click.option(
    "--fail-on-stale",
    is_flag=True,
    help="Exit with 1 if the baseline has what is no longer there, and name it.",
)
@click.option("--allow-empty", is_flag=True, help="Finding no files is no mistake.")
@click.option("--show-settings", is_flag=True, help="Print the settings in force, and stop.")
@click.option("--show-files", is_flag=True, help="Print the files to be checked, and stop.")
@jobs_option("check or fix")
@cache_dir_option
@no_cache_option
@click.option(
    "--now", metavar="TIME", help="The time to take for now, such as 2026-11-22T08:00:00Z."
)
def check(**options: Any) -> None:
    """Check the seed files in PATHS: files, folders, or - for standard input.

    Without PATHS, what `include` in the settings names. With --fix, what comes from standard
    input goes, fixed, to standard output, and the report to standard error.
    """
    from seedlint.command_check import check_command

    sys.exit(check_command(CheckOptions(**options)))


def main() -> None:
    """The console script."""
    if sys.stdout is None or sys.stderr is None:
        # Closed by the caller: nobody could read what is found.
        if sys.stderr is not None:
            sys.stderr.write("seedlint: standard output is closed\n")
        sys.exit(2)
    for stream in (sys.stdout, sys.stderr):
        # Content and file names may hold what the terminal's encoding cannot say.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    cli.main(prog_name="seedlint")
