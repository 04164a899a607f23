"""The commands as a person or a script meets them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from seedlint import __version__, check_paths
from tests.support import SEED, fenced, numbered

BAD = fenced(SEED + "publishd: true\n")
BAD_LINE = 'bad.md:11:1: error schema-additional-properties unknown key "publishd"'


def run(
    *arguments: str, cwd: Path, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run seedlint in a folder."""
    finished = subprocess.run(
        [sys.executable, "-m", "seedlint", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
    )
    return subprocess.CompletedProcess(
        finished.args, finished.returncode, finished.stdout.decode(), finished.stderr.decode()
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.md").write_text(fenced(numbered(SEED, 1)), encoding="utf-8")
    (tmp_path / "bad.md").write_text(BAD, encoding="utf-8")
    (tmp_path / "note.txt").write_text("No front matter.\n", encoding="utf-8")
    return tmp_path


def test_clean(folder: Path) -> None:
    done = run("check", "good.md", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "All clean: 1 file checked\n", "")


def test_findings_in_full(folder: Path) -> None:
    done = run("check", cwd=folder)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        'error[schema-additional-properties]: unknown key "publishd"; did you mean "published"?\n'
        "  --> bad.md:11:1\n"
        "   |\n"
        "11 | publishd: true\n"
        "   | ^^^^^^^^\n"
        "   |\n"
        '   = fix: rename the key to "published" (unsafe)\n'
        "\n"
        "1 error in 2 files (1 skipped)\n"
        "1 fixable with --fix --unsafe-fixes\n"
    )


def test_data_goes_to_standard_output_and_the_summary_to_standard_error(folder: Path) -> None:
    done = run("check", "-o", "concise", "--verbose", cwd=folder)
    assert done.stdout == f'{BAD_LINE}; did you mean "published"?\n'
    report, _, times = done.stderr.partition("time:\n")
    assert report == (
        "skipped note.txt: no YAML front matter\n1 error in 2 files (1 skipped)\n"
        "1 fixable with --fix --unsafe-fixes\n"
    )
    assert re.sub(r" +[\d.]+ ms +\d+%", "", times).split() == [
        *("start-up", "discovery", "cache", "read", "parse", "schema", "rules", "corpus"),
        *("locate", "report", "other", "total"),
    ]
    quiet = run("check", "-o", "json", "-q", cwd=folder)
    assert quiet.stderr == ""
    assert json.loads(quiet.stdout)["summary"] == {
        "files": 2,
        "errors": 1,
        "warnings": 0,
        "infos": 0,
        "fixed": 0,
        "known": 0,
        "disregarded": 0,
        "milder": 0,
    }


def test_what_is_milder_is_left_out_of_all_reports(folder: Path) -> None:
    text = SEED.replace("domain: harbour", "domain: www.harbour").replace("https:", "http:")
    (folder / "bad.md").write_text(fenced(text + "publishd: true\n"), encoding="utf-8")

    def told(*arguments: str) -> tuple[int, list[str], str]:
        done = run("check", "bad.md", "-o", "concise", "-o", "json=r.json", *arguments, cwd=folder)
        report = json.loads((folder / "r.json").read_text(encoding="utf-8"))
        rules = [each["rule"] for each in report["diagnostics"]]
        assert [line.split()[2] for line in done.stdout.splitlines()] == rules
        return done.returncode, rules, done.stderr.splitlines()[0]

    worst = "schema-additional-properties"
    code, rules, summary = told()
    assert (code, len(rules)) == (1, 3)
    assert summary == "1 error, 1 warning, 1 info in 1 file"
    assert told("--min-severity", "error") == (1, [worst], "1 error in 1 file (2 milder left out)")
    assert told("--min-severity", "info") == (code, rules, summary)
    code, rules, summary = told("--min-severity", "warning", "--ignore", "schema")
    assert (code, rules) == (0, ["provider-domain-form"])
    assert summary == "1 warning in 1 file (1 milder left out)"
    ignored = ("--ignore", "schema,provider-domain-form")
    clean = "Nothing as bad: 1 file checked (1 milder left out)"
    assert told("--min-severity", "error", *ignored) == (0, [], clean)


@pytest.mark.parametrize("given", [("--fail-on", "info"), ()])
def test_what_fails_a_check_is_not_left_out(folder: Path, given: tuple[str, ...]) -> None:
    (folder / "seedlint.toml").write_text('fail-on = "info"\n', encoding="utf-8")
    done = run("check", "--min-severity", "warning", *given, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == (
        "Error: --min-severity warning would hide what fails the check: --fail-on is info"
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("good.md",), 0),
        (("bad.md",), 1),
        (("bad.md", "--exit-zero"), 0),
        (("bad.md", "--ignore", "schema"), 0),
        (("warn.md",), 0),
        (("warn.md", "--fail-on", "warning"), 1),
        (("info.md", "--fail-on", "warning"), 0),
        (("info.md", "--fail-on", "info"), 1),
        (("nope.md",), 2),
        (("--select", "nope"), 2),
        (("--ignore", "encoding"), 2),
        (("--nope",), 2),
        (("--schema", "nope.json"), 2),
        (("--config", "nope.toml"), 2),
        (("--now", "soon"), 2),
        (("--now", "2020-W01-1"), 2),
        (("good.md", "--now", "2020-01-01T00:00:00.5Z"), 0),
        (("-", "good.md"), 2),
        (("note.txt",), 1),
    ],
)
def test_exit_codes(folder: Path, arguments: tuple[str, ...], code: int) -> None:
    warning = numbered(SEED, 2).replace("domain: harbour", "domain: www.harbour")
    (folder / "warn.md").write_text(fenced(warning), encoding="utf-8")
    info = numbered(SEED, 3).replace("https:", "http:")
    (folder / "info.md").write_text(fenced(info), encoding="utf-8")
    done = run("check", *arguments, cwd=folder)
    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_nothing_found(tmp_path: Path) -> None:
    done = run("check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("seedlint: no files found in .: looked for .md, ")
    assert run("check", "--allow-empty", cwd=tmp_path).returncode == 0
    (tmp_path / "note.txt").write_text("Nothing.\n", encoding="utf-8")
    assert run("check", cwd=tmp_path).stderr == (
        "seedlint: no seed files found in .: 1 file has no YAML front matter (--verbose lists "
        "them, --allow-empty accepts it); `seedlint init` writes settings to start from\n"
    )


def test_mistakes_in_settings_name_their_line(folder: Path) -> None:
    (folder / "seedlint.toml").write_text('\nselct = ["all"]\n', encoding="utf-8")
    done = run("check", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == 'seedlint: seedlint.toml:2: unknown key "selct"; did you mean "select"?\n'
    assert run("check", "--isolated", "good.md", cwd=folder).returncode == 0


def test_mistakes_in_a_contract_name_their_place(folder: Path) -> None:
    (folder / "own.json").write_text('{"items": {"x-role": "titel"}}', encoding="utf-8")
    done = run("check", "--schema", "own.json", cwd=folder)
    assert done.returncode == 2
    assert done.stderr.startswith('seedlint: own.json#/items/x-role: unknown role "titel"; ')
    assert done.stderr.endswith('; did you mean "title"?\n')


def test_standard_input(tmp_path: Path) -> None:
    done = run(
        "check",
        "-",
        "--stdin-filename",
        "a/bad.md",
        "-o",
        "concise",
        cwd=tmp_path,
        stdin=BAD.encode(),
    )
    assert (done.returncode, done.stdout.split(" ")[0]) == (1, "a/bad.md:11:1:")
    nameless = run("check", "-", "-o", "concise", cwd=tmp_path, stdin=BAD.encode())
    assert nameless.stdout.startswith("<stdin>:11:1: ")
    plain = run("check", "-", "--stdin-filename", "a.yaml", cwd=tmp_path, stdin=SEED.encode())
    assert plain.returncode == 0


def test_standard_input_by_way_of_another_folder_has_its_own_settings(tmp_path: Path) -> None:
    (tmp_path / "seedlint.toml").write_text(
        'include = ["content"]\n[[overrides]]\nfiles = ["content/**"]\nselect = ["html-entity"]\n',
        encoding="utf-8",
    )
    for folder in ("content", "tools"):
        (tmp_path / folder).mkdir()
    name = "../content/a.md"
    arguments = ("check", "-", "--stdin-filename", name, "-o", "concise", "--no-cache")
    text = BAD.replace("title: Ferries return", "title: A &amp; B return")
    done = run(*arguments, cwd=tmp_path / "tools", stdin=text.encode())
    assert [line.split(" ")[2] for line in done.stdout.splitlines()] == ["html-entity"]


@pytest.mark.parametrize(
    ("arguments", "rules"),
    [
        ((), {"text-whitespace"}),
        (("--select", "html-entity"), {"html-entity"}),
        (("--select", "schema"), {"schema-additional-properties"}),
        (("--select", "schema-additional-properties"), {"schema-additional-properties"}),
        (("--ignore", "all"), set()),
        (("--ignore", "text"), set()),
        (("--extend-select", "html-entity"), {"html-entity", "text-whitespace"}),
    ],
)
def test_the_command_line_has_the_last_word(
    folder: Path, arguments: tuple[str, ...], rules: set[str]
) -> None:
    (folder / "seedlint.toml").write_text(
        'ignore = ["html-entity"]\n[[overrides]]\nfiles = ["*.md"]\n'
        'select = ["text-whitespace"]\nignore = ["html-entity"]\n',
        encoding="utf-8",
    )
    text = BAD.replace("title: Ferries return", "title: A &amp;  B return")
    (folder / "bad.md").write_text(text, encoding="utf-8")
    done = run("check", "bad.md", "-o", "json", *arguments, cwd=folder)
    assert {item["rule"] for item in json.loads(done.stdout)["diagnostics"]} == rules


def test_show_files_and_settings(folder: Path) -> None:
    assert run("check", "--show-files", cwd=folder).stdout == "bad.md\ngood.md\nnote.txt\n"
    shown = run("check", "--show-settings", "--select", "schema", cwd=folder)
    assert "# the command line has the last word: --select schema\n" in shown.stdout
    assert shown.returncode == 0


def test_force_exclude(folder: Path) -> None:
    (folder / "seedlint.toml").write_text('exclude = ["bad.md"]', encoding="utf-8")
    assert run("check", "bad.md", cwd=folder).returncode == 1
    assert run("check", "bad.md", "--force-exclude", "--allow-empty", cwd=folder).returncode == 0


def test_rules(tmp_path: Path) -> None:
    table = run("rule", cwd=tmp_path).stdout
    assert "schema-*" in table
    assert "duplicate-topic" in table
    one = run("rule", "duplicate-topic", cwd=tmp_path)
    assert "## What it finds" in one.stdout
    assert (
        run("rule", "schema-required", cwd=tmp_path).stdout
        == run("rule", "schema", cwd=tmp_path).stdout
    )
    assert json.loads(run("rule", "limits", "-o", "json", cwd=tmp_path).stdout)["name"] == "limits"
    assert run("rule", "schema-min", cwd=tmp_path).stdout.splitlines()[1:] == [
        "schema-*  error     on       unsafe  The front matter breaks its JSON Schema."
    ]
    member = run("rule", "schema-requird", cwd=tmp_path)
    assert (member.returncode, member.stderr) == (
        2,
        'seedlint: unknown rule "schema-requird"; did you mean "schema-required"?\n',
    )
    unknown = run("rule", "duplicate-topics", cwd=tmp_path)
    assert (unknown.returncode, unknown.stderr) == (
        2,
        'seedlint: unknown rule "duplicate-topics"; did you mean "duplicate-topic"?\n',
    )


def test_schema_version_and_completion(tmp_path: Path) -> None:
    shown = json.loads(run("schema", cwd=tmp_path).stdout)
    assert shown["title"] == "Seed file"
    (tmp_path / "own.json").write_text('{"title": "é"}', encoding="utf-8")
    assert run("schema", "--schema", "own.json", cwd=tmp_path).stdout == '{\n  "title": "é"\n}\n'
    assert run("--version", cwd=tmp_path).stdout == f"seedlint, version {__version__}\n"
    assert "_SEEDLINT_COMPLETE" in run("completion", "bash", cwd=tmp_path).stdout
    unsaid = run("completion", cwd=tmp_path)
    assert unsaid.returncode == 2
    assert unsaid.stderr.endswith(". Choose from:\n\tbash,\n\tzsh,\n\tfish\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--jobs two", "Invalid value for '-j' / '--jobs': 'two' is not a valid whole number."),
        ("--jobs 0", "Invalid value for '-j' / '--jobs': 0 is not in the range x>=1."),
        (
            "--now noon",
            "Invalid value for '--now': 'noon' is not an RFC 3339 time such as "
            "2026-11-22T08:00:00Z",
        ),
    ],
)
def test_values_that_are_none(folder: Path, arguments: str, message: str) -> None:
    done = run("check", *arguments.split(), cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"\nError: {message}\n")


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("check --select html-", ["html-entity"]),
        ("check --ignore mojibake,html", ["mojibake,html-entity"]),
        (
            "check --extend-select near-duplicate-entry,limits,near-",
            ["near-duplicate-entry,limits,near-duplicate-related"],
        ),
        ("check --select sche", ["schema"]),
        ("rule schema-req", ["schema-required"]),
        ("rule limits,sche", []),
    ],
)
def test_names_of_rules_are_completed(tmp_path: Path, words: str, completed: list[str]) -> None:
    done = run(
        cwd=tmp_path,
        _SEEDLINT_COMPLETE="bash_complete",
        COMP_WORDS=f"seedlint {words}",
        COMP_CWORD=str(len(words.split())),
    )
    assert done.stdout.split() == [f"plain,{each}" for each in completed]


@pytest.mark.parametrize("command", [(), ("check",), ("rule",), ("schema",), ("completion",)])
def test_help(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = run(*command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: seedlint")


def test_a_closed_pipe_is_quiet(folder: Path) -> None:
    for number in range(2, 402):
        (folder / f"bad{number}.md").write_text(numbered(BAD, number), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "seedlint", "check"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 141


def test_ctrl_c_is_quiet(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "seedlint", "check", "-"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate()
    assert (process.returncode, stderr) == (130, b"")


HEAVY = (
    "rich",
    "ruamel",
    "jsonschema",
    "rapidfuzz",
    "tomllib",
    "difflib",
    "subprocess",
    "multiprocessing",
    "seedlint.commands",
)


def test_a_clean_run_imports_nothing_it_does_not_need(folder: Path) -> None:
    code = (
        # With Python 3.10, click itself brings subprocess.
        "import sys, click\n"
        "before = set(sys.modules)\n"
        "from seedlint.cli import main\n"
        "sys.argv = ['seedlint', 'check', 'good.md']\n"
        "try:\n    main()\n"
        "except SystemExit as ended:\n    assert ended.code == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules.keys() - before])\n"
    )
    for _ in ("without a cache", "with the cache of the first run"):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
        )
        assert done.stdout == "All clean: 1 file checked\n[]\n"


@pytest.mark.parametrize(
    ("redirection", "message"),
    [
        ("<&-", "Error: standard input is closed"),
        (">/dev/full", "seedlint: cannot write the output: No space left on device"),
        (">&-", "seedlint: standard output is closed"),
    ],
)
def test_streams_of_no_use(folder: Path, redirection: str, message: str) -> None:
    path = "-" if "<" in redirection else "bad.md"
    command = f"'{sys.executable}' -m seedlint check {path} {redirection}"
    done = subprocess.run(command, shell=True, cwd=folder, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr.splitlines()[-1:]) == (2, [message])


@pytest.mark.parametrize("command", ["check", "rule", "init", "check --fix ."])
def test_a_working_directory_that_is_gone(tmp_path: Path, command: str) -> None:
    line = f"mkdir gone && cd gone && rmdir ../gone && '{sys.executable}' -m seedlint {command}"
    done = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, text=True)
    message = "seedlint: the working directory is gone: change to one that exists"
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == message


def test_a_folder_that_cannot_be_read_is_called_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def guarded(path: str | Path) -> object:
        if str(path).endswith("/a/"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    (tmp_path / "a").mkdir()
    (tmp_path / "b.md").write_bytes(fenced(SEED).encode())
    monkeypatch.setattr(os, "scandir", guarded)
    report = check_paths(tmp_path, isolated=True)
    assert [(found.rule, found.message) for found in report.diagnostics] == [
        ("front-matter", "the folder cannot be read: Permission denied")
    ]


def test_a_crash_is_no_matter_of_exit_zero(folder: Path) -> None:
    code = (
        "import sys\n"
        "from seedlint.rules.html_entity import HtmlEntity\n"
        "from seedlint.cli import main\n"
        "HtmlEntity.check = HtmlEntity.is_clearly_clean = lambda self, document: 1 / 0\n"
        "sys.argv = ['seedlint', 'check', '-o', 'concise', '--exit-zero', 'good.md']\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stdout == (
        'good.md:2:1: error internal-error the rule "html-entity" crashed: '
        "ZeroDivisionError: division by zero\n"
    )


def test_a_prefix_lists_its_rules(tmp_path: Path) -> None:
    table = run("rule", "duplicate", cwd=tmp_path).stdout
    assert "duplicate-topic" in table
    assert "html-entity" not in table


def test_rules_that_begin_alike_are_a_list_for_programs(tmp_path: Path) -> None:
    rules = json.loads(run("rule", "duplicate", "-o", "json", cwd=tmp_path).stdout)
    table = run("rule", "duplicate", cwd=tmp_path).stdout
    listed = [line.split()[0] for line in table.splitlines()[1:] if not line.startswith(" ")]
    assert [rule["name"] for rule in rules] == listed


def test_standard_input_is_excluded_like_a_named_file(folder: Path) -> None:
    (folder / "seedlint.toml").write_text('exclude = ["drafts"]', encoding="utf-8")
    arguments = ("check", "-", "--stdin-filename", "drafts/a.md", "--allow-empty")
    assert run(*arguments, cwd=folder, stdin=BAD.encode()).returncode == 1
    done = run(*arguments, "--force-exclude", cwd=folder, stdin=BAD.encode())
    assert done.returncode == 0
    assert run(*arguments, "--show-files", cwd=folder).stdout == "drafts/a.md\n"


def test_no_colour_unless_asked(folder: Path) -> None:
    assert "\x1b" not in run("check", "bad.md", cwd=folder).stdout
    coloured = run("check", "bad.md", "--color", "always", cwd=folder)
    assert "\x1b[" in coloured.stdout


def test_hostile_file_names_and_content_reach_no_terminal(tmp_path: Path) -> None:
    name = "a\n::error::b\x1b[31m\u202e.md"
    (tmp_path / name).write_text(fenced("title: 1\n"), encoding="utf-8")
    for form in ("full", "concise", "json"):
        shown = run("check", "-o", form, cwd=tmp_path).stdout
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert not any(line.startswith("::error") for line in shown.splitlines())


def test_paths_are_shown_relative_to_the_working_directory(folder: Path) -> None:
    (folder / "inner").mkdir()
    for path in ("..", str(folder), "../bad.md"):
        done = run("check", path, "-o", "concise", cwd=folder / "inner")
        assert done.stdout == f'../{BAD_LINE}; did you mean "published"?\n'


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            '\ninclude = ["sed"]',
            'seedlint.toml:2: "include" names what does not exist: "sed"; did you mean "seeds"?',
        ),
        (
            '\nproviders = "names.toml"',
            'seedlint.toml:2: the registry names.toml does not exist; "seedlint providers --write" '
            "makes it",
        ),
    ],
)
def test_settings_that_name_what_does_not_exist(folder: Path, settings: str, message: str) -> None:
    (folder / "seeds").mkdir()
    (folder / "seedlint.toml").write_text(settings, encoding="utf-8")
    done = run("check", cwd=folder)
    assert (done.returncode, done.stderr) == (2, f"seedlint: {message}\n")


def test_a_registry_that_is_no_file_of_providers(folder: Path) -> None:
    (folder / "seedlint.toml").write_text('\nproviders = "names"\n', encoding="utf-8")
    os.mkfifo(folder / "names")
    (folder / "zero").symlink_to("/dev/zero")
    (folder / "large").write_bytes(b"#" * ((1 << 24) + 1))
    for name, message in (
        ("names", "seedlint.toml:2: the registry names is no file"),
        ("zero", "seedlint.toml:2: the registry zero is no file"),
        ("large", "large: has more than 16777216 bytes"),
    ):
        settings = f'\nproviders = "{name}"\n'
        (folder / "seedlint.toml").write_text(settings, encoding="utf-8")
        done = run("check", cwd=folder)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"seedlint: {message}\n")


@pytest.mark.parametrize("option", ["--select", "--ignore", "--extend-select"])
def test_a_variable_that_is_not_set_selects_nothing_else(folder: Path, option: str) -> None:
    done = run("check", option, "", cwd=folder)
    assert done.returncode == 2
    assert done.stderr.endswith(f"Error: Invalid value for '{option}': names no rule\n")


@pytest.mark.parametrize(
    ("command", "options"),
    [
        (
            "check",
            (
                *("--config", "--schema", "--stdin-filename", "--files-from", "--baseline"),
                *("--output-file", "--cache-dir"),
            ),
        ),
        ("baseline", ("--baseline", "--config", "--schema", "--cache-dir")),
        ("providers", ("--config", "--cache-dir")),
        ("clean", ("--config", "--cache-dir")),
        ("rule", ("--config",)),
        ("schema", ("--schema", "--config")),
    ],
)
def test_a_variable_that_is_not_set_names_no_file(
    folder: Path, command: str, options: tuple[str, ...]
) -> None:
    before = sorted(folder.iterdir())
    for option in options:
        done = run(command, f"{option}=", cwd=folder, stdin=BAD.encode())
        what = "folder" if option == "--cache-dir" else "file"
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.endswith(f"Error: Invalid value for '{option}': names no {what}\n")
    assert sorted(folder.iterdir()) == before


def test_a_name_for_standard_input_without_standard_input(folder: Path) -> None:
    done = run("check", "--stdin-filename", "x.md", cwd=folder, stdin=BAD.encode())
    assert done.returncode == 2
    assert done.stderr.endswith('--stdin-filename names standard input: write "-" for that\n')
