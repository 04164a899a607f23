"""Ask a person about fixes, one by one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

from seedlint.fixchoice import edited
from seedlint.paint import painter
from seedlint.report._diff import shown_diff
from seedlint.report._frame import shown
from seedlint.terminal import terminal_width, use_color
from seedlint.unifieddiff import unified_diff
from seedlint.visible import visible

if TYPE_CHECKING:
    from seedlint.diagnostic import Applicability, Diagnostic
    from seedlint.terminal import ColorChoice

_KEYS = "y,n,a,d,q,?"


def interview_at_terminal(color: ColorChoice) -> Interview | None:
    """An interview on the terminal; ``None`` if there is none to ask or to be answered at."""
    outs = [stream for stream in (sys.stdout, sys.stderr) if stream.isatty()]
    if sys.stdin is None or not sys.stdin.isatty() or not outs:
        return None
    colored, width = use_color(color, outs[0]), terminal_width(outs[0])
    return Interview(sys.stdin, outs[0], color=colored, width=width)


class Interview:
    """Shows each fix with its diagnostic and its diff, asks, and remembers what was said.

    ``answers`` has a line for each question; its end means that the person is gone.
    """

    def __init__(self, answers: TextIO, out: TextIO, *, color: bool, width: int) -> None:
        self._answers = answers
        self._out = out
        self._color = color
        self._width = width
        self._decided: dict[tuple[str, Applicability], bool] = {}
        self._over = False

    def wants(self, diagnostic: Diagnostic, text: str) -> bool:
        """Whether a fix is to be applied; ``text`` is what its edits refer to."""
        fix = diagnostic.fix
        if fix is None or self._over:
            return False
        kind = (diagnostic.rule, fix.applicability)
        if kind not in self._decided:
            self._out.write(shown(diagnostic, color=self._color, width=self._width))
            after = edited(text, fix.edits)
            diff = unified_diff(text.encode(), after.encode(), diagnostic.place.file)
            hunks = diff[max(diff.find(b"@@ "), 0) :]  # the file has been named above
            self._out.write(shown_diff(hunks, color=self._color) + "\n")
            return self._ask(*kind)
        return self._decided[kind]

    def _ask(self, rule: str, applicability: Applicability) -> bool:
        question = painter(self._color)("strong", f"Apply this {applicability} fix? [{_KEYS}]")
        while True:
            self._out.write(f"{question} ")
            self._out.flush()
            line = self._answers.readline()
            answer = line.strip().lower() if line else "q"
            if answer in ("a", "d"):
                self._decided[rule, applicability] = answer == "a"
            self._over = answer == "q"
            if answer in ("y", "n", "a", "d", "q"):
                # The terminal has shown the line end that was typed, but none at the end of input.
                self._out.write("\n" if line else "\n\n")
                return answer in ("y", "a")
            self._out.write(_help(visible(rule), applicability))


def _help(rule: str, applicability: Applicability) -> str:
    others = f"all other {applicability} fixes of {rule}"
    return (
        "y  apply this fix\n"
        "n  leave it\n"
        f"a  apply this and {others}\n"
        f"d  leave this and {others}\n"
        "q  leave this and everything that follows\n"
    )
