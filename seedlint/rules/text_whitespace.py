"""White space where none belongs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from seedlint.changes import Replace
from seedlint.diagnostic import Applicability, Fix, Problem, Severity
from seedlint.garbled import without_garbled
from seedlint.rule import DocumentRule, NoOptions
from seedlint.textroles import TEXT_ROLES, around, label, prose
from seedlint.wording import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.diagnostic import Route
    from seedlint.document import Document

# Other white-space characters are controls, and control-character's.
_BREAKS = "\n\r\u2028\u2029"
_UNUSUAL = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_NOTHING = "nothing but white space"
_START, _END = "white space at the start", "white space at the end"
_RUN = f"[ \t{_BREAKS}{_UNUSUAL}]+"
_TYPOGRAPHIC = frozenset("\xa0\u2009\u200a\u202f")
_IDEOGRAPHIC_SPACE = "\u3000"
_FIRST_EAST_ASIAN = "\u2e80"
# Chinese and Japanese, which have no spaces between words; Korean has.
_SPACELESS = re.compile(
    "[\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\uff01-\uff9f\U00020000-\U0003ffff]"
)
_BEFORE_SPACE = frozenset("«‹–—№§…&|/·•")
_AFTER_SPACE = frozenset("»›:;!?%‰€$£°–—…&|/·•")
# What typographers do not leave at the end of a line: words of a letter or two (in Cyrillic
# three) and abbreviations; and what they do not put at the start of one: numbers of kings, and
# Russian particles.
_BINDING = r"(?<!\w)(?:[^\W\d_]{1,2}|M(?:me|lle|rs)|[\u0400-\u052f]{3}|[^\W\d_]{1,4}\.)\Z"
_LONGEST_BINDING = 5
_BOUND = r"(?:[IVXLCDM]+|[\u0400-\u052f]{1,2})(?!\w)"
# A paragraph's end, or a line of a list, a quotation, a table, a heading.
_LINE_END = r"(?:\r\n|\r(?!\n)|[\n\u2028\u2029])"
_LAID_OUT = rf"{_LINE_END}[ \t]*(?:{_LINE_END}|(?:[-*+>•|]|#+|[0-9]+[.)])[ \t])"
# Names and topics are keys, too: a second kind of space makes a second one.
_KEYS = frozenset(("provider-name", "author-name", "topic"))


class TextWhitespace(DocumentRule[NoOptions]):
    """A text has white space where none belongs, or of an unusual kind.

    ## What it finds

    In titles, excerpts, names, topics and link texts: space at the start or the end, two or
    more spaces in a row, line breaks and tabs, and spaces of another width than usual. A
    no-break or thin space is fine where typography asks for one (beside a digit, a dash or
    French punctuation; in titles and excerpts also behind a word of one or two letters or an
    abbreviation, and before a Roman number), an ideographic space beside East Asian characters,
    and the one line break a block scalar ends with. Invisible characters that are no white space
    are left to `control-character`.

    ## Why it matters

    The text was copied with its layout. Two names that look alike then differ, and search
    does not find words with an unusual space between them.

    ## Example

    ```yaml
    title: "Two  ways home "
    ```

    ## Fix

    Put one space between words and none at the ends. Where typography asked for another kind
    of space, one of that kind is kept, and so is the line break a block scalar ends with. Lines
    of Chinese or Japanese are joined without a space. It is safe: the words stay, and white
    space that is only layout means nothing. It is unsafe where paragraphs, or the lines of a
    list, would become one. A text of nothing but white space is left alone, as nothing would
    remain of it.
    """

    severity = Severity.WARNING
    fixes: ClassVar[tuple[Applicability, ...]] = (Applicability.SAFE, Applicability.UNSAFE)

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether all white space is single spaces between words, or legitimate."""
        joined, rare = document.memo(prose)
        # Searching from the right is the faster way for so short a pattern.
        is_plain = rare.isprintable() and joined.rfind("  ") < 0
        return is_plain or not any(
            _faults(text, role) for role in TEXT_ROLES for text in document.strings(role)
        )

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield a problem for every text with misplaced white space."""
        for entity, text in document.texts(*TEXT_ROLES):
            faults = _faults(text, entity.role)
            if faults:
                yield Problem(
                    entity.route,
                    f"{label(entity)} has {names(faults, 'and')}, expected {_expected(faults)}",
                    fix=_fix(entity.route, text, entity.role),
                )


def _fix(route: Route, text: str, role: str) -> Fix | None:
    tidy = with_single_spaces(text, role)
    if not tidy.removesuffix("\n"):
        return None
    title = "put single spaces between the words"
    is_laid_out = re.search(_LAID_OUT, text.strip()) is not None
    applicability = Applicability.UNSAFE if is_laid_out else Applicability.SAFE
    return Fix(title, applicability, (Replace(route, tidy),))


def _faults(text: str, role: str) -> list[str]:
    if text.isprintable() and "  " not in text and text == text.strip():
        return []
    found: dict[str, str] = {}
    words = _words(text)
    for match in re.finditer(_RUN, words):
        if _is_usual(match):
            continue
        fault = _fault(words, *match.span(), role)
        if fault and fault not in found:
            edge = match.start() == 0 or match.end() == len(words)
            found[fault] = fault if edge else f"{fault} in {around(text, *match.span())}"
    return list(found.values())


def _expected(faults: list[str]) -> str:
    if faults == [_NOTHING]:
        return "words"
    return "none there" if {_START, _END}.issuperset(faults) else "single spaces between words"


def _words(text: str) -> str:
    """What there is to look at: the white space inside garbled characters is mojibake's."""
    return without_garbled(text).removesuffix("\n")


def _is_usual(run: re.Match[str]) -> bool:
    """Whether this is one space between words, as nearly all white space is."""
    return run[0] == " " and run.start() > 0 and run.end() < len(run.string)


def with_single_spaces(text: str, role: str) -> str:
    """A text with all white space that is out of place put right."""
    words = _words(text)
    pieces: list[str] = []
    last = 0
    for match in re.finditer(_RUN, words):
        if _is_usual(match):
            continue
        start, end = match.span()
        pieces.append(text[last:start])
        if start > 0 and end < len(words):
            pieces.append(_between(words, start, end, role))
        last = end
    return "".join([*pieces, text[last:]])


def _between(text: str, start: int, end: int, role: str) -> str:
    """What belongs in the place of the white space of a text."""
    run = text[start:end]
    kept = next((char for char in run if _legitimate(char, text, start, end, role)), None)
    if kept is not None:
        return kept
    is_broken = any(char in _BREAKS for char in run)
    around = (text[start - 1], text[end])
    return "" if is_broken and all(map(_SPACELESS.match, around)) else " "


def _fault(text: str, start: int, end: int, role: str) -> str | None:
    run = text[start:end]
    if end - start == len(text):
        return _NOTHING
    if start == 0:
        return _START
    if end == len(text):
        return _END
    if any(char in _BREAKS for char in run):
        return "a line break"
    if "\t" in run:
        return "a tab"
    if len(run) > 1:
        return "spaces in a row"
    return None if run == " " or _legitimate(run, text, start, end, role) else _named(run)


def _legitimate(space: str, text: str, start: int, end: int, role: str) -> bool:
    """Whether a space of this kind may stand in the place of the white space of a text."""
    before, after = text[start - 1], text[end]
    if space == _IDEOGRAPHIC_SPACE:
        return before >= _FIRST_EAST_ASIAN or after >= _FIRST_EAST_ASIAN
    return space in _TYPOGRAPHIC and (
        before.isdigit()
        or after.isdigit()
        or before in _BEFORE_SPACE
        or after in _AFTER_SPACE
        # With others beside it, it was copied with its layout.
        or (end - start == 1 and role not in _KEYS and _is_bound(text, start, end))
    )


def _is_bound(text: str, start: int, end: int) -> bool:
    """Whether typographers keep the words on both sides on one line."""
    before = text[max(0, start - _LONGEST_BINDING - 1) : start]
    return bool(re.search(_BINDING, before) or re.compile(_BOUND).match(text, end))


def _named(space: str) -> str:
    import unicodedata

    return f"U+{ord(space):04X} ({unicodedata.name(space).lower()})"
