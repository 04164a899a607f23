"""What seedlint finds that no rule does: a rule's crash, and findings that are too many."""

from __future__ import annotations

from seedlint.diagnostic import About, Problem
from seedlint.wording import shorten

INTERNAL_ERROR = "internal-error"
LIMITS = "limits"
MOST_FINDINGS = 1000
"""How many problems a rule may report in one file; that there are more is one itself."""


def unsaid(rule: str) -> str:
    """What is said of the findings of a rule that are left out."""
    return (
        f"the rule {rule} finds more than {MOST_FINDINGS} problems in this file, the others are "
        "left out"
    )


def crash(rule: str, error: Exception) -> Problem:
    """The problem that a rule crashed."""
    import traceback

    from seedlint.plugins import plugin_of

    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "?"
    plugin = plugin_of(rule)
    whose = "seedlint" if plugin is None else f"the plug-in {plugin}"
    return Problem(
        (),
        f'the rule "{rule}" crashed: {type(error).__name__}: {shorten(str(error), 120)}',
        notes=(
            f"this is a bug in {whose} ({where}); please report it with this message, the "
            f"file and the output of `seedlint --version`; `--ignore {rule}` leaves it out",
        ),
        rule=INTERNAL_ERROR,
        about=About(rule),
    )
