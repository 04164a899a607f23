"""Run the hostile set, each case in a process of its own: ``python -m scripts hostile``.

Prints what came of each case, how much of the processor's time and of memory it took (time on the
clock is other programs' business as well), and writes the table into ``docs/security.md``.
Arguments are words that the names of cases must have: then nothing is
written. The exit code is 1 if a case came out otherwise than expected, or at more than a
second or 200 MB, the interpreter's start included.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.hostile import Case, all_cases, matches, outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- table: python -m scripts hostile -->\n", "<!-- end of table -->\n"
MOST_SECONDS = 1.0
MOST_MEMORY = 200_000_000
_TRIES = 3
_LONGEST_WAIT = 60
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024

# A small process between: what a process takes at most includes what its parent had.
_LAUNCHER = """
import json, os, resource, sys
child = os.fork()
if not child:
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
    os.execv(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
seconds = usage.ru_utime + usage.ru_stime
with open(sys.argv[1], "w") as file:
    json.dump([os.waitstatus_to_exitcode(status), seconds, usage.ru_maxrss], file)
"""
# Compiled once and for all, as what is installed is.
_ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "PYTHONDONTWRITEBYTECODE": "",
    "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir(), "seedlint-hostile-bytecode")),
}


class Outcome(NamedTuple):
    """What a case came to, and what it took."""

    case: Case
    found: str
    seconds: float
    memory: int

    @property
    def is_within_limits(self) -> bool:
        """Whether it took no more time and memory than is promised."""
        return self.seconds <= MOST_SECONDS and self.memory <= MOST_MEMORY

    @property
    def row(self) -> str:
        """The row of the table."""
        found = self.found.replace("|", "\\|").replace("`", "'")
        cells = (self.case.name, f"`{found}`", f"{self.seconds * 1000:.0f}")
        return f"| {' | '.join(cells)} | {self.memory / 1e6:.0f} |\n"


def run(case: Case) -> Outcome:
    """Run one case in a process of its own; again if others may have taken the processor."""
    outcomes: list[Outcome] = []
    while len(outcomes) < _TRIES and not any(each.is_within_limits for each in outcomes):
        outcomes.append(_run_once(case))
    return min(outcomes, key=lambda each: each.seconds)


def _run_once(case: Case) -> Outcome:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [sys.executable, "-m", "seedlint", "check", "--isolated", "--no-cache"]
        arguments = ["--jobs=1", "--allow-empty", "--output-format=json", *case.write(folder)]
        process = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _LAUNCHER, "told.json", *command, *arguments],
            cwd=folder,
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_LONGEST_WAIT,
        )
        exit_code, seconds, memory = json.loads((folder / "told.json").read_bytes())
    output, errors = (text.decode("utf-8", "replace") for text in (process.stdout, process.stderr))
    return Outcome(case, outcome(exit_code, output, errors), seconds, memory * _RSS_UNIT)


def main(words: Sequence[str]) -> int:
    """Run, print, and write the table if it is complete."""
    cases = [case for case in all_cases() if all(word in case.name for word in words)]
    rows, bad = [], 0
    for case in cases:
        done = run(case)
        rows.append(done.row)
        is_good = matches(case, done.found) and done.is_within_limits
        bad += not is_good
        what = "" if is_good else f"   EXPECTED {case.expected}, in less"
        sys.stdout.write(
            f"{case.name:36} {done.seconds * 1000:5.0f} ms {done.memory / 1e6:4.0f} MB  "
            f"{done.found}{what}\n"
        )
    if not words:
        page = PAGE.read_text(encoding="utf-8")
        before, after = page.partition(BEGIN)[0], page.partition(END)[2]
        head = "| case | outcome | ms | MB |\n|---|---|--:|--:|\n"
        table = f"{BEGIN}{head}{''.join(rows)}{END}"
        PAGE.write_text(f"{before}{table}{after}", encoding="utf-8")
    sys.stdout.write(f"{len(cases)} cases, {bad} not as they should be\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
