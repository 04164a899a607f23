"""What is said of a file that cannot be read as intended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.diagnostic import Diagnostic
from seedlint.fingerprint import fingerprint_of_line
from seedlint.frontmatter import decode
from seedlint.rule import all_rules
from seedlint.source import Source

if TYPE_CHECKING:
    from seedlint.profile import Profile
    from seedlint.reading import Obstacle, Unreadable

_LONGEST_CHARACTER = 4
# Nobody sees more of a line behind what it is about, and what is said is kept in the cache.
_MOST_BEHIND = 1 << 20


def refusals(error: Unreadable, raw: bytes, file: str, profile: Profile) -> tuple[Diagnostic, ...]:
    """The diagnostics of what stands in the way of reading a file, in its order."""
    source = Source(file, decode(_as_far_as(raw, error)))
    found = (_refusal(obstacle, source, profile) for obstacle in error.obstacles)
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key))


def _as_far_as(raw: bytes, error: Unreadable) -> bytes:
    """A file up to the last line that an error speaks of: the rest may be most of it."""
    ends = [end for each in error.obstacles for end in (each.end, *(o[1] for o in each.related))]
    behind = _LONGEST_CHARACTER * (max(ends, default=0) + 1)
    line_end = raw.find(b"\n", behind, behind + _MOST_BEHIND)
    return raw[: behind + _MOST_BEHIND if line_end < 0 else line_end + 1]


def _refusal(obstacle: Obstacle, source: Source, profile: Profile) -> Diagnostic:
    place = source.place(obstacle.start, obstacle.end)
    return Diagnostic(
        obstacle.rule,
        profile.severity(obstacle.rule, all_rules()[obstacle.rule].severity),
        place,
        "",
        obstacle.message,
        obstacle.notes,
        tuple(source.place(start, end, message) for start, end, message in obstacle.related),
        fingerprint=fingerprint_of_line(obstacle.rule, place),
    )
