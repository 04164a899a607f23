"""The GitHub Action and the GitLab job: valid by the published schemas, and their steps run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml_rs

from tests.git_support import Repository, seed

ROOT = Path(__file__).parent.parent
ACTION = ROOT / "action.yml"
WORKFLOW = ROOT / "docs" / "ci" / "github.yml"
GITLAB = ROOT / "templates" / "seedlint.gitlab-ci.yml"
GITLAB_USE = ROOT / "docs" / "ci" / "gitlab.yml"
SCHEMAS = {
    ACTION: "vendor.github-actions",
    WORKFLOW: "vendor.github-workflows",
    GITLAB: "vendor.gitlab-ci",
    GITLAB_USE: "vendor.gitlab-ci",
}
BAD = seed(1, "publishd: true")
# Stands for the Python of a step: makes an environment in which pip only tells what it is given.
PYTHON = """\
#!/usr/bin/env bash
set -euo pipefail
mkdir -p "$3/bin"
printf '#!/bin/sh\\nprintf "%%s\\\\n" "$@" >>"{folder}/pip"\\n' >"$3/bin/python"
printf '#!/bin/sh\\nexec "{python}" -m seedlint "$@"\\n' >"$3/bin/seedlint"
chmod +x "$3/bin/python" "$3/bin/seedlint"
"""


def read(path: Path) -> Any:
    return yaml_rs.loads(path.read_text(encoding="utf-8"))


def validation(path: Path, schema: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path))
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_it_is_valid_by_the_published_schema(path: Path, tmp_path: Path) -> None:
    done = validation(path, SCHEMAS[path])
    assert done.returncode == 0, done.stdout + done.stderr
    wrong = tmp_path / path.name
    text = re.sub(
        "^(runs|jobs|  script|  variables):", r"\1s:", path.read_text(encoding="utf-8"), flags=re.M
    )
    wrong.write_text(text, encoding="utf-8")
    assert validation(wrong, SCHEMAS[path]).returncode == 1


def steps() -> list[dict[str, Any]]:
    return [dict(step) for step in read(ACTION)["runs"]["steps"]]


def test_what_is_used_is_pinned() -> None:
    (job,) = read(WORKFLOW)["jobs"].values()
    used = [step["uses"] for step in [*steps(), *job["steps"]] if "uses" in step]
    loose = [name for name in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name)]
    assert loose == ["OWNER/seedlint@v0.1.0"]


@pytest.mark.parametrize("placeholder", ["https://git.example/seedlint", "OWNER"])
def test_the_readme_says_where_placeholders_stand(placeholder: str) -> None:
    files = [ROOT / name for name in ("README.md", "SECURITY.md", "action.yml")]
    files += [path for name in ("ci", "docs", "templates") for path in (ROOT / name).rglob("*.*")]
    files += (ROOT / "seedlint").rglob("*.py")
    pattern = re.compile(rf"{re.escape(placeholder)}(?![A-Z])")
    having = {
        path.relative_to(ROOT).as_posix()
        for path in files
        if pattern.search(path.read_text(encoding="utf-8"))
    }
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (row,) = re.findall(rf"^\| `{re.escape(placeholder)}` \| .* \| (.*) \|$", readme, re.M)
    assert set(re.findall(r"`(.*?)`", row)) == having


def test_nothing_is_written_into_a_script() -> None:
    for step in steps():
        assert "${{" not in step.get("run", "")


def test_the_inputs_are_all_used_and_all_there_are() -> None:
    action = read(ACTION)
    used = set(re.findall(r"inputs\.([\w-]+)", ACTION.read_text(encoding="utf-8")))
    assert used == set(action["inputs"])
    (job,) = read(WORKFLOW)["jobs"].values()
    assert set(job["steps"][-1]["with"]) <= set(action["inputs"])


class Job:
    """A job of GitHub Actions, as far as the steps of the action need one."""

    def __init__(self, folder: Path) -> None:
        self.workspace = folder / "work space"
        self.temporary = folder / "temp"
        for made in (self.workspace, self.temporary):
            made.mkdir()
        self.pip = folder / "pip"
        self._python = folder / "python"
        self._python.write_text(PYTHON.format(folder=folder, python=sys.executable))
        self._python.chmod(0o755)
        self.log = ""
        self.outputs: dict[str, dict[str, str]] = {}
        self.uploads: list[dict[str, str]] = []

    def run(self, **given: str) -> int:
        """Run the steps one after the other, until one fails; its exit code."""
        defaults = {name: each["default"] for name, each in read(ACTION)["inputs"].items()}
        self._inputs = {
            **defaults,
            **{name.replace("_", "-"): text for name, text in given.items()},
        }
        self.outputs = {"python": {"python-path": str(self._python)}}
        for step in steps():
            if "if" in step and not self._holds(step["if"]):
                continue
            if "run" in step:
                code = self._script(step)
                if code != 0:
                    return code
            elif "upload-sarif" in step["uses"]:
                self.uploads.append({key: self._value(text) for key, text in step["with"].items()})
        return 0

    def _script(self, step: dict[str, Any]) -> int:
        outputs = self.temporary / "outputs"
        outputs.write_text("")
        done = subprocess.run(
            ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]),
            cwd=self.workspace,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "GITHUB_ACTIONS": "true",
                "GITHUB_ACTION_PATH": str(ROOT),
                "GITHUB_OUTPUT": str(outputs),
                "GITHUB_STEP_SUMMARY": str(self.temporary / "summary"),
                "GITHUB_WORKSPACE": str(self.workspace),
                "RUNNER_TEMP": str(self.temporary),
                **{name: self._value(text) for name, text in step["env"].items()},
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.log += done.stdout
        lines = outputs.read_text().splitlines()
        self.outputs[step.get("id", "")] = dict(line.split("=", 1) for line in lines)
        return done.returncode

    def _value(self, text: str) -> str:
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda match: self._looked_up(match[1]), text)

    def _looked_up(self, name: str) -> str:
        if name.startswith("inputs."):
            return str(self._inputs[name.removeprefix("inputs.")])
        _, step, _, output = name.split(".")
        return self.outputs[step].get(output, "")

    def _holds(self, condition: str) -> bool:
        comparisons = [each.split(" ") for each in condition.split(" && ")]
        operators = {"==": str.__eq__, "!=": str.__ne__}
        return all(
            operators[operator](self._looked_up(name), text.strip("'"))
            for name, operator, text in comparisons
        )


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(tmp_path)


def test_the_action_on_good_files(job: Job) -> None:
    (job.workspace / "a.md").write_text(seed(1), encoding="utf-8")
    assert job.run() == 0
    assert job.pip.read_text().splitlines()[-1] == str(ROOT)
    sarif = job.temporary / "seedlint.sarif"
    assert job.outputs["run"] == {"exit-code": "0", "sarif": str(sarif)}
    assert job.uploads == [{"sarif_file": str(sarif), "category": "seedlint"}]
    assert json.loads(sarif.read_text(encoding="utf-8"))["runs"][0]["results"] == []


def test_the_action_on_bad_files(job: Job) -> None:
    for name in ("a b.md", "-c.md", "d.md"):
        (job.workspace / name).write_text(BAD, encoding="utf-8")
    code = job.run(
        paths="a b.md\r\n-c.md\n", args="--ignore duplicate\n  --fail-on=warning ", category="x"
    )
    assert code == 1
    assert re.findall(r"^::error file=(.*?),line=11,", job.log, re.M) == ["-c.md", "a b.md"]
    assert job.log.splitlines()[-1].startswith("seedlint found problems")
    (upload,) = job.uploads
    (run,) = json.loads(Path(upload["sarif_file"]).read_text(encoding="utf-8"))["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["schema-additional-properties"] * 2
    assert "schema-additional-properties" in (job.temporary / "summary").read_text()


def test_the_action_without_upload(job: Job) -> None:
    (job.workspace / "a.md").write_text(BAD, encoding="utf-8")
    assert job.run(upload_sarif="false") == 1
    assert job.uploads == []


def test_the_action_when_seedlint_cannot_work(job: Job) -> None:
    (job.temporary / "seedlint.sarif").write_text("of an earlier step")
    assert job.run(paths="nope.md") == 2
    assert 'no such file or folder: "nope.md"' in job.log
    assert job.uploads == []
    assert job.outputs["run"] == {"exit-code": "2"}


def test_inputs_are_not_run(job: Job) -> None:
    (job.workspace / "a.md").write_text(seed(1), encoding="utf-8")
    evil = '$(touch evil) `touch evil` ; touch evil\n* "; touch evil'
    assert job.run(paths=evil) == 2
    assert job.run(args=evil) == 2
    assert job.run(paths="a.md", args="--nope *") == 2
    assert re.search("No such option:? '?--nope", job.log)
    assert [path.name for path in job.workspace.iterdir() if path.name == "evil"] == []


@pytest.mark.parametrize(
    ("version", "package"), [("0.1.0", "seedlint==0.1.0"), ("1.2rc1", "seedlint==1.2rc1")]
)
def test_a_release_can_be_installed(job: Job, version: str, package: str) -> None:
    (job.workspace / "a.md").write_text(seed(1), encoding="utf-8")
    assert job.run(version=version) == 0
    assert job.pip.read_text().splitlines()[-1] == package


@pytest.mark.parametrize("version", ["--index-url=x", "1 @ file:///x", "v1", "1;x", "1\n2", "*"])
def test_other_things_cannot(job: Job, version: str) -> None:
    assert job.run(version=version) == 2
    assert not job.pip.exists()
    assert job.log == '::error title=seedlint::the input "version" is no version such as 0.1.0\n'


def gitlab(folder: Path, **variables: str) -> tuple[int, str]:
    """Run the script of the GitLab job: its exit code and log."""
    job = read(GITLAB)["seedlint"]
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    for name, text in (
        ("python", 'shift 2\necho "pip $*"'),
        ("seedlint", f'exec "{sys.executable}" -m seedlint "$@"'),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{text}\n")
        (programs / name).chmod(0o755)
    done = subprocess.run(
        ("sh", "-e", "-c", "\n".join(job["script"])),
        cwd=folder / "work",
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "GITLAB_CI": "true",
            "CI_PROJECT_DIR": str(folder / "work"),
            "PATH": f"{programs}:{os.environ['PATH']}",
            **job["variables"],
            **variables,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_the_gitlab_job(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    for name in ("a.md", "b.md"):
        (work / name).write_text(BAD, encoding="utf-8")
    code, log = gitlab(tmp_path, SEEDLINT_ARGS="a.md --ignore duplicate-entry")
    assert code == 1
    assert log.startswith(
        "pip install --quiet --disable-pip-version-check "
        "git+https://git.example/seedlint@v0.1.0\nerror[schema-additional-properties]"
    )
    report = read(GITLAB)["seedlint"]["artifacts"]["reports"]["codequality"]
    (issue,) = json.loads((work / report).read_text(encoding="utf-8"))
    assert (issue["location"]["path"], issue["severity"]) == ("a.md", "major")
    assert gitlab(tmp_path, SEEDLINT_ARGS="*.md")[0] == 2
    for name in ("a.md", "b.md"):
        (work / name).write_text(seed(ord(name[0])), encoding="utf-8")
    assert gitlab(tmp_path)[0] == 0
    assert json.loads((work / report).read_text(encoding="utf-8")) == []


PIPELINES = {
    "merge request": {
        "CI_PIPELINE_SOURCE": "merge_request_event",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": "main~1",
    },
    # HEAD is what the merge would give then.
    "merged results": {
        "CI_PIPELINE_SOURCE": "merge_request_event",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": "main~1",
        "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": "main",
    },
    "default branch": {"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "main"},
    "branch": {"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "change"},
    "tag": {"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_TAG": "v1"},
}


def runs_in(pipeline: dict[str, str]) -> bool:
    """Whether the rules of the GitLab job let it run."""
    known = {"CI_DEFAULT_BRANCH": "main", **pipeline}

    def value(text: str) -> str | None:
        return known.get(text[1:]) if text.startswith("$") else text.strip('"')

    rules = [dict(rule) for rule in read(GITLAB)["seedlint"]["rules"]]
    assert all(set(rule) == {"if"} for rule in rules)
    sides = [rule["if"].split(" == ") for rule in rules]
    return any(value(left) == value(right) for left, right in sides)


def test_where_the_gitlab_job_runs() -> None:
    assert [name for name, pipeline in PIPELINES.items() if runs_in(pipeline)] == [
        *("merge request", "merged results", "default branch"),
    ]


@pytest.mark.parametrize(
    ("pipeline", "head", "found"),
    [
        ("merge request", "change", ["ours.md"]),
        ("merged results", "merged", ["ours.md"]),
        ("default branch", "main", ["old.md", "theirs.md"]),
        ("branch", "change", ["old.md", "ours.md"]),
        ("tag", "change", ["old.md", "ours.md"]),
    ],
)
def test_the_gitlab_job_as_the_documents_set_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pipeline: str, head: str, found: list[str]
) -> None:
    repository = Repository(tmp_path / "work", monkeypatch)
    repository.commit(old=seed(1, "publishd: true"))
    repository.git("switch", "-q", "-c", "change")
    repository.commit(ours=seed(2, "publishd: true"))
    repository.git("switch", "-q", "main")
    repository.commit(theirs=seed(3, "publishd: true"))
    repository.git("switch", "-q", "-c", "merged")
    repository.git("merge", "-q", "--no-edit", "change")
    repository.git("switch", "-q", head)
    variables = read(GITLAB_USE)["seedlint"]["variables"]
    code, log = gitlab(tmp_path, **variables, **PIPELINES[pipeline])
    assert (code, re.findall(r"--> .*?(\w+\.md)", re.sub(r"\x1b\[[\d;]*m", "", log))) == (1, found)
    report = read(GITLAB)["seedlint"]["artifacts"]["reports"]["codequality"]
    issues = json.loads((tmp_path / "work" / report).read_text(encoding="utf-8"))
    assert [issue["location"]["path"] for issue in issues] == found
    everything = {"SEEDLINT_NEW_ONLY": "false", **PIPELINES[pipeline]}
    assert len(re.findall("-->", gitlab(tmp_path, **everything)[1])) == len(
        list((tmp_path / "work").glob("*.md"))
    )
