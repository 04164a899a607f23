"""Changes of any block, made and held against what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from typing import Any

from seedlint.changed_data import agrees
from seedlint.changes import Change, Insert, Quote, Remove, Rename, Replace, Sort
from seedlint.edits import Editor
from seedlint.events import Unlocatable, locate
from seedlint.load import load
from seedlint.locate import Tree
from seedlint.reading import Unreadable
from seedlint.slow_load import load_slowly
from tests.loading import LIMITS
from tests.scalar_documents import some_text
from tests.support import profile

CONTRACT = profile().contract
# A block never holds these: seedlint.frontmatter sees to it.
MARKER = re.compile(r"(?:\A|[\r\n])(?:---|\.\.\.)(?=[ \t\r\n]|\Z)")


def changed(text: str, data: Any, tree: Tree, changes: Sequence[Change]) -> str | None:
    """A block after changes, if they can be made; its data are what they say."""
    edits = Editor(tree, CONTRACT).edits(changes)
    if edits is None:
        return None
    parts, at = [], 0
    for start, end, new in edits:
        assert start >= at
        parts += [text[at:start], new]
        at = end
    after = "".join((*parts, text[at:]))
    assert not MARKER.search(after)
    assert agrees(data, changes, load_slowly(after, LIMITS)[0])
    assert not has_text_keys(fast := data_of(after)) or agrees(data, changes, fast)
    return after


def data_of(text: str) -> Any:
    """The data of a block, as it is loaded."""
    return load(text.encode(), text, LIMITS)[0]


def has_text_keys(data: Any) -> bool:
    """Whether the fast loader decides: what has other keys is loaded slowly."""
    if isinstance(data, dict):
        return all(isinstance(key, str) and has_text_keys(data[key]) for key in data)
    return not isinstance(data, list) or all(map(has_text_keys, data))


def some_change(random: Random, tree: Tree, data: Any) -> Change | None:
    """A change somewhere in a block, if there is one of the kind."""
    routes = [(), *(route for route, _ in tree.named()), *(r for r, _ in tree.scalars())]
    route = random.choice(routes)
    value = data
    for step in route:
        try:
            value = value[step]
        except (LookupError, TypeError):
            return None  # read otherwise than it is located, as `[?]`
    kind = random.choice((Replace, Rename, Insert, Remove, Remove, Quote, Sort))
    if isinstance(value, dict) and kind is Insert:
        return Insert((*route, random.choice(("title", "zz"))), some_text(random))
    if isinstance(value, dict) and kind is Sort:
        return Sort(route, tuple(random.sample(list(value), len(value))))
    if not route or kind in (Insert, Sort):
        return None
    if kind is Remove:
        return Remove(route)
    if kind is Rename:
        name = random.choice((some_text(random), "nn"))
        return Rename(route, name) if isinstance(route[-1], str) else None
    if isinstance(value, (dict, list)):
        return None
    return Quote(route) if kind is Quote else Replace(route, some_text(random))


def change_at_random(text: str, random: Random) -> None:
    """Make some changes of a block, if it can be read and located."""
    try:
        data, tree = load_slowly(text, LIMITS)[0], locate(text, LIMITS)
    except (Unreadable, Unlocatable):
        return
    if tree.root is None or any(key.is_merge_key for _, key in tree.named()):
        return
    found = [some_change(random, tree, data) for _ in range(random.randint(1, 3))]
    changed(text, data, tree, [change for change in found if change is not None])
