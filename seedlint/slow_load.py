"""The slow path: a block's data from its located tree, and why a block is refused."""

from __future__ import annotations

import json
import re
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

import yaml_rs

from seedlint.core_schema import TooManyDigits, construct, resolve
from seedlint.events import Unlocatable, locate
from seedlint.limits import MOST_DIGITS
from seedlint.load import Doubt, is_marked, is_shallow, screen, with_line_end
from seedlint.locate import BLOCK, MERGE, Node, Tree, merged
from seedlint.reading import Obstacle, Unreadable
from seedlint.source import Source
from seedlint.syntaxwords import explained
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.limits import Limits

_DIGITS = re.compile(r"(?<=0x)[0-9a-fA-F]+|[0-9]+")
_PLACE = re.compile(r"line (\d+), column (\d+)")
_INDENTED = re.compile(r"(?<=[\r\n]) ")
# What yaml-rs says where the tree may say more, or where it may be wrong; see `_easier`.
_UNKNOWN_ANCHOR = "unknown anchor"
_OTHER_WORDS = (_UNKNOWN_ANCHOR, "multiline quoted scalar", "valid YAML whitespace")
_LARGE = 50_000
_TAG = re.compile(r"'(!!\w+)'")
_CORE_TAG = "tag:yaml.org,2002:"
_CORE_SCALARS = frozenset(("str", "int", "float", "bool", "null"))
_NO_KEY = "a key must be text, not a list or a mapping"
_TEMPLATE = 'a value that begins with "{{" needs quotes'


def load_slowly(text: str, limits: Limits) -> tuple[Any, Tree | None]:
    """The data of a block by the core schema, from its located tree.

    Where neither parser that gives places can read what yaml-rs accepts, the data are
    yaml-rs's and there is no tree. Raises :class:`Unreadable`.
    """
    text = with_line_end(text)
    try:
        tree = _tree(text, limits)
    except Unlocatable as error:
        if not _is_harmless(text, limits):
            raise Unreadable(explained(str(error), error.start, text)) from error
        return _decided(None, _verdict(text)), None
    _require_plain_keys(tree)
    for _, node in chain(tree.scalars(), tree.named()):
        if node.tag is not None or len(node.value) > limits.digits:
            # Says where it stands, if it is wrong; yaml-rs would not.
            _require_few_digits(node, _scalar(node), limits.digits)
    duplicates = list(_duplicate_keys(tree))
    if duplicates:
        raise Unreadable(*duplicates)
    # Within limits now, so the fast loader is safe to ask whether all of it is YAML 1.2.
    fast = _verdict(text, tree)
    return (None if tree.root is None else _construct(tree.root, fast)), tree


def _tree(text: str, limits: Limits) -> Tree:
    before_retry = partial(_require_syntax, text, limits)
    if is_marked(text):
        from seedlint.marks import locate_marked

        return locate_marked(text, limits, before_retry)
    return locate(text, limits, before_retry)


def _is_harmless(text: str, limits: Limits) -> bool:
    """Whether yaml-rs can be asked about a block of which nothing else is known."""
    raw = text.encode()
    return screen(raw, limits) is not Doubt.DANGER or is_shallow(raw, limits)


def _require_syntax(text: str, limits: Limits) -> None:
    """Refuse what yaml-rs refuses, with a place that says all there is to say.

    What it may refuse without cause is tried again; with the time that takes in mind, only
    where the block is not very large.
    """
    if _is_harmless(text, limits):
        try:
            yaml_rs.loads(text, parse_datetime=False)
        except yaml_rs.YAMLDecodeError as error:
            message = str(error)
            retried = _OTHER_WORDS if len(text) < _LARGE else (_UNKNOWN_ANCHOR,)
            if _PLACE.search(message) and not any(words in message for words in retried):
                raise Unreadable(_syntax_error(text, message)) from error
        except TypeError:
            pass  # a list within a key


def _verdict(text: str, tree: Tree | None = None) -> Any:
    """The data that yaml-rs gives; with a tree, also where it refuses what it should not."""
    try:
        try:
            return yaml_rs.loads(text, parse_datetime=False)
        except yaml_rs.YAMLDecodeError:
            easier = text if tree is None else _easier(text, tree)
            if easier == text:
                raise
            return yaml_rs.loads(easier, parse_datetime=False)
    except yaml_rs.YAMLDecodeError as error:
        raise Unreadable(_syntax_error(text, str(error))) from error
    except TypeError as error:
        # A list within a key, which Python cannot hash.
        raise Unreadable(Obstacle("yaml-syntax", _NO_KEY, 0, 0)) from error


def _easier(text: str, tree: Tree) -> str:
    """The same without two forms that YAML and everybody else allow, and yaml-rs does not.

    These are a tab between a key and its value, and a quoted value whose further lines stand
    one column to the right of the key. Lines keep their numbers.
    """
    parts: list[str] = []
    done = 0
    for key, value in _pairs(tree):
        gap = text[key.end : value.start]
        if "\t" in gap and "\n" not in gap and "\r" not in gap:
            parts += (text[done : key.end], gap.replace("\t", " "))
            done = value.start
        if value.style in ("'", '"'):
            parts += (text[done : value.start], _INDENTED.sub("  ", text[value.start : value.end]))
            done = value.end
    return "".join((*parts, text[done:]))


def _pairs(tree: Tree) -> Iterator[tuple[Node, Node]]:
    """Every key and its value, in the order of the text."""
    stack: list[Node | tuple[Node, Node]] = [] if tree.root is None else [tree.root]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            yield node
            stack.append(node[1])
        else:
            stack.extend(reversed(node.items))
            stack.extend(reversed(node.pairs))


def _syntax_error(text: str, message: str) -> Obstacle:
    place = _PLACE.search(message)
    tag = _TAG.search(message)
    # An error about a tag has no place, but names the tag.
    at = max(text.find(tag[1]), 0) if tag is not None else 0
    if place is not None:
        source = Source("", text)
        line = min(int(place[1]), source.line_count)
        at = min(source.line_start(line) + int(place[2]) - 1, len(text))
    return explained(message.strip().rpartition("\n")[2], at, text)


def _require_plain_keys(tree: Tree) -> None:
    for _, key in tree.named():
        if key.resolved.kind != "scalar":
            notes = (_TEMPLATE,) if tree.text[key.start - 1 : key.start + 1] == "{{" else ()
            raise Unreadable(Obstacle("yaml-syntax", _NO_KEY, *_edge(key), notes))


def _edge(node: Node) -> tuple[int, int]:
    return node.start, max(node.end, node.start)


def _duplicate_keys(tree: Tree) -> Iterator[Obstacle]:
    """Keys that occur again: by value, as yaml-rs compares them, or by text, as in JSON.

    yaml-rs takes `1`, `1.0` and `true` for the same.
    """
    stack = [] if tree.root is None else [tree.root]
    while stack:
        node = stack.pop()
        stack.extend(reversed(node.items))
        stack.extend(value for _, value in reversed(node.pairs))
        first: dict[Any, Node] = {}
        for key, _ in node.pairs:
            names = (_scalar(key.resolved), ("text", key.resolved.value))
            earlier = first.get(names[0]) or first.get(names[1])
            if earlier is not None:
                yield _duplicate(key, earlier)
            first.update(dict.fromkeys((name for name in names if name not in first), key))


def _duplicate(key: Node, earlier: Node) -> Obstacle:
    name = quote(key.resolved.value)
    other = quote(earlier.resolved.value)
    return Obstacle(
        "duplicate-key",
        f"the key {name} occurs twice in one mapping, expected once"
        if name == other
        else f"the key {name} is the same as {other} to many readers, expected one of them",
        key.start,
        key.end,
        related=((earlier.start, earlier.end, "first here"),),
    )


def _construct(node: Node, fast: Any) -> Any:
    """The data of a node, given what yaml-rs made of it.

    yaml-rs is right about text and about what is nested in what; the core schema is right
    about which plain scalars are numbers, and merge keys are applied.
    """
    node = node.resolved
    if node.kind == "scalar":
        own = _scalar(node)
        if own == "" and node.style in BLOCK and fast == "\n":
            return own  # at the very end, yaml-rs takes it for a line break
        return own if _same_kind(own, fast) and not isinstance(own, str) else _decided(own, fast)
    if node.kind == "sequence":
        if not isinstance(fast, list) or len(fast) != len(node.items):
            return _decided([], fast)
        return [_construct(item, made) for item, made in zip(node.items, fast, strict=True)]
    if isinstance(fast, (set, frozenset)):
        return dict.fromkeys(key.resolved.value for key, _ in node.pairs)
    if not isinstance(fast, dict) or len(fast) != len(node.pairs):
        return _decided({}, fast)
    return _mapping(node, fast)


def _same_kind(own: Any, fast: Any) -> bool:
    return isinstance(fast, (dict, list, set)) is isinstance(own, (dict, list, set))


def _decided(own: Any, fast: Any) -> Any:
    """What yaml-rs made of a node that the tree reads otherwise, with text as keys."""
    if isinstance(fast, dict):
        return {_key_text(key): _decided(None, value) for key, value in fast.items()}
    if isinstance(fast, list):
        return [_decided(None, value) for value in fast]
    if isinstance(own, str) and not isinstance(fast, str):
        return own
    # To YAML, a set is a mapping of nulls.
    return dict.fromkeys(sorted(map(str, fast))) if isinstance(fast, (set, frozenset)) else fast


def _key_text(key: Any) -> str:
    return key if isinstance(key, str) else json.dumps(key, default=str)


def _mapping(node: Node, fast: dict[Any, Any]) -> dict[str, Any]:
    own: dict[str, Any] = {}
    merges: list[Any] = []
    for (key, value), (made_key, made) in zip(node.pairs, fast.items(), strict=True):
        if key.is_merge_key:
            _require_mappings(node, key)
            sources = made if isinstance(made, list) else [made]
            nodes = list(merged(node))
            merges.extend(
                _construct(source, part) for source, part in zip(nodes, sources, strict=True)
            )
        else:
            name = made_key if isinstance(made_key, str) else key.resolved.value
            # Another key: the tree is of what is no YAML 1.2, as for ":a" in a flow mapping.
            is_same = name == key.resolved.value
            own[name] = _construct(value, made) if is_same else _decided(None, made)
    for source in merges:
        own = {**source, **own}
    return own


def _require_mappings(mapping: Node, key: Node) -> None:
    if any(source.kind != "mapping" for source in merged(mapping)):
        raise Unreadable(
            Obstacle(
                "yaml-syntax",
                f'what "{MERGE}" merges must be a mapping or a list of mappings',
                *_edge(key),
            )
        )


def _require_few_digits(node: Node, value: Any, most: int) -> None:
    if type(value) not in (int, float):
        return
    run = max(map(len, _DIGITS.findall(node.value)), default=0)
    if run > most:
        message = f"the number has more than {most} digits"
        raise Unreadable(Obstacle("limits", message, node.start, node.end))


def _scalar(node: Node) -> Any:
    tag = (node.tag or "").removeprefix(_CORE_TAG)
    try:
        if tag in _CORE_SCALARS and node.tag != tag:
            return construct(tag, node.value)
        return resolve(node.value) if not node.style and not tag else node.value
    except TooManyDigits as error:
        raise Unreadable(
            Obstacle(
                "limits", f"the number has more than {MOST_DIGITS} digits", node.start, node.end
            )
        ) from error
    except ValueError as error:
        raise Unreadable(Obstacle("yaml-syntax", str(error), node.start, node.end)) from error
