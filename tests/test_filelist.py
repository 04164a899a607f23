"""Lists of files: how they are written, and what they add to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.git_support import check, files, seed


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for number, name in enumerate(("a.md", "b c.md", "ü.md", "-", "-d.md", "two\nlines.md")):
        Path(name).write_text(seed(number), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        (b"a.md\nb c.md\n", ["a.md", "b c.md"]),
        (b"a.md\nb c.md", ["a.md", "b c.md"]),
        (b"a.md\r\n\r\nb c.md\r\n", ["a.md", "b c.md"]),
        (b"\xef\xbb\xbfa.md\n", ["a.md"]),
        ("ü.md\n./ü.md\n".encode(), ["ü.md"]),
        (b"-\n-d.md\n", ["./-", "./-d.md"]),
        (b".\n", ["a.md", "b c.md", "./-d.md", "two\\nlines.md", "ü.md"]),
    ],
)
def test_lines(raw: bytes, named: list[str]) -> None:
    Path("list").write_bytes(raw)
    assert sorted(files("--files-from", "list")) == sorted(named)


def test_a_name_may_have_quotes() -> None:
    name = '"b\\ack".md"'
    try:
        Path(name).write_text(seed(9), encoding="utf-8")
    except OSError:
        pytest.skip("names have no quotes here")
    assert check("--files-from", "-", "--show-files", stdin=name.encode())[:2] == (0, f"{name}\n")


def test_names_that_end_with_nul() -> None:
    raw = b"two\nlines.md\0a.md\0-d.md"
    code, output, _ = check("--files-from", "-", "-0", "--show-files", stdin=raw)
    assert (code, output) == (0, "two\\nlines.md\na.md\n./-d.md\n")


def test_a_name_that_is_no_text() -> None:
    name = os.fsdecode(b"\xff.md")
    try:
        Path(name).write_text(seed(9, "publishd: true"), encoding="utf-8")
    except OSError:
        pytest.skip("names are text here")
    code, output, _ = check("--files-from", "-", "-q", stdin=b"\xff.md\n")
    assert (code, output.partition(" error ")[0]) == (1, "\\udcff.md:11:1:")


def test_a_list_adds_to_paths() -> None:
    Path("list").write_text("a.md\nb c.md\n", encoding="utf-8")
    assert files("ü.md", "a.md", "--files-from", "list") == ["ü.md", "a.md", "b c.md"]


def test_exclude_holds_for_a_list_if_it_is_to() -> None:
    Path("seedlint.toml").write_text('exclude = ["b*"]\n', encoding="utf-8")
    Path("list").write_text("a.md\nb c.md\n", encoding="utf-8")
    assert files("--files-from", "list") == ["a.md", "b c.md"]
    assert files("--files-from", "list", "--force-exclude") == ["a.md"]


@pytest.mark.parametrize("raw", [b"", b"\n\r\n"])
def test_an_empty_list_checks_nothing(raw: bytes) -> None:
    Path("bad.md").write_text(seed(9, "publishd: true"), encoding="utf-8")
    Path("list").write_bytes(raw)
    assert check("--files-from", "list") == (
        2,
        "",
        'seedlint: nothing to check: the list "list" names no files (--allow-empty accepts it)\n',
    )
    assert check("--files-from", "-", stdin=raw)[2] == (
        "seedlint: nothing to check: the list on standard input names no files "
        "(--allow-empty accepts it)\n"
    )
    assert check("--files-from", "list", "--allow-empty") == (0, "", "No files checked\n")


@pytest.mark.parametrize(
    ("arguments", "stdin", "complaint"),
    [
        (("--files-from", "-"), b"a.md\nnope.md\n", 'no such file or folder: "nope.md"'),
        (("--files-from", "-"), b"a.md\0", "standard input has NUL bytes: say --null"),
        (
            ("--files-from", "-"),
            b'a.md\n"\\303\\274.md"\n',
            'standard input has a name as git quotes it, "\\303\\274.md": have git end names with '
            "NUL, by -z, and say --null",
        ),
        (("--files-from", "nope"), b"", 'the list of files in "nope": No such file'),
        (("--files-from", "."), b"", 'the list of files in ".": Is a directory'),
        (("-0", "a.md"), b"", "--null is about the list that --files-from names"),
        (("-", "--files-from", "-"), b"", "- (standard input) cannot be combined"),
        (("-", "a.md"), b"", "- (standard input) cannot be combined"),
    ],
)
def test_mistakes(arguments: tuple[str, ...], stdin: bytes, complaint: str) -> None:
    code, output, errors = check(*arguments, stdin=stdin)
    assert (code, output) == (2, "")
    assert complaint in errors


def test_a_long_list() -> None:
    Path("many").mkdir()
    names = [f"many/{number}.md" for number in range(3000)]
    for name in names:
        Path(name).write_text("no front matter\n", encoding="utf-8")
    raw = "\0".join([*names, "a.md"]).encode()
    code, output, errors = check("--files-from", "-", "-0", stdin=raw)
    # Named files must have front matter.
    assert (code, output.count(" front-matter "), errors.splitlines()[0]) == (
        1,
        3000,
        "3000 errors in 3001 files",
    )
