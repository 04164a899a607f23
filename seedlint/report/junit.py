"""JUnit's XML, for what shows test results: each diagnostic is a test that failed."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TextIO
from xml.etree.ElementTree import Element, SubElement

from seedlint.report._checkout import seen_from_checkout
from seedlint.report._frame import shown
from seedlint.report._xml import write_xml
from seedlint.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.diagnostic import Diagnostic
    from seedlint.report import Counts
    from seedlint.report.summary import Summary

DATA = True
COUNTS: Counts = "aside"

_WIDTH = 100


def render(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    out: TextIO,
    *,
    color: bool,
    width: int,
) -> None:
    """Write a suite for each file in which something was found, or a test that passed."""
    root = Element("testsuites", _totals("seedlint", len(diagnostics)))
    seen = map(seen_from_checkout, diagnostics)
    for file, group in groupby(seen, key=lambda each: each.place.file):
        found = list(group)
        name = visible(file)
        suite = SubElement(root, "testsuite", _totals(name, len(found)))
        for diagnostic in found:
            _add_test(suite, name, diagnostic)
    if not diagnostics:
        # Some readers take a report without tests for a mistake.
        root.set("tests", "1")
        suite = SubElement(root, "testsuite", {**_totals("seedlint", 0), "tests": "1"})
        SubElement(suite, "testcase", name="nothing found", classname="seedlint")
    write_xml(root, out)


def _totals(name: str, failures: int) -> dict[str, str]:
    return {"name": name, "tests": str(failures), "failures": str(failures), "errors": "0"}


def _add_test(suite: Element, file: str, diagnostic: Diagnostic) -> None:
    span = diagnostic.place.span
    name = f"{visible(diagnostic.rule)} at {span.line}:{span.column}"
    test = SubElement(suite, "testcase", name=name, classname=file, file=file, line=str(span.line))
    message, kind = visible(diagnostic.message), diagnostic.severity.value
    failure = SubElement(test, "failure", message=message, type=kind)
    failure.text = shown(diagnostic, color=False, width=_WIDTH).rstrip("\n")
