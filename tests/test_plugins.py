"""Rules from packages that settings name, and from whom the permission must come."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from tests.support import SEED, fenced

LOUD = fenced(SEED.replace("title: Ferries return to the old harbour", "title: LOUD FERRIES"))
SAID = 'loud.md:3:8: warning shouting-title "LOUD FERRIES" is loud\n'
NOTICE = (
    'seedlint: the plug-in "my_rules" is not loaded: code that a project\'s settings name runs '
    "only if you allow it, by --allow-plugins, SEEDLINT_ALLOW_PLUGINS=1, or allow-plugins = true "
    "in your own settings ({})\n"
)

RULE = '''\
"""A rule of somebody's own."""

from dataclasses import dataclass

from my_rules._words import is_loud
from seedlint.diagnostic import Problem, Severity
from seedlint.rule import DocumentRule


@dataclass(frozen=True, slots=True)
class Options:
    """See the options of the rule."""

    min_words: int = 2


class ShoutingTitle(DocumentRule[Options]):
    """A title is loud."""

    severity = Severity.WARNING

    def check(self, document):
        for entity, text in document.texts("title"):
            if is_loud(text) and len(text.split()) >= self.options.min_words:
                yield Problem(entity.route, f'"{text}" is loud')
'''
WORDS = """\
from pathlib import Path

Path(__file__).parent.with_name("ran").touch()


def is_loud(text):
    return text.isupper()
"""
CORPUS_RULE = '''\
from seedlint.diagnostic import Problem, Severity
from seedlint.rule import CorpusRule, NoOptions


class RepeatedTitle(CorpusRule[NoOptions]):
    """Another file has the same title."""

    severity = Severity.ERROR

    def facts(self, document):
        return [text for _, text in document.texts("title")]

    def conclude(self, corpus):
        files = {}
        for file, titles in corpus:
            for title in titles:
                files.setdefault(title, []).append(file)
        return {title: found for title, found in files.items() if len(found) > 1} or None

    def relevant(self, file, facts, conclusion):
        return {title: conclusion[title] for title in facts if title in conclusion} or None

    def check(self, document, file, relevant):
        for entity, text in document.texts("title"):
            if text in relevant:
                others = [each for each in relevant[text] if each != file]
                yield Problem(entity.route, f"the same title as in {', '.join(others)}")
'''
ANY = """\
from seedlint.diagnostic import Problem, Severity
from seedlint.rule import DocumentRule, EngineRule, NoOptions


class Any(DocumentRule[NoOptions]):
    severity = Severity.INFO

    def check(self, document):
        yield Problem((), "found")
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder on the path, with a plug-in."""
    folder = tmp_path / "site"
    write(folder / "my_rules" / "__init__.py", "")
    write(folder / "my_rules" / "_words.py", WORDS)
    write(folder / "my_rules" / "shouting_title.py", RULE)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that names the plug-in."""
    folder = tmp_path / "project"
    write(folder / "seedlint.toml", 'plugins = ["my_rules"]\n')
    write(folder / "loud.md", LOUD)
    return folder


@pytest.fixture
def run(tmp_path: Path, site: Path, project: Path) -> Run:
    """Runs Python in the project, for a user without settings."""

    def running(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        path = [str(site), *filter(None, [os.environ.get("PYTHONPATH")])]
        given = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path),
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(tmp_path / "home"),
            "XDG_CONFIG_HOME": str(tmp_path / "user"),
            **environment,
        }
        given.pop("SEEDLINT_ALLOW_PLUGINS", None)
        given.update(environment)
        return subprocess.run(
            (sys.executable, *arguments),
            cwd=project,
            env=given,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return running


@pytest.fixture
def check(run: Run) -> Run:
    """Runs ``seedlint check`` on the loud file."""

    def checking(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command = ("-m", "seedlint", "check", "-q", "-o", "concise", *arguments)
        return run(*command, "loud.md", **environment)

    return checking


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text), encoding="utf-8")


def trouble(done: subprocess.CompletedProcess[str]) -> str:
    """What was said by a run that could not be."""
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr


def settings(project: Path, text: str) -> None:
    write(project / "seedlint.toml", f'plugins = ["my_rules"]\n{text}')


# Permission


def test_without_permission_no_code_runs(tmp_path: Path, site: Path, check: Run) -> None:
    done = check()
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == NOTICE.format(tmp_path / "user" / "seedlint" / "seedlint.toml")
    assert not (site / "ran").exists()


def test_the_option_allows(site: Path, check: Run) -> None:
    done = check("--allow-plugins")
    assert (done.returncode, done.stdout, done.stderr) == (0, SAID, "")
    assert (site / "ran").exists()


@pytest.mark.parametrize(
    ("value", "said"), [("1", SAID), ("0", ""), ("", ""), ("true", ""), ("2", "")]
)
def test_the_environment_allows(value: str, said: str, check: Run) -> None:
    assert check(SEEDLINT_ALLOW_PLUGINS=value).stdout == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("allow-plugins = true", SAID),
        ("select = 5\nallow-plugins = true\nfuture-key = 1", SAID),
        ("allow-plugins = false", ""),
        ('select = ["shouting-title"]', ""),
    ],
)
def test_settings_of_the_user_allow(tmp_path: Path, text: str, said: str, check: Run) -> None:
    write(tmp_path / "user" / "seedlint" / "seedlint.toml", text)
    assert check().stdout == said


@pytest.mark.parametrize("elsewhere", ["", "user", "./user"])
def test_settings_of_the_user_are_in_their_home(
    tmp_path: Path, project: Path, elsewhere: str, check: Run
) -> None:
    write(project / "user" / "seedlint" / "seedlint.toml", "allow-plugins = true")
    assert check(XDG_CONFIG_HOME=elsewhere).stdout == ""
    assert check(XDG_CONFIG_HOME=elsewhere, HOME=".").stdout == ""
    write(tmp_path / "home" / ".config" / "seedlint" / "seedlint.toml", "allow-plugins = true")
    assert check(XDG_CONFIG_HOME=elsewhere).stdout == SAID


def test_mistakes_in_settings_of_the_user(tmp_path: Path, check: Run) -> None:
    file = tmp_path / "user" / "seedlint" / "seedlint.toml"
    write(file, "\nallow-plugins = 1")
    message = f'{file}:2: "allow-plugins" must be true or false, not the number 1'
    assert trouble(check()) == f"seedlint: {message}\n"
    assert check("--allow-plugins").stdout == SAID


def test_a_project_cannot_allow(project: Path, check: Run) -> None:
    settings(project, "allow-plugins = true")
    assert trouble(check()) == (
        'seedlint: seedlint.toml:2: "allow-plugins" is for your own settings: those of a project '
        "cannot have code run\n"
    )


def test_folders_of_the_project_do_not_count(site: Path, project: Path, check: Run) -> None:
    (site / "my_rules").rename(project / "my_rules")
    assert trouble(check("--allow-plugins")) == (
        'seedlint: seedlint.toml:1: the plug-in "my_rules" is not installed (folders of the '
        "project do not count)\n"
    )
    assert not (project / "ran").exists()
    path = [str(project), *filter(None, [os.environ.get("PYTHONPATH")])]
    assert check("--allow-plugins", PYTHONPATH=os.pathsep.join(path)).stdout == SAID


# What holds without permission


@pytest.mark.parametrize(
    "text",
    [
        'select = ["shouting-title"]',
        'select = ["shouting"]\nignore = ["shouting-title"]',
        '[rules.shouting-title]\nseverity = "info"\nmin-words = "any"',
        '[[overrides]]\nfiles = ["*"]\nextend-select = ["shouting-title"]\n'
        'rules.shouting-title.severity = "error"',
    ],
)
def test_settings_may_name_rules_that_are_withheld(text: str, project: Path, check: Run) -> None:
    settings(project, text)
    done = check("--extend-select", "shouting-title")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith('seedlint: the plug-in "my_rules" is not loaded: ')
    assert done.stderr.count("\n") == 1


def test_other_names_are_unknown_all_the_same(project: Path, check: Run) -> None:
    settings(project, 'ignore = ["shouting-titel"]')
    assert "2: unknown rule" in trouble(check())
    settings(project, "[rules.shouting]")
    assert '2: "shouting" is a prefix, expected the name of one rule' in trouble(check())
    settings(project, "")
    assert "Invalid value for '--select': unknown rule \"shout\"" in trouble(
        check("--select", "shout")
    )


def test_a_plugin_that_is_not_installed_may_have_any_rule(project: Path, check: Run) -> None:
    write(project / "seedlint.toml", 'plugins = ["none.rules"]\nignore = ["any-name"]')
    done = check("--select", "what-ever")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith('seedlint: the plug-in "none.rules" is not loaded: ')


def test_ignores_of_rules_that_are_withheld(project: Path, check: Run) -> None:
    marked = LOUD.replace("LOUD FERRIES", "LOUD FERRIES # seedlint: ignore[shouting-title, shout]")
    write(project / "loud.md", marked)
    unknown = 'loud.md:3:56: warning unused-ignore unknown rule "shout"'
    assert check().stdout.startswith(unknown)
    assert check("--allow-plugins").stdout.startswith(unknown)
    write(project / "loud.md", marked.replace("LOUD FERRIES", "Quiet"))
    assert "shouting-title" not in check().stdout
    assert "ignore has no effect: shouting-title" in check("--allow-plugins").stdout


def test_only_the_nearest_settings_name_plugins(project: Path, check: Run) -> None:
    write(project / "base.toml", 'plugins = ["my_rules"]\nselect = ["shouting-title"]')
    write(project / "seedlint.toml", 'extend = "base.toml"\nignore = ["shouting-title"]')
    assert check("--allow-plugins").returncode == 0
    write(project / "seedlint.toml", "extend = 'base.toml'\nplugins = []")
    assert "base.toml:2: unknown rule" in trouble(check("--allow-plugins"))


def test_isolated_runs_know_no_plugins(check: Run) -> None:
    done = check("--isolated", "--allow-plugins")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_show_settings(run: Run) -> None:
    comment = "# plug-ins are not loaded, as nobody has allowed them\n"
    shown = run("-m", "seedlint", "check", "--show-settings")
    assert 'plugins = ["my_rules"]  # seedlint.toml\n' in shown.stdout
    assert comment in shown.stdout
    assert 'seedlint: the plug-in "my_rules" is not loaded: ' in shown.stderr
    allowed = run("-m", "seedlint", "check", "--show-settings", "--allow-plugins")
    assert comment not in allowed.stdout
    assert allowed.stderr == ""


# With permission


def test_a_plugin_is_set_like_any_rule(project: Path, check: Run) -> None:
    settings(project, '[rules.shouting-title]\nmin-words = 3\nseverity = "error"')
    assert check("--allow-plugins").stdout == ""
    settings(project, '[rules.shouting-title]\nmin-words = 2\nseverity = "error"')
    done = check("--allow-plugins", "--select", "shouting")
    assert (done.returncode, done.stdout) == (1, SAID.replace("warning", "error"))
    settings(project, "[rules.shouting-title]\nmax-words = 3")
    assert "3: unknown option of shouting-title" in trouble(check("--allow-plugins"))


def test_a_plugin_may_be_a_module_or_a_package_in_one(
    site: Path, project: Path, check: Run
) -> None:
    write(site / "single_rule.py", ANY)
    write(site / "company" / "__init__.py", "")
    write(site / "company" / "lint" / "of_company.py", ANY)
    write(site / "company" / "lint" / "tests" / "__init__.py", "raise SystemExit")
    write(project / "seedlint.toml", 'plugins = ["single_rule", "company.lint"]')
    assert check("--allow-plugins").stdout == (
        "loud.md:2:1: info of-company found\nloud.md:2:1: info single-rule found\n"
    )


def test_a_corpus_rule(site: Path, project: Path, check: Run) -> None:
    write(site / "my_rules" / "repeated_title.py", CORPUS_RULE)
    write(project / "b.md", LOUD)
    for _ in ("cold", "warm"):
        done = check("--allow-plugins", "--select", "repeated-title")
        assert done.stderr == ""
        assert done.stdout == "loud.md:3:8: error repeated-title the same title as in b.md\n"


def test_a_change_of_a_plugin_is_noticed(site: Path, check: Run) -> None:
    assert check("--allow-plugins").stdout == SAID
    assert check().stdout == ""
    assert check("--allow-plugins").stdout == SAID
    write(site / "my_rules" / "_words.py", "def is_loud(text): return False")
    assert check("--allow-plugins").stdout == ""


def test_the_rules_of_a_plugin_are_documented(run: Run) -> None:
    command = ("-m", "seedlint", "rule", "shouting-title")
    shown = run(*command, "--allow-plugins")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("# shouting-title\n\nA title is loud.\n")
    rules = run("-m", "seedlint", "rule", "--allow-plugins").stdout.splitlines()
    assert re.sub(" +", " ", rules[-1]) == "shouting-title warning on none A title is loud."
    withheld = run(*command)
    assert 'seedlint: the plug-in "my_rules" is not loaded: ' in withheld.stderr
    assert trouble(withheld).endswith(
        'seedlint: "shouting-title" is unknown without the plug-ins\n'
    )


def test_the_plugins_of_other_settings_are_documented(project: Path, run: Run) -> None:
    (project / "seedlint.toml").rename(project / "other.toml")
    command = ("-m", "seedlint", "rule", "shouting-title", "--allow-plugins")
    assert trouble(run(*command)).startswith('seedlint: unknown rule "shouting-title"')
    shown = run(*command, "--config", "other.toml")
    assert shown.stdout.startswith("# shouting-title\n\nA title is loud.\n")


def test_mistakes_in_settings_hide_no_documentation(project: Path, run: Run) -> None:
    write(project / "seedlint.toml", "nonsense = 1")
    asked_for = run("-m", "seedlint", "rule", "html-entity", "--config", "seedlint.toml")
    assert trouble(asked_for) == 'seedlint: seedlint.toml:1: unknown key "nonsense"\n'
    assert run("-m", "seedlint", "rule", "html-entity", "--isolated").stderr == ""
    shown = run("-m", "seedlint", "rule", "html-entity")
    assert shown.returncode == 0
    assert shown.stdout.startswith("# html-entity\n")
    assert shown.stderr.startswith('seedlint: seedlint.toml:1: unknown key "nonsense"')


def test_a_crash_is_the_plugins(site: Path, project: Path, check: Run) -> None:
    write(site / "my_rules" / "_words.py", "def is_loud(text): return 1 / 0")
    assert check("--allow-plugins", "-o", "full=out").returncode == 2
    report = (project / "out").read_text(encoding="utf-8")
    assert 'the rule "shouting-title" crashed: ZeroDivisionError: division by zero' in report
    assert "this is a bug in the plug-in my_rules (_words.py:1)" in report


NOT_JSON = """\
from seedlint.diagnostic import Problem, Severity
from seedlint.rule import CorpusRule, NoOptions


class Odd(CorpusRule[NoOptions]):
    severity = Severity.ERROR

    def facts(self, document):
        return {facts}

    def conclude(self, corpus):
        return {conclusion}

    def relevant(self, file, facts, conclusion):
        return {relevant}

    def mentions(self, relevant):
        yield "b.md"
        yield {mentions}

    def check(self, document, file, relevant):
        yield Problem((), "odd")
"""
FINE = {"facts": "[1]", "conclusion": "[2]", "relevant": "[3]", "mentions": "'b.md'"}
NO_JSON = "TypeError: Object of type set is not JSON serializable"


@pytest.mark.parametrize(
    ("step", "crash"),
    [
        ({}, ""),
        ({"facts": "[{1}]"}, NO_JSON),
        ({"conclusion": "[{1}]"}, NO_JSON),
        ({"relevant": "[{1}]"}, NO_JSON),
        ({"mentions": "1 / 0"}, "ZeroDivisionError: division by zero"),
        ({"mentions": "[]"}, "TypeError: unhashable type: 'list'"),
    ],
)
@pytest.mark.parametrize("cache", [(), ("--no-cache",)])
def test_what_a_corpus_rule_must_not_say_loses_nothing_else(
    step: dict[str, str], crash: str, cache: tuple[str, ...], site: Path, project: Path, check: Run
) -> None:
    write(site / "my_rules" / "repeated_title.py", CORPUS_RULE)
    # No f-string: what the steps say has braces of its own.
    text = NOT_JSON
    for name, value in {**FINE, **step}.items():
        text = text.replace(f"{{{name}}}", value)
    write(site / "my_rules" / "odd.py", text)
    write(project / "b.md", LOUD)
    settings(project, 'select = ["repeated-title", "odd", "shouting-title"]\n')
    first = (
        f'loud.md:1:1: error internal-error the rule "odd" crashed: {crash}\n'
        if crash
        else "loud.md:2:1: error odd odd\n"
    )
    for _ in ("cold", "warm"):
        done = check("--allow-plugins", *cache)
        assert done.stderr == ""
        assert done.stdout == (
            f"{first}loud.md:3:8: error repeated-title the same title as in b.md\n{SAID}"
        )
        assert done.returncode == (2 if crash else 1)
    if {"facts", "conclusion"} & step.keys():
        fixing = check("--allow-plugins", "--fix")
        assert (fixing.stdout, fixing.returncode) == (done.stdout, 2)


SPAWNED = """\
import os, sys
from seedlint import pool, workers
from seedlint.cli import cli

if __name__ == "__main__":
    pool.can_fork = lambda: False
    workers._FILES_A_WORKER = workers._FILES_A_SPAWNED_WORKER = 1
    print(os.getpid(), file=open("../pids", "a"))
    sys.exit(cli())
"""


@pytest.mark.skipif(sys.version_info < (3, 11), reason="older Python starts no such processes")
def test_processes_that_are_no_copies_load_the_plugins_themselves(
    tmp_path: Path, site: Path, project: Path, run: Run
) -> None:
    write(site / "my_rules" / "repeated_title.py", CORPUS_RULE)
    write(
        site / "my_rules" / "_words.py",
        """\
        import os

        def is_loud(text):
            print(os.getpid(), file=open("../pids", "a"))
            return text.isupper()
        """,
    )
    (project / "loud.md").unlink()
    for number in range(70):
        write(project / f"{number:02}.md", LOUD.replace("LOUD", f"LOUD {number // 2}"))
    write(tmp_path / "spawning.py", SPAWNED)
    settings(project, 'select = ["repeated-title", "shouting-title"]\n')
    check = ("check", "-q", "-o", "concise", "--no-cache")
    expected = run("-m", "seedlint", *check, "--jobs", "1", SEEDLINT_ALLOW_PLUGINS="1")
    assert expected.stdout.splitlines()[-2:] == [
        "69.md:3:8: error repeated-title the same title as in 68.md",
        '69.md:3:8: warning shouting-title "LOUD 34 FERRIES" is loud',
    ]
    (tmp_path / "pids").unlink()
    script = str(tmp_path / "spawning.py")
    done = run(script, *check, "--jobs", "2", SEEDLINT_ALLOW_PLUGINS="1")
    assert (done.stdout, done.stderr, done.returncode) == (expected.stdout, "", 1)
    parent, *readers = (tmp_path / "pids").read_text(encoding="utf-8").split()
    # Files are read in other processes, then those with findings once more in this.
    assert len({*readers} - {parent}) == 2


# Plug-ins that cannot be used


@pytest.mark.parametrize(
    ("module", "text", "message"),
    [
        ("bad", "import nothing_of_this_name", "cannot be loaded: my_rules.bad: "
         "ModuleNotFoundError: No module named 'nothing_of_this_name' (bad.py:1)"),
        ("bad", "x = 1\ny = x.z\n", "cannot be loaded: my_rules.bad: AttributeError: 'int' object "
         "has no attribute 'z' (bad.py:2)"),
        ("bad", "def", "cannot be loaded: my_rules.bad: SyntaxError: invalid syntax (bad.py, "
         "line 1)"),
        ("bad", "raise SystemExit(0)", "cannot be loaded: my_rules.bad: SystemExit: 0 (bad.py:1)"),
        ("bad", "", "cannot be loaded: my_rules.bad: TypeError: my_rules.bad must define exactly "
         "one rule, not 0"),
        ("bad", f"{ANY}\nclass Two(Any): ...", "cannot be loaded: my_rules.bad: TypeError: "
         "my_rules.bad must define exactly one rule, not 2"),
        ("bad", ANY.replace("DocumentRule[NoOptions]", "EngineRule"),
         ": my_rules.bad.Any must be a DocumentRule or a CorpusRule, neither a family nor always "
         "on"),
        ("bad", f"{ANY}    family = True", ": my_rules.bad.Any must be a DocumentRule or a "
         "CorpusRule, neither a family nor always on"),
        ("bad", ANY.replace("Severity.INFO", "'info'"), ": my_rules.bad.Any has no severity"),
        ("bad", ANY.replace("[NoOptions]", "[int]"), ": my_rules.bad.Any has options that settings "
         "cannot set: TypeError: must be called with a dataclass type or instance (dataclasses."),
        ("Bad", ANY, ': "Bad" (my_rules.Bad) is no name of a rule, which has small letters, digits '
         "and single hyphens"),
        ("html_entity", ANY, ': the rule "html-entity" of my_rules.html_entity exists already, in '
         "seedlint.rules.html_entity"),
        ("schema", ANY, ': the rule "schema" of my_rules.schema exists already, in '
         "seedlint.rules.schema"),
        ("schema_extra", ANY, ': the rule "schema-extra" of my_rules.schema_extra exists already, '
         "in seedlint.rules.schema"),
    ],
)  # fmt: skip
def test_what_cannot_be_used(module: str, text: str, message: str, site: Path, check: Run) -> None:
    write(site / "my_rules" / f"{module}.py", text)
    said = trouble(check("--allow-plugins"))
    separator = "" if message.startswith(":") else " "
    expected = f'seedlint: seedlint.toml:1: the plug-in "my_rules"{separator}{message}'
    assert said.startswith(expected)
    assert message.endswith("(dataclasses.") or said == f"{expected}\n"


def test_a_name_in_two_plugins(site: Path, project: Path, check: Run) -> None:
    write(site / "more_rules" / "shouting_title.py", ANY)
    write(project / "seedlint.toml", 'plugins = [\n"my_rules", "more_rules"]')
    assert trouble(check("--allow-plugins")) == (
        'seedlint: seedlint.toml:1: the plug-in "more_rules": the rule "shouting-title" of '
        "more_rules.shouting_title exists already, in my_rules.shouting_title\n"
    )


def test_a_plugin_without_rules(site: Path, project: Path, check: Run) -> None:
    write(site / "no_rules" / "__init__.py", "")
    write(project / "seedlint.toml", 'plugins = ["no_rules"]')
    assert trouble(check("--allow-plugins")) == (
        'seedlint: seedlint.toml:1: the plug-in "no_rules" has no rules\n'
    )


@pytest.mark.parametrize("name", ["../my_rules", "my-rules", ".my_rules", "a..b", "a b", "é"])
def test_names_that_no_package_has(name: str, project: Path, check: Run) -> None:
    write(project / "seedlint.toml", f'plugins = ["{name}"]')
    message = f'seedlint.toml:1: "{name}" is no name of a Python package'
    assert trouble(check()) == f"seedlint: {message}\n"


# Where the rules are is found without running anything


def test_packages_around_a_plugin_are_not_imported(site: Path, project: Path, check: Run) -> None:
    write(site / "company" / "__init__.py", "raise SystemExit(7)")
    write(site / "company" / "lint" / "__init__.py", "raise SystemExit(8)")
    write(site / "company" / "lint" / "some_rule.py", "raise SystemExit(9)")
    write(project / "seedlint.toml", 'plugins = ["company.lint"]\nignore = ["some-rule"]')
    done = check()
    assert (done.returncode, done.stdout) == (0, "")
    write(project / "seedlint.toml", 'plugins = ["company.lint"]\nignore = ["some-rul"]')
    assert "unknown rule" in trouble(check())


# The fixture helper


def test_fixtures_of_a_plugin(tmp_path: Path, run: Run) -> None:
    fixture = tmp_path / "shouting_title.md"
    write(
        fixture,
        """\
        # shouting-title

        ## fails: a title in capitals

        ```yaml
        title: LOUD FERRIES
               ^^^^^^^^^^^^ "LOUD FERRIES" is loud
        ```

        ## passes: one that is not

        ```yaml
        title: Ferries
        ```
        """,
    )
    command = ("-m", "seedlint.testing", str(fixture))
    done = run(*command, "--plugin", "my_rules")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    write(fixture, fixture.read_text().replace("LOUD FERRIES\n", "Loud\n", 1))
    script = (
        "from pathlib import Path; from seedlint.testing import problems_with;"
        f"print(*problems_with(Path({str(fixture)!r}), plugin='my_rules'))"
    )
    done = run("-c", script)
    assert done.stderr == ""
    assert '-       ^^^^^^^^^^^^ "LOUD FERRIES" is loud\n' in done.stdout


# The cache


def fingerprint(run: Run, *prepare: str) -> str:
    done = run(
        "-c", "\n".join(["from seedlint.plugins import *", *prepare, "print(fingerprint())"])
    )
    assert done.stderr == ""
    return done.stdout.strip()


def test_fingerprints(site: Path, run: Run) -> None:
    load = "load('my_rules')"
    assert fingerprint(run) == ""
    before = fingerprint(run, load)
    assert len(before) == 32
    assert fingerprint(run, load) == before
    withheld = fingerprint(run, "enable(['my_rules'], False)")
    assert withheld not in ("", before)
    seen = {before, withheld}
    for name, text in (("_words.py", f"{WORDS}# changed"), ("data.txt", ""), ("data.txt", "1")):
        write(site / "my_rules" / name, text)
        seen.add(fingerprint(run, load))
    assert len(seen) == 5
    write(site / "my_rules" / "another.py", ANY)
    assert fingerprint(run, "enable(['my_rules'], False)") not in seen
