"""What to say when there was nothing to check: where was looked, and what would help."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from seedlint.survey import front_matter_kind, walk
from seedlint.wording import names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.settings import Settings

# A glance, for it comes on top of a run.
_MOST_ENTRIES = 2_000
_MOST_FILES = 300
_MOST_FOLDERS = 3


def nothing_found(
    paths: Sequence[str],
    settings: Settings,
    skipped: Sequence[str],
    where: str | None = None,
    *,
    is_check: bool = True,
) -> str:
    """Why a run found no seeds; ``skipped`` files had no front matter.

    ``where`` it looked is said in other words than the paths, if there are any. What only
    `check` has options for is said to nobody else.
    """
    where = where or ", ".join(paths or settings.include)
    if skipped:
        what = "1 file has" if len(skipped) == 1 else f"{len(skipped)} files have"
        options = " (--verbose lists them, --allow-empty accepts it)" if is_check else ""
        text = f"no seed files found in {where}: {what} no YAML front matter{options}"
        text += _foreign(skipped)
    else:
        options = " (--allow-empty accepts it)" if is_check else ""
        text = (
            f"no files found in {where}: looked for .md, .markdown, .mdx, .html, .txt, .yaml and "
            f".yml files that neither `exclude` nor .gitignore leaves out{options}"
        )
    elsewhere = _elsewhere(paths, settings)
    if elsewhere:
        text += f"; front matter is in {names(elsewhere, 'and')}"
    if settings.path is None and not paths:
        text += "; `seedlint init` writes settings to start from"
    return text


def _foreign(skipped: Sequence[str]) -> str:
    """A file with front matter that cannot be read, as far as a glance shows any."""
    for file in skipped[:_MOST_FILES]:
        kind = front_matter_kind(file)
        if kind not in ("", "YAML"):
            how = ", as `hugo convert toYAML` does" if kind == "TOML" else ""
            return f"; that of {file} is {kind}: convert it to YAML{how}"
    return ""


def _elsewhere(paths: Sequence[str], settings: Settings) -> list[str]:
    """Folders with front matter that were not looked at, as far as a glance shows any."""
    if not paths and settings.include == (".",):
        return []
    top = settings.root.as_posix().rstrip("/")
    folders = dict.fromkeys(
        Path(file).parent.as_posix()
        for file in walk(top, _MOST_ENTRIES).files[:_MOST_FILES]
        if front_matter_kind(f"{top}/{file}") == "YAML"
    )
    shown = [os.path.relpath(f"{top}/{folder}").replace(os.sep, "/") for folder in folders]
    return shown[:_MOST_FOLDERS]
