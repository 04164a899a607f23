"""What a finding is recognised by."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from seedlint import resulttext
from seedlint.check import check_bytes, unreadable_file
from seedlint.diagnostic import About, Problem
from seedlint.fingerprint import (
    Fingerprints,
    canonical,
    fingerprint_of_line,
    fingerprint_of_text,
)
from seedlint.source import Source
from tests.corpus_support import together
from tests.support import SEED, check, fenced, profile

VALUES: tuple[Any, ...] = (
    *(1, "1", True, 1.0, "1.0", None, "None", "", 0, False, -0.0, 0.0),
    *([], {}, [1], ["1"], [[1]], [1, 1], {"1": 1}, {"1": "1"}, {"a": [1]}, {"a": 1, "b": 1}),
    *(10**999, 10**999 + 1, float("inf"), "2020-01-01", "é", "\ud800", "a\nb", ["a", "b"], "'a'"),
)


def test_values_that_differ_are_told_apart() -> None:
    assert len({canonical(value) for value in VALUES}) == len(VALUES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([1, "1", [2, 3]], [[3, 2], "1", 1]),
        ({"a": 1, "b": [1, 2]}, {"b": [2, 1], "a": 1}),
        (float("nan"), float("nan")),
    ],
)
def test_order_makes_no_difference(one: Any, other: Any) -> None:
    assert canonical(one) == canonical(other)


def test_it_stays_the_same_in_all_versions() -> None:
    # To change these is to have everything in every baseline come back.
    data = {"related": [{"title": "Caf\u00e9 \U0001fae8", "sizes": [2, 1.5, None, True, "x"]}]}
    marks = Fingerprints(data)
    assert marks.of("some-rule", Problem(("related", 0, "title"), "wrong")) == "97ffcc4356d6d88f"
    assert marks.of("some-rule", Problem(("related", 0), "wrong")) == "cde82a656fec3057"


def test_no_number_is_too_long() -> None:
    # str refuses those of more than 4300 digits.
    assert canonical(10**5000) != canonical(10**5000 + 1)


def marks(data: Any, *problems: Problem) -> list[str]:
    """The fingerprints of problems in one document."""
    found = Fingerprints(data)
    return [found.of("some-rule", problem) for problem in problems]


def test_rule_route_and_value_make_it() -> None:
    data = {"a": [{"b": 1}, {"b": 1}, {"b": 2}], "*": {"b": 1}, "c": {"b": 1}}
    found = Fingerprints(data)
    first = found.of("some-rule", Problem(("a", 0, "b"), "1 is wrong"))
    assert first == found.of("some-rule", Problem(("a", 1, "b"), "1 is wrong again"))
    others = [
        found.of("some-rule", Problem(("a", 2, "b"), "1 is wrong")),
        found.of("some-rule", Problem(("c", "b"), "1 is wrong")),
        found.of("some-rule", Problem(("*", "b"), "1 is wrong")),
        found.of("other-rule", Problem(("a", 0, "b"), "1 is wrong")),
        found.of("some-rule", Problem(("a", 0, "b"), "1 is wrong", about=About("b"))),
        found.of("some-rule", Problem(("a", 0, "b"), "1 is wrong", about=About(1, ("a",)))),
    ]
    assert len({first, *others}) == 7


def test_a_key_is_recognised_by_itself_and_what_is_plainly_below_it() -> None:
    key = Problem(("k",), "unknown key", part="key")
    assert marks({"k": {"a": 1}}, key) == marks({"k": {"b": [2]}}, key) == marks({"k": None}, key)
    assert marks({"k": 1}, key) != marks({"k": 2}, key)


def test_a_route_that_ends_early_is_no_crash() -> None:
    wrong = Problem(("a", 5, "b"), "wrong")
    assert marks({"a": [1]}, wrong) != marks({"a": [2]}, wrong)


def one(block: str, settings: str = "") -> str:
    """The fingerprint of the only finding in a block."""
    (diagnostic,) = check(fenced(block), settings).diagnostics
    return diagnostic.fingerprint


NO_TITLE = SEED.replace("title: Ferries return to the old harbour\n", "")
RELATED = 'select = ["duplicate-related", "near-duplicate-related", "self-related"]'


def entry(title: str, url: str) -> str:
    return f"- type: article\n  title: {title}\n  webUrl: {url}\n"


def test_a_missing_key_is_recognised_by_its_name() -> None:
    assert one(NO_TITLE) == one(NO_TITLE.replace("category: news", "category: world"))
    assert one(NO_TITLE) != one(SEED.replace("type: article\n", ""))


A = entry("The bridge is closed", "https://www.example.com/bridge")
B = entry("Nobody may cross", "http://example.com/bridge/?utm_source=feed")
C = entry("A tram leaves the rails in the rain", "https://www.example.com/tram")
D = entry("A tram leaves the rails in the rains", "https://www.example.com/trams")
X = entry("A market moves indoors", "https://a.example/market")


@pytest.mark.parametrize(("first", "second"), [(A, B), (C, D)])
def test_a_duplicate_is_recognised_whichever_comes_first(first: str, second: str) -> None:
    found = one(f"{SEED}related:\n{first}{second}", RELATED)
    assert found == one(f"{SEED}related:\n{second}{X}{first}", RELATED)


def test_one_word_more_in_a_near_duplicate_is_noticed() -> None:
    other = C.replace("the rain", "the  rain")
    assert one(f"{SEED}related:\n{C}{D}", RELATED) != one(f"{SEED}related:\n{other}{D}", RELATED)


@pytest.mark.parametrize(
    ("one_way", "other_way"),
    [
        ("topics: [Robots, ' robots ', Sea]\n", "topics: [Sea, ' robots ', Robots]\n"),
        (
            "images:\n- {url: 'https://a.example/1.png', width: 90, height: 91}\n"
            "- {url: 'https://a.example/1.png', width: 90, height: 90}\n",
            "images:\n- {url: 'https://a.example/1.png', width: 90, height: 90}\n"
            "- {url: 'https://a.example/1.png', width: 90, height: 91}\n",
        ),
    ],
)
def test_what_is_listed_twice_is_recognised_in_any_order(one_way: str, other_way: str) -> None:
    chosen = 'select = ["duplicate-topic", "duplicate-image"]'
    assert one(SEED + one_way, chosen) == one(SEED + other_way, chosen)


@pytest.mark.parametrize(
    ("block", "changed"),
    [
        ("title: a: b\n", "title: a: c\n"),
        ("title: A\ntitle: B\n", "title: A\ntitle: C\n"),
        ('title: "a\x07b"\n', 'title: "a\x07c"\n'),
    ],
)
def test_what_cannot_be_read_is_recognised_by_the_line(block: str, changed: str) -> None:
    assert one(block) == one(f"# moved down\nother: 1\n{block}")
    assert one(block) != one(changed)


def test_a_long_line_is_not_hashed_for_each_finding_in_it() -> None:
    pairs = ", ".join(f"k{number}: 1, k{number}: 2" for number in range(200))
    found = check(fenced(f"{{{pairs}}}\n")).diagnostics
    assert len({diagnostic.fingerprint for diagnostic in found}) == len(found) == 200


def test_of_a_long_line_only_the_four_hundred_characters_around_count() -> None:
    line = "".join(chr(0x4E00 + at) for at in range(1000))

    def mark(text: str, column: int) -> str:
        return fingerprint_of_line("a", Source("", text).place(column - 1, column))

    for column, start, stop in ((501, 300, 700), (51, 0, 250), (951, 750, 1000)):
        own = mark(line, column)
        assert own == fingerprint_of_text("a", line[start:stop])
        assert start == 0 or mark(f"!{line[1:]}", column) == own
        assert mark(f"{line[: stop - 1]}!{line[stop:]}", column) != own
    assert mark(f"  {line[:398]}", 1) == fingerprint_of_text("a", line[:398])
    assert mark(f"  {line[:399]}", 1) == fingerprint_of_text("a", line[:198])


def test_an_ignore_is_recognised_by_the_name_in_it() -> None:
    title = "title: Ferries return to the old harbour"
    ignored = f"{title}  # seedlint: ignore[mojibake]"
    above = f"# seedlint: ignore[mojibake] a reason\n{title}"
    assert one(SEED.replace(title, ignored)) == one(SEED.replace(title, above))
    assert one(SEED.replace(title, ignored)) != one(
        SEED.replace(title, ignored.replace("mojibake", "html-entity"))
    )


def test_of_a_corpus_rule_the_files_own_value_makes_it() -> None:
    def providers(name: str, others: int) -> str:
        block = "provider: {{name: {}, domain: sample.example}}\n"
        files = {f"{number}.md": block.format("The Sample") for number in range(others)}
        files["own.md"] = block.format(name)
        found = together(files, "inconsistent-provider-name")["own.md"]
        return found[0].fingerprint

    assert providers("Sample", 3) == providers("Sample", 9)
    assert providers("Sample", 3) != providers("Samples", 3)


def test_every_diagnostic_has_one() -> None:
    unreadable = unreadable_file("a.md", "no permission").diagnostics
    assert unreadable[0].fingerprint == unreadable_file("b.md", "gone").diagnostics[0].fingerprint
    assert all(
        len(diagnostic.fingerprint) == 16
        for content in (b"---\ntitle: [\n---\n", b"---\n\xff\n---\n", b"---\n", b"\xff\xfea")
        for diagnostic in check_bytes(content, "a.md", profile(), named=True).diagnostics
    )


def test_the_cache_keeps_it() -> None:
    result = check(fenced("title: '&amp;'\n"))
    assert resulttext.read(resulttext.write(result), "seed.txt") == result._replace(
        diagnostics=tuple(
            each._replace(fix=each.fix and each.fix._replace(changes=()))
            for each in result.diagnostics
        )
    )


def test_a_clean_run_does_not_pay_for_it() -> None:
    code = (
        "import sys; from tests.support import *; assert not found(fenced(SEED));"
        "print('seedlint.fingerprint' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert ran.stdout.strip() == b"False"
