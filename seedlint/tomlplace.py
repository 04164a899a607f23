"""On which line each key and list item of a TOML text stands.

The standard parser gives no positions, so a mistake in the settings is looked up here,
in a text already known to be valid TOML: the scan may be lenient and checks nothing.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from seedlint.diagnostic import Route

_BLANK = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|' + r"'''(?:[^']|'(?!''))*'{3,5}" + r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_OTHER = re.compile(r"[^,\]}#\n]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
# Whatever text it is given, each piece is taken once and never given back.
_PIECE = re.compile(
    r'"""(?:[^"\\]+|\\.|"(?!""))*(?:"{3,5})?|' + r"'''(?:[^']+|'(?!''))*(?:'{3,5})?"
    r'|"(?:[^"\\\n]+|\\.)*"?|' + r"'[^'\n]*'?|#[^\n]*|[A-Za-z0-9_-]+|[ \t]+|.",
    re.DOTALL,
)
_MOST_DOTS = 32


def toml_lines(text: str) -> Mapping[Route, int]:
    """The 1-based line of every key and list item of a valid TOML text, by route.

    A table stands where it is first named; ``("overrides", 1, "files", 0)`` is the first
    item of ``files`` in the second ``[[overrides]]``.
    """
    return _Scan(text).run()


def line_of_long_key(text: str) -> int | None:
    """The line of a key of more parts than the parser takes in its stride.

    It takes time and memory that grow with their square: gigabytes for 50 000 of them.
    """
    # No key has a line end in it, so most texts need no second look.
    if all(line.count(".") < _MOST_DOTS for line in text.split("\n")):
        return None
    dots = 0
    for piece in _PIECE.finditer(text):
        first = piece[0][0]
        dots += first == "."
        if dots >= _MOST_DOTS:
            return text.count("\n", 0, piece.start()) + 1
        if not (first in "._-\"' \t" or first.isalnum()):
            dots = 0
    return None


def toml_loads() -> Callable[[str], dict[str, Any]]:
    """The TOML parser, imported when first needed."""
    if sys.version_info >= (3, 11):
        from tomllib import loads
    else:
        from tomli import loads
    return loads


class _Open:
    """A list or an inline table whose end has not been reached."""

    __slots__ = ("close", "count", "route")

    def __init__(self, bracket: str, route: Route) -> None:
        self.close = "]" if bracket == "[" else "}"
        self.route = route
        self.count = 0


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.pos = 0
        self.lines: dict[Route, int] = {}
        self._tables: dict[Route, int] = {}
        self._counted_to = 0
        self._line = 1

    def run(self) -> Mapping[Route, int]:
        table: Route = ()
        self._skip(_BLANK)
        while self.pos < len(self.text):
            if self.text[self.pos] == "[":
                table = self._header()
            else:
                self._value(self._assignment(table))
            self._skip(_BLANK)
        return self.lines

    def _header(self) -> Route:
        """A ``[table]`` or ``[[array of tables]]`` line; the route of what follows."""
        several = self.text.startswith("[[", self.pos)
        self.pos += 2 if several else 1
        route: Route = ()
        keys = self._keys()
        for index, key in enumerate(keys):
            route = (*route, key)
            self._note(route)
            if several and index == len(keys) - 1:
                self._tables[route] = self._tables.get(route, -1) + 1
            if route in self._tables:
                route = (*route, self._tables[route])
                self._note(route)
        self.pos = self.text.index("]", self.pos) + (2 if several else 1)
        return route

    def _assignment(self, table: Route) -> Route:
        """``dotted.key =``: the route of the value that follows."""
        route = table
        for key in self._keys():
            route = (*route, key)
            self._note(route)
        self._skip(_EQUALS)
        return route

    def _keys(self) -> list[str]:
        self._skip(_BLANK)
        keys = [self._key()]
        while (dot := _DOT.match(self.text, self.pos)) is not None:
            self.pos = dot.end()
            keys.append(self._key())
        return keys

    def _key(self) -> str:
        bare = _BARE_KEY.match(self.text, self.pos)
        if bare is not None:
            self.pos = bare.end()
            return bare.group()
        start = self.pos
        self._skip(_STRING)
        key: str = toml_loads()(f"key = {self.text[start : self.pos]}")["key"]
        return key

    def _value(self, route: Route) -> None:
        """Walk over a value with all it holds; a loop, so that no nesting is too deep."""
        waiting: list[_Open] = []
        while True:
            if self.text[self.pos] in "[{":
                waiting.append(_Open(self.text[self.pos], route))
                self.pos += 1
            elif self.text[self.pos] in "\"'":
                self._skip(_STRING)
            else:
                self._skip(_OTHER)
            while waiting:
                self._skip(_BLANK)
                if self.text[self.pos] != waiting[-1].close:
                    break
                self.pos += 1
                waiting.pop()
            if not waiting:
                return
            route = self._member(waiting[-1])

    def _member(self, collection: _Open) -> Route:
        if collection.close == "}":
            return self._assignment(collection.route)
        route = (*collection.route, collection.count)
        collection.count += 1
        self._note(route)
        return route

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.pos)
        if found is not None:
            self.pos = found.end()

    def _note(self, route: Route) -> None:
        self._line += self.text.count("\n", self._counted_to, self.pos)
        self._counted_to = self.pos
        self.lines.setdefault(route, self._line)
