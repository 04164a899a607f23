"""Diffs that git applies: exact texts, and whatever two texts may hold."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.unifieddiff import unified_diff

Change: TypeAlias = tuple[bytes, bytes]

_PLAIN_GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def git(folder: Path, *arguments: str, stdin: bytes = b"") -> None:
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        env={**os.environ, **_PLAIN_GIT},
    )
    assert done.returncode == 0, done.stderr.decode()


def apply(folder: Path, files: dict[str, Change], *options: str) -> None:
    """Let git apply the diffs of all files in a folder, and see that each comes out right."""
    for name, (before, _) in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(before)
    diffs = b"".join(unified_diff(*change, name) for name, change in files.items())
    git(folder, "apply", *options, "-", stdin=diffs)
    for name, (_, after) in files.items():
        assert (folder / name).read_bytes() == after


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository")
    git(folder, "init", "-q")
    return folder


def body(diff: bytes) -> list[str]:
    """A diff without the lines that name the file."""
    return diff.decode().splitlines()[3:]


def numbered(count: int, **changed: str) -> bytes:
    """Lines ``0`` to ``count - 1``; ``_3="x"`` writes line 3 as ``x`` (and as none if empty)."""
    lines = [changed.get(f"_{line}", str(line)) for line in range(count)]
    return "".join(f"{line}\n" for line in lines if line).encode()


# What is shown


def test_a_changed_line_with_three_lines_around_it() -> None:
    diff = unified_diff(numbered(12), numbered(12, _5="five"), "a.md")
    assert diff.decode().splitlines() == [
        *("diff --git a/a.md b/a.md", "--- a/a.md", "+++ b/a.md", "@@ -3,7 +3,7 @@"),
        *(" 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8"),
    ]


def test_the_same_text_has_no_diff() -> None:
    assert unified_diff(b"a\n", b"a\n", "a.md") == b""
    assert unified_diff(b"", b"", "a.md") == b""


def test_changes_share_a_hunk_if_their_contexts_meet() -> None:
    together = unified_diff(numbered(20), numbered(20, _2="x", _9="y"), "a.md")
    apart = unified_diff(numbered(20), numbered(20, _2="x", _10="y"), "a.md")
    assert [line for line in body(together) if line[0] in "@-+"] == [
        *("@@ -1,13 +1,13 @@", "-2", "+x", "-9", "+y"),
    ]
    assert [line for line in body(apart) if line[0] in "@-+"] == [
        *("@@ -1,6 +1,6 @@", "-2", "+x", "@@ -8,7 +8,7 @@", "-10", "+y"),
    ]


def test_lines_that_come_and_go_shift_what_follows() -> None:
    diff = unified_diff(numbered(30), numbered(30, _2="", _15="15\nnew"), "a.md")
    assert body(diff) == [
        *("@@ -1,6 +1,5 @@", " 0", " 1", "-2", " 3", " 4", " 5"),
        *("@@ -14,6 +13,7 @@", " 13", " 14", " 15", "+new", " 16", " 17", " 18"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (b"a", b"b", ["@@ -1 +1 @@", "-a", "!", "+b", "!"]),
        (b"a\nb", b"c\nb", ["@@ -1,2 +1,2 @@", "-a", "+c", " b", "!"]),
        (b"a\nb", b"a\nb\n", ["@@ -1,2 +1,2 @@", " a", "-b", "!", "+b"]),
        (b"", b"b", ["@@ -0,0 +1 @@", "+b", "!"]),
        (b"a", b"", ["@@ -1 +0,0 @@", "-a", "!"]),
        (b"a\nb\n", b"a\nb", ["@@ -1,2 +1,2 @@", " a", "-b", "+b", "!"]),
    ],
)
def test_a_last_line_without_an_end_is_marked(
    before: bytes, after: bytes, expected: list[str]
) -> None:
    marked = ["\\ No newline at end of file" if line == "!" else line for line in expected]
    assert body(unified_diff(before, after, "a.md")) == marked


def test_only_lf_ends_a_line() -> None:
    before = "a\r\nb\u2028c\x85d\x0ce\rf\n".encode()
    diff = unified_diff(before, before.replace(b"f", b"F"), "a.md")
    assert diff.split(b"\n", 3)[3] == (
        b"@@ -1,2 +1,2 @@\n a\r\n"
        b"-b\xe2\x80\xa8c\xc2\x85d\x0ce\rf\n"
        b"+b\xe2\x80\xa8c\xc2\x85d\x0ce\rF\n"
    )


def test_bytes_of_no_encoding_stay_what_they_are() -> None:
    diff = unified_diff(b"\xef\xbb\xbf\xff\n\x00a\n", b"\xef\xbb\xbf\xff\n\x00b\n", "a.md")
    assert diff.endswith(b"\n \xef\xbb\xbf\xff\n-\x00a\n+\x00b\n")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a b.md", "a/a b.md\t"),
        ("x/y.md", "a/x/y.md"),
        ("é.md", r'"a/\303\251.md"'),
        ('"q" \\.md', r'"a/\"q\" \\.md"' + "\t"),
        ("a\n\t\r\x01\x7f.md", r'"a/a\n\t\r\001\177.md"'),
        (os.fsdecode(b"\xff.md"), r'"a/\377.md"'),
    ],
)
def test_a_path_is_quoted_as_git_does(name: str, shown: str) -> None:
    both, first, second, *_ = unified_diff(b"a", b"b", name).decode().split("\n")
    new = shown.replace("a/", "b/", 1)
    assert both == f"diff --git {shown} {new}".replace("\t", "")
    assert (first, second) == (f"--- {shown}", f"+++ {new}")


def test_scattered_changes_stay_apart_though_lines_repeat() -> None:
    item = "- title: {}\n  type: article\n  topics:\n    - AI\n"
    before = "".join(item.format(number) for number in range(500))
    after = before.replace("title: 77\n", "title: seven\n").replace(
        item.format(300), item.format(300).replace("  topics:\n    - AI\n", "")
    )
    lines = body(unified_diff(before.encode(), after.encode(), "a.md"))
    assert [line for line in lines if line[0] in "-+"] == [
        "-- title: 77",
        "+- title: seven",
        "-  topics:",
        "-    - AI",
    ]


def test_a_line_changed_in_each_of_many_equal_ones() -> None:
    before = [b"- a\n"] * 50
    after = list(before)
    after[10] = after[30] = b"- b\n"
    diff = unified_diff(b"".join(before), b"".join(after), "a.md")
    assert [line for line in body(diff) if line[0] in "@-+"] == [
        *("@@ -8,7 +8,7 @@", "-- a", "+- b", "@@ -28,7 +28,7 @@", "-- a", "+- b"),
    ]


def test_a_line_removed_from_many_equal_ones() -> None:
    lines = body(unified_diff(b"- a\n" * 50, b"- a\n" * 49, "a.md"))
    assert [line for line in lines if line[0] in "-+"] == ["-- a"]


def test_lines_that_are_the_only_ones_of_their_kind_nearby_are_found() -> None:
    before = b"first\n1\nsame\n2\nsecond\n3\nsame\n4\nthird\n"
    after = b"first\n5\nsame\n6\n7\nsecond\n8\nsame\n9\n10\nthird\n"
    lines = body(unified_diff(before, after, "a.md"))
    assert [line.strip() for line in lines if line[0] == " "] == [
        *("first", "same", "second", "same", "third"),
    ]


_MANY = 40_000


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([b"a\n"] * _MANY, [b"a\n"] * 10 + [b"b\n"] + [b"a\n"] * (_MANY - 100)),
        ([b"a\n", b"b\n"] * (_MANY // 2), [b"b\n", b"b\n", b"a\n"] * (_MANY // 3)),
        ([b"%d\n" % n for n in range(_MANY)], [b"%d\n" % n for n in reversed(range(_MANY))]),
        ([b"%d\n" % n for n in range(_MANY)], [b"%d\n" % (n * 7919 % _MANY) for n in range(_MANY)]),
        ([b"%d\n" % (n // 2) for n in range(_MANY)], [b"%d\n" % (n // 3) for n in range(_MANY)]),
    ],
    ids=["equal", "two kinds", "reversed", "shuffled", "pairs"],
)
def test_hostile_texts_take_no_longer_than_their_size(
    before: list[bytes], after: list[bytes], repository: Path
) -> None:
    # Quadratic, each would take minutes.
    start = time.process_time()
    unified_diff(b"".join(before), b"".join(after), "a.md")
    assert time.process_time() - start < 2
    apply(repository, {"a.md": (b"".join(before), b"".join(after))})


# What git makes of it


def test_git_applies_odd_names_and_texts(repository: Path) -> None:
    texts = {
        "crlf": (b"a\r\nb\r\n", b"a\r\nB\r\n"),
        "cr": (b"a\rb\rc", b"a\rB\rc"),
        "mixed": (b"a\r\nb\nc\rd", b"a\nb\r\nc\rd"),
        "trailing blanks": (b"a \t\nb\n", b"b\n \n\n"),
        "signs": (b"--- a\n+++ b\n@@ -1 +1 @@\n", b"--- b\n+++ a\n@@ -1 +1 @@\n-"),
        "diff": (b"a\n", b"diff --git a/x b/x\n\\ No newline at end of file\n"),
        "nul": (b"\x00\n\x01", b"\x00\n\x02"),
    }
    names = ["a b", 'q"q', "é", "line\nend", "tab\t", "back\\slash", " lead", "trail ", "x/y z/ü"]
    names.append("2020-01-02 03:04:05.000000000 +0100")
    files = {f"{name}{text}": texts[text] for name in names for text in texts}
    apply(repository, files)


def test_git_applies_in_a_subfolder_what_lies_there(repository: Path) -> None:
    names = ("news/news/a b.md", "c.md")
    apply(repository, dict.fromkeys(names, (b"a\n", b"b\n")))
    diffs = b"".join(unified_diff(b"b\n", b"c\n", name) for name in names)
    git(repository / "news", "apply", "-", stdin=diffs)
    assert [(repository / name).read_bytes() for name in names] == [b"c\n", b"b\n"]


def test_git_applies_outside_a_repository(tmp_path: Path) -> None:
    apply(tmp_path, {"x/a.md": (b"a\r\n", b"b\r\n")})


def test_git_keeps_the_mode(repository: Path) -> None:
    path = repository / "executable.md"
    path.write_bytes(b"a\n")
    path.chmod(0o755)
    git(repository, "apply", "-", stdin=unified_diff(b"a\n", b"b\n", "executable.md"))
    assert path.read_bytes() == b"b\n"
    assert path.stat().st_mode & 0o777 == 0o755


def test_git_applies_where_it_converts_line_ends(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "core.autocrlf", "true")
    apply(tmp_path, {"a.md": (b"a\r\nb\r\n", b"a\r\nB\r\n")})


_LINES = st.sampled_from(
    [b"a", b"b", b"- AI", b"", b" ", b"\\", b"-", b"+", b"@@ -1 +1 @@", b"\xff"]
)
_ENDS = st.sampled_from([b"\n", b"\n", b"\n", b"\r\n", b"\r"])
_TEXTS = st.builds(
    lambda lines, last: b"".join(map(b"".join, lines)) + last,
    st.lists(st.tuples(_LINES, _ENDS), max_size=30),
    st.sampled_from([b"", b"a"]),
)
_EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 4), _TEXTS), max_size=4)


def edited(text: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """``text`` with stretches of it replaced."""
    for where, length, new in edits:
        at = int(where * len(text))
        text = text[:at] + new + text[at + length :]
    return text


_CHANGES = st.one_of(
    st.tuples(_TEXTS, _TEXTS),
    st.tuples(_TEXTS, _EDITS).map(lambda drawn: (drawn[0], edited(*drawn))),
)
_NAMES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00/"), max_size=20
).filter(lambda name: len(name.encode()) < 200)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(_NAMES, _CHANGES), min_size=20, max_size=40))
def test_git_makes_the_new_bytes_of_any_two_texts(
    repository: Path, drawn: list[tuple[str, Change]]
) -> None:
    files = {f"{index}{name}": change for index, (name, change) in enumerate(drawn)}
    if any(before != after for before, after in files.values()):
        apply(repository, files)
