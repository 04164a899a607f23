"""Diagnostics to report, and readers of what formats make of them."""

from __future__ import annotations

import html
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema

from seedlint.check import Input, check_batch
from seedlint.contract import schema_folder
from seedlint.corpus import together
from seedlint.diagnostic import Diagnostic, Place, Severity, Span
from seedlint.fixture import read_cases
from seedlint.report import formats
from seedlint.report.summary import Summary
from seedlint.testing import profiles_of

HERE = Path(__file__).parent
SARIF_SCHEMA = json.loads((HERE / "data" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
REPORT_SCHEMA = json.loads((schema_folder() / "report.schema.json").read_text(encoding="utf-8"))

SPAN = Span(3, 8, 3, 12)


def found(
    file: str = "seeds/a.md",
    message: str = "something is wrong",
    *,
    rule: str = "schema-required",
    severity: Severity = Severity.ERROR,
    span: Span = SPAN,
    **more: Any,
) -> Diagnostic:
    place = Place(file, span, "title: Text")
    return Diagnostic(rule, severity, place, "/title", message, **more)


def summary_of(diagnostics: tuple[Diagnostic, ...], **more: Any) -> Summary:
    errors, warnings, infos = (
        sum(each.severity is severity for each in diagnostics) for severity in Severity
    )
    files = len({each.place.file for each in diagnostics}) or 1
    return Summary(files, 0, errors, warnings, infos, 0, **more)


def rendered(name: str, *diagnostics: Diagnostic, color: bool = False, **more: Any) -> str:
    """What a format writes."""
    out = io.StringIO()
    summary = summary_of(diagnostics, **more)
    formats()[name]().render(diagnostics, summary, out, color=color, width=80)
    return out.getvalue()


@cache
def every_kind() -> tuple[Diagnostic, ...]:
    """What the fixtures of all rules bring about."""
    diagnostics: list[Diagnostic] = []
    for fixture in sorted(HERE.glob("rules/*.md")):
        for case in read_cases(fixture):
            profiles, root = profiles_of(case, fixture.stem.replace("_", "-"))
            inputs = [
                Input(file.content, file.name, profiles.of(f"{root}/{file.name}"), True, file.name)
                for file in case.files
            ]
            corpus = together(inputs, profiles.corpus_rules)
            for result in check_batch(corpus.inputs, corpus.part):
                diagnostics += result.diagnostics
    return tuple(sorted(diagnostics, key=lambda each: each.sort_key))


def sarif_errors(text: str) -> list[str]:
    """What the official schema has against a log."""
    validator = jsonschema.Draft4Validator(
        SARIF_SCHEMA, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER
    )
    return [error.message for error in validator.iter_errors(json.loads(text))]


def report_errors(report: Any, part: str = "") -> list[str]:
    """What our schema, or a part of it, has against a report; it must know all fields."""
    closed = _closed({**REPORT_SCHEMA, "$ref": part} if part else REPORT_SCHEMA)
    if part:
        del closed["type"], closed["required"], closed["properties"]
        del closed["additionalProperties"]
    validator = jsonschema.Draft202012Validator(closed)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(report)]


def _closed(schema: Any) -> Any:
    """A schema that accepts no fields but those it describes."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    return {**closed, "additionalProperties": False} if closed.get("type") == "object" else closed


class Command(NamedTuple):
    """A workflow command as GitHub's runner understands it."""

    name: str
    properties: dict[str, str]
    data: str


_COMMANDS = frozenset(
    [
        "error",
        "warning",
        "notice",
        "group",
        "endgroup",
        "debug",
        "set-output",
        "stop-commands",
        "add-mask",
        "add-matcher",
        "echo",
    ]
)
_LINE_END = re.compile(r"\r\n|\r|\n")


def commands_in(text: str) -> list[Command]:
    """Every command in what a step prints, in either of the two spellings."""
    read = (_command(line) for line in _LINE_END.split(text))
    return [command for command in read if command is not None]


def _command(line: str) -> Command | None:
    new = re.match(r"\s*::(?P<name>[^ :]*)(?: (?P<properties>.*?))?::(?P<data>.*)", line)
    old = re.search(r"##\[(?P<name>[^ \]]*)(?P<properties>[^\]]*)\](?P<data>.*)", line)
    for match in (new, old):
        if match is not None and match["name"] in _COMMANDS:
            pairs = (pair.partition("=") for pair in (match["properties"] or "").split(","))
            properties = {name: _unescaped(value, ":,") for name, _, value in pairs if name}
            return Command(match["name"], properties, _unescaped(match["data"], ""))
    return None


def _unescaped(text: str, more: str) -> str:
    for character in f"\r\n{more}%":  # the percent sign last, as the runner does
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def table_rows(markdown: str) -> list[list[str]]:
    """The rows of a table, as a reader sees its cells."""
    lines = [line for line in markdown.split("\n") if line.startswith("|")]
    cells = [line.strip("|").split("|") for line in lines[2:]]
    return [[html.unescape(re.sub(r"</?code>", "", cell.strip())) for cell in row] for row in cells]
