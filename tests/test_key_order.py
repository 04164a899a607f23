"""Keys in any order: found, put in order, and nothing else changes."""

from __future__ import annotations

import yaml_rs
from hypothesis import given
from hypothesis import strategies as st

from seedlint.document import Document
from seedlint.rules.key_order import KeyOrder
from tests.support import fenced, fix_bytes, found, profile

ORDERED = "select = ['key-order']"
LINES = {
    "category": "category: news # a\n",
    "title": "title: Größe\n",
    "excerpt": "excerpt: >\n  After\n  ten years\n",
    "type": "# above\ntype: article\n",
    "quality": "quality: 7\n",
    "provider": "provider:\n  name: Harbour Times\n  domain: example.com\n",
    "topics": "topics:\n- AI # b\n- Sea\n",
    "one": "one: 1\n",
    "two": "two: [1, 2]\n",
}
SEED_ORDER = ["category", "title", "excerpt", "type", "quality", "provider", "topics"]
RELATED_ORDER = ["category", "title", "excerpt", "type", "provider", "quality", "topics"]


def in_order(keys: list[str], order: list[str]) -> list[str]:
    """What the rule's documentation promises, in the plainest way."""
    groups: list[list[str]] = [[]]
    for key in keys:
        if key in order:
            groups.append([])
        groups[-1].append(key)
    first, *others = groups
    return [
        *first,
        *(key for group in sorted(others, key=lambda g: order.index(g[0])) for key in group),
    ]


def below_a_dash(keys: list[str]) -> str:
    lines = "".join(LINES[key] for key in keys).splitlines(keepends=True)
    return "related:\n-\n" + "".join(f"  {line}" for line in lines)


KEYS = st.lists(st.sampled_from(sorted(LINES)), unique=True, min_size=1)


@given(KEYS, st.booleans())
def test_any_order_is_put_in_order(keys: list[str], related: bool) -> None:
    block = below_a_dash(keys) if related else "".join(LINES[key] for key in keys)
    wanted = in_order(keys, RELATED_ORDER if related else SEED_ORDER)
    expected = below_a_dash(wanted) if related else "".join(LINES[key] for key in wanted)
    result = fix_bytes(
        fenced(block).encode(), "seed.txt", profile(ORDERED), lambda *_: True, named=True
    )
    assert result.raw.decode() == fenced(expected)
    assert not result.result.diagnostics
    assert bool(result.applied) == (wanted != keys)


@given(KEYS)
def test_the_proof_says_what_the_check_says(keys: list[str]) -> None:
    block = below_a_dash(keys)
    (rule,) = (each for each in profile(ORDERED).document_rules if isinstance(each, KeyOrder))
    data = yaml_rs.loads(block, parse_datetime=False)
    document = Document(block, data, profile().contract, lambda: None)
    assert rule.is_clearly_clean(document) == (not found(fenced(block), ORDERED))


def test_it_is_off_by_default() -> None:
    assert not [
        line for line in found("---\ntype: article\ntitle: a\n---\n") if "key-order" in line
    ]


def test_many_keys_and_many_levels() -> None:
    wide = "".join(f"key{number}: 1\n" for number in range(1_900))
    assert found(fenced(f"type: article\n{wide}title: a\n"), ORDERED) == [
        '1903:1-1903:6 info key-order key "title" is out of order, expected it before "type"'
    ]
    deep = "".join(
        f"{'  ' * level}related:\n{'  ' * level}- type: article\n" for level in range(20)
    )
    assert found(fenced(f"{deep}{'  ' * 20}title: a\n"), ORDERED) == [
        '42:41-42:46 info key-order key "title" is out of order, expected it before "type"'
    ]
