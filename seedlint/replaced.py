"""The files that a run has replaced: what is known of them from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint import resulttext
from seedlint.analysis import digest_of
from seedlint.check import IGNORE_MARK
from seedlint.indexrows import Entry
from seedlint.knowledge import Known

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import TypeAlias

    from seedlint.analysis import Outcome
    from seedlint.fixing import FixResult
    from seedlint.index import Index
    from seedlint.knowledge import Knowledge
    from seedlint.noindex import NoIndex
    from seedlint.stamps import Stamp

    # Given what was learnt of a file that was fixed at once; whether it now holds that.
    Put: TypeAlias = Callable[[Outcome, FixResult], bool]

SAVED_AT_ONCE = 1000
"""So many files are told to the index together."""


def not_put(outcome: Outcome, fixed: FixResult) -> bool:
    """All files stay as they are."""
    return False


class Replaced:
    """Tells a run and its index what files now hold; ``names`` are those of the files."""

    def __init__(self, knowledge: Knowledge, index: Index | NoIndex, now: datetime) -> None:
        self.names: list[str] = []
        self._knowledge = knowledge
        self._index = index
        self._now = now
        self._since = 0
        self._unsaved: list[Entry] = []

    def add(self, name: str, fixed: FixResult, stamp: Stamp | None, *, is_concerned: bool) -> None:
        """Take note that a file, which conclusions concern, now holds what fixes made of it.

        Without a stamp only this run knows.
        """
        if not self.names:
            # Their stamps are younger, and so not trusted before the next run has read them.
            self._since = self._index.moment()
        self.names.append(name)
        result = None
        has_mark = IGNORE_MARK in fixed.raw
        if not (is_concerned or has_mark or fixed.left_out or fixed.unsettled):
            result = fixed.result
        digest, facts = digest_of(fixed.raw), self._knowledge.spool.put(fixed.facts)
        known = Known(digest, facts, result, has_mark, fixed.is_settled)
        self._knowledge.files[name] = known
        if stamp is not None and self._index.keeps:
            text = None
            if result is not None and fixed.is_settled:
                text = resulttext.in_circumstances(result, None, self._now)
            self._unsaved.append(Entry(name, stamp, digest, has_mark, fixed.facts, text))
            if len(self._unsaved) >= SAVED_AT_ONCE:
                self.save()

    def save(self) -> None:
        """Let the index know of all of them."""
        self._index.save(self._unsaved, self._since)
        self._unsaved = []
