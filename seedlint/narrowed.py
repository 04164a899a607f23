"""A run over what changed in git only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from seedlint import gitchange, timing
from seedlint.api import results_of
from seedlint.changedfiles import ChangedFiles
from seedlint.check import unreadable_file
from seedlint.newonly import new_diagnostics
from seedlint.trouble import Trouble
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from seedlint.check import FileResult
    from seedlint.diagnostic import Diagnostic
    from seedlint.files import Candidate, Unwalked
    from seedlint.means import Means
    from seedlint.scope import Files, Scope


class Narrowed:
    """What ``--since`` and ``--staged`` make of a run, which may be one that ``writes`` files.

    ``known`` counts what is left out with ``--new-only``, as it was there before.

    Raises :class:`Trouble` or :class:`click.UsageError`.
    """

    def __init__(self, scope: Scope, means: Means, *, writes: bool) -> None:
        if writes and scope.new_only:
            raise click.UsageError("--new-only is about reports: files are changed without it")
        self._scope = scope
        self._writes = writes
        self._means = means
        self.known = 0
        with timing.phase("git"):
            if scope.since is not None:
                change = gitchange.since(scope.since, renames=scope.new_only)
            else:
                change = gitchange.staged(renames=scope.new_only)
        self._changed = ChangedFiles(
            change,
            scope.paths,
            means.settings,
            Path.cwd(),
            has_corpus=bool(means.profiles.corpus_rules),
        )

    def files(self, selected: Sequence[Candidate]) -> Files:
        """Those of the selected files that changed."""
        with timing.phase("git"):
            files = self._changed.now(selected)
        if self._writes:
            for candidate in files.requested:
                if candidate.content is not None:
                    raise Trouble(
                        f"{quote(candidate.path)} is not as it is staged, so what is staged cannot "
                        "be changed in it: stage the rest of its changes, or stash them"
                    )
        return files

    def results(self, files: Files, unwalked: Sequence[Unwalked]) -> Iterator[FileResult]:
        """The results, with ``--new-only`` of what was not there before."""
        paths = self._scope.paths
        if not self._scope.new_only:
            yield from results_of(self._means, paths, files.requested, unwalked, files.others)
            return
        results = results_of(self._means, paths, files.requested, others=files.others)
        found = dict(zip(files.requested, results, strict=True))
        before = self._before(files, found)
        for candidate, result in found.items():
            new = tuple(new_diagnostics(result.diagnostics, before.get(candidate, ())))
            self.known += len(result.diagnostics) - len(new)
            yield result._replace(diagnostics=new)
        for folder in unwalked:
            yield unreadable_file(folder.path, folder.reason)

    def _before(
        self, files: Files, found: Mapping[Candidate, FileResult]
    ) -> dict[Candidate, Sequence[Diagnostic]]:
        """What was found before in the files in which something is found."""
        wanted = [candidate for candidate, result in found.items() if result.diagnostics]
        if not wanted:
            return {}
        with timing.phase("git"):
            past, were = self._changed.before(files, wanted)
        if not self._is_about_corpus(found.values()):
            past = past._replace(others=())
        before = results_of(
            self._means, self._scope.paths, past.requested, others=past.others, remembers=False
        )
        results = dict(zip(past.requested, before, strict=True))
        return {candidate: results[old].diagnostics for candidate, old in were.items()}

    def _is_about_corpus(self, results: Iterable[FileResult]) -> bool:
        """Whether other files may have a part in something that is found."""
        rules = {rule.name for rule in self._means.profiles.corpus_rules} | {"unused-ignore"}
        return any(each.rule in rules for result in results for each in result.diagnostics)
