"""The facts of one file as text: a line for each rule, so that each can be read by itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seedlint.rule import Json

# json.dumps makes an encoder for every call that has options.
_encoded = json.JSONEncoder(separators=(",", ":")).encode


def write(facts: Mapping[str, Json]) -> str:
    """The text of facts by rule."""
    return "".join(f"\n{rule} {_encoded(of_rule)}" for rule, of_rule in facts.items())


def read(text: str, rule: str) -> Json:
    """The facts for one rule; ``None`` if there are none, or the text is damaged."""
    mark = f"\n{rule} "
    start = text.find(mark)
    if start < 0:
        return None
    start += len(mark)
    end = text.find("\n", start)
    try:
        facts: Json = json.loads(text[start : end if end >= 0 else len(text)])
    except (ValueError, RecursionError):
        return None
    return facts
