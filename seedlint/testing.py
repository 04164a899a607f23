"""Fixtures for rules: Markdown files with carets under what is wrong.

A fixture holds cases, each a heading ``## fails: …`` or ``## passes: …``, optionally a
```` ```toml ```` block of settings, and a ```` ```yaml ```` block (front matter without
its fences) or a ```` ```text ```` block (a whole file; ``name=foo.md`` names it,
``escaped`` decodes ``\\xNN``, ``\\uNNNN``, ``\\r``, ``\\n``, ``\\t`` and ``\\\\``). Only the
fixture's own rule runs, unless the settings select others. Under a line with a problem::

    title: Ferries &amp; trams
           ^^^^^^^^^^^^^^^^^^^ the message
           = note: a note
           = also 2:3: a related place
           = fix (safe): write "Ferries & trams"

``[error]`` or ``[schema-enum]`` before the message is a severity or name that differs from
the rule's own, ``(to 4:7)`` the end of a span that goes on to a later line.

Where a case has a safe or unsafe fix, a ```` ```fixed ```` block with the same words follows
its block: the text after all these were applied until nothing changed. It must be readable
and stable, and no fix may have been taken back.

Run ``python -m seedlint.testing FIXTURE…`` to see differences, with ``--update`` to write
what is found into the fixture.
"""

from __future__ import annotations

import re
import sys
from datetime import datetime, timezone
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from seedlint.check import check_bytes
from seedlint.config import parse_settings
from seedlint.diagnostic import Applicability
from seedlint.fixing import fix_bytes
from seedlint.fixture import is_annotation, read_cases
from seedlint.profile import Profiles
from seedlint.rule import ReadingRule, all_rules, rule_covering

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seedlint.diagnostic import Diagnostic
    from seedlint.fixing import FixResult
    from seedlint.fixture import Case
    from seedlint.profile import Profile

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
"""The time at which fixtures are checked."""


def diagnostics_of(case: Case, rule: str) -> tuple[Diagnostic, ...]:
    """What is found in a case with only this rule selected."""
    content = case.content
    return check_bytes(content, case.name, _profile(case, rule), named=True).diagnostics


def fixed(case: Case, rule: str) -> FixResult | None:
    """What all safe and unsafe fixes make of a case; ``None`` if it has none."""
    if not any(_is_applied(diagnostic) for diagnostic in diagnostics_of(case, rule)):
        return None
    return _fix(case.content, case, rule)


def applicabilities(fixture: Path) -> dict[str, set[Applicability]]:
    """The kinds of fix that occur in a fixture, by rule."""
    found: dict[str, set[Applicability]] = {}
    for case in read_cases(fixture):
        for diagnostic in diagnostics_of(case, _rule_of(fixture)):
            rule = rule_covering(diagnostic.rule)
            if rule is not None and diagnostic.fix is not None:
                found.setdefault(rule.name, set()).add(diagnostic.fix.applicability)
    return found


def _rule_of(fixture: Path) -> str:
    return fixture.stem.replace("_", "-")


def _profile(case: Case, rule: str) -> Profile:
    text = case.settings
    if not re.search(r"(?m)^select\s*=", text):
        text = f'select = ["{rule}"]\n{text}'
    settings = parse_settings(text, Path.cwd() / "seedlint.toml")
    return Profiles(settings, NOW).of(case.name)


def _fix(content: bytes, case: Case, rule: str) -> FixResult:
    profile = _profile(case, rule)
    return fix_bytes(content, case.name, profile, lambda *_: True, named=True)


def _is_applied(diagnostic: Diagnostic) -> bool:
    fix = diagnostic.fix
    return fix is not None and fix.applicability is not Applicability.DISPLAY


def annotated(case: Case, rule: str) -> list[str]:
    """The lines of the case with carets where the rule finds something now."""
    plain = case.plain
    offset = 0 if case.whole_file else 1
    by_line: dict[int, list[str]] = {}
    for diagnostic in diagnostics_of(case, rule):
        index = max(diagnostic.place.span.line - 1 - offset, 0)
        index = min(index, max(len(plain) - 1, 0))
        by_line.setdefault(index, []).extend(_annotation(diagnostic, rule))
    result: list[str] = []
    for index, line in enumerate(plain or [""]):
        result.extend([line] if plain else [])
        result.extend(by_line.get(index, ()))
    return result


def problems_with(fixture: Path) -> Iterator[str]:
    """What is wrong with a fixture: a diff for each case that is not as written."""
    rule = _rule_of(fixture)
    cases = read_cases(fixture)
    if not any(case.fails for case in cases) or all(case.fails for case in cases):
        yield f"{fixture}: needs a failing and a passing case"
    seen: dict[tuple[str, tuple[str, ...]], str] = {}
    for case in cases:
        where = f"{fixture}:{case.block.start}: {case.title}"
        other = seen.setdefault((case.settings, case.block.lines), case.title)
        if other != case.title:
            yield f"{where}: the same case as {other!r}"
        if case.fails != any(is_annotation(line) for line in case.block.lines):
            yield f"{where}: a failing case has carets, a passing one has none"
        actual = annotated(case, rule)
        if actual != list(case.block.lines):
            yield f"{where}\n{_diff(case.block.lines, actual)}"
        for problem in _problems_with_fixed(case, rule):
            yield f"{where}: {problem}"


def _problems_with_fixed(case: Case, rule: str) -> Iterator[str]:
    result = fixed(case, rule)
    if result is None:
        if case.fixed is not None:
            yield "nothing is fixed, so a fixed block is one too many"
        return
    for left_out in result.left_out:
        title = left_out.fix.title
        yield f"the fix of {left_out.diagnostic.rule} was taken back ({title}): {left_out.reason}"
    if result.unsettled:
        yield f"fixes did not come to an end: {', '.join(result.unsettled)}"
    if _fix(result.raw, case, rule).raw != result.raw:
        yield "the fixed text is not stable: a second run changes it"
    for diagnostic in result.result.diagnostics:
        if issubclass(all_rules().get(diagnostic.rule, object), ReadingRule):
            yield f"the fixed text cannot be read: {diagnostic.message}"
    if case.fixed is None:
        yield "the fixed block is missing (--update writes it)"
    elif case.fixed.words != case.block.words:
        yield "the words of the fixed block are not those of the block it fixes"
    elif case.file_of(case.fixed.lines) != result.raw:
        yield f"fixed otherwise\n{_diff(case.fixed.lines, case.written(result.raw))}"


def _diff(written: Iterable[str], found: Iterable[str]) -> str:
    return "\n".join(unified_diff([*written], [*found], "fixture", "found", lineterm="", n=2))


def update(fixture: Path) -> bool:
    """Write what is found into the fixture; whether that changed it."""
    rule = _rule_of(fixture)
    before = fixture.read_text(encoding="utf-8")
    lines = before.splitlines()
    for case in reversed(read_cases(fixture)):
        _update_fixed(lines, case, fixed(case, rule))
        lines[case.block.start : case.block.end] = annotated(case, rule)
    after = "\n".join(lines) + "\n"
    if after != before:
        fixture.write_text(after, encoding="utf-8")
    return after != before


def _update_fixed(lines: list[str], case: Case, result: FixResult | None) -> None:
    """Replace, insert or remove the fixed block of a case, which ends above all later ones."""
    block = case.block
    first = block.end + 1 if case.fixed is None else case.fixed.start - 1
    last = block.end + 1 if case.fixed is None else case.fixed.end + 1
    if result is None:
        # With the blank line that separates the two blocks.
        lines[block.end + 1 : last] = []
        return
    written = case.written(result.raw)
    if case.fixed is not None and case.file_of(case.fixed.lines) == result.raw:
        written = list(case.fixed.lines)
    space = [""] if case.fixed is None else []
    lines[first:last] = [*space, f"{block.ticks}fixed{block.words}", *written, block.ticks]


def _annotation(diagnostic: Diagnostic, rule: str) -> list[str]:
    span = diagnostic.place.span
    width = span.end_column - span.column
    end = ""
    if span.end_line > span.line:
        width = len(diagnostic.place.line_text) - span.column + 1
        end = f"(to {span.end_line}:{span.end_column}) "
    words = []
    if diagnostic.rule != rule:
        words.append(diagnostic.rule)
    known = all_rules().get(rule)
    if known is not None and diagnostic.severity is not known.severity:
        words.append(str(diagnostic.severity))
    extra = f"[{', '.join(words)}] " if words else ""
    indent = " " * (span.column - 1)
    fix = diagnostic.fix
    return [
        f"{indent}{'^' * max(width, 1)} {end}{extra}{diagnostic.message}",
        *(f"{indent}= note: {note}" for note in diagnostic.notes),
        *(
            f"{indent}= also {place.span.line}:{place.span.column}: {place.message}"
            for place in diagnostic.related
        ),
        *([] if fix is None else [f"{indent}= fix ({fix.applicability}): {fix.title}"]),
    ]


def _main(arguments: list[str]) -> int:
    fixtures = [Path(argument) for argument in arguments if argument != "--update"]
    if "--update" in arguments:
        for fixture in fixtures:
            sys.stdout.write(f"{fixture}: {'updated' if update(fixture) else 'unchanged'}\n")
        return 0
    problems = [problem for fixture in fixtures for problem in problems_with(fixture)]
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
