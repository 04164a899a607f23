"""A report in Markdown, of a size that fits, in which no content is Markdown or HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seedlint.report._frame import related_text, remarks
from seedlint.report.summary import fixes_line, summary_line
from seedlint.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from seedlint.diagnostic import Diagnostic
    from seedlint.report.summary import Summary

# What makes Markdown, links, mentions, references or HTML, on GitHub, GitLab or anywhere.
_MARKUP = re.compile(r"""[^\w "',./;=?%-]|_|(?<=www)\.""", re.ASCII | re.IGNORECASE)
_HEADER = "| severity | place | rule | problem |\n| --- | --- | --- | --- |\n"
_COUNTS_HEADER = (
    "| count | rule | severity | files | fixable |\n| ---: | --- | --- | ---: | ---: |\n"
)
_RESERVE = 100


def report(diagnostics: Sequence[Diagnostic], summary: Summary, size: int) -> str:
    """A heading and a table, the worst first, in at most ``size`` bytes of UTF-8.

    What does not fit is counted. With counts by rule, these are the table.
    """
    line, of_fixes = summary_line(summary), fixes_line(summary.fixes)
    head = f"### seedlint: {line[0].lower()}{line[1:]}\n\n"
    tail = f"\n{of_fixes}\n" if of_fixes else ""
    if summary.by_rule is not None:
        header, rows = _COUNTS_HEADER, _count_rows(summary)
    else:
        worst_first = sorted(diagnostics, key=lambda each: each.severity.rank)
        header, rows = _HEADER, list(map(_row, worst_first))
    room = size - len((head + header + tail).encode()) - _RESERVE
    fitting = _fitting(rows, room)
    if fitting < len(rows):
        tail = f"\nand {len(rows) - fitting} more, which have no room here\n{tail}"
    return head + (header + "".join(rows[:fitting]) if rows else "") + tail


def _fitting(rows: Iterable[str], room: int) -> int:
    """How many rows there is room for."""
    number = 0
    for row in rows:
        room -= len(row.encode())
        if room < 0:
            break
        number += 1
    return number


def _row(diagnostic: Diagnostic) -> str:
    place, severity = diagnostic.place, diagnostic.severity.value
    problem = [_code(diagnostic.message)]
    problem += [f"related: {_code(related_text(each))}" for each in diagnostic.related]
    problem += [f"{kind}: {_code(text)}" for kind, text in remarks(diagnostic)]
    cells = (
        f"**{severity}**" if severity == "error" else severity,
        _code(f"{place.file}:{place.span.line}:{place.span.column}"),
        _code(diagnostic.rule),
        "<br>".join(problem),
    )
    return f"| {' | '.join(cells)} |\n"


def _count_rows(summary: Summary) -> list[str]:
    return [
        f"| {each.total} | {_code(each.rule)} | {each.severity} | {each.files} | {each.fixable} |\n"
        for each in summary.by_rule or ()
    ]


def _code(text: str) -> str:
    # Between these tags nobody looks for mentions and references, and entities are never markup.
    return f"<code>{_MARKUP.sub(_entity, visible(text))}</code>"


def _entity(found: re.Match[str]) -> str:
    character = found.group()
    return f"&#{ord(character)};" if character.isascii() else character
