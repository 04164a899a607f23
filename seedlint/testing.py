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

``[error]`` or ``[schema-enum]`` before the message is a severity or name that differs from
the rule's own, ``(to 4:7)`` the end of a span that goes on to a later line.

Run ``python -m seedlint.testing FIXTURE…`` to see differences, with ``--update`` to write
what is found into the fixture.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import datetime, timezone
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from seedlint.check import check_bytes
from seedlint.config import parse_settings
from seedlint.profile import Profiles
from seedlint.rule import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.diagnostic import Diagnostic

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
"""The time at which fixtures are checked."""

_HEADING = re.compile(r"## (?P<verdict>fails|passes): (?P<title>.+)")
_FENCE = re.compile(r"(?P<ticks>`{3,})(?P<kind>toml|yaml|text)(?P<words>(?: \S+)*)")
_CARETS = re.compile(r" *\^+(?: |\Z)")
_REMARK = re.compile(r" *= (?:note|also \d+:\d+): ")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([rnt\\]))")
_SIMPLE = {"r": b"\r", "n": b"\n", "t": b"\t", "\\": b"\\"}


@dataclass(frozen=True, slots=True)
class Case:
    """One case: the lines of its block as written, with carets.

    ``first_line`` and ``last_line`` are the block's 0-based line range in the fixture.
    """

    title: str
    fails: bool
    settings: str
    name: str
    whole_file: bool
    escaped: bool
    lines: tuple[str, ...]
    first_line: int
    last_line: int

    @property
    def content(self) -> bytes:
        """The file to check."""
        lines = [line for line in self.lines if not _is_annotation(line)]
        if not self.whole_file:
            lines = ["---", *lines, "---"]
        parts = [_unescape(line) if self.escaped else line.encode() for line in lines]
        return b"".join(part + b"\n" for part in parts)


def read_cases(fixture: Path) -> list[Case]:
    """The cases of a fixture. Raises ValueError for one that is not well formed."""
    lines = fixture.read_text(encoding="utf-8").splitlines()
    cases: list[Case] = []
    heading: re.Match[str] | None = None
    settings = ""
    index = 0
    while index < len(lines):
        fence = _FENCE.fullmatch(lines[index])
        heading_here = _HEADING.fullmatch(lines[index])
        if heading_here is not None:
            heading, settings = heading_here, ""
        if fence is not None:
            end = lines.index(fence["ticks"], index + 1)
            body = tuple(lines[index + 1 : end])
            if fence["kind"] == "toml":
                settings = "\n".join(body)
            elif heading is None:
                raise ValueError(f"{fixture}:{index + 1}: a block without a heading above it")
            else:
                cases.append(_case(heading, settings, fence, body, index + 1))
            index = end
        index += 1
    return cases


def _case(
    heading: re.Match[str],
    settings: str,
    fence: re.Match[str],
    body: tuple[str, ...],
    first_line: int,
) -> Case:
    words = fence["words"].split()
    names = [word.removeprefix("name=") for word in words if word.startswith("name=")]
    return Case(
        title=heading["title"],
        fails=heading["verdict"] == "fails",
        settings=settings,
        name=names[0] if names else "seed.txt",
        whole_file=fence["kind"] == "text",
        escaped="escaped" in words,
        lines=body,
        first_line=first_line,
        last_line=first_line + len(body),
    )


def diagnostics_of(case: Case, rule: str) -> tuple[Diagnostic, ...]:
    """What is found in a case with only this rule selected."""
    text = case.settings
    if not re.search(r"(?m)^select\s*=", text):
        text = f'select = ["{rule}"]\n{text}'
    settings = parse_settings(text, Path.cwd() / "seedlint.toml")
    profile = Profiles(settings, NOW).of(case.name)
    return check_bytes(case.content, case.name, profile, named=True).diagnostics


def annotated(case: Case, rule: str) -> list[str]:
    """The lines of the case with carets where the rule finds something now."""
    plain = [line for line in case.lines if not _is_annotation(line)]
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
    rule = fixture.stem.replace("_", "-")
    cases = read_cases(fixture)
    if not any(case.fails for case in cases) or all(case.fails for case in cases):
        yield f"{fixture}: needs a failing and a passing case"
    seen: dict[tuple[str, tuple[str, ...]], str] = {}
    for case in cases:
        where = f"{fixture}:{case.first_line}: {case.title}"
        other = seen.setdefault((case.settings, case.lines), case.title)
        if other != case.title:
            yield f"{where}: the same case as {other!r}"
        if case.fails != any(_is_annotation(line) for line in case.lines):
            yield f"{where}: a failing case has carets, a passing one has none"
        actual = annotated(case, rule)
        if actual != list(case.lines):
            diff = unified_diff(case.lines, actual, "fixture", "found", lineterm="", n=2)
            yield "\n".join((where, *diff))


def update(fixture: Path) -> bool:
    """Write what is found into the fixture; whether that changed it."""
    rule = fixture.stem.replace("_", "-")
    before = fixture.read_text(encoding="utf-8")
    lines = before.splitlines()
    for case in reversed(read_cases(fixture)):
        lines[case.first_line : case.last_line] = annotated(case, rule)
    after = "\n".join(lines) + "\n"
    if after != before:
        fixture.write_text(after, encoding="utf-8")
    return after != before


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
    return [
        f"{indent}{'^' * max(width, 1)} {end}{extra}{diagnostic.message}",
        *(f"{indent}= note: {note}" for note in diagnostic.notes),
        *(
            f"{indent}= also {place.span.line}:{place.span.column}: {place.message}"
            for place in diagnostic.related
        ),
    ]


def _is_annotation(line: str) -> bool:
    return _CARETS.match(line) is not None or _REMARK.match(line) is not None


def _unescape(line: str) -> bytes:
    parts: list[bytes] = []
    at = 0
    for match in _ESCAPE.finditer(line):
        parts.append(line[at : match.start()].encode())
        if match[1]:
            parts.append(bytes([int(match[1], 16)]))
        elif match[2]:
            parts.append(chr(int(match[2], 16)).encode("utf-8", "surrogatepass"))
        else:
            parts.append(_SIMPLE[match[3]])
        at = match.end()
    return b"".join((*parts, line[at:].encode()))


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
