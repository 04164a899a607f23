"""Checking what is not one's own: nothing in the repository has a say in how."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from seedlint.config_error import ConfigError
from seedlint.files import Unwalked
from seedlint.fixrun import project_root
from seedlint.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seedlint.files import Candidate


def without_strays(
    candidates: Iterable[Candidate], settings: Settings, strays: list[Unwalked]
) -> Iterator[Candidate]:
    """The files that lie in the repository or were named elsewhere.

    Those named in it that are links out of it go to ``strays``: what they lead to may be secret.
    """
    root = project_root(settings)
    real_root = root.resolve()
    for candidate in candidates:
        # Not what it leads to, but where it was named.
        is_inside = Path(os.path.abspath(candidate.path)).is_relative_to(root)  # noqa: PTH100
        if is_inside and not Path(candidate.path).resolve().is_relative_to(real_root):
            strays.append(Unwalked(candidate.path, "it is a link that leads out of the repository"))
        else:
            yield candidate


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
