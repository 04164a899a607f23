"""Fixing from the command line: what is written, shown, reported and returned."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import REAL_SEEDS, SEED, fenced, numbered

CLEAN = numbered(SEED, 1)
SAFE = SEED.replace("domain: harbour", "domain: www.harbour")
UNSAFE = numbered(SAFE, 2).replace("type: article", "type: artcle")
MENDED = fenced(SEED)

SAFE_DIFF = """\
diff --git a/safe.md b/safe.md
--- a/safe.md
+++ b/safe.md
@@ -7,5 +7,5 @@
 type: article
 provider:
   name: Harbour Times
-  domain: www.harbour-times.com
+  domain: harbour-times.com
 ---
"""


def run(*arguments: str, cwd: Path, stdin: bytes = b"") -> tuple[int, bytes, str]:
    """Run ``seedlint check``: the exit code, standard output and standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "seedlint", "check", "--no-cache", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, done.stdout, done.stderr.decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, block in (("clean.md", CLEAN), ("safe.md", SAFE), ("unsafe.md", UNSAFE)):
        (tmp_path / name).write_bytes(
            fenced(block, "Body.\n" if name == "unsafe.md" else "").encode()
        )
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# What is applied, and what is said


def test_a_check_says_what_could_be_fixed(folder: Path) -> None:
    before = contents(folder)
    code, out, err = run("-o", "concise", cwd=folder)
    assert code == 1
    assert len(out.splitlines()) == 3
    assert err == (
        "1 error, 2 warnings in 3 files\n2 fixable with --fix, 1 more with --unsafe-fixes\n"
    )
    assert contents(folder) == before


def test_a_check_with_unsafe_fixes_counts_them_as_well(folder: Path) -> None:
    _, _, err = run("-o", "concise", "--unsafe-fixes", cwd=folder)
    assert err == "1 error, 2 warnings in 3 files\n3 fixable with --fix\n"


def test_fix(folder: Path) -> None:
    code, out, err = run("--fix", "-o", "concise", cwd=folder)
    assert (code, out.decode()) == (
        1,
        'unsafe.md:7:7: error schema-enum expected "article" or "video", found the text "artcle"; '
        'did you mean "article"?'
        "\n",
    )
    assert err == ("1 error in 3 files\n2 fixed in 2 files, 1 more with --unsafe-fixes\n")
    assert contents(folder) == {
        "clean.md": fenced(CLEAN).encode(),
        "safe.md": MENDED.encode(),
        "unsafe.md": fenced(numbered(SEED, 2).replace("article", "artcle"), "Body.\n").encode(),
    }


def test_unsafe_fixes(folder: Path) -> None:
    code, out, err = run("--fix", "--unsafe-fixes", cwd=folder)
    assert (code, out, err) == (0, b"All clean: 3 files checked\n3 fixed in 2 files\n", "")
    assert contents(folder)["unsafe.md"] == fenced(numbered(SEED, 2), "Body.\n").encode()


def test_a_second_run_has_nothing_to_do(folder: Path) -> None:
    run("--fix", cwd=folder)
    before = contents(folder)
    assert run("--fix", "--ignore", "schema", cwd=folder) == (
        0,
        b"All clean: 3 files checked\n",
        "",
    )
    assert contents(folder) == before


def test_fix_only(folder: Path) -> None:
    code, out, err = run("--fix-only", cwd=folder)
    assert (code, out, err) == (0, b"2 fixed in 2 files, 1 more with --unsafe-fixes\n", "")
    assert contents(folder)["safe.md"] == MENDED.encode()
    assert run("--fix-only", "safe.md", cwd=folder)[1] == b"Nothing fixed: 1 file checked\n"


def test_show_fixes(folder: Path) -> None:
    (folder / "safe.md").write_text(fenced(SAFE.replace("webUrl", "sourceUrl")), encoding="utf-8")
    listed = (
        "fixed safe.md\n"
        '  deprecated-key: rename the key to "webUrl"\n'
        '  provider-domain-form: write "harbour-times.com"\n'
        "\n"
    )
    shown = run("--fix", "--show-fixes", "safe.md", cwd=folder)
    assert shown == (0, f"{listed}All clean: 1 file checked\n2 fixed in 1 file\n".encode(), "")


def test_the_same_fix_is_listed_once(folder: Path) -> None:
    two = SAFE + "related:\n  - " + SAFE.replace("\n", "\n    ").rstrip() + "\n"
    (folder / "safe.md").write_text(fenced(two), encoding="utf-8")
    _, out, err = run(
        "--fix-only",
        "--show-fixes",
        "-o",
        "concise",
        "--select",
        "provider-domain-form",
        "safe.md",
        cwd=folder,
    )
    assert (out, err) == (
        b"",
        'fixed safe.md\n  provider-domain-form: write "harbour-times.com" (2 times)\n\n'
        "2 fixed in 1 file\n",
    )


def test_json_goes_with_fixing(folder: Path) -> None:
    code, out, err = run("--fix", "-o", "json", cwd=folder)
    report = json.loads(out)
    assert code == 1
    nothing = dict.fromkeys(("warnings", "infos", "known", "disregarded", "milder"), 0)
    assert report["summary"] == {"files": 3, "errors": 1, "fixed": 2, **nothing}
    assert [item["fix"] for item in report["diagnostics"]] == [
        {
            "title": 'write "article"',
            "applicability": "unsafe",
            "edits": [{"line": 7, "column": 7, "end_line": 7, "end_column": 13, "text": "article"}],
        }
    ]
    assert err == "1 error in 3 files\n2 fixed in 2 files, 1 more with --unsafe-fixes\n"


def test_settings_decide_what_is_fixed(folder: Path) -> None:
    (folder / "seedlint.toml").write_text(
        'unfixable = ["provider-domain-form"]\nextend-safe-fixes = ["schema-enum"]\n',
        encoding="utf-8",
    )
    code, _, err = run("--fix", "-o", "concise", cwd=folder)
    assert (code, err) == (0, "2 warnings in 3 files\n1 fixed in 1 file\n")


def test_files_are_left_alone_that_need_no_fix(folder: Path) -> None:
    before = (folder / "clean.md").stat()
    run("--fix", cwd=folder)
    after = (folder / "clean.md").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_broken_files_are_reported_and_left_alone(tmp_path: Path) -> None:
    broken = {
        "syntax.md": b"---\ntitle: [\n---\n",
        "latin.md": b"---\ntitle: \xe9\n---\n",
        "empty.md": b"---\n---\n",
        "wide.md": "---\ntitle: x\n---\n".encode("utf-16"),
    }
    for name, raw in broken.items():
        (tmp_path / name).write_bytes(raw)
    code, out, err = run("--fix", "--unsafe-fixes", "-o", "concise", cwd=tmp_path)
    assert code == 1
    assert {line.split(":")[0] for line in out.decode().splitlines()} == set(broken)
    assert "Traceback" not in err
    assert contents(tmp_path) == broken


def test_an_empty_folder(tmp_path: Path) -> None:
    code, out, err = run("--fix", cwd=tmp_path)
    assert (code, out) == (2, b"")
    assert err.startswith("seedlint: no files found in .: ")
    assert run("--fix-only", "--allow-empty", cwd=tmp_path) == (
        0,
        b"Nothing fixed: no files checked\n",
        "",
    )


@pytest.mark.skipif(not REAL_SEEDS.is_dir(), reason="the real seeds are not here")
def test_exactly_five_lines_of_the_real_seeds_change(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for path in REAL_SEEDS.iterdir():
        (seeds / path.name).write_bytes(path.read_bytes())  # without its read-only mode
    before = {path.name[:3]: path.read_text(encoding="utf-8") for path in seeds.iterdir()}
    assert run("--fix", "seeds", "-q", cwd=tmp_path)[0] == 0
    after = {path.name[:3]: path.read_text(encoding="utf-8") for path in seeds.iterdir()}
    changed = {
        (name, number, new.split(":")[0].strip())
        for name, text in after.items()
        for number, (old, new) in enumerate(
            zip(before[name].split("\n"), text.split("\n"), strict=True), 1
        )
        if old != new
    }
    assert changed == {
        ("003", 6, "webUrl"),
        ("003", 30, "webUrl"),
        ("003", 31, "ampWebUrl"),
        ("003", 32, "cdnAmpWebUrl"),
        ("004", 79, "domain"),
    }
    assert run("--diff", "--unsafe-fixes", "seeds", cwd=tmp_path)[:2] == (0, b"")


def test_what_a_killed_run_left_behind_is_removed(folder: Path) -> None:
    name = ".safe.md.0123456789abcdef.seedlint-tmp"
    inner = folder / "inner"
    inner.mkdir()
    (inner / "target").write_text(fenced(numbered(SEED, 3)), encoding="utf-8")
    (folder / "link.md").symlink_to("inner/target")
    empty = folder / "empty"
    empty.mkdir()
    for stray in (folder / name, inner / name, empty / name, folder / ".mine.seedlint-tmp"):
        stray.write_text("half", encoding="utf-8")
    run("--diff", cwd=folder)
    assert (folder / name).exists()
    run("--fix", cwd=folder)
    assert not (folder / name).exists()
    assert not (inner / name).exists()
    assert (empty / name).exists()
    assert (folder / ".mine.seedlint-tmp").exists()


# Diffs


def test_diff(folder: Path) -> None:
    before = contents(folder)
    code, out, err = run("--diff", "safe.md", "clean.md", cwd=folder)
    assert (code, out.decode(), err) == (1, SAFE_DIFF, "1 would be fixed in 1 file\n")
    assert contents(folder) == before


def test_diff_of_nothing(folder: Path) -> None:
    assert run("--diff", "clean.md", cwd=folder) == (0, b"", "Nothing to fix: 1 file checked\n")
    assert run("--diff", "-q", "clean.md", cwd=folder) == (0, b"", "")


def test_diff_wins_over_fix_and_lists_on_standard_error(folder: Path) -> None:
    before = contents(folder)
    code, out, err = run("--diff", "--fix", "--show-fixes", "--exit-zero", "safe.md", cwd=folder)
    assert (code, out.decode()) == (0, SAFE_DIFF)
    assert err == (
        'would fix safe.md\n  provider-domain-form: write "harbour-times.com"\n\n'
        "1 would be fixed in 1 file\n"
    )
    assert contents(folder) == before


def test_the_diff_applies_and_gives_the_same_bytes(folder: Path) -> None:
    odd = (
        "---\r\n"
        + numbered(UNSAFE, 3).replace("\n", "\r\n").replace("title: ", "title: é\t")
        + "---\r\nx"
    )
    (folder / "odd.md").write_bytes(b"\xef\xbb\xbf" + odd.encode())
    (folder / "inner folder").mkdir()
    for number, name in enumerate((b"\xc3\xa9.md", b"latin \xe9.md", b"target"), 4):
        file = folder / "inner folder" / os.fsdecode(name)
        file.write_bytes(fenced(numbered(SAFE, number)).encode())
    (folder / "link.md").symlink_to("inner folder/target")
    fixed = folder.parent / "fixed"
    shutil.copytree(folder, fixed, symlinks=True)
    _, diff, _ = run("--diff", "--unsafe-fixes", cwd=folder)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "apply", "-"], cwd=folder, input=diff, check=True)
    run("--fix", "--unsafe-fixes", cwd=fixed)
    files = [path.relative_to(fixed) for path in fixed.rglob("*") if path.is_file()]
    assert len(files) == 8
    assert (fixed / "link.md").is_symlink()
    assert {name: (folder / name).read_bytes() for name in files} == {
        name: (fixed / name).read_bytes() for name in files
    }


DEEP = Path("seeds", "sub folder", "seeds")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a file to fix in its root and in each of its nested folders."""
    home = tmp_path / "project"
    (home / DEEP).mkdir(parents=True)
    (home / "seedlint.toml").write_text("", encoding="utf-8")
    for number, inner in enumerate([DEEP, *DEEP.parents]):
        (home / inner / "a é.md").write_text(fenced(numbered(SAFE, number)), encoding="utf-8")
    return home


def named(diff: bytes) -> list[str]:
    """The folders of the files in a diff."""
    found = re.findall(r'^--- "a/(.*)a \\303\\251.md"\t$', diff.decode(), re.M)
    assert len(found) == diff.decode().count("diff --git ")
    return found


def apply(diff: bytes, cwd: Path) -> None:
    subprocess.run(["git", "apply", "-"], cwd=cwd, input=diff, check=True)


def unfixed(home: Path) -> list[str]:
    files = {path: path.read_text(encoding="utf-8") for path in home.rglob("*.md")}
    bad = [path.parent for path, text in files.items() if "domain: www." in text]
    return sorted(folder.relative_to(home).as_posix() for folder in bad)


@pytest.mark.parametrize("is_repository", [True, False])
@pytest.mark.parametrize("path", [".", "..", "seeds"])
def test_a_diff_from_a_subfolder_applies_at_the_root(
    project: Path, path: str, is_repository: bool
) -> None:
    if is_repository:
        subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    inner = project / "seeds" / "sub folder"
    _, diff, _ = run("--diff", path, cwd=inner)
    folders = ["seeds/sub folder/", "seeds/sub folder/seeds/"]
    folders = {".": folders, "..": ["seeds/", *folders], "seeds": folders[1:]}[path]
    assert named(diff) == folders
    before = unfixed(project)
    apply(diff, project)
    assert unfixed(project) == [name for name in before if f"{name}/" not in folders]
    assert run("--diff", path, cwd=inner)[:2] == (0, b"")


def test_a_diff_applies_in_a_subfolder_of_a_repository_to_what_lies_there(project: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    for cwd in (project, project / "seeds", project / DEEP):
        _, diff, _ = run("--diff", str(project), cwd=cwd)
        assert len(named(diff)) == 4
        apply(diff, project / "seeds" / "sub folder")
        assert unfixed(project) == [".", "seeds"]
        run("--fix", cwd=project)
        for number, inner in enumerate([DEEP, *DEEP.parents]):
            text = fenced(numbered(SAFE, number))
            (project / inner / "a é.md").write_text(text, encoding="utf-8")


def test_the_settings_need_not_lie_in_the_root_of_the_repository(project: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    (project / "seedlint.toml").rename(project / "seeds" / "seedlint.toml")
    _, diff, _ = run("--diff", ".", cwd=project / "seeds")
    assert named(diff) == ["seeds/", "seeds/sub folder/", "seeds/sub folder/seeds/"]
    apply(diff, project)
    assert unfixed(project) == ["."]


def test_a_diff_of_another_repository_applies_there(project: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    _, diff, _ = run("--diff", "../project/seeds", cwd=elsewhere)
    apply(diff, project)
    assert unfixed(project) == ["."]


def test_a_diff_of_standard_input_is_named_like_that_of_the_file(project: Path) -> None:
    inner = project / DEEP
    raw = (inner / "a é.md").read_bytes()
    _, expected, _ = run("--diff", "a é.md", cwd=inner)
    assert named(expected) == ["seeds/sub folder/seeds/"]
    _, diff, _ = run("--diff", "-", "--stdin-filename", "a é.md", cwd=inner, stdin=raw)
    assert diff == expected


def test_colour_is_for_people_and_escapes(folder: Path) -> None:
    text = (
        SAFE.replace("title: Ferries", "title: \u202eFerries").replace("  name", "  name").encode()
    )
    (folder / "safe.md").write_bytes(b"---\n" + text + b"---\n\x1b[2J body\n")
    _, out, _ = run("--diff", "--color", "always", "safe.md", cwd=folder)
    shown = out.decode()
    assert "\x1b[31m-  domain: www.harbour-times.com\x1b[0m\n" in shown
    assert "\x1b[32m+  domain: harbour-times.com\x1b[0m\n" in shown
    assert "\x1b[2J" not in shown
    assert "\\u{1B}[2J body" in shown
    _, exact, _ = run("--diff", "safe.md", cwd=folder)
    assert b"\x1b[2J body" in exact


# Standard input


def test_standard_input_is_fixed_to_standard_output(folder: Path) -> None:
    raw = b"\xef\xbb\xbf" + fenced(UNSAFE, "Body \x1b, no end").replace("\n", "\r\n").encode()
    code, out, err = run("--fix", "-", "--stdin-filename", "a/b.md", cwd=folder, stdin=raw)
    assert (code, out) == (
        1,
        raw.replace(b"www.harbour-times.com\r\nt", b"?").replace(b"domain: www.", b"domain: "),
    )
    assert err.startswith('error[schema-enum]: expected "article" or "video"')
    assert " --> a/b.md:7:7\n" in err
    assert err.endswith("1 error in 1 file\n1 fixed in 1 file, 1 more with --unsafe-fixes\n")


@pytest.mark.parametrize(
    ("raw", "arguments", "code"),
    [
        (fenced(CLEAN).encode(), (), 0),
        (b"No front matter.\n", (), 1),
        (b"", (), 1),
        (b"---\ntitle: [\n---\n", (), 1),
        (b"\xff\xfe-\x00", (), 1),
        (fenced(SAFE).encode(), ("--stdin-filename", "drafts/a.md", "--force-exclude"), 2),
        (b"---\na: 1\n---\n" + b"x" * 2000, (), 1),
    ],
)
def test_standard_input_comes_back_unchanged(
    tmp_path: Path, raw: bytes, arguments: tuple[str, ...], code: int
) -> None:
    (tmp_path / "seedlint.toml").write_text(
        'exclude = ["drafts"]\nlimits.file-size = 1000\n', encoding="utf-8"
    )
    done = run("--fix", "-", *arguments, cwd=tmp_path, stdin=raw)
    assert done[:2] == (code, raw)


def test_diff_of_standard_input(folder: Path) -> None:
    raw = (folder / "safe.md").read_bytes()
    code, out, err = run("--diff", "-", "--stdin-filename", "safe.md", cwd=folder, stdin=raw)
    assert (code, out.decode(), err) == (1, SAFE_DIFF, "1 would be fixed in 1 file\n")


# Trouble


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--diff", "--interactive"), "--diff writes nothing, so --interactive has nothing to ask"),
        (
            ("--show-fixes",),
            "--show-fixes lists what was fixed: add --fix, --fix-only, --diff or --interactive",
        ),
        (
            ("--interactive", "-"),
            "--interactive reads answers from standard input, so - cannot be checked",
        ),
    ],
)
def test_options_that_contradict_each_other(
    folder: Path, arguments: tuple[str, ...], message: str
) -> None:
    code, out, err = run(*arguments, cwd=folder)
    assert (code, out) == (2, b"")
    assert err.endswith(f"Error: {message}\n")


def test_interactive_needs_a_terminal(folder: Path) -> None:
    before = contents(folder)
    assert run("--interactive", cwd=folder, stdin=b"y\n") == (
        2,
        b"",
        "seedlint: --interactive needs a terminal to ask and to be answered at\n",
    )
    assert contents(folder) == before


@pytest.mark.parametrize("arguments", [("--fix",), ("--fix-only",), ("--fix", "--exit-zero")])
def test_a_file_that_cannot_be_replaced_is_trouble_and_the_others_go_on(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    (folder / "inner").mkdir()
    outside = folder.parent / "outside.md"
    outside.write_text(fenced(numbered(SAFE, 3)), encoding="utf-8")
    (folder / "inner" / "link.md").symlink_to(outside)
    (folder / "seedlint.toml").write_text("", encoding="utf-8")
    code, out, err = run(*arguments, "inner/link.md", "safe.md", "-o", "concise", cwd=folder)
    assert code == 2
    assert err.startswith("seedlint: inner/link.md: not fixed: ")
    assert err.endswith("1 fixed in 1 file, 1 file not written\n")
    assert (b"inner/link.md:10:11: warning" in out) == ("--fix-only" not in arguments)
    assert outside.read_text(encoding="utf-8") == fenced(numbered(SAFE, 3))
    assert (folder / "safe.md").read_text(encoding="utf-8") == MENDED


def test_a_diff_shows_nothing_that_fixing_would_not_write(folder: Path) -> None:
    outside = folder.parent / "outside.md"
    outside.write_text(fenced(numbered(SAFE, 3)), encoding="utf-8")
    (folder / "link.md").symlink_to(outside)
    (folder / "seedlint.toml").write_text("", encoding="utf-8")
    code, out, err = run("--diff", "link.md", cwd=folder)
    assert (code, out) == (2, b"")
    assert err.startswith("seedlint: link.md: not fixed: a link leads out of the project here")


@pytest.mark.parametrize("option", ["--fix-only", "--diff"])
def test_what_nobody_must_miss_is_said_even_where_nothing_is_reported(
    folder: Path, option: str
) -> None:
    (folder / "loop.md").symlink_to("loop.md")
    code, out, err = run(option, "clean.md", "loop.md", "-q", cwd=folder)
    assert (code, out) == (2, b"")
    assert err == (
        "seedlint: loop.md: the file cannot be read: Too many levels of symbolic links\n"
    )


def test_a_crash_of_a_rule_is_trouble(folder: Path) -> None:
    code = (
        "import sys\n"
        "from seedlint.rules.html_entity import HtmlEntity\n"
        "from seedlint.cli import main\n"
        "HtmlEntity.check = HtmlEntity.is_clearly_clean = lambda self, document: 1 / 0\n"
        "sys.argv = ['seedlint', 'check', '--fix-only', '-q', 'safe.md']\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        'seedlint: safe.md: the rule "html-entity" crashed: ZeroDivisionError: division by zero\n'
    )
    assert (folder / "safe.md").read_text(encoding="utf-8") == MENDED


def fixing_with(change: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run with a rule that wants to change the heat of every document."""
    code = (
        "import sys\n"
        "from seedlint.changes import Replace\n"
        "from seedlint.cli import main\n"
        "from seedlint.diagnostic import Applicability, Fix, Problem\n"
        "from seedlint.rules.html_entity import HtmlEntity\n"
        "def check(self, document):\n"
        "    heat = document.data['heat']\n"
        f"    fix = Fix('turn it up', Applicability.SAFE, (Replace(('heat',), {change}),))\n"
        "    yield Problem(('heat',), 'too cold', fix=fix)\n"
        "HtmlEntity.check = check\n"
        "HtmlEntity.is_clearly_clean = lambda self, document: False\n"
        f"sys.argv = ['seedlint', 'check', *{arguments!r}, 'cold.md']\n"
        "main()\n"
    )
    (cwd / "cold.md").write_text(fenced(SEED + "heat: 1\n"), encoding="utf-8")
    return subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True)


def test_a_fix_that_was_taken_back_is_reported(tmp_path: Path) -> None:
    done = fixing_with("'hot'", "--fix", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "warning[html-entity]: too cold\n"
        "  --> cold.md:11:7\n"
        "   |\n"
        "11 | heat: 1\n"
        "   |       ^\n"
        "   |\n"
        '   = note: its fix was not applied: it would bring "schema-type"\n'
        "   = fix: turn it up (a suggestion, never applied)\n"
        "\n"
        "1 warning in 1 file\n"
        "1 fix taken back\n"
    )
    assert (tmp_path / "cold.md").read_text(encoding="utf-8") == fenced(SEED + "heat: 1\n")


@pytest.mark.parametrize("option", ["--fix-only", "--diff"])
def test_a_fix_that_was_taken_back_is_named_even_where_nothing_is_reported(
    tmp_path: Path, option: str
) -> None:
    done = fixing_with("'hot'", option, cwd=tmp_path)
    assert done.returncode == 0
    assert (done.stdout + done.stderr).splitlines()[::-1] == [
        *(["1 fix taken back"] if option == "--diff" else []),
        "seedlint: cold.md:11:7: a fix of html-entity was not applied: it would bring "
        '"schema-type"',
        *(["1 fix taken back"] if option == "--fix-only" else []),
    ]


def test_a_rule_that_is_never_content_is_named(tmp_path: Path) -> None:
    done = fixing_with("heat + 1", "--fix-only", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "10 fixed in 1 file\n")
    assert done.stderr == (
        "seedlint: cold.md: after 10 rounds there was still more to fix by html-entity\n"
    )
    assert (tmp_path / "cold.md").read_text(encoding="utf-8") == fenced(SEED + "heat: 11\n")


FIXING = ("fixmode", "fixrun", "fixlog", "fixing", "edits", "writing", "unifieddiff")


def test_nothing_about_fixes_is_imported_for_a_check(folder: Path) -> None:
    code = (
        "import sys\n"
        "from seedlint.cli import main\n"
        "sys.argv = ['seedlint', 'check', '-q', 'clean.md']\n"
        "try:\n    main()\n"
        "except SystemExit as ended:\n    assert ended.code == 0\n"
        f"print([name for name in {FIXING!r} if f'seedlint.{{name}}' in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
