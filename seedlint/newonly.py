"""Which diagnostics a change brings: those of the new state that the old one did not have."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from seedlint.ownwords import INTERNAL_ERROR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seedlint.diagnostic import Diagnostic


def new_diagnostics(
    now: Iterable[Diagnostic], before: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """The diagnostics of a file that it did not have before, wherever they stood.

    Where there are more of a kind than before, those on lines that were there before are
    taken for the old ones.
    """
    # A crash is not the change's doing, but must be seen.
    before = [each for each in before if each.rule != INTERNAL_ERROR]
    on_lines = Counter((each.fingerprint, each.place.line_text) for each in before)
    known = Counter(each.fingerprint for each in before)
    doubtful = []
    for diagnostic in now:
        here = diagnostic.fingerprint, diagnostic.place.line_text
        if on_lines[here] > 0:
            on_lines[here] -= 1
            known[diagnostic.fingerprint] -= 1
        else:
            doubtful.append(diagnostic)
    for diagnostic in doubtful:
        if known[diagnostic.fingerprint] > 0:
            known[diagnostic.fingerprint] -= 1
        else:
            yield diagnostic
