"""Where settings speak of rules: selectors, severities and options."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, get_type_hints

from seedlint.diagnostic import Severity
from seedlint.plugins import is_withheld
from seedlint.rule import ConfigurableRule, all_rules, is_corpus_rule, known_names, rule_named
from seedlint.wording import did_you_mean, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from seedlint.rule import Rule
    from seedlint.tomlfile import Value


def read_selectors(value: Value) -> tuple[str, ...]:
    """Rule names and prefixes; the string ``"all"`` may stand for a list of it."""
    if value.data == "all":
        return ("all",)
    return tuple(_selector(item) for item in value.items('"all" or a list of rule names'))


def read_rules(value: Value) -> dict[str, dict[str, Any]]:
    """The ``[rules.<name>]`` tables."""
    return {name: _rule_table(name, table) for name, table in value.members()}


def refuse_corpus_options(override: Value) -> None:
    """Refuse options of corpus rules for some files: conclusions are drawn once, from all."""
    rules = next((value for key, value in override.members() if key == "rules"), None)
    for name, table in rules.members() if rules is not None else ():
        if is_corpus_rule(all_rules().get(name)):
            for option, given in table.members():
                if option != "severity":
                    raise given.error(
                        f"an override cannot set {quote(option)}: {name} looks at all files "
                        f'together, so its options belong into "rules.{name}"; here it may have '
                        'a "severity" or be ignored'
                    )


def selector_problem(selector: str) -> str | None:
    """Why a name is no selector, if it is none; the command line asks too."""
    if selector == "all" or _meant(selector) or is_withheld(selector, as_prefix=True):
        return None
    hint = did_you_mean(selector, known_names())
    return f"unknown rule {quote(selector)}{hint or '; `seedlint rule` lists them'}"


def ignore_problem(selector: str) -> str | None:
    """Why a name cannot be ignored, if it cannot."""
    if selector == "all":
        return None
    rules = _meant(selector)
    if rules and all(rule.always for rule in rules):
        return (
            f"{quote(selector)} cannot be ignored: it always runs, "
            "because nothing else can be said of a file that cannot be read"
        )
    return None


def _meant(selector: str) -> list[type[Rule]]:
    """The rules a name means: exactly or as the first words of theirs, or as a family's."""
    prefix = f"{selector.removesuffix('-')}-"
    return [
        rule
        for rule in all_rules().values()
        if rule.name == selector
        or rule.name.startswith(prefix)
        or any(name == selector or name.startswith(prefix) for name in rule.members)
    ]


def _selector(value: Value) -> str:
    selector = value.text()
    problem = selector_problem(selector)
    if problem is None and "ignore" in value.route:
        problem = ignore_problem(selector)
    if problem is not None:
        raise value.error(problem)
    return selector


def _rule_table(name: str, table: Value) -> dict[str, Any]:
    rule = rule_named(name)
    if rule is None and is_withheld(name):
        return {}  # only the rule itself could say what its options are
    if rule is None:
        problem = selector_problem(name)
        raise table.error(problem or f"{quote(name)} is a prefix, expected the name of one rule")
    readers = _readers(rule)
    values: dict[str, Any] = {}
    for key, value in table.members():
        if key == "severity":
            values[key] = _severity(rule, value)
        elif key in readers:
            values[key] = readers[key](value)
            _require_sensible(rule, key, values[key], value)
        else:
            raise value.unknown(f"option of {name}", key, ["severity", *readers])
    return values


def _severity(rule: type[Rule], value: Value) -> Severity:
    severity = value.severity()
    if rule.always and severity is not Severity.ERROR:
        raise value.error(
            f'{rule.name} is always an "error", '
            "because nothing else can be said of a file that cannot be read"
        )
    return severity


def _require_sensible(rule: type[Rule], key: str, data: object, value: Value) -> None:
    """Let the rule itself refuse what makes no sense, such as a similarity of 5."""
    if issubclass(rule, ConfigurableRule):
        try:
            rule.Options(**{key.replace("-", "_"): data})
        except ValueError as error:
            raise value.error(str(error)) from error


def _readers(rule: type[Rule]) -> Mapping[str, Callable[[Value], object]]:
    """How each option of a rule is read, by its name in the settings."""
    if not issubclass(rule, ConfigurableRule):
        return {}
    types = get_type_hints(rule.Options)
    return {
        field.name.replace("_", "-"): _BY_TYPE[types[field.name]] for field in fields(rule.Options)
    }


_BY_TYPE: Mapping[object, Callable[[Value], object]] = {
    bool: lambda value: value.flag(),
    int: lambda value: value.integer(),
    float: lambda value: value.number(),
    str: lambda value: value.text(),
    tuple[str, ...]: lambda value: value.texts(),
}
