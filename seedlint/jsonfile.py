"""JSON from strangers: read strictly, within bounds, and refused with its place."""

from __future__ import annotations

import json
from math import isfinite
from typing import TYPE_CHECKING, Any

from seedlint.limits import MOST_DIGITS
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seedlint.diagnostic import Route

_DEEPEST = 200


class BadJson(Exception):
    """A text that is not JSON, or not JSON to be worked with; ``route`` is where, if known."""

    def __init__(self, message: str, route: Route | None = None) -> None:
        super().__init__(message)
        self.route = route


def read_json(text: str) -> Any:
    """The value of a JSON text: no key twice, finite numbers, text that can be encoded.

    Raises :class:`BadJson`.
    """
    try:
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_int=_integer,
            parse_float=_float,
        )
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        where = f"at line {error.lineno}, column {error.colno}"
        raise BadJson(f"not valid JSON: {what} {where}") from error
    except RecursionError as error:
        raise BadJson("is nested too deeply") from error
    require_usable(value)
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise BadJson(f"not valid JSON: the key {quote(key)} occurs twice in one object")
            seen.add(key)
    return found


def _refuse_constant(name: str) -> Any:
    raise BadJson(f"not valid JSON: {name} is no JSON number")


def _integer(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise BadJson(f"the number {quote(text)} has more than {MOST_DIGITS} digits")
    return int(text)


def _float(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise BadJson(f"the number {quote(text)} is too large")
    return value


def require_usable(value: Any) -> None:
    """Refuse data that JSON has no way to say, or that is nested too deeply for many a program.

    Raises :class:`BadJson`.
    """
    stack: list[tuple[Route, Any]] = [((), value)]
    while stack:
        route, node = stack.pop()
        if len(route) > _DEEPEST:
            raise BadJson(f"is nested more than {_DEEPEST} levels deep", route[:8])
        if isinstance(node, dict):
            _require_text(node, route)
            stack.extend(((*route, key), part) for key, part in node.items())
        elif isinstance(node, list):
            stack.extend(((*route, at), part) for at, part in enumerate(node))
        elif isinstance(node, str):
            _require_text([node], route)
        elif isinstance(node, float) and not isfinite(node):
            raise BadJson(f"{node} is no JSON number", route)


def _require_text(texts: Iterable[Any], route: Route) -> None:
    """Refuse keys that are not text, and lone surrogates."""
    for text in texts:
        if not isinstance(text, str):
            raise BadJson(f"the key {quote(text)} is not text", route)
        if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
            raise BadJson("holds half of a surrogate pair, which is no text", route)
