"""The files that changed, and the corpus as it was before."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from seedlint.corpusfiles import corpus_roots, other_files
from seedlint.files import Finder
from seedlint.gitchange import with_submodules
from seedlint.gitrun import blobs
from seedlint.run import read_candidate
from seedlint.scope import Files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from seedlint.files import Candidate
    from seedlint.gitchange import Change
    from seedlint.settings import Settings


class ChangedFiles:
    """What a change means for the files that ``paths`` select."""

    def __init__(
        self, change: Change, paths: Sequence[str], settings: Settings, cwd: Path, has_corpus: bool
    ) -> None:
        self._change = change
        self._paths = paths
        self._settings = settings
        self._cwd = cwd
        self._has_corpus = has_corpus
        self._selection = Finder(paths, settings, cwd)
        self._corpus = Finder(corpus_roots(paths, settings, cwd), settings, cwd)
        self._limit = settings.limits.file_size
        self._folders: dict[str, str] = {}

    def now(self, selected: Sequence[Candidate]) -> Files:
        """The files that changed, of those that are selected, and the rest of the corpus."""
        rest: Sequence[Candidate] = ()
        if self._has_corpus:
            rest = other_files(self._paths, selected, self._settings, self._cwd)
        chosen, others = self._by_place(selected), self._by_place(rest)
        if self._change.submodules:
            self._change = with_submodules(self._change, {*chosen, *others})
        if self._change.staged:
            self._take_from_index(chosen, others)
        changed = {entry.new for entry in self._change.entries}
        requested: list[Candidate] = []
        unchanged: list[Candidate] = []
        for place, candidate in chosen.items():
            # A link changes when it leads elsewhere, and when what it leads to does.
            is_changed = place in changed or candidate.real in changed
            (requested if is_changed else unchanged).append(candidate)
        return Files(requested, [*unchanged, *others.values()])

    def before(
        self, files: Files, wanted: Iterable[Candidate]
    ) -> tuple[Files, dict[Candidate, Candidate]]:
        """The files as they were, and which of them each that is ``wanted`` was, if any.

        Only these are requested, the others are the corpus around them.
        """
        world = self._by_place((*files.requested, *(files.others or ())))
        after = {entry.new: world.pop(entry.new, None) for entry in self._change.entries}
        objects: dict[str, str] = {}
        for entry in self._change.entries:
            if not entry.blob:
                continue
            candidate = after[entry.new] if entry.old == entry.new else self._found(entry.old)
            if candidate is not None:
                world[entry.old] = candidate
                objects[entry.old] = entry.blob
        _take(world, self._contents(objects))
        origins = self._origins(world, wanted)
        known = dict.fromkeys(world[old] for old in origins.values())
        others = [candidate for candidate in world.values() if candidate not in known]
        were = {candidate: world[old] for candidate, old in origins.items()}
        return Files(list(known), others), were

    def _origins(
        self, world: Mapping[str, Candidate], wanted: Iterable[Candidate]
    ) -> dict[Candidate, str]:
        """Where each file was before."""
        old = {entry.new: entry.old for entry in self._change.entries if entry.old in world}
        # git does not look for renames among the files it does not know.
        gone = {
            world[entry.old].content: entry.old
            for entry in self._change.entries
            if not entry.new and entry.old in world
        }
        origins: dict[Candidate, str] = {}
        for candidate in wanted:
            place = self._place(candidate)
            found = old.get(place) or gone.get(read_candidate(candidate, self._limit))
            if found is not None:
                origins[candidate] = found
        return origins

    def _take_from_index(self, chosen: dict[str, Candidate], others: dict[str, Candidate]) -> None:
        """Make of the files in the working tree those in the index."""
        for untracked in self._change.untracked:
            chosen.pop(untracked, None)
            others.pop(untracked, None)
        objects: dict[str, str] = {}
        for path, blob in self._change.kept:
            # What was deleted since is still there.
            if path not in chosen and path not in others:
                selected = self._selection.candidate(path)
                candidate = selected or self._corpus.candidate(path)
                if candidate is None:
                    continue
                (others if selected is None else chosen)[path] = candidate
            objects[path] = blob
        contents = self._contents(objects)
        for candidates in (chosen, others):
            _take(candidates, contents)

    def _contents(self, objects: Mapping[str, str]) -> dict[str, bytes]:
        contents = blobs(objects.values(), self._limit, self._change.objects)
        return dict(zip(objects, contents, strict=True))

    def _found(self, path: str) -> Candidate | None:
        return self._selection.candidate(path) or self._corpus.candidate(path)

    def _by_place(self, candidates: Iterable[Candidate]) -> dict[str, Candidate]:
        return {self._place(candidate): candidate for candidate in candidates}

    def _place(self, candidate: Candidate) -> str:
        """Where a file really is, which is where git knows it."""
        path = candidate.real
        if candidate.content is None and os.path.islink(path):  # noqa: PTH114
            return os.path.realpath(path)
        folder, _, name = path.rpartition("/")
        if folder not in self._folders:
            real = os.path.realpath(folder or "/").replace(os.sep, "/")
            self._folders[folder] = real.rstrip("/") + "/"
        return self._folders[folder] + name


def _take(candidates: dict[str, Candidate], contents: Mapping[str, bytes]) -> None:
    """Take the content of files from elsewhere."""
    for path, content in contents.items():
        if path in candidates:
            candidates[path] = candidates[path]._replace(content=content)
