"""``seedlint providers``: from options to the corpus whose providers are listed."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, cast

from seedlint.config import load_settings
from seedlint.files import discover
from seedlint.means import Means, cache_folder
from seedlint.profile import Profiles
from seedlint.providerlist import Output, list_providers, write_registry
from seedlint.rules.inconsistent_provider_name import InconsistentProviderName
from seedlint.settings import Choice
from seedlint.terminal import terminal_width, use_color
from seedlint.trouble import trouble_from_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.settings import Settings
    from seedlint.terminal import ColorChoice

REGISTRY = "providers.toml"


def providers_command(
    paths: Sequence[str],
    write: bool,
    output_format: str,
    color: str,
    config: str | None,
    isolated: bool,
    cache_dir: str | None,
    no_cache: bool,
) -> None:
    """Print the providers of the corpus, or write them to the registry."""
    rule = InconsistentProviderName.name
    with trouble_from_settings():
        given = load_settings(Path.cwd(), config, isolated)
        registry = given.providers or given.root / REGISTRY
        # The rule is needed for its facts, whether selected or not; a registry that is to be
        # made need not exist.
        is_there = given.providers is not None and (not write or registry.exists())
        settings = replace(
            given,
            choice=Choice((rule,)),
            overrides=(),
            providers=given.providers if is_there else None,
        )
        profiles = Profiles(settings, datetime.now(timezone.utc))
        profiles.load_all()
        folder = None if no_cache else cache_folder(settings, cache_dir)
        found = list(discover(paths, settings, Path.cwd(), force_exclude=False))
        corpus = Means(settings, profiles, None, folder).corpus(paths, found)
        facts = corpus.facts(rule)
        output = Output(
            sys.stdout,
            output_format == "json",
            use_color(cast("ColorChoice", color), sys.stdout),
            terminal_width(sys.stdout),
            lambda file: _shown(settings, file),
        )
        if write:
            write_registry(facts, registry, given.providers is not None, output)
        else:
            list_providers(facts, profiles.registry, output)


def _shown(settings: Settings, file: str) -> str:
    return os.path.relpath(settings.root / file).replace(os.sep, "/")
