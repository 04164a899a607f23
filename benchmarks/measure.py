"""Run a whole process and say what it cost."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# Linux counts in KiB, macOS in bytes.
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process and its children took: seconds, and bytes at the peak."""

    cpu: float
    wall: float
    memory: int


def run(command: Sequence[str], cwd: Path) -> Cost:
    """Run a linter once. Exit code 1 is an answer, unless a traceback came with it."""
    environment = _with_bytecode(cwd / "bytecode")
    with tempfile.TemporaryFile() as complaints:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        complaints.seek(0)
        text = complaints.read().decode(errors="replace")[-2000:]
    if process.returncode not in (0, 1) or "Traceback" in text:
        raise SystemExit(f"{' '.join(command[:6])} … ended with {process.returncode}:\n{text}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * _RSS_UNIT)


def _with_bytecode(cache: Path) -> dict[str, str]:
    """Python programs as installed: compiled once, whatever this shell is set to."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(cache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def best(command: Sequence[str], cwd: Path, runs: int) -> Cost:
    """The least of several runs, figure by figure: noise only ever adds."""
    return least([run(command, cwd) for _ in range(runs)])


def least(costs: Sequence[Cost]) -> Cost:
    """The least of several costs, figure by figure."""
    return Cost(
        min(cost.cpu for cost in costs),
        min(cost.wall for cost in costs),
        min(cost.memory for cost in costs),
    )


def alternate(
    first: Sequence[str], second: Sequence[str], cwd: Path, runs: int
) -> tuple[Cost, Cost]:
    """The medians of two commands run in turns, so that both see the same weather."""
    pairs = [(run(first, cwd), run(second, cwd)) for _ in range(runs)]
    return _median([pair[0] for pair in pairs]), _median([pair[1] for pair in pairs])


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        median(cost.cpu for cost in costs),
        median(cost.wall for cost in costs),
        int(median(cost.memory for cost in costs)),
    )
