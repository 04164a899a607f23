"""A progress bar for work that takes its time, on a terminal."""

from __future__ import annotations

import os
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import TextIO

    from rich.progress import Progress as Bar

_PATIENCE = 1.0
_BETWEEN_UPDATES = 0.1


class Progress:
    """Tells on ``stream`` how many of ``total`` files are done, once that has taken a second.

    A context manager: at its end, however it comes about, the bar is wiped away. Nothing is
    shown when ``quiet``, nor where ``stream`` is no terminal.
    """

    def __init__(
        self,
        total: int,
        stream: TextIO,
        quiet: bool = False,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._total = total
        self._stream = stream
        self._clock = clock
        self._started = clock()
        # As nobody looks: never.
        shown = not quiet and os.environ.get("TERM") != "dumb" and stream.isatty()
        self._next = self._started + _PATIENCE if shown else float("inf")
        self._bar: Bar | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
        self._next = float("inf")

    def reach(self, done: int) -> None:
        """So many are done."""
        now = self._clock()
        if done and now >= self._next:
            self._next = now + _BETWEEN_UPDATES
            self._show(done, done / (now - self._started))

    def _show(self, done: int, rate: float) -> None:
        left = (self._total - done) / rate
        text = f"{done}/{self._total} files  {_rate(rate)}  {_duration(left)} left"
        bar = self._bar or self._started_bar()
        task = bar.task_ids[0]
        bar.update(task, completed=done, description=text, refresh=True)

    def _started_bar(self) -> Bar:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        console = Console(file=self._stream)
        # No thread that refreshes it: workers may be started by forking at any time.
        bar = self._bar = Progress(
            BarColumn(),
            TextColumn("{task.description}", markup=False),
            console=console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
        )
        bar.add_task("", total=self._total)
        bar.start()
        # A process that is killed could not show it again.
        console.show_cursor(True)
        return bar


def _rate(rate: float) -> str:
    return f"{rate:.0f}/s" if rate >= 10 else f"{rate:.1f}/s"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
