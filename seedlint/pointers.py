"""Patterns over JSON pointers: ``/related/*/provider``, ``/**/images``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def matches_pointer(patterns: Sequence[str], pointer: str) -> bool:
    """Whether a pointer, or one it lies below, matches one of the patterns.

    ``*`` stands for one step, ``**`` for any number of steps.
    """
    return any(_compiled(pattern).match(pointer) is not None for pattern in patterns)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    steps = {"**": "(?:/[^/]+)*", "*": "/[^/]+"}
    parts = [steps.get(step, "/" + re.escape(step)) for step in pattern.strip("/").split("/")]
    return re.compile("".join(parts) + r"(?:/|\Z)") if pattern.strip("/") else re.compile("")
