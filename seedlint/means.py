"""What a run works with: settings, processes, the cache."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from seedlint import timing
from seedlint.analysis import Analyser
from seedlint.corpusfiles import other_files
from seedlint.corpusrun import CorpusRun, Processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from seedlint.analysis import Outcome, Task
    from seedlint.files import Candidate
    from seedlint.fixing import Wanted
    from seedlint.index import Index
    from seedlint.noindex import NoIndex
    from seedlint.profile import Profiles
    from seedlint.settings import Settings

_CACHE_FOLDER = ".seedlint_cache"


def _notice(text: str) -> None:
    from seedlint.trouble import tell

    tell(text)


def cache_folder(settings: Settings, given: str | None) -> Path:
    """Where the cache is."""
    return settings.root / _CACHE_FOLDER if given is None else Path(given).absolute()


class Means(NamedTuple):
    """The settings, how many processes (``None``: one a core), where the cache is, if any.

    ``shows_progress``: on a terminal, when it takes long. ``notice`` is told what goes wrong
    without harm, such as a cache that cannot be written.
    """

    settings: Settings
    profiles: Profiles
    jobs: int | None
    cache: Path | None
    shows_progress: bool = False
    notice: Callable[[str], None] = _notice

    def corpus(
        self,
        paths: Sequence[str],
        requested: Sequence[Candidate],
        others: Sequence[Candidate] | None = None,
        *,
        fixes: bool = False,
        wanted: Wanted | None = None,
        remembers: bool = True,
    ) -> CorpusRun:
        """The run over the corpus around some files, which ``fixes`` them or does not.

        It makes ``wanted`` fixes of document rules at once. The ``others`` may be known already.
        Unless it ``remembers``, what it learns is not kept.
        """
        rules = self.profiles.corpus_rules
        if others is None:
            with timing.phase("discovery"):
                others = other_files(paths, requested, self.settings, Path.cwd()) if rules else []
        analyser = Analyser(self.profiles, rules, wanted)

        def outcomes(tasks: Sequence[Task]) -> Iterator[Outcome]:
            from seedlint.progress import Progress
            from seedlint.workers import outcomes as from_workers

            with Progress(len(tasks), sys.stderr, not self.shows_progress) as bar:
                yield from from_workers(analyser, tasks, self.jobs, bar.reach)

        def copies(work: Any, items: Sequence[Any], lost: Any, is_told: bool) -> Iterator[Any]:
            from seedlint.progress import Progress
            from seedlint.workers import in_order

            quiet = not (is_told and self.shows_progress)
            with Progress(len(items), sys.stderr, quiet) as bar:
                yield from in_order(work, items, lost, self.jobs, bar.reach, can_be_pickled=False)

        return CorpusRun(
            str(self.settings.root),
            requested,
            others,
            self.profiles,
            self._index() if remembers else self._past_index(),
            Processes(outcomes, copies),
            fixes=fixes,
        )

    def _past_index(self) -> NoIndex:
        from seedlint.noindex import ReadOnly

        return ReadOnly(self._index())

    def _index(self) -> Index | NoIndex:
        if self.cache is None:
            from seedlint.noindex import NoIndex

            return NoIndex()
        from seedlint.index import Index

        with timing.phase("cache"):
            return Index(self.cache, self._key(), self.notice)

    def _key(self) -> str:
        """What the cache depends on besides the files themselves."""
        from seedlint.cachekey import cache_key

        return cache_key(self.settings, self.profiles.schema_files())
