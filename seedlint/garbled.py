"""Text that was UTF-8 and was read as Latin-1 or Windows-1252: found, and read again.

``â€™`` is what is left of ``’``. A sequence of characters counts only if their bytes are
valid UTF-8; where real text may look the same by chance (``“IRMÃ”`` in Portuguese, ``Ä…``
in German), only if what stands around it rules that out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOST = "\ufffd"
"""The replacement character: what stood there cannot be told."""

_WINDOWS_1252 = {
    char: byte for byte in range(0x80, 0xA0) for char in bytes([byte]).decode("cp1252", "ignore")
}
_TO_LATIN_1 = {ord(char): byte for char, byte in _WINDOWS_1252.items()}
_CONTINUATION = f"[\x80-\xbf{''.join(_WINDOWS_1252)}]"
_UNIT = (
    f"[\xc2-\xdf]{_CONTINUATION}|[\xe0-\xef]{_CONTINUATION}{{2}}|[\xf0-\xf4]{_CONTINUATION}{{3}}"
)
_RUN = f"(?:{_UNIT})+"

# What may follow a capital letter in real text: closing marks, dashes, superscripts.
_MARKS = frozenset("‘’“”…–—•›»™®\xa0")
_MORE_MARKS = _MARKS | frozenset("°²³¹ªº©")
_DASHES = frozenset("–—")
_OPENERS = frozenset("“‘«‹\"'(„‚")

# Second bytes after 0xE2 and 0xEF that punctuation, symbols and full-width forms have and
# that are no quote, dash or ellipsis in Windows-1252: no language writes "â€" or "ï¼".
_SECOND = {
    0xE2: frozenset((0x80, 0x82, 0x84, 0x86, 0x88, 0x98, 0x9C, 0x9E)),
    0xEF: frozenset((0xBB, 0xBC, 0xBD, 0xBF)),
}
_ROUNDS = 3


def garbled(text: str) -> Iterator[tuple[int, int, str]]:
    """Every garbled stretch: where it starts and ends, and what it should be."""
    for match in re.finditer(_RUN, text):
        run, (start, end) = match.group(), match.span()
        meant = _reread(run)
        if meant is None:
            continue
        if len(meant) > 1 or _certain(run, text[max(0, start - 1) : start], text[end : end + 1]):
            yield start, end, _reread_again(meant)


def without_garbled(text: str) -> str:
    """``text`` with a question mark for every garbled character: one cause, one diagnostic."""
    return _replaced(text, ((start, end, "?" * (end - start)) for start, end, _ in garbled(text)))


def mended(text: str) -> str:
    """``text`` with all garbled stretches read again, but for characters that are lost."""
    return _replaced(text, (found for found in garbled(text) if LOST not in found[2]))


def _replaced(text: str, stretches: Iterable[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    last = 0
    for start, end, replacement in stretches:
        pieces += [text[last:start], replacement]
        last = end
    return "".join([*pieces, text[last:]])


def _reread(run: str) -> str | None:
    import unicodedata  # only here: a clean file does without

    try:
        meant = run.translate(_TO_LATIN_1).encode("latin-1").decode()
    except UnicodeError:
        return None
    return None if any(unicodedata.category(char) in ("Cc", "Cn") for char in meant) else meant


def _reread_again(text: str) -> str:
    """Undo the damage of having been misread more than once."""
    for _ in range(_ROUNDS):
        again = _reread(text) if re.fullmatch(_RUN, text) else None
        if again is None:
            break
        text = again
    return text


def _certain(unit: str, before: str, after: str) -> bool:
    """Whether a single garbled character cannot be real text, by what stands beside it."""
    lead, second = ord(unit[0]), unit[1]
    if len(unit) == 4:
        return second in "Ÿ\x9f"
    if len(unit) == 3:
        return _WINDOWS_1252.get(second, ord(second)) in _SECOND.get(lead, ())
    inside = after.isalpha() and second not in _DASHES
    if lead in (0xC2, 0xC3):
        return second not in _MARKS or inside or not (before.isupper() or before in _OPENERS)
    if lead in (0xC4, 0xC5):
        return second not in _MORE_MARKS or inside or before.islower()
    return False
