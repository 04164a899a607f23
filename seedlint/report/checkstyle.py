"""Checkstyle's XML, which many code review and CI tools read."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TextIO
from xml.etree.ElementTree import Element, SubElement

from seedlint.report._checkout import from_checkout
from seedlint.report._xml import write_xml
from seedlint.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.diagnostic import Diagnostic
    from seedlint.report import Counts
    from seedlint.report.summary import Summary

DATA = True
COUNTS: Counts = "aside"

# Readers take the version for that of Checkstyle, and this shape for as old.
_VERSION = "4.3"


def render(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    out: TextIO,
    *,
    color: bool,
    width: int,
) -> None:
    """Write the diagnostics by file, in the order given."""
    root = Element("checkstyle", version=_VERSION)
    for file, found in groupby(diagnostics, key=lambda each: each.place.file):
        element = SubElement(root, "file", name=visible(from_checkout(file)))
        for diagnostic in found:
            SubElement(
                element,
                "error",
                line=str(diagnostic.place.span.line),
                column=str(diagnostic.place.span.column),
                severity=diagnostic.severity.value,
                message=visible(diagnostic.message),
                source=f"seedlint.{visible(diagnostic.rule)}",
            )
    write_xml(root, out)
