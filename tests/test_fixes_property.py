"""Whatever the document, fixing it changes what the fixes say they change, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from itertools import groupby, pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.changes import Change, Insert, Quote, Remove, Rename, Replace, Sort
from seedlint.check import FileResult, check_bytes
from seedlint.diagnostic import Applicability, Edit, Part, Problem, Route, Severity
from seedlint.document import Document
from seedlint.events import locate
from seedlint.fixing import Applied, FixResult, fix_bytes
from seedlint.frontmatter import Block, Kind, read_block
from seedlint.load import load
from seedlint.rule import CorpusRule, all_rules, rule_covering
from tests.scripted import Script, obey_scripts, problem, rule
from tests.seed_documents import document
from tests.support import profile

PROFILE = profile('select = ["all"]\n[rules.amp-cache-url]\nrequire = true')
BOM = b"\xef\xbb\xbf"


def fix(raw: bytes) -> FixResult:
    return fix_bytes(raw, "seed.txt", PROFILE, lambda *_: True, named=True)


def block_of(text: str) -> Block:
    block = read_block(text.encode(), Kind.FRONT_MATTER, required=True)
    assert block is not None
    return block


def data_of(text: str) -> Any:
    block = block_of(text)
    return load(block.raw, block.text, PROFILE.limits)[0]


def spelled(data: Any) -> str:
    return json.dumps(data, sort_keys=True)


def with_edits(text: str, edits: Iterable[Edit]) -> str:
    """From the last to the first, so that none moves another."""
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def with_changes(data: Any, changes: list[Change]) -> Any:
    """Values first, then the deepest collections, in lists the last item first."""
    data = deepcopy(data)
    for change in changes:
        if isinstance(change, Replace):
            whole(data, change)[change.route[-1]] = change.value
    changes = sorted(changes, key=depth_first, reverse=True)
    for change in changes:
        if isinstance(change, Remove):
            del whole(data, change)[change.route[-1]]
        elif isinstance(change, Rename):
            mapping = whole(data, change)
            mapping[change.key] = mapping.pop(change.route[-1])
        elif isinstance(change, Insert):
            assert change.route[-1] not in whole(data, change)
            whole(data, change)[change.route[-1]] = change.value
    return data


def depth_first(change: Change) -> tuple[int, list[int]]:
    return len(change.route), [step if isinstance(step, int) else 0 for step in change.route]


def whole(data: Any, change: Change) -> Any:
    for step in change.route[:-1]:
        data = data[step]
    return data


def touches_only_what_it_names(text: str, fix: Applied) -> bool:
    """Whether edits are as small as the changes: no other node, no comment is in their way."""
    kinds = {type(change) for change in fix.fix.changes}
    removed = [text[edit.start : edit.end] for edit in fix.fix.edits]
    added = [edit.text for edit in fix.fix.edits]
    if kinds == {Insert}:
        return not "".join(removed).strip()
    if kinds == {Remove}:
        return "".join(added).strip() in ("", "[]", "{}")
    if kinds == {Sort}:
        return marks(removed) == marks(added)
    return not kinds or kinds & {Insert, Remove, Sort} != set() or _lie_inside(text, fix)


def marks(texts: Iterable[str]) -> Counter[str]:
    """What there is of each character that is not white space."""
    return Counter("".join("".join(texts).split()))


def _lie_inside(text: str, fix: Applied) -> bool:
    """Whether each edit lies inside a key or scalar that the fix names."""
    block = block_of(text)
    tree = locate(block.text, PROFILE.limits)
    parts: list[tuple[Route, Part]] = [
        (change.route, "key" if isinstance(change, Rename) else "value")
        for change in fix.fix.changes
    ]
    bounds = [found for route, part in parts if (found := tree.bounds(route, part)) is not None]
    return all(
        any(
            start <= edit.start - block.start and edit.end - block.start <= end
            for start, end in bounds
        )
        for edit in fix.fix.edits
    )


def hold(raw: bytes) -> FixResult:
    """All that must be so after fixing a file."""
    result = fix(raw)
    mark = BOM if raw.startswith(BOM) else b""
    text = raw.removeprefix(BOM).decode()
    for _, group in groupby(result.applied, lambda fix: fix.round):
        fixes = list(group)
        before = text
        edits = [edit for each in fixes for edit in each.fix.edits]
        edits.sort(key=lambda edit: (edit.start, edit.end))
        assert all(one.end <= other.start for one, other in pairwise(edits))
        text = with_edits(text, edits)
        changes = [change for each in fixes for change in each.fix.changes]
        assert spelled(data_of(text)) == spelled(with_changes(data_of(before), changes))
        assert all(touches_only_what_it_names(before, each) for each in fixes)
        for change in changes:
            if isinstance(change, Quote):
                assert type(whole(data_of(before), change)[change.route[-1]]) is str
    assert result.raw == mark + text.encode()
    assert result.unsettled == ()
    assert not [each for each in result.left_out if "bug" in each.reason]
    again = fix(result.raw)
    assert (again.raw, again.applied) == (result.raw, ())
    assert again.result.diagnostics == result.result.diagnostics
    return result


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
def test_of_generated_documents(seed: int) -> None:
    hold(document(seed))


def test_every_rule_that_fixes_documents_is_seen_at_it() -> None:
    fixed: set[tuple[str, Applicability]] = set()
    for seed in range(40):
        result = hold(document(seed))
        fixed.update((rule_of(each), each.fix.applicability) for each in result.applied)
    assert fixed == {
        (name, kind)
        for name, rule in all_rules().items()
        for kind in rule.fixes
        if kind is not Applicability.DISPLAY and not issubclass(rule, CorpusRule)
    }


def rule_of(fix: Applied) -> str:
    rule = rule_covering(fix.diagnostic.rule)
    assert rule is not None
    return rule.name


JUNK = (
    "",
    " ",
    "\n",
    "x",
    "- ",
    "no",
    "title: x\n",
    "---\n",
    "[",
    '"',
    "\ud800",
    "\x00",
    "# x\n",
    "1",
)
CLAIMS: tuple[tuple[Change, ...], ...] = (
    (),
    (),
    (Replace(("title",), "x"),),
    (Replace(("heat",), 1),),
    (Remove(("topics", 0)),),
    (Remove(("title",)), Insert(("title",), "x")),
    (Rename(("type",), "kind"),),
    (Replace(("related", 0, "nowhere"), None),),
)


def lying(document: Document) -> Iterator[Problem]:
    """Propose edits at random, and claim at random what they change."""
    random = Random(document.text)
    for number in range(random.choice([5, 20])):
        made = Script(random.choice(CLAIMS))
        start = random.randrange(len(document.text) + 1)
        end = min(start + random.choice([0, 0, 1, 5, 200]), len(document.text))
        edit = (start, end, random.choice(JUNK))
        made.edits = lambda text, edit=edit: [edit]  # type: ignore[misc]
        yield problem(made, f"lie {number}")


@pytest.mark.parametrize("seed", range(12))
def test_fixes_that_lie_cannot_do_what_they_do_not_say(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    obey_scripts(monkeypatch)
    raw = document(seed)
    liar = replace(PROFILE, rules=(*PROFILE.rules, rule("lying", lying)))
    result = fix_bytes(raw, "seed.txt", liar, lambda *_: True, named=True)
    again = check_bytes(result.raw, "seed.txt", liar, named=True)
    assert errors(again) <= errors(check_bytes(raw, "seed.txt", liar, named=True))
    block, fixed = block_of(raw.decode()), block_of(result.raw.decode())
    before, after = raw.decode(), result.raw.decode()
    assert after[: fixed.start] == before[: block.start]
    assert after[fixed.start + len(fixed.text) :] == before[block.start + len(block.text) :]
    data = data_of(before)
    for _, group in groupby(result.applied, lambda fix: fix.round):
        data = with_changes(data, [change for each in group for change in each.fix.changes])
    assert spelled(data) == spelled(data_of(after))
    assert result.left_out


def errors(result: FileResult) -> Counter[str]:
    return Counter(each.rule for each in result.diagnostics if each.severity is Severity.ERROR)
