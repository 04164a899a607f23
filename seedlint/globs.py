"""Patterns as in ``.gitignore``, compiled to regular expressions.

Hand-written instead of pathspec: a settings file or a ``.gitignore`` is in nearly every
project, and the import would cost more than checking a hundred files. The property tests
hold it against git itself. No pattern makes matching explode: wherever a later wildcard
can take up the rest, the first match of a part is kept (an atomic group).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN = re.compile(r"[^*?\[\\]+\Z")
# What needs no regular expression: one text, or a star before the end of a name.
_SIMPLE = re.compile(r"(?:[^*?\[\\]+|\*[^*?\[\\/]+)\Z")
_MOST_WILD = 1_000
_STAR = "*"
_SLASH = "/"
_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": " \\t",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": " \\t-\\r",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
_NEVER = "(?!)"
_groups = count()


class Glob:
    """One pattern: what it matches, and how the match is meant.

    ``regex`` matches a file's name alone where ``whole_path`` is false (a pattern without
    a slash holds at any depth), else its path relative to where the pattern is written.
    ``literal`` is set where nothing but that text matches, ``ending`` where the pattern is
    one star and that text.
    """

    __slots__ = ("_compiled", "ending", "folders_only", "literal", "negated", "regex", "whole_path")

    def __init__(self, pattern: str) -> None:
        self.negated = pattern.startswith("!")
        pattern = pattern[1:] if self.negated else pattern
        self.folders_only = pattern.endswith("/")
        pattern = pattern[:-1] if self.folders_only else pattern
        self.whole_path = "/" in pattern
        pattern = pattern.removeprefix("/")
        self.literal = pattern if _PLAIN.match(pattern) else None
        self.ending = pattern[1:] if pattern[:1] == "*" and _PLAIN.match(pattern[1:]) else None
        self.regex = _translate(pattern, self.whole_path)
        self._compiled: re.Pattern[str] | None = None

    def matches(self, subject: str) -> bool:
        """Whether the pattern matches a name or path, whichever it is for."""
        if self.literal:
            return subject == self.literal
        if self._compiled is None:
            self._compiled = re.compile(rf"(?:{self.regex})\Z", re.DOTALL)
        return self._compiled.match(subject) is not None

    @property
    def is_broken(self) -> bool:
        """Whether some part of the pattern matches nothing, whatever the path."""
        return _NEVER in self.regex


def too_many(patterns: Iterable[str]) -> str:
    """What is wrong with so many patterns; nothing if they are not too many.

    Each with wildcards is tried on every path.
    """
    wild = sum(_SIMPLE.match(pattern) is None for pattern in patterns)
    return f"more than {_MOST_WILD} patterns with wildcards" if wild > _MOST_WILD else ""


@lru_cache(maxsize=512)
def compiled(regex: str) -> re.Pattern[str]:
    """The compiled regular expression, for a full match."""
    return re.compile(rf"(?:{regex})\Z", re.DOTALL)


def _translate(pattern: str, whole_path: bool) -> str:
    parts: list[list[str]] = [[]]
    for token in _tokens(pattern):
        if token == _SLASH:
            parts.append([])
        else:
            parts[-1].append(token)
    if not whole_path:
        return _part(parts[0])
    return _path(
        [None if len(part) > 1 and set(part) == {_STAR} else _part(part) for part in parts]
    )


def _path(parts: list[str | None]) -> str:
    """The regex of a path; ``None`` is a ``**``, any number of folders."""
    if parts[-1] is None:
        return _folders(parts[:-1], closed=True) + ".+"
    return _folders(parts[:-1], closed=False) + parts[-1]


def _folders(parts: list[str | None], closed: bool) -> str:
    """The folders a path begins with; ``closed`` where anything may follow them."""
    chunks: list[str] = [""]
    for part in parts:
        if part is not None:
            chunks[-1] += f"{part}/"
        elif chunks[-1] or len(chunks) == 1:
            chunks.append("")
    regex = chunks[0]
    for index, chunk in enumerate(chunks[1:], 2):
        last = index == len(chunks) and not closed
        regex += f"(?:.*/)?{chunk}" if last else _atomic(f"(?:[^/]+/)*?{chunk}")
    return regex


def _part(tokens: list[str]) -> str:
    """The regex of one name in a path; it is never empty."""
    chunks: list[str] = [""]
    for token in tokens:
        if token != _STAR:
            chunks[-1] += token
        elif chunks[-1] or len(chunks) == 1:
            chunks.append("")
    if len(chunks) == 1:
        return chunks[0] or _NEVER
    middle = "".join(_atomic(f"[^/]*?{chunk}") for chunk in chunks[1:-1])
    return f"(?=[^/]){chunks[0]}{middle}[^/]*{chunks[-1]}"


def _atomic(regex: str) -> str:
    # Python 3.10 has no (?>...): a lookahead is atomic, the reference takes what it saw.
    name = f"g{next(_groups)}"
    return f"(?=(?P<{name}>{regex}))(?P={name})"


def _tokens(pattern: str) -> list[str]:
    """Regexes of one character each, and the wildcard and slash tokens."""
    tokens = []
    pos = 0
    while pos < len(pattern):
        char = pattern[pos]
        pos += 1
        if char in "*/":
            tokens.append(char)
        elif char == "?":
            tokens.append("[^/]")
        elif char == "[":
            regex, pos = _bracket(pattern, pos)
            tokens.append(regex)
        elif char == "\\":
            tokens.append(_escaped(pattern[pos : pos + 1]))
            pos += 1
        else:
            tokens.append(re.escape(char))
    return tokens


def _escaped(char: str) -> str:
    if not char:
        return _NEVER  # git: a backslash at the end matches nothing
    return _SLASH if char == "/" else re.escape(char)


def _bracket(pattern: str, pos: int) -> tuple[str, int]:
    """The character class that begins after a ``[``, and where the pattern goes on."""
    negated = pattern[pos : pos + 1] in ("!", "^")
    pos += negated
    first = pos
    members: list[str] = []
    while pos < len(pattern) and (pattern[pos] != "]" or pos == first):
        if pattern.startswith("[:", pos) and (end := pattern.find("]", pos + 2)) >= 0:
            name = pattern[pos + 2 : end]
            if name.endswith(":"):
                if name[:-1] not in _CLASSES:
                    return _NEVER, len(pattern)
                members.append(_CLASSES[name[:-1]])
                pos = end + 1
                continue
        low, pos = _member(pattern, pos)
        if pattern.startswith("-", pos) and pattern[pos + 1 : pos + 2] not in ("", "]"):
            high, pos = _member(pattern, pos + 1)
            if low <= high:
                members.append(f"{re.escape(low)}-{re.escape(high)}")
        members.append(re.escape(low))
    if pos >= len(pattern):
        return _NEVER, pos  # git: a bracket that is never closed matches nothing
    inside = "".join(members)
    if negated:
        return f"[^/{inside}]", pos + 1
    return (f"(?!/)[{inside}]" if inside else _NEVER), pos + 1


def _member(pattern: str, pos: int) -> tuple[str, int]:
    """One character of a class, unescaped, and where the next begins."""
    if pattern[pos] == "\\" and pos + 1 < len(pattern):
        return pattern[pos + 1], pos + 2
    return pattern[pos], pos + 1
