"""``seedlint rule``: the documentation of rules."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, cast

import click

from seedlint.cli import Trouble
from seedlint.rule import all_rules, rule_covering
from seedlint.ruledocs import print_rule, print_table, rule_json
from seedlint.terminal import terminal_width, use_color

if TYPE_CHECKING:
    from seedlint.terminal import ColorChoice


def rule_command(name: str | None, output_format: str, color: str) -> None:
    """Print one rule, or all of them. Raises :class:`Trouble` for an unknown name."""
    rules = all_rules()
    colored = use_color(cast("ColorChoice", color), sys.stdout)
    width = terminal_width(sys.stdout)
    if name is None:
        if output_format == "json":
            click.echo(json.dumps([rule_json(rule) for rule in rules.values()], indent=2))
        else:
            print_table(list(rules.values()), sys.stdout, color=colored, width=width)
        return
    rule = rules.get(name) or rule_covering(name)
    alike = [rule for rule in rules.values() if rule.name.startswith(f"{name}-")]
    if rule is None and alike:
        print_table(alike, sys.stdout, color=colored, width=width)
        return
    if rule is None:
        from seedlint.wording import did_you_mean, quote

        hint = did_you_mean(name, rules)
        raise Trouble(f"unknown rule {quote(name)}{hint or '; `seedlint rule` lists them'}")
    if output_format == "json":
        click.echo(json.dumps(rule_json(rule), indent=2))
    else:
        print_rule(rule, sys.stdout, color=colored, width=width)
