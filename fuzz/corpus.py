"""What mutations begin with: known inputs of each target."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

TESTS = Path(__file__).parent.parent / "tests"
CASES = TESTS / "fuzz_cases"
"""What once went wrong: a folder for each target, a file for each input."""

_SETTINGS = """\
select = ["all"]
ignore = ["key-order"]
include = ["content/**", "!content/drafts/"]
required-version = ">=0.1"
require-front-matter = true
skip-other-front-matter = true

[limits]
depth = 12
size = 65536

[rules.amp-cache-url]
severity = "warning"
require = true

[rules]
timestamp-range = "off"

[[overrides]]
files = ["archive/*.md"]
pointers = ["/related/*/title"]
rules.text-whitespace = "hint"

[schemas]
"more/*.yaml" = "other.schema.json"
"""


def corpus_of(target: str) -> Sequence[bytes]:
    """The inputs of a target, what once went wrong among them."""
    cases = (path.read_bytes() for path in sorted((CASES / target).glob("*")))
    return (*_CORPORA.get(target, _files)(), *cases)


@lru_cache
def _files() -> tuple[bytes, ...]:
    """Whole files of content."""
    from tests.seed_documents import document
    from tests.support import SEED, fenced

    inside = (b"---\n" + block + b"---\n" for block in _blocks())
    return (fenced(SEED, "Body.\n").encode(), *map(document, range(40)), *inside)


@lru_cache
def _blocks() -> tuple[bytes, ...]:
    """Blocks of YAML: of the YAML test suite, and of the fixtures of rules."""
    from seedlint.fixture import read_cases
    from tests.support import SEED

    suite = json.loads((TESTS / "data" / "yaml-test-suite.json").read_bytes())
    fixtures = (
        file.content.removeprefix(b"---\n").partition(b"\n---")[0] + b"\n"
        for path in sorted((TESTS / "rules").glob("*.md"))
        for case in read_cases(path)
        for file in case.files
    )
    return (SEED.encode(), *(case["yaml"].encode() for case in suite), *fixtures)


@lru_cache
def _results() -> tuple[bytes, ...]:
    from seedlint import resulttext
    from seedlint.check import check_bytes
    from tests.support import profile

    all_rules = profile('select = ["all"]')
    results = [check_bytes(raw, "a.md", all_rules, named=True) for raw in _files()[:60]]
    return tuple(b"0 0 " + resulttext.write(each).encode() for each in results)


@lru_cache
def _facts() -> tuple[bytes, ...]:
    return (
        b'\nnear-duplicate-entry [["a",1,null]]\ninconsistent-provider-name {"a":"b"}',
        b"\nrule 1\nnear-duplicate-entry =rule",
        b"\nrule =near-duplicate-entry\nnear-duplicate-entry =rule",
        b'\n! ["rule","it crashed","a note"]\nrule {}\n',
    )


@lru_cache
def _rows() -> tuple[bytes, ...]:
    from seedlint.indexrows import Entry, rows_of
    from seedlint.stamps import Stamp

    found = []
    for facts, result in (("", None), ("\nrule [1]", "0 0 1"), ("", "0 0 [0,[]]")):
        entry = Entry("a/b.md", Stamp(bytes(24)), "00" * 16, False, facts, result)
        row, texts = rows_of(entry, 7)
        parts = (row.name, bytes(row.stamp), row.digest, row.known, texts.result, texts.facts)
        found.append(b"\xfe".join(b"\xfd" if part is None else part for part in parts))
    return tuple(found)


def _settings() -> tuple[bytes, ...]:
    parts = _SETTINGS.split("\n\n")
    return (_SETTINGS.encode(), *(part.encode() for part in parts))


@lru_cache
def _schemas() -> tuple[bytes, ...]:
    suite = json.loads((TESTS / "data" / "json-schema-test-suite.json").read_bytes())
    return tuple(json.dumps(group["schema"]).encode() for group in suite["groups"])


_CORPORA: Mapping[str, Callable[[], tuple[bytes, ...]]] = {
    "yaml": _blocks,
    "places": _blocks,
    "changes": _blocks,
    "results": _results,
    "facts": _facts,
    "rows": _rows,
    "settings": _settings,
    "schemas": _schemas,
}
