"""Rules that crash."""

from __future__ import annotations

from seedlint.diagnostic import Severity
from seedlint.rule import EngineRule


class InternalError(EngineRule):
    """A rule crashed on a file: a bug in seedlint.

    ## What it finds
    A check that ended in an error of its own. Everything else still runs; the exit code
    is 2.

    ## Why it matters
    What that rule would have found in the file is unknown.

    ## Example
    `the rule "image-dimensions" crashed: ZeroDivisionError: division by zero`

    ## Fix
    Report it, with the message, the file and the output of `seedlint --version`. Until it is
    mended, leave the rule out with `--ignore`. This rule cannot be switched off.
    """

    severity = Severity.ERROR
    always = True
