"""One line a diagnostic, whatever is in it."""

from __future__ import annotations

import io

import pytest

from seedlint.diagnostic import Diagnostic, Place, Severity, Span
from seedlint.report import concise
from seedlint.report.summary import Summary

SUMMARY = Summary(files=2, skipped=0, errors=1, warnings=1, infos=0, suppressed=0)


def rendered(*diagnostics: Diagnostic, color: bool = False) -> str:
    out = io.StringIO()
    concise.render(diagnostics, SUMMARY, out, color=color, width=40)
    return out.getvalue()


def found(file: str, message: str, severity: Severity = Severity.ERROR) -> Diagnostic:
    place = Place(file, Span(3, 8, 3, 12), "title: Text")
    return Diagnostic("some-rule", severity, place, "/title", message, ("a note",), (place,))


def test_path_line_column_severity_rule_message() -> None:
    output = rendered(
        found("seeds/a.md", 'found "Text", expected something else'),
        found("seeds/b c.md", "this is longer than the forty columns there are", Severity.INFO),
    )
    assert output == (
        'seeds/a.md:3:8: error some-rule found "Text", expected something else\n'
        "seeds/b c.md:3:8: info some-rule this is longer than the forty columns there are\n"
    )


def test_nothing_found_writes_nothing() -> None:
    assert rendered() == ""


def test_colour() -> None:
    assert rendered(found("a.md", "wrong"), color=True) == (
        "\x1b[1ma.md\x1b[0m\x1b[2m:3:8:\x1b[0m \x1b[1;31merror\x1b[0m"
        " \x1b[1msome-rule\x1b[0m wrong\n"
    )


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("a\nb", r"a\nb"),
        ("a\r\nb\tc", r"a\r\nb\tc"),
        ("a\x1b[2Jb", r"a\u{1B}[2Jb"),
        ("a\x9b2Jb\x7f", r"a\u{9B}2Jb\u{7F}"),
        ("a\u2028b\x85c", r"a\u{2028}b\u{85}c"),
        ("a\u202eb\u2066c\u2069", r"a\u{202E}b\u{2066}c\u{2069}"),
        ("a\u200bb\u200dc\ufeffd\xade", r"a\u{200B}b\u{200D}c\u{FEFF}d\u{AD}e"),
        ("a\u3164b\u2800c\ufe0fd\U000e0101e", r"a\u{3164}b\u{2800}c\u{FE0F}d\u{E0101}e"),
        ("a\udcffb", r"a\u{DCFF}b"),
        ("a%0A::error::b", "a%0A::error::b"),
        ("a ##vso[x]b ##[y] ## z", r"a \u{23}#vso[x]b \u{23}#[y] ## z"),
        ("“Größe” 日本語 🎉 e\u0301", "“Größe” 日本語 🎉 e\u0301"),
    ],
)
def test_hostile_names_and_messages(hostile: str, shown: str) -> None:
    assert rendered(found(hostile, hostile)) == f"{shown}:3:8: error some-rule {shown}\n"


def test_a_file_name_is_no_workflow_command() -> None:
    assert rendered(found("::error::x", "wrong")) == "./::error::x:3:8: error some-rule wrong\n"
    assert rendered(found(" ::add-mask::", "w")) == "./ ::add-mask:::3:8: error some-rule w\n"
