"""The order a contract lists keys in."""

from __future__ import annotations

from typing import Any

import pytest

from seedlint.contract import Contract, load_contract
from seedlint.diagnostic import Route
from seedlint.keyorder import key_order

ANY: dict[str, Any] = {}


def renamed(to: str) -> dict[str, Any]:
    return {"deprecated": True, "x-renamed-to": to}


def keys(*names: str) -> dict[str, Any]:
    return dict.fromkeys(names, ANY)


def orders(schema: Any, *routes: Route) -> list[str]:
    contract = Contract(schema)
    return [" ".join(key_order(contract, route)) for route in routes]


def test_keys_are_in_the_order_listed_through_references_and_what_is_combined() -> None:
    schema = {
        "properties": keys("b", "a"),
        "$ref": "#/$defs/more",
        "allOf": [{"properties": keys("d", "a")}],
        "anyOf": [{"$ref": "#more"}, {"properties": keys("f")}],
        "oneOf": [{"properties": keys("e")}],
        "if": {"properties": keys("no")},
        "then": {"properties": keys("h", "b")},
        "else": {"allOf": [{"properties": keys("g")}]},
        "not": {"properties": keys("no")},
        "$defs": {"more": {"$anchor": "more", "properties": keys("c", "b")}},
    }
    assert orders(schema, ()) == ["b a c d f e h g"]


def test_below_keys_and_items_the_schemas_of_a_value_count_together() -> None:
    schema = {
        "properties": {"one": {"properties": keys("b")}, "list": {"items": {"$ref": "#"}}},
        "allOf": [{"properties": {"one": {"properties": keys("a", "b")}, "two": ANY}}],
    }
    assert orders(
        schema, ("one",), ("list", 3, "list", 0), ("list", 3, "list", 0, "one"), ("list", 0, "two")
    ) == ["b a", "one list two", "b a", ""]


@pytest.mark.parametrize(
    "route",
    [("nope",), ("text", "more"), (0,), ("list", "list"), ("list", 0, 0), ("anything", "x")],
)
def test_where_a_contract_lists_no_keys_there_is_no_order(route: Route) -> None:
    schema = {
        "properties": {
            "text": {"type": "string"},
            "anything": True,
            "list": {"items": {"properties": keys("a")}},
        },
        "additionalProperties": {"properties": keys("no")},
    }
    assert orders(schema, route) == [""]


@pytest.mark.parametrize(
    ("properties", "order"),
    [
        ({"old": renamed("new"), **keys("a", "new", "b")}, "a new old b"),
        (
            {**keys("new", "b"), "old2": renamed("new"), "old1": renamed("new")},
            "new old2 old1 b",
        ),
        (
            {"oldest": renamed("old"), "old": renamed("new"), "other": renamed("new"), "new": ANY},
            "new old oldest other",
        ),
        ({"a": ANY, "old": renamed("nowhere"), "b": ANY}, "a old b"),
        ({"x": renamed("y"), "y": renamed("x"), "a": ANY, "z": renamed("y")}, "a x y z"),
        ({"x": renamed("x"), "a": ANY}, "a x"),
        ({"old": {"deprecated": True}, "new": ANY}, "old new"),
        ({"old": {"x-renamed-to": "new"}, "new": ANY}, "old new"),
        ({"old": {"anyOf": [{"$ref": "#/$defs/old"}]}, "a": ANY, "new": ANY}, "a new old"),
    ],
)
def test_a_renamed_key_stands_behind_its_new_name(properties: Any, order: str) -> None:
    schema = {"properties": properties, "$defs": {"old": renamed("new")}}
    assert orders(schema, ()) == [order]


def test_the_seed_contract_orders_entries_and_renamed_keys() -> None:
    contract = load_contract(None)
    entry, related = key_order(contract, ()), key_order(contract, ("related", 3))
    urls = (
        "webUrl",
        "sourceUrl",
        "originalUrl",
        "ampWebUrl",
        "ampUrl",
        "cdnAmpWebUrl",
        "cdnAmpUrl",
    )
    assert entry[4:11] == related[4:11] == urls
    assert entry[11:13] == ("type", "quality")
    assert related[11:14] == ("type", "provider", "quality")
    assert sorted(entry) == sorted(related)
    assert key_order(contract, ("related", 0, "related", 7)) is related
    assert key_order(contract, ("provider",)) == ("name", "domain", "images", "authors")


def test_a_recursive_contract_is_followed_as_deep_as_a_route_goes() -> None:
    contract = Contract({"properties": {"a": {"$ref": "#"}, "b": ANY}})
    deep = key_order(contract, ("a",) * 5000)
    assert deep == ("a", "b")
    assert key_order(contract, ("a",)) is deep
