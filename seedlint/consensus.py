"""What many files write for one thing: who agrees with whom, and what prevails.

Files vote: each writes some *forms* (names, say) for a *subject* (a domain). A file counts
once for each form it holds, so that a long one has no more say than another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from seedlint.rule import Json

    Vote = tuple[str, str]

T = TypeVar("T")

MOST_PLACES = 3
"""How many other places a diagnostic shows."""

# One more than are shown: a file's own form, and the file itself, may be among the first.
_MOST_KEPT = MOST_PLACES + 1


class Uses:
    """How many files write a form, and the first of them."""

    __slots__ = ("count", "files", "last")

    def __init__(self) -> None:
        self.count = 0
        self.files: list[str] = []
        self.last = ""

    def add(self, file: str) -> None:
        """Count a file, once; files come one after the other."""
        if file != self.last:
            self.last = file
            self.count += 1
            if self.count <= _MOST_KEPT:
                self.files.append(file)


def tally(
    corpus: Iterable[tuple[str, Any]], vote: Callable[[str], Vote | None]
) -> dict[str, dict[str, Uses]]:
    """By subject its forms; ``vote`` is the subject and the form of a fact, if it counts."""
    subjects: dict[str, dict[str, Uses]] = {}
    by_fact: dict[str, Uses] = {}
    ignored = Uses()
    for file, facts in corpus:
        for fact in facts:
            uses = by_fact.get(fact)
            if uses is None:
                voted = vote(fact)
                uses = ignored if voted is None else _uses(subjects, *voted)
                by_fact[fact] = uses
            uses.add(file)
    return subjects


def _uses(subjects: dict[str, dict[str, Uses]], subject: str, form: str) -> Uses:
    return subjects.setdefault(subject, {}).setdefault(form, Uses())


def tidy_counts(
    corpus: Iterable[tuple[str, Any]],
    vote: Callable[[str], Vote | None],
    subjects: Mapping[str, Mapping[str, Uses]],
    tidy: Callable[[str], str],
) -> dict[str, dict[str, int]]:
    """By subject in how many files its forms are, once each is made ``tidy``.

    ``subjects`` are those of :func:`tally`. The corpus is only gone through again if some of
    the forms become one: a file may have both of them, and counts once.
    """
    untidy = {subject for subject, uses in subjects.items() if len({*map(tidy, uses)}) < len(uses)}

    def vote_tidily(fact: str) -> Vote | None:
        voted = vote(fact)
        return (voted[0], tidy(voted[1])) if voted is not None and voted[0] in untidy else None

    again = tally(corpus, vote_tidily) if untidy else {}
    return {
        subject: {tidy(form): each.count for form, each in again.get(subject, uses).items()}
        for subject, uses in subjects.items()
    }


def prevailing(counts: Mapping[str, int]) -> str | None:
    """The form with a clear majority: in at least twice as many files as any other."""
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return ranked[0][0]


def in_turn(columns: Sequence[Sequence[T]]) -> Iterator[T]:
    """The first of each column, then the second of each…"""
    for turn in range(max(map(len, columns), default=0)):
        yield from (column[turn] for column in columns if turn < len(column))


class Verdict:
    """What becomes of a subject that files disagree on.

    ``right`` are the forms it should have, decided by the registry (``is_registered``) or by a
    clear majority; there are none where nothing prevails. ``forms`` are the right ones, then
    those in most files, each with how many these are and the first of them. ``others`` is how
    many more forms there are, ``total`` how often files write one at all.
    """

    __slots__ = ("forms", "is_registered", "others", "right", "total")

    def __init__(
        self,
        right: Sequence[str],
        is_registered: bool,
        forms: Sequence[tuple[str, int, Sequence[str]]],
        others: int,
        total: int,
    ) -> None:
        self.right = right
        self.is_registered = is_registered
        self.forms = forms
        self.others = others
        self.total = total

    @staticmethod
    def of(uses: Mapping[str, Uses], right: Sequence[str], is_registered: bool) -> Verdict:
        """The verdict on a subject with these forms."""
        ranked = sorted(uses, key=lambda form: (form not in right, -uses[form].count, form))
        return Verdict(
            right,
            is_registered,
            [(form, uses[form].count, uses[form].files) for form in ranked[:_MOST_KEPT]],
            max(0, len(ranked) - _MOST_KEPT),
            sum(each.count for each in uses.values()),
        )

    @property
    def backing(self) -> int:
        """How many files have the right form; 0 if fewer have it than have another.

        A tidy form is right also where most files have it untidily, or none has it as it is.
        """
        first, count, _ = self.forms[0]
        leads = first in self.right and all(count >= other for _, other, _ in self.forms)
        return count if leads else 0

    @property
    def json(self) -> Json:
        """The verdict as JSON, of which ``Verdict(*json)`` makes it again."""
        forms: list[Json] = [[form, count, list(files)] for form, count, files in self.forms]
        return [list(self.right), self.is_registered, forms, self.others, self.total]

    def elsewhere(self, form: str, file: str) -> Iterator[tuple[str, str]]:
        """Other forms and files that have them: one of each form, then a second of each…"""
        columns = [
            [(other, name) for name in files if name != file]
            for other, _, files in self.forms
            if other != form
        ]
        return in_turn(columns)
