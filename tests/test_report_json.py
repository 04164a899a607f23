"""The shape programs rely on."""

from __future__ import annotations

import io
import json

from seedlint.diagnostic import (
    Applicability,
    Diagnostic,
    Edit,
    LocatedFix,
    Place,
    Severity,
    Span,
)
from seedlint.report import json as json_format
from seedlint.report.summary import Fixes, Summary


def rendered(*diagnostics: Diagnostic, summary: Summary, color: bool = False) -> str:
    out = io.StringIO()
    json_format.render(diagnostics, summary, out, color=color, width=40)
    return out.getvalue()


def test_a_complete_report() -> None:
    first = Place("seeds/a.md", Span(9, 12, 9, 19), '  - title: "First"', "first listed here")
    diagnostic = Diagnostic(
        rule="some-rule",
        severity=Severity.WARNING,
        place=Place("seeds/a.md", Span(12, 12, 13, 4), '  - title: "Second"'),
        pointer="/related/1/title",
        message='the title "Second" was listed before',
        notes=("one note", "another"),
        related=(first,),
    )
    summary = Summary(files=5, skipped=1, errors=0, warnings=1, infos=0, suppressed=2)
    summary = summary._replace(
        fixes=Fixes(wanted=True, fixed=3, files=2), known=7, disregarded=2, milder=3
    )
    expected = """\
{
  "version": 1,
  "diagnostics": [
    {
      "rule": "some-rule",
      "severity": "warning",
      "file": "seeds/a.md",
      "line": 12,
      "column": 12,
      "end_line": 13,
      "end_column": 4,
      "pointer": "/related/1/title",
      "message": "the title \\"Second\\" was listed before",
      "notes": [
        "one note",
        "another"
      ],
      "related": [
        {
          "file": "seeds/a.md",
          "line": 9,
          "column": 12,
          "end_line": 9,
          "end_column": 19,
          "message": "first listed here"
        }
      ],
      "fix": null
    }
  ],
  "summary": {
    "files": 5,
    "errors": 0,
    "warnings": 1,
    "infos": 0,
    "fixed": 3,
    "known": 7,
    "disregarded": 2,
    "milder": 3
  }
}
"""
    assert rendered(diagnostic, summary=summary) == expected
    assert rendered(diagnostic, summary=summary, color=True) == expected


def test_a_fix() -> None:
    edits = (
        Edit(20, 29, "webUrl", Span(4, 1, 4, 10)),
        Edit(40, 40, "\x7fé\n", Span(5, 3, 6, 1)),
    )
    diagnostic = Diagnostic(
        "some-rule",
        Severity.WARNING,
        Place("seeds/a.md", Span(4, 1, 4, 10), "sourceUrl: x"),
        "/sourceUrl",
        "a message",
        fix=LocatedFix('rename the key to "webUrl"', Applicability.UNSAFE, edits),
    )
    summary = Summary(files=1, skipped=0, errors=0, warnings=1, infos=0, suppressed=0)
    output = rendered(diagnostic, summary=summary)
    assert output.isascii()
    assert "\x7f" not in output
    assert json.loads(output)["diagnostics"][0]["fix"] == {
        "title": 'rename the key to "webUrl"',
        "applicability": "unsafe",
        "edits": [
            {"line": 4, "column": 1, "end_line": 4, "end_column": 10, "text": "webUrl"},
            {"line": 5, "column": 3, "end_line": 6, "end_column": 1, "text": "\x7fé\n"},
        ],
    }


def test_nothing_found_is_a_report_too() -> None:
    summary = Summary(files=3, skipped=0, errors=0, warnings=0, infos=0, suppressed=0)
    assert json.loads(rendered(summary=summary)) == {
        "version": 1,
        "diagnostics": [],
        "summary": {
            "files": 3,
            "errors": 0,
            "warnings": 0,
            "infos": 0,
            "fixed": 0,
            "known": 0,
            "disregarded": 0,
            "milder": 0,
        },
    }


def test_hostile_text_is_escaped_and_comes_back_unchanged() -> None:
    hostile = "a\n\x1b[2J\x7f\x9b\u202e\u2066\u200b\u2028\udcff%0A::error ##vso[x] 日本 🎉"
    place = Place(hostile, Span(1, 1, 1, 2), hostile, hostile)
    diagnostic = Diagnostic(
        "some-rule", Severity.ERROR, place, f"/{hostile}", hostile, (hostile,), (place,)
    )
    summary = Summary(files=1, skipped=0, errors=1, warnings=0, infos=0, suppressed=0)
    output = rendered(diagnostic, summary=summary)

    assert output.isascii()
    assert output.replace("\n", "").isprintable()
    (read,) = json.loads(output)["diagnostics"]
    assert read["file"] == read["message"] == read["notes"][0] == hostile
    assert read["pointer"] == f"/{hostile}"
    assert read["related"][0]["message"] == hostile
