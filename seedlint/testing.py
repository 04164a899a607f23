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
           = also b.txt:4:5: a related place in another file
           = fix (safe): write "Ferries & trams"

``[error]`` or ``[schema-enum]`` before the message is a severity or name that differs from
the rule's own, ``(to 4:7)`` the end of a span that goes on to a later line.

Where a case has a safe or unsafe fix, a ```` ```fixed ```` block with the same words follows
its block: the text after all these were applied until nothing changed. It must be readable
and stable, and no fix may have been taken back.

A ```` ```toml name=providers.toml ```` block is the registry that the settings may name.

Several blocks under one heading, with different names, are a corpus: corpus rules see them
together, a failing case has carets in at least one of them, and each is followed by its own
fixed block, if it has fixes.

Run ``python -m seedlint.testing FIXTURE…`` to see differences, with ``--update`` to write
what is found into the fixture, with ``--plugin NAME`` for rules of a plug-in. Tests call
:func:`problems_with`; a plug-in's do, too::

    @pytest.mark.parametrize("fixture", Path("tests/rules").glob("*.md"))
    def test_fixture(fixture):
        assert list(problems_with(fixture, plugin="my_rules")) == []
"""

from __future__ import annotations

import argparse
import re
import sys
from datetime import datetime, timezone
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from seedlint.check import Input, check_batch
from seedlint.config import parse_settings
from seedlint.corpus import together
from seedlint.diagnostic import Applicability
from seedlint.errors import SeedlintError
from seedlint.fixing import fix_input
from seedlint.fixture import is_annotation, read_cases
from seedlint.plugins import PluginError, load
from seedlint.profile import Profiles
from seedlint.promises import broken_promises
from seedlint.rule import ReadingRule, all_rules, rule_covering
from seedlint.wording import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from seedlint.check import FileResult
    from seedlint.corpus import Together
    from seedlint.diagnostic import Diagnostic, Place
    from seedlint.fixing import FixResult
    from seedlint.fixture import Case, File

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
"""The time at which fixtures are checked."""


def profiles_of(case: Case, rule: str) -> tuple[Profiles, Path]:
    """How the files of a case are checked, and the folder they would be in."""
    text = case.settings
    if not re.search(r"(?m)^select\s*=", text):
        text = f'select = ["{rule}"]\n{text}'
    if case.registry is None:
        root = Path.cwd()
        return Profiles(parse_settings(text, root / "seedlint.toml"), NOW), root
    with TemporaryDirectory() as folder:
        root = Path(folder)
        name, content = case.registry
        (root / name).write_text(content, encoding="utf-8")
        return Profiles(parse_settings(text, root / "seedlint.toml"), NOW), root


def applicabilities(fixture: Path) -> dict[str, set[Applicability]]:
    """The kinds of fix that occur in a fixture, by rule."""
    found: dict[str, set[Applicability]] = {}
    for case in read_cases(fixture):
        for result in _results(_together(case, _rule_of(fixture))):
            for diagnostic in result.diagnostics:
                rule = rule_covering(diagnostic.rule)
                if rule is not None and diagnostic.fix is not None:
                    found.setdefault(rule.name, set()).add(diagnostic.fix.applicability)
    return found


def _rule_of(fixture: Path) -> str:
    """The rule of a fixture, by its name. Raises ValueError if there is none."""
    name = fixture.stem.replace("_", "-")
    if name not in all_rules():
        raise ValueError(f"{fixture}: a fixture is named like its rule, and no rule is {name!r}")
    return name


def _together(case: Case, rule: str, contents: Sequence[bytes] | None = None) -> Together:
    """The files of a case, or others in their place, with only this rule selected."""
    profiles, root = profiles_of(case, rule)
    if contents is None:
        contents = [file.content for file in case.files]
    inputs = [
        Input(content, file.name, profiles.of(f"{root}/{file.name}"), True, file.name)
        for file, content in zip(case.files, contents, strict=True)
    ]
    return together(inputs, profiles.corpus_rules)


def _results(corpus: Together) -> list[FileResult]:
    return check_batch(corpus.inputs, corpus.part)


def _fixed(corpus: Together, results: Sequence[FileResult]) -> list[FixResult | None]:
    """What all safe and unsafe fixes make of each file; ``None`` if it has none."""
    return [
        fix_input(given, lambda *_: True, corpus.part, result)
        if any(map(_is_applied, result.diagnostics))
        else None
        for given, result in zip(corpus.inputs, results, strict=True)
    ]


def _is_applied(diagnostic: Diagnostic) -> bool:
    fix = diagnostic.fix
    return fix is not None and fix.applicability is not Applicability.DISPLAY


def _annotated(file: File, diagnostics: Iterable[Diagnostic], rule: str) -> list[str]:
    """The lines of a file with carets where something is found."""
    plain = file.plain
    offset = 0 if file.whole_file else 1
    by_line: dict[int, list[str]] = {}
    for diagnostic in diagnostics:
        index = max(diagnostic.place.span.line - 1 - offset, 0)
        index = min(index, max(len(plain) - 1, 0))
        by_line.setdefault(index, []).extend(_annotation(diagnostic, rule))
    lines: list[str] = []
    for index, line in enumerate(plain or [""]):
        lines.extend([line] if plain else [])
        lines.extend(by_line.get(index, ()))
    return lines


def problems_with(fixture: Path, plugin: str | None = None) -> Iterator[str]:
    """What is wrong with a fixture: a diff for each file that is not as written.

    If the rule is not seedlint's own, ``plugin`` is the package that has it.
    """
    if plugin is not None:
        load(plugin)
    cases = read_cases(fixture)
    rule = _rule_of(fixture)
    if not any(case.fails for case in cases) or all(case.fails for case in cases):
        yield f"{fixture}: needs a failing and a passing case"
    seen: dict[object, str] = {}
    for case in cases:
        where = f"{fixture}:{case.files[0].block.start}: {case.title}"
        content = (case.settings, *((file.name, file.block.lines) for file in case.files))
        if content in seen:
            yield f"{where}: the same case as {seen[content]!r}"
        seen[content] = case.title
        annotated = any(is_annotation(line) for file in case.files for line in file.block.lines)
        if case.fails != annotated:
            yield f"{where}: a failing case has carets, a passing one has none"
        yield from _problems_with_case(fixture, case, rule)


def _problems_with_case(fixture: Path, case: Case, rule: str) -> Iterator[str]:
    corpus = _together(case, rule)
    results = _results(corpus)
    fixed = _fixed(corpus, results)
    unstable = _unstable(case, rule, fixed)
    for file, result, fix in zip(case.files, results, fixed, strict=True):
        where = f"{fixture}:{file.block.start}: {case.title}"
        lines = _annotated(file, result.diagnostics, rule)
        if lines != list(file.block.lines):
            yield f"{where}\n{_diff(file.block.lines, lines)}"
        for problem in _problems_with_fixed(file, fix):
            yield f"{where}: {problem}"
        if file in unstable:
            yield f"{where}: the fixed text is not stable: a second run changes it"
    for problem in broken_promises(corpus, results):
        yield f"{fixture}:{case.files[0].block.start}: {case.title}: {problem}"


def _unstable(case: Case, rule: str, fixed: Sequence[FixResult | None]) -> list[File]:
    """The files of a case that another run would change once more."""
    if not any(fixed):
        return []
    contents = [
        file.content if result is None else result.raw
        for file, result in zip(case.files, fixed, strict=True)
    ]
    corpus = _together(case, rule, contents)
    again = _fixed(corpus, _results(corpus))
    return [
        file
        for file, content, result in zip(case.files, contents, again, strict=True)
        if result is not None and result.raw != content
    ]


def _problems_with_fixed(file: File, result: FixResult | None) -> Iterator[str]:
    if result is None:
        if file.fixed is not None:
            yield "nothing is fixed, so a fixed block is one too many"
        return
    for left_out in result.left_out:
        title = left_out.fix.title
        yield f"the fix of {left_out.diagnostic.rule} was taken back ({title}): {left_out.reason}"
    if result.unsettled:
        yield f"fixes did not come to an end: {', '.join(result.unsettled)}"
    for diagnostic in result.result.diagnostics:
        if issubclass(all_rules().get(diagnostic.rule, object), ReadingRule):
            yield f"the fixed text cannot be read: {diagnostic.message}"
    if file.fixed is None:
        yield "the fixed block is missing (--update writes it)"
    elif file.fixed.words != file.block.words:
        yield "the words of the fixed block are not those of the block it fixes"
    elif file.file_of(file.fixed.lines) != result.raw:
        yield f"fixed otherwise\n{_diff(file.fixed.lines, file.written(result.raw))}"


def _diff(written: Iterable[str], found: Iterable[str]) -> str:
    return "\n".join(unified_diff([*written], [*found], "fixture", "found", lineterm="", n=2))


def update(fixture: Path) -> bool:
    """Write what is found into the fixture; whether that changed it."""
    before = fixture.read_text(encoding="utf-8")
    rule = _rule_of(fixture)
    lines = before.splitlines()
    for case in reversed(read_cases(fixture)):
        corpus = _together(case, rule)
        results = _results(corpus)
        found = zip(case.files, results, _fixed(corpus, results), strict=True)
        for file, result, fixed in reversed(list(found)):
            _update_fixed(lines, file, fixed)
            block = file.block
            lines[block.start : block.end] = _annotated(file, result.diagnostics, rule)
    after = "\n".join(lines) + "\n"
    if after != before:
        fixture.write_text(after, encoding="utf-8")
    return after != before


def _update_fixed(lines: list[str], file: File, result: FixResult | None) -> None:
    """Replace, insert or remove the fixed block of a file, which ends above all later ones."""
    block = file.block
    first = block.end + 1 if file.fixed is None else file.fixed.start - 1
    last = block.end + 1 if file.fixed is None else file.fixed.end + 1
    if result is None:
        # With the blank line that separates the two blocks.
        lines[block.end + 1 : last] = []
        return
    written = file.written(result.raw)
    if file.fixed is not None and file.file_of(file.fixed.lines) == result.raw:
        written = list(file.fixed.lines)
    space = [""] if file.fixed is None else []
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
            f"{indent}= also {_where(place, diagnostic.place.file)}: {place.message}"
            for place in diagnostic.related
        ),
        *([] if fix is None else [f"{indent}= fix ({fix.applicability}): {fix.title}"]),
    ]


def _where(place: Place, file: str) -> str:
    position = f"{place.span.line}:{place.span.column}"
    return position if place.file == file else f"{place.file}:{position}"


def _main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m seedlint.testing")
    parser.add_argument("fixtures", nargs="+", type=Path, metavar="FIXTURE")
    parser.add_argument("--update", action="store_true", help="write what is found")
    parser.add_argument("--plugin", metavar="NAME", help="a package with rules to load")
    given = parser.parse_args(arguments)
    try:
        return _run(given.fixtures, given.update, given.plugin)
    except (OSError, ValueError, SeedlintError, PluginError) as error:
        sys.stderr.write(f"seedlint.testing: {escape(str(error))}\n")
        return 2


def _run(fixtures: list[Path], updates: bool, plugin: str | None) -> int:
    if plugin is not None:
        load(plugin)
    if updates:
        for fixture in fixtures:
            sys.stdout.write(f"{fixture}: {'updated' if update(fixture) else 'unchanged'}\n")
        return 0
    problems = [problem for fixture in fixtures for problem in problems_with(fixture)]
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
