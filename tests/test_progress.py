"""The progress bar, as a terminal shows it."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import TextIO

import pytest

from seedlint.progress import Progress
from tests.test_timing import Clock

pty = pytest.importorskip("pty")


class Terminal:
    """A terminal of 80 columns, and what has been written to it."""

    def __init__(self) -> None:
        self._master, slave = pty.openpty()
        self.stream: TextIO = os.fdopen(slave, "w", encoding="utf-8")
        self._written = b""

    @property
    def written(self) -> str:
        self.stream.flush()
        # What is written arrives some time later, and this after it.
        os.write(self.stream.fileno(), b"\0")
        while not self._written.endswith(b"\0"):
            self._written += os.read(self._master, 1 << 16)
        self._written = self._written[:-1]
        return self._written.decode()

    @property
    def bars(self) -> list[str]:
        """What stood beside the bar, from one look to the next."""
        return re.findall(r"(\d+/\d+ files.*? left)", self.written)

    def close(self) -> None:
        self.stream.close()
        os.close(self._master)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    for name in ("NO_COLOR", "FORCE_COLOR", "CI", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    terminal = Terminal()
    yield terminal
    terminal.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_bar_after_a_second(terminal: Terminal, clock: Clock) -> None:
    with Progress(1000, terminal.stream, clock=clock) as progress:
        clock.now += 0.9
        progress.reach(100)
        assert terminal.written == ""
        clock.now += 0.6
        progress.reach(300)
        assert terminal.bars == ["300/1000 files  200/s  0:04 left"]
        clock.now += 0.05
        progress.reach(310)
        clock.now += 0.45
        progress.reach(320)
    assert terminal.bars[:2] == [
        "300/1000 files  200/s  0:04 left",
        "320/1000 files  160/s  0:04 left",
    ]


def test_it_leaves_nothing_behind(terminal: Terminal, clock: Clock) -> None:
    with pytest.raises(KeyboardInterrupt), Progress(10, terminal.stream, clock=clock) as progress:
        clock.now += 2
        progress.reach(1)
        raise KeyboardInterrupt
    # Up to the line of the bar, and wiped; the cursor is visible, as it is meanwhile.
    assert terminal.written.endswith("\r\n\x1b[?25h\r\x1b[1A\x1b[2K")
    assert terminal.written.count("\x1b[?25h") == 2
    assert terminal.written.index("\x1b[?25h") < terminal.written.index("1/10 files")
    before = terminal.written
    progress.reach(2)
    assert terminal.written == before


def test_long_and_slow_work(terminal: Terminal, clock: Clock) -> None:
    with Progress(100_000, terminal.stream, clock=clock) as progress:
        clock.now += 10
        progress.reach(0)
        assert terminal.written == ""
        progress.reach(15)
    assert terminal.bars[0] == "15/100000 files  1.5/s  18:30:57 left"


@pytest.mark.parametrize("why", ["quiet", "dumb"])
def test_no_bar_on_a_terminal(
    why: str, terminal: Terminal, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb" if why == "dumb" else "xterm")
    with Progress(10, terminal.stream, quiet=why == "quiet", clock=clock) as progress:
        clock.now += 5
        progress.reach(5)
    assert terminal.written == ""


@pytest.mark.parametrize("variable", ["CI", "FORCE_COLOR"])
def test_no_bar_without_a_terminal(
    variable: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "1")
    stream = io.StringIO()
    with Progress(10, stream, clock=clock) as progress:
        clock.now += 5
        progress.reach(5)
    assert stream.getvalue() == ""


def test_what_is_written_meanwhile_stands_above(
    terminal: Terminal, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", terminal.stream)
    with Progress(10, terminal.stream, clock=clock) as progress:
        clock.now += 5
        progress.reach(5)
        sys.stderr.write("seedlint: a notice\n")
    assert sys.stderr is terminal.stream
    assert "\x1b[2Kseedlint: a notice\r\n" in terminal.written


def test_rich_is_imported_only_for_the_bar() -> None:
    script = (
        "import io, sys\n"
        "from seedlint.progress import Progress\n"
        "class Terminal(io.StringIO):\n"
        "    def isatty(self): return True\n"
        "now = [0.0]\n"
        "with Progress(2, Terminal(), clock=lambda: now[0]) as progress:\n"
        "    progress.reach(1)\n"
        "    print('rich' in sys.modules)\n"
        "    now[0] = 2\n"
        "    progress.reach(2)\n"
        "    print('rich' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("False\nTrue\n", "")
