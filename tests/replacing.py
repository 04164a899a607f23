"""Files to be replaced, and what is needed to look at them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from seedlint.writing import WriteRefused, replace_file

OLD, NEW = b"old text\r\n\xff", b"new text,\n longer\x00"
NOBODY = 65534
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root can give files away")


def make(path: Path, content: bytes = OLD) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def replace(path: Path, root: Path | None = None) -> Path:
    """Replace the old text by the new one in a file; the file that was written."""
    return replace_file(str(path), OLD, NEW, path.parent if root is None else root)


def refusal(path: Path, root: Path | None = None) -> str:
    """Why a file is not replaced."""
    with pytest.raises(WriteRefused) as caught:
        replace(path, root)
    return str(caught.value)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """A folder that everybody can reach, which those of pytest are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    try:
        yield folder
    finally:
        folder.chmod(0o777)
        shutil.rmtree(folder)


@contextmanager
def without_rights() -> Iterator[None]:
    """Not as root, who may do anything."""
    if not IS_ROOT:
        yield
        return
    groups, group = os.getgroups(), os.getegid()
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, group)
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(group, group, group)
        os.setgroups(groups)
