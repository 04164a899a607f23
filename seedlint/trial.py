"""Texts that files may get: read and checked, those of several files at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from seedlint import facttext
from seedlint.check import Check, FileResult, apply_all, read_all, release_all
from seedlint.ownwords import LIMITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.check import CorpusPart, Input
    from seedlint.frontmatter import Block


class Content(NamedTuple):
    """A file that can be read."""

    raw: bytes
    text: str
    block: Block
    data: Any

    @property
    def frame(self) -> tuple[str, str]:
        """The text before the block and after it."""
        return self.text[: self.block.start], self.text[self.block.start + len(self.block.text) :]


def content_of(check: Check) -> Content:
    """What a check has read."""
    return Content(check.raw, check.source.text, check.block, check.document.data)


class State(NamedTuple):
    """A file, what is found in it, and what corpus rules take from it."""

    content: Content
    result: FileResult
    facts: str = ""
    is_settled: bool = True


class Trial:
    """A text in the place of a file; what was found in it is ``known`` of the first one.

    :func:`look_at` sets its ``state``, which stays ``None`` if it cannot be read.
    """

    __slots__ = ("check", "known", "state")

    def __init__(self, given: Input, known: FileResult | None = None) -> None:
        # Without front matter there is nothing to fix.
        self.check = Check(given._replace(named=True))
        self.known = known
        self.state: State | None = None

    @property
    def is_too_much(self) -> bool:
        """Whether it is a limit that keeps it from being read."""
        found = self.check.result
        return found is not None and any(each.rule == LIMITS for each in found.diagnostics)


def look_at(trials: Sequence[Trial], corpus: CorpusPart | None) -> None:
    """Read texts, and check those that are new, stage by stage as in ``check_batch``."""
    rules = corpus.rules if corpus is not None else ()
    checks = [trial.check for trial in trials]
    try:
        read_all(checks)
        readable = [trial for trial in trials if trial.check.result is None]
        new = [trial.check for trial in readable if trial.known is None]
        # Facts that cannot be had are a finding.
        facts = [facttext.of_document(check.document, rules) for check in new]
        apply_all(new, corpus)
        of_new = iter(facts)
        for trial in readable:
            check = trial.check
            content = content_of(check)
            if trial.known is None:
                trial.state = State(content, check.finish(), next(of_new), check.is_settled())
            else:
                trial.state = State(content, trial.known)
    finally:
        release_all(checks)
