"""What a gate forbids the repository it checks: settings, a cache, ignores."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import SEED, fenced
from tests.test_cli import run

IGNORED = "# seedlint: ignore-file[schema-additional-properties]\n"
FOUND = 'bad.md:12:1: error schema-additional-properties unknown key "publishd"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "repository").mkdir()
    text = fenced(f"{IGNORED}{SEED}publishd: true\n")
    (tmp_path / "repository" / "bad.md").write_text(text, encoding="utf-8")
    return tmp_path / "repository"


def check(folder: Path, *options: str) -> tuple[int, str, str]:
    done = run("check", "-q", "--output-format=concise", *options, cwd=folder)
    return done.returncode, done.stdout, done.stderr


def test_without_inline_ignores_what_they_name_is_found(folder: Path) -> None:
    assert check(folder) == (0, "", "")
    code, out, _ = check(folder, "--no-inline")
    assert code == 1
    assert out.startswith(FOUND)
    assert check(folder) == (0, "", "")


def test_ignores_that_are_disregarded_are_counted(folder: Path) -> None:
    text = fenced(
        "# seedlint: ignore-file[schema-additional-properties, schema-type]\n"
        f"{SEED}publishd: true\nothr: 1  # seedlint: ignore[schema, text-whitespace]\n"
    )
    (folder / "more.md").write_text(text, encoding="utf-8")
    unread = "---\na: [  # seedlint: ignore[yaml-syntax]\n---\n"
    (folder / "unread.md").write_text(unread, encoding="utf-8")
    (folder / "good.md").write_text(fenced(f"# seedlint: ignore-file[schema]\n{SEED}"), "utf-8")

    def summary(*options: str) -> str:
        done = run("check", "--no-inline", "--select=schema", "-oconcise", *options, cwd=folder)
        return done.stderr.splitlines()[-2]

    assert summary() == "4 errors in 4 files (3 ignores disregarded)"
    assert summary() == "4 errors in 4 files (3 ignores disregarded)"  # from the cache
    assert summary("--jobs=2", "--no-cache") == "4 errors in 4 files (3 ignores disregarded)"
    done = run("check", "--no-inline", "--output-format=json", cwd=folder)
    assert json.loads(done.stdout)["summary"]["disregarded"] == 3
    done = run("check", "--output-format=json", cwd=folder)
    assert json.loads(done.stdout)["summary"]["disregarded"] == 0


def test_an_ignore_that_is_disregarded_is_not_unused(folder: Path) -> None:
    out = check(folder, "--no-inline")[1]
    assert "unused-ignore" not in out
    assert out.count("\n") == 1


def test_settings_of_the_repository_are_not_read(folder: Path) -> None:
    (folder / "seedlint.toml").write_text('ignore = ["schema"]\n', encoding="utf-8")
    assert check(folder, "--no-inline") == (0, "", "")
    assert check(folder, "--no-inline", "--no-local-config")[0] == 1
    (folder / "seedlint.toml").write_text("nonsense", encoding="utf-8")
    assert check(folder, "--no-local-config") == (0, "", "")


def test_settings_in_the_repository_cannot_be_named(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / "seedlint.toml").write_text('ignore = ["schema"]\n', encoding="utf-8")
    below = folder / "content"
    below.mkdir()
    for at, name in ((folder, "seedlint.toml"), (below, "../seedlint.toml")):
        assert check(at, "--no-local-config", f"--config={name}") == (
            2,
            "",
            f"seedlint: {name}: lies in the repository that is checked, from which "
            "--no-local-config takes nothing; name a file outside of it\n",
        )


def test_a_link_out_of_elsewhere_into_the_repository_is_no_way_round(folder: Path) -> None:
    (folder / "seedlint.toml").write_text('ignore = ["schema"]\n', encoding="utf-8")
    link = folder.parent / "outside.toml"
    link.symlink_to(folder / "seedlint.toml")
    assert check(folder, "--no-local-config", f"--config={link}")[0] == 2


def test_settings_from_outside_hold(folder: Path) -> None:
    outside = folder.parent / "gate.toml"
    outside.write_text('ignore = ["schema"]\n', encoding="utf-8")
    options = ("--no-local-config", "--no-inline", f"--config={outside}")
    assert check(folder, *options) == (0, "", "")


def test_a_baseline_of_the_repository_has_no_say(folder: Path) -> None:
    assert run("baseline", "--isolated", cwd=folder).returncode == 0
    gate = ("--no-local-config", "--no-inline")
    assert check(folder, "--no-inline")[0] == 1
    text = (folder / "bad.md").read_text(encoding="utf-8").replace(IGNORED, "")
    (folder / "bad.md").write_text(text, encoding="utf-8")
    assert run("baseline", "--isolated", cwd=folder).returncode == 0
    assert check(folder) == (0, "", "")
    assert check(folder, *gate)[0] == 1
    baseline = folder / ".seedlint-baseline.json"
    assert check(folder, *gate, f"--baseline={baseline}")[0] == 2
    outside = folder.parent / "baseline.json"
    outside.write_bytes(baseline.read_bytes())
    assert check(folder, *gate, f"--baseline={outside}") == (0, "", "")


def test_ignores_are_not_added_where_they_have_no_effect(folder: Path) -> None:
    assert check(folder, "--no-inline", "--add-ignore=schema")[0] == 2


def test_the_repository_has_no_cache_then(folder: Path) -> None:
    cache = folder / ".seedlint_cache"
    check(folder, "--no-local-config")
    assert not cache.exists()
    check(folder, "--no-local-config", f"--cache-dir={folder.parent / 'cache'}")
    assert not cache.exists()
    assert (folder.parent / "cache").is_dir()
    check(folder)
    assert cache.is_dir()


def test_settings_in_force_say_so(folder: Path) -> None:
    line = "# ignores in files have no effect: --no-inline"
    assert line in check(folder, "--show-settings", "--no-inline")[1].splitlines()
    assert line not in check(folder, "--show-settings")[1].splitlines()


def test_a_link_out_of_the_repository_is_not_read(folder: Path) -> None:
    (folder / ".git").mkdir()
    secret = folder.parent / "secret.md"
    secret.write_text("---\npassword: [1\n---\n", encoding="utf-8")
    (folder / "link.md").symlink_to(secret)
    (folder / "folder").symlink_to(folder.parent)
    assert "yaml-syntax" in check(folder, "link.md")[1]
    refused = "error front-matter the file cannot be read: it is a link that leads out of the"
    for name in ("link.md", "folder/secret.md"):
        code, out, _ = check(folder, "--no-local-config", name)
        assert code == 1
        assert out == f"{name}:1:1: {refused} repository\n"
    assert "yaml-syntax" in check(folder, "--no-local-config", str(secret))[1]
