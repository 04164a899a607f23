"""What other tools read: GitLab, JUnit, Checkstyle, JSON; and the grouped list for people."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import jsonschema_rs
import junitparser
import pytest

from seedlint.diagnostic import Applicability, Edit, LocatedFix, Place, Severity, Span
from seedlint.rulecounts import RuleCount
from seedlint.visible import visible
from tests.report_support import (
    REPORT_SCHEMA,
    every_kind,
    found,
    rendered,
    report_errors,
)
from tests.test_report_hostile import hostile

# As GitLab documents the fields, and more narrowly.
GITLAB: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": "^[a-z-]+$"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "additionalProperties": False,
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/.]"},
                    "lines": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["begin", "end"],
                        "properties": {
                            "begin": {"type": "integer", "minimum": 1},
                            "end": {"type": "integer", "minimum": 1},
                        },
                    },
                },
            },
        },
    },
}

THREE = (
    found("a.md", "wrong"),
    found("a.md", "odd", severity=Severity.WARNING, rule="mojibake", span=Span(12, 1, 14, 2)),
    found("b.md", "so-so", severity=Severity.INFO, rule="insecure-url"),
)


def gitlab(*diagnostics: Any) -> list[dict[str, Any]]:
    entries = json.loads(rendered("gitlab", *diagnostics))
    jsonschema.validate(entries, GITLAB)
    return list(entries)


def test_gitlab() -> None:
    entries = gitlab(*THREE)
    prints = [entry.pop("fingerprint") for entry in entries]
    assert len(set(prints)) == 3
    assert entries == [
        {
            "description": "wrong",
            "check_name": "schema-required",
            "severity": "major",
            "location": {"path": "a.md", "lines": {"begin": 3, "end": 3}},
        },
        {
            "description": "odd",
            "check_name": "mojibake",
            "severity": "minor",
            "location": {"path": "a.md", "lines": {"begin": 12, "end": 14}},
        },
        {
            "description": "so-so",
            "check_name": "insecure-url",
            "severity": "info",
            "location": {"path": "b.md", "lines": {"begin": 3, "end": 3}},
        },
    ]
    assert rendered("gitlab") == "[]\n"


def test_gitlab_knows_a_finding_again() -> None:
    def prints(*diagnostics: Any) -> list[str]:
        return [entry["fingerprint"] for entry in gitlab(*diagnostics)]

    moved = found(span=Span(30, 1, 30, 9), fingerprint="aa", message="other words")
    assert prints(found(fingerprint="aa")) == prints(moved)
    same = [found(), found(), found("b.md"), found(message="other"), found(rule="mojibake")]
    assert len(set(prints(*same))) == 5
    assert prints(*same) == prints(*same)
    assert prints(found("b.md"), *same)[1:3] == prints(*same)[:2]


def test_gitlab_takes_every_kind_of_diagnostic() -> None:
    entries = gitlab(*every_kind())
    assert len({entry["fingerprint"] for entry in entries}) == len(every_kind())


def test_gitlab_looks_from_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.getcwd", lambda: "/work/here")
    monkeypatch.setenv("CI_PROJECT_DIR", "/work")
    assert gitlab(found("a.md"))[0]["location"]["path"] == "here/a.md"


def junit(*diagnostics: Any) -> junitparser.JUnitXml:
    return junitparser.JUnitXml.fromstring(rendered("junit", *diagnostics).encode())


def test_junit() -> None:
    report = junit(*THREE)
    assert (report.name, report.tests, report.failures, report.errors) == ("seedlint", 3, 3, 0)
    suites = [(suite.name, suite.tests, suite.failures, suite.errors) for suite in report]
    assert suites == [("a.md", 2, 2, 0), ("b.md", 1, 1, 0)]
    cases = [case for suite in report for case in suite]
    assert [(case.name, case.classname) for case in cases] == [
        ("schema-required at 3:8", "a.md"),
        ("mojibake at 12:1", "a.md"),
        ("insecure-url at 3:8", "b.md"),
    ]
    failures = [failure for case in cases for failure in case.result]
    assert [(failure.message, failure.type) for failure in failures] == [
        ("wrong", "error"),
        ("odd", "warning"),
        ("so-so", "info"),
    ]
    assert failures[0].text + "\n\n" == rendered("full", THREE[0])


def test_junit_looks_from_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.getcwd", lambda: "/work/here")
    monkeypatch.setenv("CI_PROJECT_DIR", "/work")
    related = (Place("../b.md", Span(1, 2, 1, 3), ""),)
    ((case,),) = junit(found("a.md", related=related))
    assert case.classname == "here/a.md"
    (failure,) = case.result
    assert re.findall(r"(?:-->|:::) (.*)", failure.text) == ["here/a.md:3:8", "b.md:1:2"]


def test_junit_has_a_test_that_passed_where_nothing_is_wrong() -> None:
    report = junit()
    assert (report.tests, report.failures) == (1, 0)
    ((case,),) = report
    assert (case.name, case.is_passed) == ("nothing found", True)


def test_checkstyle() -> None:
    assert rendered("checkstyle", *THREE) == (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<checkstyle version="4.3">\n'
        '  <file name="a.md">\n'
        '    <error line="3" column="8" severity="error" message="wrong" '
        'source="seedlint.schema-required" />\n'
        '    <error line="12" column="1" severity="warning" message="odd" '
        'source="seedlint.mojibake" />\n'
        "  </file>\n"
        '  <file name="b.md">\n'
        '    <error line="3" column="8" severity="info" message="so-so" '
        'source="seedlint.insecure-url" />\n'
        "  </file>\n"
        "</checkstyle>\n"
    )
    assert rendered("checkstyle").endswith('\n<checkstyle version="4.3" />\n')


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_xml_takes_every_kind_of_diagnostic(name: str) -> None:
    output = rendered(name, *every_kind())
    assert output.isascii()
    assert "<!" not in output
    assert "\n<testsuites" in output or "\n<checkstyle" in output
    found_in = ElementTree.fromstring(output).iter("failure" if name == "junit" else "error")
    assert [element.attrib["message"] for element in found_in] == [
        visible(each.message) for each in every_kind()
    ]


def test_what_people_can_see_xml_can_say() -> None:
    """Of all characters, those that are shown as they are may stand in XML 1.0."""
    shown = {code for code in range(0x110000) if visible(chr(code)) == chr(code)}
    allowed = {0x9, 0xA, 0xD, *range(0x20, 0xD800), *range(0xE000, 0xFFFE)}
    assert shown - allowed - set(range(0x10000, 0x110000)) == set()


def test_grouped() -> None:
    assert rendered("grouped", *THREE) == (
        "a.md\n"
        "   3:8  error    schema-required  wrong\n"
        "  12:1  warning  mojibake         odd\n"
        "\n"
        "b.md\n"
        "  3:8  info  insecure-url  so-so\n"
        "\n"
    )
    assert rendered("grouped") == ""


def test_grouped_in_colour() -> None:
    assert rendered("grouped", THREE[2], color=True) == (
        "\x1b[1mb.md\x1b[0m\n"
        "  \x1b[2m3:8\x1b[0m  \x1b[1;36minfo\x1b[0m  \x1b[1minsecure-url\x1b[0m  so-so\n"
        "\n"
    )


def test_a_line_of_json_lines_is_a_diagnostic_of_json() -> None:
    diagnostics = (*THREE, hostile("a\nb\x7f##[c]"), found(fingerprint="00ff"))
    lines = rendered("json-lines", *diagnostics).splitlines()
    report = json.loads(rendered("json", *diagnostics))
    assert [json.loads(line) for line in lines] == report["diagnostics"]
    assert [report_errors(json.loads(line), "#/$defs/diagnostic") for line in lines] == [[]] * 5
    assert report["diagnostics"][4]["fingerprint"] == "00ff"
    assert rendered("json-lines") == ""


def test_json_keeps_its_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(REPORT_SCHEMA)
    fix = LocatedFix("x", Applicability.DISPLAY, (Edit(0, 0, "x", Span(1, 1, 1, 1)),))
    full = found(fix=fix, notes=("a",), related=(Place("b", Span(1, 1, 1, 1), ""),))
    counts = (RuleCount("a-rule", "error", 2, 1, 0),)
    for output in (
        rendered("json"),
        rendered("json", full, by_rule=counts),
        rendered("json", *every_kind()),
    ):
        assert report_errors(json.loads(output)) == []
        assert jsonschema_rs.is_valid(REPORT_SCHEMA, json.loads(output))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"version": 2}, "$.version: 1 was expected"),
        ({"more": 1}, "$: Additional properties are not allowed ('more' was unexpected)"),
        ({"summary": {}}, "$.summary: 'files' is a required property"),
    ],
)
def test_the_schema_of_the_report_notices(change: dict[str, Any], problem: str) -> None:
    report = json.loads(rendered("json", found()))
    assert problem in report_errors({**report, **change})


def test_the_schema_is_where_the_readme_says() -> None:
    assert (Path(__file__).parent.parent / "schemas" / "report.schema.json").is_file()
