"""The harness for fixtures notices what is wrong with a fixed block, and can write it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from seedlint.changes import Replace
from seedlint.diagnostic import Applicability, Elsewhere, Fix, Problem
from seedlint.document import Document
from seedlint.rule import CorpusRule, all_rules
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


CORPUS_RULE = "inconsistent-provider-name"
CORPUS = """\
# inconsistent-provider-name

## fails: the first title is right

```yaml name=a.md
title: new
type: article
```

```text escaped name=b.yaml
type: article\\r
title: "old" # caf\\u00e9
       ^^^^^ not as in the first
       = also a.md:2:8: here
       = fix (unsafe): write "new"
```

```fixed escaped name=b.yaml
type: article\\r
title: "new" # caf\xe9
```

```yaml name=c.md
title: old
       ^^^ not as in the first
       = also a.md:2:8: here
       = fix (unsafe): write "new"
```

```fixed name=c.md
title: new
```

## passes: alone

```yaml
title: new
```

```yaml name=b.md
title: old
```

## passes: the same title, and other settings

```yaml name=a.md
title: new
```

```yaml name=b.md
title: new
```

```toml
extend-select = ["unused-ignore"]
```

```yaml name=b.md
title: old
```

```yaml name=c.md
title: old
```
"""


class Same:
    """What a corpus rule does that wants the title of the first file everywhere."""

    def facts(self, document: Document) -> Any:
        return document.data.get("title")

    def conclude(self, corpus: Iterable[tuple[str, Any]]) -> Any:
        first = min(corpus, default=None)
        return None if first is None else list(first)

    def relevant(self, file: str, facts: Any, conclusion: Any) -> Any:
        return conclusion if facts != conclusion[1] else None

    def mentions(self, relevant: Any) -> list[str]:
        return [relevant[0]]

    def check(self, document: Document, file: str, relevant: Any) -> Iterator[Problem]:
        if document.data["title"] != relevant[1]:
            change = Replace(("title",), relevant[1])
            yield Problem(
                ("title",),
                "not as in the first",
                fix=Fix(f'write "{relevant[1]}"', Applicability.UNSAFE, (change,)),
                elsewhere=(Elsewhere(relevant[0], lambda document: ("title",), "here"),),
            )


@pytest.fixture
def corpus_fixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    def make(text: str = CORPUS, **methods: Any) -> Path:
        rule = all_rules()[CORPUS_RULE]
        assert issubclass(rule, CorpusRule)
        for name in ("facts", "conclude", "relevant", "mentions", "check"):
            monkeypatch.setattr(rule, name, methods.get(name, getattr(Same, name)))
        path = tmp_path / "inconsistent_provider_name.md"
        path.write_text(text, encoding="utf-8")
        return path

    return make


def test_named_blocks_under_one_heading_are_a_corpus(corpus_fixture: Callable[..., Path]) -> None:
    path = corpus_fixture()
    assert list(problems_with(path)) == []
    assert not update(path)
    assert applicabilities(path) == {CORPUS_RULE: {Applicability.UNSAFE}}


def test_a_corpus_is_updated_file_by_file(corpus_fixture: Callable[..., Path]) -> None:
    without_fixed = re.sub(r"\n```fixed.*?\n```\n", "", CORPUS, flags=re.DOTALL)
    bare = re.sub(r"(?m)^ {7}.*\n", "", without_fixed)
    assert len(bare.splitlines()) == len(CORPUS.splitlines()) - 15
    path = corpus_fixture(bare)
    assert update(path)
    assert path.read_text(encoding="utf-8") == CORPUS


def test_in_a_failing_corpus_some_file_has_carets(corpus_fixture: Callable[..., Path]) -> None:
    text = CORPUS.replace("## fails: the", "## passes: the").replace(
        "## passes: al", "## fails: al"
    )
    path = corpus_fixture(text)
    assert list(problems_with(path)) == [
        f"{path}:5: the first title is right: a failing case has carets, a passing one has none",
        f"{path}:36: alone: a failing case has carets, a passing one has none",
        f"{path}:40: alone: a failing case has carets, a passing one has none",
    ]


def test_files_of_one_name_under_one_heading(corpus_fixture: Callable[..., Path]) -> None:
    path = corpus_fixture(CORPUS.replace("name=c.md", "name=a.md"))
    with pytest.raises(ValueError, match=r"name\.md:3: several files are named a\.md"):
        list(problems_with(path))


def test_the_same_corpus_twice(corpus_fixture: Callable[..., Path]) -> None:
    again = CORPUS[CORPUS.index("## passes: the same") : CORPUS.index("```toml")]
    path = corpus_fixture(CORPUS + again.replace("the same title", "once more"))
    assert list(problems_with(path)) == [
        f"{path}:67: once more, and other settings: "
        "the same case as 'the same title, and other settings'"
    ]


def test_a_corpus_that_is_not_settled_by_its_fixes(corpus_fixture: Callable[..., Path]) -> None:
    """The second run concludes anew, from what the first one made of the files."""

    def conclude(self: object, corpus: Iterable[tuple[str, Any]]) -> Any:
        titles = sorted(title for _, title in corpus)
        return ["a.md", "old"] if titles == ["new", "new"] else ["a.md", "new"]

    path = corpus_fixture(
        "## fails: a\n\n```yaml name=a.md\ntitle: new\n```\n\n```yaml name=b.md\ntitle: old\n```\n",
        conclude=conclude,
    )
    update(path)
    assert list(problems_with(path)) == [
        f"{path}: needs a failing and a passing case",
        f"{path}:3: a: the fixed text is not stable: a second run changes it",
        f"{path}:7: a: the fixed text is not stable: a second run changes it",
    ]


def test_what_a_cache_would_not_give_back_is_noticed(corpus_fixture: Callable[..., Path]) -> None:
    path = corpus_fixture(
        relevant=lambda self, *given: Same.relevant(self, *given) and tuple(given[2]),
        mentions=lambda self, relevant: ["c.md"],
    )
    where = f"{path}:5: the first title is right:"
    assert list(problems_with(path)) == [
        f"{where} what relevant of {CORPUS_RULE} returns is not JSON",
        f"{where} {CORPUS_RULE} points at a.md in b.yaml, but does not mention it",
        f"{where} {CORPUS_RULE} points at a.md in c.md, but does not mention it",
    ]


def test_a_conclusion_that_cannot_be_drawn(corpus_fixture: Callable[..., Path]) -> None:
    def conclude(self: object, corpus: Iterable[tuple[str, Any]]) -> Any:
        raise ZeroDivisionError("division by zero")

    path = corpus_fixture(CORPUS[CORPUS.index("## passes: alone") :], conclude=conclude)
    crash = f'the rule "{CORPUS_RULE}" crashed: ZeroDivisionError: division by zero'
    assert [problem.partition(": ")[2] for problem in problems_with(path)][1:] == [
        f"alone: {crash}",
        f"alone: {crash}",
        f"the same title, and other settings: {crash}",
        f"the same title, and other settings: {crash}",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gone.md"], "[Errno 2] No such file or directory: 'gone.md'"),
        (["--plugin", "no_such_rules", "gone.md"], "no_such_rules"),
        (["st.md"], "st.md: a fixture is named like its rule, and no rule is 'st'"),
        (["--update", "st.md"], "st.md: a fixture is named like its rule, and no rule is 'st'"),
        (["open.md"], "open.md:5: the block is not closed"),
    ],
)
def test_mistakes_on_the_command_line_are_told(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "st.md").write_text("# st\n")
    (tmp_path / "open.md").write_text("# mojibake\n\n## fails: a\n\n```yaml\ntitle: x\n")
    command = [sys.executable, "-m", "seedlint.testing", *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("seedlint.testing: ")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
