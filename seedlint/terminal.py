"""What the terminal can do: colour and width."""

from __future__ import annotations

import os
import stat
from typing import Literal, TextIO, TypeAlias

ColorChoice: TypeAlias = Literal["auto", "always", "never"]

_WIDTH_ELSEWHERE = 100


def use_color(choice: ColorChoice, stream: TextIO, is_log: bool = False) -> bool:
    """Whether to write colour to the stream.

    A choice made on the command line wins; then NO_COLOR, FORCE_COLOR (each when not
    empty), a dumb terminal, and whether the stream is a terminal at all, or (``is_log``) what
    a CI job writes to its log, which knows colour.
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    if is_log and not _is_redirected(stream):
        return True
    return os.environ.get("TERM") != "dumb" and stream.isatty()


def _is_redirected(stream: TextIO) -> bool:
    """Whether a file takes what is written, rather than what reads the log."""
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except OSError:
        return True


def terminal_width(stream: TextIO) -> int:
    """The columns of the terminal behind the stream; COLUMNS, where set, decides."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns[:6]) > 0:
        return int(columns[:6])
    try:
        return os.get_terminal_size(stream.fileno()).columns or _WIDTH_ELSEWHERE
    except OSError:  # no terminal, or (as io.UnsupportedOperation) no file behind the stream
        return _WIDTH_ELSEWHERE
