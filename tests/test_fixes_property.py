"""Whatever the document, fixing it changes what the fixes say they change, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.changes import Change, Insert, Remove, Rename, Replace
from seedlint.check import FileResult, check_bytes
from seedlint.diagnostic import Applicability, Problem, Severity
from seedlint.document import Document
from seedlint.fixing import Applied
from seedlint.rule import CorpusRule, all_rules, rule_covering
from tests.promises import PROFILE, block_of, data_of, hold, spelled, with_changes
from tests.scripted import Script, obey_scripts, problem, rule
from tests.seed_documents import document
from tests.support import fix_bytes


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
