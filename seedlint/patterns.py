"""Lists of patterns in the settings: which files they mean."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from seedlint.globs import Glob, compiled

if TYPE_CHECKING:
    from collections.abc import Sequence


def matches_any(patterns: Sequence[str], relative_path: str) -> bool:
    """Whether a list of patterns means a file.

    Patterns are written as in ``.gitignore``; one means a file if it matches its path, or
    a folder the file lies in. The last pattern that does decides, so ``!`` makes
    exceptions. A file outside the root (an absolute path) can match patterns that hold at
    any depth.
    """
    return pattern_list(tuple(patterns)).matches(relative_path.lstrip("/"))


class PatternList:
    """A compiled list of patterns."""

    __slots__ = ("_globs", "_has_exceptions", "_screen")

    def __init__(self, patterns: Sequence[str]) -> None:
        globs = [Glob(pattern.removeprefix("./")) for pattern in patterns]
        self._has_exceptions = any(glob.negated for glob in globs)
        self._globs = [(compiled(_with_contents(glob)), glob.negated) for glob in globs]
        self._screen = compiled("|".join(f"(?:{_with_contents(glob)})" for glob in globs))

    def matches(self, path: str) -> bool:
        """Whether the list means this path; a folder's ends with a slash."""
        if self._screen.match(path) is None:
            return False
        if not self._has_exceptions:
            return True
        return next(not negated for regex, negated in reversed(self._globs) if regex.match(path))

    def means_all_of(self, folder: str) -> bool:
        """Whether the list means whatever is in a folder, so that none of it need be seen."""
        return not self._has_exceptions and self.matches(folder)


@lru_cache(maxsize=256)
def pattern_list(patterns: tuple[str, ...]) -> PatternList:
    """The compiled list; the same one for the same patterns."""
    return PatternList(patterns)


def _with_contents(glob: Glob) -> str:
    """The regex of what a pattern matches and, where that is a folder, of all in it."""
    start = "" if glob.whole_path else "(?:.*/)?"
    return f"{start}{glob.regex}{'/.*' if glob.folders_only else '(?:/.*)?'}"
