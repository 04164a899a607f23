"""Print what a run came to: diagnostics, skipped files, fixes, the summary."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TextIO

import click

from seedlint.diagnostic import Applicability, Severity
from seedlint.report import formats
from seedlint.report.summary import Fixes, Summary, fixes_line, nothing_fixed_line, summary_line
from seedlint.reports import Reports, print_counts
from seedlint.terminal import use_color
from seedlint.trouble import Trouble, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.check import FileResult
    from seedlint.diagnostic import Diagnostic
    from seedlint.fixrun import FixRun
    from seedlint.outputs import Output
    from seedlint.rulecounts import RuleCount
    from seedlint.terminal import ColorChoice


# From here on nobody mends all of it today.
_MANY = 100
_MANY_FILES = 20
# A file that lacks so many keys, and is not alone, is of another kind.
_MANY_MISSING = 4
_FEWEST_FILES = 3
_NO_SEEDS = (
    "Most of these are no seeds: `seedlint init` infers from such files what they are to be like, "
    "and `check` then goes by that\n"
)
_BASELINE = (
    "To begin with what is new: `seedlint baseline` records all this as known, and `check` then "
    "leaves it out\n"
)
_FOR_PEOPLE = ("full", "concise", "grouped")


class Look(NamedTuple):
    """How a report is to look; ``unsafe_fixes`` counts unsafe fixes as those of --fix.

    ``statistics`` are counts by rule, in the place of the diagnostics; without
    ``inline_ignores``, those in files had no effect. What is milder than ``least`` is left out.
    ``is_first`` says that nobody has said what the files are to be like.
    """

    outputs: Sequence[Output]
    color: ColorChoice
    quiet: bool
    verbose: bool
    unsafe_fixes: bool
    statistics: bool = False
    inline_ignores: bool = True
    least: Severity | None = None
    is_first: bool = False

    def shown(self, diagnostics: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
        """Those that are bad enough to be shown."""
        if self.least is None:
            return diagnostics
        most = self.least.rank
        return [each for each in diagnostics if each.severity.rank <= most]


def print_report(
    diagnostics: Sequence[Diagnostic],
    found: Sequence[FileResult],
    look: Look,
    run: FixRun | None,
    known: int | None,
) -> None:
    """Print the reports of a run; ``run`` is what fixed the files, if they were fixed.

    ``known`` are left out as the baseline has them or they were there before; ``None`` if
    neither was looked at.
    Raises :class:`seedlint.trouble.Trouble` if a file could not be written, once all else is done.
    """
    out = sys.stdout if run is None else run.report_stream
    printed = next((output for output in look.outputs if output.file is None), None)
    aside = sys.stderr if printed is not None and formats()[printed.format]().DATA else out
    is_log = printed is not None and printed.is_log
    color = use_color(look.color, aside, is_log)
    shown = look.shown(diagnostics)
    fixes = _fixable(shown, look.unsafe_fixes) if run is None else run.log.fixes()
    milder = len(diagnostics) - len(shown)
    summary = _summary(shown, found, fixes, look)._replace(known=known or 0, milder=milder)
    reports = Reports(shown, summary)
    if run is None or not run.mode.diff:
        reports.write_files(look.outputs, [each.file for each in found if each.is_seed])
        if printed is not None:
            reports.print(printed, out, use_color(look.color, out, is_log))
        if look.statistics and not reports.has_counts:
            print_counts(summary, aside, color)
    if look.verbose:
        _tell_of_skipped(found)
    if run is not None:
        if run.mode.show_fixes:
            run.log.print_fixes(aside)
        for line in (*run.log.remarks, *run.log.trouble):
            tell(line)
    if not look.quiet:
        silent = run is not None and run.mode.is_silent
        _print_summary(summary, aside, color, silent)
        if run is None and known is None and printed is not None and printed.format in _FOR_PEOPLE:
            _advise(shown, summary, look, aside)
    if reports.trouble:
        raise Trouble("; ".join(reports.trouble))


def _tell_of_skipped(found: Sequence[FileResult]) -> None:
    from seedlint.visible import visible

    for result in found:
        if not result.is_seed:
            click.echo(f"skipped {visible(result.file)}: no YAML front matter", err=True)


def _advise(diagnostics: Sequence[Diagnostic], summary: Summary, look: Look, out: TextIO) -> None:
    """Say how to go on where so much is found that nobody will mend all of it."""
    if look.is_first and _are_of_another_shape(diagnostics, summary.files):
        out.write(_NO_SEEDS)
    elif _are_many(diagnostics):
        out.write(_BASELINE)


def _are_of_another_shape(diagnostics: Sequence[Diagnostic], files: int) -> bool:
    """Whether most files, and not just a few, lack too much to be seeds with mistakes."""
    lacking = Counter(each.place.file for each in diagnostics if each.rule == "schema-required")
    others = sum(missing >= _MANY_MISSING for missing in lacking.values())
    return others >= _FEWEST_FILES and 2 * others > files


def _are_many(diagnostics: Sequence[Diagnostic]) -> bool:
    if len(diagnostics) < _MANY:
        return False
    return len({diagnostic.place.file for diagnostic in diagnostics}) >= _MANY_FILES


def _counts(diagnostics: Sequence[Diagnostic], unsafe_too: bool) -> tuple[RuleCount, ...]:
    from seedlint.rulecounts import count_by_rule

    unsafe = (Applicability.UNSAFE,) if unsafe_too else ()
    return count_by_rule(diagnostics, (Applicability.SAFE, *unsafe))


def _print_summary(summary: Summary, out: TextIO, color: bool, silent: bool) -> None:
    of_fixes = fixes_line(summary.fixes, color=color)
    if not silent:
        out.write(summary_line(summary, color=color) + "\n")
    elif not of_fixes:
        of_fixes = nothing_fixed_line(summary)
    if of_fixes:
        out.write(of_fixes + "\n")


def _fixable(diagnostics: Sequence[Diagnostic], unsafe_too: bool) -> Fixes:
    safe = unsafe = 0
    for diagnostic in diagnostics:
        if diagnostic.fix is not None:
            safe += diagnostic.fix.applicability is Applicability.SAFE
            unsafe += diagnostic.fix.applicability is Applicability.UNSAFE
    return Fixes(safe=safe + unsafe) if unsafe_too else Fixes(safe=safe, unsafe=unsafe)


def _summary(
    diagnostics: Sequence[Diagnostic], found: Sequence[FileResult], fixes: Fixes, look: Look
) -> Summary:
    counts = dict.fromkeys(Severity, 0)
    for diagnostic in diagnostics:
        counts[diagnostic.severity] += 1
    seeds = sum(result.is_seed for result in found)
    suppressed = sum(result.suppressed for result in found)
    return Summary(
        files=seeds,
        skipped=len(found) - seeds,
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
        suppressed=suppressed if look.inline_ignores else 0,
        disregarded=0 if look.inline_ignores else suppressed,
        fixes=fixes,
        by_rule=_counts(diagnostics, look.unsafe_fixes) if look.statistics else None,
    )
