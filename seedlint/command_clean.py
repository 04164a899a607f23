"""``seedlint clean``: remove the cache."""

from __future__ import annotations

from pathlib import Path

import click

from seedlint.cachedir import CacheFailure, Cleared, clear
from seedlint.config import load_settings
from seedlint.means import cache_folder
from seedlint.trouble import Trouble, trouble_from_settings
from seedlint.visible import visible
from seedlint.wording import counted


def clean_command(config: str | None, isolated: bool, cache_dir: str | None) -> None:
    """Remove the cache folder of the project, or the one that is named."""
    with trouble_from_settings():
        settings = load_settings(Path.cwd(), config, isolated)
    folder = cache_folder(settings, cache_dir)
    try:
        cleared = clear(folder)
    except CacheFailure as failure:
        raise Trouble(f"the cache in {folder} cannot be removed: {failure}") from failure
    click.echo(visible(_said(cleared, folder)))


def _said(cleared: Cleared, folder: Path) -> str:
    if cleared.folder:
        return f"removed {folder}"
    if not cleared.files:
        return f"nothing to remove in {folder}"
    what = counted(cleared.files, "file")
    return f"removed {what} of the cache from {folder}; the folder, and what else is in it, stays"
