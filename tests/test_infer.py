"""A schema inferred from documents accepts them, and says of them what can be said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seedlint import check_text
from seedlint.check import Check, Input, read_all, release_all
from seedlint.contract import load_contract
from seedlint.infer import Inference
from seedlint.inferschema import nodes_of, plain_dates, roles_in, schema_of, schema_text
from seedlint.oddities import odd_places
from seedlint.otherwise import other_readings
from seedlint.profile import Profiles
from seedlint.settings import Settings
from seedlint.yaml11 import truth_of
from tests.support import NOW

KEYS = st.sampled_from(
    [
        *("title", "Title", "headline", "description", "summary", "date", "pubDate", "published"),
        *("url", "canonical_url", "permalink", "image", "heroImage", "cover", "images", "gallery"),
        *("tags", "categories", "author", "authors", "provider", "source", "related", "see-also"),
        *("links", "link", "name", "domain", "src", "alt", "width", "height", "layout", "draft"),
        *("a/b", "*", "", "é", "\u202e", "$ref", "x-role", "type", "1"),
    ]
)
TEXT = st.sampled_from(
    [
        *("", " ", "post", "page", "en", "de", "Ferries return", "a: b", "null", "2024-01-01"),
        *("2024-02-30", "2024-01-01T10:00:00Z", "2024-01-01T10:00:00+01:00", "2024-01-01 10:00"),
        *("https://a.example/b", "https://a.example/ b", "http://localhost/", "/img/a.jpg"),
        *("../a.jpg", "a.jpg", "mailto:a@b.example", "a@b.example", "a.example", "1:2"),
        *("2024-01-01\n", "post\n", "x" * 3000, "\u202e", "tab\t", "Jul 08 2022"),
    ]
)
NUMBER = st.sampled_from([0, 1, -1, 640, 10**30, -(10**400), 1.0, 0.5, 1e300, float("inf")])
# Words such as "y" are the one thing that is not always accepted; see below.
SHORT = st.text(max_size=5).filter(lambda text: truth_of(text) is None)
SCALAR = st.one_of(TEXT, TEXT, NUMBER, st.booleans(), st.none(), st.floats(), SHORT)
VALUE = st.recursive(
    SCALAR,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=5)),
    max_leaves=12,
)
DOCUMENTS = st.lists(st.dictionaries(KEYS, VALUE, max_size=8), min_size=1, max_size=30)
# Of one kind, so that something can be said of them.
ALIKE = st.dictionaries(
    KEYS, st.sampled_from([TEXT, NUMBER, st.lists(TEXT, max_size=3), VALUE]), min_size=1, max_size=6
).flatmap(lambda shape: st.lists(st.fixed_dictionaries(shape), min_size=3, max_size=20))

# These say of a value that it breaks its contract; all a guessed role can bring.
BREACHES = ("schema-", "timestamp-format", "invalid-url", "sealed-token", "amp-")


def inferred(documents: list[Any]) -> dict[str, Any]:
    inference = Inference()
    for document in documents:
        inference.add(document)
    return schema_of(inference.root, "From tests.")


def inference_of(*blocks: str) -> Inference:
    """What is seen in blocks of YAML, where quotes matter."""
    inference = Inference()
    profile = Profiles(Settings(path=None, root=Path.cwd()), NOW).of("a.md")
    for block in blocks:
        checks = [Check(Input(f"---\n{block}\n---\n".encode(), "a.md", profile))]
        for check in read_all(checks):
            inference.add(check.document.data, other_readings(check.document))
        release_all(checks)
    return inference


def inferred_from(*blocks: str) -> dict[str, Any]:
    return schema_of(inference_of(*blocks).root, "From tests.")


def written(schema: dict[str, Any], folder: Path) -> Path:
    path = folder / "seedlint.schema.json"
    path.write_text(schema_text(schema), encoding="utf-8")
    return path


@settings(max_examples=400, deadline=None)
@given(st.one_of(DOCUMENTS, ALIKE))
@example([{"date": "2024-01-01\n"}])
@example([{"a": -(10**400)}, {"a": 1}])
@example([{"a": 1.0}, {"a": 2}])
@example([{"a": float("nan")}, {"a": 1}])
def test_it_accepts_what_it_was_inferred_from(
    tmp_path_factory: pytest.TempPathFactory, documents: list[Any]
) -> None:
    path = written(inferred(documents), tmp_path_factory.mktemp("inferred"))
    contract = load_contract(path)
    assert [document for document in documents if not contract.is_valid(document)] == []


def is_writable(value: Any) -> bool:
    """Whether JSON, as YAML, says the same."""
    text = json.dumps(value, ensure_ascii=False)
    return text.isprintable() and "Infinity" not in text and "NaN" not in text


@settings(max_examples=150, deadline=None)
@given(ALIKE.filter(is_writable))
def test_no_rule_finds_a_breach_of_a_guessed_role(
    tmp_path_factory: pytest.TempPathFactory, documents: list[Any]
) -> None:
    path = written(inferred(documents), tmp_path_factory.mktemp("inferred"))
    for document in documents:
        text = f"---\n{json.dumps(document, ensure_ascii=False)}\n---\n"
        found = check_text(text, schema=path, isolated=True, now=NOW).diagnostics
        assert [item for item in found if item.rule.startswith(BREACHES)] == []


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS)
def test_it_is_the_same_each_time(documents: list[Any]) -> None:
    assert schema_text(inferred(documents)) == schema_text(inferred(documents))


def properties(*documents: dict[str, Any]) -> Any:
    return inferred(list(documents))["properties"]


def test_types_are_united() -> None:
    found = properties(
        {"a": 1, "b": 1, "c": None, "d": None, "e": "x", "f": float("inf")},
        {"a": 2, "b": 2.5, "c": True, "d": None, "e": [1], "f": 1},
    )
    assert found == {
        "a": {"type": "integer"},
        "b": {"type": "number"},
        "c": {"type": ["boolean", "null"]},
        "d": {"$comment": "always empty so far"},
        "e": {"type": ["string", "array"], "items": {"type": "integer"}},
        "f": {},
    }


def test_yes_and_no_are_no_truths_but_are_no_texts_either() -> None:
    documents = [{"draft": True}, {"draft": "no"}, {"draft": False}, {"draft": "Yes"}]
    assert inferred(documents)["properties"]["draft"] == {
        "$comment": '2 values such as "yes" or "no" to be mended',
        "type": "boolean",
    }
    others = [*documents, {"draft": "soon"}]
    assert inferred(others)["properties"]["draft"] == {"type": ["boolean", "string"]}
    alone = [{"answer": "no"}, {"answer": "yes"}]
    assert inferred(alone)["properties"]["answer"] == {"type": "string"}


def test_words_without_quotes_alone_are_meant_as_truths() -> None:
    schema = inferred_from(
        "comments: on\nlang: no\ncountry_code: NO\nkey: y\nwords: [yes, no]\nquoted: 'yes'\n"
        "all: yes",
        "comments: off\nlang: no\ncountry_code: NO\nkey: n\nwords: [yes]\nquoted: no\nall:",
    )
    assert schema["properties"] == {
        "comments": {
            "$comment": '2 values such as "yes" or "no" to be mended',
            "type": "boolean",
        },
        "lang": {"type": "string"},
        "country_code": {"type": "string"},
        "key": {"type": "string"},
        "words": {"type": "array", "items": {"type": "string"}},
        "quoted": {"type": "string"},
        "all": {
            "$comment": '1 value such as "yes" or "no" to be mended',
            "type": ["boolean", "null"],
        },
    }


def test_a_truth_plays_no_role_of_texts() -> None:
    schema = inferred_from("title: x\nauthor: no", "title: y\nauthor: no")
    assert schema["properties"]["author"] == {
        "$comment": '2 values such as "yes" or "no" to be mended',
        "type": "boolean",
    }


def test_a_key_is_required_if_enough_have_it_without_exception() -> None:
    schema = inferred([{"b": 1, "a": 1}, {"a": 2, "c": 1}, {"a": 3, "b": 1}])
    assert schema["required"] == ["a"]
    assert list(schema["properties"]) == ["b", "a", "c"]
    assert "required" not in inferred([{"a": 1}, {"a": 2}])
    nearly = inferred([{"a": 1, "b": 1}] * 9 + [{"a": 1}])
    assert nearly["required"] == ["a"]
    assert nearly["properties"]["b"] == {"$comment": "in 9 of 10", "type": "integer"}


def test_nested_mappings_and_lists_are_merged() -> None:
    found = properties(
        {"shelf": [{"x": 1}, {"x": 2, "y": "a b"}]}, {"shelf": [{"x": 1.5}]}, {"shelf": []}
    )
    assert found == {
        "shelf": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["x"],
                "properties": {"x": {"type": "number"}, "y": {"type": "string"}},
            },
        }
    }


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["2024-01-01", "2023-12-31"], {"format": "date"}),
        (["2024-01-01T10:00:00Z"], {"format": "date-time"}),
        (
            ["2024-01-01", "2024-01-01 10:00:00 +0100"],
            {"pattern": r"^\d{4}-(0[1-9]|1[0-2])-[0-3]\d([Tt ]\d{1,2}:\d{2}|$)"},
        ),
        (["2024-01-01", "Jul 08 2022"], {}),
        (["https://a.example/b", "http://b.example"], {"format": "uri"}),
        (["https://a.example/b", "/b"], {}),
        (["re:zero"], {}),
        (["a@b.example"], {"format": "email"}),
        (["post", "page"] * 5, {"enum": ["post", "page"]}),
        (["post"] * 9 + ["page"], {}),
        (["post"] * 10, {}),
        (["post", "page"] * 4, {}),
        (["Ada Pontier", "Bo Kai"] * 9, {}),
    ],
)
def test_what_is_said_of_texts(values: list[str], said: dict[str, Any]) -> None:
    assert properties(*({"field": value} for value in values)) == {
        "field": {"type": "string", **said}
    }


def test_an_enumeration_may_be_empty() -> None:
    found = properties(*({"lang": value} for value in ["en", "de", None] * 6))
    assert found["lang"] == {"type": ["string", "null"], "enum": ["en", "de", None]}


POST = {
    "Title": "Ferries return",
    "description": "They do.",
    "date": "2024-01-01T10:00:00+01:00",
    "canonical_url": "https://harbour.example/ferries",
    "hero-image": "/img/ferry.jpg",
    "images": [{"src": "/a.jpg", "width": 640, "height": 480, "alt": "A ferry"}],
    "tags": ["ferries"],
    "authors": [{"name": "Ada"}],
    "publisher": {"name": "Harbour", "domain": "harbour.example"},
    "related": [{"title": "Trams", "url": "https://harbour.example/trams", "tags": ["trams"]}],
    "links": [{"text": "Map", "href": "/map"}],
}


def test_roles_are_guessed(tmp_path: Path) -> None:
    schema = inferred([POST])
    assert roles_in(schema) == [
        *("entry", "title", "excerpt", "published-at", "url", "image-url", "topics", "provider"),
        *("related", "image", "topic", "provider-name", "provider-domain", "width", "height"),
        *("image-title", "author-name", "link-title", "link-url"),
    ]
    matches = load_contract(written(schema, tmp_path)).match(POST)
    routes = {
        role: [entity.route for entity in entities] for role, entities in matches.by_role.items()
    }
    assert routes["entry"] == [(), ("related", 0)]
    assert routes["title"] == [("Title",), ("related", 0, "title")]
    assert routes["author-name"] == [("authors", 0, "name")]
    assert routes["image-url"] == [("hero-image",), ("images", 0, "src")]
    assert schema["properties"]["canonical_url"] == {
        "$comment": "role guessed: by its name, and its values are absolute URLs",
        "x-role": "url",
        "type": "string",
        "format": "uri",
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date", "2024-01-01"),
        ("date", True),
        ("title", ["a"]),
        ("permalink", "/about/"),
        ("canonical", "https://localhost/a"),
        ("image", "../a.jpg"),
        ("image", {"alt": "no address"}),
        ("tags", "a, b"),
        ("publisher", {"domain": "harbour.example"}),
        ("related", ["/a", "/b"]),
        ("related", [{"note": "x"}]),
        ("unknown", "x"),
    ],
)
def test_a_role_is_not_guessed_where_it_would_not_hold(field: str, value: Any) -> None:
    assert roles_in(inferred([{field: value}] * 3)) == []


def test_of_several_keys_for_a_role_the_likelier_one_plays_it() -> None:
    found = properties({"keywords": ["a"], "tags": ["b"], "summary": "c", "excerpt": "d"})
    assert {key: part.get("x-role") for key, part in found.items()} == {
        "keywords": None,
        "tags": "topics",
        "summary": None,
        "excerpt": "excerpt",
    }


def test_authors_may_be_one_or_several(tmp_path: Path) -> None:
    documents = [{"author": "Ada"}, {"author": ["Bo", "Cy"]}, {"author": None}]
    schema = inferred(documents)
    assert schema["properties"]["author"] == {
        "$comment": "role guessed: by its name, and its values are texts, or lists of them",
        "x-role": "author-name",
        "type": ["string", "array", "null"],
        "items": {"x-role": "author-name", "type": "string"},
    }
    contract = load_contract(written(schema, tmp_path))
    texts = [
        entity.value
        for document in documents
        for entity in contract.match(document).by_role["author-name"]
        if isinstance(entity.value, str)
    ]
    assert texts == ["Ada", "Bo", "Cy"]


URL = "https://harbour.example/a"


@pytest.mark.parametrize(
    ("documents", "remarks"),
    [
        (
            [*[{"video_title": "x"}] * 20, {"Video-title": "x"}],
            {
                "video_title": "in 20 of 21",
                "Video-title": 'perhaps a slip for "video_title", which is in 20',
            },
        ),
        (
            [*[{"video_title": "x"}] * 19, {"Video-title": "x"}],
            {"video_title": "in 19 of 20"},
        ),
        ([*[{"video_title": "x"}] * 40, {"video": "x"}], {"video_title": "in 40 of 41"}),
        (
            [*[{"shop": URL}] * 19, {"shop": f"{URL} "}],
            {"shop": 'no "format": "uri", as 1 of 20 is none'},
        ),
        (
            [*[{"shop": URL}] * 38, {"shop": f"{URL} "}, {"shop": "harbour.example"}],
            {"shop": 'no "format": "uri", as 2 of 40 are none'},
        ),
        ([*[{"shop": URL}] * 18, {"shop": f"{URL} "}], {}),
        ([*[{"shop": URL}] * 400, *[{"shop": "x"}] * 6], {}),
        (
            [*[{"day": "2024-02-01"}] * 20, {"day": "2024-02-01 10:00"}],
            {"day": 'no "format": "date", as 1 of 21 is none'},
        ),
        ([*[{"day": "2024-02-01"}] * 20, {"day": None}], {}),
        ([*[{"part": 1}] * 20, {"part": "1"}], {"part": "string only in 1 of 21"}),
        ([*[{"part": 1}] * 20, {"part": 1.5}], {}),
        ([*[{"part": 1.5}] * 20, {"part": 1}], {}),
        (
            [{"list": [*[{"on": 1}] * 20, {"on": [1]}]}],
            {"list/*/on": "array only in 1 of 21"},
        ),
    ],
)
def test_what_few_do_otherwise_is_remarked(documents: list[Any], remarks: dict[str, str]) -> None:
    inference = Inference()
    for document in documents:
        inference.add(document)
    schema = schema_of(inference.root, "From tests.")
    found = {
        "/".join(map(str, route)): node["$comment"]
        for route, node in nodes_of(schema)
        if route and "$comment" in node
    }
    assert found == remarks
    odd = [f"/{place}" for place, remark in remarks.items() if not remark.startswith("in ")]
    assert odd_places(inference.root) == odd


def test_dates_without_a_role_are_known() -> None:
    inference = inference_of(
        "title: 2024-01-01\ndate: 2024-01-01\na/b: [{x: 2024-01-01 10:00:00}]\nc: no date\n"
        "mixed: 2024-01-01\nquoted: '2024-01-01'\nfull: 2024-01-01T10:00:00Z",
        "title: x\nmixed: Last Modified",
    )
    schema = schema_of(inference.root, "From tests.")
    assert plain_dates(inference.root, schema) == ["/date", "/mixed", "/a~1b/*/x"]
    assert schema["properties"]["date"]["$comment"] == (
        'no "x-role": "published-at", as not all have a time with an offset'
    )


def test_what_is_too_much_is_left_open(tmp_path: Path) -> None:
    table = {f"k{number}": "x" for number in range(500)}
    deep: Any = "x"
    for _ in range(40):
        deep = {"a": deep}
    schema = inferred([{"table": table, "deep": deep, **table}] * 3)
    assert schema["properties"]["table"] == {
        "$comment": "too much inside to be described",
        "type": "object",
    }
    assert len(schema["properties"]) == 100
    assert len(schema_text(schema)) < 20_000
    assert load_contract(written(schema, tmp_path)).is_valid(
        {"table": table, "deep": deep, **table}
    )


def test_nothing_in_the_file_can_hide() -> None:
    text = schema_text(inferred([{"a\u202eb": "x", "c\x1b[2J": "\u2066"}]))
    assert '"a\\u202eb"' in text
    assert '"c\\u001b[2J"' in text
    assert all(char.isprintable() or char == "\n" for char in text)
