"""Keys that a mapping has twice."""

from __future__ import annotations

from seedlint.diagnostic import Severity
from seedlint.rule import ReadingRule


class DuplicateKey(ReadingRule):
    """A mapping has the same key twice.

    ## What it finds
    A key that occurs again in the same mapping, with the first occurrence as related place.
    Quotes make no difference: `title` and `"title"` are the same key.

    ## Why it matters
    YAML forbids it, and readers disagree: some take the first value, some the last, some
    refuse the file. One of the two values is lost for somebody.

    ## Example
    ```yaml
    title: Ferries return
    title: Ferries return to the old harbour
    ```

    ## Fix
    Remove the one that is wrong; which one that is, only a person can say. This rule cannot
    be switched off.
    """

    severity = Severity.ERROR
