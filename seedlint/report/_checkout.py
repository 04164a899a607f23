"""Files as programs look for them: from the root of the checkout."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedlint.diagnostic import Diagnostic, Place


def from_checkout(file: str) -> str:
    """A path relative to the checkout that CI made, where there is one and the file is in it.

    Paths are relative to the working directory, which a job may have changed.
    """
    checkout = os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR")
    if not checkout:
        return file
    path, root = _absolute(file), _absolute(checkout).rstrip("/") + "/"
    return path[len(root) :] if path.startswith(root) else file


def seen_from_checkout(diagnostic: Diagnostic) -> Diagnostic:
    """A diagnostic all of whose files, those of related places too, are named so."""
    related = tuple(map(_seen, diagnostic.related))
    return diagnostic._replace(place=_seen(diagnostic.place), related=related)


def _seen(place: Place) -> Place:
    return place._replace(file=from_checkout(place.file))


def uri(file: str) -> tuple[str, bool]:
    """The URI of a file, and whether it is relative to the checkout (or working directory).

    Only what lies outside is named by an absolute one.
    """
    from urllib.parse import quote

    path = from_checkout(file)
    if not os.path.isabs(path) and os.path.normpath(path).split(os.sep, 1)[0] != "..":  # noqa: PTH117
        return quote(_bytes(path), safe="/"), True
    return f"file:///{quote(_bytes(_absolute(path)).lstrip(b'/'), safe='/:')}", False


def as_text(file: str) -> str:
    """A path that any program can read: bytes that are no UTF-8 as escapes."""
    return _bytes(file).decode("utf-8", "backslashreplace")


def _bytes(file: str) -> bytes:
    """The name as the file system has it."""
    try:
        return file.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # as names on Windows can be
        return file.encode("utf-8", "surrogatepass")


def _absolute(path: str) -> str:
    return os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100
