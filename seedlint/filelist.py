"""Lists of file names: a file, or standard input, with a name on each line or NUL after each."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from seedlint.frontmatter import mark_of
from seedlint.trouble import Trouble
from seedlint.wording import quote


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
        lines = raw.removeprefix(mark_of(raw)).split(b"\n")
        names = [line.removesuffix(b"\r") for line in lines]
        quoted = next(filter(_is_quoted, names), None)
        if quoted is not None:
            raise Trouble(
                f"the list of files in {where} has a name as git quotes it, {os.fsdecode(quoted)}: "
                "have git end names with NUL, by -z, and say --null"
            )
    # A file called "-" is not standard input, which a list cannot mean.
    return tuple("./-" if name == b"-" else os.fsdecode(name) for name in names if name)


def _is_quoted(name: bytes) -> bool:
    """Whether git has put a name in quotes, for what is in it; nothing else is called so."""
    is_quoted = len(name) > 2 and name[:1] == name[-1:] == b'"' and b"\\" in name
    return is_quoted and not os.path.lexists(name)


def _raw(source: str) -> bytes:
    if source != "-":
        return Path(source).read_bytes()
    if sys.stdin is None:
        raise ValueError("it is closed")
    return sys.stdin.buffer.read()
