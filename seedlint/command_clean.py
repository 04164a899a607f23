"""``seedlint clean``: remove the cache."""

from __future__ import annotations

from pathlib import Path

import click

from seedlint.cachedir import CacheFailure, clear
from seedlint.command_check import cache_folder, trouble_from_settings
from seedlint.config import load_settings
from seedlint.report._escape import visible
from seedlint.trouble import Trouble


def clean_command(config: str | None, isolated: bool, cache_dir: str | None) -> None:
    """Remove the cache folder of the project, or the one that is named."""
    with trouble_from_settings():
        settings = load_settings(Path.cwd(), Path(config) if config else None, isolated)
    folder = cache_folder(settings, cache_dir)
    try:
        removed = clear(folder)
    except CacheFailure as failure:
        raise Trouble(f"the cache in {folder} cannot be removed: {failure}") from failure
    what = f"removed {folder}" if removed else f"nothing to remove in {folder}"
    click.echo(visible(what))
