"""The slow path: a block's data from its located tree, and why a block is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml_rs

from seedlint.core_schema import TooManyDigits, construct, resolve
from seedlint.events import Unlocatable, locate
from seedlint.limits import MOST_DIGITS
from seedlint.load import Doubt, screen
from seedlint.locate import BLOCK, MERGE, Node, Tree, merged
from seedlint.reading import Obstacle, Unreadable
from seedlint.source import Source
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.limits import Limits

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


def load_slowly(text: str, limits: Limits) -> tuple[Any, Tree | None]:
    """The data of a block by the core schema, from its located tree.

    Where neither parser that gives places can read what yaml-rs accepts, the data are
    yaml-rs's and there is no tree. Raises :class:`Unreadable`.
    """
    try:
        tree = locate(text, limits)
    except Unlocatable as error:
        if screen(text.encode(), limits) is Doubt.DANGER:
            raise Unreadable(_obstacle(str(error), error.start, text)) from error
        return _verdict(text), None
    _require_plain_keys(tree)
    duplicates = list(_duplicate_keys(tree))
    if duplicates:
        raise Unreadable(*duplicates)
    data = None if tree.root is None else _construct(tree.root)
    # Within limits now, so the fast loader is safe to ask whether all of it is YAML 1.2.
    fast = _verdict(text)
    # Only YAML 1.2 lets a block scalar at the root stand without indentation.
    return (fast if tree.root is not None and tree.root.style in BLOCK else data), tree


def _verdict(text: str) -> Any:
    try:
        return yaml_rs.loads(text, parse_datetime=False)
    except yaml_rs.YAMLDecodeError as error:
        raise Unreadable(_syntax_error(text, str(error))) from error


def explained(text: str, error: Exception, limits: Limits) -> Unreadable:
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
            # By value, as YAML has it, and by text, as JSON will: `1` and `"1"` clash there.
            names = (_scalar(key.resolved), ("text", key.resolved.value))
            earlier = first.get(names[0]) or first.get(names[1])
            if earlier is not None:
                yield Obstacle(
                    "duplicate-key",
                    f"the key {quote(key.resolved.value)} occurs twice in one mapping",
                    key.start,
                    key.end,
                    related=((earlier.start, earlier.end, "first here"),),
                )
            first.update(dict.fromkeys((name for name in names if name not in first), key))


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
