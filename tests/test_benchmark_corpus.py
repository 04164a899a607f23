"""Generated corpora are what the benchmark says they are."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml_rs

from benchmarks import corpus
from benchmarks.defects import DEFECTS, FIXABLE

_SCHEMA = Path(__file__).parent.parent / "schemas" / "seed.schema.json"


def _data(seed: corpus.Seed) -> Any:
    return yaml_rs.loads(seed.text.split("---\n")[1], parse_datetime=False)


def _found(folder: Path) -> dict[str, set[str]]:
    command = [sys.executable, "-m", "seedlint", "check", "--isolated", "--no-cache"]
    command += ["--output-format", "json", str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, set[str]] = {}
    for each in json.loads(done.stdout)["diagnostics"]:
        found.setdefault(Path(each["file"]).name, set()).add(each["rule"])
    return found


def test_the_same_seed_gives_the_same_files() -> None:
    assert list(corpus.seeds(20, 7, 0.5)) == list(corpus.seeds(20, 7, 0.5))
    assert list(corpus.seeds(20, 7, 0.5)) != list(corpus.seeds(20, 8, 0.5))


def test_a_bigger_corpus_begins_with_the_smaller_one() -> None:
    assert list(corpus.seeds(20, 7, 0.5))[:5] == list(corpus.seeds(5, 7, 0.5))


def test_clean_files_are_valid_against_the_contract() -> None:
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    for seed in corpus.seeds(50, 1, 0.0):
        assert seed.rules == ()
        assert validator.is_valid(_data(seed)), seed.name


def test_files_are_as_large_as_real_seeds() -> None:
    seeds = list(corpus.seeds(300, 1, 0.0))
    assert 6_400 < sum(len(seed.text.encode()) for seed in seeds) / len(seeds) < 7_400
    related = [len(_data(seed)["related"]) for seed in seeds]
    assert min(related) == 1
    assert max(related) == 12


@pytest.mark.parametrize("share", [0.0, 0.1, 0.25, 1.0])
def test_the_share_of_files_with_findings_is_exact(share: float) -> None:
    faulty = sum(bool(seed.rules) for seed in corpus.seeds(40, 3, share))
    assert faulty == 40 * share


@pytest.mark.parametrize("kind", ["warning", "error"])
def test_findings_can_be_of_one_severity(kind: str) -> None:
    rules = {rule for seed in corpus.seeds(200, 3, 1.0, kind) for rule in seed.rules}
    assert rules == {defect.rule for defect in DEFECTS if defect.kind == kind}


def test_a_fixable_file_has_one_defect() -> None:
    rules = [seed.rules for seed in corpus.seeds(200, 3, 1.0, FIXABLE)]
    assert {len(each) for each in rules} == {1}
    assert {rule for (rule,) in rules} == {defect.rule for defect in DEFECTS if defect.fixable}


def test_findings_are_one_to_three_a_file() -> None:
    counts = {len(seed.rules) for seed in corpus.seeds(60, 3, 1.0)}
    assert counts == {1, 2, 3}


def test_an_occupied_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(SystemExit, match="not empty"):
        corpus.write(tmp_path, 3, 1, 0.0)


def test_seedlint_finds_every_planted_defect_and_nothing_in_clean_files(tmp_path: Path) -> None:
    corpus.write(tmp_path, 200, 5, 0.5)
    found = _found(tmp_path)
    for seed in corpus.seeds(200, 5, 0.5):
        rules = found.get(seed.name, set())
        assert set(seed.rules) <= rules if seed.rules else not rules, (seed.name, seed.rules, rules)
