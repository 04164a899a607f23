"""Which files a run is about: what paths or a list name, or only what changed of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from seedlint.files import discover
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from seedlint.files import Candidate, Unwalked
    from seedlint.settings import Settings

STANDARD_INPUT = "-"


class Files(NamedTuple):
    """The files to check, and the other files of the corpus unless they are still to be found."""

    requested: Sequence[Candidate]
    others: Sequence[Candidate] | None = None


class Scope(NamedTuple):
    """What the command line says of the files; ``files_from`` is a list that is in ``paths``."""

    paths: tuple[str, ...]
    files_from: str | None = None
    since: str | None = None
    staged: bool = False
    new_only: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether only files that changed are checked."""
        return self.staged or self.since is not None

    def selected(
        self, settings: Settings, cwd: Path, force_exclude: bool, unwalked: list[Unwalked]
    ) -> Iterator[Candidate]:
        """The files before any narrowing. A list that is empty names none."""
        if self.files_from is not None and not self.paths:
            return iter(())
        return discover(self.paths, settings, cwd, force_exclude, unwalked)

    def nothing_found(self, settings: Settings, skipped: Sequence[str]) -> str:
        """What to say when there is no file to check; ``skipped`` have no front matter."""
        from seedlint.nothing import nothing_found

        if self.files_from is None:
            return nothing_found(self.paths, settings, skipped)
        by_name = "on standard input" if self.files_from == "-" else quote(self.files_from)
        where = f"the list {by_name}"
        if not self.paths:
            return f"nothing to check: {where} names no files (--allow-empty accepts it)"
        return nothing_found(self.paths, settings, skipped, where)

    def nothing_changed(self) -> str:
        """What to say when no file is left to check."""
        what = "is staged" if self.since is None else f"changed since {quote(self.since)}"
        return f"nothing to check: no file with front matter {what}"


def scope_of(
    paths: Sequence[str],
    files_from: str | None,
    null: bool,
    since: str | None,
    staged: bool,
    new_only: bool,
) -> Scope:
    """The scope that these options mean. Raises for what makes no sense, or cannot be read."""
    scope = Scope(tuple(paths), files_from, since, staged, new_only)
    _refuse_contradictions(scope, null)
    if files_from is None:
        return scope
    from seedlint.filelist import read_list

    return scope._replace(paths=(*paths, *read_list(files_from, nul=null)))


def _refuse_contradictions(scope: Scope, null: bool) -> None:
    """Raise for what makes no sense together; ``paths`` are those given, without the list."""
    if null and scope.files_from is None:
        raise click.UsageError("--null is about the list that --files-from names")
    if scope.since is not None and scope.staged:
        raise click.UsageError("--since and --staged are two questions: ask one at a time")
    if scope.new_only and not scope.is_narrowed:
        raise click.UsageError("--new-only needs to know since when: add --since REF or --staged")
    if STANDARD_INPUT in scope.paths:
        if len(scope.paths) > 1 or scope.files_from is not None:
            raise click.UsageError("- (standard input) cannot be combined with other paths")
        if scope.is_narrowed:
            raise click.UsageError("- (standard input) has no history to compare it with")
