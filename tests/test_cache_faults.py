"""Whatever the cache holds, a run says what it says without one.

Small here; ``SEEDLINT_FAULTS=200`` damages each file of the cache in 200 ways.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from seedlint import cachekey
from seedlint.check import Check
from seedlint.cli import cli
from tests.replacing import NOBODY, needs_root
from tests.test_corpus_run import BLOCKS, corpus, started, written

if sys.platform == "win32":
    pytest.skip("about what POSIX has", allow_module_level=True)

DAMAGES = int(os.environ.get("SEEDLINT_FAULTS", "12"))
LOST = ("seedlint: the cache ", "seedlint: going on without the cache ")


def said(*options: str, now: str = "2026-01-01") -> tuple[int, str]:
    """The exit code and what is reported; what is said of the cache itself is left out."""
    arguments = ["check", f"--now={now}T00:00:00Z", "-q", "-o", "concise", *options]
    result = CliRunner().invoke(cli, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert all(line.startswith(LOST) for line in result.stderr.splitlines())
    return result.exit_code, result.stdout


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache of a corpus that was checked once."""
    monkeypatch.chdir(tmp_path)
    corpus(tmp_path, 30)
    assert said() == said("--no-cache")
    return tmp_path / ".seedlint_cache"


@pytest.fixture
def expected(cache: Path) -> tuple[int, str]:
    """What is said without a cache: something is."""
    found = said("--no-cache")
    assert found[0] == 1
    assert len(found[1].splitlines()) > 30
    return found


def files(cache: Path) -> list[Path]:
    return sorted(path for path in cache.iterdir() if path.is_file())


def copies(cache: Path) -> Iterator[tuple[Path, bytes]]:
    """Each file of a cache, once the cache is as it was again."""
    kept = cache.with_name("kept")
    shutil.copytree(cache, kept)
    for path in files(cache):
        for _ in range(DAMAGES):
            shutil.rmtree(cache)
            shutil.copytree(kept, cache)
            yield path, path.read_bytes()


def test_there_is_an_index_and_it_is_used(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = []
    load = Check.load

    def recorded(check: Check) -> None:
        loaded.append(check.file)
        load(check)

    monkeypatch.setattr(Check, "load", recorded)
    assert said()[0] == 1
    # What lies in the future is looked at again, and what points at other files.
    assert len(set(loaded)) < 10


@pytest.mark.parametrize("how", ["truncated", "flipped", "overwritten", "zeroed", "grown"])
def test_damaged(cache: Path, expected: tuple[int, str], how: str) -> None:
    dice = random.Random(how)
    for path, raw in copies(cache):
        at = dice.randrange(len(raw) + 1)
        bit = bytes([raw[at] ^ 1 << dice.randrange(8)]) if at < len(raw) else b"x"
        damaged = {
            "truncated": raw[:at],
            "flipped": raw[:at] + bit + raw[at + 1 :],
            "overwritten": raw[:at] + dice.randbytes(100) + raw[at + 100 :],
            "zeroed": raw[:at] + bytes(len(raw) - at),
            "grown": raw + raw[at:],
        }[how]
        path.write_bytes(damaged)
        assert said() == expected
        assert said() == expected


def test_from_the_future(cache: Path, expected: tuple[int, str]) -> None:
    future = time.time() + 10 * 365 * 24 * 3600
    for path in (*files(cache), cache):
        os.utime(path, (future, future))
    assert said() == expected
    for path in Path("seeds").iterdir():
        os.utime(path, (future, future))
    assert said() == expected
    written(Path.cwd(), "000.md", "no: front matter\nat: [all\n")
    assert said() == said("--no-cache")


@pytest.mark.parametrize("spot", ["folder", "file"])
def test_a_link_to_elsewhere(cache: Path, expected: tuple[int, str], spot: str) -> None:
    elsewhere = cache.with_name("elsewhere")
    shutil.copytree(cache, elsewhere)
    before = {path.name: path.read_bytes() for path in elsewhere.iterdir()}
    if spot == "folder":
        shutil.rmtree(cache)
        cache.symlink_to(elsewhere)
    else:
        for path in files(cache):
            path.unlink()
            path.symlink_to(elsewhere / path.name)
    written(Path.cwd(), "new.md", BLOCKS[1])
    assert said() == said("--no-cache")
    assert said() == said("--no-cache")
    assert {path.name: path.read_bytes() for path in elsewhere.iterdir()} == before


@needs_root
@pytest.mark.parametrize("mode", [0o644, 0o600, 0o000, 0o444])
def test_owned_by_somebody_else(cache: Path, expected: tuple[int, str], mode: int) -> None:
    for path in (*files(cache), cache):
        os.chown(path, NOBODY, NOBODY)
        if path != cache:
            path.chmod(mode)
    assert said() == expected
    written(Path.cwd(), "new.md", BLOCKS[1])
    assert said() == said("--no-cache")


def test_two_versions_share_a_folder(
    cache: Path, expected: tuple[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither believes the other, and each keeps what it knows."""
    dice = random.Random(7)
    for _ in range(6):
        monkeypatch.setattr(cachekey, "__version__", dice.choice(["0.0.1", "9.9.9"]))
        written(Path.cwd(), f"{dice.randrange(30):03}.md", dice.choice(BLOCKS))
        assert said() == said("--no-cache")
    keys = {path.name.split("-")[1] for path in cache.glob("index-*")}
    assert len(keys) == 3


def test_two_versions_at_once(tmp_path: Path) -> None:
    corpus(tmp_path, 60)
    version = tmp_path / "other" / "sitecustomize.py"
    version.parent.mkdir()
    version.write_text("import seedlint\nseedlint.__version__ = '9.9.9'\n", encoding="utf-8")
    whole, _ = started(tmp_path, "--no-cache").communicate()
    for _ in range(3):
        runs = []
        for path in ("", str(version.parent)):
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("PYTHONPATH", path, prepend=os.pathsep)
                runs.append(started(tmp_path))
        assert [run.communicate() for run in runs] == [(whole, ""), (whole, "")]
    keys = {path.name.split("-")[1] for path in (tmp_path / ".seedlint_cache").glob("index-*")}
    assert len(keys) == 2


@pytest.mark.parametrize("clock", [time.time, time.time_ns])
def test_the_clock_set_back(
    cache: Path,
    expected: tuple[int, str],
    clock: Callable[[], float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By a year, by an hour, and forth again; files are written in between."""
    seconds = 1 if clock is time.time else 10**9
    dice = random.Random(3)
    for back in (365 * 24 * 3600, 3600, -3600, 0):
        monkeypatch.setattr(time, clock.__name__, lambda back=back: clock() - back * seconds)
        written(Path.cwd(), f"{dice.randrange(30):03}.md", dice.choice(BLOCKS))
        assert said() == said("--no-cache")


@pytest.mark.parametrize("days", [("2026-01-01", "2019-01-01"), ("2019-01-01", "2040-01-01")])
def test_another_day(cache: Path, days: tuple[str, str]) -> None:
    """What is in the future depends on the clock, which a run may be given."""
    assert said(now=days[0]) != said(now=days[1])
    for day in (*days, *days):
        assert said(now=day) == said("--no-cache", now=day)
