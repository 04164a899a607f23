"""A corpus on disk: what the cache remembers never changes what is reported."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner

from seedlint import factspool, means, secondlook
from seedlint.analysis import Analyser, Outcome, Task
from seedlint.api import check_paths
from seedlint.check import Check, Input, read_all
from seedlint.cli import cli
from seedlint.config import parse_settings
from seedlint.elsewhere import Elsewheres
from seedlint.profile import Profiles
from tests.corpus_support import check_together
from tests.support import REAL_SEEDS, SEED

NOW = "--now=2026-01-01T00:00:00Z"
ROUNDS = int(os.environ.get("SEEDLINT_ROUNDS", "4"))

NOTHING = "no front matter\n"
BLOCKS = [
    SEED,
    SEED.replace("Harbour Times", "The Harbour Times"),
    SEED.replace("ferries-return", "boats-return").replace("Ferries", "Boats"),
    SEED.replace("type: article", "topics: [Boats, boats]\ntype: article"),
    SEED.replace("provider:", "# seedlint: ignore[inconsistent-provider-name]\nprovider:").replace(
        "name: Harbour", "name: New Harbour"
    ),
    SEED.replace("type: article", "topics: [Boat]\ntype: story"),
    SEED.replace("2020-02-03T04:05:06Z", "2031-02-03T04:05:06Z"),
    SEED.replace("title:", "title"),
    "no: front matter\nat: [all\n",
    f"{NOTHING}seedlint\n",
    f"{NOTHING}\n",
]
SETTINGS = [
    'include = ["seeds"]\n',
    'include = ["seeds"]\nignore = ["topic-variant"]\n',
    'include = ["seeds"]\nproviders = "providers.toml"\n',
    'include = ["seeds"]\n[rules.inconsistent-provider-name]\nseverity = "error"\n',
]
REGISTRY = '[[provider]]\nname = "{}"\ndomain = "harbour-times.com"\n'


def written(folder: Path, name: str, block: str) -> Path:
    path = folder / "seeds" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text_of(block), encoding="utf-8")
    return path


def text_of(block: str) -> str:
    """The text of a file: one of the blocks is none."""
    return block if block.startswith(NOTHING) else f"---\n{block}---\n"


def output(*arguments: str) -> tuple[int, str]:
    """The exit code and all output of a check in this process."""
    result = CliRunner().invoke(cli, ["check", NOW, "--allow-empty", *arguments])
    return result.exit_code, result.output


def test_one_file_is_checked_in_the_light_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not REAL_SEEDS.is_dir():
        pytest.skip("the real seeds are not here")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    for path in REAL_SEEDS.iterdir():
        (tmp_path / "seeds" / path.name).write_bytes(path.read_bytes())
    (tmp_path / "seedlint.toml").write_text(SETTINGS[0], encoding="utf-8")
    one = "seeds/003_3d488232a6b75eee.txt"
    other = "seeds/004_7073746209a4ecbb.txt"
    select = ("--select", "inconsistent-provider-name", "-q")
    for_one = output(one, *select, "-o", "concise")[1]
    assert for_one == (
        f"{one}:13:9: warning inconsistent-provider-name "
        'name "Independent" for independent.co.uk, elsewhere "The Independent", expected one name\n'
    )
    assert f"::: {other}:13:9" in output(one, *select)[1]
    for_both = output(one, other, *select, "-o", "concise")[1]
    assert for_both == for_one + (
        f"{other}:13:9: warning inconsistent-provider-name "
        'name "The Independent" for independent.co.uk, elsewhere "Independent", expected one name\n'
    )


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_after_any_change_the_output_is_that_of_a_run_without_a_cache(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    dice = random.Random(seed)
    monkeypatch.setattr(factspool, "MANY", dice.choice([0, factspool.MANY]))
    settings = tmp_path / "seedlint.toml"
    registry = tmp_path / "providers.toml"
    settings.write_text(SETTINGS[0], encoding="utf-8")
    registry.write_text(REGISTRY.format("Harbour Times"), encoding="utf-8")
    for number in range(6):
        written(tmp_path, f"{number}.md", dice.choice(BLOCKS))
    for _ in range(25):
        _change(dice, tmp_path, settings, registry)
        named = sorted(f"seeds/{path.name}" for path in (tmp_path / "seeds").iterdir())
        some = dice.choice([[], [], dice.sample(named, min(2, len(named)))])
        arguments = [*some, "-o", dice.choice(["full", "json", "concise"])]
        assert output(*arguments) == output("--no-cache", *arguments)


def test_a_second_look_says_what_one_look_with_all_rules_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = [
        *BLOCKS,
        *FIXABLE,
        SEED.replace("name: Harbour Times", "name: 12"),
        SEED.replace("name: Harbour Times", "nam: Harbour"),
        SEED.replace("type: article", "type: artcle\ntopics: [Boat, Boats, 7]"),
    ]
    names = [written(tmp_path, f"{at}.md", block).name for at, block in enumerate(blocks)]
    chosen = parse_settings(SETTINGS[0], tmp_path / "seedlint.toml")
    now = datetime(2026, 1, 1, tzinfo=timezone.utc)
    profiles = Profiles(chosen, now)
    inputs = [
        Input(Path(each).read_bytes(), each, profiles.of(each), False, each)
        for each in sorted(f"seeds/{name}" for name in names)
    ]
    expected = check_together(inputs, profiles.corpus_rules)
    assert check_paths(settings=chosen, now=now).results == tuple(expected)
    corpus_rules = {rule.name for rule in profiles.corpus_rules}
    broken = [
        result for result in expected if any("schema" in each.rule for each in result.diagnostics)
    ]
    assert any(each.rule in corpus_rules for result in broken for each in result.diagnostics)


FIXABLE = [
    *BLOCKS,
    SEED.replace("type: article", "topics: [Boats, Boats]\ntype: article"),
    SEED.replace("domain: harbour", "domain: www.harbour"),
    SEED.replace('title: "Ferries', 'title: " Ferries'),
]


@pytest.mark.parametrize("seed", range(ROUNDS))
@pytest.mark.parametrize("options", [("--fix",), ("--fix", "--unsafe-fixes")])
def test_what_remains_after_fixing_is_what_a_run_without_a_cache_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, options: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    dice = random.Random(seed)
    monkeypatch.setattr(factspool, "MANY", dice.choice([0, factspool.MANY]))
    registry = '[[provider]]\nname = "The Harbour Times"\ndomain = "harbour-times.com"\n'
    (tmp_path / "providers.toml").write_text(registry, encoding="utf-8")
    fixed_at_all = False
    for _ in range(8):
        (tmp_path / "seedlint.toml").write_text(dice.choice(SETTINGS), encoding="utf-8")
        for name in dice.sample("abcdef", 4):
            written(tmp_path, f"{name}.md", dice.choice(FIXABLE))
        if dice.random() < 0.5:
            output("-q")  # the cache knows of the fixes, but not what they change
        paths = dice.choice([[], ["seeds/a.md", "seeds/b.md"]])
        report = (*paths, "-q")
        before = output("--no-cache", *report)
        fixed = output(*options, *report)
        fixed_at_all = fixed_at_all or fixed != before
        assert fixed == output("--no-cache", *report)
        assert fixed == output(*report)
    assert fixed_at_all


def _change(dice: random.Random, folder: Path, settings: Path, registry: Path) -> None:
    files = sorted((folder / "seeds").iterdir())
    kind = dice.choice(["edit", "edit", "add", "rename", "delete", "touch", "settings", "registry"])
    if kind == "add" or not files:
        written(folder, f"{dice.randrange(20)}.md", dice.choice(BLOCKS))
    elif kind == "edit":
        before = dice.choice(files)
        stamp = before.stat()
        written(folder, before.name, dice.choice(BLOCKS))
        if dice.random() < 0.3:
            os.utime(before, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    elif kind == "rename":
        dice.choice(files).rename(folder / "seeds" / f"{dice.randrange(20)}.md")
    elif kind == "delete":
        dice.choice(files).unlink()
    elif kind == "touch":
        dice.choice(files).touch()
    elif kind == "settings":
        settings.write_text(dice.choice(SETTINGS), encoding="utf-8")
    else:
        name = dice.choice(["Harbour Times", "The Harbour Times"])
        registry.write_text(REGISTRY.format(name), encoding="utf-8")


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "seedlint", "check", NOW, "-q", "-o", "concise", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def corpus(folder: Path, files: int) -> list[str]:
    (folder / "seedlint.toml").write_text(SETTINGS[0], encoding="utf-8")
    dice = random.Random(files)
    return [
        written(folder, f"{number:03}.md", dice.choice(BLOCKS)).relative_to(folder).as_posix()
        for number in range(files)
    ]


def test_two_processes_on_halves_say_what_one_says_of_the_whole(tmp_path: Path) -> None:
    names = corpus(tmp_path, 60)
    whole, _ = started(tmp_path, "--no-cache", *names).communicate()
    assert whole
    for turn in range(ROUNDS):
        cache = f"--cache-dir=cache-{turn}"
        halves = [started(tmp_path, cache, *names[at::2]) for at in (0, 1)]
        said = [half.communicate() for half in halves]
        assert [errors for _, errors in said] == ["", ""]
        lines = sorted(line for found, _ in said for line in found.splitlines())
        assert lines == sorted(whole.splitlines())


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_after_a_kill_the_output_is_that_of_a_cold_run(tmp_path: Path) -> None:
    names = corpus(tmp_path, 300)
    whole, _ = started(tmp_path, "--no-cache", *names).communicate()
    dice = random.Random(1)
    for _ in range(ROUNDS):
        process = started(tmp_path, *names)
        time.sleep(dice.uniform(0.1, 0.6))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert started(tmp_path, *names).communicate() == (whole, "")


def test_clean_removes_the_cache_but_follows_no_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    corpus(tmp_path, 2)
    output()
    cache = tmp_path / ".seedlint_cache"
    assert cache.is_dir()
    result = CliRunner().invoke(cli, ["clean"])
    assert (result.exit_code, result.output) == (0, f"removed {cache}\n")
    assert not cache.exists()
    result = CliRunner().invoke(cli, ["clean"])
    assert (result.exit_code, result.output) == (0, f"nothing to remove in {cache}\n")
    cache.symlink_to(tmp_path / "seeds")
    result = CliRunner().invoke(cli, ["clean"])
    assert result.exit_code == 2
    assert result.output.startswith(f"seedlint: the cache in {cache} cannot be removed: ")
    assert len(list((tmp_path / "seeds").iterdir())) == 2


def test_clean_says_what_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    corpus(tmp_path, 2)
    output()
    cache = tmp_path / ".seedlint_cache"
    ours = len(list(cache.iterdir()))
    (cache / "notes").write_text("mine")
    said = [CliRunner().invoke(cli, ["clean"]).output for _ in range(2)]
    assert said == [
        f"removed {ours} files of the cache from {cache}; the folder, and what else is in it, "
        "stays\n",
        f"nothing to remove in {cache}\n",
    ]
    assert [path.name for path in cache.iterdir()] == ["notes"]
    (cache / "notes").unlink()
    assert CliRunner().invoke(cli, ["clean"]).output == f"removed {cache}\n"
    assert not cache.exists()


def test_a_crash_over_a_place_elsewhere_is_one_and_what_was_found_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(self: object, elsewhere: object) -> object:
        raise ZeroDivisionError("division by zero")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Elsewheres, "place", crash)
    for number in range(2):
        written(tmp_path, f"{number}.md", SEED)
    code, found = output("seeds/0.md", "--no-cache", "-q", "-o", "concise")
    assert code == 2
    assert found.splitlines() == [
        'seeds/0.md:2:1: error internal-error the rule "duplicate-entry" crashed: '
        "ZeroDivisionError: division by zero",
        "seeds/0.md:6:9: error duplicate-entry URL leads to the same page as that of another "
        "file, expected one file for a page",
    ]


@pytest.mark.parametrize("given", ["{link}/seeds/a.md", "{link}/seeds", "seeds/in.md"])
def test_by_way_of_a_link_a_file_is_still_itself(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (tmp_path / "link").symlink_to("real")
    written(real, "a.md", SEED)
    (real / "seeds" / "in.md").symlink_to("a.md")
    (real / "seedlint.toml").write_text(SETTINGS[0], encoding="utf-8")
    monkeypatch.chdir(real)
    assert output(given.format(link=tmp_path / "link"), "-q") == (0, "")


def test_naming_files_leaves_the_cache_warm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = corpus(tmp_path, 20)
    found = output("-o", "concise")
    looked_at: list[str] = []

    class Spy(Analyser):
        def outcomes(self, tasks: Sequence[Task]) -> list[Outcome]:
            found = super().outcomes(tasks)
            # What is this young is read again, but not looked at.
            looked_at.extend(each.name for each in found if not each.is_unchanged)
            return found

    def read_settled(checks: Sequence[Check]) -> list[Check]:
        assert {each.name for each in checks} <= {*bare, *unsettled}
        return read_all(checks)

    monkeypatch.setattr(means, "Analyser", Spy)
    monkeypatch.setattr(secondlook, "read_all", read_settled)
    texts = {name: (tmp_path / name).read_text("utf-8") for name in names}
    bare = [name for name in names if texts[name].startswith(NOTHING)]
    # What is said of the future is said of today.
    unsettled = [name for name in names if "2031-" in texts[name]]
    assert min(len(bare), len(unsettled)) > 1
    named = output(*names, "-o", "concise")
    # Only of what has no front matter more is said when it is named.
    assert looked_at == sorted(bare + unsettled)
    added = set(named[1].splitlines()) - set(found[1].splitlines())
    assert [line.partition(":")[0] for line in sorted(added) if ".md" in line] == bare
    looked_at.clear()
    assert output("-o", "concise") == found
    assert looked_at == sorted(bare + unsettled)
