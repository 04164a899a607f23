"""What is said of a file that cannot be read as intended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.diagnostic import Diagnostic
from seedlint.frontmatter import decode
from seedlint.rule import all_rules
from seedlint.source import Source

if TYPE_CHECKING:
    from seedlint.profile import Profile
    from seedlint.reading import Obstacle, Unreadable

_LONGEST_CHARACTER = 4


def refusals(error: Unreadable, raw: bytes, file: str, profile: Profile) -> tuple[Diagnostic, ...]:
    """The diagnostics of what stands in the way of reading a file, in its order."""
    source = Source(file, decode(_as_far_as(raw, error)))
    found = (_refusal(obstacle, source, profile) for obstacle in error.obstacles)
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key))


def _as_far_as(raw: bytes, error: Unreadable) -> bytes:
    """A file up to the last line that an error speaks of: the rest may be most of it."""
    ends = [end for each in error.obstacles for end in (each.end, *(o[1] for o in each.related))]
    line_end = raw.find(b"\n", _LONGEST_CHARACTER * (max(ends, default=0) + 1))
    return raw if line_end < 0 else raw[: line_end + 1]


def _refusal(obstacle: Obstacle, source: Source, profile: Profile) -> Diagnostic:
    return Diagnostic(
        obstacle.rule,
        profile.severity(obstacle.rule, all_rules()[obstacle.rule].severity),
        source.place(obstacle.start, obstacle.end),
        "",
        obstacle.message,
        obstacle.notes,
        tuple(source.place(start, end, message) for start, end, message in obstacle.related),
    )
