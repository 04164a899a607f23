"""unused-ignore"""

from __future__ import annotations

from seedlint.diagnostic import Severity
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
    Remove the comment, or correct the name.
    """

    severity = Severity.WARNING
