"""The hooks offered to others, and our own, are valid and run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml_rs

from seedlint.files import SUFFIXES

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / ".pre-commit-config.yaml"
MANIFEST = ROOT / ".pre-commit-hooks.yaml"


def run(*command: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a module in this environment."""
    return subprocess.run(
        (sys.executable, "-m", *command), cwd=folder, capture_output=True, text=True, check=False
    )


def read(path: Path) -> Any:
    return yaml_rs.loads(path.read_text(encoding="utf-8"))


def offered() -> list[dict[str, Any]]:
    hooks = read(MANIFEST)
    assert [hook["id"] for hook in hooks] == ["seedlint", "seedlint-fix"]
    return [dict(hook) for hook in hooks]


def own(hook_id: str) -> dict[str, Any]:
    (repo,) = read(CONFIG)["repos"]
    (hook,) = (hook for hook in repo["hooks"] if hook["id"] == hook_id)
    assert isinstance(hook, dict)
    return hook


def seeds() -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "seeds").iterdir())]


@pytest.mark.parametrize(
    ("command", "file"), [("validate-config", CONFIG), ("validate-manifest", MANIFEST)]
)
def test_pre_commit_accepts_the_file(command: str, file: Path) -> None:
    done = run("pre_commit", command, str(file))
    assert done.returncode == 0, done.stdout + done.stderr


def test_our_hooks_need_nothing_from_elsewhere() -> None:
    (repo,) = read(CONFIG)["repos"]
    assert repo["repo"] == "local"
    assert {hook["language"] for hook in repo["hooks"]} == {"system"}
    assert [
        hook["entry"] for hook in repo["hooks"] if not hook["entry"].startswith("python -m ")
    ] == []


def test_our_hook_passes_on_our_seeds() -> None:
    hook = own("seedlint")
    assert [seed for seed in seeds() if not re.search(hook["files"], seed)] == []
    done = run(*shlex.split(hook["entry"])[2:], "--no-cache", *seeds())
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("hook", offered(), ids=lambda hook: hook["id"])
def test_the_offered_hooks_take_the_files_seedlint_reads(hook: dict[str, Any]) -> None:
    files = hook["files"]
    assert [suffix for suffix in SUFFIXES if not re.search(files, f"content/a{suffix}")] == []
    assert [name for name in ("a.py", "a.mdl", "html") if re.search(files, name)] == []
