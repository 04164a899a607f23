"""Which files make up the corpus, whatever files were asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from seedlint.files import FileMissing, discover

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from seedlint.files import Candidate
    from seedlint.settings import Settings


def other_files(
    paths: Sequence[str], requested: Iterable[Candidate], settings: Settings, cwd: Path
) -> list[Candidate]:
    """The files of the corpus besides those that were requested.

    Its roots are what the settings include; without settings, the folders that were named,
    and the folder of each file that was.
    """
    if not paths:
        return []
    # A link in the place of what it leads to: the same file is not in the corpus twice.
    known = {path for each in requested for path in (each.real, each.target or each.real)}
    try:
        found = discover(corpus_roots(paths, settings, cwd), settings, cwd, force_exclude=True)
    except FileMissing:
        # What `include` names may be missing where files are named instead.
        return []
    return [
        candidate._replace(named=False)
        for candidate in found
        if candidate.real not in known and candidate.target not in known
    ]


def corpus_roots(paths: Sequence[str], settings: Settings, cwd: Path) -> list[str]:
    """The folders among the paths, and those of the files among them; none for ``include``."""
    if settings.path is not None:
        return []
    folders = (path if (cwd / path).is_dir() else (Path(path).parent.as_posix()) for path in paths)
    return list(dict.fromkeys(folders))
