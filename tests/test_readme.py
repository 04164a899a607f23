"""What the README shows is what happens."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import yaml_rs

from seedlint.config import parse_settings
from seedlint.contract import load_contract
from seedlint.registry import Provider, parse_registry
from seedlint.rule import all_rules
from tests.support import found

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.M | re.S)


def seedlint(arguments: str, code: int = 0) -> str:
    command, *rest = arguments.split()
    done = subprocess.run(
        (sys.executable, "-m", "seedlint", command, "--no-cache", *rest),
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout


def test_the_samples_are_real_output() -> None:
    for sample, code in zip(blocks("console"), (0, 1), strict=True):
        command, _, output = sample.partition("\n")
        assert command.startswith("$ seedlint ")
        assert seedlint(command.removeprefix("$ seedlint "), code) == output


def test_the_picture_shows_real_output() -> None:
    drawn = ElementTree.fromstring((ROOT / "docs" / "check.svg").read_text(encoding="utf-8"))
    texts = drawn.iter("{http://www.w3.org/2000/svg}text")
    shown = re.sub(r"\s", "", "".join(each.text or "" for each in texts))
    printed = seedlint("check seeds/002_746f468819f5d76b.txt")
    assert re.sub(r"\s", "", f"$ seedlint check seeds/002_746f468819f5d76b.txt {printed}") in shown


def test_the_settings_are_valid() -> None:
    (_, settings) = blocks("toml")
    read = parse_settings(settings, ROOT / "seedlint.toml")
    assert len(read.overrides) == 2


def test_the_registry_is_valid() -> None:
    (registry, _) = blocks("toml")
    assert parse_registry(registry, ROOT / "providers.toml") == [
        Provider("The Independent", "independent.co.uk", ("Independent",))
    ]


def test_the_ignores_silence() -> None:
    ignores, *_ = blocks("yaml")
    settings = 'select = ["html-entity"]'
    assert found(ignores, settings) == []
    assert len(found(ignores.replace("ignore[", "["), settings)) == 1


def test_the_schema_is_a_contract(tmp_path: Path) -> None:
    (schema,) = blocks("json")
    (tmp_path / "contract.json").write_text(schema)
    matches = load_contract(tmp_path / "contract.json").match({"headline": "x", "link": "y"})
    assert sorted(matches.by_role) == ["entry", "title", "url"]


def test_the_hooks_exist() -> None:
    own: Any = yaml_rs.loads(blocks("yaml")[1])
    offered: Any = yaml_rs.loads((ROOT / ".pre-commit-hooks.yaml").read_text())
    (repo,) = own["repos"]
    assert {hook["id"] for hook in repo["hooks"]} == {hook["id"] for hook in offered}


def test_the_action_and_the_gitlab_job_take_what_they_are_given() -> None:
    github: Any = yaml_rs.loads(blocks("yaml")[2])
    gitlab: Any = yaml_rs.loads(blocks("yaml")[3])
    action: Any = yaml_rs.loads((ROOT / "action.yml").read_text())
    assert set(github["steps"][-1]["with"]) <= set(action["inputs"])
    job: Any = yaml_rs.loads((ROOT / "templates" / "seedlint.gitlab-ci.yml").read_text())
    assert set(gitlab["seedlint"]["variables"]) <= set(job["seedlint"]["variables"])
    assert (ROOT / "docs" / "ci" / "gitlab.yml").read_text().endswith(f"\n{blocks('yaml')[3]}")


def test_the_json_has_the_fields_listed() -> None:
    shape = json.loads(seedlint("check --output-format json seeds"))
    keys = [*shape, *shape["diagnostics"][0], *shape["summary"]]
    described = re.search(r"JSON, one object: `(.*?)`", README, re.S)
    assert described is not None
    named = set(re.findall(r'"(\w+)"', described[1]))
    assert set(keys) == named


def test_the_python_runs() -> None:
    (code,) = blocks("python")
    command = (sys.executable, "-c", code)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert (
        "seeds/002_746f468819f5d76b.txt 58 provider-domain-form "
        'domain "www.plainriver.org" is not bare, expected "plainriver.org"\n'
    ) in done.stdout


def test_ci_runs_the_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    assert "<!-- tests -->" in script
    commands = blocks("sh")
    assert [command.splitlines()[0].partition(" && ")[0] for command in commands] == [
        "python3 -m venv .venv"
    ] * 2
    assert f"<!-- tests -->\n```sh\n{commands[1]}```\n" in README
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def links(text: str) -> list[tuple[str, str]]:
    """What links lead to that stay here: a file, or nothing for the same one, and a heading."""
    return re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", text)


def leads_somewhere(file: Path, heading: str) -> bool:
    if not file.exists() or not heading:
        return file.exists()
    headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.M)
    return heading in [re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings]


def test_every_link_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "benchmarks" / "README.md"]
    dead = [
        (page.name, target, heading)
        for page in pages
        for target, heading in links(page.read_text(encoding="utf-8"))
        if not leads_somewhere(page.parent / target if target else page, heading)
    ]
    assert len(pages) > len(all_rules())
    assert dead == []
