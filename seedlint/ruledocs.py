"""A rule's docstring, options and fixture as documentation."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import MISSING, dataclass, fields
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, TextIO, get_type_hints

from seedlint.paint import painter
from seedlint.rule import ConfigurableRule, CorpusRule, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_TYPES: Mapping[Any, str] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    tuple[str, ...]: "list of strings",
}

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_OPTION = re.compile(r"^- `([a-z0-9-]+)`(?: \(default `.*?`\))?: ", re.MULTILINE)
_NARROWEST_SUMMARY = 24
_WIDEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Option:
    """An option as the settings know it; ``default`` is plain data."""

    name: str
    type: str
    default: Any
    meaning: str


def summary(rule: type[Rule]) -> str:
    """What the rule is about, in one sentence: the first line of its docstring."""
    return _docstring(rule).partition("\n")[0]


def sections(rule: type[Rule]) -> Mapping[str, str]:
    """The sections of the rule's docstring by heading, in order."""
    found: dict[str, list[str]] = {}
    body: list[str] = []
    for line, is_heading in _lines(_docstring(rule)):
        if is_heading and line.startswith("## "):
            body = found.setdefault(line.removeprefix("## ").strip(), [])
        else:
            body.append(line)
    return {heading: "\n".join(lines).strip() for heading, lines in found.items()}


def options(rule: type[Rule]) -> Sequence[Option]:
    """The rule's options: name, type and default from the code, the meaning from the docstring."""
    if not issubclass(rule, ConfigurableRule):
        return ()
    meanings = _meanings(sections(rule).get("Options", ""))
    types = get_type_hints(rule.Options)
    found = []
    for field in fields(rule.Options):
        name = field.name.replace("_", "-")
        default = field.default if field.default_factory is MISSING else field.default_factory()
        plain = list(default) if isinstance(default, tuple) else default
        found.append(Option(name, _TYPES[types[field.name]], plain, meanings.get(name, "")))
    return found


def fix_safety(rule: type[Rule], separator: str = " or ") -> str:
    """How far the fixes of the rule can be trusted: ``safe or unsafe``; ``none`` without."""
    return separator.join(rule.fixes) or "none"


def title(rule: type[Rule]) -> str:
    """What the rule is called, a family by all of its names."""
    return f"{rule.name}-*" if rule.family else rule.name


def default_state(rule: type[Rule]) -> str:
    """``on`` or ``off`` where settings do not say; ``always`` if they have no say."""
    if rule.always:
        return "always"
    return "on" if rule.enabled else "off"


def markdown(rule: type[Rule], fixture: str | None = None) -> str:
    """The rule's page; with the text of its fixture, the cases it is tested by are shown too."""
    paragraphs = [f"# {title(rule)}", summary(rule), _facts(rule)]
    parts = dict(sections(rule))
    if options(rule):
        parts["Options"] = "\n".join(_option_line(option) for option in options(rule))
    for heading, body in parts.items():
        paragraphs += [f"## {heading}", body]
    if fixture is not None:
        paragraphs += ["## Cases", "The rule is tested by these.", _cases(fixture)]
    return "\n\n".join(paragraphs) + "\n"


def rule_json(rule: type[Rule]) -> dict[str, Any]:
    """The rule for programs."""
    from seedlint.plugins import plugin_of

    return {
        "name": rule.name,
        "summary": summary(rule),
        "severity": rule.severity.value,
        "enabled": rule.enabled,
        "always": rule.always,
        "family": rule.family,
        "scope": "corpus" if issubclass(rule, CorpusRule) else "file",
        "plugin": plugin_of(rule.name),
        "fixes": [applicability.value for applicability in rule.fixes],
        "options": [
            {
                "name": option.name,
                "type": option.type,
                "default": option.default,
                "meaning": option.meaning,
            }
            for option in options(rule)
        ],
        "documentation": markdown(rule),
    }


def print_rule(rule: type[Rule], out: TextIO, *, color: bool, width: int) -> None:
    """Write the rule's page: set for a terminal with colour, else as the Markdown it is."""
    page = markdown(rule)
    if not color:
        out.write(page)
        return
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.theme import Theme

    console = Console(
        file=out,
        force_terminal=True,
        color_system="standard",
        no_color=False,
        legacy_windows=False,
        width=min(width, _WIDEST_PAGE),
        theme=Theme({"markdown.code": "cyan", "markdown.h2": "bold"}),
    )
    console.print(Markdown(page, code_theme="ansi_dark", hyperlinks=False))


def print_table(rules: Sequence[type[Rule]], out: TextIO, *, color: bool, width: int) -> None:
    """Write a line a rule: its name, severity, whether it is on, its fixes, its summary."""
    paint = painter(color)
    header = ("rule", "severity", "default", "fix")
    rows = [
        (title(rule), rule.severity.value, default_state(rule), fix_safety(rule, "/"))
        for rule in rules
    ]
    columns = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    indent = sum(columns) + 2 * len(columns)
    room = max(width - indent, _NARROWEST_SUMMARY)

    heads = (f"{head:<{size}}" for head, size in zip(header, columns, strict=True))
    out.write(paint("quiet", "  ".join((*heads, "summary"))) + "\n")
    for rule, row in zip(rules, rows, strict=True):
        name, severity, *others = (
            f"{cell:<{size}}" for cell, size in zip(row, columns, strict=True)
        )
        lines = textwrap.wrap(summary(rule), room, break_on_hyphens=False) or [""]
        cells = (paint("strong", name), paint(rule.severity.value, severity), *others, lines[0])
        out.write("  ".join(cells).rstrip() + "\n")
        out.writelines(f"{' ' * indent}{line}\n" for line in lines[1:])


def _docstring(rule: type[Rule]) -> str:
    return cleandoc(rule.__doc__ or "")


def _facts(rule: type[Rule]) -> str:
    enabled = {"always": "always on", "on": "enabled by default", "off": "off by default"}
    facts = [f"Severity: {rule.severity.value}", enabled[default_state(rule)]]
    facts.append(f"fix: {fix_safety(rule)}")
    if options(rule):
        facts.append("options: " + ", ".join(f"`{option.name}`" for option in options(rule)))
    return " · ".join(facts)


def _option_line(option: Option) -> str:
    # As JSON, a default reads as it is written in TOML.
    default = json.dumps(option.default, ensure_ascii=False)
    line = f"- `{option.name}` ({option.type}, default `{default}`)"
    return f"{line}: {option.meaning}" if option.meaning else line


def _meanings(section: str) -> Mapping[str, str]:
    """Option names to what the items of an Options section say of them."""
    _, *found = _OPTION.split(section)
    return dict(zip(found[::2], (" ".join(text.split()) for text in found[1::2]), strict=True))


def _cases(fixture: str) -> str:
    """A fixture as part of a page: without its title, its headings one level down."""
    lines = (
        f"#{line}" if is_heading else line
        for line, is_heading in _lines(fixture)
        if not (is_heading and line.startswith("# "))
    )
    return "\n".join(lines).strip()


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """The lines of Markdown, each with whether it is a heading; a fenced block has none."""
    fence = ""
    for line in text.splitlines():
        found = _FENCE.match(line)
        if found and not fence:
            fence = found.group(1)
        elif found and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        yield line, not fence and not found and re.match(r"#{1,6} ", line) is not None
