"""Times at which no article was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from seedlint.diagnostic import Problem, Severity
from seedlint.rule import DocumentRule
from seedlint.timestamps import instant, ordinary_timestamps
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document
    from seedlint.rule import Context

# Two clocks that are kept in time differ by less.
_CLOCK_SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class TimestampRangeOptions:
    """The settings of timestamp-range."""

    earliest_year: int = 1990

    def __post_init__(self) -> None:
        if not 0 <= self.earliest_year <= 9999:
            raise ValueError("earliest-year must be a year, from 0 to 9999")


class TimestampRange(DocumentRule[TimestampRangeOptions]):
    """A publishing time is in the future, or before articles of this kind existed.

    ## What it finds

    Timestamps later than the time of the run (five minutes are allowed for clocks that
    differ), and timestamps in a year before `earliest-year`. A related entry may be later
    than the article it belongs to. What is no timestamp at all is left to
    `timestamp-format`.

    ## Why it matters

    A time in the future keeps an entry on top of every list, and 1970 is what an empty time
    becomes when a program converts it.

    ## Example

    ```yaml
    published: 1970-01-01T00:00:00Z
    ```

    ## Options

    - `earliest-year` (default `1990`): the first year a timestamp may have

    ## Fix

    Look up when the article was published: no other data in the file determines it.
    """

    severity = Severity.WARNING

    def __init__(self, context: Context, options: TimestampRangeOptions | None = None) -> None:
        super().__init__(context, options)
        self._earliest = f"{self.options.earliest_year:04}"
        self._latest = context.now + _CLOCK_SKEW
        self._now = context.now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether all timestamps are ordinary ones and in the range, as texts."""
        texts = document.memo(ordinary_timestamps)
        if not texts:
            return texts is not None
        return self._earliest <= min(texts) and max(texts) <= self._now

    def is_settled(self, document: Document) -> bool:
        """Whether no timestamp is in the future."""
        texts = document.memo(ordinary_timestamps)
        if texts is not None and (not texts or max(texts) <= self._now):
            return True
        moments = map(instant, document.strings("published-at"))
        return not any(moment is not None and moment > self._latest for moment in moments)

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield a problem for every timestamp outside the range."""
        earliest = self._earliest
        for entity, text in document.texts("published-at"):
            moment = instant(text)
            if moment is None:
                continue
            if moment > self._latest:
                yield Problem(
                    entity.route,
                    f"timestamp {quote(text)} is in the future, expected a time that has passed",
                )
            elif text[:4] < earliest:
                yield Problem(
                    entity.route,
                    f"timestamp {quote(text)} is before {earliest}, the earliest year expected",
                )
