"""The quick tree is the tree that the parser's events give, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from benchmarks.corpus import seeds
from seedlint.events import locate
from seedlint.frontmatter import Kind, read_block
from seedlint.limits import Limits
from seedlint.load import load
from seedlint.ordinary import is_ordinary
from seedlint.quicktree import quick_tree
from seedlint.reading import Unreadable
from seedlint.yaml11 import other_reading
from seedlint.yaml11_screen import may_be_read_otherwise
from tests.loading import shape
from tests.support import REAL_SEEDS
from tests.test_ordinary import LINES
from tests.yaml_documents import PLAIN

if TYPE_CHECKING:
    from seedlint.diagnostic import Part, Route
    from seedlint.locate import Tree

LIMITS = Limits()
SCALARS = ("word", "two words", "7", "-1.5", "true", "a#b", '"x"', '"a \\"b\\" \\u00e9"', "'it''s'")
INDENTED = st.lists(
    st.tuples(
        st.sampled_from(["", "  ", "  ", "    "]),
        st.sampled_from(["", "", "- "]),
        st.sampled_from(["a:", "bc:", "d_e:", "", "no:", "7:", "a :"]),
        st.sampled_from(["", "\n", *(f" {each}" for each in (*SCALARS, *PLAIN[:8]))]),
    ).map("".join),
    min_size=1,
    max_size=8,
)


def agrees(text: str) -> bool:
    """Whether there is a quick tree; it is the same as the other one."""
    tree = quick_tree(text, LIMITS)
    if tree is None:
        return False
    expected = locate(text, LIMITS)
    assert tree.root is not None
    assert expected.root is not None
    assert tree.text == text
    assert ambiguous(tree) == ambiguous(expected)
    assert shape(tree.root) == shape(expected.root)
    again = quick_tree(text, LIMITS)
    assert again is not None
    for route, _ in reversed([*expected.named(), *expected.scalars()]):
        assert again.bounds(route) == expected.bounds(route)
        assert again.bounds(route, "key") == expected.bounds(route, "key")
        assert again.bounds((*route, "a")) == expected.bounds((*route, "a"))
    return True


def ambiguous(tree: Tree) -> list[tuple[Route, Part, int]]:
    """What has other readings in a tree that is only looked at where it may have."""
    return [
        (route, part, node.start)
        for route, part, node in tree.spelled(may_be_read_otherwise)
        if not node.style and other_reading(node.value)
    ]


@given(st.one_of(LINES, INDENTED))
@example(["a:", "- b: 1", "  c:", "- d", "e:", "  - f:", "      g: 'x''y'", "h:"])
@example(["- a: 1", "", "  b: 2  ", "- c", ""])
@example(["a:", "  - b : c", "  - d: e # f", "  - g #h"])
@example(["a:", "  - b.c: d", "  - 7:", "  - e:f # g: h"])
@example(["a: on", "b: 'c # d'", "e: 12:30", "f:", "- no", '- "g # h"', '- i: "j # k"'])
@settings(max_examples=2500, deadline=None)
def test_what_is_yaml(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    try:
        _, tree = load(text.encode(), text, LIMITS, is_ordinary(text))
    except Unreadable:
        return
    assume(tree is None)
    agrees(text)


@pytest.mark.parametrize("seed", range(20))
def test_generated_seeds_have_a_quick_tree(seed: int) -> None:
    (generated,) = seeds(1, seed, 0.5)
    block = read_block(generated.text.encode(), Kind.FRONT_MATTER, required=True)
    assert block is not None
    assert agrees(block.text)


@pytest.mark.skipif(not REAL_SEEDS.exists(), reason="the real seeds are not here")
def test_real_seeds_have_a_quick_tree() -> None:
    for path in REAL_SEEDS.glob("*.txt"):
        block = read_block(path.read_bytes(), Kind.FRONT_MATTER, required=True)
        assert block is not None
        assert agrees(block.text)


@pytest.mark.parametrize(
    "text",
    [
        "a: one\n  two\n",
        'a: "one\n  two"\n',
        "a: b # c\n",
        "a: 'b\tc'\n",
        'a: "\\x41"\n',
        'a: "\\ud83d\\ude00"\n',
        "a: b\u2028c\n",
        "a:\n  - - b\n",
        "a",
        "",
    ],
)
def test_what_is_written_otherwise_has_none(text: str) -> None:
    assert quick_tree(text, LIMITS) is None


@pytest.mark.parametrize(
    ("limits", "is_within"),
    [
        (Limits(nodes=5), False),
        (Limits(nodes=6), True),
        (Limits(depth=2), False),
        (Limits(depth=3), True),
    ],
)
def test_limits_are_those_of_the_other_tree(limits: Limits, is_within: bool) -> None:
    text = "a:\n  - b: 1\n"
    assert (quick_tree(text, limits) is not None) == is_within
    if is_within:
        locate(text, limits)
    else:
        with pytest.raises(Unreadable):
            locate(text, limits)
