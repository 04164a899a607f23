"""What is said of data that breaks its schema."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from seedlint import check_text
from seedlint.check import check_bytes
from seedlint.config import load_settings
from seedlint.profile import Profiles
from tests.support import concise

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)

CASES: list[tuple[Any, str, list[str]]] = [
    (
        {"properties": {"a": {"enum": [1, "two", None]}}},
        "a: tow",
        [
            '2:4-2:7 error schema-enum expected 1, "two" or null, found the text "tow"; '
            'did you mean "two"?'
        ],
    ),
    (
        {"properties": {"a": {"const": {"b": 1}}}},
        "a: 2",
        ['2:4-2:5 error schema-const expected {"b": 1}, found 2'],
    ),
    (
        {"items": {"anyOf": [{"type": "integer"}, {"type": "object", "required": ["b"]}]}},
        "- {c: 1}",
        ['2:4-2:5 error schema-required missing key "b"'],
    ),
    (
        {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        "{a: 1, b: 2}",
        [
            "2:2-2:3 error schema-one-of a mapping is of more than one kind the contract tells "
            "apart, expected one"
        ],
    ),
    (
        {"dependentRequired": {"a": ["b"]}},
        "a: 1",
        ['2:1-2:2 error schema-dependent-required missing key "b"'],
    ),
    (
        {"propertyNames": {"pattern": "^[a-z]+$"}},
        "aé: 1",
        [
            '2:1-2:3 error schema-property-names the key "aé" is not allowed here: "aé" does not '
            'match the pattern "^[a-z]+$"'
        ],
    ),
    (
        {"properties": {"a": False}},
        "a: 1",
        ["2:4-2:5 error schema-false-schema nothing is allowed here"],
    ),
    (
        {"properties": {"a": {"uniqueItems": True, "maxItems": 1}}},
        "a: [x, x]",
        [
            "2:5-2:6 error schema-max-items expected at most 1 item, found 2",
            "2:5-2:6 error schema-unique-items the list holds the same item twice, "
            "expected it once",
        ],
    ),
    (
        {"properties": {"a": {"minimum": 1}, "b": {"multipleOf": 5}, "c": {"maxLength": 2}}},
        "a: -1\nb: 7\nc: éàü",
        [
            "2:4-2:6 error schema-minimum expected at least 1, found -1",
            "3:4-3:5 error schema-multiple-of expected a multiple of 5, found 7",
            "4:4-4:7 error schema-max-length expected at most 2 characters, found 3",
        ],
    ),
    (
        {"properties": {"a": {"not": {"type": "string"}}}},
        "a: x",
        ['2:4-2:5 error schema-not the text "x" matches what the contract rules out'],
    ),
    (
        {"properties": {"a": {"contains": {"const": 1}}}},
        "a: [2]",
        ["2:5-2:6 error schema-contains no item of the list is of the kind the contract asks for"],
    ),
    (
        {"properties": {"known": {}, "old": {"deprecated": True}}, "unevaluatedProperties": False},
        "knwon: 1\nodl: 2",
        [
            '2:1-2:6 error schema-unevaluated-properties unknown key "knwon"; '
            'did you mean "known"?',
            '3:1-3:4 error schema-unevaluated-properties unknown key "odl"',
        ],
    ),
    (
        {"additionalProperties": {"type": "string"}},
        "a: 1\n2: x\nnull: ~",
        [
            "2:4-2:5 error schema-type expected text, found 1",
            "4:7-4:8 error schema-type expected text, found nothing",
        ],
    ),
    (
        {"properties": {"a": {"type": ["string", "null"]}}},
        "a: {b: c}",
        ["2:5-2:6 error schema-type expected nothing or text, found a mapping"],
    ),
    (
        {"properties": {"a": {"enum": list(range(30))}}},
        "a: x",
        [
            "2:4-2:5 error schema-enum expected 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 or "
            '18 others, found the text "x"'
        ],
    ),
]


@pytest.mark.parametrize(("schema", "block", "expected"), CASES)
def test_messages(tmp_path: Path, schema: Any, block: str, expected: list[str]) -> None:
    (tmp_path / "contract.json").write_text(json.dumps(schema), encoding="utf-8")
    (tmp_path / "seedlint.toml").write_text(
        'schema = "contract.json"\nselect = ["schema"]', encoding="utf-8"
    )
    profile = Profiles(load_settings(tmp_path), NOW).of("a.md")
    result = check_bytes(f"---\n{block}\n---\n".encode(), "a.md", profile)
    assert [concise(diagnostic) for diagnostic in result.diagnostics] == expected


@pytest.mark.parametrize(
    ("block", "places"),
    [("a: [x, y, {b: [1]}, {b: [1]}, y]", ["2:22"]), ("a: [1, 1.0]", [])],
)
def test_an_item_that_is_there_twice_is_pointed_at(
    tmp_path: Path, block: str, places: list[str]
) -> None:
    path = tmp_path / "own.json"
    path.write_text('{"properties": {"a": {"uniqueItems": true}}}')
    report = check_text(f"---\n{block}\n---\n", schema=path, isolated=True, select=["schema"])
    (found,) = report.diagnostics
    assert found.rule == "schema-unique-items"
    assert [f"{each.span.line}:{each.span.column}" for each in found.related] == places


def test_the_best_alternative_speaks_and_the_others_are_named(tmp_path: Path) -> None:
    schema = {"anyOf": [{"required": ["a"]}, {"required": ["b"]}, {"required": ["c"]}]}
    (tmp_path / "contract.json").write_text(json.dumps(schema), encoding="utf-8")
    (tmp_path / "seedlint.toml").write_text('schema = "contract.json"', encoding="utf-8")
    profile = Profiles(load_settings(tmp_path), NOW).of("a.md")
    (found,) = check_bytes(b"---\nd: 1\n---\n", "a.md", profile).diagnostics
    assert concise(found) == '2:1-2:2 error schema-required missing key "a"'
    assert found.notes == ('or else: missing key "b" or missing key "c"',)
