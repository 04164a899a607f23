"""The least input that still fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fuzz.runner import Failure, failure_of

if TYPE_CHECKING:
    from fuzz.runner import Target

_MOST_TRIALS = 2000


def shrunk(target: Target, failure: Failure) -> Failure:
    """A failure of the same kind from as little input as can be found."""
    best = failure
    size = max(len(failure.raw) // 2, 1)
    trials = 0
    while size and trials < _MOST_TRIALS:
        at = 0
        shorter = False
        while at < len(best.raw) and trials < _MOST_TRIALS:
            trials += 1
            found = failure_of(target, best.raw[:at] + best.raw[at + size :])
            if found is not None and found.kind == failure.kind:
                best, shorter = found, True
            else:
                at += size
        if not shorter or size > len(best.raw):
            size = min(size // 2, len(best.raw))
    return best
