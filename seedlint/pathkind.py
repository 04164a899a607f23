"""What there is at a path somebody wrote, and what was meant where there is nothing."""

from __future__ import annotations

import os
import stat
from itertools import islice
from pathlib import Path

from seedlint.wording import quote

_MOST_NEIGHBOURS = 10_000


def kind_of(path: str) -> str | None:
    """``file`` or ``folder``, ``None`` if there is neither."""
    try:
        mode = Path(path).stat().st_mode if path else None
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    except OSError:
        return "file"  # the reader says why it cannot be opened
    if mode is None:
        return None
    return "folder" if stat.S_ISDIR(mode) else "file"


def is_file(path: Path) -> bool:
    """Whether there is such a file, as far as we may know."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def suggestion(given: str, base: Path) -> str:
    """What to add to the message, from what lies beside the first part that is missing."""
    parts = Path(given).parts
    for index, part in enumerate(parts):
        folder = base.joinpath(*parts[:index])
        if kind_of(str(folder / part)) is None:
            break
    else:
        return ""
    try:
        if (folder / part).is_symlink():
            return "; it is a link that leads nowhere"
        with os.scandir(folder) as entries:
            names = [entry.name for entry in islice(entries, _MOST_NEIGHBOURS)]
    except (OSError, ValueError):
        return ""
    from difflib import get_close_matches

    for close in get_close_matches(part, names, 1):
        whole = Path(*parts[:index], close, *parts[index + 1 :])
        best = whole if kind_of(str(base / whole)) else Path(*parts[:index], close)
        return f"; did you mean {quote(best.as_posix())}?"
    return ""
