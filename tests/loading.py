"""What several tests ask of the two ways to load a block, and of trees."""

from __future__ import annotations

from typing import Any

from seedlint.events import locate
from seedlint.limits import Limits
from seedlint.load import load
from seedlint.locate import BLOCK, Node, Tree
from seedlint.reading import Unreadable
from seedlint.slow_load import load_slowly

LIMITS = Limits()
KEYS_NOT_TEXT = "keys that are not text"


def verdict(text: str, slowly: bool) -> Any:
    """The data as a path reads it, or why it does not; NaN-proof."""
    try:
        data = load_slowly(text, LIMITS)[0] if slowly else load(text.encode(), text, LIMITS)[0]
    except Unreadable as error:
        return f"refused by {error.obstacles[0].rule}"
    return repr(text_keys(data))


def text_keys(data: Any) -> Any:
    """Data as a contract sees it: what is not text as a key sends a file to the slow path."""
    if isinstance(data, dict):
        if any(type(key) is not str for key in data):
            return KEYS_NOT_TEXT
        return {key: text_keys(value) for key, value in data.items()}
    return [text_keys(item) for item in data] if isinstance(data, list) else data


def shape(node: Node) -> Any:
    """All there is to know of a tree."""
    return (
        (node.kind, node.start, node.end, node.style, node.value, node.anchor, node.tag),
        (node.size, node.height),
        [(shape(key), shape(value)) for key, value in node.pairs],
        [shape(item) for item in node.items],
    )


def means(tree: Tree, node: Node) -> bool:
    """Whether what stands where a scalar is said to stand is that scalar, read by itself."""
    cut = tree.text[node.start : node.end]
    if not cut.strip(" \t\r\n"):
        return node.value == ""
    if node.style in BLOCK and any(char.isdigit() for char in cut.partition("\n")[0]):
        return True  # how far it is indented is counted from what stands around it
    if (node.value[-1:] in ("", ":") and not node.style) or ":" in (node.anchor or ""):
        return True  # what it is hangs on what follows; parsers differ on where an anchor ends
    # Not at the start of a line, where `---` would mean something else.
    again = locate(f" {cut}", LIMITS).root
    assert again is not None
    if node.style in BLOCK:
        return again.value.rstrip("\n") == node.value.rstrip("\n")
    # Parsers may begin a scalar behind its tag, where an anchor comes next.
    if "!" in cut and again.tag != node.tag and node.tag != "!":
        return False
    return (again.style, again.value, again.anchor) == (node.style, node.value, node.anchor)
