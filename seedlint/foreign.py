"""Checking what is not one's own: nothing in the repository has a say in how."""

from __future__ import annotations

from pathlib import Path

from seedlint.config_error import ConfigError
from seedlint.fixrun import project_root
from seedlint.settings import Settings


def refuse_local(config: str | None) -> None:
    """Refuse settings that are named but lie in the repository. Raises ConfigError."""
    if config is None:
        return
    root = project_root(Settings(path=None, root=Path.cwd())).resolve()
    if Path(config).resolve().is_relative_to(root):
        raise ConfigError(
            Path(config),
            None,
            "lies in the repository that is checked, from which --no-local-config takes no "
            "settings; name a file outside of it",
        )
