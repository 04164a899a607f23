"""Draw ``docs/check.svg``, what a terminal shows of a check: ``python -m scripts picture``.

The picture names no font to be fetched from anywhere.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "check.svg"
ARGUMENTS = ("check", "seeds/002_746f468819f5d76b.txt")
_WIDTH = 100
_FONT_FACES = re.compile(r"\n\s*@font-face \{\{.*?\}\}", re.DOTALL)


def output() -> str:
    """What the command prints, with colours."""
    done = subprocess.run(
        (sys.executable, "-m", "seedlint", *ARGUMENTS, "--no-cache", "--color", "always"),
        cwd=ROOT,
        env={**os.environ, "COLUMNS": str(_WIDTH), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def draw(printed: str) -> str:
    """The picture of a terminal."""
    from rich._export_format import CONSOLE_SVG_FORMAT
    from rich.console import Console
    from rich.text import Text

    shown = Text.from_ansi(f"$ seedlint {' '.join(ARGUMENTS)}\n{printed}".rstrip())
    width = max(map(len, shown.plain.splitlines()))
    console = Console(record=True, width=width, file=StringIO(), force_terminal=True)
    console.print(shown)
    code_format = _FONT_FACES.sub("", CONSOLE_SVG_FORMAT)
    return console.export_svg(title="seedlint", code_format=code_format, unique_id="seedlint")


def main() -> int:
    """Write the picture."""
    PICTURE.write_text(draw(output()), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
