"""Markdown to post: a table that fits, in which nothing is markup but ours."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from seedlint.diagnostic import Severity
from seedlint.report.summary import Fixes
from seedlint.rulecounts import RuleCount
from tests.payloads import PAYLOADS
from tests.report_support import every_kind, found, rendered, table_rows
from tests.test_report_hostile import hostile

OURS = {"h3", "table", "thead", "tbody", "tr", "th", "td", "code", "br", "p", "strong"}


def html_of(markdown: str) -> str:
    return str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown))


def test_a_report() -> None:
    output = rendered(
        "markdown",
        found("a.md", "a *title*", severity=Severity.INFO, notes=("one note",)),
        found("b_c.md", "no title"),
        fixes=Fixes(safe=2),
    )
    assert output == (
        "### seedlint: 1 error, 1 info in 2 files\n"
        "\n"
        "| severity | place | rule | problem |\n"
        "| --- | --- | --- | --- |\n"
        "| **error** | <code>b&#95;c.md&#58;3&#58;8</code> | <code>schema-required</code> "
        "| <code>no title</code> |\n"
        "| info | <code>a.md&#58;3&#58;8</code> | <code>schema-required</code> "
        "| <code>a &#42;title&#42;</code><br>note: <code>one note</code> |\n"
        "\n"
        "2 fixable with --fix\n"
    )


def test_nothing_found() -> None:
    assert rendered("markdown") == "### seedlint: all clean: 1 file checked\n\n"


def test_counts_take_the_place_of_the_table() -> None:
    counts = (RuleCount("a-rule", "error", 12, 3, 0),)
    assert rendered("markdown", found(), by_rule=counts) == (
        "### seedlint: 1 error in 1 file\n"
        "\n"
        "| count | rule | severity | files | fixable |\n"
        "| ---: | --- | --- | ---: | ---: |\n"
        "| 12 | <code>a-rule</code> | error | 3 | 0 |\n"
    )


def test_it_fits_a_comment() -> None:
    diagnostics = [found(f"{number}.md", "ä `b`" * 20) for number in range(1000)]
    output = rendered("markdown", *diagnostics, fixes=Fixes(safe=1))
    rows = len(table_rows(output))
    assert 64_000 < len(output.encode()) <= 65_536
    assert output.endswith(
        f"|\n\nand {1000 - rows} more, which have no room here\n\n1 fixable with --fix\n"
    )


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_nothing_is_markup_but_ours(payload: str) -> None:
    html = html_of(rendered("markdown", hostile(payload)))
    assert set(re.findall(r"<([a-z0-9]+)", html, re.I)) <= OURS
    assert html.count("<tr>") == 2
    assert html.count("<code>") == 6
    # What GitHub and GitLab look for after rendering, they do not look for in code.
    outside = re.sub(r"<code>.*?</code>|<[^>]*>", "", html)
    assert set(re.findall(r"[@#!~$%^&/]|www|http", outside)) == set()


def test_every_kind_of_diagnostic() -> None:
    for diagnostic in every_kind():
        html = html_of(rendered("markdown", diagnostic))
        assert html.count("<tr>") == 2, diagnostic
        assert set(re.findall(r"<([a-z0-9]+)", html, re.I)) <= OURS, diagnostic
