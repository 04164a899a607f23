"""Output formats, one file each: the folder is the registry.

Names that begin with an underscore, and ``summary``, are what the formats share.
"""

from __future__ import annotations

from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TextIO, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeAlias

    from seedlint.diagnostic import Diagnostic
    from seedlint.report.summary import Summary

    Counts: TypeAlias = Literal["within", "instead", "aside"]


class Format(Protocol):
    """What the module of a format provides."""

    DATA: bool
    """Whether the output is read by programs, so that the summary belongs elsewhere."""
    COUNTS: Counts
    """What becomes of counts by rule: the format has them, a table replaces it, or the table
    is printed elsewhere, as programs could not read it here."""

    def render(
        self,
        diagnostics: Sequence[Diagnostic],
        summary: Summary,
        out: TextIO,
        *,
        color: bool,
        width: int,
    ) -> Sequence[str] | None:
        """Write the diagnostics, in the order given.

        Returns what a person should be told besides, a line each: what was left out.
        """


@cache
def formats() -> Mapping[str, Callable[[], Format]]:
    """The formats by name, each with what imports it."""
    stems = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))
    return {stem.replace("_", "-"): partial(_load, stem) for stem in stems if stem != "summary"}


def _load(stem: str) -> Format:
    return cast("Format", import_module(f"{__name__}.{stem}"))
