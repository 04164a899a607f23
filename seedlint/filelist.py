"""Lists of file names: a file, or standard input, with a name on each line or NUL after each."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from seedlint.trouble import Trouble
from seedlint.wording import quote

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_list(source: str, *, nul: bool) -> tuple[str, ...]:
    """The names in a list; ``-`` is standard input. Raises :class:`Trouble`."""
    where = "standard input" if source == "-" else quote(source)
    try:
        raw = _raw(source)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise Trouble(f"cannot read the list of files in {where}: {reason}") from error
    if nul:
        names = raw.split(b"\0")
    elif b"\0" in raw:
        raise Trouble(f"the list of files in {where} has NUL bytes: say --null if they end names")
    else:
        lines = raw.removeprefix(_BYTE_ORDER_MARK).split(b"\n")
        names = [line.removesuffix(b"\r") for line in lines]
    # A file called "-" is not standard input, which a list cannot mean.
    return tuple("./-" if name == b"-" else os.fsdecode(name) for name in names if name)


def _raw(source: str) -> bytes:
    if source != "-":
        return Path(source).read_bytes()
    if sys.stdin is None:
        raise ValueError("it is closed")
    return sys.stdin.buffer.read()
