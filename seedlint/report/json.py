"""For programs: the diagnostics as JSON, in a shape that only grows within a version.

Pure ASCII: neither a bidi override nor a lone surrogate of an undecodable file name can
do harm, and every encoding of standard output can carry it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.diagnostic import Diagnostic, LocatedFix, Place, Span
    from seedlint.report.summary import Summary
    from seedlint.rulecounts import RuleCount

DATA = True
COUNTS = True


def render(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    out: TextIO,
    *,
    color: bool,
    width: int,
) -> None:
    """Write one JSON document with the diagnostics, in the order given."""
    report: dict[str, Any] = {
        "version": 1,
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in diagnostics],
        "summary": {
            "files": summary.files,
            "errors": summary.errors,
            "warnings": summary.warnings,
            "infos": summary.infos,
            "fixed": summary.fixes.fixed,
            "known": summary.known,
        },
    }
    if summary.by_rule is not None:
        report["statistics"] = [_count(each) for each in summary.by_rule]
    # DEL is the one control character that JSON leaves as it is.
    out.write(json.dumps(report, indent=2).replace("\x7f", "\\u007f") + "\n")


def _count(of_rule: RuleCount) -> dict[str, Any]:
    return {
        "rule": of_rule.rule,
        "severity": of_rule.severity,
        "count": of_rule.total,
        "files": of_rule.files,
        "fixable": of_rule.fixable,
    }


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    place = diagnostic.place
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "file": place.file,
        **_position(place.span),
        "pointer": diagnostic.pointer,
        "message": diagnostic.message,
        "notes": list(diagnostic.notes),
        "related": [_related(related) for related in diagnostic.related],
        "fix": None if diagnostic.fix is None else _fix(diagnostic.fix),
    }


def _fix(fix: LocatedFix) -> dict[str, Any]:
    return {
        "title": fix.title,
        "applicability": fix.applicability.value,
        "edits": [{**_position(edit.span), "text": edit.text} for edit in fix.edits],
    }


def _related(place: Place) -> dict[str, Any]:
    return {"file": place.file, **_position(place.span), "message": place.message}


def _position(span: Span) -> dict[str, int]:
    return {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
