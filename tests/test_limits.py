"""Limits: each holds at its value, and says where one more is too many."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from seedlint import check_text
from seedlint.contract import load_contract
from seedlint.effort import MOST_WAYS, Effort, TooManyWays
from seedlint.errors import TooMuchEffort
from seedlint.limits import Limits
from seedlint.load import load
from seedlint.reading import Unreadable
from seedlint.schemafile import ContractError
from seedlint.slow_load import load_slowly
from tests.support import SEED, fenced, found


def obstacle(text: str, limits: Limits, slowly: bool = False) -> tuple[str, int] | None:
    """What a block is refused for, and where; the same on both paths."""
    try:
        load_slowly(text, limits) if slowly else load(text.encode(), text, limits)
    except Unreadable as error:
        return error.obstacles[0].message, error.obstacles[0].start
    return None


@pytest.mark.parametrize("slowly", [False, True])
@pytest.mark.parametrize(
    ("limits", "within", "beyond", "message", "at"),
    [
        (
            Limits(keys=2),
            "a: 1\nb: 1\n",
            "a: 1\nb: 1\nc: 1\n",
            "the mapping has more than 2 keys",
            10,
        ),
        (Limits(keys=2), "[a: 1, b: 1, c: 1]", "{a, b, c}", "the mapping has more than 2 keys", 7),
        (
            Limits(keys=1),
            "- a: 1\n- b: 1\n",
            "- a: 1\n  b: 1\n",
            "the mapping has more than 1 keys",
            9,
        ),
        (
            Limits(digits=20),
            f"a: {'1' * 20}",
            f"a: {'1' * 21}",
            "the number has more than 20 digits",
            3,
        ),
        (
            Limits(digits=20),
            f"a: 0x{'F' * 20}",
            f"a: 0x{'F' * 21}",
            "the number has more than 20 digits",
            3,
        ),
        (
            Limits(digits=20),
            f"a: '{'1' * 21}'",
            f"a: 0.{'1' * 21}",
            "the number has more than 20 digits",
            3,
        ),
        (
            Limits(digits=20),
            f"{'1' * 20}: a",
            f"{'1' * 21}: a",
            "the number has more than 20 digits",
            0,
        ),
        (Limits(depth=2), "a: [x]", "a: [[x]]", "the block is nested more than 2 levels deep", 4),
        (Limits(nodes=3), "a: 1", "a: [1]", "the block has more than 3 nodes", 4),
        (
            Limits(aliases=1),
            "a: &a 1\nb: *a",
            "a: &a 1\nb: [*a, *a]",
            "the block has more than 1 aliases",
            16,
        ),
    ],
)
def test_a_limit_holds_on_both_paths(
    slowly: bool, limits: Limits, within: str, beyond: str, message: str, at: int
) -> None:
    assert obstacle(within, limits, slowly) is None
    assert obstacle(beyond, limits, slowly) == (message, at)


def test_ordinary_blocks_have_limits_too() -> None:
    assert found(fenced(SEED), "[limits]\nkeys = 8\n") == []
    assert found(fenced(SEED), "[limits]\nkeys = 6\n") == [
        "8:1-8:9 error limits the mapping has more than 6 keys"
    ]


def test_what_a_rule_finds_is_bounded_and_that_is_said() -> None:
    topics = ", ".join(["Ferries"] * 1_500)
    shown = found(fenced(f"{SEED}topics: [{topics}]\n"))
    assert len(shown) == 1_001
    (limit,) = [line for line in shown if " limits " in line]
    assert limit.endswith(
        "warning limits the rule duplicate-topic finds more than 1000 problems in this file, "
        "the others are left out"
    )


def test_that_more_was_found_cannot_be_ignored() -> None:
    topics = ", ".join(["Ferries"] * 1_500)
    ignore = "# seedlint: ignore-file[duplicate-topic, limits]\n"
    shown = found(fenced(f"{ignore}{SEED}topics: [{topics}]\n"), "ignore = ['unused-ignore']")
    assert ["limits" in line for line in shown] == [True]


def nested(levels: int) -> Any:
    data: Any = 1
    for _ in range(levels):
        data = {"a": data}
    return data


BRANCH = {"type": "object", "properties": {"a": {"$ref": "#/$defs/n"}}}
GROWING = {"$ref": "#/$defs/n", "$defs": {"n": {"anyOf": [BRANCH, BRANCH]}}}
SINGLE = {"$ref": "#/$defs/n", "$defs": {"n": BRANCH}}


def test_a_schema_that_doubles_on_each_level_is_counted_on_data() -> None:
    effort = Effort(GROWING)
    assert not effort.is_tame
    effort.require_few_steps(nested(5), 1_000)
    with pytest.raises(TooMuchEffort):
        effort.require_few_steps(nested(50), 1_000_000)


def test_one_that_does_not_is_tame_however_deep() -> None:
    effort = Effort(SINGLE)
    assert effort.is_tame
    effort.require_few_steps(nested(60), 200)


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf", "allOf"])
@pytest.mark.parametrize("name", ["$ref", "$dynamicRef", "relative", "hidden"])
def test_no_kind_of_reference_hides_what_doubles(keyword: str, name: str) -> None:
    schema = doubled(20, keyword, name)
    with pytest.raises(TooManyWays):
        Effort(schema)
    Effort(doubled(3, keyword, name))


def doubled(levels: int, keyword: str, kind: str) -> dict[str, Any]:
    """Twice as many ways on each level, by references of a kind."""
    parts: dict[str, Any] = {"d0": {"type": "string"}}
    for at in range(1, levels + 1):
        parts[f"d{at}"] = {keyword: [_reference(kind, at - 1), _reference(kind, at - 1)]}
    for at in range(levels + 1):
        if kind == "$dynamicRef":
            parts[f"d{at}"]["$dynamicAnchor"] = f"d{at}"
        if kind == "relative":
            parts[f"d{at}"]["$id"] = f"d{at}"
    base = {"$id": "https://example.com/schemas/"} if kind == "relative" else {}
    return {**base, **_reference(kind, levels), "x" if kind == "hidden" else "$defs": parts}


def _reference(kind: str, at: int) -> dict[str, Any]:
    return {
        "$ref": {"$ref": f"#/$defs/d{at}"},
        "$dynamicRef": {"$dynamicRef": f"#d{at}"},
        "relative": {"$ref": f"d{at}"},
        "hidden": {"$ref": f"#/x/d{at}"},
    }[kind]


def test_a_schema_of_many_ways_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "schema.json"
    path.write_text(json.dumps(doubled(30, "anyOf", "$ref")), encoding="utf-8")
    with pytest.raises(ContractError) as caught:
        load_contract(path)
    assert str(caught.value) == (
        f"{path}#/$defs/d12: its alternatives, and theirs, come to more than {MOST_WAYS} for a "
        "single value"
    )


def test_many_errors_are_one_finding(tmp_path: Path) -> None:
    path = tmp_path / "schema.json"
    required = [f"r{at}" for at in range(900)]
    path.write_text(json.dumps({"required": required}), encoding="utf-8")
    block = "".join(f"k{at}: x\n" for at in range(1_900))
    settings = f"schema = {json.dumps(str(path))}\n"
    assert found(fenced(block), settings) == [
        "2:1-2:1 error limits to hold this against its contract may take more than 100000 steps"
    ]
    assert len(found(fenced("k: x\n"), settings)) == 900


@pytest.mark.parametrize("start", ["", "---\n"])
def test_little_is_kept_of_a_line_without_an_end(start: str) -> None:
    """What is said is kept in the cache: 97 MB of it, for 16 MiB of NUL."""
    report = check_text(start + "\0" * (1 << 24), "a.md")
    (said,) = report.diagnostics
    assert len(said.place.line_text) <= (1 << 20) + 100
