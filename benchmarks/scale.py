"""How runs grow with the corpus: cold, warm, after one edit, and with findings everywhere.

``python -m benchmarks.scale`` measures 1 000 and 10 000 files, ``--files 100000`` more.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import measure
from benchmarks.corpus import write
from benchmarks.yardstick import slowness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.measure import Cost

_WORK = Path(__file__).parent / ".work" / "scale"
_CHECK = (sys.executable, "-m", "seedlint", "check", "--isolated", "-q", "-o", "concise")


def main() -> None:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--files", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--runs", type=int, default=3, help="runs to take the best of")
    options = parser.parse_args()
    print(f"{'files':>8} {'run':28}{'wall s':>8}{'CPU s':>8}{'MB':>6}{'cache MB':>10}")
    for files in options.files:
        shutil.rmtree(_WORK, ignore_errors=True)
        _WORK.mkdir(parents=True)
        _clean(files, options.runs)
        _faulty(files)
    factor = slowness()
    if factor is not None:
        print(f"this core: yaml-rs on the real seeds in {factor:.2f} times the 45 us of facts.md")


def _clean(files: int, runs: int) -> None:
    corpus = _WORK / "clean"
    write(corpus, files, seed=1, findings=0.0)
    cache = _WORK / "cache"
    command = [*_CHECK, "--cache-dir", str(cache), str(corpus)]
    for jobs in ("1", "2"):
        cold = []
        for _ in range(runs):
            shutil.rmtree(cache, ignore_errors=True)
            cold.append(measure.run([*command, "--jobs", jobs], _WORK))
        _print(files, f"cold, --jobs {jobs}", measure.least(cold), cache)
    _print(files, "warm", measure.best(command, _WORK, runs), cache)
    _print(files, "one file changed", _edited(command, corpus, runs), cache)
    one = [*_CHECK, "--cache-dir", str(cache), str(min(corpus.iterdir()))]
    measure.run(one, _WORK)
    _print(files, "one file checked, warm", measure.best(one, _WORK, runs), cache)


def _edited(command: Sequence[str], corpus: Path, runs: int) -> Cost:
    """A run after each of some edits of one file that leave it clean."""
    path = sorted(corpus.iterdir())[len(list(corpus.iterdir())) // 2]
    costs = []
    for number in range(runs):
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}\nEdited {number}.\n", encoding="utf-8")
        costs.append(measure.run(command, _WORK))
    return measure.least(costs)


def _faulty(files: int) -> None:
    corpus = _WORK / "faulty"
    write(corpus, files, seed=2, findings=1.0)
    cache = _WORK / "faulty-cache"
    command = [*_CHECK, "--cache-dir", str(cache), str(corpus)]
    _print(files, "all with findings, cold", measure.run(command, _WORK), cache)
    _print(files, "all with findings, warm", measure.run(command, _WORK), cache)


def _print(files: int, what: str, cost: Cost, cache: Path) -> None:
    size = sum(path.stat().st_size for path in cache.rglob("*") if path.is_file())
    print(
        f"{files:8,} {what:28}{cost.wall:8.2f}{cost.cpu:8.2f}{cost.memory / 1e6:6.0f}"
        f"{size / 1e6:10.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
