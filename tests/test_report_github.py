"""GitHub Actions: commands the runner understands, and a log a person can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedlint import jobsummary
from seedlint.diagnostic import Applicability, LocatedFix, Place, Severity, Span
from tests.report_support import (
    Command,
    commands_in,
    every_kind,
    found,
    rendered,
    summary_of,
    table_rows,
)

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def shown_by(*severities: Severity) -> list[Command]:
    output = rendered("github", *(found(severity=severity) for severity in severities))
    return commands_in(output)[1:-1]


def test_the_report_and_its_annotations() -> None:
    diagnostic = found(
        "seeds/a,b.md",
        "100% wrong: really",
        notes=("one note",),
        related=(
            Place("c.md", Span(1, 2, 1, 3), "x: y", "there"),
            Place("d.md", Span(1, 2, 1, 3), ""),
        ),
        fix=LocatedFix("mend it", Applicability.UNSAFE, ()),
    )
    output = rendered("github", diagnostic)
    assert output.startswith(rendered("full", diagnostic))
    assert output.removeprefix(rendered("full", diagnostic)) == (
        "::group::Annotations\n"
        "::error file=seeds/a%2Cb.md,line=3,endLine=3,col=8,endColumn=12,"
        "title=seedlint%3A schema-required::100%25 wrong: really%0Arelated: c.md:1:2: there"
        "%0Arelated: d.md:1:2%0Anote: one note%0Afix: mend it (unsafe)\n"
        "::endgroup::\n"
    )


def test_colour_is_for_the_log_only() -> None:
    output = rendered("github", found(), color=True)
    report, commands = output.split("::group::")
    assert report == rendered("full", found(), color=True)
    assert "\x1b" not in commands


def test_several_lines_have_no_columns() -> None:
    output = rendered("github", found(span=Span(3, 8, 5, 2)))
    (command,) = commands_in(output)[1:-1]
    assert command.properties == {
        "file": "seeds/a.md",
        "line": "3",
        "endLine": "5",
        "title": "seedlint: schema-required",
    }


def test_nothing_found_writes_nothing() -> None:
    assert rendered("github") == ""


def test_files_are_named_from_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.getcwd", lambda: "/work/here")
    monkeypatch.setenv("GITHUB_WORKSPACE", "/work")
    related = (Place("b.md", Span(1, 2, 1, 3), ""), Place("../../c.md", Span(1, 2, 1, 3), ""))
    output = rendered("github", found("a.md", "wrong", related=related))
    (command,) = commands_in(output)[1:-1]
    assert command.properties["file"] == "here/a.md"
    assert command.data == "wrong\nrelated: here/b.md:1:2\nrelated: ../../c.md:1:2"
    # The log, like that of other commands, is for who knows where they run.
    assert " --> a.md:3:8\n" in output


def test_as_many_as_github_shows() -> None:
    shown = shown_by(*[ERROR] * 10, *[WARNING] * 10, *[INFO] * 10)
    assert [each.name for each in shown] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10


@pytest.mark.parametrize(
    ("severities", "notices", "text"),
    [
        ([ERROR] * 11, 1, "1 error"),
        ([ERROR] * 12 + [WARNING] * 20 + [INFO] * 3, 4, "2 errors and 10 warnings"),
        ([ERROR] * 11 + [WARNING] * 11 + [INFO] * 11, 10, "1 error, 1 warning and 2 infos"),
        ([WARNING] * 11 + [INFO] * 10, 10, "1 warning and 1 info"),
    ],
)
def test_a_notice_of_the_rest(severities: list[Severity], notices: int, text: str) -> None:
    notice, *shown = shown_by(*severities)
    assert notice == Command(
        "notice",
        {"title": "seedlint"},
        f"{text} more than GitHub shows here: the log has them all",
    )
    names = [each.name for each in (notice, *shown)]
    assert names.count("notice") == notices
    assert all(names.count(name) <= 10 for name in names)


def test_every_kind_of_diagnostic() -> None:
    for diagnostic in every_kind():
        (command,) = commands_in(rendered("github", diagnostic))[1:-1]
        assert command.data.split("\n")[0] == diagnostic.message
        assert command.properties["title"] == f"seedlint: {diagnostic.rule}"


def test_the_job_summary(tmp_path: Path) -> None:
    file = tmp_path / "summary"
    file.write_text("# Earlier", encoding="utf-8")
    diagnostics = (found("a.md", "wrong | `so`"),)
    jobsummary.add_job_summary(diagnostics, summary_of(diagnostics), str(file))
    text = file.read_text(encoding="utf-8")
    assert text == f"# Earlier\n{rendered('markdown', *diagnostics)}\n"
    assert table_rows(text) == [["**error**", "a.md:3:8", "schema-required", "wrong | `so`"]]


def test_the_job_summary_keeps_to_the_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobsummary, "_SIZE", 4000)
    file = tmp_path / "summary"
    diagnostics = tuple(found(f"{number}.md", "ä" * 50) for number in range(100))
    for _ in range(3):
        jobsummary.add_job_summary(diagnostics, summary_of(diagnostics), str(file))
    text = file.read_text(encoding="utf-8")
    assert 3500 < file.stat().st_size <= 4000
    assert f"\nand {100 - len(table_rows(text))} more, which have no room here\n" in text


def test_a_job_summary_that_cannot_be_written_is_no_disaster(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    jobsummary.add_job_summary((), summary_of(()), str(tmp_path))
    assert capsys.readouterr().err == (
        f"seedlint: the job summary cannot be written to {tmp_path}: Is a directory\n"
    )
