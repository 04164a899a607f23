"""The roles whose values people read, and what the rules about text share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from seedlint.wording import quote

if TYPE_CHECKING:
    from seedlint.document import Document, Entity

TEXT_ROLES = (
    "title",
    "excerpt",
    "provider-name",
    "author-name",
    "image-title",
    "link-title",
    "topic",
)

_MARGIN = 12
_PRINTABLE_ASCII = bytes(range(0x20, 0x7F))


class Prose(NamedTuple):
    """All readable texts of a document in one string, for quick proofs.

    In ``joined`` every text stands between two spaces, so that a space at the edge of a
    text is two spaces in a row; ``rare`` is what remains of it without printable ASCII.
    """

    joined: str
    rare: str


def prose(document: Document) -> Prose:
    """The readable texts of a document; to be asked for by ``document.memo(prose)``."""
    joined = f" {' '.join(document.strings(*TEXT_ROLES))} "
    rare = joined.encode("utf-8", "replace").translate(None, _PRINTABLE_ASCII).decode()
    return Prose(joined, rare)


def label(entity: Entity) -> str:
    """What a message calls a text: ``provider name`` for ``provider-name``."""
    return entity.role.replace("-", " ")


def around(text: str, start: int, end: int) -> str:
    """``text[start:end]`` with a little of what stands around it, quoted."""
    left, right = max(0, start - _MARGIN), min(len(text), end + _MARGIN)
    head, tail = "…" if left else "", "…" if right < len(text) else ""
    return quote(f"{head}{text[left:right]}{tail}")
