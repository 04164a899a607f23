"""The JSON Schema of ``seedlint.toml``, for editors: built from the rules themselves.

``python -m seedlint.configschema`` prints it; ``schemas/config.schema.json`` holds it.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from seedlint.diagnostic import Severity
from seedlint.limits import DEEPEST, LEAST_DIGITS, MOST_DIGITS, Limits
from seedlint.rule import all_rules, is_corpus_rule
from seedlint.ruledocs import options, summary
from seedlint.settings import TRACKING_PARAMETERS

if TYPE_CHECKING:
    from seedlint.rule import Rule
    from seedlint.ruledocs import Option

_TYPES: dict[str, dict[str, Any]] = {
    "list of strings": {"type": "array", "items": {"type": "string", "pattern": r"\S"}},
}

_BOUNDS = {"aliases": (0, None), "depth": (1, DEEPEST), "digits": (LEAST_DIGITS, MOST_DIGITS)}
_LIMITS = {
    "size": "Bytes of front matter.",
    "file-size": "Bytes of the file, its body included.",
    "depth": "Collections within collections.",
    "nodes": "Keys, values and collections, aliases counted with what they repeat.",
    "aliases": "Uses of an anchor.",
    "keys": "Keys of one mapping, as it is written.",
    "digits": "Digits of a number.",
    "steps": "Steps of holding a file against its contract: subschemas tried on values.",
}


def config_schema() -> dict[str, Any]:
    """The schema, as plain data."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://seedlint.invalid/schemas/config.schema.json",
        "title": "seedlint settings",
        "description": "seedlint.toml, or the table [tool.seedlint] in pyproject.toml.",
        "type": "object",
        "properties": _properties(),
        "additionalProperties": False,
        # With plug-ins there may be rules by any name.
        "if": {"required": ["plugins"]},
        "else": {
            "properties": {
                "rules": _ref("known-rules"),
                "overrides": {"items": {"properties": {"rules": _ref("known-rules")}}},
            }
        },
        "$defs": {
            "severity": _severity(),
            "patterns": _list("A pattern as in .gitignore, relative to the settings file."),
            "selectors": _selectors([rule.name for rule in all_rules().values()]),
            "ignored": _selectors([rule.name for rule in all_rules().values() if not rule.always]),
            "rules": _rules(),
            "known-rules": _known_rules(),
            "override": _override(),
        },
    }


def config_schema_text() -> str:
    """The schema as it stands in ``schemas/config.schema.json``."""
    return json.dumps(config_schema(), indent=2, ensure_ascii=False) + "\n"


def _properties() -> dict[str, Any]:
    return {
        "extend": _described(_text(), "Extended file", "A settings file to start from."),
        "required-version": _described(
            {**_text(), "examples": [">=0.1,<2"]},
            "Required version",
            "The versions of seedlint these settings are for.",
        ),
        "include": _described(
            {**_list("A folder, a file or a pattern."), "default": ["."]},
            "Included",
            "What is checked when no paths are named; a pattern also filters folders.",
        ),
        "exclude": _described(
            _ref("patterns"), "Excluded", "Files that are not checked unless they are named."
        ),
        "require-front-matter": _described(
            {"type": "boolean", "default": False},
            "Require front matter",
            "Whether a file without front matter is an error instead of being skipped.",
        ),
        "skip-other-front-matter": _described(
            {"type": "boolean", "default": False},
            "Skip other front matter",
            "Whether a file with front matter in TOML, JSON or JavaScript is one without any, and "
            "no error.",
        ),
        "schema": _described(
            _text(),
            "Contract",
            "A JSON Schema (JSON or YAML), relative to the file it is named in.",
        ),
        "schemas": _described(
            {"type": "object", "additionalProperties": _text()},
            "Contracts by file pattern",
            "The last pattern that matches a file wins over `schema`.",
        ),
        "in-file-schemas": _described(
            {"type": "array", "items": _text()},
            "Contracts that files may name",
            "A file whose key `$schema` names one of these, by a path relative to itself or to the "
            "settings, has that contract.",
        ),
        "plugins": _described(
            {
                "type": "array",
                "items": {"type": "string", "pattern": r"^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$"},
            },
            "Plug-ins",
            "Installed packages with rules; loaded only where whoever runs seedlint allows it.",
        ),
        "select": _described(
            {"anyOf": [{"const": "all"}, _ref("selectors")]},
            "Selected rules",
            "The rules to run, instead of those that are on by default.",
        ),
        "ignore": _described(
            {"anyOf": [{"const": "all"}, _ref("ignored")]}, "Ignored rules", "Rules not to run."
        ),
        "extend-select": _described(
            {"anyOf": [{"const": "all"}, _ref("selectors")]},
            "Also selected rules",
            "Rules to run besides those selected.",
        ),
        **_fixes(),
        "fail-on": _described(
            {**_ref("severity"), "default": "error"},
            "Fail on",
            "The mildest severity that makes the exit code 1.",
        ),
        "tracking-parameters": _described(
            {
                "type": "array",
                "items": {"type": "string", "pattern": r"^[^*]+\*?$"},
                "default": list(TRACKING_PARAMETERS),
            },
            "Tracking parameters",
            "Query parameters that only track; a `*` at the end makes a prefix.",
        ),
        "topics": _described(
            _list("A topic as it is to be spelled."),
            "Topics",
            "The vocabulary of topics: other spellings of these are wrong.",
        ),
        "providers": _described(
            _text(), "Providers", "The registry of providers, relative to the file it is named in."
        ),
        "baseline": _described(
            {**_text(), "default": ".seedlint-baseline.json"},
            "Baseline",
            "What is known to be wrong, relative to the file it is named in.",
        ),
        "limits": _limits(),
        "rules": _described(_ref("rules"), "Rules", "The severity and options of each rule."),
        "overrides": _described(
            {"type": "array", "items": _ref("override")},
            "Overrides",
            "Settings for some files, or for some places in them.",
        ),
    }


def _fixes() -> dict[str, Any]:
    rules = {"anyOf": [{"const": "all"}, _ref("selectors")]}
    return {
        "fixable": _described(
            rules, "Fixable rules", "The rules whose fixes are offered, instead of all."
        ),
        "unfixable": _described(
            rules, "Unfixable rules", "Rules whose fixes are neither offered nor applied."
        ),
        "extend-safe-fixes": _described(
            rules, "Safe fixes", "Rules whose unsafe fixes are taken for safe."
        ),
        "extend-unsafe-fixes": _described(
            rules, "Unsafe fixes", "Rules whose safe fixes are taken for unsafe."
        ),
    }


def _limits() -> dict[str, Any]:
    properties = {}
    for field in fields(Limits):
        name = field.name.replace("_", "-")
        least, most = _BOUNDS.get(name, (1, None))
        number = {"type": "integer", "minimum": least}
        if most is not None:
            number["maximum"] = most
        properties[name] = {"description": _LIMITS[name], **number, "default": field.default}
    return _described(_closed(properties), "Limits", "How much of a file is read.")


def _rules() -> dict[str, Any]:
    rules = all_rules().values()
    return {
        "type": "object",
        "properties": {rule.name: _rule(rule) for rule in rules},
        "patternProperties": {_members(rule): _rule(rule) for rule in rules if rule.family},
        "additionalProperties": {"type": "object"},
    }


def _known_rules() -> dict[str, Any]:
    rules = all_rules().values()
    names = [rule.name for rule in rules]
    families = [{"pattern": _members(rule)} for rule in rules if rule.family]
    return {"propertyNames": {"anyOf": [{"enum": names}, *families]}}


def _members(family: type[Rule]) -> str:
    return f"^{family.name}-[a-z0-9-]+$"


def _rule(rule: type[Rule]) -> dict[str, Any]:
    severity = (
        {"const": Severity.ERROR.value}
        if rule.always
        else {**_ref("severity"), "default": rule.severity.value}
    )
    properties = {option.name: _option(option) for option in options(rule)}
    return _described(
        _closed({"severity": severity, **properties}), rule.name, _plain(summary(rule))
    )


def _option(option: Option) -> dict[str, Any]:
    described = {"description": option.meaning} if option.meaning else {}
    kind = _TYPES.get(option.type, {"type": option.type})
    return {**described, **kind, "default": option.default}


def _override() -> dict[str, Any]:
    properties = {
        "files": _described(_ref("patterns"), "Files", "The files it holds for."),
        "pointers": _described(
            {
                "type": "array",
                "items": {"type": "string", "pattern": "^(?:/(?:[^~/]|~[01])*)*$"},
                "examples": [["/images/*/title", "/**/provider"]],
            },
            "Pointers",
            "JSON pointers of the places it holds for; `*` is one step, `**` any number.",
        ),
        **{key: _properties()[key] for key in ("select", "ignore", "extend-select")},
        "rules": {
            **_properties()["rules"],
            "properties": {
                rule.name: _only_severity()
                for rule in all_rules().values()
                if is_corpus_rule(rule) and options(rule)
            },
        },
    }
    only_severities = {"additionalProperties": _only_severity()}
    return {
        **_closed(properties),
        "anyOf": [{"required": ["files"]}, {"required": ["pointers"]}],
        "dependentSchemas": {
            "pointers": {
                "properties": {"select": False, "extend-select": False, "rules": only_severities}
            }
        },
    }


def _only_severity() -> dict[str, Any]:
    return _closed({"severity": True})


def _selectors(names: list[str]) -> dict[str, Any]:
    # The names come first for an editor to offer; a prefix is just as good.
    pattern = {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"}
    return {"type": "array", "items": {"anyOf": [{"enum": ["all", *names]}, pattern]}}


def _severity() -> dict[str, Any]:
    return {"title": "Severity", "enum": [level.value for level in Severity]}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _list(description: str) -> dict[str, Any]:
    return {"type": "array", "items": {**_text(), "description": description}}


def _text() -> dict[str, Any]:
    return {"type": "string", "pattern": r"\S"}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _described(schema: dict[str, Any], title: str, description: str) -> dict[str, Any]:
    return {"title": title, "description": description, **schema}


def _plain(text: str) -> str:
    """The summary, without Markdown's code marks, which editors show as they are."""
    return text.replace("`", "")


if __name__ == "__main__":
    print(config_schema_text(), end="")
