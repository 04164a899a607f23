"""Paths as the project has them, folders with a slash at the end, and as people see them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedlint.settings import Settings


def located(given: str, base: Path, settings: Settings) -> str:
    """The full path of what somebody wrote; empty for an empty text.

    What lies in the project has the path it has there, though the way to it be a link.
    """
    if not given:
        return ""
    full = str(base.absolute() / given)
    # Where a link comes before a "..", only the file system knows where the path leads.
    full = slashed(os.path.realpath(full) if ".." in Path(given).parts else os.path.normpath(full))
    home = folder_path(str(settings.root))
    return full if f"{full}/".startswith(home) else _inside(home, full)


def _inside(home: str, full: str) -> str:
    """A path as the project has it, if what is linked is a folder, and leads to the project."""
    real_home = folder_path(os.path.realpath(home))
    folder, _, name = full.rpartition("/")
    real = f"{folder_path(os.path.realpath(folder or '/'))}{name}"
    if not real.startswith(real_home) and os.path.isdir(full):  # noqa: PTH112
        real = folder_path(os.path.realpath(full))
    if not real.startswith(real_home):
        return full
    return f"{home}{real[len(real_home) :]}".rstrip("/")


def folder_path(path: str) -> str:
    """The path of a folder."""
    return slashed(path).rstrip("/") + "/"


def slashed(path: str) -> str:
    """A path with forward slashes."""
    return path if os.sep == "/" else path.replace(os.sep, "/")


def printable(path: str) -> str:
    """A path that can be encoded, whatever bytes a file name is made of."""
    return path if path.isascii() else path.encode("utf-8", "backslashreplace").decode()


def shown(path: Path) -> str:
    """A path as people see it: relative to the working directory where it lies inside."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()
