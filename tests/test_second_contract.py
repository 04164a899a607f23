"""Another contract, with other field names, gets the same rules through roles alone."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from seedlint.check import check_bytes
from seedlint.config import parse_settings
from seedlint.profile import Profiles
from seedlint.testing import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from seedlint.diagnostic import Diagnostic

PICTURE = {
    "x-role": "image",
    "type": "object",
    "required": ["src"],
    "properties": {
        "src": {"x-role": "image-url", "type": "string"},
        "w": {"x-role": "width", "type": "integer", "minimum": 1},
        "h": {"x-role": "height", "type": "integer", "minimum": 1},
        "alt": {"x-role": "image-title", "type": "string"},
    },
}

SOURCE = {
    "x-role": "provider",
    "type": "object",
    "properties": {
        "site": {"x-role": "provider-domain", "type": "string"},
        "label": {"x-role": "provider-name", "type": "string"},
        "writers": {"type": "array", "items": {"x-role": "author-name", "type": "string"}},
    },
}

STORY = {
    "x-role": "entry",
    "type": "object",
    "required": ["headline"],
    "properties": {
        "headline": {"x-role": "title", "type": "string"},
        "teaser": {"x-role": "excerpt", "type": "string"},
        "date": {"x-role": "published-at", "type": "string", "format": "date-time"},
        "canonical": {"x-role": "url", "type": "string", "format": "uri"},
        "address": {
            "x-role": "url",
            "type": "string",
            "deprecated": True,
            "x-renamed-to": "canonical",
        },
        "mobile": {"x-role": "amp-url", "type": "string"},
        "mobile_cache": {"x-role": "amp-cache-url", "type": "string"},
        "source": {"$ref": "#/$defs/source"},
        "hero": {"$ref": "#/$defs/picture"},
        "gallery": {"type": "array", "items": {"$ref": "#/$defs/picture"}},
        "tags": {
            "x-role": "topics",
            "type": "array",
            "items": {"x-role": "topic", "type": "string"},
            "uniqueItems": True,
        },
        "see_also": {"x-role": "related", "type": "array", "items": {"$ref": "#/$defs/story"}},
        "token": {"x-role": "sealed", "type": "string", "pattern": "^[^;]+;[^;]+$"},
        "pages": {"type": "integer", "minimum": 1},
    },
    "additionalProperties": False,
}

CONTRACT = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$ref": "#/$defs/story",
    "$defs": {"story": STORY, "source": SOURCE, "picture": PICTURE},
}

# At the end of a line, the column and the rule of what is wrong with it.
DOCUMENT = """\
---
headline: Ferries &amp; trams share a ticket  #: 11 html-entity
teaser: "The harbour office  explains the zones."  #: 9 text-whitespace
date: 2021-02-30T10:00:00Z  #: 7 timestamp-format
canonical: https://quayside.com/a?utm_source=x  #: 12 tracking-parameter
mobile: https://quayside.net/a/amp  #: 9 amp-url-host
mobile_cache: https://quayside-com.cdn.ampproject.org/c/s/quayside.com/a  #: 15 amp-cache-url
source:
  site: www.quayside.com  #: 9 provider-domain-form
  label: quayside  #: 10 provider-name-placeholder
  writers: ["A.\\u200bWriter"]  #: 13 control-character
hero:
  src: https://quayside.com/pier-800x600.jpg
  w: 640  #: 6 image-size-hint
  h: 480
  alt: The cafÃ© at the pier  #: 8 mojibake
gallery:
  - {src: /a.jpg, w: 0, h: 100}  #: 22 image-dimensions
  - src: /b.jpg
  - src: /b.jpg  #: 10 duplicate-image
tags:
  - Ferries
  - ferries  #: 5 duplicate-topic
  - no  #: 5 ambiguous-scalar
token: QUJD;QUJD  #: 8 sealed-token
pages: 0  #: 8 schema-minimum
see_also:
  - headline: Night boats return
    date: 2031-01-01T00:00:00Z  #: 11 timestamp-range
    address: https://portledger.com/night  #: 5 deprecated-key
    source: {site: otherledger.com, label: Port Ledger}  #: 20 provider-domain
  - headline: Night boats return  #: 15 near-duplicate-related
    canonical: http://portal.example.com/boats  #: 16 insecure-url
  - headline: Council counts the passengers
    canonical: https://localhost/count  #: 16 invalid-url
  - headline: A bridge for bicycles
    canonical: https://www.portledger.com/night/#top  #: 16 duplicate-related
  - headline: What the ticket costs
    canonical: https://quayside.com/a  #: 16 self-related
  - teaser: A story without a headline  #: 5 schema-required
    colour: blue  #: 5 schema-additional-properties
---
"""

EXPECTED = [
    (line, int(match[1]), match[2])
    for line, text in enumerate(DOCUMENT.splitlines(), start=1)
    if (match := re.search(r"#: (\d+) ([a-z-]+)$", text))
]


def without_annotations(schema: Any) -> Any:
    if isinstance(schema, list):
        return [without_annotations(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: without_annotations(value)
        for key, value in schema.items()
        if key not in ("x-role", "x-renamed-to")
    }


def diagnostics(contract: Any, folder: Path) -> tuple[Diagnostic, ...]:
    (folder / "contract.json").write_text(json.dumps(contract))
    settings = parse_settings('schema = "contract.json"', folder / "seedlint.toml")
    profile = Profiles(settings, NOW).of("story.md")
    return check_bytes(DOCUMENT.encode(), "story.md", profile).diagnostics


def places(found: tuple[Diagnostic, ...]) -> Iterator[tuple[int, int, str]]:
    for diagnostic in found:
        span = diagnostic.place.span
        yield span.line, span.column, diagnostic.rule


def test_every_rule_speaks_at_its_role(tmp_path: Path) -> None:
    assert list(places(diagnostics(CONTRACT, tmp_path))) == EXPECTED


def test_messages_use_the_names_of_the_contract(tmp_path: Path) -> None:
    (found,) = (
        diagnostic
        for diagnostic in diagnostics(CONTRACT, tmp_path)
        if diagnostic.rule == "deprecated-key"
    )
    assert '"canonical"' in found.message


def test_without_roles_only_schema_and_yaml_speak(tmp_path: Path) -> None:
    assert list(places(diagnostics(without_annotations(CONTRACT), tmp_path))) == [
        (4, 7, "schema-format"),
        (18, 22, "schema-minimum"),
        (24, 5, "ambiguous-scalar"),  # how YAML is written concerns every contract
        (26, 8, "schema-minimum"),
        (30, 5, "deprecated-key"),  # `deprecated` is a standard keyword
        (40, 5, "schema-required"),
        (41, 5, "schema-additional-properties"),
    ]
