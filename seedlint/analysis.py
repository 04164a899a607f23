"""What is learnt of one file at a time, in this process or in a worker: findings and facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from seedlint import facttext, timing
from seedlint.check import (
    IGNORE_MARK,
    Check,
    FileResult,
    Input,
    apply_rules,
    read_all,
    release_all,
    unreadable_file,
)
from seedlint.run import BATCH_BYTES, read_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seedlint.profile import Profiles
    from seedlint.rule import CorpusRule

    # A task whose file was read, the check so far, the digest of the content.
    Begun = tuple["Task", Check, str]


class Task(NamedTuple):
    """A file to analyse.

    ``path`` is shown to people, ``real`` opened, ``name`` is what the corpus knows it by.
    Its findings are ``wanted``, or only its facts are. If the content still has the digest
    ``known``, there is nothing to learn. ``content`` is there only to take the file's place.
    """

    path: str
    real: str
    name: str
    named: bool = False
    wanted: bool = True
    known: str | None = None
    content: bytes | None = None


class Outcome(NamedTuple):
    """What was learnt of a file.

    ``digest`` is that of its content, ``None`` if it cannot be read at all. ``result`` is
    what document rules find, if that was wanted; it ``is_settled`` if it cannot change
    as time goes by. ``has_block``: it has front matter, whether that can be read or not.
    ``has_mark``: the file may hold ignores, which corpus rules may use.
    ``facts`` are as :mod:`seedlint.facttext` has them: text is what comes cheapest out of a
    worker. Of an unchanged file nothing but the digest is known.
    """

    name: str
    digest: str | None
    result: FileResult | None = None
    is_settled: bool = True
    has_block: bool = False
    has_mark: bool = False
    facts: str = ""
    is_unchanged: bool = False


class Analyser:
    """Analyses files by given settings; each worker has one."""

    def __init__(self, profiles: Profiles, corpus_rules: Sequence[CorpusRule[object]]) -> None:
        self._profiles = profiles
        self._corpus_rules = corpus_rules

    def outcomes(self, tasks: Sequence[Task]) -> list[Outcome]:
        """The outcomes of some files, in their order. Never raises for anything in a file."""
        found: list[Outcome] = []
        while len(found) < len(tasks):
            found += self._batch(tasks[len(found) :])
        return found

    def _batch(self, tasks: Sequence[Task]) -> list[Outcome]:
        """The outcomes of the first files, as many as are not too much to read at once."""
        with timing.phase("read"):
            begun = list(self._begun(tasks))
        reading = [each for each in begun if not isinstance(each, Outcome)]
        checks = [check for _, check, _ in reading]
        try:
            readable = read_all(checks)
            with timing.phase("corpus"):
                facts = {
                    id(check): facttext.of_document(check.document, self._corpus_rules)
                    for check in readable
                }
            wanted = {id(check) for task, check, _ in reading if task.wanted}
            apply_rules([check for check in readable if id(check) in wanted])
            with timing.phase("locate"):
                return [
                    each
                    if isinstance(each, Outcome)
                    else _outcome(each, facts.get(id(each[1]), ""))
                    for each in begun
                ]
        finally:
            release_all(checks)

    def _begun(self, tasks: Sequence[Task]) -> Iterator[Begun | Outcome]:
        """The first files, read; the outcome of those of which that says all."""
        size = 0
        for task in tasks:
            if size >= BATCH_BYTES:
                return
            profile = self._profiles.of(task.real)
            try:
                raw = task.content
                if raw is None:
                    raw = read_file(task.real, profile.limits.file_size)
            except OSError as error:
                result = unreadable_file(task.path, error.strerror or str(error))
                yield Outcome(task.name, None, result)
                continue
            size += len(raw)
            digest = digest_of(raw)
            if digest == task.known:
                yield Outcome(task.name, digest, is_unchanged=True)
            else:
                check = Check(Input(raw, task.path, profile, task.named, task.name))
                yield task, check, digest


def _outcome(begun: Begun, facts: str) -> Outcome:
    task, check, digest = begun
    result = check.finish() if task.wanted or check.result is not None else None
    return Outcome(
        task.name,
        digest,
        result,
        is_settled=check.is_settled(),
        has_block=hasattr(check, "block"),
        has_mark=IGNORE_MARK in check.raw,
        facts=facts,
    )


def digest_of(raw: bytes) -> str:
    """The digest of a file's content, as hexadecimal text."""
    from hashlib import blake2b

    return blake2b(raw, digest_size=16).hexdigest()
