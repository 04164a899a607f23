"""What is wrong with the settings, and where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterable


class ConfigError(Exception):
    """A mistake in a settings file; ``str`` of it is ``seedlint.toml:7: message``."""

    def __init__(self, path: Path, line: int | None, message: str) -> None:
        super().__init__(path, line, message)
        self.path = path
        self.line = line
        self.message = message

    def __str__(self) -> str:
        place = shown(self.path) if self.line is None else f"{shown(self.path)}:{self.line}"
        return f"{place}: {self.message}"


def shown(path: Path) -> str:
    """A path as people see it: relative to the working directory where it lies inside."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


def is_file(path: Path) -> bool:
    """Whether there is such a file, as far as we may know."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """``; did you mean "select"?`` when one of ``known`` is close, else nothing."""
    from difflib import get_close_matches

    close = get_close_matches(wrong, list(known), 1)
    return f"; did you mean {quote(close[0])}?" if close else ""
