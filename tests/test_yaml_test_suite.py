"""The YAML test suite through the whole reading pipeline.

Whatever we say otherwise than the suite stands in ``DIFFERENT``, with the reason.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from seedlint.check import Check, Input, read_all
from seedlint.frontmatter import Kind, read_block
from seedlint.limits import Limits
from seedlint.reading import Unreadable
from seedlint.slow_load import load_slowly
from tests.support import profile

SUITE = json.loads(
    (Path(__file__).parent / "data" / "yaml-test-suite.json").read_text(encoding="utf-8")
)
INVALID = [case for case in SUITE if "fail" in case]
VALID = [case for case in SUITE if "fail" not in case]
PROFILE = profile()

# Valid YAML that we refuse, by what we say against it.
SEVERAL_DOCUMENTS = "a second YAML document begins here, expected one document a file"
KEYS_OF_PARTS = "a key must be text, not a list or a mapping"
DIFFERENT = {
    # Front matter is one document.
    SEVERAL_DOCUMENTS: (
        "35KP 5TYM 6WLZ 6XDY 6ZKB 7Z25 9DXL 9KAX 9WXW JHB9 "
        "KSS4 L383 M7A3 NKF9 PUW8 RZT7 U9NS UT92 W4TN"
    ),
    # Data are JSON to a schema, and JSON knows no other keys than text.
    KEYS_OF_PARTS: (
        "4FJ6 6BFJ 6PBE 9MMW KK5P LX3P M2N8-0 M2N8-1 M5DY Q9WF RZP5 SBG9 V9D5 X38W XW4D"
    ),
    # The suite looks at the syntax only; keys are unique in YAML (1.2.2, 3.2.1.1).
    'the key "" occurs twice in one mapping, expected once': "2JQS",
}
# Directives and no document: front matter that says nothing is an empty mapping.
EMPTY: dict[str, object] = {"DK95-7": {}, "MUS6-2": {}}

_MARKER = re.compile(r"^(?:---|\.\.\.)(?:\s|$)|^%", re.MULTILINE)


def read(raw: bytes, file: str) -> tuple[str, Any]:
    """What is said against a file, and its data."""
    check = Check(Input(raw, file, PROFILE, named=True))
    if read_all([check]):
        return "", check.document.data
    assert check.result is not None
    return check.result.diagnostics[0].message, None


def read_case(case: dict[str, Any]) -> tuple[str, Any]:
    return read(case["yaml"].encode(), "a.yaml")


def test_the_suite_is_all_there() -> None:
    assert (len(INVALID), len(VALID)) == (94, 308)
    assert sum("json" in case for case in VALID) == 271


def test_all_that_is_invalid_is_refused() -> None:
    assert [case["id"] for case in INVALID if not read_case(case)[0]] == []


def test_all_that_is_valid_is_accepted_but_what_is_listed() -> None:
    refused: dict[str, list[str]] = {}
    for case in VALID:
        if message := read_case(case)[0]:
            refused.setdefault(message, []).append(case["id"])
    assert {message: " ".join(ids) for message, ids in refused.items()} == DIFFERENT
    assert sum(map(len, refused.values())) == 35


def test_data_are_what_the_suite_says() -> None:
    compared, different = 0, {}
    for case in VALID:
        message, data = read_case(case)
        if message or not case.get("json"):
            continue
        compared += 1
        if data != json.loads(case["json"]):
            different[case["id"]] = data
    assert different == EMPTY
    assert compared == 248


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_both_paths_agree(ends: str) -> None:
    for case in SUITE:
        raw = case["yaml"].replace("\n", ends).encode()
        try:
            block = read_block(raw, Kind.YAML, required=True)
            assert block is not None
            slow = (False, load_slowly(block.text, Limits())[0] or {})
        except Unreadable:
            slow = (True, {})
        message, data = read(raw, "a.yaml")
        assert ((message != ""), data or {}) == slow, case["id"]


def test_front_matter_is_read_like_a_file_of_yaml() -> None:
    """But for the documents with markers and directives, which mean something else there."""
    compared = 0
    for case in SUITE:
        text = case["yaml"]
        if _MARKER.search(text) or text[:1] == "\ufeff":
            continue
        compared += 1
        block = text if text.endswith("\n") else text + "\n"
        assert read(f"---\n{block}---\n".encode(), "a.md") == read_case(case), case["id"]
    assert compared == 255


def test_what_differs_is_documented() -> None:
    page = (Path(__file__).parent.parent / "docs" / "conformance.md").read_text(encoding="utf-8")
    for ids in (*DIFFERENT.values(), *EMPTY):
        assert ids in page
