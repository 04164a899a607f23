"""seedlint from Python: what it returns, what it raises, and what it leaves alone."""

from __future__ import annotations

import gc
import json
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

import seedlint
from seedlint import Report, Severity, check_paths, check_text
from tests.support import NOW, SEED, concise, fenced, numbered

ROOT = Path(__file__).parent.parent
UNKNOWN = fenced(SEED + "publishd: true\n")
FOUND = (
    '11:1-11:9 error schema-additional-properties unknown key "publishd"; did you mean "published"?'
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "good.md").write_text(fenced(numbered(SEED, 1)), encoding="utf-8")
    (tmp_path / "bad.md").write_text(UNKNOWN, encoding="utf-8")
    (tmp_path / "note.txt").write_text("No front matter.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(report: Report) -> list[str]:
    return [f"{item.place.file}:{concise(item)}" for item in report.diagnostics]


def test_paths(folder: Path) -> None:
    report = check_paths()
    assert said(report) == [f"bad.md:{FOUND}"]
    assert (report.files, report.skipped) == (("bad.md", "good.md"), ("note.txt",))
    assert (report.suppressed, report.exit_code, report.notices) == (0, 1, ())
    assert sorted(path.name for path in folder.iterdir()) == ["bad.md", "good.md", "note.txt"]


def test_the_command_finds_the_same(folder: Path) -> None:
    command = (sys.executable, "-m", "seedlint", "check", "-q", "-o", "json", "--no-cache")
    done = subprocess.run(command, capture_output=True, check=False)
    (shown,) = json.loads(done.stdout)["diagnostics"]
    report = check_paths()
    (found,) = report.diagnostics
    span = found.place.span
    assert done.returncode == report.exit_code
    assert (shown["rule"], shown["file"]) == (found.rule, found.place.file)
    assert (shown["line"], shown["column"]) == (span.line, span.column)
    assert (shown["message"], shown["pointer"]) == (found.message, found.pointer)


def test_one_path_need_not_be_in_a_list(folder: Path) -> None:
    assert check_paths("bad.md").files == ("bad.md",)
    assert check_paths(folder / "good.md").files == ("good.md",)
    assert check_paths([Path("good.md"), "bad.md"]).files == ("good.md", "bad.md")


def test_finding_no_files_is_no_error(folder: Path) -> None:
    named = check_paths("note.txt", select="html-entity")
    assert said(named) == [
        "note.txt:1:1-1:1 error front-matter no front matter, expected `---` on the first line"
    ]
    found = check_paths("note.txt", select="html-entity", force_exclude=True)
    assert (found.diagnostics, found.files, found.skipped) == ((), (), ("note.txt",))
    (folder / "empty").mkdir()
    nothing = check_paths("empty")
    assert (nothing.files, nothing.diagnostics, nothing.exit_code) == ((), (), 0)


def test_text() -> None:
    assert said(check_text(UNKNOWN)) == [f"<text>:{FOUND}"]
    assert said(check_text(UNKNOWN.encode(), "drafts/a.md")) == [f"drafts/a.md:{FOUND}"]
    assert said(check_text(SEED, "a.yaml")) == []
    assert said(check_text("---\na: \ud800\n---\n")) == [
        "<text>:2:4-2:5 error encoding the byte 0xED is not valid UTF-8 here"
    ]


def test_comments_silence() -> None:
    report = check_text(
        UNKNOWN.replace("publishd: true", "publishd: true # seedlint: ignore[schema]")
    )
    assert (said(report), report.suppressed) == ([], 1)


def test_options_have_the_last_word(folder: Path) -> None:
    (folder / "seedlint.toml").write_text('ignore = ["schema"]\nfail-on = "info"\n')
    assert said(check_paths()) == []
    assert said(check_paths(isolated=True)) == [f"bad.md:{FOUND}"]
    assert said(check_paths(select=["schema"])) == [f"bad.md:{FOUND}"]
    assert check_paths(extend_select="schema", fail_on=Severity.ERROR).exit_code == 1
    assert check_text(UNKNOWN, isolated=True, ignore=("schema",)).diagnostics == ()
    (folder / "own.json").write_text('{"required": ["heading"]}')
    found = check_text(fenced("title: x\n"), schema="own.json", select="schema").diagnostics
    assert [item.message for item in found] == ['missing key "heading"']


def test_settings_can_be_a_file_or_be_read_before(folder: Path) -> None:
    (folder / "other.toml").write_text('ignore = ["schema"]\n')
    assert said(check_paths(settings="other.toml")) == []
    (folder / "seedlint.toml").write_text('select = ["html-entity"]\n')
    kept = seedlint.load_settings(folder)
    (folder / "seedlint.toml").unlink()
    assert said(check_text(UNKNOWN, settings=kept)) == []


def test_fail_on_decides() -> None:
    warning = fenced(SEED.replace("domain: harbour", "domain: www.harbour"))
    assert check_text(warning).exit_code == 0
    assert check_text(warning, fail_on="warning").exit_code == 1
    with pytest.raises(ValueError, match="'wrong' is not a valid Severity"):
        check_text(warning, fail_on="wrong")


@pytest.mark.parametrize("jobs", [0, -1])
def test_no_jobs_check_nothing(jobs: int) -> None:
    with pytest.raises(ValueError, match=f"^jobs must be at least 1, .*, not {jobs}$"):
        check_paths(jobs=jobs)


def test_now() -> None:
    early = datetime(2019, 1, 1, tzinfo=timezone.utc)
    found = check_text(fenced(SEED), now=early).diagnostics
    assert [item.rule for item in found] == ["timestamp-range"]
    assert check_text(fenced(SEED), now=datetime(2026, 1, 1)).diagnostics == ()


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda: check_paths("nope.md"), seedlint.FileMissing, 'no such file or folder: "nope.md"'),
        (
            lambda: check_paths(settings="nope.toml"),
            seedlint.ConfigError,
            "nope.toml: cannot be read: No such file or directory",
        ),
        (
            lambda: check_text("", schema="nope.json"),
            seedlint.ContractError,
            "nope.json: cannot be read: No such file or directory",
        ),
        (
            lambda: check_text("", select=["duplicate-topics"]),
            seedlint.UnknownRule,
            'unknown rule "duplicate-topics"; did you mean "duplicate-topic"?',
        ),
    ],
)
def test_mistakes(
    folder: Path, call: Callable[[], Report], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as raised:
        call()
    assert isinstance(raised.value, seedlint.SeedlintError)
    assert str(raised.value) == message


def test_the_parameter_of_an_unknown_rule_is_named(folder: Path) -> None:
    with pytest.raises(seedlint.UnknownRule) as raised:
        check_paths(ignore=["encoding"])
    assert raised.value.parameter == "ignore"


def test_plugins_are_not_loaded_unless_allowed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SEEDLINT_ALLOW_PLUGINS", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    (folder / "seedlint.toml").write_text('plugins = ["my_rules"]\n')
    (notice,) = check_paths("good.md").notices
    assert notice.startswith('the plug-in "my_rules" is not loaded: ')
    with pytest.raises(seedlint.ConfigError, match='the plug-in "my_rules" is not installed'):
        check_paths("good.md", allow_plugins=True)


def test_a_cache_is_used_where_asked_for(folder: Path) -> None:
    first = said(check_paths(cache_dir="kept", now=NOW))
    assert list((folder / "kept").glob("index-*")) != []
    assert said(check_paths(cache_dir="kept", now=NOW)) == first
    (folder / "file").write_text("")
    (notice,) = check_paths(cache_dir="file").notices
    assert "file" in notice


def test_nothing_is_printed_and_nothing_changed(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = gc.get_threshold(), list(sys.path), Path.cwd()
    frozen = gc.get_freeze_count()
    check_paths(cache_dir="cache/in/a/file")
    check_paths()
    check_text("---\n: [")
    assert (gc.get_threshold(), list(sys.path), Path.cwd()) == before
    # What another test froze may be given up at any time.
    assert gc.get_freeze_count() <= frozen
    assert capfd.readouterr() == ("", "")


def test_threads_do_not_disturb_each_other(folder: Path) -> None:
    texts = [UNKNOWN, fenced(SEED), "---\n: [", fenced(SEED.replace("https:", "http:"))] * 8
    options: list[dict[str, Any]] = [{}, {"select": ["insecure-url"]}, {"ignore": ["all"]}]
    calls = [(text, options[at % 3]) for at, text in enumerate(texts)]

    def run(call: tuple[str, dict[str, Any]]) -> list[str]:
        text, chosen = call
        return [*said(check_text(text, now=NOW, **chosen)), *said(check_paths("bad.md", **chosen))]

    alone = [run(call) for call in calls]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(run, calls)) == alone


def test_importing_seedlint_imports_nothing_of_it() -> None:
    code = (
        "import sys; before = set(sys.modules); import seedlint\n"
        "print(sorted(set(sys.modules) - before)); assert 'Report' in dir(seedlint)\n"
        "seedlint.Span; print('seedlint.api' in sys.modules)"
    )
    command = (sys.executable, "-S", "-c", f"import __future__; {code}")
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "['seedlint']\nFalse\n"


def test_everything_public_is_there() -> None:
    assert {name for name in seedlint.__all__ if not hasattr(seedlint, name)} == set()
    assert not hasattr(seedlint, "chek_paths")
    for module, names in seedlint._MODULES.items():
        for name in names:
            assert getattr(seedlint, name).__module__ == f"seedlint.{module}"
    assert (ROOT / "seedlint" / "py.typed").read_bytes() == b""


def test_the_page_names_all_that_is_public() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    described = set(re.findall(r"`(?:seedlint\.)?(\w+)", page))
    assert {name for name in seedlint.__all__ if name not in described} == set()


def test_the_examples_of_the_page_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    (folder / "content").mkdir()
    (folder / "content" / "a.md").write_text(UNKNOWN, encoding="utf-8")
    examples = re.findall(r"^```python\n(.*?)^```$", page, re.M | re.S)
    assert len(examples) >= 3
    for example in examples:
        exec(compile(example, "docs/api.md", "exec"), {})
    printed = capsys.readouterr().out
    assert 'content/a.md:11:1 error unknown key "publishd"; did you mean "published"?\n' in printed


def test_settings_are_found_by_text_as_by_path(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('fail-on = "info"\n')
    by_path = seedlint.load_settings(tmp_path, tmp_path / "own.toml")
    assert seedlint.load_settings(str(tmp_path), "own.toml") == by_path
    assert by_path.fail_on == "info"
