"""What git would ignore: ``.gitignore`` files of a tree, by git's own rules."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from seedlint.config_error import ConfigError
from seedlint.globs import Glob, compiled, too_many

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

_LARGEST = 1 << 20


class IgnoreFile:
    """The patterns of one ``.gitignore``, screened so that most names cost one lookup."""

    __slots__ = ("_endings", "_globs", "_literals", "_names", "_paths", "_whole", "start")

    def __init__(self, patterns: Iterable[str], start: int) -> None:
        self.start = start
        """How much of a full path stands before the part the patterns speak of."""
        self._globs = [Glob(pattern) for pattern in patterns]
        named = [glob for glob in self._globs if not glob.whole_path]
        self._literals = frozenset(glob.literal for glob in named if glob.literal)
        self._endings = tuple(glob.ending for glob in named if glob.ending)
        odd = [glob for glob in named if not glob.literal and not glob.ending]
        self._names = _screen(odd)
        paths = [glob for glob in self._globs if glob.whole_path]
        self._whole = frozenset(glob.literal for glob in paths if glob.literal)
        self._paths = _screen(glob for glob in paths if not glob.literal)

    def verdict(self, path: str, name: str, folder: bool) -> bool | None:
        """Whether git ignores this, re-includes it (false), or these patterns are silent."""
        relative = path[self.start :]
        if (
            name not in self._literals
            and not name.endswith(self._endings)
            and relative not in self._whole
            and (self._names is None or self._names.match(name) is None)
            and (self._paths is None or self._paths.match(relative) is None)
        ):
            return None
        for glob in reversed(self._globs):
            if glob.folders_only and not folder:
                continue
            if glob.matches(relative if glob.whole_path else name):
                return not glob.negated
        return None


Levels: TypeAlias = "tuple[IgnoreFile, ...]"
"""The ignore files that hold in a folder, the nearest first."""


def ignored(levels: Levels, path: str, name: str, folder: bool) -> bool:
    """Whether git ignores the file or folder of this full path (its folders are not)."""
    for level in levels:
        verdict = level.verdict(path, name, folder)
        if verdict is not None:
            return verdict
    return False


def levels_above(top: str) -> Levels:
    """The ignore files above a folder that hold in it; paths of folders end with a slash.

    A folder that git ignores is only looked into when somebody names it: then what made it
    ignored does not hold inside.
    """
    root = _git_root(top)
    if root is None:
        return ()
    levels = _info_exclude(root)
    folder = root
    while folder != top:
        levels = with_ignore_file(levels, folder)
        name = top[len(folder) : top.index("/", len(folder))]
        if ignored(levels, folder + name, name, folder=True):
            levels = ()
        folder += f"{name}/"
    return levels


def with_ignore_file(levels: Levels, folder: str) -> Levels:
    """``levels`` and the folder's own ``.gitignore``, if it has one.

    A link is not followed, as in git: it could lead out of the tree. Raises ConfigError.
    """
    path = f"{folder}.gitignore"
    try:
        is_file = stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return levels
    return _with_patterns(levels, Path(path), folder) if is_file else levels


def _with_patterns(levels: Levels, path: Path, folder: str) -> Levels:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except OSError:
        return levels
    lines = raw.decode("utf-8-sig", "surrogateescape").split("\n")
    patterns = [pattern for line in lines if (pattern := _pattern(line))]
    problem = f"more than {_LARGEST} bytes" if len(raw) > _LARGEST else too_many(patterns)
    if problem:
        raise ConfigError(path, None, f"has {problem}")
    return (IgnoreFile(patterns, len(folder)), *levels)


def _git_root(folder: str) -> str | None:
    # Unlike these, the methods of `Path` raise where a folder may not be entered.
    while not os.path.exists(f"{folder}.git"):  # noqa: PTH110
        if folder.count("/") <= 1:
            return None
        folder = folder[: folder.rindex("/", 0, -1) + 1]
    return folder


def _info_exclude(root: str) -> Levels:
    git = Path(f"{root}.git")
    try:
        if git.is_file():  # a worktree or submodule
            git = git.parent / git.read_text("utf-8").removeprefix("gitdir:").strip()
            common = git / "commondir"
            if common.is_file():
                git = git / common.read_text("utf-8").strip()
    except (OSError, ValueError):
        return ()
    return _with_patterns((), git / "info" / "exclude", root)


def _screen(globs: Iterable[Glob]) -> re.Pattern[str] | None:
    """One pattern that matches whatever one of these does, if there are any."""
    regexes = [f"(?:{glob.regex})" for glob in globs]
    return compiled("|".join(regexes)) if regexes else None


def _pattern(line: str) -> str:
    """The pattern of a line; nothing for a blank line or comment."""
    line = line.removesuffix("\r")
    if line.startswith("#"):
        return ""
    pattern = line.rstrip(" ")
    backslashes = len(pattern) - len(pattern.rstrip("\\"))
    return f"{pattern} " if backslashes % 2 and pattern != line else pattern
