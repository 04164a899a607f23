"""From the paths somebody named to the files to read.

Folders are walked in sorted order, files of a folder before its subfolders, named files
first of all. Everywhere in here paths have forward slashes, and a folder's ends with one.
"""

from __future__ import annotations

import os
import re
import stat
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from seedlint.errors import SeedlintError
from seedlint.gitignore import Levels, ignored, levels_above, with_ignore_file
from seedlint.pathkind import kind_of
from seedlint.paths import folder_path, located, printable, slashed
from seedlint.patterns import PatternList, matches_any, pattern_list
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from seedlint.settings import Settings

SUFFIXES = (".md", ".markdown", ".mdx", ".html", ".txt", ".yaml", ".yml")

_SKIPPED = frozenset({".git", ".venv", "node_modules", "__pycache__", ".seedlint_cache"})
_GLOB = re.compile(r"[*?\[]")


class Candidate(NamedTuple):
    """A file to read: its path as people see it, the path to open, whether it was named.

    If there is ``content``, that is taken in place of what the file holds. ``target`` is what
    it leads to if it is a link, or the path to open has one.
    """

    path: str
    real: str
    named: bool
    content: bytes | None = None
    target: str | None = None


class Unwalked(NamedTuple):
    """A folder that could not be listed, and why."""

    path: str
    reason: str


class FileMissing(SeedlintError):
    """A path that was named does not exist."""


def discover(
    paths: Sequence[str],
    settings: Settings,
    cwd: Path,
    force_exclude: bool,
    unwalked: list[Unwalked] | None = None,
) -> Iterator[Candidate]:
    """The files to check, each once; folders that cannot be listed go to ``unwalked``.

    Without ``paths``, the folders and patterns of ``include``. With ``force_exclude``, a file
    among the paths is taken only if it would be found without them, and as if it were. Raises
    :class:`FileMissing` before anything is yielded.
    """
    base = cwd if paths else settings.root
    full = [located(given, base, settings) for given in paths or _include_roots(settings.include)]
    kinds = [kind_of(path) for path in full]
    for given, kind in zip(paths or settings.include, kinds, strict=True):
        if kind is None:
            from seedlint.pathkind import suggestion

            name = f"{quote(given)}{suggestion(given, base)}"
            if paths:
                raise FileMissing(f"no such file or folder: {name}")
            from seedlint.tomlfile import setting_error

            message = f'"include" names what does not exist: {name}'
            is_set = ("include",) in settings.origins
            raise FileMissing(
                str(setting_error(settings, "include", message)) if is_set else message
            )
    search = _Search(settings, cwd, [] if unwalked is None else unwalked)
    return search.run(
        # Files first: one that also lies in a folder counts as named.
        [path for path, kind in zip(full, kinds, strict=True) if kind == "file"],
        [path for path, kind in zip(full, kinds, strict=True) if kind == "folder"],
        Finder((), settings, cwd) if force_exclude or not paths else None,
    )


def is_excluded(path: str, settings: Settings, cwd: Path) -> bool:
    """Whether ``exclude`` means a path, which need not exist."""
    root = folder_path(str(settings.root))
    return matches_any(settings.exclude, located(path, cwd, settings).removeprefix(root))


class Finder:
    """Tells of files that need not exist whether :func:`discover` would find them in folders."""

    def __init__(self, paths: Sequence[str], settings: Settings, cwd: Path) -> None:
        base = cwd if paths else settings.root
        full = [
            located(given, base, settings) for given in paths or _include_roots(settings.include)
        ]
        self._tops = [folder_path(path) for path in full]
        self._search = _Search(settings, cwd, [])

    def candidate(self, path: str) -> Candidate | None:
        """The candidate for a full path, ``None`` if it would not be found."""
        return next(filter(None, (self._search.found_in(top, path) for top in self._tops)), None)


class _Folder(NamedTuple):
    path: str
    real: str
    levels: Levels


class _Listing(NamedTuple):
    folders: list[str]
    files: list[str]
    links: list[str]
    has_ignore_file: bool


class _Search:
    """One run of :func:`discover`."""

    def __init__(self, settings: Settings, cwd: Path, unwalked: list[Unwalked]) -> None:
        self._cwd = folder_path(str(cwd.absolute()))
        self._root = folder_path(str(settings.root))
        self._exclude = pattern_list(settings.exclude) if settings.exclude else None
        self._include = _include_filter(settings.include)
        self._unwalked = unwalked
        self._seen: set[str] = set()
        self._levels: dict[tuple[str, str], Levels | None] = {}

    def run(
        self, files: Iterable[str], folders: Iterable[str], finder: Finder | None
    ) -> Iterator[Candidate]:
        for path in files:
            candidate = finder.candidate(path) if finder else self._named(path)
            target = slashed(os.path.realpath(path))
            if candidate is not None and self._is_new(target):
                yield candidate if target == path else candidate._replace(target=target)
        for path in folders:
            yield from self._walk(folder_path(path))

    def _named(self, path: str) -> Candidate:
        return Candidate(printable(self._shown(path)), path, named=True)

    def found_in(self, top: str, path: str) -> Candidate | None:
        """What :meth:`run` would make of a file, if it is one that it finds in a folder."""
        folder, name = path[: path.rindex("/") + 1], path[path.rindex("/") + 1 :]
        if top == f"{path}/":
            is_found = not (self._exclude and self._exclude.matches(self._relative(path)))
        else:
            is_found = (
                folder.startswith(top)
                and not name.startswith(".")
                and name.lower().endswith(SUFFIXES)
                and self._wants(self._relative(path))
                and (levels := self._levels_in(top, folder)) is not None
                and not ignored(levels, path, name, folder=False)
            )
        return Candidate(printable(self._shown(path)), path, named=False) if is_found else None

    def _levels_in(self, top: str, folder: str) -> Levels | None:
        """The ignore files that hold in a folder below another; ``None`` if it is not entered."""
        if (top, folder) in self._levels:
            return self._levels[top, folder]
        if (top, top) not in self._levels:
            self._levels[top, top] = with_ignore_file(levels_above(top), top)
        levels, path = self._levels[top, top], top
        # Not recursive: what git has had may lie deeper than Python likes to descend.
        for name in folder[len(top) :].split("/")[:-1]:
            above, path = path, f"{path}{name}/"
            if (top, path) not in self._levels:
                self._levels[top, path] = _entered(levels, above, name)
            levels = self._levels[top, path]
            if levels is None:
                break
        return levels

    def _walk(self, top: str) -> Iterator[Candidate]:
        real_top = folder_path(os.path.realpath(top))
        waiting = [_Folder(top, real_top, levels_above(top))]
        links: list[str] = []
        while waiting:
            folder = waiting.pop()
            path, levels = folder.path, folder.levels
            listing = self._listing(path)
            if listing.has_ignore_file:
                levels = with_ignore_file(levels, path)
            shown, relative = printable(self._shown(path)), self._relative(path)
            for name in listing.files:
                if (
                    not (levels and ignored(levels, path + name, name, folder=False))
                    and self._wants(relative + name)
                    and self._is_new(folder.real + name)
                ):
                    yield Candidate(shown + printable(name), path + name, named=False)
            links += [
                path + name
                for name in listing.links
                if not ignored(levels, path + name, name, folder=False)
                and self._wants(relative + name)
            ]
            for name in reversed(listing.folders):
                if not ignored(levels, path + name, name, folder=True) and not (
                    self._exclude and self._exclude.means_all_of(f"{relative}{name}/")
                ):
                    waiting.append(_Folder(f"{path}{name}/", f"{folder.real}{name}/", levels))
        yield from self._linked(links, real_top)

    def _linked(self, links: Iterable[str], top: str) -> Iterator[Candidate]:
        """Links last: a file that is also there under its own name is shown under that."""
        homes = (top, folder_path(os.path.realpath(self._root)))
        for path in links:
            real = slashed(os.path.realpath(path))
            if _is_regular_inside(real, homes) and self._is_new(real):
                shown = printable(self._shown(path))
                yield Candidate(shown, path, named=False, target=real)

    def _listing(self, path: str) -> _Listing:
        listing = _Listing([], [], [], False)
        has_ignore_file = False
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    name = entry.name
                    if name[0] == ".":
                        # Hidden files are some tool's settings, not content.
                        has_ignore_file = has_ignore_file or name == ".gitignore"
                    elif entry.is_dir(follow_symlinks=False):
                        if name not in _SKIPPED:
                            listing.folders.append(name)
                    elif name.lower().endswith(SUFFIXES):
                        if entry.is_file(follow_symlinks=False):
                            listing.files.append(name)
                        elif entry.is_symlink():
                            listing.links.append(name)
        except OSError as error:
            shown = printable(self._shown(path)) or "."
            self._unwalked.append(Unwalked(shown, error.strerror or type(error).__name__))
        for names in listing[:3]:
            names.sort()
        return listing._replace(has_ignore_file=has_ignore_file)

    def _wants(self, relative: str) -> bool:
        if self._exclude is not None and self._exclude.matches(relative):
            return False
        return self._include is None or self._include.matches(relative)

    def _is_new(self, real: str) -> bool:
        if real in self._seen:
            return False
        self._seen.add(real)
        return True

    def _shown(self, path: str) -> str:
        """The path relative to the working directory, wherever it is."""
        if path.startswith(self._cwd):
            return path[len(self._cwd) :]
        folder, _, name = path.rpartition("/")
        return f"{_relative_folder(folder or '/', self._cwd)}/{name}"

    def _relative(self, path: str) -> str:
        """The path patterns speak of; one outside the root keeps all its folders."""
        return path.removeprefix(self._root).removeprefix("/")


def _entered(levels: Levels | None, above: str, name: str) -> Levels | None:
    """The ignore files that hold in a folder of another; ``None`` if a search passes it by."""
    if levels is None or name.startswith(".") or name in _SKIPPED:
        return None
    if ignored(levels, above + name, name, folder=True):
        return None
    return with_ignore_file(levels, f"{above}{name}/")


@lru_cache(maxsize=64)
def _relative_folder(folder: str, cwd: str) -> str:
    try:
        return slashed(os.path.relpath(folder, cwd))
    except ValueError:  # another drive
        return folder


def _include_roots(include: Iterable[str]) -> list[str]:
    """For each item of ``include`` the folder (or file) in which to look."""
    roots = []
    for item in include:
        parts = item.removeprefix("/").split("/")
        plain = next((index for index, part in enumerate(parts) if _GLOB.search(part)), len(parts))
        roots.append("/".join(parts[:plain]) or ".")
    return roots


def _include_filter(include: Sequence[str]) -> PatternList | None:
    """What to keep of the files in those folders, if any item has a wildcard."""
    plain = [os.path.normpath(item.removeprefix("/")) for item in include if not _GLOB.search(item)]
    if "." in plain or len(plain) == len(include):
        return None
    wild = [item for item in include if _GLOB.search(item)]
    return pattern_list((*(f"/{slashed(item)}" for item in plain), *wild))


def _is_regular_inside(real: str, homes: Iterable[str]) -> bool:
    """Whether a link leads to a plain file of the project: not out of it, not into ``.git``."""
    home = next((home for home in homes if real.startswith(home)), None)
    if home is None or not _SKIPPED.isdisjoint(real[len(home) :].split("/")):
        return False
    try:
        return stat.S_ISREG(Path(real).stat().st_mode)
    except OSError:
        return False
