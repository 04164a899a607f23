"""Output formats, one file each: the folder is the registry.

Names that begin with an underscore, and ``summary``, are what the formats share.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from seedlint.diagnostic import Diagnostic
    from seedlint.report.summary import Summary


class Format(Protocol):
    """What the module of a format provides."""

    DATA: bool
    """Whether the output is read by programs, so that the summary belongs elsewhere."""
    COUNTS: bool
    """Whether it holds the counts by rule, if the summary has any; else a table replaces it."""

    def render(
        self,
        diagnostics: Sequence[Diagnostic],
        summary: Summary,
        out: TextIO,
        *,
        color: bool,
        width: int,
    ) -> None:
        """Write the diagnostics, in the order given."""


def formats() -> Mapping[str, Callable[[], Format]]:
    """The formats by name, each with what imports it."""
    stems = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))
    return {stem.replace("_", "-"): partial(_load, stem) for stem in stems if stem != "summary"}


def _load(stem: str) -> Format:
    return cast("Format", import_module(f"{__name__}.{stem}"))
