"""SARIF as its schema, code scanning and editors want it."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from seedlint.diagnostic import Applicability, Edit, LocatedFix, Place, Severity, Span
from seedlint.report import sarif
from seedlint.rule import all_rules
from tests.report_support import every_kind, found, rendered, sarif_errors, summary_of

SAFE, UNSAFE, DISPLAY = Applicability.SAFE, Applicability.UNSAFE, Applicability.DISPLAY


def run_of(*diagnostics: Any) -> dict[str, Any]:
    output = rendered("sarif", *diagnostics)
    assert sarif_errors(output) == []
    (run,) = json.loads(output)["runs"]
    return dict(run)


def test_a_complete_result() -> None:
    fix = LocatedFix(
        'rename the key to "url"',
        UNSAFE,
        (Edit(4, 8, "url", Span(2, 1, 2, 5)), Edit(20, 20, "é\n", Span(4, 1, 4, 1))),
    )
    diagnostic = found(
        "content/a b.md",
        'key "link" is old',
        rule="deprecated-key",
        severity=Severity.WARNING,
        span=Span(2, 1, 2, 5),
        notes=("one note",),
        related=(Place("b.md", Span(7, 3, 8, 1), "", "listed [here] first"),),
        fix=fix,
        fingerprint="00ff",
    )
    run = run_of(diagnostic)
    root = {"uriBaseId": "%SRCROOT%"}
    assert run["results"] == [
        {
            "ruleId": "deprecated-key",
            "ruleIndex": 0,
            "level": "warning",
            "message": {
                "text": 'key "link" is old\n'
                "note: one note\n"
                'fix: rename the key to "url" (unsafe)\n'
                "related: [listed \\[here\\] first](1)"
            },
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "content/a%20b.md", **root},
                        "region": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 5},
                    }
                }
            ],
            "relatedLocations": [
                {
                    "id": 1,
                    "physicalLocation": {
                        "artifactLocation": {"uri": "b.md", **root},
                        "region": {"startLine": 7, "startColumn": 3, "endLine": 8, "endColumn": 1},
                    },
                    "message": {"text": "listed [here] first"},
                }
            ],
            "partialFingerprints": {"seedlintIdentity/v1": "00ff"},
            "fixes": [
                {
                    "description": {"text": 'rename the key to "url"'},
                    "artifactChanges": [
                        {
                            "artifactLocation": {"uri": "content/a%20b.md", **root},
                            "replacements": [
                                {
                                    "deletedRegion": {
                                        "startLine": 2,
                                        "startColumn": 1,
                                        "endLine": 2,
                                        "endColumn": 5,
                                    },
                                    "insertedContent": {"text": "url"},
                                },
                                {
                                    "deletedRegion": {
                                        "startLine": 4,
                                        "startColumn": 1,
                                        "endLine": 4,
                                        "endColumn": 1,
                                    },
                                    "insertedContent": {"text": "é\n"},
                                },
                            ],
                        }
                    ],
                    "properties": {"applicability": "unsafe"},
                }
            ],
        }
    ]
    assert run["columnKind"] == "unicodeCodePoints"
    assert list(run["originalUriBaseIds"]) == ["%SRCROOT%"]


def test_every_kind_of_diagnostic_is_valid() -> None:
    diagnostics = every_kind()
    run = run_of(*diagnostics)
    rules = run["tool"]["driver"]["rules"]
    names = [rule["id"] for rule in rules]
    assert names == sorted({each.rule for each in diagnostics})
    assert set(all_rules()) - {"schema", "internal-error"} <= set(names)
    assert [names[result["ruleIndex"]] for result in run["results"]] == [
        each.rule for each in diagnostics
    ]
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["markdown"].startswith("# ")
        assert rule["help"]["text"] == rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    shown = {result["ruleId"]: result["level"] for result in run["results"]}
    assert (shown["insecure-url"], shown["mojibake"]) == ("note", "warning")


def test_a_rule_is_described() -> None:
    (rule,) = run_of(found(rule="schema-min-items"))["tool"]["driver"]["rules"]
    assert rule["id"] == "schema-min-items"
    assert rule["shortDescription"] == {"text": "The front matter breaks its JSON Schema."}
    assert "`" not in rule["fullDescription"]["text"]
    assert "## Why it matters" in rule["help"]["markdown"]


def test_a_rule_nobody_knows_has_a_name_only() -> None:
    assert run_of(found(rule="gone"))["tool"]["driver"]["rules"] == [{"id": "gone"}]


def test_nothing_found() -> None:
    run = run_of()
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_a_crash_is_no_successful_run() -> None:
    run = run_of(found(rule="internal-error"))
    assert run["invocations"][0]["executionSuccessful"] is False


def test_fixes_that_nobody_applies_are_none() -> None:
    edits = (Edit(0, 1, "x", Span(1, 1, 1, 2)),)
    for fix in (LocatedFix("a", DISPLAY, edits), LocatedFix("a", SAFE, ())):
        assert "fixes" not in run_of(found(fix=fix))["results"][0]


def test_fingerprints_are_unique_in_a_file() -> None:
    results = run_of(
        found("a.md", fingerprint="aa"),
        found("a.md", fingerprint="aa"),
        found("a.md", fingerprint="bb"),
        found("b.md", fingerprint="aa"),
        found("a.md", fingerprint="aa"),
        found("a.md"),
        found("a.md"),
    )["results"]
    assert [each.get("partialFingerprints") for each in results] == [
        {"seedlintIdentity/v1": "aa"},
        {"seedlintIdentity/v1": "aa:2"},
        {"seedlintIdentity/v1": "bb"},
        {"seedlintIdentity/v1": "aa"},
        {"seedlintIdentity/v1": "aa:3"},
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("file", "location"),
    [
        ("a:b#c?d%e.md", {"uri": "a%3Ab%23c%3Fd%25e.md", "uriBaseId": "%SRCROOT%"}),
        ("ü/\udcff.md", {"uri": "%C3%BC/%FF.md", "uriBaseId": "%SRCROOT%"}),
        ("<stdin>", {"uri": "%3Cstdin%3E", "uriBaseId": "%SRCROOT%"}),
        ("..a/b.md", {"uri": "..a/b.md", "uriBaseId": "%SRCROOT%"}),
        ("../b c.md", {"uri": "file:///work/b%20c.md"}),
        ("a/../../b.md", {"uri": "file:///work/b.md"}),
        ("/else/b.md", {"uri": "file:///else/b.md"}),
    ],
)
def test_files_are_named_by_uri(
    file: str, location: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.getcwd", lambda: "/work/here")
    (result,) = run_of(found(file))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == location


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_files_are_named_from_the_checkout(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.getcwd", lambda: "/work/here")
    monkeypatch.setenv(variable, "/work/")
    files = ("a.md", "../b.md", "../../c.md", "/work/d.md", "/workshop/e.md")
    addresses = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run_of(*map(found, files))["results"]
    ]
    assert addresses == ["here/a.md", "b.md", "file:///c.md", "d.md", "file:///workshop/e.md"]


def limited(number: int, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Any], list[str]]:
    """A log of that many diagnostics, every third of one severity, and what is said of it."""
    monkeypatch.setattr(sarif, "_SHOWN", 3)
    monkeypatch.setattr(sarif, "_ACCEPTED", 5)
    levels = (Severity.INFO, Severity.WARNING, Severity.ERROR)
    diagnostics = tuple(
        found(f"{index}.md", severity=levels[index % 3], fingerprint="aa")
        for index in range(number)
    )
    out = io.StringIO()
    summary = summary_of(diagnostics)
    remarks = sarif.render(diagnostics, summary, out, color=False, width=80)
    assert sarif_errors(out.getvalue()) == []
    (run,) = json.loads(out.getvalue())["runs"]
    notifications = run["invocations"][0]["toolExecutionNotifications"]
    assert [each["message"]["text"] for each in notifications] == remarks
    return run, list(remarks)


def files_in(run: dict[str, Any]) -> list[str]:
    return [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run["results"]
    ]


def test_the_worst_stay_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    run, remarks = limited(7, monkeypatch)
    assert files_in(run) == ["2.md", "5.md", "1.md", "4.md", "0.md"]
    assert remarks == [
        "2 of 7 diagnostics are not in the SARIF report, which has the 5 worst: "
        "GitHub accepts no more",
        "GitHub shows the 3 worst of 7 diagnostics only",
    ]


def test_more_than_are_shown_are_sorted(monkeypatch: pytest.MonkeyPatch) -> None:
    run, remarks = limited(4, monkeypatch)
    assert files_in(run) == ["2.md", "1.md", "0.md", "3.md"]
    assert remarks == ["GitHub shows the 3 worst of 4 diagnostics only"]
    run, remarks = limited(3, monkeypatch)
    assert (files_in(run), remarks) == (["0.md", "1.md", "2.md"], [])


def test_the_limits_are_those_of_github() -> None:
    assert (sarif._SHOWN, sarif._ACCEPTED) == (5_000, 25_000)
