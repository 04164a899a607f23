"""What is ordinary is read alike by everybody, and cannot hurt."""

from __future__ import annotations

from random import Random
from time import process_time
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from benchmarks.corpus import seeds
from seedlint.limits import Limits
from seedlint.load import load
from seedlint.ordinary import DEEPEST_INDENTATION, is_ordinary
from seedlint.reading import Unreadable
from seedlint.slow_load import load_slowly
from tests.editing import MARKER
from tests.loading import KEYS_NOT_TEXT, text_keys
from tests.support import REAL_SEEDS, SEED
from tests.test_yaml11 import KEY_PLACES, OTHERWISE, PLACES, holds_one
from tests.yaml_documents import PLAIN, ROOT, TEXTS, Writer

EXAMPLES = settings(max_examples=600, deadline=None)

# Pieces of lines, most of which make ordinary ones.
MARKS = ("&a", "*a", "!t", "<<", "?", "|", ">", *"[]{}#%@`,", "- ", "-")
SIMPLE = ("a", "title", "Foo bar", '"quoted"', "'single'", "1", "-7", "12.5")
PIECES = st.sampled_from([*PLAIN, *TEXTS, *OTHERWISE, *SIMPLE, *MARKS])
LINES = st.lists(
    st.tuples(
        st.sampled_from(["", "", "  ", "    ", " "]),
        st.sampled_from(["", "", "- ", "- - ", "? ", "-"]),
        st.sampled_from(["", "a: ", "b: ", "cd: ", "no: ", "x:", "1: ", "e f: ", '"q": ']),
        st.one_of(st.just(""), PIECES, st.tuples(PIECES, PIECES).map(" ".join)),
    ).map("".join),
    min_size=1,
    max_size=6,
)


def verdict(block: str, is_ordinary: bool) -> Any:
    """The data as the fast path reads a block when told so, or as the slow path does."""
    try:
        if is_ordinary:
            data = load(block.encode(), block, Limits(), is_ordinary=True)[0]
            return repr(text_keys(data))
        return repr(load_slowly(block, Limits())[0])
    except Unreadable as error:
        return f"refused by {error.obstacles[0].rule}"


def check_claims(block: str) -> None:
    assume(not MARKER.search(block))
    if is_ordinary(block):
        assert not holds_one(block)
        quickly = verdict(block, is_ordinary=True)
        # A key that is not text sends a block to the slow path whatever its lines are like.
        assert KEYS_NOT_TEXT in quickly or quickly == verdict(block, is_ordinary=False)


@EXAMPLES
@given(LINES)
@example(["a: 'x", '  b: "y\', [no]"'])
@example(["a:", '  - "x"', "  - Foo"])
@example(['a: "x', '  b: no"'])
def test_ordinary_lines_are_read_alike(lines: list[str]) -> None:
    check_claims("".join(f"{line}\n" for line in lines))


@EXAMPLES
@given(ROOT, st.randoms(use_true_random=False))
def test_ordinary_documents_are_read_alike(root: Any, random: Random) -> None:
    check_claims(Writer(random).document(root))


@EXAMPLES
@given(
    st.sampled_from([SEED, *(seed.text.split("---\n")[1] for seed in seeds(6, 5, 0.0))]),
    st.randoms(use_true_random=False),
    st.integers(0, 4),
)
def test_damaged_seeds_that_are_ordinary_are_read_alike(
    block: str, random: Random, blows: int
) -> None:
    for _ in range(blows):
        at = random.randrange(len(block) + 1)
        piece = random.choice(
            [*":-'\"[]{}#,&*!|>% \n\t?", "<<: ", "é", "0", "_", "\\", " no\n", "~"]
        )
        block = block[:at] + piece + block[at + random.choice([0, 0, 1, 3]) :]
    check_claims(block)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("place", PLACES + KEY_PLACES)
def test_nothing_that_is_read_otherwise_is_ordinary(place: str, line_end: str) -> None:
    blocks = [place.format(text).replace("\n", line_end) for text in OTHERWISE]
    assert [block for block in blocks if holds_one(block) and is_ordinary(block)] == []


def test_seeds_are_ordinary() -> None:
    blocks = [seed.text.split("---\n")[1] for seed in seeds(40, 3, 0.0)]
    blocks += [path.read_text().split("---\n")[1] for path in REAL_SEEDS.glob("*.txt")]
    assert all(map(is_ordinary, [SEED, *blocks]))


BY_MARK = ("- - a", "a: [b]", "a: &b c", "a: !b c", "a: *b", "? a", "a: |", "<<: b", "-")
BY_NUMBER = ("a: 1_0", "a: 0x1", "a: .inf", "a: 017", f"a: 1{20 * '0'}")
BY_SPACE = ("a:\tb", "a: b\r", f"{(DEEPEST_INDENTATION + 1) * ' '}a: b")


@pytest.mark.parametrize("line", [*BY_MARK, *BY_NUMBER, *BY_SPACE])
def test_what_needs_a_closer_look_is_not_ordinary(line: str) -> None:
    assert not is_ordinary(f"{line}\n")
    assert not is_ordinary(f"a: b\n{line}\n")
    assert not is_ordinary(f"a: b\n{line}")


def test_an_ordinary_block_may_still_be_too_large() -> None:
    block = "".join(f"a{number}: b\n" for number in range(30))
    assert is_ordinary(block)
    with pytest.raises(Unreadable):
        load(block.encode(), block, Limits(nodes=20), is_ordinary=True)
    with pytest.raises(Unreadable):
        load(b"a:\n b:\n  c: d\n", "a:\n b:\n  c: d\n", Limits(depth=2), is_ordinary=True)


@pytest.mark.parametrize("piece", ["a: b", "\n", " ", "- ", "a", "a: ", "a: \n", "1", "a: 1", "n"])
def test_it_takes_linear_time(piece: str) -> None:
    start = process_time()
    is_ordinary(piece * (1_000_000 // len(piece)))
    # Some hundredths of a second; the margin is for slow machines.
    assert process_time() - start < 5
