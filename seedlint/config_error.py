"""What is wrong with the settings, and where."""

from __future__ import annotations

from pathlib import Path

from seedlint.errors import SeedlintError


class ConfigError(SeedlintError):
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
