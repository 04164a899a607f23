"""A file's text, or a unified diff of it, for a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.paint import painter
from seedlint.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable

_STYLES = {"+": "added", "-": "removed", "@": "related"}


def shown_text(raw: bytes) -> str:
    """Text with nothing in it that a terminal would obey, but for line ends and tabs."""
    return "\n".join(map(_visible, raw.decode("utf-8", "backslashreplace").split("\n")))


def shown_diff(raw: bytes, *, color: bool) -> str:
    """A diff, as :func:`shown_text` has it, in colour if wanted."""
    paint = painter(color)
    lines = shown_text(raw).split("\n")
    hunks = next((at for at, line in enumerate(lines) if line.startswith("@@ ")), len(lines))
    return "\n".join(
        _painted(line, "strong" if at < hunks else _STYLES.get(line[:1], ""), paint)
        for at, line in enumerate(lines)
    )


def _painted(line: str, style: str, paint: Callable[[str, str], str]) -> str:
    return paint(style, line) if style else line


def _visible(line: str) -> str:
    # Of what is not printable only these do no harm where they stand.
    end = "\r" if line.endswith("\r") else ""
    return "\t".join(map(visible, line.removesuffix("\r").split("\t"))) + end
