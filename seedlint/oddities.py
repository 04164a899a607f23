"""What few of many documents do otherwise than all the others: slips, most likely.

An inferred schema accepts it, as it accepts whatever was seen, and says so in a remark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.diagnostic import json_pointer
from seedlint.infer import places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from seedlint.infer import Seen, Texts

# One in so many is an exception.
_RARE = 20
# From the narrowest to the widest: what nearly is of one form may well be of the next.
_FORMATS = ("date-time", "date", "email", "uri")


def oddities(seen: Seen) -> Mapping[str, list[str]]:
    """By key of a mapping what is odd about it, in words."""
    return {key: found for key in seen.keys if (found := list(_of_key(seen, key)))}


def odd_places(root: Seen) -> list[str]:
    """Pointers to all that is odd."""
    return [json_pointer((*route, key)) for route, seen in places(root) for key in oddities(seen)]


def _of_key(seen: Seen, key: str) -> Iterator[str]:
    child = seen.keys[key]
    meant = _meant(seen, key)
    if meant is not None:
        yield f'perhaps a slip for "{meant}", which is in {seen.keys[meant].count}'
    for kind, count in _kinds(child).items():
        if count * _RARE <= child.count:
            yield f"{kind} only in {count} of {child.count}"
    if child.texts is not None:
        yield from _of_texts(child.texts)


def _of_texts(texts: Texts) -> Iterator[str]:
    for name in _FORMATS:
        if name in texts.traits:
            return
        others = texts.misses.get(name)
        if others is not None and others * _RARE <= texts.count:
            verb = "is" if others == 1 else "are"
            yield f'no "format": "{name}", as {others} of {texts.count} {verb} none'
            return


def _kinds(seen: Seen) -> Mapping[str, int]:
    """The types that say something of a value; none where another remark is on them."""
    kinds = {} if seen.says_yes else dict(seen.types)
    kinds.pop("null", None)
    if "number" in kinds:
        kinds["number"] += kinds.pop("integer", 0)
    return kinds


def _meant(seen: Seen, key: str) -> str | None:
    """A key that is much more frequent, and the same but for capitals, dashes and the like."""
    form = _form(key)
    count = seen.keys[key].count
    return next(
        (
            other
            for other, child in seen.keys.items()
            if other != key and count * _RARE <= child.count and _form(other) == form
        ),
        None,
    )


def _form(key: str) -> str:
    return "".join(filter(str.isalnum, key.casefold()))
