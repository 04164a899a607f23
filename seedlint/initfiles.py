"""The files that ``seedlint init`` writes or shows: settings, a hook, CI."""

from __future__ import annotations

import os
import re
from collections import Counter
from typing import TYPE_CHECKING

from seedlint.survey import ASIDE
from seedlint.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from seedlint.home import Home
    from seedlint.survey import Survey

SETTINGS = "seedlint.toml"
SCHEMA = "seedlint.schema.json"
HOOKS = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/seedlint.yml"
GITLAB = ".gitlab-ci.yml"
SAMPLE = "seeds/example.md"

_MOST_INCLUDED = 12
# What a pattern would not take for itself, or TOML text not hold.
_ODD = re.compile(r"[*?\[\]\\]|\A[!#]|\A\s|\s\Z")
_WILD = re.compile(r"[*?\[\]\\]")

_HOOK = """\
  - repo: {address}
    rev: {revision}
    hooks:
      - id: seedlint
"""

_WORKFLOW = """\
name: seedlint
on:
  push:
  pull_request:
permissions:
  contents: read
jobs:
  seedlint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - uses: actions/setup-python@v6
        with:
          python-version: "3.x"
      - run: pip install git+{address}@{revision}
      - run: seedlint check
"""

_GITLAB = """\
seedlint:
  image: python:3
  script:
    - pip install git+{address}@{revision}
    - seedlint check
"""


def hook(home: Home, whole: bool) -> str:
    """The hook for pre-commit: a whole file, or what to add to one."""
    return ("repos:\n" if whole else "") + _HOOK.format(**home._asdict())


def workflow(home: Home) -> str:
    """The workflow for GitHub Actions."""
    return _WORKFLOW.format(**home._asdict())


def gitlab_job(home: Home) -> str:
    """The job for GitLab CI."""
    return _GITLAB.format(**home._asdict())


def settings_text(
    survey: Survey,
    includes: Sequence[str],
    excludes: Sequence[str],
    dates: Sequence[str],
) -> str:
    """The settings, with what a person should know to change them.

    ``dates`` are the places of dates that play no role.
    """
    lines = [
        "# Written by `seedlint init`. `seedlint check --show-settings` shows what is in force."
    ]
    if not survey.content:
        lines += ["# Where the seeds are; name their folder here if there is more than seeds."]
    lines.append(_list("include", includes))
    if excludes:
        lines += ["", "# What holds no seeds.", _list("exclude", excludes)]
    if survey.foreign:
        lines += [
            "",
            "# Front matter in TOML, JSON or JavaScript cannot be read: such files are skipped.",
            "skip-other-front-matter = true",
        ]
    if has_own_shape(survey):
        lines += [
            "",
            f"# Inferred from {counted(survey.read, 'file')}: a start, to be edited.",
            f'schema = "{SCHEMA}"',
            "",
            "# What is no text to YAML 1.1 readers, as site generators are, is text in quotes:",
            "# such a fix is for a person to look at.",
            'extend-unsafe-fixes = ["ambiguous-scalar"]',
        ]
    places = [place for place in dates if all(map(_is_plain, place.replace("/*", "").split("/")))]
    if places:
        lines += [
            "",
            "# Dates that are dates to YAML 1.1 readers, as site generators are, are meant to be.",
            "[[overrides]]",
            _list("pointers", places),
            'ignore = ["ambiguous-scalar"]',
        ]
    return "\n".join(lines) + "\n"


def has_own_shape(survey: Survey) -> bool:
    """Whether the content needs a schema of its own: most of it is not of the seed shape."""
    return survey.read > 0 and 2 * survey.seeds < survey.read


def includes_of(survey: Survey) -> list[str]:
    """The folders and patterns that together mean all content, as few as are sensible."""
    tops: dict[str, list[str]] = {}
    loose: set[str] = set()
    for file in survey.content:
        folder = file.rpartition("/")[0]
        if folder:
            tops.setdefault(folder.partition("/")[0], []).append(folder)
        else:
            loose.add(f"/*{os.path.splitext(file)[1]}")  # noqa: PTH122
    folders = [_common(inside) for inside in tops.values()]
    if not folders or "" in folders or len(folders) > _MOST_INCLUDED:
        return ["."]
    return [*sorted(folders), *sorted(loose)]


def _common(folders: Sequence[str]) -> str:
    """The innermost folder around all of these, whose name is no pattern; empty for the top."""
    parts = os.path.commonpath(folders).replace(os.sep, "/").split("/")
    plain = next((at for at, part in enumerate(parts) if not _is_plain(part)), len(parts))
    return "/".join(parts[:plain])


def excludes_of(survey: Survey, includes: Sequence[str], top: str) -> list[str]:
    """What to leave out of the included folders."""
    found = [f"/{name}/" for name in ASIDE if os.path.isdir(f"{top}/{name}")]  # noqa: PTH112
    if includes != ["."]:
        found = []
    templates = [f"{folder}/" for folder in survey.templates]
    found += sorted({each.split("/")[-2] + "/" for each in templates if _is_in(each, includes)})
    plain = [file for file in survey.plain if _is_in(file, includes)]
    has_content = any(file.lower().endswith((".yaml", ".yml")) for file in survey.content)
    if plain and not has_content:
        found += sorted({f"*{os.path.splitext(file)[1]}" for file in plain})  # noqa: PTH122
        plain = []
    return [*found, *_patterns(plain, survey.content)]


def _patterns(files: Iterable[str], content: Iterable[str]) -> Iterator[str]:
    """Patterns for these files: whole folders where there is no content.

    In others a suffix is enough: of all plain YAML in a folder either all is content, or none.
    """
    used: Counter[str] = Counter()
    for file in content:
        for folder in _folders(file):
            used[folder] += 1
    done: set[str] = set()
    for file in sorted(files):
        free = next((folder for folder in _folders(file) if not used[folder]), None)
        folder, suffix = file.rpartition("/")[0], os.path.splitext(file)[1]  # noqa: PTH122
        pattern = f"{_literal(folder)}*{suffix}" if free is None else _literal(free)
        if pattern not in done:
            done.add(pattern)
            yield pattern


def _literal(folder: str) -> str:
    """A pattern for a folder; any character does where its own would mean something else."""
    safe = "".join(char if char.isprintable() else "?" for char in _WILD.sub("?", folder))
    return f"/{safe}/" if safe else "/"


def _folders(file: str) -> Iterator[str]:
    """The folders around a file, the outermost first."""
    parts = file.split("/")
    return ("/".join(parts[:at]) for at in range(1, len(parts)))


def _is_in(file: str, includes: Sequence[str]) -> bool:
    return any(
        include == "."
        or file.startswith(f"{include}/")
        or (include.startswith("/*") and "/" not in file and file.endswith(include[2:]))
        for include in includes
    )


def _is_plain(part: str) -> bool:
    return part.isprintable() and _ODD.search(part) is None


def _list(key: str, items: Sequence[str]) -> str:
    """A list of texts without anything that TOML would have to escape but quotes."""
    quoted = ['"' + item.replace('"', '\\"') + '"' for item in items]
    line = f"{key} = [{', '.join(quoted)}]"
    if len(line) <= 100:
        return line
    return "\n".join([f"{key} = [", *(f"  {item}," for item in quoted), "]"])
