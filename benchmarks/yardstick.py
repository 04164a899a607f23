"""How fast this core is, beside the one on which the project's figures were set.

``../shared/facts.md`` gives the time yaml-rs takes for the five real seeds: the same library
on the same texts, so what differs is the machine.
"""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import yaml_rs

from seedlint.frontmatter import Kind, read_block

_REAL_SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"
_THEIRS = 45e-6
"""Seconds a seed, by ``facts.md``."""
_ROUNDS = 400


def slowness() -> float | None:
    """How many times as long as there the work takes here; ``None`` without the real seeds."""
    if not _REAL_SEEDS.is_dir():
        return None
    blocks = [read_block(path.read_bytes(), Kind.FRONT_MATTER, True) for path in _seeds()]
    texts = [block.text for block in blocks if block is not None]
    return sum(map(_seconds, texts)) / len(texts) / _THEIRS


def _seeds() -> list[Path]:
    return sorted(_REAL_SEEDS.iterdir())


def _seconds(text: str) -> float:
    best = float("inf")
    for _ in range(_ROUNDS):
        start = perf_counter()
        yaml_rs.loads(text, parse_datetime=False)
        best = min(best, perf_counter() - start)
    return best
