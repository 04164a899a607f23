"""Topics in several forms."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, cast

from seedlint.consensus import MOST_PLACES, Verdict, tally, tidy_counts
from seedlint.diagnostic import Applicability, Elsewhere, Fix, Problem, Related, Severity
from seedlint.rule import CorpusRule, NoOptions
from seedlint.rules._tidy import tidy
from seedlint.topicforms import in_words, roots, topic_key
from seedlint.wording import counted, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from seedlint.consensus import Uses, Vote
    from seedlint.diagnostic import Route
    from seedlint.document import Document, Entity
    from seedlint.rule import Json

_LONGEST = 100


class TopicVariant(CorpusRule[NoOptions]):
    """A topic is written in another form than in more files of the corpus.

    ## What it finds

    Topics, those of related entries too, that are the same but for upper and lower case,
    spaces, hyphens, underscores or an English plural in the last word: `Robotics` and
    `robotics`, `E-Commerce` and `ecommerce`, `City` and `Cities`. Words that only look like
    plurals, or mean something else then, are left alone (`news`, `series`, `AIDS`, `arms`).

    Settings may fix the vocabulary (`topics`): then every other form of a topic listed there
    is reported. Of other topics the form in most files is right, without what rules about text
    object to, and the others are reported; if none is in most files, all are. Forms that
    differ only in case or white space, in one list, are the matter of `duplicate-topic`. Topics
    of more than 100 characters are left alone.

    ## Why it matters

    Each form has a page, a count and a feed of its own, and none has all the articles.

    ## Example

    ```yaml
    # most files
    topics: [Computer Vision]
    # one file
    topics: [computer-vision]
    ```

    ## Fix

    Write the form that is right: safe where settings list it and only case, spaces or hyphens
    differ; a judgement where a plural does, or where the form is that in most files. There is
    no fix where nothing prevails, or where settings list several forms that are as near; nor
    where the list has the right form already: remove the other one then.
    """

    severity = Severity.WARNING
    fixes: ClassVar[tuple[Applicability, ...]] = (Applicability.SAFE, Applicability.UNSAFE)

    def facts(self, document: Document) -> Json:
        """The topics, each once."""
        topics = {topic for topic in document.strings("topic") if len(topic) <= _LONGEST}
        return cast("Json", sorted(topics) or None)

    def conclude(self, corpus: Iterable[tuple[str, Json]]) -> Json:
        """By form that is not right, the verdict on its topic."""
        used = tally(corpus, _vote)
        listed: dict[str, list[str]] = {}
        for topic in dict.fromkeys(self.context.topics):
            listed.setdefault(topic_key(topic), []).append(topic)
        root_of = roots(
            {key: [*used.get(key, ()), *listed.get(key, ())] for key in {**used, **listed}}
        )
        topics: dict[str, dict[str, Uses]] = {}
        counts: dict[str, dict[str, int]] = {}
        for key, tidied in tidy_counts(corpus, _vote, used, tidy).items():
            topics.setdefault(root_of.get(key, key), {}).update(used[key])
            counts.setdefault(root_of.get(key, key), {}).update(tidied)
        vocabulary: dict[str, list[str]] = {}
        for key, words in listed.items():
            vocabulary.setdefault(root_of.get(key, key), []).extend(words)
        conclusion: dict[str, Json] = {}
        for root, forms in topics.items():
            right = vocabulary.get(root) or _prevailing(counts[root])
            wrong = [form for form in forms if form not in right]
            if wrong:
                verdict = Verdict.of(forms, right, root in vocabulary).json
                conclusion.update(dict.fromkeys(wrong, verdict))
        return conclusion or None

    def relevant(self, file: str, facts: Json, conclusion: Json) -> Json:
        """The verdicts on the file's topics."""
        verdicts = cast("dict[str, Json]", conclusion)
        found = {topic: verdicts[topic] for topic in cast("list[str]", facts) if topic in verdicts}
        return cast("Json", found or None)

    def mentions(self, relevant: Json) -> Iterable[str]:
        """The files that have forms of these topics."""
        verdicts = _verdicts(relevant).values()
        return {file for verdict in verdicts for _, _, files in verdict.forms for file in files}

    def check(self, document: Document, file: str, relevant: Json) -> Iterator[Problem]:
        """Yield a problem for each topic in a form that is not right."""
        verdicts = _verdicts(relevant)
        first: dict[str, Route] = {}
        lists: dict[Route, list[Entity]] = {}
        for entity, text in document.texts("topic"):
            first.setdefault(text, entity.route)
            lists.setdefault(entity.route[:-1], []).append(entity)
        for topics in lists.values():
            # Of one that is repeated, which is the matter of duplicate-topic, the first.
            alone: dict[str, Entity] = {}
            for topic in topics:
                alone.setdefault(topic.value, topic)
            same = Counter(map(in_words, alone))
            mended = Counter(_mended(topic.value, verdicts) for topic in topics)
            for text, topic in alone.items():
                verdict = verdicts.get(text)
                if verdict is not None and same[in_words(text)] == 1:
                    fixable = mended[_mended(text, verdicts)] == 1
                    yield _problem(topic, file, verdict, first, fixable)


def _vote(topic: str) -> Vote | None:
    key = topic_key(topic)
    return (key, topic) if key else None


def _prevailing(counts: Mapping[str, int]) -> list[str]:
    """The form in most files, if there is one."""
    most = max(counts.values())
    leading = [form for form, count in counts.items() if count == most]
    return leading if len(leading) == 1 else []


def _verdicts(relevant: Json) -> dict[str, Verdict]:
    return {topic: Verdict(*each) for topic, each in cast("dict[str, Any]", relevant).items()}


def _mended(topic: str, verdicts: Mapping[str, Verdict]) -> str:
    """What becomes of a topic when all fixes are applied."""
    verdict = verdicts.get(topic)
    return topic if verdict is None else _meant(topic, verdict) or topic


def _meant(form: str, verdict: Verdict) -> str | None:
    """The one right form that a form stands for, if others are not as near."""
    nearest = _nearest(form, verdict)
    return nearest[0] if len(nearest) == 1 else None


def _nearest(form: str, verdict: Verdict) -> Sequence[str]:
    """The right forms with the same letters; all of them, if there are none."""
    key = topic_key(form)
    return [right for right in verdict.right if topic_key(right) == key] or verdict.right


def _fix(topic: Entity, verdict: Verdict, shown: Mapping[str, str]) -> Fix | None:
    right = _meant(topic.value, verdict)
    if right is None:
        return None
    from seedlint.changes import Replace

    # Settings list the form, but whether the plural is the same topic is a judgement.
    is_listed = verdict.is_registered and topic_key(right) == topic_key(topic.value)
    applicability = Applicability.SAFE if is_listed else Applicability.UNSAFE
    return Fix(f"write {shown[right]}", applicability, (Replace(topic.route, right),))


def _problem(
    topic: Entity, file: str, verdict: Verdict, first: Mapping[str, Route], fixable: bool
) -> Problem:
    from seedlint.lookalikes import told_apart

    form = topic.value
    right = _nearest(form, verdict)[:MOST_PLACES]
    shown = told_apart((form, *right, *(each for each, _, _ in verdict.forms)))
    here = [other for other, _, _ in verdict.forms if other != form and other in first]
    related = tuple(Related(first[other], f"{shown[other]} here") for other in here)
    elsewhere = tuple(
        Elsewhere(name, partial(_find, other), f"{shown[other]} here")
        for other, name in islice(verdict.elsewhere(form, file), MOST_PLACES - len(related))
    )
    is_all = len(related) + len(elsewhere) >= verdict.total - 1
    return Problem(
        topic.route,
        f"topic {shown[form]}, {_expected(form, verdict, shown)}",
        notes=() if is_all else (_spread(verdict, shown),),
        related=related,
        fix=_fix(topic, verdict, shown) if fixable else None,
        elsewhere=elsewhere,
    )


def _find(form: str, document: Document) -> Route | None:
    return next((topic.route for topic, text in document.texts("topic") if text == form), None)


def _expected(form: str, verdict: Verdict, shown: Mapping[str, str]) -> str:
    if verdict.is_registered:
        right = [shown[each] for each in _nearest(form, verdict)[:MOST_PLACES]]
        return f"expected {names(right)} as in the settings"
    if verdict.right:
        files = verdict.backing
        where = f" as in {counted(files, 'file')}" if files else ""
        return f"expected {shown[verdict.right[0]]}{where}"
    others = [shown[other] for other, _, _ in verdict.forms if other != form]
    return f"elsewhere {names(others[:MOST_PLACES])}, expected one form of the topic"


def _spread(verdict: Verdict, shown: Mapping[str, str]) -> str:
    parts = [f"{shown[form]} in {counted(count, 'file')}" for form, count, _ in verdict.forms]
    if verdict.others:
        parts.append(f"{verdict.others} other form{'s' if verdict.others > 1 else ''}")
    return f"in all: {', '.join(parts)}"
