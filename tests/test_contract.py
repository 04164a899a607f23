"""Contracts: which schemas can be used, and what is said of those that cannot."""

from __future__ import annotations

import json
import socket
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from jsonschema_specifications import REGISTRY

from seedlint.check import check_bytes
from seedlint.config import parse_settings
from seedlint.contract import load_contract, roles, schema_folder
from seedlint.document import Entity
from seedlint.keywords import FORMATS, KEYWORDS, rule_name
from seedlint.profile import Profiles
from seedlint.schemafile import ContractError
from tests.support import NOW, concise


def write(tmp_path: Path, schema: Any) -> Path:
    path = tmp_path / "contract.json"
    path.write_text(schema if isinstance(schema, str) else json.dumps(schema), encoding="utf-8")
    return path


TYPES = "array, boolean, integer, null, number, object or string"
REFUSED: list[tuple[Any, str]] = [
    ({"type": "objekt"}, f'#/type: "objekt" is not one of {TYPES}; did you mean "object"?'),
    (
        {"properties": {"a": {"type": ["null", "Strng"]}}},
        f'#/properties/a/type/1: "Strng" is not one of {TYPES}; did you mean "string"?',
    ),
    (
        {"$schema": "http://json-schema.org/draft-07/schema#", "items": {"type": "text"}},
        f'#/items/type: "text" is not one of {TYPES}',
    ),
    ({"type": 3}, f"#/type: 3 is not one of {TYPES}"),
    ({"type": []}, "#/type: [] should be non-empty"),
    ({"properties": {"a": {"minLength": "x"}}}, "#/properties/a/minLength: 'x' is not of type"),
    ({"properties": 3}, "#/properties: 3 is not of type 'object'"),
    (
        {"properties": {"a": {"format": "colour"}}},
        '#/properties/a/format: nobody can check the format "colour"',
    ),
    (
        {"properties": {"a": {"format": "datetime"}}},
        '#/properties/a/format: nobody can check the format "datetime"; did you mean "date-time"?',
    ),
    (
        {"properties": {"a/b": {"x-role": "titel"}}},
        '#/properties/a~1b/x-role: unknown role "titel"; the roles are amp-cache-url, amp-url',
    ),
    (
        {"$defs": {"unused": {"x-role": 3}}},
        "#/$defs/unused/x-role: unknown role 3; the roles are",
    ),
    (
        {"properties": {"a": {"x-roll": "title"}}},
        '#/properties/a/x-roll: unknown annotation "x-roll"; did you mean "x-role"?',
    ),
    (
        {"properties": {"a": {"deprecated": True, "x-renamed_to": "b"}}},
        '#/properties/a/x-renamed_to: unknown annotation "x-renamed_to"; did you mean '
        '"x-renamed-to"?',
    ),
    (
        {"properties": {"a": {"typ": "string"}}},
        '#/properties/a/typ: unknown keyword "typ"; did you mean "type"?',
    ),
    ({"propertes": {"a": {}}}, '#/propertes: unknown keyword "propertes"; did you mean "pr'),
    ({"requierd": ["a"]}, '#/requierd: unknown keyword "requierd"; did you mean "required"?'),
    ({"max-length": 3}, '#/max-length: unknown keyword "max-length"; did you mean "maxLength"?'),
    (
        {"addtionalPropertie": False},
        '#/addtionalPropertie: unknown keyword "addtionalPropertie"; did you mean "additionalPr',
    ),
    (
        {"properties": {"a\n\u202eb": {"x-role": "titel"}}},
        '#/properties/a\\n\\u{202E}b/x-role: unknown role "titel"; the roles are ',
    ),
    (
        {"$ref": "e\n", "$defs": {"a": {"$id": "n"}}},
        "#: Invalid URI reference 'e\\n': unexpected character at index 1",
    ),
    ({"x-role": ["title"]}, '#/x-role: unknown role ["title"]; the roles are'),
    (
        {"patternProperties": {"a": {"x-role": "title"}}},
        "#/patternProperties/a/x-role: a role has no effect here; roles are found below",
    ),
    ({"items": [{"x-role": "title"}]}, "#/items/0/x-role: a role has no effect here"),
    (
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "items": [{"x-role": "title"}],
        },
        "#/items/0/x-role: a role has no effect here",
    ),
    (
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "dependencies": {"a": {"x-role": "titel"}},
        },
        '#/dependencies/a/x-role: unknown role "titel"; the roles are ',
    ),
    (
        {"properties": {"a": {"deprecated": True, "x-renamed-to": ""}}},
        "#/properties/a/x-renamed-to: x-renamed-to must name a key",
    ),
    ({"pattern": "(a)\\1"}, "#/pattern: "),
    ({"pattern": "(?=a)b"}, "#/pattern: "),
    ('{"a": 1, "a": 2}', ': not valid JSON: the key "a" occurs twice in one object'),
    ('{"minimum": NaN}', ": not valid JSON: NaN is no JSON number"),
    (
        {
            "properties": {
                "a": {"deprecated": True, "x-renamed-to": "b"},
                "b": {"deprecated": True, "x-renamed-to": "a"},
            }
        },
        '#/properties/b/x-renamed-to: x-renamed-to "a" leads back to this key, expected one that '
        "stays",
    ),
    (
        {
            "properties": {
                "a": {"deprecated": True, "x-renamed-to": ["c"]},
                "b": {"deprecated": True, "x-renamed-to": "a"},
            }
        },
        "#/properties/a/x-renamed-to: x-renamed-to must name a key, beside `deprecated: true`",
    ),
    (
        {"properties": {"a": {"deprecated": True, "x-renamed-to": "a"}}},
        '#/properties/a/x-renamed-to: x-renamed-to "a" leads back to this key, expected one that '
        "stays",
    ),
    (
        {"properties": {"a": {"pattern": "^(?!b)"}}},
        '#/properties/a/pattern: the pattern "^(?!b)" looks around or refers to a group, which '
        "cannot be matched in linear time",
    ),
    (
        {"properties": {"a": {"x-renamed-to": "b"}}},
        "#/properties/a/x-renamed-to: x-renamed-to must name a key, beside `deprecated: true`",
    ),
    (
        {"properties": {"a": {"$ref": "#/$defs/nope"}}},
        '#/properties/a/$ref: $ref "#/$defs/nope" leads nowhere in this schema',
    ),
    (
        {"items": {"$ref": "http://example.com/a.json"}},
        '#/items/$ref: $ref "http://example.com/a.json" leads outside this schema',
    ),
    ({"allOf": [{"$ref": "file:///etc/passwd"}]}, "#/allOf/0/$ref: $ref"),
    ({"$ref": "other.json"}, '#/$ref: $ref "other.json" leads to no file, as seen from this'),
    ({"$dynamicRef": "#nope"}, '#/$dynamicRef: $dynamicRef "#nope" leads nowhere'),
    ({"properties": {"a": {"pattern": "["}}}, "#/properties/a/pattern: "),
    ({"$schema": "http://example.com/a"}, '#/$schema: unknown dialect "http://example.com/a"'),
    ("{", ": not valid JSON: "),
    ('{"a', ": not valid JSON: Unterminated string starting at line 1, column 2"),
    ("[]", ": a schema must be an object, true or false"),
    ("[" * 100_000, ": is nested too deeply"),
]


@pytest.mark.parametrize(("schema", "message"), REFUSED)
def test_a_bad_schema_is_refused_with_its_place(tmp_path: Path, schema: Any, message: str) -> None:
    path = write(tmp_path, schema)
    with pytest.raises(ContractError) as caught:
        load_contract(path)
    assert str(caught.value).startswith(f"{path}{message}")


def test_a_missing_schema_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"nope\.json: cannot be read: No such file"):
        load_contract(tmp_path / "nope.json")


@pytest.mark.parametrize("keyword", ["$ref", "$schema", "$dynamicRef"])
@pytest.mark.parametrize("target", ["http://127.0.0.1:9/a.json", "https://example.com/a"])
def test_nothing_is_ever_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keyword: str, target: str
) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    with pytest.raises(ContractError):
        load_contract(write(tmp_path, {keyword: target}))


def test_every_declared_format_is_checked(tmp_path: Path) -> None:
    contract = load_contract(write(tmp_path, {"properties": {"a": {"format": "ipv4"}}}))
    assert contract.is_valid({"a": "127.0.0.1"})
    assert not contract.is_valid({"a": "127.0.0.256"})


def test_the_annotation_schema_accepts_the_seed_contract_and_names_every_role() -> None:
    annotations = load_contract(schema_folder() / "annotations.schema.json")
    seed = json.loads((schema_folder() / "seed.schema.json").read_bytes())
    assert list(annotations.errors(seed)) == []
    seed["$defs"]["entry"]["properties"]["title"]["x-role"] = "titel"
    assert [list(error.instance_path) for error in annotations.errors(seed)] == [
        ["$defs", "entry", "properties", "title", "x-role"]
    ]
    assert all(description.endswith(".") for description in roles().values())


def test_a_contract_may_name_the_annotations_as_its_dialect(tmp_path: Path) -> None:
    dialect = json.loads((schema_folder() / "annotations.schema.json").read_bytes())["$id"]
    contract = load_contract(write(tmp_path, {"$schema": dialect, "type": "object"}))
    assert not contract.is_valid([])


def test_entities_are_found_through_references_and_combinations(tmp_path: Path) -> None:
    schema = {
        "$ref": "#/$defs/page",
        "$defs": {
            "page": {
                "$anchor": "page",
                "x-role": "entry",
                "allOf": [{"properties": {"head": {"x-role": "title"}}}],
                "if": {"required": ["more"]},
                "then": {"properties": {"more": {"items": {"$ref": "#page"}}}},
            }
        },
    }
    contract = load_contract(write(tmp_path, schema))
    matches = contract.match({"head": "a", "more": [{"head": "b"}, {"other": 1}]})
    entries = matches.by_role["entry"]
    assert [entry.route for entry in entries] == [(), ("more", 0), ("more", 1)]
    assert [entry.text("title") for entry in entries] == ["a", "b", None]
    assert entries[1].parent is entries[0]
    title = entries[1].first("title")
    assert isinstance(title, Entity)
    assert (title.route, title.enclosing("entry")) == (("more", 0, "head"), entries[1])


def test_a_deprecated_key_need_not_have_a_successor(tmp_path: Path) -> None:
    write(tmp_path, {"properties": {"a": {"deprecated": True}, "b": {"items": {}}}})
    settings = parse_settings('schema = "contract.json"', tmp_path / "seedlint.toml")
    profile = Profiles(settings, NOW).of("a.md")
    (diagnostic,) = check_bytes(b"---\nb: []\na: 1\n---\n", "a.md", profile).diagnostics
    assert concise(diagnostic) == (
        '3:1-3:2 warning deprecated-key key "a" is deprecated, expected none: nothing replaced it'
    )


@pytest.mark.parametrize(
    ("keyword", "rule"),
    [
        ("type", "schema-type"),
        ("additionalProperties", "schema-additional-properties"),
        ("minLength", "schema-min-length"),
        ("$ref", "schema-ref"),
        ("falseSchema", "schema-false-schema"),
    ],
)
def test_any_keyword_has_a_rule_name(keyword: str, rule: str) -> None:
    assert rule_name(keyword) == rule


def test_all_formats_can_be_checked(tmp_path: Path) -> None:
    for name in FORMATS:
        load_contract(write(tmp_path, {"format": name}))


def test_all_keywords_are_known() -> None:
    standard = [
        schema
        for uri in REGISTRY
        if "draft-03" not in uri and isinstance(schema := REGISTRY.contents(uri), dict)
    ]
    assert {name for schema in standard for name in schema["properties"]} == KEYWORDS


@pytest.mark.parametrize(
    "schema",
    [
        {"example": ["a"]},
        {"types": "Ferry"},
        {"requires": "a"},
        {"x-type": "string"},
        {"tsType": "string"},
        {"defs": {"a": {"type": "string"}}},
        {"type": "string", "typ": "string"},
        {"enumNames": ["a"]},
        {"formats": ["a"]},
        {"properties": {"typ": {"enum": ["propertes"], "default": {"typ": "string"}}}},
    ],
)
def test_words_of_others_are_left_alone(tmp_path: Path, schema: Any) -> None:
    load_contract(write(tmp_path, schema))


def test_a_name_may_have_changed_twice(tmp_path: Path) -> None:
    old = {"deprecated": True, "x-renamed-to": "b"}
    newer = {"deprecated": True, "x-renamed-to": "c"}
    path = tmp_path / "contract.json"
    path.write_text(json.dumps({"properties": {"a": old, "b": newer, "c": {}, "d": old}}))
    assert load_contract(path).is_valid({"a": 1})
