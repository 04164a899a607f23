"""For programs: one JSON document, in a shape that only grows within a version.

``schemas/report.schema.json`` describes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from seedlint.report._data import diagnostic_data, json_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.diagnostic import Diagnostic
    from seedlint.report import Counts
    from seedlint.report.summary import Summary
    from seedlint.rulecounts import RuleCount

DATA = True
COUNTS: Counts = "within"


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
        "diagnostics": [diagnostic_data(diagnostic) for diagnostic in diagnostics],
        "summary": {
            "files": summary.files,
            "errors": summary.errors,
            "warnings": summary.warnings,
            "infos": summary.infos,
            "fixed": summary.fixes.fixed,
            "known": summary.known,
            "disregarded": summary.disregarded,
            "milder": summary.milder,
        },
    }
    if summary.by_rule is not None:
        report["statistics"] = [_count(each) for each in summary.by_rule]
    out.write(json_text(report, indent=2) + "\n")


def _count(of_rule: RuleCount) -> dict[str, Any]:
    return {
        "rule": of_rule.rule,
        "severity": of_rule.severity,
        "count": of_rule.total,
        "files": of_rule.files,
        "fixable": of_rule.fixable,
    }
