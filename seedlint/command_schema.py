"""``seedlint schema``: JSON Schemas, for editors and other programs."""

from __future__ import annotations

from pathlib import Path

import click

from seedlint.config import load_settings
from seedlint.contract import load_contract, schema_folder
from seedlint.report._data import readable_json
from seedlint.trouble import trouble_from_settings

_REPORT_SCHEMA = "report.schema.json"


def schema_command(of: str, path: str | None, config: str | None, isolated: bool) -> None:
    """Print the schema of the contract in force, of the settings or of the JSON report.

    Raises :class:`click.UsageError` for options that choose a contract with another schema.
    """
    if of == "contract":
        click.echo(_contract(path, config, isolated))
        return
    if path is not None or config is not None or isolated:
        raise click.UsageError("--schema, --config and --isolated are about the contract")
    if of == "settings":
        from seedlint.configschema import config_schema_text

        click.echo(config_schema_text(), nl=False)
    else:
        click.echo((schema_folder() / _REPORT_SCHEMA).read_text(encoding="utf-8"), nl=False)


def _contract(path: str | None, config: str | None, isolated: bool) -> str:
    with trouble_from_settings():
        settings = load_settings(Path.cwd(), config, isolated)
        contract = load_contract(Path(path) if path else settings.schema, settings.root)
    return readable_json(contract.schema)
