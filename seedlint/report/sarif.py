"""SARIF 2.1.0, which GitHub's code scanning and many editors read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TextIO

from seedlint import __version__
from seedlint.diagnostic import Applicability, Severity
from seedlint.ownwords import INTERNAL_ERROR
from seedlint.report._checkout import uri
from seedlint.report._data import json_text
from seedlint.report._frame import remarks
from seedlint.report._identity import identities
from seedlint.rule import rule_covering
from seedlint.ruledocs import markdown, sections
from seedlint.ruledocs import summary as rule_summary
from seedlint.visible import visible
from seedlint.wording import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from seedlint.diagnostic import Diagnostic, LocatedFix, Place, Span
    from seedlint.report import Counts
    from seedlint.report.summary import Summary

DATA = True
COUNTS: Counts = "aside"

# GitHub refuses a run with more results, and shows those of the first so many that are worst.
_ACCEPTED = 25_000
_SHOWN = 5_000
_LONGEST_DESCRIPTION = 1024
_ROOT = "%SRCROOT%"
_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}
_BRACKET = re.compile(r"[\[\]\\]")


def render(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    out: TextIO,
    *,
    color: bool,
    width: int,
) -> Sequence[str]:
    """Write one log with one run; if there are too many diagnostics, the worst of them.

    Returns what was left out, which the log itself says as well.
    """
    fingerprints = identities(diagnostics, lambda each: each.fingerprint)
    marked = list(zip(diagnostics, fingerprints, strict=True))
    if len(marked) > _SHOWN:
        marked.sort(key=lambda each: each[0].severity.rank)
    marked = marked[:_ACCEPTED]
    left_out = _left_out(len(diagnostics))
    rules = sorted({diagnostic.rule for diagnostic, _ in marked})
    indexes = {rule: index for index, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "seedlint",
                "version": __version__,
                "rules": [_descriptor(rule) for rule in rules],
            }
        },
        "invocations": [
            {
                "executionSuccessful": all(each.rule != INTERNAL_ERROR for each in diagnostics),
                "toolExecutionNotifications": [
                    {"level": "warning", "message": {"text": remark}} for remark in left_out
                ],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            _ROOT: {"description": {"text": "The root of the checkout, or the working directory."}}
        },
        "results": [
            _result(diagnostic, indexes[diagnostic.rule], fingerprint)
            for diagnostic, fingerprint in marked
        ],
    }
    out.write(json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n")
    return left_out


def _left_out(number: int) -> list[str]:
    remarks = []
    if number > _ACCEPTED:
        remarks.append(
            f"{number - _ACCEPTED} of {number} diagnostics are not in the SARIF report, which has "
            f"the {_ACCEPTED} worst: GitHub accepts no more"
        )
    if number > _SHOWN:
        remarks.append(f"GitHub shows the {_SHOWN} worst of {number} diagnostics only")
    return remarks


def _descriptor(name: str) -> dict[str, Any]:
    rule = rule_covering(name)
    if rule is None:
        return {"id": name}
    parts = sections(rule)
    described = (parts.get("What it finds", ""), parts.get("Why it matters", ""))
    full = " ".join(_plain(part) for part in described if part)
    page = markdown(rule)
    return {
        "id": name,
        "shortDescription": {"text": _described(rule_summary(rule))},
        "fullDescription": {"text": _described(full or rule_summary(rule))},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _described(text: str) -> str:
    return shorten(_plain(text), _LONGEST_DESCRIPTION)


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())


def _result(diagnostic: Diagnostic, rule: int, fingerprint: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule,
        "ruleIndex": rule,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _message(diagnostic)},
        "locations": [_location(diagnostic.place)],
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            _location(place, index) for index, place in enumerate(diagnostic.related, start=1)
        ]
    if diagnostic.fingerprint:
        result["partialFingerprints"] = {"seedlintIdentity/v1": fingerprint}
    fix = diagnostic.fix
    if fix is not None and fix.edits and fix.applicability is not Applicability.DISPLAY:
        result["fixes"] = [_fix(fix, diagnostic.place.file)]
    return result


def _message(diagnostic: Diagnostic) -> str:
    """The message and what belongs to it, a line each, with links to the related places."""
    lines = [_literal(diagnostic.message)]
    lines += [f"{kind}: {_literal(text)}" for kind, text in remarks(diagnostic)]
    lines += [
        f"related: [{_escaped(place.message or f'line {place.span.line}')}]({index})"
        for index, place in enumerate(diagnostic.related, start=1)
    ]
    return "\n".join(lines)


def _literal(text: str) -> str:
    """Text as part of a message, where ``[text](target)`` is a link.

    Only where there is one: not every reader takes the escapes off again.
    """
    return _escaped(text) if "](" in text else visible(text)


def _escaped(text: str) -> str:
    return _BRACKET.sub(r"\\\g<0>", visible(text))


def _location(place: Place, number: int | None = None) -> dict[str, Any]:
    location: dict[str, Any] = {} if number is None else {"id": number}
    location["physicalLocation"] = {
        "artifactLocation": _artifact(place.file),
        "region": _region(place.span),
    }
    if place.message:
        location["message"] = {"text": _literal(place.message)}
    return location


def _artifact(file: str) -> dict[str, str]:
    address, is_relative = uri(file)
    return {"uri": address, "uriBaseId": _ROOT} if is_relative else {"uri": address}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fix(fix: LocatedFix, file: str) -> dict[str, Any]:
    return {
        "description": {"text": _literal(fix.title)},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(file),
                "replacements": [
                    {
                        "deletedRegion": _region(edit.span),
                        "insertedContent": {"text": edit.text},
                    }
                    for edit in fix.edits
                ],
            }
        ],
        "properties": {"applicability": fix.applicability.value},
    }
