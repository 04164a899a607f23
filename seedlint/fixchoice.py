"""Which fixes a round applies, and what was decided about each of them so far."""

from __future__ import annotations

from bisect import bisect_right, insort
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from seedlint.diagnostic import Applicability

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from seedlint.check import FileResult
    from seedlint.diagnostic import Diagnostic, Edit, LocatedFix


class Key(NamedTuple):
    """What a fix is known by from round to round, as long as nothing touches it."""

    rule: str
    title: str
    start: int


class Proposal(NamedTuple):
    """A diagnostic with its fix."""

    diagnostic: Diagnostic
    fix: LocatedFix

    @property
    def key(self) -> Key:
        """See :class:`Key`."""
        start = self.fix.edits[0].start if self.fix.edits else 0
        return Key(self.diagnostic.rule, self.fix.title, start)


class Choices:
    """What was decided about the fixes of one file."""

    def __init__(self, wanted: Callable[[Diagnostic, str], bool]) -> None:
        self._wanted = wanted
        self._answers: dict[Key, bool] = {}
        self._reasons: dict[Key, str] = {}

    def choose(self, result: FileResult, text: str) -> list[Proposal]:
        """The fixes of a round: wanted ones that do not overlap, the first in the text first."""
        proposals = [
            Proposal(diagnostic, diagnostic.fix)
            for diagnostic in result.diagnostics
            if diagnostic.fix is not None
            and diagnostic.fix.edits
            and diagnostic.fix.applicability is not Applicability.DISPLAY
        ]
        proposals.sort(key=lambda proposal: proposal.key.start)
        chosen: list[Proposal] = []
        taken: list[tuple[int, int]] = []
        for proposal in proposals:
            spans = [(edit.start, edit.end) for edit in proposal.fix.edits]
            if not any(_collides(span, taken) for span in spans) and self._is_wanted(
                proposal, text
            ):
                chosen.append(proposal)
                for span in spans:
                    insort(taken, span)
        return chosen

    def _is_wanted(self, proposal: Proposal, text: str) -> bool:
        key = proposal.key
        if key not in self._answers:
            self._answers[key] = self._wanted(proposal.diagnostic, text)
        return self._answers[key]

    def leave_out(self, proposal: Proposal, reason: str) -> None:
        """Choose a fix no more."""
        self._answers[proposal.key] = False
        self._reasons[proposal.key] = reason

    def forgive(self) -> None:
        """Choose again what was left out."""
        self._answers.update(dict.fromkeys(self._reasons, True))
        self._reasons.clear()

    def reason(self, proposal: Proposal) -> str | None:
        """Why a fix was left out, if it was."""
        return self._reasons.get(proposal.key)

    def follow(self, edits: Sequence[Edit]) -> None:
        """Where the fixes that were decided about are, now that edits moved them."""
        ends = [edit.end for edit in edits]
        moves = [0, *accumulate(len(edit.text) - (edit.end - edit.start) for edit in edits)]

        def followed(key: Key) -> Key:
            return key._replace(start=key.start + moves[bisect_right(ends, key.start)])

        self._answers = {followed(key): answer for key, answer in self._answers.items()}
        self._reasons = {followed(key): reason for key, reason in self._reasons.items()}


def edited(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with edits made that do not overlap and are in the order of the text."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join((*parts, text[at:]))


def _collides(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a span shares text with one of those taken, or is an insertion at the same place.

    Edits that touch may both be right; if they are not, the check of the round shows it.
    """
    at = bisect_right(taken, span)
    before = taken[at - 1] if at else None
    if before is not None and (before == span or before[1] > span[0]):
        return True
    return at < len(taken) and taken[at][0] < span[1]
