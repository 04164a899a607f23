"""What tells diagnostics apart, and knows them again in the next run."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from seedlint.diagnostic import Diagnostic


def identities(
    diagnostics: Iterable[Diagnostic], mark: Callable[[Diagnostic], str]
) -> Iterator[str]:
    """The mark of each diagnostic; from the second with the same one in a file on, numbered."""
    seen: Counter[tuple[str, str]] = Counter()
    for diagnostic in diagnostics:
        key = diagnostic.place.file, mark(diagnostic)
        seen[key] += 1
        yield key[1] if seen[key] == 1 else f"{key[1]}:{seen[key]}"
