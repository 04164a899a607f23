"""The result of a file as text for the cache, and back.

What comes back may have been tampered with: whatever is not of the right shape counts as
not there. The changes of a fix are left out; only its edits are ever shown.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from seedlint.check import FileResult
from seedlint.diagnostic import (
    Applicability,
    Diagnostic,
    Edit,
    LocatedFix,
    Place,
    Severity,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from seedlint.analysis import Outcome

# Whether the file was named: yes, no, or that.
_ALL_THE_SAME = "-"


def kept(outcome: Outcome, named: bool, now: datetime) -> str | None:
    """What to keep of an outcome, with the circumstances; ``None`` for nothing.

    What may change as time goes by is not kept. Only what has no front matter is read
    otherwise when somebody names it.
    """
    if outcome.result is None or not outcome.is_settled:
        return None
    return in_circumstances(outcome.result, None if outcome.has_block else named, now)


def in_circumstances(result: FileResult, named: bool | None, now: datetime) -> str:
    """The text of a result that holds from now on, for files that are named, or not, or both."""
    return f"{now.timestamp()} {_ALL_THE_SAME if named is None else int(named)} {write(result)}"


def read_if_valid(text: str | None, file: str, named: bool, now: datetime) -> FileResult | None:
    """A result that was kept; ``None`` if it need not be the same in these circumstances."""
    since, _, rest = (text or "").partition(" ")
    was_named, _, result = rest.partition(" ")
    try:
        if was_named not in (_ALL_THE_SAME, f"{named:d}") or float(since) > now.timestamp():
            return None
    except ValueError:
        return None
    return read(result, file)


def write(result: FileResult) -> str:
    """The text of a result; short for a file with nothing to say."""
    if not result.diagnostics and not result.suppressed:
        return "1" if result.is_seed else "0"
    # A line is written once, however many places are on it: it may be most of the file.
    lines: dict[str, int] = {}
    diagnostics = [_diagnostic(each, lines) for each in result.diagnostics]
    data = [result.suppressed, list(lines), diagnostics]
    return json.dumps(data, separators=(",", ":"))


def read(text: str, file: str) -> FileResult | None:
    """The result of ``file``, as it is called now; ``None`` for damaged text."""
    if text in ("0", "1"):
        return FileResult(file, is_seed=text == "1")
    try:
        suppressed, lines, diagnostics = json.loads(text)
        lines = [*map(str, lines)]
        found = tuple(_read_diagnostic(each, file, lines) for each in diagnostics)
        return FileResult(file, found, int(suppressed))
    except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError):
        return None


def _diagnostic(diagnostic: Diagnostic, lines: dict[str, int]) -> list[Any]:
    own = diagnostic.place.file
    return [
        diagnostic.rule,
        diagnostic.severity.value,
        _place(diagnostic.place, own, lines),
        diagnostic.pointer,
        diagnostic.message,
        list(diagnostic.notes),
        [_place(place, own, lines) for place in diagnostic.related],
        _fix(diagnostic.fix),
        diagnostic.fingerprint,
    ]


def _place(place: Place, own: str, lines: dict[str, int]) -> list[Any]:
    file = None if place.file == own else place.file
    line = lines.setdefault(place.line_text, len(lines))
    return [file, list(place.span), line, place.message]


def _fix(fix: LocatedFix | None) -> list[Any] | None:
    if fix is None:
        return None
    edits = [[edit.start, edit.end, edit.text, list(edit.span)] for edit in fix.edits]
    return [fix.title, fix.applicability.value, edits]


def _read_diagnostic(data: Sequence[Any], file: str, lines: Sequence[str]) -> Diagnostic:
    rule, severity, place, pointer, message, notes, related, fix, fingerprint = data
    return Diagnostic(
        str(rule),
        Severity(severity),
        _read_place(place, file, lines),
        str(pointer),
        str(message),
        tuple(map(str, notes)),
        tuple(_read_place(each, file, lines) for each in related),
        _read_fix(fix),
        str(fingerprint),
    )


def _read_place(data: Sequence[Any], own: str, lines: Sequence[str]) -> Place:
    file, span, line, message = data
    return Place(own if file is None else str(file), _span(span), lines[line], str(message))


def _read_fix(data: Sequence[Any] | None) -> LocatedFix | None:
    if data is None:
        return None
    title, applicability, edits = data
    return LocatedFix(
        str(title),
        Applicability(applicability),
        tuple(
            Edit(int(start), int(end), str(text), _span(span)) for start, end, text, span in edits
        ),
    )


def _span(data: Sequence[Any]) -> Span:
    line, column, end_line, end_column = data
    return Span(int(line), int(column), int(end_line), int(end_column))
