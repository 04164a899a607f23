"""From parser events to a located tree, iteratively and within limits.

ruamel.yaml's C parser (libyaml) hands out events with marks and does not recurse, so no
nesting can overflow a stack; the limits are looked at with every event. What libyaml
refuses although YAML 1.2 allows it (``{k:1}``) is tried again with ruamel.yaml's own
parser. Marks are used by their code-point index only: libyaml's lines also end at NEL,
LS and PS.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from seedlint.locate import Alias, Collection, MappingNode, Node, SequenceNode, Tree
from seedlint.reading import Obstacle, Unreadable
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Callable

    from seedlint.limits import Limits

# libyaml breaks lines at the first three, YAML 1.2 does not; the last it passes over at the
# start, and counts from behind it. Each gets a stand-in of equal length.
_SPECIAL_TO_LIBYAML = ("\x85", "\u2028", "\u2029", "\ufeff")
_FIRST_FOR_PRIVATE_USE = 0xE000
# Text that begins with a question mark or a colon, and URLs: between brackets, libyaml takes
# these characters for indicators whatever follows.
_FLOW_TEXTS = {
    "?": re.compile(r"(?<=[\[{, \t\r\n])\?(?=[^\s,\[\]{}])"),
    ":": re.compile(
        r"(?<=[\[{,]):(?=[^\s,\[\]{}])|(?<=[\[{,][ \t\r\n]):(?=[^\s,\[\]{}])"
        r"|(?<=[\[{ ]http):(?=//)|(?<=[\[{ ]https):(?=//)"
    ),
}
# ruamel.yaml's own parser takes seconds for a megabyte.
_MOST_READ_SLOWLY = 65_536


class Unlocatable(Exception):
    """Neither parser gets through the text: ``start`` is where the first one stopped."""

    def __init__(self, message: str, start: int) -> None:
        super().__init__(message)
        self.start = start


def locate(text: str, limits: Limits, before_retry: Callable[[], None] | None = None) -> Tree:
    """The located tree of a block.

    ``before_retry`` is called before the second parser, which is a hundred times slower, tries
    what the first one refused; what it raises is raised. Raises :class:`Unreadable` for an
    exceeded limit or an alias that cannot be followed, :class:`Unlocatable` for text neither
    parser can read.
    """
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    given, originals = _with_stand_ins(text)
    try:
        try:
            root = _build(_native_events(given), limits)
        except YAMLError:
            if len(given) > _MOST_READ_SLOWLY:
                raise
            if before_retry is not None:
                before_retry()
            root = _build(_pure_events(given), limits)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = min(mark.index, len(text)) if mark is not None else 0
        raise Unlocatable(str(error.problem or error.context), at) from error
    except Unreadable:
        raise
    except Exception as error:
        # ruamel.yaml's own parser has no list of what it raises: `%YAML 1.3` is an assertion.
        raise Unlocatable(str(error), 0) from error
    tree = Tree(root, text)
    if originals or "\\ud" in text or "\\uD" in text:
        _restore(root, originals)
    return tree


def _with_stand_ins(text: str) -> tuple[str, dict[int, int]]:
    """A text for libyaml, and what its stand-ins are for: they do not occur in the text."""
    rare = [] if text.isascii() else [char for char in _SPECIAL_TO_LIBYAML if char in text]
    # The URLs of directives are no text.
    has_flow = ("[" in text or "{" in text) and not text.startswith("%")
    flow_texts = _FLOW_TEXTS.items() if has_flow else ()
    begun = [char for char, pattern in flow_texts if char in text and pattern.search(text)]
    if not rare and not begun:
        return text, {}
    used = set(text)
    free = (code for code in count(_FIRST_FOR_PRIVATE_USE) if chr(code) not in used)
    originals = {}
    for char in rare:
        originals[next(free)] = ord(char)
    text = text.translate({char: stand_in for stand_in, char in originals.items()})
    for char in begun:
        stand_in = next(free)
        originals[stand_in] = ord(char)
        text = _FLOW_TEXTS[char].sub(chr(stand_in), text)
    return text, originals


def _native_events(text: str) -> Callable[[], Any]:
    from ruamel.yaml.cyaml import CParser

    # The method keeps the parser alive.
    return cast("Callable[[], Any]", CParser(text).get_event)


def _pure_events(text: str) -> Callable[[], Any]:
    from ruamel.yaml import YAML

    return cast("Callable[[], Any]", iter(YAML(typ="safe", pure=True).parse(text)).__next__)


class _Builder:
    """Puts events together; one instance a text."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.root: Node | None = None
        self.open: list[Collection] = []
        self.keys: list[Node | None] = []
        self.anchors: dict[str, Node] = {}
        self.nodes = 0
        self.aliases = 0

    def start(self, node: Collection) -> None:
        """A collection begins."""
        self.count(node)
        self.open.append(node)
        self.keys.append(None)
        if len(self.open) > self.limits.depth:
            raise _limit(
                f"the block is nested more than {self.limits.depth} levels deep",
                node.start,
                node.start + 1,
            )

    def finish(self, end: int) -> None:
        """The innermost collection ends."""
        node = self.open.pop()
        self.keys.pop()
        if node.style == "flow":
            node.end = end
        self.attach(node)

    def alias(self, name: str, start: int, end: int) -> None:
        """An alias: what it stands for must be complete, and counts again."""
        target = self.anchors.get(name)
        if target is None:
            raise _refused(f"the alias {quote('*' + name)} has no anchor before it", start, end)
        if any(target is collection for collection in self.open):
            raise _refused(
                f"the alias {quote('*' + name)} stands inside what it refers to", start, end
            )
        self.aliases += 1
        if self.aliases > self.limits.aliases:
            raise _limit(f"the block has more than {self.limits.aliases} aliases", start, end)
        if len(self.open) + target.height - 1 > self.limits.depth:
            raise _limit(
                f"with this alias the block is nested more than {self.limits.depth} levels deep",
                start,
                end,
            )
        node = Alias(start, end, target)
        self.count(node)
        self.attach(node)

    def count(self, node: Node) -> None:
        """Take a new node into account."""
        self.nodes += node.size
        if self.nodes > self.limits.nodes:
            raise _limit(
                f"the block has more than {self.limits.nodes} nodes", node.start, node.start + 1
            )
        if node.anchor is not None:
            self.anchors[node.anchor] = node

    def attach(self, node: Node) -> None:
        """Put a complete node where it belongs: it is a key, a value, an item or the root."""
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        parent.size += node.size
        height = node.height
        if height >= parent.height:
            parent.height = height + 1
        if parent.kind == "sequence":
            parent.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            self.keys[-1] = node
        else:
            parent.pairs.append((key, node))
            self.keys[-1] = None
            if len(parent.pairs) > self.limits.keys:
                raise _limit(
                    f"the mapping has more than {self.limits.keys} keys", key.start, key.end
                )


def _build(next_event: Callable[[], Any], limits: Limits) -> Node | None:
    from ruamel.yaml import events

    builder = _Builder(limits)
    attach, most_nodes = builder.attach, limits.nodes
    scalar, mapping, sequence = (
        events.ScalarEvent,
        events.MappingStartEvent,
        events.SequenceStartEvent,
    )
    ends = (events.MappingEndEvent, events.SequenceEndEvent)
    while True:
        event = next_event()
        kind = type(event)
        if kind is scalar:
            # The most frequent event by far: what `count` does, without the call.
            tag = event.tag
            node = Node(
                event.start_mark.index,
                event.end_mark.index,
                event.style or "",
                event.value,
                event.anchor,
                tag if tag is None else str(tag),
            )
            builder.nodes += 1
            if builder.nodes > most_nodes or node.anchor is not None:
                builder.nodes -= 1
                builder.count(node)
            attach(node)
        elif kind is mapping or kind is sequence:
            builder.start(_collection(event, kind is mapping))
        elif kind in ends:
            builder.finish(event.end_mark.index)
        elif kind is events.AliasEvent:
            builder.alias(str(event.anchor), event.start_mark.index, event.end_mark.index)
        elif kind is events.DocumentEndEvent or kind is events.StreamEndEvent:
            return builder.root


def _collection(event: Any, is_mapping: bool) -> Collection:
    make = MappingNode if is_mapping else SequenceNode
    return make(
        event.start_mark.index,
        event.end_mark.index,
        "flow" if event.flow_style else "block",
        event.anchor,
        None if event.tag is None else str(event.tag),
    )


def _limit(message: str, start: int, end: int) -> Unreadable:
    return Unreadable(Obstacle("limits", message, start, end))


def _refused(message: str, start: int, end: int) -> Unreadable:
    return Unreadable(Obstacle("yaml-syntax", message, start, end))


def _restore(root: Node | None, originals: dict[int, int]) -> None:
    stack = [] if root is None else [root]
    while stack:
        node = stack.pop()
        node.value = _joined(node.value.translate(originals))
        stack.extend(node.items)
        for key, value in node.pairs:
            stack.extend((key, value))


def _joined(text: str) -> str:
    """Text with its surrogate pairs, which libyaml leaves as two escapes, made one."""
    if text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
