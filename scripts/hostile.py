"""Run the hostile set, each case in a process of its own: ``python -m scripts hostile``.

Prints what came of each case, how long it took and how much memory, and writes the table into
``docs/security.md``. Arguments are words that the names of cases must have: then nothing is
written. The exit code is 1 if a case came out otherwise than expected, or at more than a
second or 200 MB, the interpreter's start included.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.hostile import Case, matches, outcome, reading, rules, schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "security.md"
MOST_SECONDS = 1.0
MOST_MEMORY = 200_000_000
_KILLED_AFTER = 20
_ADDRESS_SPACE = 3 << 30
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
# Compiled once and for all, as what is installed is.
_ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "PYTHONDONTWRITEBYTECODE": "",
    "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir(), "seedlint-hostile-bytecode")),
}
_BEGIN, _END = "<!-- table: python -m scripts hostile -->\n", "<!-- end of table -->\n"


class Outcome(NamedTuple):
    """What a case came to, and what it took."""

    case: Case
    found: str
    seconds: float
    memory: int

    @property
    def is_as_expected(self) -> bool:
        """Whether it is, within the limits."""
        return (
            matches(self.case, self.found)
            and self.seconds <= MOST_SECONDS
            and self.memory <= MOST_MEMORY
        )


def all_cases() -> list[Case]:
    """The whole set."""
    return [*reading.CASES, *rules.CASES, *schemas.CASES]


def run(case: Case) -> Outcome:
    """Run one case in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = case.write(Path(folder))
        command = [sys.executable, "-m", "seedlint", "check", "--isolated", "--no-cache", "--jobs=1"]
        streams = [open(Path(folder, name), "w+b") for name in ("out", "err")]  # noqa: SIM115, PTH123
        started = time.perf_counter()
        process = subprocess.Popen(
            [*command, "--allow-empty", "--output-format=json", *arguments],
            cwd=folder,
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=streams[0],
            stderr=streams[1],
            preexec_fn=_limit_itself,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output, errors = (_read(stream) for stream in streams)
    found = outcome(process.returncode, output, errors)
    return Outcome(case, found, seconds, usage.ru_maxrss * _RSS_UNIT)


def _limit_itself() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_KILLED_AFTER, _KILLED_AFTER))
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))


def _read(stream: object) -> str:
    with stream as file:  # type: ignore[attr-defined]
        file.seek(0)
        return str(file.read().decode("utf-8", "replace"))
