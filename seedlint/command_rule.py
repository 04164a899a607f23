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
    from seedlint.terminal import ColorChoice


def rule_command(
    name: str | None,
    output_format: str,
    color: str,
    config: str | None,
    isolated: bool,
    allow_plugins: bool,
) -> None:
    """Print one rule, or all of them. Raises :class:`Trouble` for an unknown name."""
    _enable_plugins(config, isolated, allow_plugins)
    rules = all_rules()
    colored = use_color(cast("ColorChoice", color), sys.stdout)
    width = terminal_width(sys.stdout)
    if name is None:
        if output_format == "json":
            click.echo(json.dumps([rule_json(rule) for rule in rules.values()], indent=2))
        else:
            print_table(list(rules.values()), sys.stdout, color=colored, width=width)
        return
    rule = rule_named(name)
    alike = [
        rule
        for rule in rules.values()
        if any(each.startswith(f"{name}-") for each in (rule.name, *rule.members))
    ]
    if rule is None and alike:
        print_table(alike, sys.stdout, color=colored, width=width)
        return
    if rule is None:
        if is_withheld(name):
            raise Trouble(f"{quote(name)} is unknown without the plug-ins")
        hint = did_you_mean(name, known_names())
        raise Trouble(f"unknown rule {quote(name)}{hint or '; `seedlint rule` lists them'}")
    if output_format == "json":
        click.echo(json.dumps(rule_json(rule), indent=2))
    else:
        print_rule(rule, sys.stdout, color=colored, width=width)


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
