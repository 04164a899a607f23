"""Asking about fixes: what is shown, and what every answer leads to."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from seedlint.fixing import FixResult
from seedlint.interactive import Interview
from tests.support import SEED, fenced, fix_bytes, numbered, profile

ENTRY = """\
title: Ferries return to the old harbour
sourceUrl: https://www.harbour-times.com/news/ferries-return
type: artcle
provider:
  name: Harbour Times
  domain: www.harbour-times.com
"""
RULES = 'select = ["deprecated-key", "provider-domain-form", "schema-enum"]'
PROMPT = "? [y,n,a,d,q,?] "


def document(entries: int) -> str:
    """Entries with three fixes each: rename (safe), enum (unsafe), domain (safe)."""
    block = ENTRY + "related:\n" if entries > 1 else ENTRY
    for _ in range(entries - 1):
        block += "  - " + ENTRY.replace("\n", "\n    ").rstrip() + "\n"
    return fenced(block)


def interview(answers: str) -> tuple[Interview, io.StringIO]:
    out = io.StringIO()
    lines = "".join(f"{answer}\n" for answer in answers)
    return Interview(io.StringIO(lines), out, color=False, width=80), out


def fixed(text: str, interview: Interview, file: str = "a.md") -> FixResult:
    return fix_bytes(text.encode(), file, profile(RULES), interview.wants, named=True)


def applied(result: FixResult) -> list[str]:
    return [f"{each.diagnostic.pointer} {each.diagnostic.rule}" for each in result.applied]


def test_a_question() -> None:
    asking, out = interview("?xy")
    result = fixed(document(1).replace("artcle", "article").replace("www.", ""), asking)
    assert applied(result) == ["/sourceUrl deprecated-key"]
    assert out.getvalue() == (
        'warning[deprecated-key]: key "sourceUrl" is deprecated, expected "webUrl"\n'
        " --> a.md:3:1\n"
        "  |\n"
        "3 | sourceUrl: https://harbour-times.com/news/ferries-return\n"
        "  | ^^^^^^^^^\n"
        "  |\n"
        '  = fix: rename the key to "webUrl"\n'
        "\n"
        "@@ -1,6 +1,6 @@\n"
        " ---\n"
        " title: Ferries return to the old harbour\n"
        "-sourceUrl: https://harbour-times.com/news/ferries-return\n"
        "+webUrl: https://harbour-times.com/news/ferries-return\n"
        " type: article\n"
        " provider:\n"
        "   name: Harbour Times\n"
        "\n"
        "Apply this safe fix? [y,n,a,d,q,?] "
        "y  apply this fix\n"
        "n  leave it\n"
        "a  apply this and all other safe fixes of deprecated-key\n"
        "d  leave this and all other safe fixes of deprecated-key\n"
        "q  leave this and everything that follows\n"
        "Apply this safe fix? [y,n,a,d,q,?] "
        "y  apply this fix\n"
        "n  leave it\n"
        "a  apply this and all other safe fixes of deprecated-key\n"
        "d  leave this and all other safe fixes of deprecated-key\n"
        "q  leave this and everything that follows\n"
        "Apply this safe fix? [y,n,a,d,q,?] "
        "\n"
    )


@pytest.mark.parametrize(
    ("answers", "fixes", "questions"),
    [
        ("yyy", ["/sourceUrl deprecated-key", "/type schema-enum", "/provider/domain"], 3),
        ("nnn", [], 3),
        ("nyn", ["/type schema-enum"], 3),
        ("Yq", ["/sourceUrl deprecated-key"], 2),
        ("q", [], 1),
        ("", [], 1),
        ("yn", ["/sourceUrl deprecated-key"], 3),
    ],
)
def test_answers_within_a_file(answers: str, fixes: list[str], questions: int) -> None:
    asking, out = interview(answers)
    result = fixed(document(1), asking)
    assert len(applied(result)) == len(fixes)
    for found, expected in zip(applied(result), fixes, strict=True):
        assert found.startswith(expected)
    assert out.getvalue().count(PROMPT) == questions


def test_all_and_none_of_a_rule_hold_for_the_files_that_follow() -> None:
    asking, out = interview("aydyn")
    first = fixed(document(2), asking)
    assert applied(first) == [
        "/sourceUrl deprecated-key",
        "/type schema-enum",
        "/related/0/sourceUrl deprecated-key",
        "/related/0/type schema-enum",
    ]
    assert out.getvalue().count(PROMPT) == 4
    second = fixed(document(1), asking, "b.md")
    assert applied(second) == ["/sourceUrl deprecated-key"]
    assert out.getvalue().count(PROMPT) == 5


def test_all_of_a_rule_means_fixes_that_are_as_safe() -> None:
    dates = (
        'publishedDateTime: "2020-02-03 04:05:06Z"\n'
        'related:\n  - publishedDateTime: "2020-02-03T04:05:06"\n'
    )
    asking, out = interview("an")
    settings = profile('select = ["timestamp-format"]')
    result = fix_bytes(fenced(dates).encode(), "a.md", settings, asking.wants, named=True)
    assert len(result.applied) == 1
    assert out.getvalue().count("Apply this safe fix" + PROMPT) == 1
    assert out.getvalue().count("Apply this unsafe fix" + PROMPT) == 1


def test_after_quitting_files_are_only_checked() -> None:
    asking, out = interview("q")
    fixed(document(1), asking)
    before = out.getvalue()
    result = fixed(document(1), asking)
    assert (result.applied, result.raw) == ((), document(1).encode())
    assert len(result.result.diagnostics) == 3
    assert out.getvalue() == before


def test_content_reaches_the_terminal_only_escaped() -> None:
    text = document(1).replace("title: Ferries", 'title: "\u202e" # \u200b')
    asking, out = interview("y")
    fixed(text, asking)
    assert "\\u{202E}" in out.getvalue()
    assert "\\u{200B}" in out.getvalue()
    assert not {"\u202e", "\u200b", "\x1b"} & set(out.getvalue())


def at_terminal(
    folder: Path, keys: bytes, *arguments: str, piped: bytes | None = None
) -> tuple[int, str]:
    """Run seedlint at a terminal at which somebody has typed ahead."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "seedlint", "check", "--no-cache", "--color", "never", *arguments],
        cwd=folder,
        stdin=theirs if piped is None else subprocess.PIPE,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        start_new_session=True,
    )
    os.close(theirs)
    os.write(ours, keys)
    if process.stdin is not None:
        process.stdin.write(piped or b"")
        process.stdin.close()
    shown = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # how Linux says that nobody holds the other end
            break
        if not chunk:
            break
        shown += chunk
    os.close(ours)
    return process.wait(), shown.decode()


def test_at_a_terminal(tmp_path: Path) -> None:
    safe = fenced(SEED.replace("domain: harbour", "domain: www.harbour"))
    other = numbered(safe, 2)
    (tmp_path / "a.md").write_text(safe, encoding="utf-8")
    (tmp_path / "b.md").write_text(other, encoding="utf-8")
    code, shown = at_terminal(tmp_path, b"y\nn\n", "--interactive", "--fail-on", "warning")
    assert code == 1
    assert shown.count("Apply this safe fix" + PROMPT) == 2
    assert shown.endswith("\r\n1 warning in 2 files\r\n1 fixed in 1 file\r\n")
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == fenced(SEED)
    assert (tmp_path / "b.md").read_text(encoding="utf-8") == other


def test_the_end_of_input_is_an_answer(tmp_path: Path) -> None:
    safe = fenced(SEED.replace("domain: harbour", "domain: www.harbour"))
    (tmp_path / "a.md").write_text(safe, encoding="utf-8")
    code, shown = at_terminal(tmp_path, b"\x04", "--interactive", "--fix-only")
    assert (code, shown.count(PROMPT)) == (0, 1)
    assert shown.endswith("Nothing fixed: 1 file checked\r\n")
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == safe


def test_fixed_text_at_a_terminal_obeys_nothing_either(tmp_path: Path) -> None:
    safe = fenced(SEED.replace("domain: harbour", "domain: www.harbour"), "\t\x1b[2J\r\n")
    code, shown = at_terminal(tmp_path, b"", "--fix", "-", piped=safe.encode())
    assert code == 0
    expected = fenced(SEED, "\t\\u{1B}[2J\r\n") + "All clean: 1 file checked\n1 fixed in 1 file\n"
    assert shown.replace("\r", "").expandtabs() == expected.replace("\r", "").expandtabs()


def test_a_diff_at_a_terminal_obeys_nothing(tmp_path: Path) -> None:
    safe = SEED.replace("domain: harbour", "domain: www.harbour")
    (tmp_path / "a.md").write_text(fenced(safe, "\x1b[2J\n"), encoding="utf-8")
    code, shown = at_terminal(tmp_path, b"", "--diff")
    assert code == 1
    assert "+  domain: harbour-times.com\r\n" in shown
    assert " \\u{1B}[2J\r\n" in shown
    assert "\x1b" not in shown
