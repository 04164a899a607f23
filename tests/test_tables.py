"""A document's tables hold what its entities hold."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seedlint.contract import Contract, load_contract
from seedlint.document import Document
from seedlint.tables import SEVERAL
from tests.test_second_contract import CONTRACT

# Roles where few contracts have them: on lists, on what may be text or an object, in lists
# of lists, below objects without a role, on two keys of one object.
ODD = {
    "type": "object",
    "x-role": "entry",
    "properties": {
        "a": {"x-role": "title", "anyOf": [{"type": "string"}, {"$ref": "#/$defs/named"}]},
        "b": {"items": {"items": {"x-role": "topic"}}},
        "c": {"x-role": "topics", "items": {"$ref": "#/$defs/named"}},
        "d": {"properties": {"a": {"x-role": "url"}, "b": {"$ref": "#"}}},
        "e": {"x-role": "url", "deprecated": True, "x-renamed-to": "f"},
        "f": {"x-role": "url"},
        "g": {"deprecated": True, "x-renamed-to": "d", "$ref": "#/properties/d"},
    },
    "$defs": {
        "named": {
            "deprecated": True,
            "x-renamed-to": "b",
            "properties": {"a": {"x-role": "excerpt"}},
        }
    },
}
CONTRACTS = [
    load_contract(None),
    Contract(CONTRACT),
    Contract(ODD),
]
KEYS = sorted(
    {"other"}
    | {key for part in CONTRACT["$defs"].values() for key in part["properties"]}  # type: ignore[attr-defined]
    | set("abcdefg")
    | {"title", "webUrl", "sourceUrl", "provider", "name", "domain", "images", "url", "width"}
    | {"related", "topics"}
)
VALUES = st.recursive(
    st.one_of(st.sampled_from(["one", "two", ""]), st.integers(0, 3), st.none(), st.booleans()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=25,
)
EXAMPLES = settings(max_examples=400, deadline=None)


def document(contract: Contract, data: Any) -> Document:
    return Document("", data, contract, lambda: None)


@pytest.mark.parametrize("contract", CONTRACTS, ids=["seed", "second", "odd"])
@EXAMPLES
@given(VALUES)
@example({"a": ["one", {"a": "two"}], "b": [["one"], "two", [["x"]]], "c": ["one", {"a": "x"}]})
@example({"related": [{"title": "one"}, "two", {"related": [{"title": "x"}]}], "title": None})
def test_tables_hold_the_texts_and_deprecated_keys_that_entities_hold(
    contract: Contract, data: Any
) -> None:
    found = document(contract, data)
    roles = set(found.matches.by_role) | set(found.tables.by_role)
    for role in roles:
        expected = Counter(text for _, text in found.texts(role))
        assert Counter(found.strings(role)) == expected, role
        grouped = Counter(text for group in found.tables.groups(role) for text in group)
        assert grouped == expected, role
    assert found.tables.has_deprecated == bool(found.deprecated)


@EXAMPLES
@given(VALUES)
def test_columns_are_aligned_with_rows(data: Any) -> None:
    tables = document(CONTRACTS[0], data).tables
    for role in ("url", "title", "width"):
        for table in tables.of(role):
            keys = table.keys[role]
            for row, value in zip(table.rows, table.column(role), strict=True):
                assert value is SEVERAL if len(keys) > 1 else value == row.get(keys[0])


@EXAMPLES
@given(VALUES)
def test_sources_are_aligned_with_rows(data: Any) -> None:
    for table in document(CONTRACTS[0], data).tables.of("provider-domain", "width", "title"):
        rows = [
            row[key]
            for source, key in table.sources
            for row in source.rows
            if isinstance(row.get(key), dict)
        ]
        assert not rows or rows == table.rows


def test_each_list_of_items_is_a_table_of_its_own() -> None:
    data = {"topics": ["AI"], "related": [{"topics": ["AI", 7]}, {"topics": []}]}
    groups = document(CONTRACTS[0], data).tables.groups("topic")
    assert sorted(groups) == [[], ["AI"], ["AI"]]
