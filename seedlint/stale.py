"""What a baseline has too much of, told to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.trouble import tell

if TYPE_CHECKING:
    from seedlint.baseline import Baseline, Stale

_MOST_LINES = 20


def tell_of_stale(baseline: Baseline) -> bool:
    """Name what is stale on standard error, as far as a person reads on; whether anything is."""
    stale = baseline.stale()
    for each in stale[:_MOST_LINES]:
        tell(_line(baseline, each))
    if stale:
        more = len(stale) - _MOST_LINES
        rest = f"{more} more stale entries; " if more > 0 else ""
        tell(f"{rest}`seedlint baseline --prune` removes what is stale")
    return bool(stale)


def _line(baseline: Baseline, stale: Stale) -> str:
    file, row, found = stale
    where = f" at {row.pointer}" if row.pointer else ""
    what = "is gone" if not found else f"is there {found} times, known {row.times} times"
    return f"stale in {baseline.shown}: {file}: {row.rule}{where} {what}"
