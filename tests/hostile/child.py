"""Run cases in this process, which tells what it opened: ``python -m tests.hostile.child``.

Standard input is a JSON list of ``[name, folder, arguments]``; standard output gets an object
with the outcome of each, and with what the interpreter reported to an audit hook. A name is
printed on standard error before its turn, so that a crash can be told.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
from typing import Any

from tests.hostile import outcome

MEMORY, SECONDS = 2 << 30, 120
# What an audit hook hears of that has no place in a check.
FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.spawn",
    "os.posix_spawn",
    "os.system",
    "os.startfile",
    "ctypes.",
    "urllib.",
    "ftplib.",
    "smtplib.",
    "http.",
    "winreg.",
)


class Guard:
    """What was opened, and what else was done that a check has no business to do."""

    def __init__(self) -> None:
        self.active = False
        self.opened: set[str] = set()
        self.forbidden: list[str] = []

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """The audit hook."""
        if not self.active:
            return
        if event == "open" and isinstance(arguments[0], (str, bytes)):
            self.opened.add(os.path.realpath(os.fsdecode(arguments[0])))
        elif event.startswith(FORBIDDEN):
            self.forbidden.append(f"{event} {arguments!r}")


def run(folder: str, arguments: list[str]) -> str:
    """One run of the command in a folder: what it came to."""
    from seedlint.cli import cli

    streams = sys.stdout, sys.stderr
    captured = [io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in streams]
    os.chdir(folder)
    sys.stdout, sys.stderr = captured
    code: Any = 0
    try:
        cli.main(["check", *arguments], prog_name="seedlint")
    except SystemExit as stopped:
        code = stopped.code
    finally:
        sys.stdout, sys.stderr = streams
    texts = [stream.buffer.getvalue().decode() for stream in captured]
    return outcome(code or 0, *texts)


def main() -> None:
    """Run what is asked for."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    tasks = json.load(sys.stdin)
    guard = Guard()
    sys.addaudithook(guard.hear)
    found = {}
    guard.active = True
    for name, folder, arguments in tasks:
        sys.stderr.write(f"{name}\n")
        found[name] = run(folder, arguments)
    guard.active = False
    told = {"found": found, "opened": sorted(guard.opened), "forbidden": guard.forbidden}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
