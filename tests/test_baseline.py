"""Adopting by a baseline: what is written, what is left out, what comes back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from seedlint.baselinefile import KnownFile, parse_baseline, row_of, write_text
from seedlint.config_error import ConfigError
from seedlint.likeness import mark_of
from tests.support import SEED, fenced, numbered

SPACES = SEED.replace("After ten", "After  ten")
OLDER = SEED.replace("webUrl", "sourceUrl") + "topics: [Sea, Boats, sea]\n"
SPACED, OLD = numbered(SPACES, 1), numbered(OLDER, 2)
Result = tuple[int, list[str], str]
BASELINE = ".seedlint-baseline.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "a.md", SPACED)
    write(tmp_path, "b/old.md", OLD)
    write(tmp_path, "clean.md", numbered(SEED, 3))
    return tmp_path


def write(folder: Path, name: str, block: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(fenced(block).encode())


def run(folder: Path, *arguments: str, stdin: bytes = b"", cwd: Path | None = None) -> Result:
    """Run seedlint: the exit code, the lines on standard output, and standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "seedlint", *arguments],
        cwd=cwd or folder,
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, done.stdout.decode().splitlines(), done.stderr.decode()


def check(folder: Path, *arguments: str) -> Result:
    return run(folder, "check", "--no-cache", "-o", "concise", "--fail-on", "info", *arguments)


def adopt(folder: Path, *arguments: str) -> list[str]:
    """Write the baseline; the rows of it, without digests."""
    code, _, err = run(folder, "baseline", "--no-cache", "-q", *arguments)
    assert (code, err) == (0, "")
    return rows(folder)


def rows(folder: Path) -> list[str]:
    """``file rule pointer count`` of all in the baseline."""
    known = json.loads((folder / BASELINE).read_text())["known"]
    return [
        f"{row['file']} {row['rule']} {row['pointer']} {row['count']}"
        for row in known[:-1]
        if "rule" in row
    ]


KNOWN = [
    "a.md text-whitespace /excerpt 1",
    "b/old.md deprecated-key /sourceUrl 1",
    "b/old.md duplicate-topic /topics/* 1",
]
ALL_KNOWN: Result = (0, [], "Nothing new: 3 files checked (3 known)\n")

# What is written


def test_the_file(folder: Path) -> None:
    code, out, err = run(folder, "baseline", "--no-cache")
    assert (code, out, err) == (0, [f"{BASELINE}: 3 known in 2 files"], "")
    marks = [mark_of((folder / name).read_bytes()) for name in ("a.md", "b/old.md")]
    assert (folder / BASELINE).read_text() == (
        '{\n"version": 1,\n"known": [\n'
        f'{{"file": "a.md", "digest": "{marks[0]}"}},\n'
        '{"file": "a.md", "rule": "text-whitespace", "pointer": "/excerpt",'
        ' "fingerprint": "2c1245de599c3247", "count": 1},\n'
        f'{{"file": "b/old.md", "digest": "{marks[1]}"}},\n'
        '{"file": "b/old.md", "rule": "deprecated-key", "pointer": "/sourceUrl",'
        ' "fingerprint": "4bd82a63afc2ef08", "count": 1},\n'
        '{"file": "b/old.md", "rule": "duplicate-topic", "pointer": "/topics/*",'
        ' "fingerprint": "efe9c208e01393ff", "count": 1},\n'
        "null\n]\n}\n"
    )
    assert not list(folder.glob("*.seedlint-tmp"))
    before = (folder / BASELINE).read_bytes()
    assert run(folder, "baseline", "--no-cache")[1] == [f"{BASELINE}: 3 known in 2 files"]
    assert (folder / BASELINE).read_bytes() == before


def test_names_and_pointers_cannot_do_harm(tmp_path: Path) -> None:
    name = "a\x1b[31m\n\u202e\udcff.md"
    try:
        write(tmp_path, name, f'{SEED}"\\e]0;x\\a": 1\n? {"k" * 500}\n: 1\n')
    except OSError:
        pytest.skip("the file system has no such names")
    adopt(tmp_path)
    raw = (tmp_path / BASELINE).read_bytes()
    assert all(byte == 10 or 32 <= byte < 127 for byte in raw)
    found = json.loads(raw)["known"][1:-1]
    assert {row["file"] for row in found} == {name}
    assert max(len(row["pointer"]) for row in found) == 200
    assert check(tmp_path)[:2] == (0, [])
    write(tmp_path, name, SEED)
    code, _, err = check(tmp_path, "--fail-on-stale")
    assert code == 1
    assert "\x1b" not in err
    assert err.count("\n") == 4


def test_nothing_to_write(tmp_path: Path) -> None:
    write(tmp_path, "a.md", SEED)
    assert run(tmp_path, "baseline") == (0, ["Nothing is known to be wrong"], "")
    assert not (tmp_path / BASELINE).exists()
    code, _, err = run(tmp_path, "baseline", "--prune")
    assert (code, err) == (2, f"seedlint: there is no baseline {BASELINE} to prune\n")
    code, _, err = run(tmp_path, "baseline", "-")
    assert (code, err.splitlines()[-1]) == (
        2,
        "Error: a baseline is of files, not of standard input",
    )


def test_nothing_found(tmp_path: Path) -> None:
    code, _, err = run(tmp_path, "baseline")
    assert code == 2
    assert err.startswith("seedlint: no files found in .: looked for .md, ")


def test_some_paths_leave_the_rest_of_the_baseline_alone(folder: Path) -> None:
    assert adopt(folder) == KNOWN
    write(folder, "a.md", SPACED.replace("webUrl", "sourceUrl"))
    write(folder, "b/old.md", OLD + "quality: many\n")
    assert adopt(folder, "a.md") == [
        "a.md deprecated-key /sourceUrl 1",
        *KNOWN,
    ]


def test_rules_that_did_not_run_keep_what_is_known_of_them(folder: Path) -> None:
    adopt(folder)
    (folder / "seedlint.toml").write_text('ignore = ["deprecated-key"]\n')
    assert adopt(folder) == KNOWN
    assert check(folder, "--fail-on-stale") == (
        *(0, []),
        "Nothing new: 3 files checked (2 known)\n",
    )
    adopt(folder, "--prune")
    assert rows(folder) == KNOWN


def test_a_file_that_cannot_be_read_for_now_keeps_what_is_known(folder: Path) -> None:
    adopt(folder)
    (folder / "b/old.md").write_text("---\ntopics: [\n---\n")
    assert adopt(folder, "--prune") == KNOWN
    assert adopt(folder) == [*KNOWN, "b/old.md yaml-syntax  1"]
    assert check(folder)[0] == 0


def test_from_a_folder_below(folder: Path) -> None:
    (folder / "seedlint.toml").write_text("")
    adopt(folder)
    code, out, err = run(folder, "check", "--no-cache", ".", cwd=folder / "b")
    assert (code, out, err) == (0, ["Nothing new: 1 file checked (2 known)"], "")
    write(folder, "b/old.md", OLD + "quality: many\n")
    assert run(folder, "baseline", "--no-cache", "../a.md", cwd=folder / "b")[0] == 0
    assert rows(folder) == KNOWN
    assert not (folder / "b" / BASELINE).exists()


# What is left out, and what comes back


def test_only_what_is_new_is_reported(folder: Path) -> None:
    adopt(folder)
    assert check(folder) == ALL_KNOWN
    write(folder, "clean.md", numbered(SEED, 3).replace("type: article", "type: artcle"))
    code, out, err = check(folder)
    assert (code, len(out)) == (1, 1)
    assert out[0].startswith("clean.md:7:7: error schema-enum ")
    assert err.splitlines()[0] == "1 error in 3 files (3 known)"
    assert len(check(folder, "--no-baseline")[1]) == 4


@pytest.mark.parametrize(
    ("name", "block"),
    [
        ("a.md", "# moved\n\nquality: 56\n" + SPACED),
        ("a.md", SPACED.replace("After  ten", '"After  ten').replace("Monday.", 'Monday."')),
        ("b/old.md", OLD.replace("[Sea, Boats, sea]", "\n- sea\n- Sea\n- Boats")),
        ("b/old.md", OLD.replace("title: ", "title:   ")),
    ],
)
def test_what_moves_does_not_come_back(folder: Path, name: str, block: str) -> None:
    adopt(folder)
    write(folder, name, block)
    assert check(folder) == ALL_KNOWN


@pytest.mark.parametrize(
    ("name", "block", "line"),
    [
        ("a.md", SPACED.replace("After  ten", "After  two"), "text-whitespace"),
        ("b/old.md", OLD.replace("ferries-return", "ferries-leave"), "deprecated-key"),
        ("b/old.md", OLD.replace("Boats", "Sea"), "duplicate-topic"),
    ],
)
def test_what_changes_does(folder: Path, name: str, block: str, line: str) -> None:
    adopt(folder)
    write(folder, name, block)
    code, out, _ = check(folder)
    assert code == 1
    assert [each.split()[2] for each in out] == [line]


def test_one_more_of_the_same_is_one_more(tmp_path: Path) -> None:
    entry = "- type: article\n  title: {}\n  webUrl: https://www.example.com/{}\n"
    three = [entry.format(word, word) for word in ("One", "Other", "Third")]
    lacking = [each.replace("  title", "  excerpt") for each in three]
    related = SEED + "related:\n"
    select = ("--select", "schema-required")
    write(tmp_path, "a.md", related + lacking[0] + lacking[1] + three[2])
    adopt(tmp_path)
    write(tmp_path, "a.md", related + lacking[1] + three[2] + lacking[0])
    assert check(tmp_path, *select)[:2] == (0, [])
    write(tmp_path, "a.md", related + "".join(lacking))
    code, out, _ = run(tmp_path, "check", "--no-cache", *select, "-o", "json")
    (found,) = json.loads("\n".join(out))["diagnostics"]
    assert (code, found["pointer"], found["notes"]) == (
        *(1, "/related/2"),
        ["there are more of these than the baseline has; which is new it cannot tell"],
    )


def test_a_renamed_file_is_recognised(folder: Path) -> None:
    adopt(folder)
    (folder / "b/old.md").rename(folder / "new.md")
    assert check(folder, "--fail-on-stale") == ALL_KNOWN
    # Also with a line more.
    write(folder, "new.md", "# moved\n" + OLD + "quality: 56\n")
    assert check(folder, "--fail-on-stale") == ALL_KNOWN
    assert adopt(folder, "--prune") == [each.replace("b/old", "new") for each in KNOWN]
    (folder / "new.md").rename(folder / "newer.md")
    assert adopt(folder) == [each.replace("b/old", "newer") for each in KNOWN]


def test_a_copy_is_no_renamed_file(folder: Path) -> None:
    adopt(folder)
    write(folder, "copy.md", numbered(OLDER, 4))
    code, out, _ = check(folder)
    assert (code, len(out)) == (1, 2)


def test_another_file_is_no_renamed_file(tmp_path: Path) -> None:
    lacking = numbered(SEED, 1).replace("type: article\n", "")
    write(tmp_path, "gone.md", lacking)
    adopt(tmp_path)
    (tmp_path / "gone.md").unlink()
    write(
        tmp_path,
        "new.md",
        "category: news\ntitle: Night market opens in the tram depot\n"
        "excerpt: Forty stalls sell noodles, records and second-hand lanterns.\n"
        "publishedDateTime: 2021-02-03T04:05:06Z\nwebUrl: https://depot.example/night-market\n"
        "provider:\n  name: Depot Daily\n  domain: depot.example\n",
    )
    code, out, _ = check(tmp_path, "--select", "schema")
    assert (code, len(out)) == (1, 1)


def test_each_file_that_is_gone_is_found_once(tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path, f"{number}.md", numbered(SPACES, number))
    adopt(tmp_path)
    (tmp_path / "1.md").rename(tmp_path / "one.md")
    (tmp_path / "copy.md").write_bytes((tmp_path / "one.md").read_bytes())
    code, out, _ = check(tmp_path, "--select", "text-whitespace")
    assert (code, [line.split(":")[0] for line in out]) == (1, ["one.md"])


def test_standard_input_is_known_by_its_name(folder: Path) -> None:
    adopt(folder)
    raw = (folder / "a.md").read_bytes()
    arguments = ("check", "-o", "concise", "--fail-on", "info", "-")
    assert run(folder, *arguments, "--stdin-filename", "a.md", stdin=raw)[:2] == (0, [])
    assert run(folder, *arguments, stdin=raw)[0] == 1


def test_a_crash_is_never_known(folder: Path) -> None:
    (folder / "crashing.py").write_text(
        "from seedlint.rule import DocumentRule, NoOptions\n"
        "from seedlint.diagnostic import Severity\n"
        "class Crashing(DocumentRule[NoOptions]):\n"
        '    """Crashes."""\n'
        "    severity = Severity.ERROR\n"
        "    def check(self, document):\n"
        "        raise ValueError('oh')\n"
        "        yield\n"
    )
    (folder / "seedlint.toml").write_text('plugins = ["crashing"]\n')
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), *sys.path])}

    def crashing(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "seedlint", *arguments, "--no-cache", "--allow-plugins"],
            cwd=folder / "b",
            capture_output=True,
            text=True,
            env=environment,
        )

    done = crashing("baseline", "old.md")
    assert done.returncode == 2
    assert 'old.md: the rule "crashing" crashed: ValueError: oh' in done.stderr
    assert rows(folder) == KNOWN[1:]
    done = crashing("check", "-o", "concise", "old.md")
    assert done.returncode == 2
    assert [line.split()[2] for line in done.stdout.splitlines()] == ["internal-error"]


def test_the_cache_and_other_processes_make_no_difference(folder: Path) -> None:
    for number in range(500):
        write(folder, f"b/{number}.md", numbered(SPACES, number + 10))
    select = ("--select", "text-whitespace,deprecated-key,duplicate-topic")
    assert run(folder, "baseline", "-j", "2")[0] == 0
    for jobs in ("2", "1"):
        code, out, _ = run(folder, "check", *select, "-j", jobs)
        assert (code, out) == (0, ["Nothing new: 503 files checked (503 known)"])


# With fixes


def test_what_is_known_is_not_fixed(folder: Path) -> None:
    adopt(folder)
    before = (folder / "b/old.md").read_bytes()
    write(folder, "a.md", SPACED.replace("domain: harbour", "domain: www.harbour"))
    code, out, err = check(folder, "--fix", "--unsafe-fixes")
    assert (code, out) == (0, [])
    assert err == "Nothing new: 3 files checked (3 known)\n1 fixed in 1 file\n"
    assert (folder / "a.md").read_bytes() == fenced(SPACED).encode()
    assert (folder / "b/old.md").read_bytes() == before
    assert check(folder, "--diff")[:2] == (0, [])


def test_all_is_fixed_without_the_baseline(folder: Path) -> None:
    adopt(folder)
    _, _, err = check(folder, "--fix", "--unsafe-fixes", "--no-baseline")
    assert err == "All clean: 3 files checked\n3 fixed in 2 files\n"


def test_standard_input_is_fixed_but_for_what_is_known(folder: Path) -> None:
    adopt(folder)
    block = fenced(SPACED.replace("domain: harbour", "domain: www.harbour")).encode()
    arguments = ("check", "--fix", "-", "--stdin-filename", "a.md")
    code, out, err = run(folder, *arguments, stdin=block)
    assert (code, "\n".join(out) + "\n") == (0, fenced(SPACED))
    assert err == "Nothing new: 1 file checked (1 known)\n1 fixed in 1 file\n"


# What is gone


def test_stale_entries_are_named_and_pruned(folder: Path) -> None:
    adopt(folder)
    write(folder, "a.md", numbered(SEED, 1))
    (folder / "b/old.md").unlink()
    assert check(folder)[0] == 0
    code, out, err = check(folder, "--fail-on-stale")
    assert (code, out) == (1, [])
    assert err == (
        "All clean: 2 files checked\n"
        f"seedlint: stale in {BASELINE}: a.md: text-whitespace at /excerpt is gone\n"
        f"seedlint: stale in {BASELINE}: b/old.md: deprecated-key at /sourceUrl is gone\n"
        f"seedlint: stale in {BASELINE}: b/old.md: duplicate-topic at /topics/* is gone\n"
        "seedlint: `seedlint baseline --prune` removes what is stale\n"
    )
    assert check(folder, "--fail-on-stale", "--exit-zero")[0] == 0
    write(folder, "clean.md", numbered(SEED, 3).replace("type: article", "type: artcle"))
    assert run(folder, "baseline", "--prune")[1] == ["Nothing is known to be wrong, 3 gone"]
    assert rows(folder) == []
    assert check(folder, "--fail-on-stale")[0] == 1  # the new one, which pruning does not add


def test_only_files_looked_at_are_judged(folder: Path) -> None:
    adopt(folder)
    write(folder, "a.md", numbered(SEED, 1))
    assert check(folder, "--fail-on-stale", "b")[0] == 0
    assert adopt(folder, "--prune", "b") == KNOWN
    assert check(folder, "--fail-on-stale", "a.md")[0] == 1
    assert adopt(folder, "--prune", "a.md") == KNOWN[1:]


def test_less_of_the_same_is_pruned_to_what_is_left(tmp_path: Path) -> None:
    lacking = "related:\n" + 2 * "- {type: article, webUrl: 'https://a.example/'}\n"
    write(tmp_path, "a.md", SEED + lacking)
    assert "a.md schema-required /related/* 2" in adopt(tmp_path)
    write(tmp_path, "a.md", SEED + lacking[: lacking.rindex("-")])
    code, _, err = check(tmp_path, "--fail-on-stale", "--select", "schema")
    assert code == 1
    assert "schema-required at /related/* is there 1 times, known 2 times\n" in err
    assert "a.md schema-required /related/* 1" in adopt(tmp_path, "--prune")


def test_very_many_stale_entries_are_not_all_named(tmp_path: Path) -> None:
    for number in range(30):
        write(tmp_path, f"{number}.md", numbered(SPACES, number))
    adopt(tmp_path)
    for number in range(30):
        (tmp_path / f"{number}.md").unlink()
    write(tmp_path, "a.md", SEED)
    _, _, err = check(tmp_path, "--fail-on-stale")
    assert len(err.splitlines()) == 22
    assert err.splitlines()[-1] == (
        "seedlint: 10 more stale entries; `seedlint baseline --prune` removes what is stale"
    )


@pytest.mark.parametrize("option", ["--diff", "--fix-only", "--no-baseline", "-"])
def test_stale_goes_with_reports_only(folder: Path, option: str) -> None:
    code, _, err = check(folder, "--fail-on-stale", option)
    assert code == 2
    message = "neither -, --fix-only, --diff, --new-only nor --no-baseline"
    assert f"--fail-on-stale goes with {message}" in err


# Which file


def test_settings_name_the_baseline(folder: Path) -> None:
    (folder / "seedlint.toml").write_text('baseline = "ci/known.json"\n')
    code, _, err = check(folder)
    assert (code, err) == (
        2,
        "seedlint: ci/known.json: there is no such baseline; `seedlint baseline` writes it\n",
    )
    code, _, err = run(folder, "baseline")
    assert (code, err) == (
        2,
        "seedlint: ci/known.json: it could not be written (No such file or directory); "
        "its folder must be there\n",
    )
    (folder / "ci").mkdir()
    assert run(folder, "baseline")[1] == ["ci/known.json: 3 known in 2 files"]
    assert check(folder) == ALL_KNOWN
    assert (
        f'baseline = "{(folder / "ci/known.json").as_posix()}"  # seedlint.toml'
        in (run(folder, "check", "--show-settings")[1])
    )


def test_settings_name_no_file_outside_of_the_project(folder: Path) -> None:
    (folder / "seedlint.toml").write_text('baseline = "../known.json"\n')
    for command in ("check", "baseline"):
        code, _, err = run(folder, command)
        assert (code, err) == (
            2,
            "seedlint: seedlint.toml: the baseline lies outside of the project: "
            "name it by --baseline instead\n",
        )


def test_the_command_line_names_the_baseline(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("elsewhere") / "known.json"
    assert run(folder, "baseline", "--baseline", str(other))[0] == 0
    assert check(folder, "--baseline", str(other)) == ALL_KNOWN
    assert check(folder)[0] == 1
    code, _, err = check(folder, "--baseline", "no.json")
    assert (code, err) == (
        2,
        "seedlint: no.json: there is no such baseline; `seedlint baseline` writes it\n",
    )


def test_a_new_baseline_may_be_read_by_all_and_an_old_one_keeps_its_rights(folder: Path) -> None:
    adopt(folder)
    if sys.platform != "win32":
        mask = os.umask(0)
        os.umask(mask)
        assert (folder / BASELINE).stat().st_mode & 0o777 == 0o666 & ~mask
        (folder / BASELINE).chmod(0o640)
        write(folder, "c.md", numbered(SPACES, 4))
        adopt(folder)
        assert (folder / BASELINE).stat().st_mode & 0o777 == 0o640


# Damage


def line_of(error: pytest.ExceptionInfo[ConfigError]) -> tuple[int | None, str]:
    return error.value.line, error.value.message


GOOD = write_text(
    {
        "a.md": KnownFile(("0" * 16,), {"1" * 16: row_of("some-rule", "/a/0/b", "1" * 16, 2)}),
        "b.md": KnownFile((), {"2" * 16: row_of("some-rule", "", "2" * 16, 1)}),
    }
)
HEX = "hexadecimal digits"
REMEDY = "; mend the line, or delete the file and run `seedlint baseline`"


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (lambda text: "", 1, "not valid JSON: Expecting value"),
        (lambda text: text[:40], 4, "not valid JSON: Unterminated string starting"),
        (lambda text: text.replace("2}", "0}"), 5, '"count" is 0, expected a number from 1 on'),
        (
            lambda text: text.replace("2}", "true}"),
            5,
            '"count" is true, expected a number from 1 on',
        ),
        (
            lambda text: text.replace('"' + "2" * 16, '"xyz'),
            6,
            '"fingerprint" is "xyz", expected 16 hexadecimal digits',
        ),
        (
            lambda text: text.replace("0" * 16, "0"),
            4,
            '"digest" is "0", expected hexadecimal digits',
        ),
        (lambda text: text.replace('"b.md"', "7"), 6, '"file" is 7, expected the path of a file'),
        (lambda text: text.replace('"b.md"', '""'), 6, '"file" is "", expected the path of a file'),
        (
            lambda text: text.replace('"rule"', '"rul"'),
            5,
            'unknown key "rul"; did you mean "rule"?',
        ),
        (lambda text: text.replace(', "count": 1', ""), 6, 'missing key "count"'),
        (
            lambda text: text.replace("null\n", '"x",\nnull\n'),
            7,
            'expected an entry in braces, found "x"',
        ),
        (
            lambda text: text.replace('"known": [', '"known": [], "other": ['),
            1,
            'expected "version" and "known", as `seedlint baseline` writes it',
        ),
        (lambda text: '{"version": 1,\n"known": 3}', 2, '"known" must be a list'),
    ],
)
def test_damage_is_named_with_its_line(
    change: Callable[[str], str], line: int, message: str
) -> None:
    with pytest.raises(ConfigError) as error:
        parse_baseline(change(GOOD), Path("known.json"))
    assert line_of(error) == (line, message + REMEDY)


def test_a_newer_version_is_refused() -> None:
    with pytest.raises(ConfigError) as error:
        parse_baseline(GOOD.replace('"version": 1', '"version": 2'), Path("known.json"))
    assert line_of(error) == (
        2,
        "the baseline has version 2, this seedlint knows 1; use the seedlint that wrote it, "
        "or write it anew",
    )


@pytest.mark.parametrize(
    "text", ["[" * 100_000, GOOD.replace("2}", "9" * 5000 + "}"), GOOD.replace("a.md", "\\ud800")]
)
def test_hostile_text_is_no_crash(text: str) -> None:
    try:
        parse_baseline(text, Path("known.json"))
    except ConfigError as error:
        assert str(error).isprintable()
        assert len(str(error)) < 300


def test_damage_is_found_in_any_layout() -> None:
    laid_out = json.dumps(json.loads(GOOD.replace('"count": 1', '"count": -1')), indent=2)
    with pytest.raises(ConfigError) as error:
        parse_baseline(laid_out, Path("known.json"))
    assert laid_out.split("\n")[error.value.line or 0].strip() == '"file": "b.md",'
    good = json.dumps(json.loads(GOOD), indent=2)
    assert parse_baseline(good, Path("x")) == parse_baseline(GOOD, Path("x"))


def test_a_second_list_is_not_lost() -> None:
    twice = GOOD.replace('"known": [', '"known": [],\n"known": [')
    with pytest.raises(ConfigError) as error:
        parse_baseline(twice, Path("known.json"))
    assert line_of(error) == (
        4,
        f'a second list "known", after a merge perhaps: make one of both{REMEDY}',
    )


def test_a_merge_conflict_is_named(folder: Path) -> None:
    adopt(folder)
    text = (folder / BASELINE).read_text()
    (folder / BASELINE).write_text(text.replace("null", "<<<<<<< ours\n=======\n>>>>>>> b\nnull"))
    for arguments in (("check",), ("baseline",), ("baseline", "--prune")):
        code, _, err = run(folder, *arguments)
        assert (code, err) == (
            2,
            f"seedlint: {BASELINE}:9: a merge conflict: keep the lines of both sides, without the "
            "marks between them, and run `seedlint baseline --prune`\n",
        )


def test_what_was_added_on_two_branches_can_be_merged(folder: Path) -> None:
    def git(*arguments: str) -> None:
        identity = (
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b.example",
            "-c",
            "init.defaultBranch=m",
        )
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)

    adopt(folder)
    git("init")
    git("add", ".")
    git("commit", "-m", "start")
    for branch, name in (("one", "aa.md"), ("two", "z.md")):
        git("checkout", "-b", branch, "m")
        write(folder, name, numbered(SPACES, len(name)))
        adopt(folder)
        git("add", ".")
        git("commit", "-m", branch)
    git("merge", "one")
    merged = (folder / BASELINE).read_text()
    assert check(folder, "--fail-on-stale")[:2] == (0, [])
    adopt(folder)
    assert (folder / BASELINE).read_text() == merged


def test_a_union_of_two_versions_is_understood() -> None:
    rows_of_other = GOOD[GOOD.index('{"file"') : GOOD.index("null")].replace("2}", "5}")
    union = GOOD.replace("null", f"{rows_of_other}null")
    files = parse_baseline(union, Path("x"))
    assert files["a.md"].marks == ("0" * 16, "0" * 16)
    assert files["a.md"].rows["1" * 16].times == 5


def test_what_is_no_file_is_refused(folder: Path) -> None:
    (folder / BASELINE).mkdir()
    for command in ("check", "baseline"):
        code, _, err = run(folder, command)
        assert (code, err) == (2, f"seedlint: {BASELINE}: the baseline is no file\n")
    (folder / BASELINE).rmdir()
    (folder / BASELINE).symlink_to("nowhere")
    assert check(folder)[0] == 2
    (folder / BASELINE).unlink()
    (folder / BASELINE).write_bytes(b'{\n"version": "\xff"')
    code, _, err = check(folder)
    assert (code, err) == (2, f"seedlint: {BASELINE}:2: the baseline is not UTF-8{REMEDY}\n")


# The first run


def test_a_baseline_is_suggested_where_much_is_wrong(tmp_path: Path) -> None:
    for number in range(50):
        write(tmp_path, f"{number}.md", numbered(OLDER, number))
    select = ("check", "--no-cache", "--select", "deprecated-key,duplicate-topic")
    code, out, _ = run(tmp_path, *select)
    hint = (
        "To begin with what is new: `seedlint baseline` records all this as known, and "
        "`check` then leaves it out"
    )
    assert (code, out[-1]) == (0, hint)
    assert hint in run(tmp_path, *select, "-o", "concise")[2]
    for argument in ("-q", "--output-format=json", "--no-baseline", "--ignore=duplicate-topic"):
        done = run(tmp_path, *select, argument)
        assert hint not in "\n".join(done[1]) + done[2]
    adopt(tmp_path)
    assert hint not in run(tmp_path, *select)[1]
