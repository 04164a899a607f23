"""The official JSON Schema test suite through the contract, on the path that decides.

Every disagreement is listed here, with the reason.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from seedlint import contract
from seedlint.contract import Contract, load_contract
from seedlint.schemafile import ContractError

SUITE = json.loads(
    (Path(__file__).parent / "data" / "json-schema-test-suite.json").read_text(encoding="utf-8")
)
DRAFTS = {
    "draft2020-12": (
        "https://json-schema.org/draft/2020-12/schema",
        jsonschema_rs.Draft202012,
    ),
    "draft2019-09": (
        "https://json-schema.org/draft/2019-09/schema",
        jsonschema_rs.Draft201909,
    ),
    "draft7": ("http://json-schema.org/draft-07/schema#", jsonschema_rs.Draft7),
}
# Tests that passed, by draft, required and of formats.
PASSED = {
    "draft2020-12": {"required": 1238, "format": 491},
    "draft2019-09": {"required": 1227, "format": 483},
    "draft7": {"required": 913, "format": 434},
}
# In draft 2020-12, formats say nothing unless a validator is asked to check them. We are.
ANNOTATIONS_ONLY = {
    f"invalid {name} string is only an annotation by default"
    for name in (
        *("email", "idn-email", "regex", "ipv4", "ipv6", "idn-hostname", "hostname", "date"),
        *("date-time", "time", "json-pointer", "relative-json-pointer", "iri", "iri-reference"),
        *("uri", "uri-reference", "uri-template", "uuid", "duration"),
    )
}
# What the loader refuses, as nothing is ever fetched and no dialect is known but those of the
# standard.
LEADS_OUTSIDE = "leads outside this schema, and nothing is ever fetched"
NO_FILE = "leads to no file"
UNKNOWN_DIALECT = "unknown dialect"
REMOTE = {
    "remote ref",
    "fragment within remote ref",
    "ref within remote ref",
    "base URI change",
    "base URI change - change folder",
    "base URI change - change folder in subschema",
    "Location-independent identifier in remote ref",
}
# These refer to what the suite keeps at its address by a path alone, as one refers to files.
RELATIVE = {
    "root ref in remote ref",
    "retrieved nested refs resolve relative to their URI not $id",
}
REMOTE_SINCE_2019 = REMOTE | {
    "anchor within remote ref",
    "remote HTTP ref with different $id",
    "remote HTTP ref with different URN $id",
    "remote HTTP ref with nested absolute ref",
    "$ref to $ref finds detached $anchor",
}
DIALECTS_OF_OTHERS = {
    "schema that uses custom metaschema with with no validation vocabulary",
    "ignore unrecognized optional vocabulary",
}
RELATIVE_SINCE_2019 = RELATIVE | {"remote ref with ref to defs"}
REFUSED = {
    "draft2020-12": {
        LEADS_OUTSIDE: REMOTE_SINCE_2019 | {"$ref to $dynamicRef finds detached $dynamicAnchor"},
        NO_FILE: RELATIVE_SINCE_2019
        | {
            "strict-tree schema, guards against misspelled properties",
            "tests for implementation dynamic anchor and reference link",
            "$ref and $dynamicAnchor are independent of order - $defs first",
            "$ref and $dynamicAnchor are independent of order - $ref first",
        },
        UNKNOWN_DIALECT: DIALECTS_OF_OTHERS,
    },
    "draft2019-09": {
        LEADS_OUTSIDE: REMOTE_SINCE_2019,
        NO_FILE: RELATIVE_SINCE_2019,
        UNKNOWN_DIALECT: DIALECTS_OF_OTHERS,
    },
    "draft7": {
        LEADS_OUTSIDE: REMOTE | {"$ref to $ref finds location-independent $id"},
        NO_FILE: RELATIVE | {"remote ref with ref to definitions"},
        UNKNOWN_DIALECT: set(),
    },
}
# With what the suite keeps at its address as files: those whose parts bear names of their own.
NAMED_PARTS = {
    "Recursive references between schemas",
    "base URI change",
    "base URI change - change folder",
    "base URI change - change folder in subschema",
}
NAMED_SINCE_2019 = NAMED_PARTS | {
    "Location-independent identifier with absolute URI",
    "remote HTTP ref with nested absolute ref",
}
REFUSED_AS_FILES = {
    "draft2020-12": NAMED_SINCE_2019
    | {
        "strict-tree schema, guards against misspelled properties",
        "tests for implementation dynamic anchor and reference link",
        "$ref and $dynamicAnchor are independent of order - $defs first",
        "$ref and $dynamicAnchor are independent of order - $ref first",
        "$ref to $dynamicRef finds detached $dynamicAnchor",
    },
    "draft2019-09": NAMED_SINCE_2019,
    "draft7": NAMED_PARTS,
}
READ_AS_FILES = {"draft2020-12": 13, "draft2019-09": 13, "draft7": 10}
ADDRESS = "http://localhost:1234/"


def groups(draft: str) -> list[dict[str, Any]]:
    return [group for group in SUITE["groups"] if group["draft"] == draft]


def schema_of(group: dict[str, Any]) -> Any:
    """The schema of a group, saying which draft it is of."""
    schema = group["schema"]
    dialect = DRAFTS[group["draft"]][0]
    return {"$schema": dialect, **schema} if isinstance(schema, dict) else schema


def remotes(draft: str) -> list[tuple[str, Any]]:
    """What the suite has at its address, for a draft."""
    # In draft 7, whatever stands beside a $ref is not there, so this leads nowhere.
    later = "nested-absolute-ref-to-string.json" if draft == "draft7" else ""
    return [
        (f"{ADDRESS}{path}", schema)
        for path, schema in SUITE["remotes"].items()
        if path != later and (not path.startswith("draft") or path.startswith(f"{draft}/"))
    ]


class Settings:
    """jsonschema-rs with other options for the validators that a contract makes."""

    def __init__(self, **options: Any) -> None:
        self._options = options

    def __getattr__(self, name: str) -> Any:
        return getattr(jsonschema_rs, name)

    def validator_cls_for(self, schema: Any) -> Any:
        kind = jsonschema_rs.validator_cls_for(schema)
        return lambda schema, **options: kind(schema, **{**options, **self._options})


def verdicts(made: Contract, group: dict[str, Any]) -> list[str]:
    """The tests of a group that end otherwise than they should."""
    return [
        description
        for description, data, expected in group["tests"]
        if made.is_valid(data) is not expected
        or (next(iter(made.errors(data)), None) is None) is not expected
    ]


@pytest.mark.parametrize("draft", DRAFTS)
def test_verdicts(draft: str, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = jsonschema_rs.Registry(remotes(draft), draft=DRAFTS[draft][1])
    lenient = Settings(ignore_unknown_formats=True, registry=registry)
    monkeypatch.setattr(contract, "jsonschema_rs", lenient)
    passed: Counter[str] = Counter()
    failed = []
    for group in groups(draft):
        wrong = verdicts(Contract(schema_of(group)), group)
        part = "format" if group["file"].startswith("optional/format/") else "required"
        passed[part] += len(group["tests"]) - len(wrong)
        failed += wrong
    assert set(failed) == (ANNOTATIONS_ONLY if draft == "draft2020-12" else set())
    assert len(failed) == len(set(failed))
    assert passed == PASSED[draft]


@pytest.mark.parametrize("draft", DRAFTS)
def test_the_loader_refuses_nothing_else(
    draft: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contract, "jsonschema_rs", Settings(ignore_unknown_formats=True))
    refused: dict[str, set[str]] = {reason: set() for reason in REFUSED[draft]}
    path = tmp_path / "schema.json"
    failed: set[str] = set()
    for group in groups(draft):
        path.write_text(json.dumps(schema_of(group)), encoding="utf-8")
        try:
            failed |= set(verdicts(load_contract(path), group))
        except ContractError as error:
            reason = next((reason for reason in refused if reason in str(error)), str(error))
            refused.setdefault(reason, set()).add(group["description"])
    assert refused == REFUSED[draft]
    assert failed == (ANNOTATIONS_ONLY if draft == "draft2020-12" else set())


def with_paths(node: Any, folder: str) -> Any:
    """A schema of the suite as one in a folder: with paths in place of the suite's addresses."""
    if isinstance(node, list):
        return [with_paths(part, folder) for part in node]
    if not isinstance(node, dict):
        return node
    return {
        key: os.path.relpath(value.removeprefix(ADDRESS), folder)
        if key == "$ref" and str(value).startswith(ADDRESS)
        else with_paths(value, folder)
        for key, value in node.items()
        if not (key == "$id" and str(value).startswith(ADDRESS))
    }


def put(folder: Path, path: str, schema: Any) -> Path:
    """Write a schema of the suite to where its path says."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(with_paths(schema, os.path.dirname(path) or "."))  # noqa: PTH120
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("draft", DRAFTS)
def test_what_the_suite_keeps_elsewhere_may_be_files(
    draft: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contract, "jsonschema_rs", Settings(ignore_unknown_formats=True))
    for path, schema in SUITE["remotes"].items():
        put(tmp_path, path, schema)
    refused: set[str] = set()
    failed: list[str] = []
    read = 0
    for group in groups(draft):
        schema = group["schema"]
        if ADDRESS in json.dumps(schema) and group["description"] not in DIALECTS_OF_OTHERS:
            own = schema.get("$id", f"{ADDRESS}{draft}/schema.json").removeprefix(ADDRESS)
            path = put(tmp_path, f"{os.path.dirname(own)}/own.json".lstrip("/"), schema_of(group))  # noqa: PTH120
            try:
                made = load_contract(path, tmp_path)
            except ContractError:
                refused.add(group["description"])
            else:
                read += 1
                failed += verdicts(made, group)
    assert refused == REFUSED_AS_FILES[draft]
    assert (read, failed) == (READ_AS_FILES[draft], [])


def test_what_passes_is_documented() -> None:
    page = (Path(__file__).parent.parent / "docs" / "conformance.md").read_text(encoding="utf-8")
    for draft, passed in PASSED.items():
        tests = dict.fromkeys(passed, 0)
        for group in groups(draft):
            part = "format" if group["file"].startswith("optional/format/") else "required"
            tests[part] += len(group["tests"])
        cells = " | ".join(f"{passed[part]} of {tests[part]}" for part in passed)
        assert f"| {draft.removeprefix('draft')} | {cells} |" in page
