"""The harness for fixtures notices what is wrong with a fixed block, and can write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seedlint.changes import Replace
from seedlint.diagnostic import Applicability, Fix, Problem
from seedlint.document import Document
from seedlint.rule import all_rules
from seedlint.testing import applicabilities, problems_with, update

RULE = "self-related"
FIXTURE = """\
# self-related

## fails: one

```yaml
title: "old"
       ^^^^^ too old
       = fix (safe): write "new"
excerpt: old
         ^^^ too old
         = fix (unsafe): write "new"
category: old
          ^^^ too old
          = fix (display): write "new"
```

```fixed
title: "new"
excerpt: new
category: old
```

## passes: two

```yaml
title: new
```

## fails: three

```text escaped name=a.md
\\xef\\xbb\\xbf---
title: old # caf\\u00e9\\r
       ^^^ too old
       = fix (safe): write "new"
excerpt: "\\\\t \\xe2\\x80\\xa8"
---
f\xfc\\tr \\xe2\\x80\\xa8
```

```fixed escaped name=a.md
\\xef\\xbb\\xbf---
title: new # caf\xe9\\r
excerpt: "\\\\t \\xe2\\x80\\xa8"
---
f\xfc\\tr \\u2028
```
"""
KINDS = {
    "title": Applicability.SAFE,
    "excerpt": Applicability.UNSAFE,
    "category": Applicability.DISPLAY,
}


def ageing(document: Document) -> Iterator[Problem]:
    for key, kind in KINDS.items():
        if document.data.get(key) == "old":
            fix = Fix('write "new"', kind, (Replace((key,), "new"),))
            yield Problem((key,), "too old", fix=fix)


def restless(document: Document) -> Iterator[Problem]:
    for old, new in (("old", "new"), ("new", "old")):
        if document.data.get("title") == old:
            fix = Fix(f"write {new}", Applicability.SAFE, (Replace(("title",), new),))
            yield Problem(("title",), "too old", fix=fix)


@pytest.fixture
def fixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    def make(text: str, check: Callable[[Document], Iterator[Problem]] = ageing) -> Path:
        rule = all_rules()[RULE]
        monkeypatch.setattr(rule, "check", lambda self, document: check(document))
        monkeypatch.setattr(rule, "is_clearly_clean", lambda self, document: False)
        path = tmp_path / "self_related.md"
        path.write_text(text, encoding="utf-8")
        return path

    return make


def cut(text: str, first: str, last: str) -> str:
    """``text`` without what stands between two pieces of it."""
    start = text.index(first)
    return text[:start] + text[text.index(last, start) :]


def test_a_fixture_that_is_right(fixture: Callable[..., Path]) -> None:
    path = fixture(FIXTURE)
    assert list(problems_with(path)) == []
    assert not update(path)
    assert applicabilities(path) == {RULE: set(Applicability)}


def test_a_fixed_block_that_is_missing(fixture: Callable[..., Path]) -> None:
    path = fixture(cut(FIXTURE, "```fixed\n", "## passes"))
    assert list(problems_with(path)) == [
        f"{path}:5: one: the fixed block is missing (--update writes it)"
    ]
    assert update(path)
    assert path.read_text(encoding="utf-8") == FIXTURE


def test_a_fixed_block_with_escapes_is_written_as_the_case_is(
    fixture: Callable[..., Path],
) -> None:
    path = fixture(FIXTURE[: FIXTURE.index("\n```fixed escaped")])
    assert update(path)
    assert list(problems_with(path)) == []
    assert path.read_text(encoding="utf-8") == FIXTURE.replace("\\u2028", "\\xe2\\x80\\xa8")


def test_a_fixed_block_that_differs(fixture: Callable[..., Path]) -> None:
    path = fixture(FIXTURE.replace("excerpt: new", "excerpt: newer"))
    assert list(problems_with(path)) == [
        f"{path}:5: one: fixed otherwise\n--- fixture\n+++ found\n"
        '@@ -1,3 +1,3 @@\n title: "new"\n-excerpt: newer\n+excerpt: new\n category: old'
    ]
    assert update(path)
    assert path.read_text(encoding="utf-8") == FIXTURE


def test_a_fixed_block_with_other_words(fixture: Callable[..., Path]) -> None:
    path = fixture(FIXTURE.replace("```fixed escaped name=a.md", "```fixed escaped"))
    assert list(problems_with(path)) == [
        f"{path}:31: three: the words of the fixed block are not those of the block it fixes"
    ]
    assert update(path)
    assert path.read_text(encoding="utf-8") == FIXTURE


def test_a_fixed_block_where_nothing_is_fixed(fixture: Callable[..., Path]) -> None:
    too_many = "\n```fixed\ntitle: new\n```\n\n## fails: three"
    path = fixture(FIXTURE.replace("\n## fails: three", too_many))
    assert list(problems_with(path)) == [
        f"{path}:25: two: nothing is fixed, so a fixed block is one too many"
    ]
    assert update(path)
    assert path.read_text(encoding="utf-8") == FIXTURE


def test_a_fixed_block_that_follows_no_block(fixture: Callable[..., Path]) -> None:
    path = fixture(FIXTURE.replace("## fails: three\n", "## fails: three\n\n```fixed\n```\n"))
    with pytest.raises(ValueError, match=r"self_related\.md:31: a fixed block without a block"):
        list(problems_with(path))


def test_fixes_without_an_end(fixture: Callable[..., Path]) -> None:
    path = fixture("## fails: one\n\n```yaml\ntitle: old\n```\n\n## passes: two\n", restless)
    update(path)
    assert list(problems_with(path)) == [
        f"{path}: needs a failing and a passing case",
        f"{path}:3: one: fixes did not come to an end: self-related",
    ]


def test_a_fix_that_is_taken_back(fixture: Callable[..., Path]) -> None:
    def check(document: Document) -> Iterator[Problem]:
        if document.data.get("title") == "old":
            fix = Fix("write newly", Applicability.SAFE, (Replace(("title",), "new"),))
            yield Problem(("title",), "too old", fix=fix)
        elif document.data.get("title") == "new":
            raise ZeroDivisionError

    path = fixture("## fails: one\n\n```yaml\ntitle: old\n```\n\n## passes: two\n", check)
    update(path)
    assert list(problems_with(path)) == [
        f"{path}: needs a failing and a passing case",
        f"{path}:3: one: the fix of self-related was taken back (write newly): "
        'it would bring "internal-error"',
    ]
