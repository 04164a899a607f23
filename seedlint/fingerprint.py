"""What a finding is recognised by, wherever it moves within its file.

A fingerprint is a hash over the rule, the route with all list items alike, and the offending
value. Lines, columns and the words of the message have no part in it, nor has the order of
keys and list items. It is the same in every version of Python, and stands in baselines and in
what other tools keep: to change it is to have all that come back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.diagnostic import Place, Problem, Route

_SIZE = 8
_LONGEST_LINE = 400


class Fingerprints:
    """The fingerprints of the problems of one document."""

    def __init__(self, data: Any) -> None:
        self._data = data
        # By identity: one collection may be part of many values.
        self._digests: dict[int, str] = {}

    def of(self, rule: str, problem: Problem) -> str:
        """The fingerprint of a problem that a rule of this name found."""
        about = problem.about
        if about is None:
            value = self._value(problem.route)
            if problem.part == "key" and isinstance(value, (dict, list)):
                # It is the key that offends: it does so whatever is added below it.
                value = None
            return _hashed(rule, problem.route, canonical(value, self._digests))
        route = problem.route if about.route is None else about.route
        return _hashed(rule, route, canonical(about.value))

    def _value(self, route: Route) -> Any:
        """The value at a route, or as far as it leads."""
        value = self._data
        for step in route:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                break
        return value


def fingerprint_of_text(rule: str, text: str) -> str:
    """The fingerprint of what a rule has to say about a piece of a file's text."""
    return _hashed(rule, (), canonical(text))


def fingerprint_of_line(rule: str, place: Place) -> str:
    """The fingerprint of what a rule has to say about a line, wherever that is moved."""
    line = place.line_text
    if len(line) > _LONGEST_LINE:
        # All of a file may be on one line, and much be wrong with it.
        middle = place.span.column - 1
        line = line[max(0, middle - _LONGEST_LINE // 2) : middle + _LONGEST_LINE // 2]
    return fingerprint_of_text(rule, line.strip())


def canonical(value: Any, digests: dict[int, str] | None = None) -> str:
    """A text that is equal for equal values only: ``1``, ``"1"`` and ``true`` are not.

    The order of keys and of list items makes no difference. ``digests`` are those of
    collections that are known to stay as they are, and takes in more.
    """
    if isinstance(value, (dict, list)):
        known = digests.get(id(value)) if digests is not None else None
        if known is None:
            known = _collection(value, digests)
            if digests is not None:
                digests[id(value)] = known
        return known
    # In decimal, Python refuses numbers of thousands of digits.
    return hex(value) if type(value) is int else ascii(value)


def _collection(value: Any, digests: dict[int, str] | None) -> str:
    if isinstance(value, dict):
        kind = "mapping"
        parts = [f"{key!a}: {canonical(item, digests)}" for key, item in value.items()]
    else:
        kind = "list"
        parts = [canonical(item, digests) for item in value]
    text = "\n".join(sorted(parts))
    return f"{kind} {_digest(text)}"


def _hashed(rule: str, route: Sequence[str | int], value: str) -> str:
    alike = [None if isinstance(step, int) else step for step in route]
    return _digest(f"{rule}\n{alike!a}\n{value}")


def _digest(text: str) -> str:
    # Only a run that finds something needs it, and it takes milliseconds to import.
    from hashlib import blake2b

    return blake2b(text.encode("ascii"), digest_size=_SIZE).hexdigest()
