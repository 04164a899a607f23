"""What it costs to fix files: each is read, checked, fixed, checked again and replaced."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from benchmarks import measure

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.measure import Cost

_FIX = (sys.executable, "-m", "seedlint", "check", "--isolated", "--fix", "--cache-dir")


def cost_of_fixing(corpus: Path, work: Path, runs: int) -> Cost:
    """The least of several runs, each on a fresh copy of the corpus, with an empty cache."""
    costs = []
    for _ in range(runs):
        copy, cache = work / "to-fix", work / "cache-of-fixing"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.rmtree(cache, ignore_errors=True)
        shutil.copytree(corpus, copy)
        costs.append(measure.run([*_FIX, str(cache), str(copy)], work))
    return measure.least(costs)
