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

    from seedlint.fixing import FixResult, Wanted
    from seedlint.profile import Profiles
    from seedlint.rule import CorpusRule


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
    Of one that could be ``fixed`` at once, there are the facts of what it is to hold only, and
    what it held ``before``.
    """

    name: str
    digest: str | None
    result: FileResult | None = None
    is_settled: bool = True
    has_block: bool = False
    has_mark: bool = False
    facts: str = ""
    is_unchanged: bool = False
    fixed: FixResult | None = None
    before: bytes = b""


class _File(NamedTuple):
    """A file that was read, and its check."""

    task: Task
    given: Input
    check: Check
    digest: str


class Analyser:
    """Analyses files by given settings; each worker has one.

    Fixes of document rules that are ``wanted`` are made at once, so that a file is read once and
    the corpus learns no more than what it will hold.
    """

    def __init__(
        self,
        profiles: Profiles,
        corpus_rules: Sequence[CorpusRule[object]],
        wanted: Wanted | None = None,
    ) -> None:
        self._profiles = profiles
        self._corpus_rules = corpus_rules
        self._wanted = wanted

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
        learnt = iter(self._learn([each for each in begun if isinstance(each, _File)]))
        return [each if isinstance(each, Outcome) else next(learnt) for each in begun]

    def _begun(self, tasks: Sequence[Task]) -> Iterator[_File | Outcome]:
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
                given = Input(raw, task.path, profile, task.named, task.name)
                yield _File(task, given, Check(given), digest)

    def _learn(self, files: Sequence[_File]) -> list[Outcome]:
        """The outcomes of these files, in their order."""
        checks = [file.check for file in files]
        try:
            readable = {id(check) for check in read_all(checks)}
            here = [file for file in files if id(file.check) in readable]
            wanted = [file for file in here if file.task.wanted]
            apply_rules([file.check for file in wanted])
            fixed = self._fixed(wanted)
            with timing.phase("corpus"):
                facts = {
                    id(file.check): facttext.of_document(file.check.document, self._corpus_rules)
                    for file in here
                    if id(file.check) not in fixed
                }
            with timing.phase("locate"):
                return [
                    _outcome(file, facts.get(id(file.check), ""), fixed.get(id(file.check)))
                    for file in files
                ]
        finally:
            release_all(checks)

    def _fixed(self, files: Sequence[_File]) -> dict[int, FixResult]:
        """What fixes make of files at once, by check."""
        if self._wanted is None:
            return {}
        from seedlint.atonce import made_at_once
        from seedlint.fixing import ToFix

        with timing.phase("locate"):
            to_fix = [
                ToFix(file.given, file.check.finish(), self._wanted, file.check) for file in files
            ]
        results = zip(files, made_at_once(to_fix, self._corpus_rules), strict=True)
        return {id(file.check): result for file, result in results if result is not None}


def _outcome(file: _File, facts: str, fixed: FixResult | None) -> Outcome:
    task, given, check, digest = file
    return Outcome(
        task.name,
        digest,
        check.finish() if task.wanted or check.result is not None else None,
        is_settled=check.is_settled(),
        has_block=hasattr(check, "block"),
        has_mark=IGNORE_MARK in check.raw,
        facts=facts,
        fixed=fixed,
        before=b"" if fixed is None else given.raw,
    )


def digest_of(raw: bytes) -> str:
    """The digest of a file's content, as hexadecimal text."""
    from hashlib import blake2b

    return blake2b(raw, digest_size=16).hexdigest()
