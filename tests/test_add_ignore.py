"""Ignores for what is there: where they are written, and that nothing else is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.addignore import add_ignores
from seedlint.check import Input, check_batch
from seedlint.ignorerun import reason_problem
from tests.seed_documents import document
from tests.support import SEED, fenced, profile

RULES = ["text-whitespace", "html-entity", "duplicate-topic", "schema", "insecure-url"]
SELECTED = f"select = {RULES}"


def ignored(content: str, reason: str = "", settings: str = SELECTED) -> str:
    """The content with ignores for all that is found in it."""
    given = Input(content.encode(), "a.md", profile(settings), named=True)
    (result,) = check_batch([given])
    return add_ignores(given, result, result.diagnostics, reason, None).raw.decode()


def of_seed(old: str, new: str, *, before: str, after: str) -> tuple[str, str]:
    """A seed with a change, and what becomes of that."""
    seed = fenced(SEED.replace(old, new))
    assert before in seed
    return seed, seed.replace(before, after)


WHERE = {
    "at the end of the line": of_seed(
        "After ten",
        "After  ten",
        before="leaves on Monday.\n",
        after="leaves on Monday.  # seedlint: ignore[text-whitespace]\n",
    ),
    "after a blank": of_seed(
        "on Monday.",
        "on  Monday. \t",
        before="Monday. \t\n",
        after="Monday. \t# seedlint: ignore[text-whitespace]\n",
    ),
    "after a comment": of_seed(
        "on Monday.",
        "on  Monday.  # or Tuesday",
        before="Tuesday\n",
        after="Tuesday  # seedlint: ignore[text-whitespace]\n",
    ),
    "above what goes on below": of_seed(
        "excerpt: After ten years the first boat leaves on Monday.",
        'excerpt: "After  ten\n  years the boat leaves"',
        before="excerpt: ",
        after="# seedlint: ignore[text-whitespace]\nexcerpt: ",
    ),
    "above a block scalar": of_seed(
        "excerpt: After ten years the first boat leaves on Monday.",
        "excerpt: |\n  # After  ten years",
        before="excerpt: |",
        after="# seedlint: ignore[text-whitespace]\nexcerpt: |",
    ),
    "after a block scalar": of_seed(
        "title: Ferries return",
        "slug: |-\n    a b\n\ntitle: Ferries  return",
        before="slug: |-\n    a b\n\ntitle: Ferries  return to the old harbour\n",
        after=(
            "# seedlint: ignore[schema-additional-properties]\nslug: |-\n    a b\n\n"
            "title: Ferries  return to the old harbour  # seedlint: ignore[text-whitespace]\n"
        ),
    ),
    "for several rules at once": of_seed(
        "After ten",
        "After  ten &amp; more",
        before="on Monday.\n",
        after="on Monday.  # seedlint: ignore[html-entity, text-whitespace]\n",
    ),
    "in an ignore that is there": of_seed(
        "After ten years the first boat leaves on Monday.",
        "After  ten &amp; more  # seedlint: ignore[html-entity] quoted",
        before="[html-entity] quoted",
        after="[html-entity, text-whitespace] quoted",
    ),
    "in an ignore above": of_seed(
        "excerpt: After ten",
        "# seedlint: ignore[ html-entity ] quoted\nexcerpt: After  ten &amp; ",
        before="[ html-entity ] quoted",
        after="[ html-entity, text-whitespace ] quoted",
    ),
    "not where a comment is a failed ignore": of_seed(
        "on Monday.",
        "on  Monday.  # seedlint: off",
        before="excerpt:",
        after="# seedlint: ignore[text-whitespace]\nexcerpt:",
    ),
    "inside of brackets": of_seed(
        "type: article",
        "type: article\ntopics: [Sea,\n  sea,\n  {a: 1}]",
        before="  sea,\n  {a: 1}]\n",
        after=(
            "  sea,  # seedlint: ignore[duplicate-topic]\n"
            "  {a: 1}]  # seedlint: ignore[schema-type]\n"
        ),
    ),
    "on a key without its own line": of_seed(
        "type: article",
        "type: article\nrelated: [{type: article}]",
        before="[{type: article}]\n",
        after="[{type: article}]  # seedlint: ignore[schema-required]\n",
    ),
    "with other line ends": (
        fenced(SEED.replace("After ten", "After  ten")).replace("\n", "\r\n"),
        fenced(SEED.replace("After ten", "After  ten"))
        .replace("Monday.\n", "Monday.  # seedlint: ignore[text-whitespace]\n")
        .replace("\n", "\r\n"),
    ),
    "with other line ends, above": (
        fenced(SEED + "x: |\n  a\n").replace("\n", "\r\n"),
        fenced(SEED + "# seedlint: ignore[schema-additional-properties]\nx: |\n  a\n").replace(
            "\n", "\r\n"
        ),
    ),
    "after a byte-order mark, before a body": (
        "\ufeff" + fenced(SEED.replace("After ten", "After  ten"), "Body  é\r\ntitle: &amp;"),
        "\ufeff"
        + fenced(
            SEED.replace("After ten", "After  ten").replace(
                "Monday.", "Monday.  # seedlint: ignore[text-whitespace]"
            ),
            "Body  é\r\ntitle: &amp;",
        ),
    ),
    "for all of an empty block": (
        "---\n---\n",
        "---\n# seedlint: ignore-file[schema-required]\n---\n",
    ),
    "in the ignore of an empty block": (
        "---\n# seedlint: ignore-file[mojibake] old\n---\n",
        "---\n# seedlint: ignore-file[mojibake, schema-required] old\n---\n",
    ),
    "on the last line, without an end": (
        f"{SEED}x: 1",
        f"{SEED}x: 1  # seedlint: ignore[schema-additional-properties]",
    ),
}


@pytest.mark.parametrize(("content", "expected"), WHERE.values(), ids=WHERE)
def test_where_an_ignore_is_written(content: str, expected: str) -> None:
    file = "a.yaml" if content.startswith("category") else "a.md"
    given = Input(content.encode(), file, profile(SELECTED), named=True)
    (result,) = check_batch([given])
    done = add_ignores(given, result, result.diagnostics, "", None)
    assert done.raw.decode() == expected
    again = given._replace(raw=done.raw)
    (after,) = check_batch([again])
    assert done.result == after
    assert add_ignores(again, after, after.diagnostics, "", None).raw == done.raw


def test_a_reason_goes_with_it() -> None:
    block = SEED.replace("After ten", "After  ten")
    line = "# seedlint: ignore[text-whitespace] see [1], #7"
    assert line in ignored(fenced(block), "see [1], #7")


@pytest.mark.parametrize(
    ("reason", "problem"),
    [
        ("", ""),
        ("legacy (see #12) é]", ""),
        ("a\nb", "a reason is one line of visible characters"),
        ("a\x1b[0m", "a reason is one line of visible characters"),
        ("\ud800", "a reason is one line of visible characters"),
        ("a" * 201, "a reason has at most 200 characters"),
        ("as ignore[x]", "a reason must not look like another ignore"),
        ("as # seedlint: x", "a reason must not look like another ignore"),
    ],
)
def test_what_a_reason_may_be(reason: str, problem: str) -> None:
    assert reason_problem(reason) == problem


def test_only_what_is_wanted_is_ignored() -> None:
    given = Input(fenced(SEED + "x: 1\nz: 2\n").encode(), "a.md", profile(SELECTED), named=True)
    (result,) = check_batch([given])
    first, second = result.diagnostics
    done = add_ignores(given, result, [second], "", None)
    assert done.raw.decode() == fenced(
        SEED + "x: 1\nz: 2  # seedlint: ignore[schema-additional-properties]\n"
    )
    assert (done.number, done.result.diagnostics) == (1, (first,))


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        ("---\ntitle: [\n---\n", ["yaml-syntax"]),
        (fenced(SEED + "type: video\n"), ["duplicate-key"]),
        (
            fenced(SEED.replace("on Monday.", "on Monday.  # seedlint: ignore[mojibake]")),
            ["unused-ignore"],
        ),
    ],
)
def test_what_cannot_be_ignored_says_so(content: str, rules: list[str]) -> None:
    given = Input(content.encode(), "a.md", profile(), named=True)
    (result,) = check_batch([given])
    done = add_ignores(given, result, result.diagnostics, "", None)
    assert (done.raw, done.number) == (given.raw, 0)
    assert [(each.rule, each.notes[-1]) for each in done.result.diagnostics] == [
        (rule, "this cannot be ignored: it must be mended") for rule in rules
    ]


def test_a_crash_is_not_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    from seedlint.rules.text_whitespace import TextWhitespace

    def crash(*_: object) -> None:
        raise ValueError("oh")

    monkeypatch.setattr(TextWhitespace, "is_clearly_clean", crash)
    given = Input(fenced(SEED + "x: 1\n").encode(), "a.md", profile(SELECTED), named=True)
    (result,) = check_batch([given])
    done = add_ignores(given, result, result.diagnostics, "", None)
    assert done.number == 1
    assert [each.rule for each in done.result.diagnostics] == ["internal-error"]


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 10**6))
def test_what_is_found_in_any_document_can_be_ignored(seed: int) -> None:
    given = Input(document(seed), "a.md", profile(), named=True)
    (result,) = check_batch([given])
    if not {"yaml-syntax", "duplicate-key"}.isdisjoint(each.rule for each in result.diagnostics):
        return
    if all(each.place.span.line == 1 for each in result.diagnostics):
        return  # its text cannot be located, so that ignores have no place either
    done = add_ignores(given, result, result.diagnostics, "NEW", None)
    # What is wrong with the ignores that were there stays, unless they have an effect now.
    of_ignores = [each for each in result.diagnostics if each.rule == "unused-ignore"]
    left = Counter(each.fingerprint for each in done.result.diagnostics)
    assert left <= Counter(each.fingerprint for each in of_ignores)
    assert without_ignores(done.raw) == without_ignores(given.raw)
    again = given._replace(raw=done.raw)
    assert add_ignores(again, done.result, done.result.diagnostics, "NEW", None).raw == done.raw


def without_ignores(raw: bytes) -> bytes:
    """The content without the ignores that were written, nor the names in any."""
    raw = re.sub(rb"(?m)^ *# seedlint: ignore\[[^\]]*\] NEW\r?\n", b"", raw)
    raw = re.sub(rb"(?:(?<=[ \t])|  )# seedlint: ignore\[[^\]]*\] NEW(?=\r?\n)", b"", raw)
    return re.sub(rb"(?<=# seedlint: ignore\[)[^\]\r\n]*(?=\])", b"", raw)


# The command


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "seedlint", "check", "--no-cache", "-o", "concise", *arguments],
        cwd=folder,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(fenced(SEED + "x: 1\nz: http://a.example/\n").encode())
    (tmp_path / "b.md").write_bytes(b"---\ntitle: [\n---\n")
    (tmp_path / "c.md").write_bytes(fenced(SEED.replace("ferries", "boats")).encode())
    code, out, err = run(tmp_path, "--add-ignore=legacy", ".")
    assert (code, out) == (1, 'b.md:2:8: error yaml-syntax "[" is not closed, expected "]"\n')
    assert err == ("1 error in 3 files (2 suppressed)\nseedlint: 2 ignores written in 1 file\n")
    comment = "  # seedlint: ignore[schema-additional-properties] legacy\n"
    assert (tmp_path / "a.md").read_bytes().decode() == fenced(
        f"{SEED}x: 1{comment}z: http://a.example/{comment}"
    )
    before = (tmp_path / "a.md").stat()
    code, _, err = run(tmp_path, "--add-ignore", "a.md")
    assert (code, err) == (
        0,
        "All clean: 1 file checked (2 suppressed)\nseedlint: 0 ignores written in 0 files\n",
    )
    assert (tmp_path / "a.md").stat().st_mtime_ns == before.st_mtime_ns
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.md", "c.md"]


def test_findings_between_files_are_ignored_too(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_bytes(fenced(SEED).encode())
    code, out, err = run(tmp_path, "--add-ignore", "--select", "duplicate-entry")
    assert (code, out) == (0, "")
    assert err.endswith("seedlint: 2 ignores written in 2 files\n")
    ignored_url = "ferries-return  # seedlint: ignore[duplicate-entry]\n"
    for name in ("a.md", "b.md"):
        assert ignored_url in (tmp_path / name).read_text()
    assert run(tmp_path, "--select", "duplicate-entry,unused-ignore")[:2] == (0, "")


def test_what_a_baseline_knows_is_left_to_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(fenced(SEED + "x: 1\n").encode())
    subprocess.run([sys.executable, "-m", "seedlint", "baseline"], cwd=tmp_path, check=True)
    (tmp_path / "a.md").write_bytes(fenced(SEED + "x: 1\nz: 1\n").encode())
    code, out, err = run(tmp_path, "--add-ignore")
    assert (code, out) == (0, "")
    assert err == (
        "Nothing new: 1 file checked (1 suppressed, 1 known)\n"
        "seedlint: 1 ignore written in 1 file\n"
    )
    assert (tmp_path / "a.md").read_text() == fenced(
        f"{SEED}x: 1\nz: 1  # seedlint: ignore[schema-additional-properties]\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--add-ignore", "--fix"], "--add-ignore goes neither with fixes nor with -"),
        (["--add-ignore", "-"], "--add-ignore goes neither with fixes nor with -"),
        (["--add-ignore=a\nb"], "a reason is one line of visible characters"),
    ],
)
def test_wrong_usage(tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "a.md").write_bytes(fenced(SEED).encode())
    code, _, err = run(tmp_path, *arguments)
    assert code == 2
    assert message in err


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(fenced(SEED + "x: 1\n").encode())
    (tmp_path / "a.md").chmod(0o444)
    code, out, err = run(tmp_path, "--add-ignore")
    assert code == 2
    assert out.startswith("a.md:11:1: error schema-additional-properties")
    assert err.endswith(
        "seedlint: a.md: no ignores written: the file is read-only; make it writable and run again"
        "\nseedlint: 0 ignores written in 0 files\n"
    )
