"""What stands in the way of reading a file, and where."""

from __future__ import annotations

from typing import NamedTuple


class Obstacle(NamedTuple):
    """One reason a file cannot be read; offsets are code points into the text.

    ``rule`` is the name of a :class:`seedlint.rule.ReadingRule`; ``related`` holds
    ``(start, end, message)`` of other places.
    """

    rule: str
    message: str
    start: int
    end: int
    notes: tuple[str, ...] = ()
    related: tuple[tuple[int, int, str], ...] = ()

    def moved(self, by: int) -> Obstacle:
        """The same obstacle ``by`` code points further on."""
        return Obstacle(
            self.rule,
            self.message,
            self.start + by,
            self.end + by,
            self.notes,
            tuple((start + by, end + by, message) for start, end, message in self.related),
        )


class Unreadable(Exception):
    """A file (or a block of one) cannot be read as intended."""

    def __init__(self, *obstacles: Obstacle) -> None:
        super().__init__("; ".join(obstacle.message for obstacle in obstacles))
        self.obstacles = obstacles

    def moved(self, by: int) -> Unreadable:
        """The same, with every offset ``by`` code points further on."""
        return Unreadable(*(obstacle.moved(by) for obstacle in self.obstacles))
