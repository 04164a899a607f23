"""How fast this core is, beside the one on which the project's figures were set.

``../shared/facts.md`` gives the time yaml-rs takes for the five real seeds: the same library
on the same texts, so what differs is the machine.
"""

from __future__ import annotations

from pathlib import Path
from time import perf_counter, process_time

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
    texts = [_text(path) for path in _seeds()]
    return sum(map(_seconds, texts)) / len(texts) / _THEIRS


def seconds_of_loading(folder: Path, most: int = 1000) -> float:
    """How long yaml-rs takes for a file of a folder, on average and without a second try."""
    texts = [_text(path) for path in sorted(folder.iterdir())[:most]]
    start = process_time()
    for text in texts:
        yaml_rs.loads(text, parse_datetime=False)
    return (process_time() - start) / len(texts)


def _seeds() -> list[Path]:
    return sorted(_REAL_SEEDS.iterdir())


def _text(path: Path) -> str:
    block = read_block(path.read_bytes(), Kind.FRONT_MATTER, True)
    assert block is not None  # it is required
    return block.text


def _seconds(text: str) -> float:
    best = float("inf")
    for _ in range(_ROUNDS):
        start = perf_counter()
        yaml_rs.loads(text, parse_datetime=False)
        best = min(best, perf_counter() - start)
    return best
