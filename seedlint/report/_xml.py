"""XML without surprises: ASCII, no DTD, and nothing in it that XML 1.0 forbids."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO
from xml.etree import ElementTree

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


def write_xml(root: Element, out: TextIO) -> None:
    """Write a document, indented.

    What comes from content has to be :func:`seedlint.visible.visible`: that leaves no
    character which XML could not say.
    """
    ElementTree.indent(root)
    # As references, other characters survive any encoding the stream may have.
    out.write(f"{_DECLARATION}{ElementTree.tostring(root).decode('ascii')}\n")
