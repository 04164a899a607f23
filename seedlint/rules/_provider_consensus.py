"""What the rules share that compare the providers of all files."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, cast

from seedlint.consensus import MOST_PLACES, Verdict, prevailing, tally, tidy_counts
from seedlint.diagnostic import Elsewhere, Problem, Related
from seedlint.providers import provider_facts, provider_places
from seedlint.rule import CorpusRule, NoOptions
from seedlint.wording import counted, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from seedlint.consensus import Vote
    from seedlint.diagnostic import Fix, Route
    from seedlint.document import Document
    from seedlint.rule import Json

    Voted = dict[Vote, list[tuple[Route, str]]]


class ProviderConsensus(CorpusRule[NoOptions]):
    """A rule that wants one form (a name, a domain) for each subject (a domain, a name)."""

    WHAT: ClassVar[str]
    """What a form is."""
    SIDE: ClassVar[int]
    """Where it stands, as an index into what ``provider_places`` gives."""

    def vote(self, fact: str) -> Vote | None:
        """The subject and the form of a fact; ``None`` if it does not count."""
        raise NotImplementedError

    def registered(self, subject: str) -> list[str]:
        """The forms that the registry has for a subject."""
        raise NotImplementedError

    def tidy(self, form: str) -> str:
        """What forms have in common that count as one for the majority; it is the right one."""
        return form

    def shown(self, forms: Iterable[str]) -> Mapping[str, str]:
        """Forms as messages show them, such that nobody takes one for another."""
        raise NotImplementedError

    def subject_of(self, fact: str) -> str:
        """The subject of a fact as messages show it."""
        raise NotImplementedError

    def fix(self, route: Route, verdict: Verdict, shown: Mapping[str, str]) -> Fix | None:
        """What would mend a form at a route."""
        return None

    def facts(self, document: Document) -> Json:
        """What :mod:`seedlint.providers` has to say."""
        return cast("Json", document.memo(provider_facts) or None)

    def conclude(self, corpus: Iterable[tuple[str, Json]]) -> Json:
        """By subject the verdict, where some file writes what is not right."""
        conclusion: dict[str, Json] = {}
        subjects = tally(corpus, self.vote)
        counts = tidy_counts(corpus, self.vote, subjects, self.tidy)
        for subject, uses in subjects.items():
            right = self.registered(subject)
            is_registered = bool(right)
            if not right and len(uses) > 1:
                best = prevailing(counts[subject])
                right = [] if best is None else [best]
            is_settled = uses.keys() <= set(right) if right else len(uses) == 1
            if not is_settled:
                conclusion[subject] = Verdict.of(uses, right, is_registered).json
        return conclusion or None

    def relevant(self, file: str, facts: Json, conclusion: Json) -> Json:
        """The verdicts on the subjects for which the file writes what is not right."""
        verdicts = cast("dict[str, Any]", conclusion)
        found: dict[str, Json] = {}
        for fact in cast("list[str]", facts):
            voted = self.vote(fact)
            if voted is not None and voted[0] in verdicts:
                verdict = verdicts[voted[0]]
                if voted[1] not in verdict[0]:
                    found[voted[0]] = verdict
        return found or None

    def mentions(self, relevant: Json) -> Iterable[str]:
        """The files that hold a form of these subjects."""
        verdicts = _verdicts(relevant).values()
        return {file for verdict in verdicts for _, _, files in verdict.forms for file in files}

    def check(self, document: Document, file: str, relevant: Json) -> Iterator[Problem]:
        """Yield a problem for each place with a form that is not right."""
        verdicts = _verdicts(relevant)
        voted = document.memo(self._voted)
        here: dict[str, dict[str, Route]] = {}
        for (subject, form), places in voted.items():
            here.setdefault(subject, {})[form] = places[0][0]
        for (subject, form), places in voted.items():
            verdict = verdicts.get(subject)
            if verdict is None or form in verdict.right:
                continue
            beside = [*islice((each for each in here[subject] if each != form), MOST_PLACES)]
            listed = (each for each, _, _ in verdict.forms)
            shown = self.shown((form, *verdict.right[:MOST_PLACES], *listed, *beside))
            related = tuple(Related(here[subject][each], f"{shown[each]} here") for each in beside)
            most = MOST_PLACES - len(related)
            elsewhere = self._elsewhere((subject, form), file, verdict, most, shown)
            is_all = len(related) + len(elsewhere) >= verdict.total - 1
            notes = () if is_all else (self._spread(verdict, shown),)
            for route, fact in places:
                message = (
                    f"{self.WHAT} {shown[form]} for {self.subject_of(fact)}, "
                    f"{self._expected(form, verdict, shown)}"
                )
                fix = self.fix(route, verdict, shown)
                yield Problem(
                    route, message, notes=notes, related=related, fix=fix, elsewhere=elsewhere
                )

    def _voted(self, document: Document) -> Voted:
        """By subject and form where a document writes that, and the facts it states there."""
        voted: Voted = {}
        for fact, places in document.memo(provider_places).items():
            vote = self.vote(fact)
            if vote is not None:
                voted.setdefault(vote, []).extend((place[self.SIDE], fact) for place in places)
        return voted

    def _find(self, vote: Vote, document: Document) -> Route | None:
        places = document.memo(self._voted).get(vote)
        return places[0][0] if places else None

    def _elsewhere(
        self, vote: Vote, file: str, verdict: Verdict, most: int, shown: Mapping[str, str]
    ) -> tuple[Elsewhere, ...]:
        subject, form = vote
        return tuple(
            Elsewhere(name, partial(self._find, (subject, other)), f"{shown[other]} here")
            for other, name in islice(verdict.elsewhere(form, file), most)
        )

    def _expected(self, form: str, verdict: Verdict, shown: Mapping[str, str]) -> str:
        right = names([shown[each] for each in verdict.right[:MOST_PLACES]])
        if verdict.is_registered:
            return f"expected {right} as in the registry"
        if right:
            files = verdict.backing
            where = f" as in {counted(files, 'file')}" if files else ""
            return f"expected {right}{where}"
        others = [shown[other] for other, _, _ in verdict.forms if other != form]
        return f"elsewhere {names(others[:MOST_PLACES])}, expected one {self.WHAT}"

    def _spread(self, verdict: Verdict, shown: Mapping[str, str]) -> str:
        parts = [f"{shown[form]} in {counted(count, 'file')}" for form, count, _ in verdict.forms]
        if verdict.others:
            parts.append(f"{verdict.others} other {self.WHAT}{'s' if verdict.others > 1 else ''}")
        return f"in all: {', '.join(parts)}"


def _verdicts(relevant: Json) -> dict[str, Verdict]:
    return {subject: Verdict(*each) for subject, each in cast("dict[str, Any]", relevant).items()}
