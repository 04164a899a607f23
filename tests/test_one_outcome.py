"""What is found in a file does not depend on the path it took through the loader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from benchmarks.corpus import seeds
from seedlint import load
from seedlint.check import check_bytes
from seedlint.config import parse_settings
from seedlint.limits import Limits
from seedlint.load import Doubt
from seedlint.profile import Profile, Profiles
from tests.support import NOW, fenced
from tests.test_paths_agree import BLOWS, MARKER
from tests.yaml_documents import ROOT, Writer

SCREEN = load.screen
SCHEMA = {"properties": {"title": {"type": "string"}, "url": {"items": {"type": "number"}}}}


@contextmanager
def slowly() -> Iterator[None]:
    """Every file takes the slow path."""

    def doubtful(raw: bytes, limits: Limits, is_ordinary: bool = False) -> Doubt:
        doubt = SCREEN(raw, limits, is_ordinary)
        return Doubt.SPELLING if doubt is Doubt.NONE else doubt

    load.screen = doubtful
    try:
        yield
    finally:
        load.screen = SCREEN


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    folder = tmp_path_factory.mktemp("contract")
    (folder / "own.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    return Profiles(parse_settings('schema = "own.json"', folder / "seedlint.toml"), NOW).of("a.md")


def agree(text: str, profile: Profile) -> None:
    raw = fenced(text if text.endswith("\n") else f"{text}\n").encode("utf-8", "replace")
    quickly = check_bytes(raw, "a.md", profile)
    with slowly():
        assert quickly == check_bytes(raw, "a.md", profile)


@settings(max_examples=400, deadline=None)
@given(ROOT, st.randoms(use_true_random=False), st.integers(0, 3))
def test_of_generated_and_damaged_blocks(
    profile: Profile, root: Any, random: Random, blows: int
) -> None:
    text = Writer(random).document(root)
    for _ in range(blows):
        at = random.randrange(len(text) + 1)
        end = at + random.choice([0, 0, 1, 3])
        text = text[:at] + random.choice(BLOWS) + text[end:]
    assume(not MARKER.search(text))
    agree(text, profile)


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="ab01_-+.:?!&*#<>[]{},'\" \n\té", max_size=40))
@example("x:\n  1: a\n  '1': b")
@example("k: {[a]: 1}")
@example("title: 0X1F")
@example("title: .iNf")
@example("{true: a, 1: b}")
@example('title: "\\ud83d\\ude00"')
@example("\ufefftitle: 1")
@example("null: 1\n~: 2")
@example("1: {2: {3.5: x}}")
def test_of_any_text(profile: Profile, text: str) -> None:
    assume(not MARKER.search(text))
    agree(text, profile)


def test_of_the_benchmark_corpus() -> None:
    whole = Profiles(parse_settings("", Path.cwd() / "seedlint.toml"), NOW).of("a.md")
    for seed in seeds(60, seed=5, findings=0.7):
        raw = seed.text.encode()
        quickly = check_bytes(raw, "a.md", whole)
        with slowly():
            assert quickly == check_bytes(raw, "a.md", whole)


@pytest.mark.parametrize("text", ["? : : b\n", ": ? : - \n"])
def test_keys_that_python_cannot_hash(text: str, profile: Profile) -> None:
    agree(text, profile)
    (found,) = check_bytes(fenced(text).encode(), "a.md", profile).diagnostics
    assert (found.rule, found.message) == (
        "yaml-syntax",
        "a key must be text, not a list or a mapping",
    )
