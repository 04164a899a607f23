"""Text that was read in the wrong encoding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from seedlint.changes import Replace
from seedlint.diagnostic import Applicability, Fix, Problem, Severity
from seedlint.garbled import LOST, garbled, mended
from seedlint.invisible import brings_invisible
from seedlint.rule import DocumentRule, NoOptions
from seedlint.textroles import TEXT_ROLES, around, label, prose
from seedlint.wording import names, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.diagnostic import Route
    from seedlint.document import Document

# Every garbled sequence begins with one of the former: curly quotes do not get past.
_SIGNS = re.compile(f"[\xc2-\xf4{LOST}]")
_SHOWN = 3


class Mojibake(DocumentRule[NoOptions]):
    """A text was decoded with the wrong encoding, and its characters are garbled.

    ## What it finds

    UTF-8 that was read as Latin-1 or Windows-1252, in titles, excerpts, names, topics and
    link texts: `â€™` for `’`, `Ã©` for `é`, also when it happened more than once. It also
    finds the replacement character, which stands where a decoder gave up. A sequence
    counts only if its bytes are valid UTF-8 and real text cannot look like it where it
    stands, so `IRMÃ”` or `café…”` in real Portuguese or French are left alone.

    ## Why it matters

    Readers see rubbish, and search does not find the word.

    ## Example

    ```yaml
    title: The cafÃ© by the harbour
    ```

    ## Fix

    Write the characters that the garbled bytes stand for, in the whole text. It is unsafe, as
    the text may be about such rubbish. Behind a replacement character the original is lost:
    look it up at the publisher. There is no fix either where a character that nobody can see
    would come out, such as a byte-order mark.
    """

    severity = Severity.WARNING
    fixes: ClassVar[tuple[Applicability, ...]] = (Applicability.UNSAFE,)

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether no text has a character that garbled text begins with, or none is garbled."""
        return _SIGNS.search(document.memo(prose).rare) is None or not any(
            _message(text) for text in document.strings(*TEXT_ROLES) if not text.isascii()
        )

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield a problem for every garbled text."""
        for entity, text in document.texts(*TEXT_ROLES):
            if not text.isascii() and (message := _message(text)):
                yield Problem(
                    entity.route, f"{label(entity)} {message}", fix=_fix(entity.route, text)
                )


def _fix(route: Route, text: str) -> Fix | None:
    whole = mended(text)
    if whole == text or brings_invisible(text, whole):
        return None
    found = [each for each in garbled(text) if LOST not in each[2]]
    read = list(dict.fromkeys(f"{quote(meant)} for {quote(text[a:b])}" for a, b, meant in found))
    more = [f"mend {len(read) - _SHOWN} more"] if len(read) > _SHOWN else []
    title = f"write {names([*read[:_SHOWN], *more], 'and')}"
    return Fix(title, Applicability.UNSAFE, (Replace(route, whole),))


def _message(text: str) -> str | None:
    found = next(garbled(text), None)
    if found is not None and LOST not in found[2]:
        start, end, meant = found
        return (
            f"holds text decoded with the wrong encoding, {quote(text[start:end])}"
            f" in {around(text, start, end)}, expected {quote(meant)}"
        )
    start = text.find(LOST) if found is None else found[0]
    if start < 0:
        return None
    end = start + 1 if found is None else found[1]
    return (
        f"holds a replacement character in {around(text, start, end)},"
        " expected the character that was lost"
    )
