"""Write what is generated from the code: ``python -m scripts docs [--check]``.

``docs/rules`` comes from the docstrings and fixtures of rules, ``schemas/config.schema.json``
from what the settings may hold. With ``--check`` nothing is written; what is stale is named.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from seedlint.configschema import config_schema_text
from seedlint.rule import all_rules
from seedlint.ruledocs import default_state, fix_safety, markdown, summary, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.rule import Rule

ROOT = Path(__file__).parent.parent

_INDEX = """\
# Rules

Generated from the code by `python -m scripts docs`; `seedlint rule` shows the same in the
terminal. Severity: `error` means that the file breaks its contract, `warning` that the data is
probably wrong, `info` that it could be better. A `safe` fix is applied by `--fix`, an `unsafe`
one by `--unsafe-fixes`.

| rule | severity | default | fix | what it finds |
|---|---|---|---|---|
"""


def generated(root: Path = ROOT) -> dict[Path, str]:
    """Every generated file with what belongs in it."""
    folder = root / "docs" / "rules"
    rules = all_rules()
    files = {folder / f"{name}.md": _page(rule, root) for name, rule in rules.items()}
    files[folder / "README.md"] = _INDEX + "".join(map(_row, rules.values()))
    files[root / "schemas" / "config.schema.json"] = config_schema_text()
    return files


def stale(root: Path = ROOT) -> list[Path]:
    """The files that are not as generated: missing, different, or of a rule that is gone."""
    files = generated(root)
    differing = [path for path, text in files.items() if _read(path) != text]
    left_over = set((root / "docs" / "rules").glob("*.md")) - set(files)
    return sorted({*differing, *left_over})


def write(root: Path = ROOT) -> list[Path]:
    """Bring every stale file up to date; which ones those were."""
    files = generated(root)
    changed = stale(root)
    for path in changed:
        if path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path], encoding="utf-8", newline="\n")
        else:
            path.unlink()
    return changed


def _page(rule: type[Rule], root: Path) -> str:
    fixture = root / "tests" / "rules" / f"{rule.name.replace('-', '_')}.md"
    return markdown(rule, _read(fixture))


def _row(rule: type[Rule]) -> str:
    link = f"[`{title(rule)}`]({rule.name}.md)"
    cells = (link, rule.severity, default_state(rule), fix_safety(rule))
    return f"| {' | '.join(cells)} | {summary(rule)} |\n"


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Write, or with ``--check`` only compare; 1 if something is stale then."""
    parser = argparse.ArgumentParser(prog="python -m scripts docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, name what is stale")
    check = parser.parse_args(arguments).check
    for path in (changed := stale() if check else write()):
        what = "stale, run `python -m scripts docs`" if check else "written"
        sys.stdout.write(f"{path.relative_to(ROOT).as_posix()}: {what}\n")
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
