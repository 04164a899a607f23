"""Times in another form than RFC 3339."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from seedlint.changes import Replace
from seedlint.diagnostic import Applicability, Fix, Problem, Severity
from seedlint.rule import DocumentRule, NoOptions
from seedlint.timestamps import fault, is_timestamp, ordinary_timestamps, rewritten
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from seedlint.diagnostic import Route
    from seedlint.document import Document

_EXAMPLE = "2020-02-02T18:19:00Z"


class TimestampFormat(DocumentRule[NoOptions]):
    """A timestamp is not RFC 3339 with seconds and an offset, or names no real date.

    ## What it finds

    Publishing times that are not a date, `T`, a time with seconds and an offset (`Z` or one
    such as `+01:00`), and times that do not exist: 30 February, hour 24, an offset of 25
    hours. Lower-case `t` and `z` are legal, and so is second 60 where leap seconds are put:
    at 23:59:60 UTC. The message names everything that is missing or wrong.

    ## Why it matters

    A time without an offset is a different moment for every reader, and readers guess
    differently. Sorting and "how long ago" then go wrong without an error anywhere.

    ## Example

    ```yaml
    published: 2020-02-02 18:19
    ```

    This has a space instead of `T`, no seconds and no offset.

    ## Fix

    Write the time as RFC 3339, its precision and offset as they are. That is safe where the
    text names one moment: a space or `_` instead of `T`, no seconds, one digit where two
    belong, the basic form, an offset such as `+0100` or `+01`, `UTC` or `GMT`. It is unsafe
    where UTC has to be assumed, as there is no offset, or midnight, as there is no time: look
    these up at the publisher. There is no fix for a time that does not exist, and for any
    other form.
    """

    severity = Severity.ERROR
    fixes: ClassVar[tuple[Applicability, ...]] = (Applicability.SAFE, Applicability.UNSAFE)
    claims: ClassVar[Mapping[str, tuple[str, ...]]] = {"format": ("published-at",)}

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether all timestamps are ordinary ones."""
        return document.memo(ordinary_timestamps) is not None

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield a problem for every timestamp that cannot be read."""
        for entity, text in document.texts("published-at"):
            if not is_timestamp(text):
                yield Problem(
                    entity.route,
                    f"timestamp {quote(text)} {fault(text)}, expected RFC 3339 such as {_EXAMPLE}",
                    fix=_fix(entity.route, text),
                )


def _fix(route: Route, text: str) -> Fix | None:
    new = rewritten(text)
    if new is None:
        return None
    applicability = Applicability.SAFE if new.is_determined else Applicability.UNSAFE
    return Fix(f"write {quote(new.text)}", applicability, (Replace(route, new.text),))
