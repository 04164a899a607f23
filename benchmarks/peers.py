"""The linters seedlint is compared with, each in a virtual environment of its own."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Peer:
    """A linter installed by pip, and the options it is run with."""

    name: str
    options: tuple[str, ...]

    def executable(self, environments: Path) -> Path:
        """Where the program is, once installed."""
        return environments / self.name / "bin" / self.name

    def install(self, environments: Path) -> None:
        """Make an environment with this linter and what it needs, nothing else."""
        if self.executable(environments).exists():
            return
        folder = environments / self.name
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "--disable-pip-version-check", self.name], check=True)

    def version(self, environments: Path) -> str:
        """What the program says of itself."""
        command = [str(self.executable(environments)), "--version"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return done.stdout.strip()


def peers(schema: Path) -> tuple[Peer, ...]:
    """One peer checks the contract, the other YAML; none does both."""
    return (
        Peer("check-jsonschema", ("--schemafile", str(schema))),
        Peer("yamllint", ("-d", "relaxed")),
    )


def extract_blocks(seeds: Path, out: Path) -> None:
    """Write the front matter of every seed as YAML: the peers cannot read front matter."""
    out.mkdir()
    for path in sorted(seeds.iterdir()):
        text = path.read_text(encoding="utf-8")
        block = text.split("---\n", 2)[1]
        (out / f"{path.stem}.yaml").write_text(block, encoding="utf-8")
