"""What a run amounts to, in numbers and in a line or two."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from seedlint.paint import painter
from seedlint.wording import counted

if TYPE_CHECKING:
    from seedlint.rulecounts import RuleCount


class Fixes(NamedTuple):
    """What became of fixes: ``fixed`` in ``files``; the rest are problems that remain.

    ``safe`` and ``unsafe`` ones could still be fixed, by ``--fix`` and with
    ``--unsafe-fixes``; ``undone`` are fixes that were taken back, ``unwritten`` files that
    could not be replaced. ``wanted`` says that fixing was asked for, ``shown_only`` that
    nothing was written.
    """

    wanted: bool = False
    shown_only: bool = False
    fixed: int = 0
    files: int = 0
    undone: int = 0
    unwritten: int = 0
    safe: int = 0
    unsafe: int = 0


class Summary(NamedTuple):
    """The counts of a run; ``files`` were checked, ``skipped`` are no seeds.

    ``by_rule`` is there only if somebody asked for it; ``known`` are in the baseline, or were
    there before the change that is looked at; ``disregarded`` are ignores that had no effect
    because of ``--no-inline``; ``milder`` are left out by ``--min-severity``.
    """

    files: int
    skipped: int
    errors: int
    warnings: int
    infos: int
    suppressed: int
    fixes: Fixes = Fixes()
    by_rule: tuple[RuleCount, ...] | None = None
    known: int = 0
    disregarded: int = 0
    milder: int = 0


def summary_line(summary: Summary, *, color: bool = False) -> str:
    """The run for people: ``3 errors, 2 warnings in 5 files (1 skipped)``."""
    paint = painter(color)
    counts = {"error": summary.errors, "warning": summary.warnings, "info": summary.infos}
    found = [paint(what, counted(number, what)) for what, number in counts.items() if number]
    files = counted(summary.files, "file")
    if found:
        line = f"{', '.join(found)} in {files}"
    elif summary.files:
        good = "Nothing new" if summary.known else "All clean"
        if summary.milder:
            good = "Nothing as bad"
        line = f"{paint('good', good)}: {files} checked"
    else:
        line = "No files checked"
    return line + _asides(summary)


def fixes_line(fixes: Fixes, *, color: bool = False) -> str:
    """What was or could be fixed: ``5 fixed in 2 files, 2 more with --unsafe-fixes``.

    Empty when there is nothing to say of fixes.
    """
    paint = painter(color)
    parts = []
    if fixes.fixed:
        done = "would be fixed" if fixes.shown_only else "fixed"
        parts.append(f"{paint('good', f'{fixes.fixed} {done}')} in {counted(fixes.files, 'file')}")
    if fixes.undone:
        parts.append(f"{counted(fixes.undone, 'fix', 'fixes')} taken back")
    if fixes.unwritten:
        parts.append(paint("error", f"{counted(fixes.unwritten, 'file')} not written"))
    if fixes.safe and not fixes.wanted:
        parts.append(f"{fixes.safe} fixable with --fix")
    if fixes.unsafe:
        many = f"{fixes.unsafe} more" if fixes.fixed or fixes.safe else f"{fixes.unsafe} fixable"
        parts.append(f"{many} with {'' if fixes.wanted or fixes.safe else '--fix '}--unsafe-fixes")
    return ", ".join(parts)


def nothing_fixed_line(summary: Summary) -> str:
    """In place of both lines, where only fixes are reported and there were none."""
    files = f"{counted(summary.files, 'file')} checked" if summary.files else "no files checked"
    what = "Nothing to fix" if summary.fixes.shown_only else "Nothing fixed"
    return f"{what}: {files}{_asides(summary)}"


def _asides(summary: Summary) -> str:
    asides = []
    if summary.skipped:
        asides.append(f"{summary.skipped} skipped")
    if summary.suppressed:
        asides.append(f"{summary.suppressed} suppressed")
    if summary.known:
        asides.append(f"{summary.known} known")
    if summary.milder:
        asides.append(f"{summary.milder} milder left out")
    if summary.disregarded:
        asides.append(f"{counted(summary.disregarded, 'ignore')} disregarded")
    return f" ({', '.join(asides)})" if asides else ""
