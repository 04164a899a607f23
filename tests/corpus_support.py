"""Corpora in memory, for tests of corpus rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from seedlint import corpus
from seedlint.check import FileResult, Input, check_batch
from seedlint.config import parse_settings
from seedlint.profile import Profiles
from seedlint.testing import NOW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from seedlint.diagnostic import Diagnostic
    from seedlint.rule import CorpusRule


def check_together(
    inputs: Sequence[Input], rules: Sequence[CorpusRule[object]]
) -> list[FileResult]:
    """Check a small corpus that is in memory; ``inputs`` have names of their own."""
    made = corpus.together(inputs, rules)
    return check_batch(made.inputs, made.part)


def together(files: Mapping[str, str], select: str) -> dict[str, tuple[Diagnostic, ...]]:
    """The diagnostics of each file, by name, in a corpus of just these files.

    A file is given as its YAML block, without fences; ``select`` is the rule to run.
    """
    text = f'select = ["{select}"]'
    profiles = Profiles(parse_settings(text, Path.cwd() / "seedlint.toml"), NOW)
    inputs = [
        Input(f"---\n{block}---\n".encode(), name, profiles.of(name), True, name)
        for name, block in sorted(files.items())
    ]
    results = check_together(inputs, profiles.corpus_rules)
    return {result.file: result.diagnostics for result in results}
