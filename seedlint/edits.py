"""From changes at routes to edits of a block's text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.changes import Change
    from seedlint.contract import Contract
    from seedlint.locate import Tree


class TextEdit(NamedTuple):
    """``text`` in place of a block's ``text[start:end]``; offsets in code points."""

    start: int
    end: int
    text: str


class Editor:
    """Finds the edits of one block's text."""

    def __init__(self, tree: Tree, contract: Contract) -> None:
        self._tree = tree
        self._contract = contract

    def edits(self, changes: Sequence[Change]) -> tuple[TextEdit, ...] | None:
        """The edits that make these changes and no other, in the order of the text.

        They do not overlap. ``None`` if the text does not allow it: what stands behind an
        alias, or is repeated by one, is not edited.
        """
        return None
