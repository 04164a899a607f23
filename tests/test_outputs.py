"""Which reports are made, and where they go, as the command line says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree

import pytest

from seedlint.report import formats
from tests.report_support import commands_in, report_errors, sarif_errors
from tests.support import SEED, fenced
from tests.test_cli import run

BAD = fenced(SEED + "publishd: true\n")
CONCISE = (
    "bad.md:11:1: error schema-additional-properties "
    'unknown key "publishd"; did you mean "published"?\n'
)
SUMMARY = "1 error in 1 file\n1 fixable with --fix --unsafe-fixes\n"
PLAIN = ("check", "--no-cache", "bad.md")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bad.md").write_text(BAD, encoding="utf-8")
    return tmp_path


def check(
    folder: Path, *arguments: str, environment: Mapping[str, str] = MappingProxyType({})
) -> subprocess.CompletedProcess[str]:
    """Check the file, in an environment."""
    return run(*PLAIN, *arguments, cwd=folder, stdin=b"", **environment)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_several_reports_in_one_run(folder: Path) -> None:
    arguments = ("-o", "concise", "-o", "sarif=out.sarif", "-o", "junit=junit.xml")
    done = run(*PLAIN, *arguments, cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (1, CONCISE, SUMMARY)
    assert names(folder) == ["bad.md", "junit.xml", "out.sarif"]
    text = (folder / "out.sarif").read_text(encoding="utf-8")
    assert sarif_errors(text) == []
    assert len(json.loads(text)["runs"][0]["results"]) == 1
    assert ElementTree.parse(folder / "junit.xml").getroot().attrib["failures"] == "1"


@pytest.mark.parametrize(
    "arguments",
    [
        ("-o", "concise=report.txt"),
        ("-o", "concise", "--output-file", "report.txt"),
        ("--output-file", "report.txt", "-o", "concise"),
    ],
)
def test_a_report_in_a_file_leaves_standard_output_to_the_summary(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    done = run(*PLAIN, "--color", "always", *arguments, cwd=folder)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.endswith("1 fixable with --fix --unsafe-fixes\n")
    assert (folder / "report.txt").read_text(encoding="utf-8") == CONCISE
    quiet = run(*PLAIN, *arguments, "-q", cwd=folder)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (1, "", "")


def test_the_file_of_the_one_format_without(folder: Path) -> None:
    arguments = ("-o", "json=a.json", "-o", "concise", "--output-file", "b.txt")
    assert run(*PLAIN, *arguments, cwd=folder).returncode == 1
    assert report_errors(json.loads((folder / "a.json").read_text(encoding="utf-8"))) == []
    assert (folder / "b.txt").read_text(encoding="utf-8") == CONCISE


def written(folder: Path) -> dict[str, str]:
    """What the files of reports begin with."""
    reports = [path for path in folder.iterdir() if path.name != "bad.md"]
    return {path.name: path.read_text(encoding="utf-8")[:5] for path in reports}


SARIF, JUNIT = '{\n  "', "<?xml"


@pytest.mark.parametrize(
    ("arguments", "files", "printed"),
    [
        (
            "--output-format sarif --output-file a --output-format junit --output-file=b",
            {"a": SARIF, "b": JUNIT},
            SUMMARY,
        ),
        (
            "-o concise -o sarif --output-file b",
            {"b": SARIF},
            CONCISE,
        ),
        ("-o sarif --output-file a -o concise", {"a": SARIF}, CONCISE),
        ("-o junit=a -osarif --output-file b -o concise=-", {"a": JUNIT, "b": SARIF}, CONCISE),
        (
            "-o concise=- --output-file a -o junit --output-file b",
            {"a": "bad.m", "b": JUNIT},
            SUMMARY,
        ),
    ],
)
def test_a_file_belongs_to_the_format_before_it(
    folder: Path, arguments: str, files: dict[str, str], printed: str
) -> None:
    done = run(*PLAIN, *arguments.split(), cwd=folder)
    assert (done.returncode, done.stdout) == (1, printed)
    assert written(folder) == files


def test_what_looks_like_an_option_is_none_after_two_hyphens(folder: Path) -> None:
    arguments = ("-o", "sarif", "--output-file", "a", "--", "--output-file")
    done = run("check", "--no-cache", *arguments, cwd=folder)
    assert (done.returncode, done.stderr) == (
        2,
        'seedlint: no such file or folder: "--output-file"\n',
    )


def test_a_file_of_what_the_environment_chooses(folder: Path) -> None:
    wish = {"SEEDLINT_OUTPUT_FORMAT": "concise sarif=out.sarif"}
    assert check(folder, "--output-file", "a", environment=wish).stdout == SUMMARY
    assert written(folder) == {"a": "bad.m", "out.sarif": SARIF}
    done = check(folder, "--output-file", "a", "--output-file", "b", environment=wish)
    assert (done.returncode, done.stdout) == (2, "")


def test_no_format_but_a_file(folder: Path) -> None:
    assert run(*PLAIN, "--output-file", "report.txt", cwd=folder).stdout == SUMMARY
    printed = run(*PLAIN, cwd=folder).stdout
    assert (folder / "report.txt").read_text(encoding="utf-8") + SUMMARY == printed
    on_github = ("-o", "auto=auto.txt")
    assert run(*PLAIN, *on_github, cwd=folder, GITHUB_ACTIONS="true").stdout == SUMMARY
    assert (folder / "auto.txt").read_bytes() == (folder / "report.txt").read_bytes()


def test_a_hyphen_is_standard_output(folder: Path) -> None:
    assert run(*PLAIN, "-o", "concise=-", cwd=folder).stdout == CONCISE
    assert names(folder) == ["bad.md"]


def test_a_format_can_go_to_the_screen_and_to_a_file(folder: Path) -> None:
    done = run(*PLAIN, "-o", "concise", "-o", "concise=report.txt", cwd=folder)
    assert (done.stdout, (folder / "report.txt").read_text(encoding="utf-8")) == (CONCISE, CONCISE)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (
            ("-o", "sariff"),
            "Invalid value for '-o' / '--output-format': \"sariff\" is no format; "
            'did you mean "sarif"?',
        ),
        (
            ("-o", "x\x1b=y"),
            "Invalid value for '-o' / '--output-format': \"x\\u{1B}\" is no format: it is one "
            "of auto, checkstyle, concise, full, github, gitlab, grouped, json, json-lines, junit, "
            "markdown, sarif",
        ),
        (
            ("-o", "sarif="),
            "Invalid value for '-o' / '--output-format': \"sarif=\" names no file after =",
        ),
        (
            ("-o", "full", "-o", "json"),
            "only one format can go to standard output, write another to a file: "
            "-o full -o json=FILE",
        ),
        (
            ("-o", "full", "-o", "json=-"),
            "only one format can go to standard output, write another to a file: "
            "-o full -o json=FILE",
        ),
        (
            ("-o", "json=a", "--output-file", "b"),
            "--output-file is for the format without a file, and each -o names one",
        ),
        (
            ("--output-file", "a\n", "-o", "sarif", "-o", "junit", "--output-file", "b"),
            "--output-file a\\n follows no --output-format: it is the file of the one before it",
        ),
        (
            ("--output-file", "a", "--output-file", "b"),
            "--output-file a follows no --output-format: it is the file of the one before it",
        ),
        (
            ("-o", "sarif", "--output-file", "a", "--output-file", "b"),
            "--output-file b is the file of the --output-format before it, sarif, which has the "
            "file a",
        ),
        (
            ("-o", "sarif", "-o", "json", "--output-file", "a", "-o", "junit"),
            "only one format can go to standard output, write another to a file: "
            "-o sarif -o junit=FILE",
        ),
        (
            ("-o", "sarif", "--output-file", "a", "-o", "json", "--output-file", "a"),
            "a is named for two reports",
        ),
        (("-o", "json=a", "-o", "sarif=./a"), "./a is named for two reports"),
        (
            ("--diff", "-o", "json=a"),
            "--diff reports nothing, so there is nothing to write to a",
        ),
        (
            ("--fix-only", "--output-file", "a"),
            "--fix-only reports nothing, so there is nothing to write to a",
        ),
    ],
)
def test_wrong_usage(folder: Path, arguments: tuple[str, ...], problem: str) -> None:
    done = run(*PLAIN, *arguments, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == f"Error: {problem}"
    assert names(folder) == ["bad.md"]


def test_the_environment_chooses_formats(folder: Path) -> None:
    wish = {"SEEDLINT_OUTPUT_FORMAT": "concise sarif=out.sarif"}
    assert check(folder, environment=wish).stdout == CONCISE
    assert names(folder) == ["bad.md", "out.sarif"]
    assert check(folder, "-o", "json", environment=wish).stdout.startswith("{")
    assert run(*PLAIN, cwd=folder, SEEDLINT_OUTPUT_FORMAT="").stdout.endswith(SUMMARY)


def test_auto_is_full_where_nobody_else_reads(folder: Path) -> None:
    assert run(*PLAIN, "-o", "auto", cwd=folder).stdout == run(*PLAIN, cwd=folder).stdout
    assert run(*PLAIN, "-o", "full", cwd=folder).stdout == run(*PLAIN, cwd=folder).stdout


@pytest.mark.parametrize("arguments", [(), ("-o", "auto")])
def test_auto_on_github(folder: Path, arguments: tuple[str, ...]) -> None:
    summary = folder / "summary"
    job = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary), "NO_COLOR": ""}
    done = check(folder, *arguments, environment=job)
    assert [command.name for command in commands_in(done.stdout)] == ["group", "error", "endgroup"]
    assert "\x1b[1;31merror[schema-additional-properties]\x1b[0m" in done.stdout
    assert done.stdout.endswith("::endgroup::\n\x1b[1;31m1 error\x1b[0m in 1 file\n" + SUMMARY[18:])
    assert summary.read_text(encoding="utf-8").startswith("### seedlint: 1 error in 1 file\n")
    plain = check(folder, *arguments, environment={**job, "NO_COLOR": "1"})
    assert "\x1b" not in plain.stdout
    never = check(folder, *arguments, "--color", "never", environment=job)
    assert never.stdout == plain.stdout


def test_auto_on_gitlab_is_full_in_colour(folder: Path) -> None:
    done = run(*PLAIN, cwd=folder, GITLAB_CI="true", NO_COLOR="", TERM="dumb")
    assert done.stdout == run(*PLAIN, "--color", "always", cwd=folder).stdout
    explicit = run(*PLAIN, "-o", "full", cwd=folder, GITLAB_CI="true", NO_COLOR="")
    assert "\x1b" not in explicit.stdout
    command = f"'{sys.executable}' -m seedlint check bad.md >out.txt"
    subprocess.run(
        command, shell=True, cwd=folder, check=False, env={**os.environ, "GITLAB_CI": "true"}
    )
    assert "\x1b" not in (folder / "out.txt").read_text(encoding="utf-8")


def test_a_diff_is_for_git_also_in_ci(folder: Path) -> None:
    diff = ("--diff", "--unsafe-fixes")
    for job in ({"GITHUB_ACTIONS": "true"}, {"GITLAB_CI": "true"}):
        done = check(folder, *diff, environment={"NO_COLOR": "", **job})
        assert done.stdout == run(*PLAIN, *diff, cwd=folder).stdout
        assert "::" not in done.stdout


def test_sarif_that_leaves_something_out_says_so(folder: Path) -> None:
    related = "related:\n" + "  - {title: 1}\n" * 250
    for number in range(26):
        (folder / f"{number}.md").write_text(fenced(f"{SEED}{related}"), encoding="utf-8")
    arguments = ("--no-cache", "-q", "--select", "schema")
    whole = run("check", *arguments, "-o", "json", cwd=folder)
    number = len(json.loads(whole.stdout)["diagnostics"])
    done = run("check", *arguments, "-o", "sarif", cwd=folder)
    assert len(json.loads(done.stdout)["runs"][0]["results"]) == 25_000
    assert done.stderr == (
        f"seedlint: {number - 25_000} of {number} diagnostics are not in the SARIF report, which "
        "has the 25000 worst: GitHub accepts no more\n"
        f"seedlint: GitHub shows the 5000 worst of {number} diagnostics only\n"
    )


STATISTICS = (
    "count  rule                          severity  files  fixable\n"
    "    1  schema-additional-properties  error         1        0\n"
)


def test_statistics_stand_beside_what_programs_read(folder: Path) -> None:
    plain = run(*PLAIN, "-o", "sarif", cwd=folder)
    done = run(*PLAIN, "-o", "sarif", "--statistics", cwd=folder)
    assert (done.stdout, done.stderr) == (plain.stdout, STATISTICS + SUMMARY)
    both = run(*PLAIN, "-o", "full", "-o", "sarif=out", "--statistics", cwd=folder)
    assert (both.stdout, both.stderr) == (STATISTICS + SUMMARY, "")
    assert (folder / "out").read_text(encoding="utf-8") == plain.stdout
    only = run(*PLAIN, "-o", "sarif=out", "--statistics", cwd=folder)
    assert only.stdout == STATISTICS + SUMMARY
    within = run(*PLAIN, "-o", "markdown", "--statistics", cwd=folder)
    assert "| 1 | <code>schema-additional-properties</code> | error | 1 | 0 |" in within.stdout
    assert within.stderr == SUMMARY


def test_the_report_of_standard_input_that_is_fixed(folder: Path) -> None:
    done = run("check", "--fix", "-", "-o", "json=out", cwd=folder, stdin=BAD.encode())
    assert (done.returncode, done.stdout, done.stderr) == (
        *(1, BAD),
        "1 error in 1 file\n1 fixable with --unsafe-fixes\n",
    )
    report = json.loads((folder / "out").read_text(encoding="utf-8"))
    assert report["diagnostics"][0]["file"] == "<stdin>"


def test_hostile_names_and_content_in_every_format(tmp_path: Path) -> None:
    name = b"%0A::error::a\n::warning::b\xff]]><script>\x1b[31m.md"
    (tmp_path / os.fsdecode(name)).write_text(
        fenced(f'{SEED}"k\\u001b\\n::error::\\u202e]]></script>": 1\n'), encoding="utf-8"
    )
    forms = [form for form in formats() if form != "github"]
    files = [argument for form in forms for argument in ("-o", f"{form}={form}.out")]
    done = run("check", "--no-cache", ".", "-o", "github", *files, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    texts = [(tmp_path / f"{form}.out").read_text(encoding="utf-8") for form in forms]
    assert all("additional-properties" in text for text in texts)
    for text in texts:
        assert text.replace("\n", "").isprintable()
        assert commands_in(text) == []
    commands = [command.name for command in commands_in(done.stdout)]
    assert commands == ["group", "error", "endgroup"]


def test_schemas_are_printed(tmp_path: Path) -> None:
    for of, name in (("settings", "config"), ("report", "report")):
        printed = run("schema", "--of", of, cwd=tmp_path).stdout
        schema = Path(__file__).parent.parent / "schemas" / f"{name}.schema.json"
        assert printed == schema.read_text(encoding="utf-8")
    contract = run("schema", "--of", "contract", cwd=tmp_path).stdout
    assert contract == run("schema", cwd=tmp_path).stdout
    wrong = run("schema", "--of", "report", "--schema", "a.json", cwd=tmp_path)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.endswith(
        "Error: --schema, --config and --isolated are about the contract\n"
    )


def test_the_help_names_the_formats(tmp_path: Path) -> None:
    shown = run("check", "--help", cwd=tmp_path).stdout
    assert "[auto|checkstyle|concise|full|github|gitlab|" in shown
    completed = run(
        cwd=tmp_path,
        _SEEDLINT_COMPLETE="bash_complete",
        COMP_WORDS="seedlint check -o j",
        COMP_CWORD="3",
    )
    assert completed.stdout.split() == ["plain,json", "plain,json-lines", "plain,junit"]
