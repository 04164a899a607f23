"""Reports in files, each written whole or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from seedlint.trouble import Trouble
from seedlint.wording import escape
from seedlint.writing import WriteRefused, new_file_beside, new_mode, target_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ERRORS = "backslashreplace"  # as standard output does with what its encoding cannot say


def refuse_unwritable(files: Sequence[str]) -> None:
    """Raise for what cannot be written, before there is anything to write.

    :class:`click.UsageError` for a file named twice, :class:`Trouble` for the rest.
    """
    seen: set[str] = set()
    for file in files:
        real = os.path.realpath(file)
        if real in seen:
            raise click.UsageError(f"{escape(file)} is named for two reports")
        seen.add(real)
        problem = _problem(file)
        if problem:
            raise Trouble(f"cannot write {file}: {problem}")


def refuse_sources(files: Sequence[str], sources: Iterable[Path]) -> None:
    """Raise :class:`Trouble` for a file that a run goes by, such as its settings."""
    paths = [os.fspath(path) for path in sources]
    for file in files:
        if _is_one_of(file, paths):
            raise Trouble(
                f"cannot write {file}: it is what this run goes by "
                "(settings, a schema, a registry or a baseline), name another file"
            )


@contextmanager
def report_file(file: str, checked: Sequence[str]) -> Iterator[TextIO]:
    """A stream that becomes the file if all goes well.

    It never takes the place of one of the ``checked`` files. Raises OSError.
    """
    if _is_one_of(file, checked):
        raise WriteRefused("it is one of the files that were checked")
    if _is_special(file):
        # A pipe or a device has no name to take: what is written is gone.
        with open(file, "w", encoding="utf-8", errors=_ERRORS, newline="\n") as stream:  # noqa: PTH123
            yield stream
        return
    real = target_of(Path(file), Path.cwd())
    temporary, descriptor = new_file_beside(real)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors=_ERRORS, newline="\n") as stream:
            yield stream
        temporary.chmod(_mode(real))
        temporary.replace(real)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _problem(file: str) -> str:
    """What keeps a file from being written; nothing if nothing does."""
    if _is_special(file):
        return ""
    try:
        real = target_of(Path(file), Path.cwd())
    except WriteRefused:
        return "a link leads elsewhere from here, name the file that is meant"
    if file.endswith("/") or real.is_dir():
        return "it is a folder"
    if not real.parent.is_dir():
        return f"there is no folder {os.path.dirname(file) or '.'}"  # noqa: PTH120
    if real.exists() and not (real.stat().st_mode & 0o222 and os.access(real, os.W_OK)):
        return "it is read-only"
    if not os.access(real.parent, os.W_OK | os.X_OK):
        return "its folder is read-only"
    return ""


def _is_one_of(file: str, checked: Sequence[str]) -> bool:
    real = os.path.realpath(file)
    name = os.path.basename(real)  # noqa: PTH119
    return any(path.endswith(name) and os.path.realpath(path) == real for path in checked)


def _is_special(file: str) -> bool:
    try:
        mode = os.stat(file).st_mode  # noqa: PTH116
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _mode(real: Path) -> int:
    """The mode the file has, or that a new one gets."""
    try:
        return stat.S_IMODE(real.stat().st_mode)
    except FileNotFoundError:
        return new_mode()
