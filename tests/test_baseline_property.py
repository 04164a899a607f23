"""What a baseline recognises, whatever happens to a file, and what it does not."""

from __future__ import annotations

import copy
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml_rs
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.corpus import seeds
from seedlint.baseline import Baseline
from seedlint.baselinefile import KnownFile, parse_baseline, row_of, write_text
from seedlint.check import FileResult, Input
from seedlint.diagnostic import Diagnostic
from seedlint.likeness import mark_of
from seedlint.profile import Profiles
from seedlint.settings import Settings
from tests.corpus_support import check_together
from tests.seed_documents import _SPOILERS as SPOILERS
from tests.seed_documents import _value as as_written
from tests.support import NOW, fenced
from tests.yaml_documents import Writer

EDITS = 200
HARMLESS = ("quality", ("plain", "56"))
# What these find is a mapping that lacks something, an order, or a page, however it is spelled.
NOT_OF_ONE_VALUE = ("schema-required", "key-order", "duplicate-related", "self-related")


class Corpus:
    """A file with many defects, in a corpus that contradicts it."""

    def __init__(self, folder: Path, seed: int) -> None:
        random = Random(f"baseline/{seed}")
        (generated,) = seeds(1, seed, findings=1.0)
        article: Any = yaml_rs.loads(generated.text.split("---\n")[1], parse_datetime=False)
        del article["related"][4:]
        twin = copy.deepcopy(article)
        twin["title"] += " after all"
        for entry in [article, article, *article["related"]]:
            for spoil in random.sample(SPOILERS, 2):
                spoil(entry, random)
        self.tree: Any = as_written(article, random)
        self.name = "content/file.md"
        self._folder = folder
        self._profiles = Profiles(Settings(path=None, root=folder), NOW)
        self._twin = fenced(Writer(random).document(as_written(twin, random))).encode()
        self._random = random

    def check(self, tree: Any = None) -> FileResult:
        """Write the file in another style, and check it."""
        while True:
            result = self._checked(fenced(Writer(self._random).document(tree or self.tree)))
            # The writer may put tabs where parsers differ, so that the text cannot be located.
            located = any(each.place.span.line > 1 for each in result.diagnostics)
            if located and "yaml-syntax" not in {each.rule for each in result.diagnostics}:
                return result

    def _checked(self, text: str) -> FileResult:
        path = self._folder / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        shown = {str(path): text.encode(), str(self._folder / "twin.md"): self._twin}
        inputs = [
            Input(raw, name, self._profiles.of(name), True, name) for name, raw in shown.items()
        ]
        result, _ = check_together(inputs, self._profiles.corpus_rules)
        return result

    def baseline_of(self, result: FileResult) -> Baseline:
        times = Counter(each.fingerprint for each in result.diagnostics)
        rows = {
            each.fingerprint: row_of(
                each.rule, each.pointer, each.fingerprint, times[each.fingerprint]
            )
            for each in result.diagnostics
        }
        mark = mark_of(Path(result.file).read_bytes())
        text = write_text({self.name: KnownFile((mark,), rows)})
        path = self._folder / "baseline.json"
        return Baseline(parse_baseline(text, path), self._folder, self._profiles, "baseline.json")

    def again(self, baseline: Baseline) -> Baseline:
        """The same baseline for another run."""
        return Baseline(baseline.files, self._folder, self._profiles, baseline.shown)

    def rename(self, number: int) -> None:
        """Give the file a name in another folder."""
        (self._folder / self.name).unlink()
        self.name = f"moved{number}/file.md"


def collections(value: Any) -> list[Any]:
    """All collections in a value as it is to be written."""
    kind, content = value
    if kind not in ("map", "list"):
        return []
    inner = [item for _, item in content] if kind == "map" else content
    return [value, *(found for item in inner for found in collections(item))]


def edit(corpus: Corpus, random: Random, number: int) -> None:
    """One edit that touches no value."""
    what = random.choice(["style", "items", "keys", "insert", "rename"])
    of_kind = {"items": "list", "keys": "map", "insert": "map"}.get(what)
    chosen = [each for each in collections(corpus.tree) if each[0] == of_kind and each[1]]
    if what in ("items", "keys") and chosen:
        random.shuffle(random.choice(chosen)[1])
    elif what == "insert":
        content = random.choice([corpus.tree, *_entries(corpus.tree)])[1]
        if HARMLESS in content:
            content.remove(HARMLESS)
        elif HARMLESS[0] not in dict(content):
            content.insert(random.randrange(len(content) + 1), HARMLESS)
    elif what == "rename":
        corpus.rename(number)


def _entries(tree: Any) -> list[Any]:
    kind, related = dict(tree[1]).get("related", ("list", []))
    return [each for each in related if each[0] == "map"] if kind == "list" else []


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**6))
def test_what_is_known_stays_known(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    stays_known(tmp_path_factory.mktemp("corpus"), seed, EDITS // 10)


def test_one_file_may_be_edited_long(tmp_path: Path) -> None:
    stays_known(tmp_path, 1, EDITS)


def stays_known(folder: Path, seed: int, edits: int) -> None:
    """What is known of a file is known after each of its edits."""
    corpus = Corpus(folder, seed)
    first = corpus.check()
    assert first.diagnostics
    random = Random(seed)
    known = corpus.baseline_of(first)
    for number in range(edits):
        edit(corpus, random, number)
        # A new run, which knows nothing of the names that the file had in between.
        new = corpus.again(known).sift(corpus.check()).diagnostics
        assert [(each.rule, each.pointer, each.message) for each in new] == []


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 10**6))
def test_a_value_that_changes_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    corpus = Corpus(tmp_path_factory.mktemp("corpus"), seed)
    first = corpus.check()
    known = corpus.baseline_of(first)
    changed = 0
    for diagnostic in first.diagnostics:
        tree = copy.deepcopy(corpus.tree)
        if diagnostic.rule not in NOT_OF_ONE_VALUE and _change(tree, diagnostic):
            result = corpus.check(tree)
            still = _at(result, diagnostic)
            assert still == _at(corpus.again(known).sift(result), diagnostic)
            changed += bool(still)
    assert changed


def _at(result: FileResult, diagnostic: Diagnostic) -> list[str]:
    """What is found of the same rule at the same place."""
    return [
        each.message
        for each in result.diagnostics
        if (each.rule, each.pointer) == (diagnostic.rule, diagnostic.pointer)
    ]


def _change(tree: Any, diagnostic: Diagnostic) -> bool:
    """Change the value at the place of a diagnostic, if it is a text."""
    *steps, last = diagnostic.pointer.split("/")[1:] or [""]
    parent = tree
    for step in steps:
        kind, content = parent
        parent = content[int(step)] if kind == "list" else dict(content)[step]
    kind, content = parent
    at = int(last) if kind == "list" else [key for key, _ in content].index(last)
    value = content[at] if kind == "list" else content[at][1]
    if value[0] in ("map", "list") or not str(value[1]).strip():
        return False
    new = (value[0], f"1{value[1]}" if value[1].isdigit() else f"{value[1]}x")
    content[at] = new if kind == "list" else (content[at][0], new)
    return True
