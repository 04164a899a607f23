"""The names of files in a diff: those under which ``git apply`` finds them."""

from __future__ import annotations

import os
from pathlib import Path


def repository_above(folder: Path) -> Path | None:
    """The root of the git repository that a folder is in, if any."""
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)


class DiffPaths:
    """Names from the root of the repository, as ``git diff`` writes them wherever it runs.

    In a project that is in no repository they are seen from its ``root``.
    """

    def __init__(self, root: Path) -> None:
        self._home = repository_above(Path.cwd()) or Path(os.path.realpath(root))

    def name(self, file: Path) -> str:
        """The name of a file, of which links are no part: git finds nothing behind them."""
        real = Path(os.path.realpath(file))
        home = self._home
        if not real.is_relative_to(home):
            # Nothing applied here reaches it, but something applied there does.
            home = repository_above(real.parent) or Path.cwd()
        return Path(os.path.relpath(real, home)).as_posix()
