"""Where the report goes, and in which format: what ``--output-format`` says."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from seedlint.report import formats
from seedlint.wording import did_you_mean, escape, quote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from click.shell_completion import CompletionItem

_AUTO = "auto"
_STANDARD_OUTPUT = "-"


class Output(NamedTuple):
    """A report: its format and its file, ``None`` for standard output.

    ``is_log`` says that it was left to us to see what standard output is, and that it is
    the log of a CI job.
    """

    format: str
    file: str | None = None
    is_log: bool = False


class OutputType(click.ParamType):  # type: ignore[type-arg]  # no generic before click 8.3
    """``FORMAT`` or ``FORMAT=FILE``."""

    name = "output"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """The formats there are, for the help."""
        return f"[{'|'.join(_names())}][=FILE]"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Output:
        """Read an option's value."""
        name, equals, file = value.partition("=")
        if name not in _names():
            known = did_you_mean(name, _names()) or f": it is one of {', '.join(_names())}"
            self.fail(f"{quote(name)} is no format{known}", param, ctx)
        if equals and not file:
            self.fail(f"{quote(value)} names no file after =", param, ctx)
        return Output(name, None if file in ("", _STANDARD_OUTPUT) else file)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The formats that begin so."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(name) for name in _names() if name.startswith(incomplete)]


def paired(params: Mapping[str, Any], order: Sequence[str | None]) -> dict[str, Any]:
    """``output_formats`` with the ``output_files``, each for the format it follows.

    ``order`` has the names of the options as they were given. What names no format leaves a
    single file to :func:`chosen_outputs`. Raises :class:`click.UsageError`.
    """
    ours = [name for name in order if name in ("output_formats", "output_files")]
    if ours == ["output_files"] or sorted(ours) == ["output_files", "output_formats"]:
        return {}
    formats, files = iter(params["output_formats"]), iter(params["output_files"])
    outputs: list[Output] = []
    for name in ours:
        if name == "output_formats":
            outputs.append(next(formats))
            continue
        file = next(files)
        if not outputs:
            raise click.UsageError(
                f"--output-file {escape(file)} follows no --output-format: "
                "it is the file of the one before it"
            )
        if outputs[-1].file is not None:
            known = escape(outputs[-1].file)
            raise click.UsageError(
                f"--output-file {escape(file)} is the file of the --output-format before it, "
                f"{outputs[-1].format}, which has the file {known}"
            )
        outputs[-1] = outputs[-1]._replace(file=file)
    return {"output_formats": tuple(outputs), "output_files": ()}


def chosen_outputs(given: Sequence[Output], files: Sequence[str]) -> tuple[Output, ...]:
    """The reports to make; a file is for the one format that has none.

    Raises :class:`click.UsageError` for what cannot be, and Trouble for what cannot be written.
    """
    outputs = list(given) or [Output(_AUTO)]
    printed = [index for index, output in enumerate(outputs) if output.file is None]
    if len(printed) > 1:
        first, second = (outputs[index].format for index in printed[:2])
        raise click.UsageError(
            "only one format can go to standard output, "
            f"write another to a file: -o {first} -o {second}=FILE"
        )
    for file in files:
        if not printed:
            raise click.UsageError(
                "--output-file is for the format without a file, and each -o names one"
            )
        outputs[printed[0]] = outputs[printed[0]]._replace(file=file)
    if any(output.file is not None for output in outputs):
        from seedlint.reportfile import refuse_unwritable

        refuse_unwritable([output.file for output in outputs if output.file is not None])
    return tuple(_resolved(output) if output.format == _AUTO else output for output in outputs)


def refuse_files(outputs: Sequence[Output], option: str) -> None:
    """Raise :class:`click.UsageError` if a file is to hold what is not reported."""
    for output in outputs:
        if output.file is not None:
            raise click.UsageError(
                f"{option} reports nothing, so there is nothing to write to {escape(output.file)}"
            )


def _resolved(output: Output) -> Output:
    """``auto`` as what suits the place: GitHub reads the log, GitLab only shows it."""
    if output.file is None and os.environ.get("GITHUB_ACTIONS") == "true":
        return Output("github", None, is_log=True)
    is_log = output.file is None and os.environ.get("GITLAB_CI") == "true"
    return Output("full", output.file, is_log)


def _names() -> list[str]:
    return [_AUTO, *formats()]
