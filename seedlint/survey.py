"""What a repository holds: which folders have front matter, and of which kind.

Nothing is followed or read beyond a limit, whatever there is: a survey is for orientation.
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from seedlint.check import Check, Input, read_all, release_all
from seedlint.files import SUFFIXES
from seedlint.frontmatter import YAML_SUFFIXES, mark_of, other_language
from seedlint.gitignore import ignored, levels_above, with_ignore_file
from seedlint.guessroles import guesses
from seedlint.infer import Inference
from seedlint.otherwise import other_readings
from seedlint.run import read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from seedlint.diagnostic import Route
    from seedlint.gitignore import Levels
    from seedlint.profile import Profile

MOST_ENTRIES = 200_000
MOST_READ = 2_000
_MOST_PLAIN = 300
_PLAIN_A_FOLDER = 5
_FEWEST_PLAIN = 3
_JSON = ".json"

_NOT_CONTENT = frozenset(("node_modules", "__pycache__", "_site"))
_TEMPLATES = ("_includes", "_layouts")
ASIDE = (
    *(*_TEMPLATES, "archetypes", "layouts", "templates", "themes", "vendor"),
    *("spec", "test", "tests"),
)
"""Folders at the top in which front matter is no content: of templates, others' work, tests."""


class Walk(NamedTuple):
    """The files below a folder that may matter, relative to it; not all, if ``is_cut``.

    ``templates`` are the folders below others that hold Jekyll's, which were passed over.
    """

    files: Sequence[str]
    is_cut: bool
    templates: Sequence[str]


class Survey(NamedTuple):
    """What was found. Files are relative to the folder, with forward slashes.

    ``content`` are the files with YAML front matter, and plain YAML that looks like content;
    ``plain`` is other plain YAML, ``json`` the JSON files around; ``foreign`` counts the files
    with front matter in another language. Of ``read`` files the data was seen, ``broken`` cannot be
    read, and ``seeds`` keep the built-in contract.
    """

    content: Sequence[str]
    plain: Sequence[str]
    json: Sequence[str]
    foreign: int
    read: int
    broken: Sequence[str]
    seeds: int
    inference: Inference
    is_cut: bool
    templates: Sequence[str]


def survey(top: str, profile: Profile) -> Survey:
    """Look around in a folder; ``profile`` is that of the built-in contract."""
    files, is_cut, templates = walk(top, MOST_ENTRIES, (*SUFFIXES, _JSON))
    by_kind: dict[str, list[str]] = {}
    for file in files:
        if not file.lower().endswith((*YAML_SUFFIXES, _JSON)):
            by_kind.setdefault(front_matter_kind(f"{top}/{file}"), []).append(file)
    reader = _Reader(top, profile)
    yaml = [file for file in files if file.lower().endswith(YAML_SUFFIXES)]
    plain_content = _plain_content(reader, yaml)
    content = sorted([*by_kind.pop("YAML", ()), *plain_content])
    inference, seeds, read = Inference(), 0, 0
    broken: list[str] = []
    for file in _spread(content, MOST_READ):
        data, is_seed, readings = reader.read(file)
        if isinstance(data, dict):
            inference.add(data, readings)
            read += 1
            seeds += is_seed
        else:
            broken.append(file)
    unusable = set(broken)
    return Survey(
        [file for file in content if file not in unusable],
        [file for file in yaml if file not in plain_content],
        [file for file in files if file.lower().endswith(_JSON)],
        sum(len(files) for kind, files in by_kind.items() if kind),
        read,
        broken,
        seeds,
        inference,
        is_cut,
        templates,
    )


def walk(top: str, most: int, suffixes: tuple[str, ...] = SUFFIXES) -> Walk:
    """The files below a folder that git does not ignore; it ends after so many entries."""
    files: list[str] = []
    templates: list[str] = []
    waiting: list[tuple[str, Levels]] = [("", levels_above(f"{top}/"))]
    while waiting:
        folder, levels = waiting.pop()
        levels = with_ignore_file(levels, f"{top}/{folder}")
        folders: list[str] = []
        for entry in _entries(f"{top}/{folder}", most + 1):
            most -= 1
            if most < 0:
                return Walk(sorted(files), True, templates)
            is_folder, name = entry.is_dir(follow_symlinks=False), entry.name
            if not _may_matter(entry, is_folder, not folder, suffixes) or ignored(
                levels, f"{top}/{folder}{name}", name, folder=is_folder
            ):
                continue
            if is_folder and folder and name in _TEMPLATES:
                templates.append(f"{folder}{name}")
            elif is_folder:
                folders.append(f"{folder}{name}/")
            else:
                files.append(f"{folder}{name}")
        waiting += [(path, levels) for path in sorted(folders, reverse=True)]
    return Walk(sorted(files), False, templates)


def front_matter_kind(path: str) -> str:
    """``YAML``, or what else its front matter is; nothing for a file without."""
    try:
        head = _head(path)
        first = head.removeprefix(mark_of(head)).splitlines()[0].rstrip()
    except (OSError, IndexError):
        return ""
    return {b"---": "YAML", b"{": "JSON"}.get(first) or other_language(first) or ""


def _head(path: str) -> bytes:
    """The first bytes of a plain file. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        return os.read(descriptor, 64)
    finally:
        os.close(descriptor)


def _entries(folder: str, most: int) -> Iterator[os.DirEntry[str]]:
    with suppress(OSError), os.scandir(folder) as entries:
        yield from sorted(islice(entries, most), key=lambda entry: entry.name)


def _may_matter(
    entry: os.DirEntry[str], is_folder: bool, is_top: bool, suffixes: tuple[str, ...]
) -> bool:
    name = entry.name
    if name.startswith("."):
        return False
    if is_folder:
        return name not in _NOT_CONTENT and not (is_top and name in ASIDE)
    return name.lower().endswith(suffixes) and entry.is_file(follow_symlinks=False)


class _Reader:
    def __init__(self, top: str, profile: Profile) -> None:
        self._top = top
        self._profile = profile

    def read(self, file: str) -> tuple[Any, bool, Mapping[Route, str]]:
        """The data of a file, ``None`` if there is none, and whether the contract accepts it;
        last, what YAML 1.1 readers take some of it for."""
        path = f"{self._top}/{file}"
        try:
            raw = read_file(path, self._profile.limits.file_size)
        except OSError:
            return None, False, {}
        checks = [Check(Input(raw, file, self._profile))]
        try:
            for check in read_all(checks):
                return check.document.data, check.is_valid, other_readings(check.document)
            return None, False, {}
        finally:
            release_all(checks)


def _plain_content(reader: _Reader, files: Iterable[str]) -> frozenset[str]:
    """The plain YAML that looks like content: not settings, manifests or tables of data.

    That is a matter of folders: one seed is enough, or several files that have a title and
    something else of an entry.
    """
    folders: dict[str, list[str]] = {}
    for file in files:
        folders.setdefault(file.rpartition("/")[0], []).append(file)
    left = _MOST_PLAIN
    found: list[str] = []
    for inside in folders.values():
        sample = _spread(inside, min(_PLAIN_A_FOLDER, left))
        left -= len(sample)
        read = [reader.read(file) for file in sample]
        like_entries = sum(_is_like_entry(data) for data, *_ in read)
        is_content = like_entries >= _FEWEST_PLAIN and 2 * like_entries > len(read)
        if is_content or any(is_seed for _, is_seed, _ in read):
            found += inside
    return frozenset(found)


def _is_like_entry(data: Any) -> bool:
    inference = Inference()
    inference.add(data if isinstance(data, dict) else {})
    roles = Counter(guess.role for guess in guesses(inference.root).values())
    return roles["title"] == 1 and len(roles) > 1


def _spread(files: Sequence[str], most: int) -> Sequence[str]:
    """So many of the files, from all over the list."""
    if len(files) <= most:
        return files
    return [files[at * len(files) // most] for at in range(most)]
