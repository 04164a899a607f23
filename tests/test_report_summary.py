"""The last line, and the registry of formats."""

from __future__ import annotations

import pytest

from seedlint.report import formats
from seedlint.report.summary import Summary, summary_line


def summary(**counts: int) -> Summary:
    nothing = dict.fromkeys(("files", "skipped", "errors", "warnings", "infos", "suppressed"), 0)
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
    ],
)
def test_summary_line(counts: dict[str, int], line: str) -> None:
    assert summary_line(summary(**counts)) == line


def test_summary_line_in_colour() -> None:
    line = summary_line(summary(files=2, errors=1, warnings=2), color=True)
    assert line == "\x1b[1;31m1 error\x1b[0m, \x1b[1;33m2 warnings\x1b[0m in 2 files"
    assert summary_line(summary(files=1), color=True).startswith("\x1b[1;32mAll clean\x1b[0m: ")


def test_every_module_is_a_format() -> None:
    assert {"concise", "full", "json"} <= set(formats())
    assert "summary" not in formats()
    for load in formats().values():
        assert callable(load().render)


@pytest.mark.parametrize(("name", "data"), [("concise", True), ("full", False), ("json", True)])
def test_which_formats_are_data(name: str, data: bool) -> None:
    assert formats()[name]().DATA is data
