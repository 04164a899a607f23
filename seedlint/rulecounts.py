"""What was found, counted by rule: the table of ``--statistics``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from seedlint.paint import painter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from seedlint.diagnostic import Applicability, Diagnostic

_HEADER = ("count", "rule", "severity", "files", "fixable")


class RuleCount(NamedTuple):
    """How often a rule reported at one severity, in how many files, how much can be fixed."""

    rule: str
    severity: str
    total: int
    files: int
    fixable: int


def count_by_rule(
    diagnostics: Iterable[Diagnostic], applied: Sequence[Applicability]
) -> tuple[RuleCount, ...]:
    """The counts, the greatest first; fixes of the kinds ``applied`` are there for the asking.

    A rule that settings make report at several severities has a count for each.
    """
    by_rule: dict[tuple[str, str], list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        key = (diagnostic.rule, diagnostic.severity.value)
        by_rule.setdefault(key, []).append(diagnostic)
    counts = [
        RuleCount(
            rule,
            severity,
            len(found),
            len({each.place.file for each in found}),
            sum(each.fix is not None and each.fix.applicability in applied for each in found),
        )
        for (rule, severity), found in by_rule.items()
    ]
    return tuple(sorted(counts, key=lambda each: (-each.total, each.rule, each.severity)))


def table(counts: Sequence[RuleCount], *, color: bool) -> Iterator[str]:
    """The counts as lines for people; none if there are none."""
    if not counts:
        return
    paint = painter(color)
    rows = [
        (str(each.total), each.rule, each.severity, str(each.files), str(each.fixable))
        for each in counts
    ]
    count, rule, severity, files, fixable = (
        max(map(len, column)) for column in zip(_HEADER, *rows, strict=True)
    )

    def line(row: Sequence[str]) -> list[str]:
        return [
            row[0].rjust(count),
            row[1].ljust(rule),
            row[2].ljust(severity),
            row[3].rjust(files),
            row[4].rjust(fixable),
        ]

    yield paint("quiet", "  ".join(line(_HEADER)))
    for row in rows:
        cells = line(row)
        cells[1], cells[2] = paint("strong", cells[1]), paint(row[2], cells[2])
        yield "  ".join(cells)
