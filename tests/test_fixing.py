"""Rounds of fixes: what is chosen, what stands, and what is taken back and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, cast

import pytest

from seedlint import check, facttext
from seedlint.changes import Change, Insert, Remove, Rename, Replace
from seedlint.check import CorpusPart, Input, check_bytes
from seedlint.diagnostic import (
    Applicability,
    Diagnostic,
    Elsewhere,
    Place,
    Problem,
    Severity,
    Span,
)
from seedlint.document import Document
from seedlint.fixing import MOST_ROUNDS, FixResult, fix_input, with_reasons
from seedlint.profile import Profile
from seedlint.rule import Context, CorpusRule, DocumentRule, NoOptions
from tests import support
from tests.scripted import Check, Script, obey_scripts, problem, rule, script
from tests.support import NOW, fenced, fix_bytes

BUG = "this is a bug in seedlint, please report it"


@pytest.fixture(autouse=True)
def _scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    obey_scripts(monkeypatch)


def profile(*rules: DocumentRule[object], select: str = "schema") -> Profile:
    """A profile with these rules, and the real ones selected."""
    real = support.profile(f'select = ["{select}", "unused-ignore"]')
    return replace(real, rules=(*real.rules, *rules))


def replacing(old: str, new: str) -> Check:
    """Wherever a value is ``old``, it should be ``new``."""

    def check(document: Document) -> Iterator[Problem]:
        for key, value in document.data.items():
            for route, item in _flat(key, value):
                if item == old:
                    yield problem([Replace(route, new)], f"write {new}", route=route)

    return check


def _flat(key: str, value: Any) -> list[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, list):
        return [((key, index), item) for index, item in enumerate(value)]
    return [((key,), value)]


def always(*_: object) -> bool:
    return True


def fix(
    block: str | bytes, given: Profile, wanted: Callable[[Diagnostic, str], bool] = always
) -> FixResult:
    raw = block if isinstance(block, bytes) else fenced(block).encode()
    return fix_bytes(raw, "seed.txt", given, wanted, named=True)


def text_of(result: FixResult) -> str:
    return result.raw.decode().removeprefix("---\n").removesuffix("---\n")


def applied(result: FixResult) -> list[tuple[int, str, str]]:
    return [(item.round, item.diagnostic.rule, item.fix.title) for item in result.applied]


def left_out(result: FixResult) -> list[tuple[str, str]]:
    return [(item.diagnostic.rule, item.reason) for item in result.left_out]


def remaining(result: FixResult) -> list[tuple[str, tuple[str, ...], str | None]]:
    return [
        (item.rule, item.notes, item.fix.applicability.value if item.fix else None)
        for item in result.result.diagnostics
    ]


def test_a_wanted_fix_is_applied_and_nothing_else_moves() -> None:
    block = '--- \r\ntitle: "old" # é\r\ntopics: [ a,b ]\r\n---\r\n'
    raw = b"\xef\xbb\xbf" + f"{block}old\rbody ⛴".encode()
    given = profile(rule("ageing", replacing("old", "new")), select="unused-ignore")
    result = fix(raw, given)
    assert result.raw == raw.replace(b'"old"', b'"new"')
    assert applied(result) == [(1, "ageing", "write new")]
    assert result.applied[0].diagnostic.place.span.line == 2
    assert (result.left_out, result.unsettled, remaining(result)) == ((), (), [])


def test_what_is_not_wanted_or_only_shown_stays() -> None:
    def check(document: Document) -> Iterator[Problem]:
        for index, applicability in enumerate(Applicability):
            change = [Replace(("topics", index), "new")]
            if document.data["topics"][index] == "old":
                yield problem(change, f"mend {index}", applicability, ("topics", index))

    asked: list[tuple[str, str]] = []

    def only_safe(diagnostic: Diagnostic, text: str) -> bool:
        assert diagnostic.fix is not None
        (edit,) = diagnostic.fix.edits
        asked.append((diagnostic.fix.title, text[edit.start : edit.end]))
        return diagnostic.fix.applicability is Applicability.SAFE

    given = profile(rule("ageing", check), select="unused-ignore")
    result = fix("topics: [old, old, old]\n", given, only_safe)
    assert text_of(result) == "topics: [new, old, old]\n"
    assert asked == [("mend 0", "old"), ("mend 1", "old")]
    assert remaining(result) == [("ageing", (), "unsafe"), ("ageing", (), "display")]


def test_each_fix_is_asked_about_once_wherever_it_moves() -> None:
    asked: list[str] = []

    def third(diagnostic: Diagnostic, text: str) -> bool:
        asked.append(f"{diagnostic.pointer} {diagnostic.rule}")
        return len(asked) != 2

    given = profile(
        rule("ageing", replacing("old", "a longer text")),
        rule("longing", replacing("a longer text", "b")),
        select="unused-ignore",
    )
    result = fix("topics: [old, old, old]\n", given, third)
    assert text_of(result) == "topics: [b, old, b]\n"
    assert asked == [
        "/topics/0 ageing",
        "/topics/1 ageing",
        "/topics/2 ageing",
        "/topics/0 longing",
        "/topics/2 longing",
    ]
    assert applied(result) == [
        (1, "ageing", "write a longer text"),
        (1, "ageing", "write a longer text"),
        (2, "longing", "write b"),
        (2, "longing", "write b"),
    ]


def test_a_file_with_nothing_to_fix_is_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    checks = counted(monkeypatch)
    raw = fenced("title: new\n").encode()
    result = fix(raw, profile(rule("ageing", replacing("old", "new"))))
    assert result.raw is raw
    assert checks == [raw]


def test_a_round_costs_one_check(monkeypatch: pytest.MonkeyPatch) -> None:
    checks = counted(monkeypatch)
    result = fix("topics: [old, old]\n", profile(rule("ageing", replacing("old", "new"))))
    assert [raw.decode() for raw in checks] == [
        "---\ntopics: [old, old]\n---\n",
        "---\ntopics: [new, new]\n---\n",
    ]
    assert len(result.applied) == 2


def counted(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What is checked from now on."""
    checked: list[bytes] = []

    apply_rules = check.apply_rules

    def apply(checks: Sequence[check.Check]) -> None:
        checked.extend(each.raw for each in checks)
        apply_rules(checks)

    monkeypatch.setattr(check, "apply_rules", apply)
    return checked


def test_overlapping_fixes_wait_for_the_next_round() -> None:
    def both(document: Document) -> Iterator[Problem]:
        title = document.data["title"]
        if "a" in title:
            changed = Replace(("title",), title.replace("a", "xyz"))
            yield problem(script("a b", "xyz b", changed), "write xyz")
        if "c" in title:
            changed = Replace(("title",), title.replace("c", "d"))
            yield problem(script("b c", "b d", changed), "write d")

    given = profile(rule("overlapping", both), select="unused-ignore")
    result = fix("title: a b c\n", given)
    assert text_of(result) == "title: xyz b d\n"
    assert applied(result) == [(1, "overlapping", "write xyz"), (2, "overlapping", "write d")]
    assert left_out(result) == []


def test_insertions_at_one_place_wait_for_each_other() -> None:
    def both(document: Document) -> Iterator[Problem]:
        title = document.data["title"]
        for letter in "xy":
            if letter not in title:
                inserted = Script((Replace(("title",), letter + title),))
                inserted.edits = lambda text, letter=letter: [(7, 7, letter)]  # type: ignore[misc]
                yield problem(inserted, f"add {letter}")

    result = fix("title: a\n", profile(rule("adding", both), select="unused-ignore"))
    assert text_of(result) == "title: yxa\n"
    assert applied(result) == [(1, "adding", "add x"), (2, "adding", "add y")]

    def comments(document: Document) -> Iterator[Problem]:
        for letter in "xy":
            if f"# {letter}\n" not in document.text:
                inserted = Script()
                inserted.edits = lambda text, letter=letter: [(0, 0, f"# {letter}\n")]  # type: ignore[misc]
                yield problem(inserted, f"add {letter}")

    result = fix("title: a\n", profile(rule("adding", comments), select="unused-ignore"))
    assert text_of(result) == "# y\n# x\ntitle: a\n"
    assert applied(result) == [(1, "adding", "add x"), (2, "adding", "add y")]


def commenting(*fixes: list[tuple[str, str]]) -> Check:
    """Each fix replaces texts of a comment as long as all are there; data stays."""

    def check(document: Document) -> Iterator[Problem]:
        for number, pairs in enumerate(fixes):
            if all(old in document.text for old, _ in pairs):
                made = Script()
                made.edits = lambda text, pairs=pairs: [  # type: ignore[misc]
                    edit for pair in pairs for edit in script(*pair).edits(text)
                ]
                yield problem(made, f"fix {number}")

    return check


@pytest.mark.parametrize(
    ("fixes", "expected", "rounds"),
    [
        # What overlaps waits, whichever of the two begins first or has an edit further on.
        ([[("abc", "xc")], [("c", "y")]], "# xydefgh", [1, 2]),
        ([[("c", "y")], [("abc", "xc")]], "# xydefgh", [1, 2]),
        ([[("a", "1"), ("g", "2")], [("fgh", "3")]], "# 1bcdef2h", [1]),
        ([[("a", "1"), ("g", "2")], [("bcdef", "3")]], "# 132h", [1, 1]),
        ([[("a", "1"), ("g", "2")], [("b", "3"), ("h", "4")]], "# 13cdef24", [1, 1]),
        ([[("ab", "")], [("cd", "")], [("gh", "")]], "# ef", [1, 1, 1]),
    ],
)
def test_which_fixes_go_together(
    fixes: list[list[tuple[str, str]]], expected: str, rounds: list[int]
) -> None:
    given = profile(rule("commenting", commenting(*fixes)), select="unused-ignore")
    result = fix("title: x\n# abcdefgh\n", given)
    assert text_of(result) == f"title: x\n{expected}\n"
    assert [number for number, _, _ in applied(result)] == rounds


def test_fixes_that_only_touch_go_together() -> None:
    def both(document: Document) -> Iterator[Problem]:
        if document.data["topics"] == ["a", "b", "c"]:
            yield problem(script(", b", "", Remove(("topics", 1))), "remove b")
            yield problem(script(", c", "", Remove(("topics", 2))), "remove c")

    result = fix("topics: [a, b, c]\n", profile(rule("removing", both), select="unused-ignore"))
    assert text_of(result) == "topics: [a]\n"
    assert applied(result) == [(1, "removing", "remove b"), (1, "removing", "remove c")]


def test_fixes_that_cannot_stand_together_wait() -> None:
    def both(document: Document) -> Iterator[Problem]:
        topics = document.data["topics"]
        for index, topic in enumerate(topics):
            old, new = f"  - {topic}\n", ""
            if len(topics) == 1:
                old, new = f"\n  - {topic}\n", " []\n"
            yield problem(script(old, new, Remove(("topics", index))), f"remove {topic}")

    result = fix("topics:\n  - a\n  - b\n", profile(rule("removing", both), select="unused-ignore"))
    assert text_of(result) == "topics: []\n"
    assert applied(result) == [(1, "removing", "remove a"), (2, "removing", "remove b")]
    assert (left_out(result), remaining(result)) == ([], [])


def test_routes_refer_to_the_data_before_the_round() -> None:
    def check(document: Document) -> Iterator[Problem]:
        topics = document.data.get("topics", [])
        if len(topics) == 4:
            yield problem(script("a, ", "", Remove(("topics", 0))), "remove a")
            yield problem([Replace(("topics", 1), "new")], "write new")
            yield problem(script("a, d", "d", Remove(("topics", 2))), "remove the second a")
            yield problem([Rename(("topics",), "subjects")], "rename")

    result = fix("topics: [a, b, a, d]\n", profile(rule("busy", check), select="unused-ignore"))
    assert text_of(result) == "subjects: [new, d]\n"
    assert [number for number, _, _ in applied(result)] == [1, 1, 1, 1]


def bad(changes: Sequence[Change], title: str = "spoil it") -> DocumentRule[object]:
    """A rule whose fix is a mistake."""

    def check(document: Document) -> Iterator[Problem]:
        yield problem(changes, title)

    return rule("spoiling", check)


def in_the_body(text: str) -> Script:
    made = Script()
    made.edits = lambda block: [(len(block) + 4, len(block) + 4, text)]
    return made


CHANGED = f"it would have changed something else; {BUG}"
UNREADABLE = f"it would have made the file unreadable; {BUG}"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (script("heat: 1", "heat: [", Replace(("heat",), 2)), UNREADABLE),
        (script("heat: 1", "title: 1", Replace(("heat",), 2)), UNREADABLE),
        (script("heat: 1", "heat: \ud800", Replace(("heat",), 2)), UNREADABLE),
        (script("heat: 1", "heat: \x07", Replace(("heat",), 2)), UNREADABLE),
        (script("heat: 1\n", "", Remove(("heat",))), None),
        (script("heat: 1\n", "---\nheat: 1\n", Remove(("heat",))), CHANGED),
        (
            script(
                "heat: 1\ntitle: x\n",
                "---\nheat: 1\ntitle: x\n",
                Remove(("heat",)),
                Remove(("title",)),
            ),
            CHANGED,
        ),
        (in_the_body("x"), CHANGED),
        (script("heat: 1", "--- 1", Remove(("heat",))), UNREADABLE),
        (script("heat: 1", "heat: 2", Replace(("heat",), "2")), CHANGED),
        (script("heat: 1", "heat: 2.0", Replace(("heat",), 2)), CHANGED),
        (script("heat: 1", "heat: 2", Replace(("nowhere",), 2)), CHANGED),
        (script("heat: 1", "heat: 2", Replace(("heat", 0), 2)), CHANGED),
        (script("heat: 1\n", "", Replace(("heat",), 2)), CHANGED),
        (script("heat: 1", "quality: 3\nheat: 1"), CHANGED),
        (script("heat: 1\ntitle: x\n", "title: x\nheat: 1\n"), CHANGED),
        (script("title: x", "title: xy"), CHANGED),
        (script("heat: 1", "heat: 1 # now"), None),
        (
            script("heat: 1", "heat: high", Replace(("heat",), "high")),
            'it would bring "schema-type"',
        ),
        (
            script("heat: 1", 'heat: ""\nhead: 1', Rename(("heat",), "head")),
            CHANGED,
        ),
        (
            script("heat: 1", "head: 1", Rename(("heat",), "head")),
            'it would bring "schema-additional-properties"',
        ),
    ],
)
def test_a_fix_that_breaks_its_word_is_taken_back(changes: Script, reason: str | None) -> None:
    block = "category: old\nheat: 1\ntitle: x\n"
    given = profile(rule("ageing", replacing("old", "new")), bad(changes))
    result = fix(block, given)
    if reason is None:
        assert left_out(result) == []
        assert "ageing" in {name for _, name, _ in applied(result)}
        return
    assert text_of(result) == block.replace("old", "new")
    assert applied(result) == [(1, "ageing", "write new")]
    assert left_out(result) == [("spoiling", reason)]
    (spoiling,) = [item for item in remaining(result) if item[0] == "spoiling"]
    assert spoiling == ("spoiling", (f"its fix was not applied: {reason}",), "display")


def test_the_error_that_was_there_may_stay_but_not_grow() -> None:
    block = "heat: high\nquality: 1\ntitle: x\n"
    change = Replace(("quality",), "low")
    result = fix(block, profile(bad(script("quality: 1", "quality: low", change))))
    assert text_of(result) == block
    assert left_out(result) == [("spoiling", 'it would bring "schema-type"')]
    changes = script("heat: high\nquality: 1", "heat: 1\nquality: low", change)
    moved = script(*("heat: high\nquality: 1", "heat: 1\nquality: low"), change)
    moved = Script((*changes, Replace(("heat",), 1)))
    moved.edits = changes.edits
    result = fix(block, profile(bad(moved)))
    assert text_of(result) == "heat: 1\nquality: low\ntitle: x\n"


def test_errors_of_rules_that_nobody_asked_about_count() -> None:
    def strict(document: Document) -> Iterator[Problem]:
        if document.data.get("title") == "new":
            yield Problem(("title",), "too new")

    def crashing(document: Document) -> Iterator[Problem]:
        if document.data.get("category") == "new":
            raise ZeroDivisionError
        yield from ()

    given = profile(
        rule("ageing", replacing("old", "new")),
        rule("strict", strict, Severity.ERROR),
        rule("crashing", crashing),
        select="unused-ignore",
    )
    result = fix("title: old\ncategory: old\nexcerpt: old\n", given)
    assert text_of(result) == "title: old\ncategory: old\nexcerpt: new\n"
    assert left_out(result) == [
        ("ageing", 'it would bring "strict"'),
        ("ageing", 'it would bring "internal-error"'),
    ]


def test_errors_of_several_rules_are_all_named() -> None:
    def strict(document: Document) -> Iterator[Problem]:
        if document.data.get("title") == "new":
            yield Problem(("title",), "too new")

    given = profile(
        rule("ageing", replacing("old", "new")),
        rule("stricter", strict, Severity.ERROR),
        rule("strict", strict, Severity.ERROR),
        rule("lenient", strict),
        select="unused-ignore",
    )
    result = fix("title: old\n", given)
    assert left_out(result) == [("ageing", 'it would bring "strict" and "stricter"')]


def test_an_error_mended_does_not_make_up_for_one_that_is_brought() -> None:
    def strict(document: Document) -> Iterator[Problem]:
        for key, value in document.data.items():
            if value == "bad":
                change = Replace((key,), "fine")
                yield problem([change], f"write fine to {key}", route=(key,))

    given = profile(
        rule("strict", strict, Severity.ERROR),
        rule("ageing", replacing("old", "bad")),
        rule("tidy", replacing("x", "z")),
        select="unused-ignore",
    )
    result = fix("title: bad\ncategory: old\nexcerpt: x\n", given)
    assert text_of(result) == "title: fine\ncategory: old\nexcerpt: z\n"
    assert left_out(result) == [("ageing", 'it would bring "strict"')]


def test_a_later_check_is_told_what_was_left_out() -> None:
    def strict(document: Document) -> Iterator[Problem]:
        if document.data["title"] == "new":
            yield Problem(("title",), "too new")

    given = profile(
        rule("ageing", replacing("old", "new")),
        rule("strict", strict, Severity.ERROR),
        rule("other", replacing("older", "new")),
        select="unused-ignore",
    )
    result = fix("title: old\ntopics: [old, older]\n", given, lambda item, _: item.rule == "ageing")
    assert remaining(result) == [
        ("ageing", ('its fix was not applied: it would bring "strict"',), "display"),
        ("other", (), "safe"),
    ]
    later = check_bytes(result.raw, "seed.txt", given)
    assert later != result.result
    assert with_reasons(later, result.result) == result.result
    assert with_reasons(later, later) == later


def test_what_is_left_out_stays_so_wherever_it_moves() -> None:
    def strict(document: Document) -> Iterator[Problem]:
        if document.data["topics"][1] != "old":
            yield Problem(("topics", 1), "too new")

    given = profile(
        rule("ageing", replacing("old", "a longer text")),
        rule("longing", replacing("a longer text", "b")),
        rule("strict", strict, Severity.ERROR),
        select="unused-ignore",
    )
    result = fix("topics: [old, old, old]\n", given)
    assert text_of(result) == "topics: [b, old, b]\n"
    assert [number for number, _, _ in applied(result)] == [1, 1, 2, 2]
    assert left_out(result) == [("ageing", 'it would bring "strict"')]
    assert remaining(result) == [
        ("ageing", ('its fix was not applied: it would bring "strict"',), "display")
    ]


def test_fixes_that_undo_each_other_end_after_ten_rounds() -> None:
    given = profile(
        rule("ageing", replacing("old", "new")),
        rule("reviving", replacing("new", "old")),
        rule("tidy", replacing("x", "z")),
        select="unused-ignore",
    )
    result = fix("title: old\ncategory: x\n", given)
    assert text_of(result) == "title: old\ncategory: z\n"
    assert len(result.applied) == MOST_ROUNDS + 1
    assert [item.diagnostic.rule for item in result.applied if item.round < 3] == [
        "ageing",
        "tidy",
        "reviving",
    ]
    assert result.unsettled == ("ageing",)
    assert left_out(result) == []
    assert remaining(result) == [
        (
            "ageing",
            ("its fix was not applied: after 10 rounds of fixes there was still more to fix",),
            "display",
        )
    ]


def test_many_to_blame_are_found_without_a_check_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def strict(document: Document) -> Iterator[Problem]:
        for index, topic in enumerate(document.data["topics"]):
            if topic == "new" and index % 2:
                yield Problem(("topics", index), "too new")

    given = profile(
        rule("ageing", replacing("old", "new")),
        rule("strict", strict, Severity.ERROR),
        select="unused-ignore",
    )
    block = "topics:\n" + "  - old\n" * 200
    checks = counted(monkeypatch)
    result = fix(block, given)
    assert len(checks) < 150
    assert len(result.applied) + len(result.left_out) == 200
    assert len(result.applied) > 10
    assert {item.reason for item in result.left_out} == {
        'it would bring "strict"',
        'together with others it would bring "strict"',
    }
    assert not [item for item in result.result.diagnostics if item.rule == "strict"]
    few = "topics:\n" + "  - old\n" * 20
    assert text_of(fix(few, given)) == "topics:\n" + "  - new\n  - old\n" * 10


def test_a_fix_of_comments_leaves_data_alone() -> None:
    def check(document: Document) -> Iterator[Problem]:
        yield problem(script(" # old", ""), "remove the comment")
        yield problem(script("# new", "# x\nheat: 1"), "spoil the comment")

    result = fix("title: a # old\n# new\n", profile(rule("tidy", check), select="unused-ignore"))
    assert text_of(result) == "title: a\n# new\n"
    assert applied(result) == [(1, "tidy", "remove the comment")]
    assert left_out(result) == [("tidy", CHANGED)]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("1: old\nnull: old\n", "1: new\nnull: new\n"),
        ("a: old\nb: {<<: {c: 0x1F}, d: 1_000}\n", "a: new\nb: {<<: {c: 0x1F}, d: 1_000}\n"),
        ("a: &x [1]\nb: old\nc: *x\n", "a: &x [1]\nb: new\nc: *x\n"),
        ("{a: old, b: [.nan, -0.0, !!str 1]}\n", "{a: new, b: [.nan, -0.0, !!str 1]}\n"),
    ],
)
def test_data_is_what_the_check_takes_it_for(block: str, expected: str) -> None:
    result = fix(block, profile(rule("ageing", replacing("old", "new")), select="unused-ignore"))
    assert text_of(result) == expected
    assert left_out(result) == []


def test_the_last_key_may_go() -> None:
    def check(document: Document) -> Iterator[Problem]:
        if document.data:
            yield problem(script("title: a\n", "", Remove(("title",))), "remove it")

    result = fix("title: a\n", profile(rule("removing", check), select="unused-ignore"))
    assert (text_of(result), left_out(result)) == ("", [])


def test_a_file_may_not_outgrow_its_limit() -> None:
    given = profile(rule("ageing", replacing("old", "a longer text")), select="unused-ignore")
    given = replace(given, limits=replace(given.limits, file_size=22))
    result = fix("title: old\n", given)
    assert text_of(result) == "title: old\n"
    assert left_out(result) == [("ageing", 'it would bring "limits"')]
    given = replace(given, limits=replace(given.limits, file_size=100, size=15))
    result = fix("title: old\n", given)
    assert text_of(result) == "title: old\n"
    assert left_out(result) == [("ageing", 'it would bring "limits"')]


def test_a_yaml_file_without_a_final_line_end() -> None:
    given = profile(rule("ageing", replacing("old", "new")), select="unused-ignore")
    result = fix_bytes(b"title: old", "seed.yaml", given, always)
    assert result.raw == b"title: new"


def test_a_key_is_added_below_an_alias_that_ends_the_file() -> None:
    def check(document: Document) -> Iterator[Problem]:
        if "c" not in document.data:
            yield problem([Insert(("c",), "v")], "add c")

    given = profile(rule("ageing", check), select="unused-ignore")
    result = fix_bytes(b"a: &x 1\nb: *x", "seed.yaml", given, always)
    assert result.raw == b"a: &x 1\nb: *x\nc: v"


@pytest.mark.parametrize(
    "raw", [b"", b"no front matter", b"---\ntitle: [\n---\n", b"\xff\xfe-\x00", b"---\n\xff\n---\n"]
)
@pytest.mark.parametrize("named", [True, False])
def test_what_cannot_be_read_is_left_alone(raw: bytes, named: bool) -> None:
    given = profile(rule("ageing", replacing("old", "new")))
    result = fix_bytes(raw, "seed.txt", given, always, named=named)
    assert result == FixResult(raw, check_bytes(raw, "seed.txt", given, named=named))


class TitleOf(CorpusRule[NoOptions]):
    """Wants another title, and reports what its fix of it may bring as another error."""

    severity = Severity.ERROR

    def facts(self, document: Document) -> Any:
        return document.data["title"]

    def check(self, document: Document, file: str, relevant: Any) -> Iterator[Problem]:
        title = document.data["title"]
        if title == relevant["wrong"]:
            change = Replace(("title",), relevant["right"])
            there = Elsewhere("other", lambda other: (), "there")
            yield problem([change], "write it", route=("title",))._replace(elsewhere=(there,))
        elif title == relevant.get("worse"):
            yield Problem(("title",), "worse", rule="schema-worse")


TITLE_OF = "inconsistent-provider-name"
TitleOf.name = TITLE_OF


def fix_title(block: str, **relevant: str) -> FixResult:
    """Fix a file of which corpus rules have concluded something."""
    given = profile(rule("ageing", replacing("old", "new")), select=TITLE_OF)
    file = Input(fenced(block).encode(), "a.txt", given, True, "a.txt", {TITLE_OF: {**relevant}})
    span = Span(1, 1, 1, 2)
    corpus = CorpusPart(
        [cast("CorpusRule[object]", TitleOf(Context(NOW, ())))],
        lambda elsewhere: Place("b.txt", span, "", elsewhere.message),
    )
    return fix_input(file, always, corpus)


def test_what_a_corpus_rule_finds_is_fixed_as_well() -> None:
    result = fix_title("title: ancient\ntopics: [old]\n", wrong="ancient", right="old")
    assert text_of(result) == "title: new\ntopics: [new]\n"
    assert applied(result) == [
        (1, TITLE_OF, "write it"),
        (1, "ageing", "write new"),
        (2, "ageing", "write new"),
    ]
    (place,) = result.applied[0].diagnostic.related
    assert (place.file, place.message) == ("b.txt", "there")
    assert remaining(result) == []


def test_what_corpus_rules_take_from_the_fixed_file_is_part_of_the_result() -> None:
    result = fix_title("title: ancient\n", wrong="ancient", right="young")
    assert facttext.read(result.facts, TITLE_OF) == "young"
    assert fix_title("title: young\n", wrong="ancient", right="young").facts == ""


def test_a_fix_that_brings_an_error_of_a_corpus_rule_is_taken_back() -> None:
    result = fix_title("title: ancient\ntopics: [old]\n", wrong="ancient", right="x", worse="x")
    assert text_of(result) == "title: ancient\ntopics: [new]\n"
    assert left_out(result) == [(TITLE_OF, 'it would bring "schema-worse"')]
    assert remaining(result) == [
        (TITLE_OF, ('its fix was not applied: it would bring "schema-worse"',), "display")
    ]


def test_a_fix_of_a_document_rule_may_bring_no_error_of_a_corpus_rule_either() -> None:
    result = fix_title("title: old\ntopics: [old]\n", wrong="x", right="y", worse="new")
    assert text_of(result) == "title: old\ntopics: [new]\n"
    assert left_out(result) == [("ageing", 'it would bring "schema-worse"')]


def test_an_ignore_of_a_corpus_rule_stays_in_use() -> None:
    block = f"title: x # seedlint: ignore[{TITLE_OF}]\ntopics: [old]\n"
    result = fix_title(block, wrong="x", right="y")
    assert text_of(result) == block.replace("old", "new")
    assert remaining(result) == []


def test_what_another_fix_makes_possible_gets_a_second_chance() -> None:
    # A quoted text goes on at the start of a line: wherever the key is put, there it is no YAML.
    text = fenced('related:\n  - provider: {domain: "tram.example", name: "Tram News \n"}\n')
    result = fix_bytes(
        text.encode(),
        "seed.txt",
        support.profile('select = ["key-order", "text-whitespace"]'),
        lambda *_: True,
        named=True,
    )
    fixed = 'related:\n  - provider: {name: "Tram News", domain: "tram.example"}\n'
    assert result.raw.decode() == fenced(fixed)
    assert [(each.diagnostic.rule, each.round) for each in result.applied] == [
        ("text-whitespace", 2),
        ("key-order", 3),
    ]
    assert result.left_out == ()
