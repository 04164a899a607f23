"""Which diagnostics a change brings: those of the new state that the old one did not have."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from seedlint.check import INTERNAL_ERROR

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
    before = list(before)
    on_lines = Counter((_identity(each), each.place.line_text) for each in before)
    known = Counter(map(_identity, before))
    doubtful = []
    for diagnostic in now:
        here = _identity(diagnostic), diagnostic.place.line_text
        if on_lines[here] > 0:
            on_lines[here] -= 1
            known[here[0]] -= 1
        else:
            doubtful.append(diagnostic)
    for diagnostic in doubtful:
        if known[_identity(diagnostic)] > 0 and diagnostic.rule != INTERNAL_ERROR:
            known[_identity(diagnostic)] -= 1
        else:
            yield diagnostic


def _identity(diagnostic: Diagnostic) -> tuple[str, str, str]:
    steps = ("*" if step.isdigit() else step for step in diagnostic.pointer.split("/"))
    mark = diagnostic.fingerprint or "/".join(steps)
    return diagnostic.rule, mark, "" if diagnostic.fingerprint else diagnostic.message
