"""The table of ``--statistics``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from seedlint.diagnostic import Applicability, Diagnostic, LocatedFix, Place, Severity, Span
from seedlint.rulecounts import RuleCount, count_by_rule, table
from tests.support import SEED, fenced
from tests.test_cli import run

SAFE, UNSAFE, DISPLAY = Applicability.SAFE, Applicability.UNSAFE, Applicability.DISPLAY


def diagnostic(
    rule: str, file: str, severity: Severity, trust: Applicability | None = None
) -> Diagnostic:
    fix = None if trust is None else LocatedFix("mend it", trust, ())
    return Diagnostic(rule, severity, Place(file, Span(1, 1, 1, 2), "x"), "", "found", fix=fix)


FOUND = (
    diagnostic("b-rule", "a.md", Severity.WARNING, SAFE),
    diagnostic("b-rule", "a.md", Severity.WARNING, UNSAFE),
    diagnostic("b-rule", "b.md", Severity.WARNING, DISPLAY),
    diagnostic("b-rule", "b.md", Severity.INFO),
    diagnostic("a-rule", "a.md", Severity.ERROR),
    *(diagnostic("common-rule", f"{number}.md", Severity.ERROR, SAFE) for number in range(10)),
)


@pytest.mark.parametrize(("applied", "fixable"), [((SAFE,), 1), ((SAFE, UNSAFE), 2)])
def test_counts(applied: tuple[Applicability, ...], fixable: int) -> None:
    assert count_by_rule(FOUND, applied) == (
        RuleCount("common-rule", "error", 10, 10, 10),
        RuleCount("b-rule", "warning", 3, 2, fixable),
        RuleCount("a-rule", "error", 1, 1, 0),
        RuleCount("b-rule", "info", 1, 1, 0),
    )


def test_table() -> None:
    assert list(table(count_by_rule(FOUND, (SAFE,)), color=False)) == [
        "count  rule         severity  files  fixable",
        "   10  common-rule  error        10       10",
        "    3  b-rule       warning       2        1",
        "    1  a-rule       error         1        0",
        "    1  b-rule       info          1        0",
    ]
    assert list(table((), color=True)) == []


def test_table_in_colour() -> None:
    header, row = table((RuleCount("a-rule", "info", 123456, 2, 0),), color=True)
    assert header == "\x1b[2m count  rule    severity  files  fixable\x1b[0m"
    assert row == "123456  \x1b[1ma-rule\x1b[0m  \x1b[1;36minfo    \x1b[0m      2        0"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = SEED.replace("domain: ", "domain: www.")
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(fenced(f"{text}other: true\n"), encoding="utf-8")
    (tmp_path / "c.md").write_text(fenced(SEED), encoding="utf-8")
    return tmp_path


TABLE = """\
count  rule                          severity  files  fixable
    2  provider-domain-form          warning       2        2
    2  schema-additional-properties  error         2        0
"""


@pytest.mark.parametrize("output", ["full", "concise"])
def test_the_table_replaces_the_report(folder: Path, output: str) -> None:
    command = ("check", "--isolated", "--no-cache", "--statistics", "-o", output)
    done = run(*command, "--select", "provider-domain-form,schema", cwd=folder)
    summary = "2 errors, 2 warnings in 3 files\n2 fixable with --fix\n"
    expected = (TABLE, summary) if output == "concise" else (TABLE + summary, "")
    assert (done.returncode, done.stdout, done.stderr) == (1, *expected)


def test_nothing_to_count(folder: Path) -> None:
    done = run("check", "--no-cache", "--statistics", "--select=schema", "c.md", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "All clean: 1 file checked\n")


def test_json_has_the_counts_besides(folder: Path) -> None:
    command = ("check", "--no-cache", "-o", "json", "--select", "provider-domain-form,schema")
    plain = json.loads(run(*command, cwd=folder).stdout)
    counted = json.loads(run(*command, "--statistics", cwd=folder).stdout)
    assert counted.pop("statistics") == [
        {
            "rule": "provider-domain-form",
            "severity": "warning",
            "count": 2,
            "files": 2,
            "fixable": 2,
        },
        {
            "rule": "schema-additional-properties",
            "severity": "error",
            "count": 2,
            "files": 2,
            "fixable": 0,
        },
    ]
    assert counted == plain
    clean = json.loads(run(*command, "--statistics", "c.md", cwd=folder).stdout)
    assert clean["statistics"] == []


def test_what_remains_is_counted(folder: Path) -> None:
    command = (
        "check",
        "--no-cache",
        "--statistics",
        "--select",
        "provider-domain-form,schema",
        "--fix",
    )
    done = run(*command, cwd=folder)
    assert done.stdout == (
        "count  rule                          severity  files  fixable\n"
        "    2  schema-additional-properties  error         2        0\n"
        "2 errors in 3 files\n"
        "2 fixed in 2 files\n"
    )
