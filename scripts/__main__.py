"""``python -m scripts VERB``: check, test, docs, picture, bench, fuzz, hostile, new-rule.

Arguments after the verb go to the last of its commands.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parent.parent

# Python modules, so that all run in the environment this runs in.
VERBS: Mapping[str, Sequence[Sequence[str]]] = {
    "check": (
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("scripts.docs", "--check"),
    ),
    "test": (("pytest",),),
    "docs": (("scripts.docs",),),
    "picture": (("scripts.picture",),),
    "bench": (("benchmarks",),),
    "fuzz": (("fuzz",),),
    "hostile": (("scripts.hostile",),),
    "new-rule": (("scripts.new_rule",),),
}


def main(arguments: Sequence[str]) -> int:
    """Run all commands of a verb, whatever the earlier ones say; the worst exit code."""
    if not arguments or arguments[0] not in VERBS:
        sys.stderr.write(f"usage: python -m scripts {{{','.join(VERBS)}}} [ARGUMENTS]\n")
        return 2
    *commands, last = VERBS[arguments[0]]
    codes = [_run(command) for command in (*commands, (*last, *arguments[1:]))]
    return max(map(abs, codes))


def _run(command: Sequence[str]) -> int:
    return subprocess.run((sys.executable, "-m", *command), cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
