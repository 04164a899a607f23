"""For GitHub Actions: the full report for the log, and commands that annotate the files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TextIO

from seedlint.diagnostic import Severity
from seedlint.report._checkout import seen_from_checkout
from seedlint.report._frame import related_text, remarks, shown
from seedlint.visible import visible
from seedlint.wording import counted, names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from seedlint.diagnostic import Diagnostic
    from seedlint.report import Counts
    from seedlint.report.summary import Summary

DATA = False
COUNTS: Counts = "instead"

_COMMANDS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}
# So many annotations of each kind a step may have; the runner ignores the rest.
_SHOWN = 10


def render(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    out: TextIO,
    *,
    color: bool,
    width: int,
) -> None:
    """Write the diagnostics, in the order given, then a folded group of commands.

    The log shows of a command only its text, neither file nor line, so the commands alone
    would not do for whoever reads it.
    """
    for diagnostic in diagnostics:
        out.write(shown(diagnostic, color=color, width=width))
    if diagnostics:
        out.write("::group::Annotations\n")
        out.writelines(f"{command}\n" for command in _commands(diagnostics))
        out.write("::endgroup::\n")


def _commands(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    found = Counter(diagnostic.severity for diagnostic in diagnostics)
    room = dict.fromkeys(Severity, _SHOWN)
    if any(found[severity] > _SHOWN for severity in Severity):
        room[Severity.INFO] -= 1  # for the notice of the rest
    rest = {severity: max(0, found[severity] - room[severity]) for severity in Severity}
    if any(rest.values()):
        counts = [counted(number, severity.value) for severity, number in rest.items() if number]
        text = f"{names(counts, 'and')} more than GitHub shows here: the log has them all"
        yield f"::notice title=seedlint::{_data(text)}"
    for diagnostic in diagnostics:
        if room[diagnostic.severity]:
            room[diagnostic.severity] -= 1
            yield _command(seen_from_checkout(diagnostic))


def _command(diagnostic: Diagnostic) -> str:
    span = diagnostic.place.span
    properties = {
        "file": visible(diagnostic.place.file),
        "line": str(span.line),
        "endLine": str(span.end_line),
    }
    if span.line == span.end_line:  # else GitHub takes no columns
        properties.update(col=str(span.column), endColumn=str(span.end_column))
    properties["title"] = f"seedlint: {visible(diagnostic.rule)}"
    pairs = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    said = [diagnostic.message]
    said += [f"related: {related_text(each)}" for each in diagnostic.related]
    said += [f"{kind}: {text}" for kind, text in remarks(diagnostic)]
    text = "\n".join(map(visible, said))
    return f"::{_COMMANDS[diagnostic.severity]} {pairs}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
