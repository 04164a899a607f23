"""``seedlint baseline``: write what is wrong today, so that checks report only what is new."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from seedlint.api import prepared, resolve_settings, results_of
from seedlint.baseline import Baseline, recognisable
from seedlint.baselinefile import MOST_BYTES, KnownFile, read_baseline, row_of, write_text
from seedlint.baselinepath import baseline_path
from seedlint.files import discover
from seedlint.likeness import are_alike
from seedlint.means import Means, cache_folder
from seedlint.nothing import nothing_found
from seedlint.ownwords import INTERNAL_ERROR
from seedlint.paths import shown
from seedlint.run import EXIT_CLEAN, EXIT_TROUBLE
from seedlint.scope import STANDARD_INPUT
from seedlint.trouble import Trouble, tell, tell_of_plugins, trouble_from_settings
from seedlint.visible import visible
from seedlint.wording import counted
from seedlint.writing import create_file, replace_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from seedlint.baselinefile import Row
    from seedlint.check import FileResult
    from seedlint.files import Unwalked
    from seedlint.settings import Settings


def baseline_command(
    paths: Sequence[str],
    prune: bool,
    baseline: str | None,
    quiet: bool,
    config: str | None,
    isolated: bool,
    allow_plugins: bool,
    schema: str | None,
    jobs: int | None,
    cache_dir: str | None,
    no_cache: bool,
) -> int:
    """Write the baseline, or take from it what is gone; the exit code."""
    if STANDARD_INPUT in paths:
        raise click.UsageError("a baseline is of files, not of standard input")
    with trouble_from_settings():
        settings = resolve_settings(
            config, isolated=isolated, schema=schema, allow_plugins=allow_plugins
        )
        tell_of_plugins(settings)
        profiles = prepared(settings)
        path = baseline_path(settings, baseline)
        before = _read(path, prune)
        used = Baseline(before or {}, settings.root, profiles, shown(path))
        folder = None if no_cache else cache_folder(settings, cache_dir)
        means = Means(settings, profiles, jobs, folder, shows_progress=not quiet)
        is_whole = _look(paths, means, used)
    update = _Update(used)
    files = update.pruned() if prune else update.renewed()
    if files or before is not None:
        _save(path, write_text(files), settings)
    if not quiet:
        click.echo(visible(_told(used, before or {}, files)))
    return EXIT_CLEAN if is_whole else EXIT_TROUBLE


def _read(path: Path, must_exist: bool) -> dict[str, KnownFile] | None:
    if os.path.lexists(path):
        return read_baseline(path)
    if must_exist:
        raise Trouble(f"there is no baseline {shown(path)} to prune")
    return None


def _look(paths: Sequence[str], means: Means, used: Baseline) -> bool:
    """Look at the files; whether all of them could be looked at whole."""
    unwalked: list[Unwalked] = []
    requested = list(discover(paths, means.settings, Path.cwd(), False, unwalked))
    left_out: list[str] = []
    skipped: list[str] = []
    seeds = 0
    for result in results_of(means, paths, requested):
        used.sift(result)
        seeds += result.is_seed
        skipped += [] if result.is_seed else [result.file]
        left_out += [
            f"{result.file}: {each.message}"
            for each in result.diagnostics
            if each.rule == INTERNAL_ERROR
        ]
    left_out += [f"{folder.path}: {folder.reason}" for folder in unwalked]
    if not seeds and not used.files:
        raise Trouble(nothing_found(paths, means.settings, skipped, is_check=False))
    for line in left_out:
        tell(line)
    return not left_out


class _Update:
    """The files of a baseline in the light of a run that sifted all of its results."""

    def __init__(self, used: Baseline) -> None:
        self._used = used

    def pruned(self) -> dict[str, KnownFile]:
        """What the baseline has without what is gone; renamed files under their new names."""
        files: dict[str, KnownFile] = {}
        for file, known in self._used.files.items():
            rows = {
                row.fingerprint: row._replace(times=times)
                for row in known.rows.values()
                if (times := self._times(file, row))
            }
            if rows:
                files[self._used.new_name(file)] = KnownFile(known.marks, rows)
        return files

    def renewed(self) -> dict[str, KnownFile]:
        """What was found, and what the baseline has that nobody looked for."""
        files = {
            self._used.new_name(file): KnownFile(known.marks, rows)
            for file, known in self._used.files.items()
            if (rows := self._unjudged(file, known))
        }
        for name, result in self._used.looked_at.items():
            rows = _rows(result)
            if rows:
                others = files[name].rows if name in files else {}
                marks = self._marks(result)
                files[name] = KnownFile(marks, {**others, **rows})
        return files

    def _times(self, file: str, row: Row) -> int:
        found = self._used.found(file, row)
        return row.times if found is None else min(found, row.times)

    def _unjudged(self, file: str, known: KnownFile) -> dict[str, Row]:
        return {
            row.fingerprint: row
            for row in known.rows.values()
            if self._used.found(file, row) is None
        }

    def _marks(self, result: FileResult) -> tuple[str, ...]:
        """The marks that stand, as long as they tell: a line less to be merged."""
        before = self._used.known_in(result).marks
        mark = self._used.mark(result.file)
        if mark is None or any(are_alike(mark, other) for other in before):
            return before
        return (mark,)


def _rows(result: FileResult) -> dict[str, Row]:
    found = recognisable(result)
    times = Counter(each.fingerprint for each in found)
    # Of equal findings the first, as the order of the text has it.
    first = {each.fingerprint: each for each in reversed(found)}
    return {
        mark: row_of(each.rule, each.pointer, mark, times[mark]) for mark, each in first.items()
    }


def _save(path: Path, text: str, settings: Settings) -> None:
    """Write the baseline, if it is another now."""
    content = text.encode()
    if len(content) > MOST_BYTES:
        raise Trouble(
            f"the baseline would have more than {MOST_BYTES >> 20} MiB: turn off the rules that "
            "find most of it (seedlint check --statistics), or fix some first"
        )
    try:
        if os.path.lexists(path):
            before = path.read_bytes()
            if before != content:
                replace_file(str(path), before, content, settings.root)
        else:
            create_file(path, content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Trouble(f"{shown(path)}: {reason}") from error


class _Size(NamedTuple):
    findings: int
    files: int


def _size(files: Mapping[str, KnownFile]) -> _Size:
    times = (row.times for known in files.values() for row in known.rows.values())
    return _Size(sum(times), len(files))


def _told(used: Baseline, before: Mapping[str, KnownFile], after: Mapping[str, KnownFile]) -> str:
    was, now = _size(before), _size(after)
    if not now.findings:
        return "Nothing is known to be wrong" + (f", {was.findings} gone" if was.findings else "")
    gone = sum(
        max(0, row.times - _times(after, used.new_name(file), row))
        for file, known in before.items()
        for row in known.rows.values()
    )
    new = now.findings - was.findings + gone
    changes = [f"{count} {what}" for count, what in ((new, "new"), (gone, "gone")) if count]
    changed = f" ({', '.join(changes)})" if before and changes else ""
    files = counted(now.files, "file")
    return f"{used.shown}: {now.findings} known in {files}{changed}"


def _times(files: Mapping[str, KnownFile], name: str, row: Row) -> int:
    known = files.get(name)
    found = known.rows.get(row.fingerprint) if known is not None else None
    return 0 if found is None else found.times
