"""GitLab's code quality report, to be uploaded as an artifact of that name."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, TextIO

from seedlint.diagnostic import Severity
from seedlint.report._checkout import as_text, from_checkout
from seedlint.report._data import json_text
from seedlint.report._identity import identities
from seedlint.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from seedlint.diagnostic import Diagnostic
    from seedlint.report import Counts
    from seedlint.report.summary import Summary

DATA = True
COUNTS: Counts = "aside"

# GitLab knows two that are worse, blocker and critical: no content stops a site from running.
_SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: "major",
    Severity.WARNING: "minor",
    Severity.INFO: "info",
}


def render(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    out: TextIO,
    *,
    color: bool,
    width: int,
) -> None:
    """Write a list with an entry for each diagnostic, in the order given."""
    entries = [
        {
            "description": visible(diagnostic.message),
            "check_name": visible(diagnostic.rule),
            "fingerprint": _hash(from_checkout(diagnostic.place.file), identity),
            "severity": _SEVERITIES[diagnostic.severity],
            "location": {
                "path": as_text(from_checkout(diagnostic.place.file)),
                "lines": {
                    "begin": diagnostic.place.span.line,
                    "end": diagnostic.place.span.end_line,
                },
            },
        }
        for diagnostic, identity in zip(diagnostics, identities(diagnostics, _mark), strict=True)
    ]
    out.write(json_text(entries, indent=2) + "\n")


def _mark(diagnostic: Diagnostic) -> str:
    # What keeps a file from being read has no value to go by.
    own = diagnostic.fingerprint or f"{diagnostic.pointer}\0{diagnostic.message}"
    return f"{diagnostic.rule}\0{own}"


def _hash(file: str, identity: str) -> str:
    """GitLab shows only the first of entries with one fingerprint, whatever their files."""
    return sha256(f"{file}\0{identity}".encode("utf-8", "surrogatepass")).hexdigest()
