"""What a parser's complaint about YAML means, in the words of people, at the place of the cause.

Parsers name what they were doing when they gave up, often on the line below the mistake. Each
entry of the table turns a phrase of theirs into a sentence of ours; what none knows is shown as
the parser said it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from seedlint.reading import Obstacle
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Callable

_NO_QUOTE = "the quote is not closed, expected another at the end of the value"
_OPEN_QUOTE = "look for a quote that is left open above"
_QUOTES_INSIDE = (
    "a quote inside a quoted value is written \\\" in double quotes, and '' in single quotes"
)
_GOES_ON = "text that goes on from the line above must be indented more than its key"

_CONFLICT = re.compile(r"^(?:<{7}|>{7}) [^\n]*", re.MULTILINE)
_TAB = re.compile(r"^ *\t", re.MULTILINE)
_COLON = re.compile(r":(?=[ \t\n]|\Z)")
_GLUED = re.compile(r"""[^\s:"'\[{#-][^\s:]*(:)[^\s/]""")
_OPENING = re.compile(r"""(?:^[ \t]*|:[ \t]+|-[ \t]+|[\[{,][ \t]*)(["'])""", re.MULTILINE)
_CLOSING = {'"': re.compile(r'"|\\.', re.DOTALL), "'": re.compile(r"''|'")}
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|\\(?:x[0-9a-fA-F]{0,2}|u[0-9a-fA-F]{0,4}|U[0-9a-fA-F]{0,8}|.)",
    re.DOTALL,
)
_ESCAPES = frozenset('0abt\tnvfre "/\\N_LP\r\n')
_TAG = re.compile(r"![^\s,\[\]{}]*")
_DIGITS = {"x": 2, "u": 4, "U": 8}
_MOST_COMMENTS = 50
# To YAML nothing else is white space.
_BLANK = " \t"
_PARTNER = {"[": "]", "{": "}", "]": "[", "}": "{"}


class _Cause(NamedTuple):
    message: str
    start: int
    end: int
    notes: tuple[str, ...] = ()
    related: tuple[tuple[int, int, str], ...] = ()


def explained(message: str, at: int, text: str) -> Obstacle:
    """The obstacle that a parser's message at a place of a text is about."""
    # Lines are looked for one by one: with one kind of end, none of them is sought far.
    text = text.replace("\r", "\n")
    conflict = _CONFLICT.search(text)
    if conflict is not None:
        words = "a merge conflict is left in the file, expected one of its sides"
        return Obstacle("yaml-syntax", words, *conflict.span())
    for sign, explain in _CAUSES:
        if sign in message:
            return Obstacle("yaml-syntax", *explain(at, text))
    return Obstacle("yaml-syntax", f"not valid YAML: {message}", *_one(at, text))


def _one(at: int, text: str) -> tuple[int, int]:
    """The character at a place, or the place itself at the end of a line."""
    return at, at + 1 if at < len(text) and text[at] != "\n" else at


def _says(message: str, *notes: str) -> Callable[[int, str], _Cause]:
    """The same sentence, at the place the parser gave; ``{}`` is the character there."""

    def explain(at: int, text: str) -> _Cause:
        return _Cause(message.replace("{}", quote(text[at : at + 1])), *_one(at, text), notes)

    return explain


def _line(at: int, text: str) -> tuple[int, int]:
    """The start and the end of the line with this place."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text)


def _words(at: int, text: str) -> tuple[int, int]:
    """What stands on the line with this place, without the white space around it."""
    start, end = _line(at, text)
    line = text[start:end]
    first = start + len(line) - len(line.lstrip(_BLANK))
    return first, max(first, start + len(line.rstrip(_BLANK)))


def _above(at: int, text: str) -> tuple[int, int] | None:
    """What stands on the nearest line above this place that is not blank nor a comment."""
    start, _ = _line(at, text)
    for _ in range(_MOST_COMMENTS):
        end = len(text[:start].rstrip())
        if not end:
            return None
        first, last = _words(end - 1, text)
        if text[first] != "#":
            return first, last
        start = _line(first, text)[0]
    return None


def _column(at: int, text: str) -> int:
    return at - _line(at, text)[0]


def _is_deeper(at: int, text: str) -> bool:
    """Whether the line with this place is indented more than the one above."""
    above = _above(at, text)
    return above is not None and _column(_words(at, text)[0], text) > _column(above[0], text)


def _deeper(at: int, text: str) -> _Cause:
    start, _ = _words(at, text)
    return _Cause(
        "the line is indented more than the one above, which has a value already, "
        "expected the same indentation",
        start,
        at if at > start else at + 1,
    )


def _colon(at: int, text: str) -> _Cause:
    """A colon where no key can end: in a value, too deep, or below what is no key."""
    start, _ = _words(at, text)
    if _COLON.search(text, start, at):
        return _in_value(at, text)
    above = _above(at, text)
    if above is not None and _is_deeper(at, text):
        return _deeper(at, text)
    glued = _GLUED.match(text, *above) if above is not None else None
    if above is not None and glued is not None:
        return _Cause('no space after ":", expected one', glued.start(1), glued.end(1))
    if above is None or _COLON.search(text, *above) or _is_deeper(above[0], text):
        return _in_value(at, text)
    return _without_colon(*above)


_in_value = _says('a value holds ": ", expected quotes around it')


def _in_brackets(at: int, text: str) -> _Cause:
    message = 'a key stands in brackets that were opened above, expected "]" before it'
    start, _ = _words(at, text)
    return _Cause(message, start, max(at, start + 1))


def _without_colon(start: int, end: int) -> _Cause:
    return _Cause('a line without ":", expected "key: value"', start, end, (_GOES_ON,))


def _no_colon(at: int, text: str) -> _Cause:
    """A line that is no key and its value; the parser stands on one below."""
    above = _above(at, text)
    return _without_colon(*(above or _words(at, text)))


def _no_key(at: int, text: str) -> _Cause:
    start, _ = _words(at, text)
    if text[:at].rstrip(" \t")[-1:] in ("]", "}") and at > start:
        message = "text follows the closing bracket, expected nothing after it"
        return _Cause(
            message, *_one(at, text), ("a value that begins with a bracket needs quotes",)
        )
    above = _above(at, text)
    if text.startswith("- ", start) and above is not None:
        message = 'an item of a list stands among keys, expected "key: value"'
        if text.startswith("- ", above[0]):
            message = "the item is indented unlike the one above, expected the same column"
        return _Cause(message, start, start + 1)
    if _is_deeper(at, text):
        cut = _follows_comment(at, text) and not _COLON.search(text, *_words(at, text))
        return (_in_comment if cut else _deeper)(at, text)
    return _Cause(
        "the line is indented unlike every key above, expected the column of one of them",
        *_words(at, text),
        (_OPEN_QUOTE,) if _open_quote(at, text) else (),
    )


def _follows_comment(at: int, text: str) -> bool:
    end = len(text[: _line(at, text)[0]].rstrip())
    return end > 0 and text[_words(end - 1, text)[0]] == "#"


_in_comment = _says("a comment stands between the lines of a value, expected it above or below")


def _tab(at: int, text: str) -> _Cause:
    """The first tab that indents this line or one below."""
    found = _TAB.search(text, _line(at, text)[0])
    if found is None:
        return _says("a tab stands here, expected spaces")(at, text)
    return _Cause("a tab indents the line, expected spaces", found.end() - 1, found.end())


def _open_quote(at: int, text: str) -> tuple[int, int] | None:
    """The quote above this place that none closes before it."""
    position = 0
    while found := _OPENING.search(text, position, at):
        position = found.end()
        while closing := _CLOSING[found[1]].search(text, position, at):
            position = closing.end()
            if closing[0] == found[1]:
                break
        else:
            return found.span(1)
    return None


def _not_closed(at: int, text: str) -> _Cause:
    opened = _open_quote(at, text)
    if opened is not None and not text[at:].strip():
        return _Cause(_NO_QUOTE, *opened)
    message = "a quoted value goes on without indentation, expected its closing quote above"
    related = ((*opened, "the quote that is open"),) if opened is not None else ()
    notes = () if related else (_OPEN_QUOTE,)
    return _Cause(message, *_one(at, text), notes, related)


def _after_quote(at: int, text: str) -> _Cause:
    if text[at : at + 1] == ":":
        return _says("a key goes over several lines, expected one line")(at, text)
    return _says("text follows the closing quote, expected nothing after it", _QUOTES_INSIDE)(
        at, text
    )


def _escape(at: int, text: str) -> _Cause:
    for found in _ESCAPE.finditer(text, at):
        kind, digits = found[0][1], found[0][2:]
        if "\\" in digits and kind == "u":
            continue  # a pair, which is one character
        if kind in _DIGITS and len(digits) < _DIGITS[kind]:
            missing = f"expected {_DIGITS[kind]} of them, hexadecimal"
            message = f"{quote(found[0])} lacks digits, {missing}"
        elif kind in _DIGITS:
            code = int(digits, 16)
            if code < 0xD800 or 0xDFFF < code < 0x110000:
                continue
            message = f"{quote(found[0])} names no character, expected one that exists"
        elif kind not in _ESCAPES:
            message = f'{quote(found[0])} is no escape, expected "\\\\" for a backslash'
        else:
            continue
        return _Cause(message, *found.span())
    return _says("an escape in a quoted value is not one of YAML, expected one that is")(at, text)


def _bracket(at: int, text: str) -> _Cause:
    partner = _PARTNER.get(text[at : at + 1], "]")
    return _says(f'{{}} is not closed, expected "{partner}"')(at, text)


def _closing_bracket(at: int, text: str) -> _Cause:
    partner = _PARTNER.get(text[at : at + 1], "[")
    return _says(f'{{}} closes nothing, expected "{partner}" before it')(at, text)


def _after_all(at: int, text: str) -> _Cause:
    if text[at : at + 1] == ":":
        return _says('no space after ":", expected one')(at, text)
    if text.startswith("%"):
        return _Cause('a directive ("%") stands in the data, expected none', 0, 1)
    message = "the line is indented less than the first key, expected the same column"
    return _Cause(message, *_words(at, text))


def _tag(at: int, text: str) -> _Cause:
    found = _TAG.match(text, at)
    start, end = found.span() if found is not None else _one(at, text)
    return _Cause(
        f"the tag {quote(text[start:end])} has no meaning here, expected none", start, end
    )


_QUOTED = "a value begins with {}, expected quotes around it"
_NO_VALUE = "{} stands where a value should be, expected one, or quotes around the text"
_NO_SPACE = _says('no space after ":", expected one')

_CAUSES: tuple[tuple[str, Callable[[int, str], _Cause]], ...] = (
    ("mapping values are not allowed", _colon),
    ("illegal placement of ':'", _in_brackets),
    ("simple key expect", _no_colon),
    ("invalid trailing content after", _after_quote),
    ("multiline quoted scalar", _not_closed),
    ("unclosed quote", _says(_NO_QUOTE)),
    ("unclosed bracket", _bracket),
    ("mismatched bracket", _bracket),
    ("misplaced bracket", _closing_bracket),
    ("did not find expected key", _no_key),
    (
        "did not find expected '-' indicator",
        _says('a list goes on without "- ", expected it, or another indentation'),
    ),
    ("unexpected EOF while parsing", _says(_NO_VALUE)),
    ("expected node content", _says(_NO_VALUE)),
    ("while parsing a flow", _says('no "," between two items, expected one, or a closing bracket')),
    ("unexpected character", _says(_QUOTED)),
    ("tabs disallowed", _tab),
    ("tab cannot be used", _tab),
    ("plain scalar, found a tab", _tab),
    ("cannot start with a tab", _tab),
    ("while parsing a quoted scalar", _escape),
    (
        "block sequence entries are not allowed",
        _says(
            "a list begins on the line of its key, expected it on the next line",
            'a value that begins with "- " needs quotes',
        ),
    ),
    ("mapping keys are not allowed", _says(_QUOTED)),
    (
        "scanning an anchor or alias",
        _says("a value begins with {} and no name, expected quotes around it"),
    ),
    (
        "expected comment or line break",
        _says(
            "text follows {} on its line, expected a line break",
            "a value that begins with this character needs quotes",
        ),
    ),
    ("indicator equal to 0", _says("a block of text is indented by 0, expected 1 to 9")),
    (
        "wrongly indented line in block",
        _says("the line is indented less than its block of text, expected as much as its first"),
    ),
    ("<document start>", _after_all),
    ("plain scalar cannot start", _says(_QUOTED)),
    ("must be separated from other tokens", _says('no space before "#", expected one')),
    ("comment intercepting", _in_comment),
    ("Invalid tag", _tag),
    ("the handle wasn't declared", _tag),
    ("valid YAML whitespace", _NO_SPACE),
    ("may not precede any of", _NO_SPACE),
    (
        "invalid indentation",
        _says("what stands in brackets goes on at the left edge, expected it to be indented"),
    ),
)
