"""One run's diagnostics in each of the formats that were asked for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

from seedlint.report import formats
from seedlint.terminal import terminal_width
from seedlint.trouble import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.diagnostic import Diagnostic
    from seedlint.outputs import Output
    from seedlint.report.summary import Summary

_FILE_WIDTH = 100


class Reports:
    """Renders what was found, to files and to a stream.

    ``trouble`` has a line for every file that could not be written. ``has_counts`` tells
    whether some report holds the counts by rule, which the summary then has.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic], summary: Summary) -> None:
        self._diagnostics = diagnostics
        self._summary = summary
        self.trouble: list[str] = []
        self.has_counts = False

    def write_files(self, outputs: Sequence[Output], checked: Sequence[str]) -> None:
        """Write the reports that have files, none of which may be one of the ``checked``."""
        for output in outputs:
            if output.file is not None:
                self._write_file(output.format, output.file, checked)

    def print(self, output: Output, out: TextIO, color: bool) -> None:
        """Write a report to a stream."""
        self._render(output.format, out, color, terminal_width(out))

    def _write_file(self, name: str, file: str, checked: Sequence[str]) -> None:
        from seedlint.reportfile import report_file

        try:
            with report_file(file, checked) as stream:
                self._render(name, stream, False, _FILE_WIDTH)
        except OSError as error:
            self.trouble.append(f"cannot write {file}: {error.strerror or error}")

    def _render(self, name: str, out: TextIO, color: bool, width: int) -> None:
        renderer, summary = formats()[name](), self._summary
        if summary.by_rule is not None and renderer.COUNTS == "instead":
            print_counts(summary, out, color)
        else:
            remarks = renderer.render(self._diagnostics, summary, out, color=color, width=width)
            for remark in remarks or ():
                tell(remark)
        self.has_counts |= renderer.COUNTS != "aside"
        if name == "github" and os.environ.get("GITHUB_STEP_SUMMARY"):
            from seedlint.jobsummary import add_job_summary

            add_job_summary(self._diagnostics, summary, os.environ["GITHUB_STEP_SUMMARY"])


def print_counts(summary: Summary, out: TextIO, color: bool) -> None:
    """Write the counts by rule as a table."""
    from seedlint.rulecounts import table

    out.writelines(f"{line}\n" for line in table(summary.by_rule or (), color=color))
