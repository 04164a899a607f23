"""Schemas as files: in YAML, and spread over several files of a project."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from seedlint.cli import cli
from seedlint.contract import Contract, load_contract
from seedlint.schemafile import MOST_BYTES, ContractError

THREE = {"minLength": 3}
D07 = "http://json-schema.org/draft-07/schema#"
D2019 = "https://json-schema.org/draft/2019-09/schema"
D2020 = "https://json-schema.org/draft/2020-12/schema"


def put(folder: Path, files: dict[str, Any]) -> Path:
    """Write files, schemas as JSON; the first one's path."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
    return folder / next(iter(files))


def loaded(folder: Path, files: dict[str, Any]) -> Contract:
    return load_contract(put(folder, files), folder)


def run(folder: Path, *arguments: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return CliRunner().invoke(cli, arguments)


def refusal(folder: Path, files: dict[str, Any]) -> str:
    """Why a schema is refused, paths relative to the folder."""
    with pytest.raises(ContractError) as caught:
        loaded(folder, files)
    return str(caught.value).replace(f"{folder}/", "")


YAML = """\
# What an article has.
type: object
required: [title]
properties:
  title: &text {type: string, minLength: 1, x-role: title}
  teaser:
    <<: *text
    x-role: excerpt
  kind:
    enum:
      - news
      - "no"
"""


@pytest.mark.parametrize("name", ["article.yaml", "article.YML"])
def test_a_schema_may_be_yaml(tmp_path: Path, name: str) -> None:
    contract = loaded(tmp_path, {name: YAML})
    assert contract.is_valid({"title": "Ferry", "kind": "no"})
    assert not contract.is_valid({"title": ""})
    assert not contract.is_valid({"title": "Ferry", "kind": False})
    tables = contract.scan({"title": "Ferry", "teaser": "It sails again."})
    assert tables.strings("title", "excerpt") == ["Ferry", "It sails again."]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("type: object\n  a: 1\n", "not valid YAML: "),
        (
            "type: object\ntype: array\n",
            'not valid YAML: the key "type" occurs twice in one mapping, expected once',
        ),
        ("a: 1\n---\nb: 1\n", "not valid YAML: a second YAML document begins here"),
        ("- type: object\n", "a schema must be an object, true or false"),
        ("", "a schema must be an object, true or false"),
        ("minimum: .nan\n", "#/minimum: nan is no JSON number"),
        ("enum: [1, -.inf]\n", "#/enum/1: -inf is no JSON number"),
        ("properties:\n  404: true\n", "#/properties: the key 404 is not text"),
        ("a: " + "[" * 210 + "]" * 210, "#/a/0/0/0/0/0/0/0: is nested more than 200 levels deep"),
        ("a: " + "[" * 300 + "]" * 300, "the block is nested more than 256 levels deep, at line 1"),
        ("a: b\x00", "not valid YAML: the control character U+0000 may not stand in YAML, at line"),
        ("x-role: titel\n", '#/x-role: unknown role "titel"; the roles are'),
        ("#" * MOST_BYTES + "\n", f"has more than {MOST_BYTES} bytes"),
    ],
)
def test_a_yaml_schema_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    told = refusal(tmp_path, {"a.yaml": text})
    assert told.removeprefix("a.yaml").removeprefix(": ").startswith(message)


def test_the_line_of_a_mistake_in_yaml_is_said(tmp_path: Path) -> None:
    told = refusal(tmp_path, {"a.yaml": "type: object\nrequired: [title\n"})
    assert told == ('a.yaml: not valid YAML: "[" is not closed, expected "]", at line 2, column 11')


@pytest.mark.parametrize(
    "files",
    [
        # the whole file, a pointer into it, an anchor in it
        {"m.json": {"$ref": "a.json"}, "a.json": THREE},
        {"m.json": {"$ref": "./a.json#"}, "a.json": THREE},
        {"m.json": {"$ref": "a.json#/$defs/b~1c"}, "a.json": {"$defs": {"b/c": THREE}}},
        {
            "m.json": {"$ref": "a.json#b"},
            "a.json": {"$defs": {"x": {"$anchor": "b", "minLength": 3}}},
        },
        # one file in YAML, another in JSON
        {"m.yaml": "$ref: a.json\n", "a.json": THREE},
        {"m.json": {"$ref": "a.yml#/$defs/b"}, "a.yml": "$defs: {b: {minLength: 3}}\n"},
        # from file to file, each path as seen from the file it is in
        {
            "m.json": {"$ref": "in/a.json"},
            "in/a.json": {"$ref": "b.json#/$defs/x"},
            "in/b.json": {"$defs": {"x": {"$ref": "../c.json"}}},
            "c.json": THREE,
        },
        {"in/m.json": {"$ref": "../a.json"}, "a.json": THREE},
        # and back to the first
        {
            "m.json": {"$ref": "a.json", "$defs": {"x": THREE}},
            "a.json": {"$ref": "m.json#/$defs/x"},
        },
        {"m.json": {"$ref": "m.json#/$defs/x", "$defs": {"x": THREE}}},
        # within a file that is referred to
        {"m.json": {"$ref": "a.json"}, "a.json": {"$ref": "#/$defs/x", "$defs": {"x": THREE}}},
        {
            "m.json": {"$ref": "a.json"},
            "a.json": {"$ref": "#x", "$defs": {"y": {"$anchor": "x", "minLength": 3}}},
        },
        # names of their own
        {
            "m.json": {"$id": "https://example.com/m.json", "$ref": "a.json"},
            "a.json": {
                "$id": "https://example.com/other.json",
                "$ref": "https://example.com/other.json#/$defs/x",
                "$defs": {"x": THREE},
            },
        },
        # names that need escapes, or are taken
        {"m.json": {"$ref": "my%20part~%25%23.json"}, "my part~%#.json": THREE},
        {"m.json": {"$ref": "ähnlich/ü.json"}, "ähnlich/ü.json": THREE},
        {"m.json": {"$ref": "a.json", "$defs": {"a.json": {"minLength": 9}}}, "a.json": THREE},
        # older drafts, and ours by its annotations
        {
            "m.json": {"$schema": D2019, "$ref": "a.json"},
            "a.json": {"$schema": D2019, "minLength": 3},
        },
        {
            "m.json": {"$schema": D07, "allOf": [{"$ref": "a.json#x"}]},
            "a.json": {"$schema": D07, "definitions": {"x": {"$id": "#x", "minLength": 3}}},
        },
        {
            "m.json": {"$schema": "../annotations.schema.json", "$ref": "a.json"},
            "a.json": {"$schema": D2020, "minLength": 3},
        },
        # twice the same file, once by another name
        {
            "m.json": {"allOf": [{"$ref": "a.json"}, {"$ref": "./x/../a.json#"}]},
            "a.json": THREE,
        },
    ],
)
def test_a_schema_may_refer_to_files(tmp_path: Path, files: dict[str, Any]) -> None:
    contract = loaded(tmp_path, files)
    assert [contract.is_valid(text) for text in ("ab", "abc")] == [False, True]
    assert contract.files == tuple(tmp_path / name for name in sorted(files, key=list(files).index))
    # What `seedlint schema` prints is one document that says the same.
    again = loaded(tmp_path, {"whole.json": contract.schema})
    assert [again.is_valid(text) for text in ("ab", "abc")] == [False, True]
    assert again.files == (tmp_path / "whole.json",)


def test_a_name_in_the_schema_goes_before_a_file_of_that_name(tmp_path: Path) -> None:
    named = {"$ref": "a.json", "$defs": {"x": {"$id": "a.json", "minLength": 3}}}
    contract = loaded(tmp_path, {"m.json": named, "a.json": {"minLength": 9}})
    assert [contract.is_valid(text) for text in ("ab", "abc")] == [False, True]
    assert contract.files == (tmp_path / "m.json",)


def test_definitions_of_older_drafts_stand_where_these_have_them(tmp_path: Path) -> None:
    files = {"m.json": {"$schema": D07, "$ref": "a.json"}, "a.json": THREE}
    assert loaded(tmp_path, files).schema == {
        "$schema": D07,
        "$ref": "#/definitions/a.json",
        "definitions": {"a.json": THREE},
    }


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_the_bytes_of_a_schema(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    text = b'{"minLength": 3}'
    path.write_bytes(b"\xef\xbb\xbf" + text)
    assert not load_contract(path).is_valid("ab")
    path.write_bytes(text + b" " * (MOST_BYTES - len(text)))
    assert not load_contract(path).is_valid("ab")
    path.write_bytes(text + b" " * (MOST_BYTES - len(text) + 1))
    with pytest.raises(ContractError, match=rf": has more than {MOST_BYTES} bytes\Z"):
        load_contract(path)
    path.write_bytes(b'{"title": "\xff"}')
    words = {
        "a.json": "is not UTF-8 text",
        "a.yaml": "not valid YAML: the byte 0xFF is not valid UTF-8 here, at line 1, column 12",
    }
    with pytest.raises(ContractError, match=rf": {words[name]}\Z"):
        load_contract(path)


def test_roles_are_found_in_other_files(tmp_path: Path) -> None:
    files = {
        "m.json": {"x-role": "entry", "properties": {"related": {"$ref": "parts/related.yaml"}}},
        "parts/related.yaml": "type: array\nx-role: related\nitems: {$ref: entry.yaml}\n",
        "parts/entry.yaml": (
            "x-role: entry\nproperties:\n  link: {x-role: url}\n  more: {$ref: related.yaml}\n"
        ),
    }
    tables = loaded(tmp_path, files).scan({"related": [{"link": "a", "more": [{"link": "b"}]}]})
    assert sorted(tables.strings("url")) == ["a", "b"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"m.json": {"$ref": "a.json"}},
            'm.json#/$ref: $ref "a.json" leads to no file, as seen from this one',
        ),
        (
            {"m.json": {"items": {"$ref": "in"}}, "in/a.json": True},
            'm.json#/items/$ref: $ref "in" leads to no file, as seen from this one',
        ),
        (
            {"m.json": {"$ref": "a\u0000.json"}},
            'm.json#/$ref: $ref "a\\u{0}.json" leads to no file, as seen from this one',
        ),
        (
            {"m.json": {"$ref": "../../etc/passwd"}},
            'm.json#/$ref: $ref "../../etc/passwd" leads outside the project, and is not read',
        ),
        (
            {"m.json": {"$ref": "/etc/passwd"}},
            'm.json#/$ref: $ref "/etc/passwd" leads outside the project, and is not read',
        ),
        (
            {"m.json": {"$ref": "a.json#/$defs/x"}, "a.json": {"$defs": {}}},
            'm.json#/$ref: $ref "a.json#/$defs/x" leads nowhere in a.json',
        ),
        (
            {"m.json": {"$ref": "a.json#x"}, "a.json": True},
            'm.json#/$ref: $ref "a.json#x" leads nowhere in a.json',
        ),
        (
            {"m.json": {"$ref": "a.json"}, "a.json": {"items": {"$ref": "#/$defs/x"}}},
            'a.json#/items/$ref: $ref "#/$defs/x" leads nowhere in a.json',
        ),
        (
            {"m.json": {"$ref": "a.json"}, "a.json": {"$schema": D07}},
            f'a.json#/$schema: "{D07[:-1]}" is another dialect than "{D2020}", in which m.json is',
        ),
        (
            {"m.json": {"$ref": "a.json"}, "a.json": {"not": {"$dynamicRef": "#x"}}},
            "a.json#/not/$dynamicRef: $dynamicRef cannot be used in a file that another schema ",
        ),
        (
            {"m.json": {"$ref": "a.json"}, "a.json": {"$defs": {"x": {"$id": "x.json"}}}},
            "a.json#/$defs/x/$id: $id cannot be used in a file that another schema refers to",
        ),
        # mistakes in a file are told of that file
        (
            {"m.json": {"$ref": "a.yaml"}, "a.yaml": "type: object\ntype: array\n"},
            'a.yaml: not valid YAML: the key "type" occurs twice in one mapping, expected once',
        ),
        ({"m.json": {"$ref": "a.json"}, "a.json": "{"}, "a.json: not valid JSON: "),
        (
            {"m.json": {"$ref": "a.json"}, "a.json": {"items": {"type": "objekt"}}},
            'a.json#/items/type: "objekt" is not one of array, boolean, integer, null, number, ',
        ),
        (
            {"m.json": {"$ref": "a.json"}, "a.json": {"properties": {"b": {"x-role": "titel"}}}},
            'a.json#/properties/b/x-role: unknown role "titel"; the roles are ',
        ),
        (
            {"m.json": {"$ref": "a.json"}, "a.json": {"pattern": "(?=a)"}},
            'a.json#/pattern: the pattern "(?=a)" looks around',
        ),
        (
            {"m.json": {"$ref": "a.json"}, "a.json": {"$ref": "https://example.com/b.json"}},
            'a.json#/$ref: $ref "https://example.com/b.json" leads outside this schema, and ',
        ),
        (
            {"m.json": {"$ref": "a.json", "$defs": 3}, "a.json": True},
            "m.json#/$defs: must be an object",
        ),
        (
            {"m.json": {"$ref": "a.json"}, "a.json": {"$comment": "x" * MOST_BYTES}},
            f"a.json: has more than {MOST_BYTES} bytes",
        ),
        (
            {
                "m.json": {"allOf": [{"$ref": f"{n}.json"} for n in range(201)]},
                **{f"{n}.json": True for n in range(201)},
            },
            "m.json: refers to more than 200 files",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    tmp_path: Path, files: dict[str, Any], message: str
) -> None:
    # Paths in messages are as the schema's own is given.
    told = refusal(tmp_path, files)
    assert told.startswith(message)


def test_links_do_not_lead_out_of_the_project(tmp_path: Path) -> None:
    secret = put(tmp_path / "outside", {"secret.json": THREE})
    home = tmp_path / "home"
    home.mkdir()
    (home / "a.json").symlink_to(secret)
    told = refusal(home, {"m.json": {"$ref": "a.json"}})
    assert told == 'm.json#/$ref: $ref "a.json" leads outside the project, and is not read'


def test_a_project_is_wider_than_the_folder_of_a_schema(tmp_path: Path) -> None:
    files = {"schemas/m.json": {"$ref": "../parts/a.json"}, "parts/a.json": THREE}
    path = put(tmp_path, files)
    assert not load_contract(path, tmp_path).is_valid("ab")
    with pytest.raises(ContractError, match="leads outside the project"):
        load_contract(path)


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.json")
    told = refusal(tmp_path, {"m.json": {"$ref": "a.json"}})
    assert told == 'm.json#/$ref: $ref "a.json" leads to no file, as seen from this one'


def test_what_an_alias_repeats_is_followed_once(tmp_path: Path) -> None:
    files = {
        "m.yaml": "$ref: in/a.yaml\n",
        "in/a.yaml": "properties: {x: &x {$ref: b.yaml}, y: *x}\n",
        "in/b.yaml": "minLength: 3\n",
    }
    contract = loaded(tmp_path, files)
    assert contract.is_valid({"x": "abc", "y": "abc"})
    assert not contract.is_valid({"x": "abc", "y": "ab"})


def test_the_cache_notices_a_change_in_any_file(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "seedlint.toml": 'schema = "schemas/m.yaml"\ninclude = ["posts"]\n',
            "schemas/m.yaml": "properties: {title: {$ref: text.yaml}}\n",
            "schemas/text.yaml": "minLength: 3\n",
            "posts/one.md": "---\ntitle: Ice\n---\n",
        },
    )
    first = run(tmp_path, "check", "-o", "concise", "-q")
    assert (first.exit_code, first.stdout) == (0, "")
    put(tmp_path, {"schemas/text.yaml": "minLength: 5\n"})
    second = run(tmp_path, "check", "-o", "concise", "-q")
    assert second.stdout == (
        "posts/one.md:2:8: error schema-min-length expected at least 5 characters, found 3\n"
    )


def test_the_contract_in_force_is_printed_whole(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "seedlint.toml": 'schema = "schemas/m.yaml"\n',
            "schemas/m.yaml": "properties: {title: {$ref: ../text.yaml}}\n",
            "text.yaml": "minLength: 3\n",
        },
    )
    printed = run(tmp_path, "schema")
    assert json.loads(printed.stdout) == {
        "properties": {"title": {"$ref": "#/$defs/..~1text.yaml"}},
        "$defs": {"../text.yaml": THREE},
    }
