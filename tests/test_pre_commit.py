"""The hooks we offer, in the hands of the real pre-commit, which installs seedlint itself."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from seedlint import initfiles
from seedlint.home import Home
from tests.git_support import Repository, environment, seed

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
NEEDED = ("seedlint", "schemas", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
UNTIDY = "topics: [Boats, Boats]"


class PreCommit:
    """pre-commit with a home of its own, and seedlint as a repository that offers hooks."""

    def __init__(self, folder: Path) -> None:
        self.offering = folder / "seedlint"
        self._home = folder / "home"
        self.offering.mkdir()
        for name in NEEDED:
            source, copy = ROOT / name, self.offering / name
            if source.is_dir():
                shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(source, copy)
        for arguments in (("init", "-q"), ("add", "--all"), ("commit", "-q", "-m", "All of it")):
            subprocess.run(("git", *arguments), cwd=self.offering, env=environment(), check=True)
        self.revision = subprocess.run(
            ("git", "rev-parse", "HEAD"),
            cwd=self.offering,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    def config(self, hook: str) -> str:
        """A configuration that asks for one of the hooks, as `seedlint init` writes it."""
        text = initfiles.hook(Home(str(self.offering), self.revision), whole=True)
        return text.replace("- id: seedlint", f"- id: {hook}")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run pre-commit in the working directory."""
        clean = environment()
        # Nothing of this checkout is to be found by the hooks.
        clean.pop("PYTHONPATH", None)
        return subprocess.run(
            (sys.executable, "-P", "-m", "pre_commit", *arguments)
            if sys.version_info >= (3, 11)
            else (sys.executable, "-m", "pre_commit", *arguments),
            env={**clean, "PRE_COMMIT_HOME": str(self._home), "PRE_COMMIT_COLOR": "never"},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="session")
def pre_commit(tmp_path_factory: pytest.TempPathFactory) -> PreCommit:
    return PreCommit(tmp_path_factory.mktemp("pre-commit"))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = Repository(tmp_path / "scratch", monkeypatch)
    made.commit(a=seed(1), b=seed(2))
    return made


@pytest.fixture
def hook(repository: Repository, pre_commit: PreCommit) -> Callable[..., tuple[bool, str]]:
    """Run one of the hooks on what is staged: whether it passes, and what it says."""

    def run(name: str, *arguments: str) -> tuple[bool, str]:
        repository.write(".pre-commit-config.yaml", pre_commit.config(name))
        repository.git("add", ".pre-commit-config.yaml")
        done = pre_commit.run("run", *arguments)
        assert "An error has occurred" not in done.stdout, done.stdout
        title, _, said = _without_installation(done.stdout).partition("\n")
        assert title.startswith("seedlint"), done.stdout + done.stderr
        assert (done.returncode == 0) == title.endswith(("Passed", "Skipped"))
        return done.returncode == 0, said

    return run


def _without_installation(output: str) -> str:
    return "".join(
        line
        for line in output.splitlines(keepends=True)
        if not line.startswith(("[INFO]", "[WARN"))
    )


def test_a_good_file_passes(repository: Repository, hook: Callable[..., tuple[bool, str]]) -> None:
    repository.write("c.md", seed(3))
    # Neither is a seed, and a search finds neither to be one.
    repository.write("README.md", "# About\n")
    repository.write(".github/workflows/ci.yml", "on: push\n")
    repository.git("add", "--all")
    assert hook("seedlint") == (True, "")


def test_a_bad_file_blocks_with_the_diagnostic(
    repository: Repository, hook: Callable[..., tuple[bool, str]]
) -> None:
    repository.write("c d.md", seed(3, "publishd: true"))
    repository.git("add", "c d.md")
    passes, said = hook("seedlint")
    assert not passes
    assert said == (
        "- hook id: seedlint\n"
        "- exit code: 1\n"
        "\n"
        'error[schema-additional-properties]: unknown key "publishd"; did you mean "published"?\n'
        "  --> c d.md:11:1\n"
        "   |\n"
        "11 | publishd: true\n"
        "   | ^^^^^^^^\n"
        "   |\n"
        '   = fix: rename the key to "published" (unsafe)\n'
        "\n"
        "1 error in 1 file\n"
        "1 fixable with --fix --unsafe-fixes\n"
        "\n"
    )


def test_git_is_stopped(repository: Repository, pre_commit: PreCommit) -> None:
    repository.write(".pre-commit-config.yaml", pre_commit.config("seedlint"))
    repository.commit()
    assert pre_commit.run("install").returncode == 0
    repository.write("c.md", seed(3, "publishd: true"))
    repository.git("add", "c.md")
    # What is staged counts: this makes it good, but will not be committed.
    repository.write("c.md", seed(3))
    commit = ("git", "commit", "-q", "-m", "A step")
    clean = {**environment(), "PRE_COMMIT_HOME": str(pre_commit._home)}
    clean.pop("PYTHONPATH", None)
    stopped = subprocess.run(commit, env=clean, capture_output=True, text=True, check=False)
    assert stopped.returncode == 1
    assert "c.md:11:1\n" in stopped.stderr
    repository.git("add", "c.md")
    assert subprocess.run(commit, env=clean, capture_output=True, check=False).returncode == 0
    assert repository.git("log", "-1", "--format=%s", "--", "c.md") == "A step\n"


def test_what_does_not_agree_with_a_file_committed_earlier(
    repository: Repository, hook: Callable[..., tuple[bool, str]]
) -> None:
    repository.write("c.md", seed(3).replace("name: Harbour Times", "name: Harbor Times"))
    repository.write("d.md", seed(2))
    repository.git("add", "c.md", "d.md")
    passes, said = hook("seedlint")
    assert not passes
    assert re.findall(r"^(?:error|warning)\[(.*?)\]|--> (.*)|::: (\S+)", said, re.M) == [
        ("inconsistent-provider-name", "", ""),
        ("", "c.md:9:9", ""),
        ("", "", "a.md:9:9:"),
        ("", "", "b.md:9:9:"),
        ("", "", "d.md:9:9:"),
        ("duplicate-entry", "", ""),
        ("", "d.md:6:9", ""),
        ("", "", "b.md:6:9:"),
    ]


def test_exclude_holds(repository: Repository, hook: Callable[..., tuple[bool, str]]) -> None:
    repository.write("seedlint.toml", 'exclude = ["drafts"]\n')
    repository.write("drafts/c.md", seed(3, "publishd: true", UNTIDY))
    repository.git("add", "--all")
    for name in ("seedlint", "seedlint-fix"):
        assert hook(name)[0]
        repository.git("add", "--all")
    repository.write("seedlint.toml", "")
    repository.git("add", "--all")
    assert not hook("seedlint")[0]


def test_the_fix_hook_rewrites_and_fails_and_then_passes(
    repository: Repository, hook: Callable[..., tuple[bool, str]]
) -> None:
    path = repository.write("c.md", seed(3, UNTIDY))
    repository.git("add", "c.md")
    assert hook("seedlint-fix") == (
        False,
        "- hook id: seedlint-fix\n"
        "- files were modified by this hook\n"
        "\n"
        "All clean: 1 file checked\n"
        "1 fixed in 1 file\n"
        "\n",
    )
    assert path.read_text() == seed(3, "topics: [Boats]")
    repository.git("add", "c.md")
    assert hook("seedlint-fix") == (True, "")


def test_what_cannot_be_fixed_blocks(
    repository: Repository, hook: Callable[..., tuple[bool, str]]
) -> None:
    repository.write("c.md", seed(3, UNTIDY, "othr: 1"))
    repository.git("add", "c.md")
    passes, said = hook("seedlint-fix")
    assert not passes
    assert said.startswith("- hook id: seedlint-fix\n- exit code: 1\n- files were modified by")
    repository.git("add", "c.md")
    passes, said = hook("seedlint-fix")
    assert not passes
    assert "c.md:12:1\n" in said


def test_three_thousand_files_at_once(
    repository: Repository, hook: Callable[..., tuple[bool, str]]
) -> None:
    # So long that they do not go into one command line: pre-commit calls more than once.
    names = [f"content/{'a-long-name-' * 5}{number}.md" for number in range(3000)]
    for number, name in enumerate(names):
        repository.write(name, seed(number + 10))
    repository.write(names[0], seed(10, "publishd: true"))
    repository.write(names[-1], seed(3008))
    repository.git("add", "--all")
    passes, said = hook("seedlint")
    assert not passes
    assert said.count("\n- hook id") == 0
    assert re.findall(r"^error\[(.*?)\]|--> (.*)", said, re.M) == [
        ("schema-additional-properties", ""),
        ("", f"{names[0]}:11:1"),
        ("duplicate-entry", ""),
        ("", f"{names[2998]}:6:9"),
        ("duplicate-entry", ""),
        ("", f"{names[2999]}:6:9"),
    ]
    checked = [int(number) for number in re.findall(r"errors? in (\d+) files", said)]
    assert len(checked) > 1
    assert sum(checked) == 3000


def test_try_repo(repository: Repository, pre_commit: PreCommit) -> None:
    repository.write("c.md", seed(3, "publishd: true", UNTIDY))
    repository.git("add", "c.md")
    done = pre_commit.run("try-repo", str(pre_commit.offering), "--files", "a.md", "c.md")
    assert done.returncode == 1, done.stdout
    said = done.stdout
    assert re.findall(r"^seedlint.*?\.\.\.(\w+)$", said, re.M) == ["Failed", "Failed"]
    assert re.findall(r"--> (.*)|^- (exit code.*|files were.*)", said, re.M) == [
        ("", "exit code: 1"),
        ("c.md:11:1", ""),
        ("c.md:12:17", ""),
        ("", "exit code: 1"),
        ("", "files were modified by this hook"),
        ("c.md:11:1", ""),
    ]


def test_adoption_from_the_first_day(repository: Repository, pre_commit: PreCommit) -> None:
    """Adopt by a baseline, commit a clean seed, be stopped by a bad one, fix, commit, prune."""

    def seedlint(*arguments: str) -> tuple[int, str]:
        command = (sys.executable, "-m", "seedlint", *arguments)
        done = subprocess.run(command, env=clean, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    def commit(name: str, text: str) -> subprocess.CompletedProcess[str]:
        repository.write(name, text)
        repository.git("add", "--all")
        command = ("git", "commit", "-q", "-m", f"Add {name}")
        return subprocess.run(command, env=in_hook, capture_output=True, text=True, check=False)

    clean = environment()
    in_hook = {**clean, "PRE_COMMIT_HOME": str(pre_commit._home)}
    in_hook.pop("PYTHONPATH", None)
    old = seed(3, "publishd: true", UNTIDY)
    repository.write("seedlint.toml", "")
    repository.write(".gitignore", ".seedlint_cache\n")
    repository.commit(old=old)

    # The first day: what is there is known, and no longer in the way.
    assert seedlint("check", "-q", "-o", "concise") == (
        1,
        "old.md:11:1: error schema-additional-properties unknown key "
        '"publishd"; did you mean "published"?\n'
        'old.md:12:17: warning duplicate-topic duplicate topic "Boats", already listed in this '
        "entry, expected once\n",
    )
    assert seedlint("baseline") == (0, ".seedlint-baseline.json: 2 known in 1 file\n")
    assert seedlint("check") == (0, "Nothing new: 3 files checked (2 known)\n")
    repository.write(".pre-commit-config.yaml", pre_commit.config("seedlint"))
    repository.commit()
    assert pre_commit.run("install").returncode == 0

    # A clean seed goes in; a file with known findings may be edited elsewhere.
    assert commit("c.md", seed(4)).returncode == 0
    assert commit("old.md", old.replace("type: article", "type: video")).returncode == 0

    # A bad one does not, until it is fixed.
    stopped = commit("d.md", seed(5, "topics: [Ports, Ports]", "publishd: true"))
    assert stopped.returncode == 1
    assert re.findall(r"^(?:error|warning)\[(.*?)\]|--> (.*)", stopped.stderr, re.M) == [
        ("duplicate-topic", ""),
        ("", "d.md:11:17"),
        ("schema-additional-properties", ""),
        ("", "d.md:12:1"),
    ]
    assert seedlint("check", "--fix", "--unsafe-fixes", "-q", "d.md") == (0, "")
    fixed = seed(5, "topics: [Ports]", "published: true")
    assert (repository.folder / "d.md").read_text() == fixed
    assert commit("d.md", fixed).returncode == 0
    assert repository.git("log", "-3", "--format=%s") == "Add d.md\nAdd old.md\nAdd c.md\n"

    # What was known is mended one day, and the baseline forgets it.
    repository.write("old.md", seed(3, UNTIDY))
    assert seedlint("check", "--fail-on-stale", "-q")[0] == 1
    assert seedlint("baseline", "--prune") == (
        0,
        ".seedlint-baseline.json: 1 known in 1 file (1 gone)\n",
    )
    assert seedlint("check", "--fail-on-stale", "-q") == (0, "")
    assert '"rule": "duplicate-topic"' in repository.git("diff")
    assert commit("old.md", seed(3, UNTIDY)).returncode == 0
