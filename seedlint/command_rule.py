"""``seedlint rule``: the documentation of rules."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from seedlint.config import load_settings
from seedlint.config_error import ConfigError
from seedlint.plugins import is_withheld
from seedlint.rule import all_rules, known_names, rule_named
from seedlint.ruledocs import print_rule, print_table, rule_json
from seedlint.terminal import terminal_width, use_color
from seedlint.trouble import Trouble, tell, tell_of_plugins
from seedlint.wording import did_you_mean, quote

if TYPE_CHECKING:
    from seedlint.rule import Rule
    from seedlint.terminal import ColorChoice


def rule_command(
    name: str | None,
    output_format: str,
    color: str,
    config: str | None,
    isolated: bool,
    allow_plugins: bool,
) -> None:
    """Print one rule, or several of them. Raises :class:`Trouble` for an unknown name."""
    _enable_plugins(config, isolated, allow_plugins)
    rule = rule_named(name) if name is not None else None
    rules = [*all_rules().values()] if name is None else _beginning(name)
    if rule is None and not rules:
        raise Trouble(_unknown(str(name)))
    if output_format == "json":
        data = [rule_json(each) for each in rules] if rule is None else rule_json(rule)
        click.echo(json.dumps(data, indent=2))
        return
    colored = use_color(cast("ColorChoice", color), sys.stdout)
    width = terminal_width(sys.stdout)
    if rule is None:
        print_table(rules, sys.stdout, color=colored, width=width)
    else:
        print_rule(rule, sys.stdout, color=colored, width=width)


def _beginning(name: str) -> list[type[Rule]]:
    """The rules whose names, or one of them, go on after this and a hyphen."""
    return [
        rule
        for rule in all_rules().values()
        if any(each.startswith(f"{name}-") for each in (rule.name, *rule.members))
    ]


def _unknown(name: str) -> str:
    if is_withheld(name):
        return f"{quote(name)} is unknown without the plug-ins"
    hint = did_you_mean(name, known_names())
    return f"unknown rule {quote(name)}{hint or '; `seedlint rule` lists them'}"


def _enable_plugins(config: str | None, isolated: bool, allow: bool) -> None:
    """Have the plug-ins of the settings here.

    Mistakes in these keep nobody from reading, unless they were asked for.
    """
    try:
        tell_of_plugins(load_settings(Path.cwd(), config, isolated, allow))
    except ConfigError as error:
        if config:
            raise Trouble(str(error)) from error
        tell(str(error))
