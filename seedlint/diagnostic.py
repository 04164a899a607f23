"""What flows from a rule to a person: problems, spans and diagnostics.

These are named tuples: a data class takes several times as long to define, which every run
would pay, and to make.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from seedlint.changes import Change
    from seedlint.document import Document
    from seedlint.rule import Json

Route: TypeAlias = "tuple[str | int, ...]"
"""Keys and indexes from the root of a document to one of its nodes."""

Part: TypeAlias = Literal["value", "key"]
"""Which side of a ``key: value`` pair a route means."""


class Severity(str, Enum):
    """How bad a diagnostic is.

    ``error``: the file breaks its contract; ``warning``: the data is probably wrong;
    ``info``: it could be better.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst, rising as things get milder."""
        return _RANKS[self.value]

    def __str__(self) -> str:
        return self.value


_RANKS = {"error": 0, "warning": 1, "info": 2}


class Applicability(str, Enum):
    """How far a fix can be trusted.

    ``safe``: the meaning is preserved, or other values determine the new one; ``unsafe``:
    a judgement; ``display``: a suggestion, never applied.
    """

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"

    def __str__(self) -> str:
        return self.value


class Span(NamedTuple):
    """A stretch of text: 1-based lines and code-point columns, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Related(NamedTuple):
    """Another place in the same document that a problem speaks of."""

    route: Route
    message: str
    part: Part = "value"


class Elsewhere(NamedTuple):
    """A place in another file that a problem of a corpus rule speaks of.

    ``file`` is its path relative to the project; ``find`` gives the route in its document,
    ``None`` if what is meant is no longer there.
    """

    file: str
    find: Callable[[Document], Route | None]
    message: str


class Fix(NamedTuple):
    """What would mend a problem: changes to the data, all or nothing.

    ``title`` says it in the imperative: ``rename the key to "url"``. A rule names changes
    at routes; :mod:`seedlint.edits` finds the bytes.
    """

    title: str
    applicability: Applicability
    changes: tuple[Change, ...]


class Edit(NamedTuple):
    """``text`` in place of a stretch of a file's text.

    ``start`` and ``end`` are code-point offsets into the decoded file without its
    byte-order mark, ``span`` the same as lines and columns.
    """

    start: int
    end: int
    text: str
    span: Span


class LocatedFix(NamedTuple):
    """A fix as edits of a file's text, none of which overlap, in the order of the text.

    ``changes`` are what the edits do to the data; there are none where they touch only
    comments.
    """

    title: str
    applicability: Applicability
    edits: tuple[Edit, ...]
    changes: tuple[Change, ...] = ()


class About(NamedTuple):
    """What a problem is recognised by, where that is not the value at its route.

    Of a duplicate, what there is twice: which of the two is reported depends on their order.
    Of a missing key, its name. ``route`` is where that is, if not at the problem's.
    """

    value: Json
    route: Route | None = None


class Problem(NamedTuple):
    """What a rule found, at a route; :mod:`seedlint.check` turns it into a diagnostic.

    ``rule`` and ``severity`` are set only by a rule that speaks under several names
    (``schema-<keyword>``) or with several severities; otherwise the rule's own hold.
    ``about`` is for problems that the value at the route does not identify; of a problem
    with a key, that value does if it is no collection.
    """

    route: Route
    message: str
    part: Part = "value"
    notes: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    rule: str | None = None
    fix: Fix | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    about: About | None = None


class Place(NamedTuple):
    """A span in a file, with the text of its first line for the code frame."""

    file: str
    span: Span
    line_text: str
    message: str = ""


class Diagnostic(NamedTuple):
    """One finding, ready to be shown.

    ``place.file`` is relative to the working directory, with forward slashes;
    ``pointer`` is an RFC 6901 JSON pointer, ``""`` for the whole document;
    ``fingerprint`` (hex digits) identifies the finding in its file wherever it moves; see
    :mod:`seedlint.fingerprint`.
    """

    rule: str
    severity: Severity
    place: Place
    pointer: str
    message: str
    notes: tuple[str, ...] = ()
    related: tuple[Place, ...] = ()
    fix: LocatedFix | None = None
    fingerprint: str = ""

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        """File, position, rule: the order everybody sees."""
        return (self.place.file, self.place.span, self.rule, self.message)


def json_pointer(route: Route) -> str:
    """The RFC 6901 pointer of a route: ``("a/b", 0)`` is ``/a~1b/0``."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in route)
