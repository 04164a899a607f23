"""A hostile set: files and schemas that crash, stall or mislead tools of this kind.

They are written down as what makes them, not as megabytes; each with what seedlint must say
of it. ``python -m scripts hostile`` runs each in a process of its own and writes the table in
``docs/security.md``; ``tests/test_hostile.py`` runs all of them in one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ANYTHING: dict[str, Any] = {}
"""A contract that every document keeps."""


class Case(NamedTuple):
    """One hostile input.

    ``expected`` is ``clean``, ``no front matter``, the first finding as ``rule line:column``,
    with ``+N`` for N more, or ``refused`` and what the message says after the file's name.
    ``schema`` is ``None`` for the seed contract, text if it is none of JSON's. ``part`` makes
    the text of ``part.yaml``, which it may refer to.
    """

    name: str
    make: Callable[[], str | bytes]
    expected: str
    schema: Any = ANYTHING
    suffix: str = ".md"
    settings: str = ""
    part: Callable[[], str] | None = None

    @property
    def content(self) -> bytes:
        """The content of the file."""
        made = self.make()
        return made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made

    def write(self, folder: Path) -> list[str]:
        """Write the file and its schema; the arguments for ``seedlint check`` there."""
        content = folder / "content"
        content.mkdir(parents=True)
        (content / f"{self.name}{self.suffix}").write_bytes(self.content)
        arguments = ["content"]
        if self.schema is not None:
            schema = self.schema() if callable(self.schema) else self.schema
            text = schema if isinstance(schema, str) else json.dumps(schema)
            (folder / "schema.json").write_text(text, encoding="utf-8")
            arguments += ["--schema", "schema.json"]
        if self.part is not None:
            (folder / "part.yaml").write_text(self.part(), encoding="utf-8")
        if self.settings:
            (folder / "seedlint.toml").write_text(self.settings, encoding="utf-8")
            arguments += ["--config", "seedlint.toml"]
        return arguments


def outcome(exit_code: int, output: str, errors: str) -> str:
    """What a run with ``--output-format json`` came to, in the words of ``Case.expected``."""
    if exit_code not in (0, 1, 2) or "Traceback" in errors:
        return f"crashed: exit code {exit_code}"
    if exit_code == 2 and not output:
        return f"refused {' '.join(errors.split()).removeprefix('seedlint: schema.json')[:200]}"
    report = json.loads(output)
    found = report["diagnostics"]
    if not found:
        return "clean" if report["summary"]["files"] else "no front matter"
    first = f"{found[0]['rule']} {found[0]['line']}:{found[0]['column']}"
    return first if len(found) == 1 else f"{first} +{len(found) - 1}"


def matches(case: Case, found: str) -> bool:
    """Whether a case came out as expected; a refusal may say more."""
    if case.expected.startswith("refused"):
        return found.startswith(case.expected)
    return found == case.expected


def all_cases() -> list[Case]:
    """The whole set."""
    from tests.hostile import reading, rules, schemas

    return [*reading.CASES, *rules.CASES, *schemas.CASES]
