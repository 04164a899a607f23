"""Fixes whose fixtures would need another contract, and those of the real seeds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from seedlint.check import check_bytes
from seedlint.config import load_settings
from seedlint.contract import Contract
from seedlint.diagnostic import Applicability
from seedlint.profile import Profiles
from tests.support import NOW, REAL_SEEDS, fix_bytes, profile

if TYPE_CHECKING:
    from seedlint.diagnostic import Diagnostic, Route

OLD = {"deprecated": True, "x-renamed-to": "new"}
CACHE = {"x-role": "amp-cache-url"}
AMP = {
    "properties": {
        "amp": {"x-role": "amp-url"},
        "older": {**CACHE, "deprecated": True},
        "oldest": {**CACHE, **OLD},
        "new": CACHE,
        "newest": CACHE,
        "parts": {"items": {"anyOf": [{"$ref": "#/$defs/part"}, {"type": "string"}]}},
        "plain": {"properties": {"cache": {"type": "string"}}},
    },
    "$defs": {"part": {"properties": {"cache": CACHE, "amp": {"x-role": "amp-url"}}}},
}


def diagnostics(folder: Path, schema: Any, block: str, settings: str) -> tuple[Diagnostic, ...]:
    (folder / "contract.json").write_text(json.dumps(schema), encoding="utf-8")
    (folder / "seedlint.toml").write_text(f'schema = "contract.json"\n{settings}', encoding="utf-8")
    rules = Profiles(load_settings(folder), NOW).of("a.md")
    return check_bytes(f"---\n{block}\n---\n".encode(), "a.md", rules).diagnostics


@pytest.mark.parametrize(
    ("route", "keys"),
    [
        ((), ["new", "newest"]),
        (("parts", 3), ["cache"]),
        (("parts",), []),
        (("parts", "cache"), []),
        (("plain",), []),
        (("nowhere", 0, "at all"), []),
    ],
)
def test_the_contract_knows_the_keys_of_a_role(route: Route, keys: list[str]) -> None:
    assert Contract(AMP).keys(route, "amp-cache-url") == keys


def test_of_several_keys_for_a_cache_url_the_first_is_added(tmp_path: Path) -> None:
    settings = 'select = ["amp-cache-url"]\n[rules.amp-cache-url]\nrequire = true'
    (found,) = diagnostics(tmp_path, AMP, "amp: https://example.com/a", settings)
    assert found.fix is not None
    assert found.fix.title == 'add the key "new"'


def test_a_cache_url_the_contract_has_no_key_for_is_not_missed(tmp_path: Path) -> None:
    schema = {"properties": {"amp": {"x-role": "amp-url"}, "old": {**CACHE, **OLD}}}
    settings = 'select = ["amp-cache-url"]\n[rules.amp-cache-url]\nrequire = true'
    assert diagnostics(tmp_path, schema, "amp: https://example.com/a", settings) == ()


def test_of_two_old_keys_with_one_new_name_neither_is_renamed(tmp_path: Path) -> None:
    schema = {"properties": {"new": {}, "old": OLD, "older": OLD}}
    settings = 'select = ["deprecated-key"]'
    both = diagnostics(tmp_path, schema, "old: é\nolder: b", settings)
    assert [(item.message, item.fix) for item in both] == [
        ('key "old" is deprecated, expected "new"', None),
        ('key "older" is deprecated, expected "new"', None),
    ]
    (one,) = diagnostics(tmp_path, schema, "older: b", settings)
    assert one.fix is not None
    assert one.fix.title == 'rename the key to "new"'


def test_what_nothing_replaced_has_no_fix(tmp_path: Path) -> None:
    schema = {"properties": {"old": {"deprecated": True}}}
    (found,) = diagnostics(tmp_path, schema, "old: é", 'select = ["deprecated-key"]')
    assert found.fix is None


def test_topics_and_images_that_are_no_items_have_no_fix(tmp_path: Path) -> None:
    image = {"x-role": "image-url"}
    topic = {"x-role": "topic"}
    schema = {
        "properties": {
            "first": image,
            "second": image,
            "main": topic,
            "other": topic,
            "gallery": {"items": image},
            "more": {"items": image},
        }
    }
    block = "first: a.jpg\nsecond: a.jpg\nmain: é\nother: é\ngallery: [b.jpg]\nmore: [b.jpg]"
    settings = 'select = ["duplicate-image", "duplicate-topic"]'
    found = diagnostics(tmp_path, schema, block, settings)
    assert [(item.rule, item.pointer, item.fix) for item in found] == [
        ("duplicate-image", "/second", None),
        ("duplicate-topic", "/other", None),
        ("duplicate-image", "/more/0", None),
    ]


def test_an_image_that_is_only_a_url_is_removed(tmp_path: Path) -> None:
    schema = {"properties": {"gallery": {"items": {"x-role": "image-url"}}}}
    settings = 'select = ["duplicate-image"]'
    (found,) = diagnostics(tmp_path, schema, "gallery: [é.jpg, é.jpg]", settings)
    assert found.fix is not None
    assert (found.fix.title, found.fix.applicability) == ("remove the later image", "safe")


@pytest.mark.skipif(not REAL_SEEDS.is_dir(), reason="the real seeds are not here")
def test_safe_fixes_of_the_real_seeds_change_five_lines() -> None:
    changed = {}
    for path in sorted(REAL_SEEDS.iterdir()):
        before = path.read_bytes()
        result = fix_bytes(before, path.name, profile(), is_safe, named=True)
        lines = zip(before.split(b"\n"), result.raw.split(b"\n"), strict=True)
        changed[path.name[:3]] = [
            (number, new.decode().partition(": ")[::2])
            for number, (old, new) in enumerate(lines, start=1)
            if old != new
        ]
    assert {name: len(lines) for name, lines in changed.items() if lines} == {"003": 4, "004": 1}
    assert [(number, key.strip(" -")) for number, (key, _) in changed["003"]] == [
        (6, "webUrl"),
        (30, "webUrl"),
        (31, "ampWebUrl"),
        (32, "cdnAmpWebUrl"),
    ]
    assert [(number, key.strip(), value) for number, (key, value) in changed["004"]] == [
        (79, "domain", "cbc.ca")
    ]


def is_safe(diagnostic: Diagnostic, text: str) -> bool:
    return diagnostic.fix is not None and diagnostic.fix.applicability is Applicability.SAFE
