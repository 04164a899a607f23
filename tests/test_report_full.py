"""The default format: complete outputs, as a person sees them."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from textwrap import dedent

import pytest

from seedlint.diagnostic import Applicability, Diagnostic, LocatedFix, Place, Severity, Span
from seedlint.report import full
from seedlint.report.summary import Summary

SUMMARY = Summary(files=1, skipped=0, errors=1, warnings=0, infos=0, suppressed=0)


def rendered(*diagnostics: Diagnostic, color: bool = False, width: int = 60) -> str:
    out = io.StringIO()
    full.render(diagnostics, SUMMARY, out, color=color, width=width)
    return out.getvalue()


def found(
    line_text: str,
    marked: str,
    *,
    line: int = 7,
    message: str = "something is wrong",
    notes: tuple[str, ...] = (),
    related: tuple[Place, ...] = (),
) -> Diagnostic:
    place = at(line_text, marked, line=line)
    return Diagnostic("some-rule", Severity.WARNING, place, "/title", message, notes, related)


def at(
    line_text: str, marked: str, *, file: str = "seeds/a.md", line: int = 7, message: str = ""
) -> Place:
    start = line_text.index(marked) + 1
    return Place(file, Span(line, start, line, start + len(marked)), line_text, message)


def spanning(line_text: str, span: Span) -> Diagnostic:
    place = Place("seeds/a.md", span, line_text)
    return Diagnostic("some-rule", Severity.ERROR, place, "", "something is wrong")


def frame(output: str) -> list[str]:
    """The source line and the caret line of the first diagnostic."""
    return output.splitlines()[3:5]


def test_a_diagnostic_with_everything() -> None:
    diagnostic = found(
        '  - title: "Second"',
        '"Second"',
        line=112,
        message='the title "Second" was listed before',
        notes=("one note", "another note"),
        related=(
            at('  - title: "First"', '"First"', line=9, message="first listed here"),
            at("title: Other", "Other", file="seeds/b.md", line=3),
        ),
    )
    assert rendered(diagnostic) == dedent(
        """\
        warning[some-rule]: the title "Second" was listed before
           --> seeds/a.md:112:12
            |
        112 |   - title: "Second"
            |            ^^^^^^^^
            |
           ::: seeds/a.md:9:12: first listed here
            |
          9 |   - title: "First"
            |            -------
            |
           ::: seeds/b.md:3:8
            |
          3 | title: Other
            |        -----
            |
            = note: one note
            = note: another note

        """
    )


@pytest.mark.parametrize(
    ("applicability", "mark"),
    [
        (Applicability.SAFE, ""),
        (Applicability.UNSAFE, " (unsafe)"),
        (Applicability.DISPLAY, " (a suggestion, never applied)"),
    ],
)
def test_a_fix_stands_last(applicability: Applicability, mark: str) -> None:
    diagnostic = found("type: x", "x", notes=("a note",))._replace(
        fix=LocatedFix('write "y"', applicability, ())
    )
    assert rendered(diagnostic).splitlines()[4:] == [
        "  |       ^",
        "  |",
        "  = note: a note",
        f'  = fix: write "y"{mark}',
        "",
    ]
    alone = diagnostic._replace(notes=())
    assert rendered(alone).splitlines()[5:] == ["  |", f'  = fix: write "y"{mark}', ""]


def test_diagnostics_are_separated_by_a_blank_line() -> None:
    output = rendered(found("type: x", "x"), spanning("category: news", Span(2, 1, 2, 9)))
    assert output == dedent(
        """\
        warning[some-rule]: something is wrong
         --> seeds/a.md:7:7
          |
        7 | type: x
          |       ^

        error[some-rule]: something is wrong
         --> seeds/a.md:2:1
          |
        2 | category: news
          | ^^^^^^^^

        """
    )


def test_nothing_found_writes_nothing() -> None:
    assert rendered() == ""


def test_colour() -> None:
    diagnostic = found("type: x", "x", notes=("a note",), related=(at("kind: y", "y"),))
    assert rendered(diagnostic, color=True) == (
        "\x1b[1;33mwarning[some-rule]\x1b[0m\x1b[1m: something is wrong\x1b[0m\n"
        " \x1b[2m-->\x1b[0m \x1b[1mseeds/a.md\x1b[0m:7:7\n"
        "  \x1b[2m|\x1b[0m\n"
        "\x1b[2m7 |\x1b[0m type: x\n"
        "  \x1b[2m|\x1b[0m       \x1b[1;33m^\x1b[0m\n"
        "  \x1b[2m|\x1b[0m\n"
        " \x1b[2m:::\x1b[0m \x1b[1mseeds/a.md\x1b[0m:7:7\n"
        "  \x1b[2m|\x1b[0m\n"
        "\x1b[2m7 |\x1b[0m kind: y\n"
        "  \x1b[2m|\x1b[0m       \x1b[34m-\x1b[0m\n"
        "  \x1b[2m|\x1b[0m\n"
        "  \x1b[2m=\x1b[0m \x1b[1mnote\x1b[0m: a note\n\n"
    )
    uncoloured = re.sub(r"\x1b\[[0-9;]*m", "", rendered(diagnostic, color=True))
    assert uncoloured == rendered(diagnostic)


def test_a_span_that_goes_on_to_later_lines() -> None:
    assert frame(rendered(spanning("excerpt: >-", Span(4, 10, 9, 3)))) == [
        "4 | excerpt: >-",
        "  |          ^^…",
    ]


def test_a_span_at_the_end_of_a_line() -> None:
    assert frame(rendered(spanning("title: ab", Span(4, 10, 4, 10)))) == [
        "4 | title: ab",
        "  |          ^",
    ]


def test_a_span_from_the_end_of_a_line_to_the_next() -> None:
    assert frame(rendered(spanning("title:", Span(4, 7, 5, 3)))) == [
        "4 | title:",
        "  |       ^…",
    ]


def test_an_empty_line() -> None:
    assert frame(rendered(spanning("", Span(1, 1, 1, 1)))) == ["1 |", "  | ^"]


def test_an_empty_span_within_a_line() -> None:
    assert frame(rendered(spanning("a: {}", Span(1, 5, 1, 5)))) == ["1 | a: {}", "  |     ^"]


def test_wide_characters_keep_the_caret_in_place() -> None:
    assert frame(rendered(found('title: "日本 🎉 x & y"', "x &"))) == [
        '7 | title: "日本 🎉 x & y"',
        "  |                 ^^^",
    ]
    assert frame(rendered(found("title: 日本語 x", "本語"))) == [
        "7 | title: 日本語 x",
        "  |          ^^^^",
    ]


def test_combining_characters_keep_the_caret_in_place() -> None:
    assert frame(rendered(found("title: cafe\u0301s x", "x"))) == [
        "7 | title: cafe\u0301s x",
        "  |              ^",
    ]


def test_tabs_are_shown_as_four_spaces() -> None:
    assert frame(rendered(found("\ttitle:\tx", "x"))) == [
        "7 |     title:    x",
        "  |               ^",
    ]


def test_invisible_characters_are_shown_and_keep_the_caret_in_place() -> None:
    line = "t: \u202ea\u2066b\u200bc\x1b[31md\u3164e\ufe0f\x00 x"
    assert frame(rendered(found(line, "x"), width=90)) == [
        "7 | t: \\u{202E}a\\u{2066}b\\u{200B}c\\u{1B}[31md\\u{3164}e\\u{FE0F}\\u{0} x",
        "  |                                                                 ^",
    ]
    assert frame(rendered(found(line, "\u202e"), width=90))[1] == "  |    ^^^^^^^^"


LONG = 'excerpt: "' + " ".join(f"word{number:03}" for number in range(60)) + '"'


def test_a_long_line_is_cut_at_the_end() -> None:
    assert frame(rendered(found(LONG, "word002"))) == [
        '7 | excerpt: "word000 word001 word002 word003 word004 word0…',
        "  |                           ^^^^^^^",
    ]


def test_a_long_line_is_cut_on_both_sides() -> None:
    assert frame(rendered(found(LONG, "word030"))) == [
        "7 | …word027 word028 word029 word030 word031 word032 word03…",
        "  |                          ^^^^^^^",
    ]


def test_a_long_line_is_cut_at_the_beginning() -> None:
    assert frame(rendered(found(LONG, '9"'))) == [
        '7 | …ord053 word054 word055 word056 word057 word058 word059"',
        "  |                                                       ^^",
    ]


def test_a_long_span_is_cut_and_says_so() -> None:
    assert frame(rendered(found(LONG, LONG[9:]))) == [
        '7 | excerpt: "word000 word001 word002 word003 word004 word0…',
        "  |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^…",
    ]


def test_a_long_line_of_wide_characters() -> None:
    line = "題" * 100 + "&amp;" + "題" * 100
    assert frame(rendered(found(line, "&amp;"), width=40)) == [
        "7 | …題題題題題題題&amp;題題題題題題題…",
        "  |                ^^^^^",
    ]


def test_hostile_text_stays_on_its_line() -> None:
    evil = "a\n::error::b\r\x1b[2J\u202e\u2028\udcff%0A::error c"
    diagnostic = Diagnostic(
        f"schema-{evil}",
        Severity.ERROR,
        Place(evil, Span(1, 1, 1, 2), evil),
        "",
        evil,
        (evil,),
        (Place(evil, Span(2, 1, 2, 2), "##vso[task.setvariable]x", evil),),
        LocatedFix(evil, Applicability.UNSAFE, ()),
    )
    shown = r"a\n::error::b\r\u{1B}[2J\u{202E}\u{2028}\u{DCFF}%0A::error c"
    assert rendered(diagnostic, width=100).splitlines() == [
        f"error[schema-{shown}]: {shown}",
        f" --> {shown}:1:1",
        "  |",
        f"1 | {shown}",
        "  | ^",
        "  |",
        f" ::: {shown}:2:1: {shown}",
        "  |",
        r"2 | \u{23}#vso[task.setvariable]x",
        "  | ------",
        "  |",
        f"  = note: {shown}",
        f"  = fix: {shown} (unsafe)",
        "",
    ]


def test_a_line_of_a_megabyte_costs_no_more_than_another() -> None:
    line = "é" * 1_000_000 + "x" + "é" * 1_000_000
    diagnostics = [found(line, "x")] * 1000
    assert len(rendered(*diagnostics)) < 1000 * 300


def test_rich_is_not_imported() -> None:
    code = (
        "import sys; from seedlint.report import formats; formats()['full']();"
        "import seedlint.terminal; print('rich' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
