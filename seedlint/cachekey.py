"""What a cache is for: nothing learnt under other circumstances may be used."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from seedlint import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seedlint.settings import Settings


def cache_key(settings: Settings, schemas: Iterable[Path]) -> str:
    """A digest of all that findings depend on besides a file's content and the clock.

    ``schemas`` are the files of all contracts.
    """
    digest = blake2b(digest_size=16)
    for part in _parts(settings, schemas):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def _parts(settings: Settings, schemas: Iterable[Path]) -> Iterator[str]:
    yield __version__
    yield sys.version
    yield from _own_code()
    if settings.plugins:
        from seedlint.plugins import fingerprint

        yield fingerprint()
    yield repr(replace(settings, origins={}, baseline=None))
    registry = () if settings.providers is None else (settings.providers,)
    for path in (*schemas, *registry):
        yield f"{path} {blake2b(path.read_bytes()).hexdigest()}"


def _own_code() -> Iterator[str]:
    """When each of seedlint's own files was changed: a checkout has no version of its own."""
    package = Path(__file__).parent
    for folder in (package, package / "rules", package / "schemas", package.parent / "schemas"):
        if folder.is_dir():
            with os.scandir(folder) as entries:
                files = sorted(
                    (entry.name, entry.stat().st_mtime_ns) for entry in entries if entry.is_file()
                )
            yield repr(files)
