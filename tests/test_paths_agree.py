"""Both paths read a document alike, and spans mean what stands in them.

The property that lets a clean file skip the slow path: verdict and data do not depend on
which path a file happens to take.
"""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, note, settings
from hypothesis import strategies as st

from seedlint.load import load
from seedlint.slow_load import load_slowly
from tests.loading import KEYS_NOT_TEXT, LIMITS, text_keys, verdict
from tests.yaml_documents import ROOT, Writer, meaning

# A block never holds these: seedlint.frontmatter sees to it.
MARKER = re.compile(r"(?:\A|[\r\n])(?:---|\.\.\.)(?=[ \t\r\n]|\Z)")
BLOWS = [*":-'\"[]{}#,&*!|>% \n\t?", "<<: ", "é"]
EXAMPLES = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@EXAMPLES
@given(ROOT, st.randoms(use_true_random=False), st.sampled_from(["\n", "\r\n"]))
def test_generated_documents_mean_the_same_on_both_paths(
    root: Any, random: Random, line_end: str
) -> None:
    text = Writer(random, line_end).document(root)
    expected = meaning(root)
    data, _ = load_slowly(text, LIMITS)
    assert repr(data) == repr(expected)
    fast = repr(text_keys(load(text.encode(), text, LIMITS)[0]))
    assert fast == repr(expected) or KEYS_NOT_TEXT in fast


@EXAMPLES
@given(ROOT, st.randoms(use_true_random=False), st.integers(1, 3))
def test_damaged_documents_meet_the_same_verdict_on_both_paths(
    root: Any, random: Random, blows: int
) -> None:
    text = Writer(random).document(root)
    for _ in range(blows):
        at = random.randrange(len(text) + 1)
        cut = random.choice([0, 0, 1, 3])
        text = (
            text[:at] + random.choice([*":-'\"[]{}#,&*!|>% \n\t?", "<<: ", "é"]) + text[at + cut :]
        )
    note(repr(text))
    assume(not MARKER.search(text))
    quickly, slowly = verdict(text, slowly=False), verdict(text, slowly=True)
    if KEYS_NOT_TEXT not in quickly:
        assert quickly == slowly


@EXAMPLES
@given(ROOT, st.randoms(use_true_random=False), st.sampled_from(["\n", "\r\n"]))
def test_a_span_holds_the_value_at_its_route(root: Any, random: Random, line_end: str) -> None:
    text = Writer(random, line_end).document(root)
    data, tree = load_slowly(text, LIMITS)
    assert tree is not None
    seen = 0
    for route, node in tree.scalars():
        bounds = tree.bounds(route)
        assert bounds is not None
        value = data
        for step in route:
            value = value[step]
        cut = text[bounds[0] : bounds[1]]
        assert repr(load_slowly(cut, LIMITS)[0]).rstrip("\\n'") == repr(value).rstrip("\\n'")
        assert node.start == bounds[0]
        seen += 1
    for route, _ in tree.named():
        bounds = tree.bounds(route, "key")
        assert bounds is not None
        key = load_slowly(f"{text[bounds[0] : bounds[1]]}: 1", LIMITS)[0]
        assert list(key) == [route[-1]]
    assert seen == _scalars(data)


def _scalars(data: Any) -> int:
    if isinstance(data, dict):
        return sum(_scalars(value) for value in data.values())
    return sum(_scalars(item) for item in data) if isinstance(data, list) else 1


@EXAMPLES
@given(st.text(alphabet="ab01_-+.:?!&*#<>[]{},'\" \n\té", max_size=40))
@example("a: b\n\tc: d")
@example("? - - a")
@example("a: &x 1\nb: *x")
@example("<<: {a: 1}")
@example("{k:1}")
@example("1: a\n1.0: b")
@example("a: 0b1")
@example("[[?], [?, a], [?a]]")
@example('"\\ud83d\\ude00": "\\ud800"')
@example("\ufeffa: 1")
@example("x:\n  1: a\n  '1': b")
@example("k: {[a]: 1}")
@example("{true: a, 1: b}")
@example("a: 0x" + "F" * 1001)
@example("a: " + "9" * 6000)
@example("a: >")
@example("a:\tb\nc :\t- d")
@example("a: \"b\n c\"\nd:\n- 'e\n  f'")
@example("[?*x, {?a: 1, a: 2}]")
@example("{g,:0, :1}")
@example("{a: [{,:0}]}")
@example("%YAML 1.3\n---\na: b")
@example("- - -\tx")
@example("a: !!set {c, b}")
def test_any_text_meets_the_same_verdict_on_both_paths(text: str) -> None:
    text += "\n"
    note(repr(text))
    assume(not MARKER.search(text))
    quickly, slowly = verdict(text, slowly=False), verdict(text, slowly=True)
    if KEYS_NOT_TEXT not in quickly:
        assert quickly == slowly


@pytest.mark.parametrize(
    "text", ["a: >\n", "a: |1 # b\n", "a: |-\n", "b: 1\na: >", "a: |\n\n", "b: >\na: >\n"]
)
def test_a_block_scalar_without_a_line_is_empty_wherever_it_stands(text: str) -> None:
    assert load(text.encode(), text, LIMITS)[0]["a"] == load_slowly(text, LIMITS)[0]["a"]
    assert load_slowly(text, LIMITS)[0]["a"] == ""
