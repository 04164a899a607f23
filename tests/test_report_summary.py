"""The last line, and the registry of formats."""

from __future__ import annotations

from typing import Any

import pytest

from seedlint.report import formats
from seedlint.report.summary import Fixes, Summary, fixes_line, nothing_fixed_line, summary_line


def summary(**counts: Any) -> Summary:
    nothing: dict[str, Any] = dict.fromkeys(
        ("files", "skipped", "errors", "warnings", "infos", "suppressed"), 0
    )
    return Summary(**{**nothing, **counts})


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        (
            {"files": 5, "skipped": 1, "errors": 3, "warnings": 2},
            "3 errors, 2 warnings in 5 files (1 skipped)",
        ),
        (
            {"files": 1, "errors": 1, "warnings": 1, "infos": 1},
            "1 error, 1 warning, 1 info in 1 file",
        ),
        ({"files": 2, "infos": 2}, "2 infos in 2 files"),
        ({"files": 5}, "All clean: 5 files checked"),
        ({"files": 1, "suppressed": 2}, "All clean: 1 file checked (2 suppressed)"),
        ({"skipped": 3, "suppressed": 1}, "No files checked (3 skipped, 1 suppressed)"),
        ({}, "No files checked"),
        (
            {"files": 1, "errors": 1, "disregarded": 1},
            "1 error in 1 file (1 ignore disregarded)",
        ),
        (
            {"files": 5, "known": 1, "disregarded": 2},
            "Nothing new: 5 files checked (1 known, 2 ignores disregarded)",
        ),
        ({"files": 5, "milder": 3}, "Nothing as bad: 5 files checked (3 milder left out)"),
        (
            {"files": 5, "errors": 1, "known": 2, "milder": 3},
            "1 error in 5 files (2 known, 3 milder left out)",
        ),
        ({"files": 5, "known": 3}, "Nothing new: 5 files checked (3 known)"),
        (
            {"files": 5, "errors": 1, "suppressed": 2, "known": 3},
            "1 error in 5 files (2 suppressed, 3 known)",
        ),
    ],
)
def test_summary_line(counts: dict[str, int], line: str) -> None:
    assert summary_line(summary(**counts)) == line


def test_summary_line_in_colour() -> None:
    line = summary_line(summary(files=2, errors=1, warnings=2), color=True)
    assert line == "\x1b[1;31m1 error\x1b[0m, \x1b[1;33m2 warnings\x1b[0m in 2 files"
    assert summary_line(summary(files=1), color=True).startswith("\x1b[1;32mAll clean\x1b[0m: ")


@pytest.mark.parametrize(
    ("fixes", "line"),
    [
        (Fixes(), ""),
        (Fixes(wanted=True), ""),
        (Fixes(safe=5), "5 fixable with --fix"),
        (Fixes(safe=5, unsafe=2), "5 fixable with --fix, 2 more with --unsafe-fixes"),
        (Fixes(unsafe=2), "2 fixable with --fix --unsafe-fixes"),
        (Fixes(wanted=True, unsafe=2), "2 fixable with --unsafe-fixes"),
        (Fixes(wanted=True, fixed=1, files=1), "1 fixed in 1 file"),
        (
            Fixes(wanted=True, fixed=5, files=2, safe=1, unsafe=2, undone=1),
            "5 fixed in 2 files, 1 fix taken back, 2 more with --unsafe-fixes",
        ),
        (Fixes(wanted=True, undone=2), "2 fixes taken back"),
        (
            Fixes(wanted=True, unwritten=1, unsafe=1),
            "1 file not written, 1 fixable with --unsafe-fixes",
        ),
        (
            Fixes(wanted=True, shown_only=True, fixed=5, files=2, unsafe=1),
            "5 would be fixed in 2 files, 1 more with --unsafe-fixes",
        ),
    ],
)
def test_fixes_line(fixes: Fixes, line: str) -> None:
    assert fixes_line(fixes) == line


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ({"files": 2, "skipped": 1}, "Nothing fixed: 2 files checked (1 skipped)"),
        ({}, "Nothing fixed: no files checked"),
        ({"files": 1, "fixes": Fixes(shown_only=True)}, "Nothing to fix: 1 file checked"),
    ],
)
def test_nothing_fixed_line(counts: dict[str, Any], line: str) -> None:
    assert nothing_fixed_line(summary(**counts)) == line


def test_fixes_line_in_colour() -> None:
    line = fixes_line(Fixes(wanted=True, fixed=5, files=2, unsafe=1), color=True)
    assert line == "\x1b[1;32m5 fixed\x1b[0m in 2 files, 1 more with --unsafe-fixes"


def test_every_module_is_a_format() -> None:
    assert {"concise", "full", "json"} <= set(formats())
    assert "summary" not in formats()
    for load in formats().values():
        assert callable(load().render)


@pytest.mark.parametrize(("name", "data"), [("concise", True), ("full", False), ("json", True)])
def test_which_formats_are_data(name: str, data: bool) -> None:
    assert formats()[name]().DATA is data
