"""Corpora in memory, for tests of corpus rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from seedlint.check import Input
from seedlint.config import parse_settings
from seedlint.corpus import check_together
from seedlint.profile import Profiles
from seedlint.testing import NOW

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seedlint.diagnostic import Diagnostic


def together(
    files: Mapping[str, str], select: str, settings: str = ""
) -> dict[str, tuple[Diagnostic, ...]]:
    """The diagnostics of each file, by name, in a corpus of just these files.

    A file is given as its YAML block, without fences; ``select`` is the rule to run.
    """
    text = f'select = ["{select}"]\n{settings}'
    profiles = Profiles(parse_settings(text, Path.cwd() / "seedlint.toml"), NOW)
    inputs = [
        Input(f"---\n{block}---\n".encode(), name, profiles.of(name), True, name)
        for name, block in sorted(files.items())
    ]
    results = check_together(inputs, profiles.corpus_rules)
    return {result.file: result.diagnostics for result in results}
