"""Contracts that files name for themselves, in a key of their front matter.

Content comes from anybody, so it only chooses: the settings list the schemas it may name.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seedlint.reading import Obstacle, Unreadable
from seedlint.wording import did_you_mean, names, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from seedlint.locate import Tree
    from seedlint.profile import Profile

KEY = "$schema"
"""The key; no contract sees it where files may name theirs."""


class OwnContracts:
    """The schemas that files may name. ``profile`` makes the profile of one."""

    def __init__(
        self, root: Path, schemas: Sequence[Path], profile: Callable[[Path], Profile]
    ) -> None:
        self._root = root
        self._schemas = {os.path.realpath(path): path for path in schemas}
        self._profile = profile

    def chosen_by(self, data: Any, file: str, locate: Callable[[], Tree | None]) -> Profile | None:
        """The profile for the contract that a file names; ``None`` if it names none.

        A name is a path as seen from the file, or from the settings. Raises
        :class:`seedlint.reading.Unreadable` for any other, with offsets into the block.
        """
        if not isinstance(data, dict) or KEY not in data:
            return None
        schema = self._found(data[KEY], file)
        if schema is not None:
            return self._profile(schema)
        tree = locate()
        bounds = tree.bounds((KEY,), "value") if tree is not None else None
        raise Unreadable(Obstacle("front-matter", self._refusal(data[KEY]), *(bounds or (0, 0))))

    def _found(self, named: Any, file: str) -> Path | None:
        if not isinstance(named, str) or "\0" in named:
            return None
        # A slash at the beginning means the root of the project, as in a link.
        folders = [self._root] if named.startswith("/") else [Path(file).parent, self._root]
        paths = (os.path.realpath(folder / named.lstrip("/")) for folder in folders)
        return next((self._schemas[path] for path in paths if path in self._schemas), None)

    def _refusal(self, named: Any) -> str:
        known = [os.path.relpath(path, self._root) for path in self._schemas.values()]
        expected = names([quote(each) for each in known])
        is_close = isinstance(named, str) and len(known) > 1
        meant = did_you_mean(named, known) if is_close else ""
        return f"{quote(named)} is no schema that files may name, expected {expected}{meant}"
