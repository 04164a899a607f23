"""Ignores that silence nothing."""

from __future__ import annotations

from seedlint.diagnostic import Applicability, Severity
from seedlint.rule import EngineRule


class UnusedIgnore(EngineRule):
    """An inline ignore has no effect.

    ## What it finds
    In comments `# seedlint: ignore[…]` and `# seedlint: ignore-file[…]`: rules that find
    nothing there, names no rule has, an ignore that names no rule, and an `ignore-file`
    below the first key. An ignore of a rule that did not run is left alone.

    ## Why it matters
    An ignore that outlives its reason hides the next, real problem, and one with a slip in
    the name never worked.

    ## Example
    ```yaml
    title: Ferries return   # seedlint: ignore[html-entty]
    ```

    ## Fix
    Removes the name of a rule that finds nothing; with the only name of a comment, all of
    the comment, its reason included, and the line if nothing else is on it. Only comments
    change, and what they silenced is not there, so the fix is safe.

    Replaces an unknown name by the one the message suggests. That is a guess, so unsafe.

    A comment that names no rule, is not understood or stands in the wrong place was meant
    for something: correct it. So was a second list of names in one comment; with it, the
    only name of the first stays. And so does a comment below a block of text (`|` or `>`)
    if what follows might become part of the text without it.
    """

    severity = Severity.WARNING
    fixes = (Applicability.SAFE, Applicability.UNSAFE)
