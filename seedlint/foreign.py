"""Checking what is not one's own: nothing in the repository has a say in how."""

from __future__ import annotations

from pathlib import Path

from seedlint.config_error import ConfigError
from seedlint.fixrun import project_root
from seedlint.settings import Settings


def refuse_local(*files: str | None) -> None:
    """Refuse files that are named but lie in the repository. Raises ConfigError."""
    root = project_root(Settings(path=None, root=Path.cwd())).resolve()
    for file in files:
        if file is not None and Path(file).resolve().is_relative_to(root):
            raise ConfigError(
                Path(file),
                None,
                "lies in the repository that is checked, from which --no-local-config takes "
                "nothing; name a file outside of it",
            )
