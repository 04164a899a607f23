"""What ``seedlint init`` tells of what it found."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from seedlint.inferschema import roles_in, words_to_mend
from seedlint.oddities import odd_places
from seedlint.survey import MOST_ENTRIES
from seedlint.wording import counted, escape, names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from seedlint.survey import Survey

_MOST_FOLDERS = 10
_MOST_OF_DATA = 5
_MOST_ODD = 5


def told(found: Survey, schema: Mapping[str, Any] | None) -> Iterator[str]:
    """What was found, for a person; ``schema`` is what was inferred from it, if anything."""
    most = Counter(map(_folder, found.content)).most_common()
    most.sort(key=lambda item: (-item[1], item[0]))
    for folder, number in most[:_MOST_FOLDERS]:
        yield f"{folder}: {counted(number, 'file')} with front matter"
    if len(most) > _MOST_FOLDERS:
        yield f"and {counted(len(most) - _MOST_FOLDERS, 'more folder')}"
    if not found.content:
        yield "no files with YAML front matter found"
    if found.is_cut:
        yield f"stopped after {MOST_ENTRIES} files and folders: see that `include` names all"
    if found.broken:
        yield f"{counted(len(found.broken), 'file')} cannot be read, such as {found.broken[0]}"
    if found.foreign:
        one = found.foreign == 1
        files = counted(found.foreign, "file")
        yield (
            f"{files} {'has' if one else 'have'} front matter in TOML, JSON or JavaScript: "
            f"seedlint reads YAML only, and skips {'it' if one else 'them'}"
        )
    yield from _data(found)
    if schema is not None:
        keys, required = len(schema["properties"]), len(schema.get("required", ()))
        yield f"inferred a schema: {counted(keys, 'key')}, {required} of them required"
        yield f"roles guessed: {', '.join(roles_in(schema)) or 'none'}"
        odd = odd_places(found.inference.root)
        if odd:
            shown = [escape(place) for place in odd[:_MOST_ODD]]
            more = [f"{len(odd) - _MOST_ODD} more"] if len(odd) > _MOST_ODD else []
            where = names(shown + more, "and")
            yield f"few files are unlike the rest in {where}: the schema says how"
        words = words_to_mend(found.inference.root)
        if words:
            one = words == 1
            yield (
                f"{counted(words, 'value')} such as `yes` or `no`, which not all readers take for "
                f"true or false: `seedlint check` reports {'it' if one else 'them'}, "
                f"--unsafe-fixes mends {'it' if one else 'them'}"
            )
    elif found.read:
        yield f"{found.seeds} of {found.read} keep the built-in schema of seeds, which is used"


def _data(found: Survey) -> Iterator[str]:
    """Which data is left alone: what is beside content comes first, as it may be content, too."""
    around = _around(found.content)
    beside = [file for file in found.json if not around.isdisjoint(_nearest(file))]
    by_folder: dict[str, list[str]] = {}
    for file in [*found.plain, *beside]:
        by_folder.setdefault(_folder(file), []).append(file)
    if not by_folder:
        return
    folders = sorted(
        by_folder,
        key=lambda name: (around.isdisjoint(_nearest(f"{name}/")), -len(by_folder[name]), name),
    )
    shown = [f"{folder} ({_kinds(by_folder[folder])})" for folder in folders[:_MOST_OF_DATA]]
    if len(folders) > _MOST_OF_DATA:
        shown.append(f"{len(folders) - _MOST_OF_DATA} more")
    yield f"looks like data or settings, not checked: {', '.join(shown)}"
    if found.plain:
        yield "`include` and `exclude` decide whether plain YAML is checked; JSON never is"


def _kinds(files: Sequence[str]) -> str:
    json = sum(file.lower().endswith(".json") for file in files)
    yaml = len(files) - json
    return ", ".join(
        f"{number} {kind}" for number, kind in ((yaml, "YAML"), (json, "JSON")) if number
    )


def _around(content: Sequence[str]) -> set[str]:
    """The folders of content and those around them, but for the top."""
    found: set[str] = set()
    for folder in {file.rpartition("/")[0] for file in content}:
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _nearest(file: str) -> set[str]:
    """The folder of a file and the one around that."""
    folder = file.rpartition("/")[0]
    return {folder, folder.rpartition("/")[0]}


def _folder(file: str) -> str:
    return file.rpartition("/")[0] or "."
