"""Compare seedlint with its peers on the same files, whole process against whole process.

``python -m benchmarks`` runs everything; ``--quick`` takes some fifteen seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import measure
from benchmarks.defects import FIXABLE
from benchmarks.fixing import cost_of_fixing
from benchmarks.peers import extract_blocks, peers
from benchmarks.yardstick import seconds_of_loading, slowness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.measure import Cost
    from benchmarks.peers import Peer

_ROOT = Path(__file__).parent.parent
_SCHEMA = _ROOT / "schemas" / "seed.schema.json"
_WORK = Path(__file__).parent / ".work"
_SEEDLINT = (sys.executable, "-m", "seedlint")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much to measure."""

    shared: int
    many: int
    faulty: int
    fixed: int
    findings: float
    runs: int
    turns: int
    seed: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison: the cost of a corpus, and of a single file."""

    name: str
    cost: Cost
    start: Cost


def main() -> None:
    """Generate, measure, print."""
    sizes = _arguments()
    environments = _WORK / "environments"
    contenders = peers(_SCHEMA)
    for peer in contenders:
        peer.install(environments)
    _print_facts(contenders, environments)
    corpora = _WORK / "corpora"
    shutil.rmtree(corpora, ignore_errors=True)
    corpora.mkdir(parents=True)
    _compare(contenders, environments, corpora, sizes)
    one = _corpus(corpora / "one", 1, 0.0, sizes.seed)
    many = _many_clean(one, corpora, sizes)
    _warm(one, corpora, sizes)
    _all_faulty(corpora, sizes)
    _all_fixed(corpora, sizes)
    _one_file(one, sizes)
    _say("peak memory", f"{sizes.many} clean files", _megabytes(many))
    factor = slowness()
    if factor is not None:
        _say("this core", "yaml-rs on the real seeds", f"{factor:.2f} times the 45 us of facts.md")


def _arguments() -> Sizes:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small corpora, one run each")
    parser.add_argument("--files", type=int, help="files in the comparison")
    parser.add_argument("--many", type=int, help="clean files for throughput and memory")
    parser.add_argument("--faulty", type=int, help="files with findings for throughput")
    parser.add_argument("--fixed", type=int, help="files to fix")
    parser.add_argument("--findings", type=float, default=0.1, help="share in the comparison")
    parser.add_argument("--runs", type=int, help="runs to take the best of")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    quick = options.quick
    return Sizes(
        shared=options.files or (100 if quick else 1000),
        many=options.many or (1000 if quick else 10_000),
        faulty=options.faulty or (200 if quick else 2000),
        fixed=options.fixed or (200 if quick else 10_000),
        findings=options.findings,
        runs=options.runs or (1 if quick else 3),
        turns=15,
        seed=options.seed,
    )


def _compare(contenders: Sequence[Peer], environments: Path, corpora: Path, sizes: Sizes) -> None:
    seeds = _corpus(corpora / "shared", sizes.shared, sizes.findings, sizes.seed)
    extract_blocks(seeds, corpora / "blocks")
    files = sorted(str(path) for path in (corpora / "blocks").iterdir())
    one = _corpus(corpora / "one-shared", 1, sizes.findings, sizes.seed)
    rows = [
        _row("seedlint", _cold(), [str(seeds)], [str(one)], sizes),
        _row("... file by file", _file_by_file(), [str(seeds)], [str(one)], sizes),
    ]
    for peer in contenders:
        command = [str(peer.executable(environments)), *peer.options]
        rows.append(_row(peer.name, command, files, files[:1], sizes))
    print(f"\n{sizes.shared} files, {sizes.findings:.0%} with findings, best of {sizes.runs}")
    print(f"{'':18}{'CPU s':>8}{'(1 file)':>10}{'wall s':>8}{'MB':>6}{'CPU':>9}{'MB':>9}")
    for row in rows:
        _print_row(row, rows[0])


def _row(
    name: str, command: Sequence[str], files: Sequence[str], one: Sequence[str], sizes: Sizes
) -> Row:
    start = measure.best([*command, *one], _WORK, max(sizes.runs, 3))
    return Row(name, measure.best([*command, *files], _WORK, sizes.runs), start)


def _print_row(row: Row, base: Row) -> None:
    cost = row.cost
    print(
        f"{row.name:18}{cost.cpu:8.2f}{row.start.cpu:10.2f}{cost.wall:8.2f}"
        f"{cost.memory / 1e6:6.0f}{cost.cpu / base.cost.cpu:8.1f}x"
        f"{cost.memory / base.cost.memory:8.1f}x"
    )


def _many_clean(one: Path, corpora: Path, sizes: Sizes) -> Cost:
    folder = _corpus(corpora / "many", sizes.many, 0.0, sizes.seed)
    start = measure.best([*_cold(), str(one)], _WORK, 5)
    many = measure.best([*_cold(), str(folder)], _WORK, sizes.runs)
    alone = measure.best([*_file_by_file(), str(folder)], _WORK, sizes.runs)
    print()
    share = f"{seconds_of_loading(folder) * 1e6:.0f} us of each are yaml-rs's"
    text = f"{_throughput(many, start, sizes.many)}; {share}"
    _say("clean files", f"{sizes.many} files", text)
    _say("... file by file", f"{sizes.many} files", _throughput(alone, start, sizes.many))
    return many


def _warm(one: Path, corpora: Path, sizes: Sizes) -> None:
    command = [*_check(), str(corpora / "many")]
    start = measure.best([*_check(), str(one)], _WORK, 5)
    measure.run(command, _WORK)
    again = measure.best(command, _WORK, sizes.runs)
    _say("the same, cached", f"{sizes.many} files", _throughput(again, start, sizes.many))


def _all_faulty(corpora: Path, sizes: Sizes) -> None:
    folder = _corpus(corpora / "faulty", sizes.faulty, 1.0, sizes.seed)
    one = _corpus(corpora / "one-faulty", 1, 1.0, sizes.seed)
    start = measure.best([*_cold(), str(one)], _WORK, 5)
    cost = measure.best([*_cold(), str(folder)], _WORK, sizes.runs)
    alone = measure.best([*_file_by_file(), str(folder)], _WORK, sizes.runs)
    text = f"{_throughput(cost, start, sizes.faulty)}, {_megabytes(cost)}"
    _say("files with findings", f"{sizes.faulty} files", text)
    _say("... file by file", f"{sizes.faulty} files", _throughput(alone, start, sizes.faulty))


def _all_fixed(corpora: Path, sizes: Sizes) -> None:
    folder = _corpus(corpora / "fixable", sizes.fixed, 1.0, sizes.seed, FIXABLE)
    one = _corpus(corpora / "one-fixable", 1, 1.0, sizes.seed, FIXABLE)
    start = cost_of_fixing(one, _WORK, 5)
    cost = cost_of_fixing(folder, _WORK, sizes.runs)
    text = f"{_throughput(cost, start, sizes.fixed)}, {cost.wall:.1f} s wall"
    _say("files fixed", f"{sizes.fixed} files", text)


def _one_file(one: Path, sizes: Sizes) -> None:
    imports = (sys.executable, "-c", "import click")
    check = [*_check(), str(min(one.iterdir()))]
    lint, bare = measure.alternate(check, imports, _WORK, sizes.turns)
    text = (
        f"{lint.wall * 1000:.0f} ms, import click {bare.wall * 1000:.0f} ms: "
        f"{lint.wall / bare.wall:.2f}x wall, {lint.cpu / bare.cpu:.2f}x CPU"
    )
    _say("one clean file", f"median of {sizes.turns}", text)


def _throughput(cost: Cost, start: Cost, files: int) -> str:
    return f"{(files - 1) / (cost.cpu - start.cpu):,.0f} a second and core after start-up"


def _megabytes(cost: Cost) -> str:
    return f"{cost.memory / 1e6:.0f} MB"


def _say(what: str, how: str, figure: str) -> None:
    print(f"{what:20}({how}): {figure}")


def _check() -> list[str]:
    return [*_SEEDLINT, "check", "--isolated"]


def _cold() -> list[str]:
    return [*_check(), "--no-cache"]


@cache
def _file_by_file() -> tuple[str, ...]:
    """Without the rules that look across files, which no peer has."""
    command = [*_SEEDLINT, "rule", "--output-format", "json"]
    done = subprocess.run(command, cwd=_ROOT, check=True, capture_output=True)
    names = [rule["name"] for rule in json.loads(done.stdout) if rule["scope"] == "corpus"]
    return (*_cold(), "--ignore", ",".join(names))


def _corpus(out: Path, files: int, findings: float, seed: int, kind: str | None = None) -> Path:
    # In a process of its own: a big parent would show in the peak memory of its children.
    command = [sys.executable, "-m", "benchmarks.corpus", str(out), "--files", str(files)]
    command += ["--findings", str(findings), "--seed", str(seed)]
    command += ["--kind", kind] if kind else []
    subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.DEVNULL)
    return out


def _print_facts(contenders: Sequence[Peer], environments: Path) -> None:
    print(f"{os.cpu_count()} cores, {_processor()}, {platform.system()} {platform.release()}")
    print(f"Python {platform.python_version()}")
    command = [*_SEEDLINT, "--version"]
    done = subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True)
    print(done.stdout.strip())
    for peer in contenders:
        print(peer.version(environments))


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    names = info.read_text().splitlines() if info.exists() else []
    models = (line.partition(":")[2].strip() for line in names if line.startswith("model name"))
    return next(models, platform.machine())


if __name__ == "__main__":
    main()
