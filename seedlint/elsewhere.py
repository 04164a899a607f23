"""Places in other files than the one that is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.check import Check, read_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from seedlint.check import Input
    from seedlint.diagnostic import Elsewhere, Place

_MOST_OPEN = 64


class Elsewheres:
    """Finds places in other files; ``read`` gives a file's content by its name.

    The files looked at last are kept: neighbouring problems often point at the same ones.
    """

    def __init__(self, read: Callable[[str], Input | None]) -> None:
        self._read = read
        self._open: dict[str, Check | None] = {}

    def place(self, elsewhere: Elsewhere) -> Place | None:
        """Where it is; ``None`` if the file or what is meant in it is gone."""
        check = self._check(elsewhere.file)
        if check is None:
            return None
        route = elsewhere.find(check.document)
        return None if route is None else check.place(route, message=elsewhere.message)

    def _check(self, name: str) -> Check | None:
        if name not in self._open:
            if len(self._open) >= _MOST_OPEN:
                self.forget([next(iter(self._open))])
            given = self._read(name)
            readable = read_all([Check(given)]) if given is not None else []
            self._open[name] = readable[0] if readable else None
        return self._open[name]

    def forget(self, names: Iterable[str]) -> None:
        """Let go of files, which may have changed."""
        for name in names:
            check = self._open.pop(name, None)
            if check is not None:
                check.document.release()
