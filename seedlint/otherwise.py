"""The plain scalars of a document that YAML 1.1 readers may take for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.yaml11_screen import is_read_alike, may_be_read_otherwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.diagnostic import Part, Route
    from seedlint.document import Document
    from seedlint.locate import Node

# What begins otherwise is text to everybody.
_SUSPICIOUS = frozenset("0123456789+-.=<yYnNtTfFoO")


def is_read_as_here(document: Document) -> bool:
    """Whether the text of a block has nothing of the kind; ``True`` is a proof."""
    return document.is_ordinary or not may_be_read_otherwise(document.text)


def suspicious(document: Document) -> Sequence[tuple[Route, Part, Node]]:
    """The values and keys without quotes that :func:`seedlint.yaml11.other_reading` may know.

    To be asked for by ``document.memo(suspicious)``.
    """
    if document.tree is None:
        return ()
    return [
        (route, part, node)
        for route, part, node in document.tree.spelled(may_be_read_otherwise)
        if _is_suspicious(node) and not (part == "key" and node.is_merge_key)
    ]


def other_readings(document: Document) -> dict[Route, str]:
    """What YAML 1.1 readers take the values for that mean something else to them, in words."""
    if is_read_as_here(document):
        return {}
    # Compiles a dozen patterns, which a clean file does not need.
    from seedlint.yaml11 import other_reading

    readings = {
        route: other_reading(node.value)
        for route, part, node in document.memo(suspicious)
        if part == "value"
    }
    return {route: reading for route, reading in readings.items() if reading is not None}


def _is_suspicious(node: Node) -> bool:
    return (
        node.kind == "scalar"
        and not node.style
        and node.tag is None
        and node.value[:1] in _SUSPICIOUS
        and not is_read_alike(node.value)
    )
