"""The fast loader, its pre-screen, and who decides when they differ.

yaml-rs proves a block readable in microseconds. What it would read otherwise than YAML
1.2's core schema (underscores in numbers, merge keys, tags, aliases), or what could hurt
it (deep nesting kills the process), is found by a byte-level screen and loaded from the
located tree instead. yaml-rs has the last word on what is valid YAML either way.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Any

import yaml_rs

from seedlint.core_schema import MOST_DIGITS, TooManyDigits, construct, resolve
from seedlint.events import Unlocatable, locate
from seedlint.locate import MERGE, Node, Tree, merged
from seedlint.reading import Obstacle, Unreadable
from seedlint.source import Source
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.limits import Limits

# A block this small cannot hold more nodes than any sensible limit: two bytes a node.
_BYTES_PER_NODE = 2
_LONG_PREFIX = 4096
# yaml-rs refuses flow nesting near 300 levels cleanly, but dies on "- - - …" at 15 000.
_COMPACT_SEQUENCE = re.compile(rb"-[ \t]+-[ \t]+-[ \t\r\n]")
_COMPLEX_KEY = re.compile(rb"\?(?:(?<=[\s\[{,]\?)|(?<=\A\?))(?=\s)")

# Each pattern begins with one literal character, which re finds at memory speed.
_VALUE_END = rb"(?=[\s,\]}:#]|\Z)"
_UNDERSCORED = re.compile(rb"_(?=[0-9a-fA-F_.+-]*" + _VALUE_END + rb")")
_OTHER_BASE = re.compile(rb"0(?:b[01_]+|[xo](?<=[-+]0[xo])[0-9a-fA-F_]+)" + _VALUE_END)
# An indicator opens a node after a key's colon, a dash, a bracket or a comma, on a line of
# its own, or after another property; not in the middle of prose ("News & Observer").
_BEFORE = rb"(?:(?<=[:\-?,\[{]\s%b)|(?<=\s\s%b)|(?<=[\[{,\n\r]%b)|(?<=\A%b))"
_INDICATORS = tuple(
    (char, re.compile(re.escape(char) + _BEFORE.replace(b"%b", re.escape(char))))
    for char in (b"&", b"*", b"!")
)

_PLACE = re.compile(r"line (\d+), column (\d+)")
_DUPLICATE = "duplicate mapping key"
_CORE_TAG = "tag:yaml.org,2002:"
_CORE_SCALARS = frozenset(("str", "int", "float", "bool", "null"))
_HINTS = (
    ("multiline quoted scalar", "look for a quote that is left open above"),
    ("mapping values are not allowed", 'a value that holds ": " needs quotes'),
    ("did not find expected key", "look for a wrong indentation or a missing quote above"),
    ("unclosed quote", "a quote inside a quoted value must be escaped or doubled"),
    ("unexpected character", "a value that begins with this character needs quotes"),
    ("tabs disallowed", "indent with spaces"),
)


class Doubt(Enum):
    """What the screen thinks of a block."""

    NONE = 0
    SPELLING = 1
    """yaml-rs may read it otherwise than the core schema."""
    DANGER = 2
    """It may exceed a limit; the iterative slow path looks first."""


def screen(raw: bytes, limits: Limits) -> Doubt:
    """What a block's bytes give reason to doubt. Errs on the side of doubt."""
    if _nests_compactly(raw) or _may_exceed(raw, limits):
        return Doubt.DANGER
    if (
        (b"<" in raw and b"<<" in raw)
        or (b"_" in raw and _UNDERSCORED.search(raw) is not None)
        or _OTHER_BASE.search(raw) is not None
        or _has_long_number(raw)
        or any(char in raw and spelled.search(raw) is not None for char, spelled in _INDICATORS)
    ):
        return Doubt.SPELLING
    return Doubt.NONE


def _has_long_number(raw: bytes) -> bool:
    """Whether there may be more digits in a row than a number may have.

    So many cover one of these windows whole, wherever they begin.
    """
    window = MOST_DIGITS // 2
    return any(raw[at : at + window].isdigit() for at in range(0, len(raw), window))


def _nests_compactly(raw: bytes) -> bool:
    """Whether several levels may open on one line: ``- - - a``, ``? - a``."""
    if b"?" in raw and any(_opens_line(raw, key.start()) for key in _COMPLEX_KEY.finditer(raw)):
        return True
    return any(_opens_line(raw, run.start()) for run in _COMPACT_SEQUENCE.finditer(raw))


def _opens_line(raw: bytes, at: int) -> bool:
    """Whether only spaces and indicators stand between the line's start and an offset."""
    line = max(raw.rfind(b"\n", 0, at), raw.rfind(b"\r", 0, at)) + 1
    # A long stretch of indicators is nesting by itself.
    return at - line > _LONG_PREFIX or not raw[line:at].strip(b" \t-?:[{,")


def _may_exceed(raw: bytes, limits: Limits) -> bool:
    """Whether depth or nodes may pass their limits; ``False`` is a proof.

    A block level costs a column, and a sequence may share its key's column: with
    ``indent`` columns at most twice as many levels, and four more on the deepest line.
    """
    indent = limits.depth // 4
    brackets = sum(raw.count(bracket) for bracket in (b"[", b"{") if bracket in raw)
    if brackets > limits.depth - 2 * indent - 4:
        return True
    spaces = b" " * indent
    if b"\n" + spaces in raw or (b"\r" in raw and b"\r" + spaces in raw):
        return True
    if len(raw) < limits.nodes * _BYTES_PER_NODE:
        return False
    most = brackets + 2 * (raw.count(b":") + 1) + raw.count(b",") + raw.count(b"\n")
    return most + raw.count(b"\r") + raw.count(b"- ") > limits.nodes


def load(raw: bytes, text: str, limits: Limits) -> tuple[Any, Tree | None]:
    """The data of a block, and its tree if that had to be built to know.

    ``raw`` and ``text`` are the same block; offsets in the obstacles are into ``text``.
    Raises :class:`Unreadable`.
    """
    if len(raw) > limits.size:
        raise Unreadable(
            Obstacle("limits", f"the block has {len(raw)} bytes, more than {limits.size}", 0, 0)
        )
    if screen(raw, limits) is Doubt.NONE:
        try:
            return yaml_rs.loads(text, parse_datetime=False), None
        except yaml_rs.YAMLDecodeError as error:
            raise _explained(text, error, limits) from error
        except ValueError:
            # A number too long for Python; the slow path says where it stands.
            pass
    return load_slowly(text, limits)


def load_slowly(text: str, limits: Limits) -> tuple[Any, Tree]:
    """The data of a block by the core schema, from its located tree.

    Raises :class:`Unreadable`.
    """
    try:
        tree = locate(text, limits)
    except Unlocatable as error:
        raise _located_refusal(text, error, limits) from error
    _require_plain_keys(tree)
    duplicates = list(_duplicate_keys(tree))
    if duplicates:
        raise Unreadable(*duplicates)
    data = None if tree.root is None else _construct(tree.root)
    # Within limits now, so the fast loader is safe to ask whether all of it is YAML 1.2.
    try:
        yaml_rs.loads(text, parse_datetime=False)
    except yaml_rs.YAMLDecodeError as error:
        raise Unreadable(_syntax_error(text, str(error))) from error
    return data, tree


def _located_refusal(text: str, error: Unlocatable, limits: Limits) -> Unreadable:
    """The refusal of what the slow path cannot read: with yaml-rs's words if it is safe."""
    if screen(text.encode(), limits) is not Doubt.DANGER:
        try:
            yaml_rs.loads(text, parse_datetime=False)
        except (yaml_rs.YAMLDecodeError, ValueError) as fast_error:
            return Unreadable(_syntax_error(text, str(fast_error)))
    return Unreadable(_obstacle(str(error), error.start, text))


def _explained(text: str, error: Exception, limits: Limits) -> Unreadable:
    """Why yaml-rs refused a block: its own words, unless the tree knows better."""
    try:
        tree = locate(text, limits)
    except Unreadable as unreadable:
        return unreadable
    except Unlocatable:
        return Unreadable(_syntax_error(text, str(error)))
    duplicates = list(_duplicate_keys(tree)) if _DUPLICATE in str(error) else []
    return Unreadable(*duplicates or [_syntax_error(text, str(error))])


def _syntax_error(text: str, message: str) -> Obstacle:
    place = _PLACE.search(message)
    at = 0
    if place is not None:
        source = Source("", text)
        line = min(int(place[1]), source.line_count)
        at = min(source.line_start(line) + int(place[2]) - 1, len(text))
    return _obstacle(message.strip().rpartition("\n")[2], at, text)


def _obstacle(message: str, at: int, text: str) -> Obstacle:
    notes = tuple(hint for sign, hint in _HINTS if sign in message)
    end = at + 1 if at < len(text) and text[at] not in "\r\n" else at
    return Obstacle("yaml-syntax", f"not valid YAML: {message}", at, end, notes)


def _require_plain_keys(tree: Tree) -> None:
    for _, key in tree.named():
        if key.resolved.kind != "scalar":
            raise Unreadable(
                Obstacle(
                    "yaml-syntax",
                    "a key must be text, not a list or a mapping",
                    *_edge(key),
                )
            )


def _edge(node: Node) -> tuple[int, int]:
    return node.start, max(node.end, node.start)


def _duplicate_keys(tree: Tree) -> Iterator[Obstacle]:
    stack = [] if tree.root is None else [tree.root]
    while stack:
        node = stack.pop()
        stack.extend(reversed(node.items))
        stack.extend(value for _, value in reversed(node.pairs))
        first: dict[Any, Node] = {}
        for key, _ in node.pairs:
            name = _scalar(key.resolved)
            if name in first:
                yield Obstacle(
                    "duplicate-key",
                    f"the key {quote(key.resolved.value)} occurs twice in one mapping",
                    key.start,
                    key.end,
                    related=((first[name].start, first[name].end, "first here"),),
                )
            else:
                first[name] = key


def _construct(node: Node) -> Any:
    node = node.resolved
    if node.kind == "scalar":
        return _scalar(node)
    if node.kind == "sequence":
        return [_construct(item) for item in node.items]
    own = {
        key.resolved.value: _construct(value) for key, value in node.pairs if not key.is_merge_key
    }
    for source in merged(node):
        if source.kind != "mapping":
            raise Unreadable(
                Obstacle(
                    "yaml-syntax",
                    f'what "{MERGE}" merges must be a mapping or a list of mappings',
                    *_edge(_merge_key(node)),
                )
            )
        own = {**_construct(source), **own}
    return own


def _merge_key(mapping: Node) -> Node:
    return next(key for key, _ in mapping.pairs if key.is_merge_key)


def _scalar(node: Node) -> Any:
    tag = (node.tag or "").removeprefix(_CORE_TAG)
    try:
        if tag in _CORE_SCALARS and node.tag != tag:
            return construct(tag, node.value)
        return resolve(node.value) if not node.style and not tag else node.value
    except TooManyDigits as error:
        raise Unreadable(
            Obstacle(
                "limits",
                f"the number has more than {MOST_DIGITS} digits",
                node.start,
                node.end,
            )
        ) from error
    except ValueError as error:
        raise Unreadable(Obstacle("yaml-syntax", str(error), node.start, node.end)) from error
