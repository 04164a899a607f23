"""For people: a table to post where they talk, such as a comment on a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from seedlint.report._markdown import report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.diagnostic import Diagnostic
    from seedlint.report import Counts
    from seedlint.report.summary import Summary

DATA = True
COUNTS: Counts = "within"

# GitHub's limit of a comment, in characters. Counted as bytes it errs on the safe side.
_COMMENT = 65_536


def render(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    out: TextIO,
    *,
    color: bool,
    width: int,
) -> None:
    """Write the worst first, and as many as a comment has room for."""
    out.write(report(diagnostics, summary, _COMMENT))
