"""What is wrong with the settings, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.errors import SeedlintError
from seedlint.paths import shown

if TYPE_CHECKING:
    from pathlib import Path


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
