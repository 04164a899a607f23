"""Which fixes settings allow, and how far they trust them."""

from __future__ import annotations

import pytest

from seedlint.diagnostic import Applicability
from tests.support import profile

SAFE, UNSAFE, DISPLAY = Applicability.SAFE, Applicability.UNSAFE, Applicability.DISPLAY


@pytest.mark.parametrize(
    ("settings", "offered"),
    [
        ("", True),
        ("fixable = []", False),
        ("fixable = ['mojibake']", False),
        ("fixable = ['duplicate-topic']", True),
        ("fixable = ['duplicate']", True),
        ("unfixable = ['duplicate-topic']", False),
        ("unfixable = ['duplicate']", False),
        ("unfixable = ['duplicate-image']", True),
        ("unfixable = 'all'", False),
        ("fixable = 'all'\nunfixable = 'all'", False),
        ("fixable = ['duplicate']\nunfixable = 'all'", True),
        ("fixable = ['duplicate']\nunfixable = ['duplicate-topic']", False),
        ("fixable = ['duplicate-topic']\nunfixable = ['duplicate']", True),
        ("fixable = ['duplicate-topic']\nunfixable = ['duplicate-topic']", False),
    ],
)
def test_which_fixes_are_offered(settings: str, offered: bool) -> None:
    checked = profile(settings)
    for given in Applicability:
        found = checked.applicability("duplicate-topic", given)
        assert found is (given if offered else None)


@pytest.mark.parametrize(
    ("settings", "safe", "unsafe"),
    [
        ("extend-safe-fixes = ['duplicate-topic']", SAFE, SAFE),
        ("extend-safe-fixes = ['mojibake']", SAFE, UNSAFE),
        ("extend-unsafe-fixes = ['duplicate']", UNSAFE, UNSAFE),
        ("extend-unsafe-fixes = 'all'", UNSAFE, UNSAFE),
        (
            "extend-safe-fixes = ['duplicate-topic']\nextend-unsafe-fixes = ['duplicate']",
            SAFE,
            SAFE,
        ),
        (
            "extend-safe-fixes = ['duplicate']\nextend-unsafe-fixes = ['duplicate-topic']",
            UNSAFE,
            UNSAFE,
        ),
        ("extend-safe-fixes = 'all'\nextend-unsafe-fixes = 'all'", UNSAFE, UNSAFE),
    ],
)
def test_how_far_fixes_are_trusted(
    settings: str, safe: Applicability, unsafe: Applicability
) -> None:
    checked = profile(settings)
    assert checked.applicability("duplicate-topic", SAFE) is safe
    assert checked.applicability("duplicate-topic", UNSAFE) is unsafe
    assert checked.applicability("duplicate-topic", DISPLAY) is DISPLAY


def test_a_family_is_meant_by_its_name_and_by_those_of_its_members() -> None:
    checked = profile("unfixable = ['schema']\nfixable = ['schema-enum', 'mojibake']")
    assert checked.applicability("schema-enum", UNSAFE) is UNSAFE
    assert checked.applicability("schema-type", UNSAFE) is None
