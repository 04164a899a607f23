"""Exceptions that modules far apart share; most reach whoever uses seedlint."""

from __future__ import annotations


class SeedlintError(Exception):
    """Something a person has to mend before seedlint can run; ``str`` of it says what."""


class UnknownRule(SeedlintError):
    """A name that was given selects no rule; ``parameter`` is what it was given as."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(parameter, message)
        self.parameter = parameter
        self.message = message

    def __str__(self) -> str:
        return self.message


class TooMuchEffort(Exception):
    """A file would take a validator more steps than it may have; no error of a person's."""
