"""Topics that are listed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from seedlint.changes import Remove
from seedlint.diagnostic import About, Applicability, Fix, Problem, Related, Severity
from seedlint.rule import DocumentRule, NoOptions
from seedlint.topicforms import in_words
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from seedlint.diagnostic import Route
    from seedlint.document import Document, Entity


class DuplicateTopic(DocumentRule[NoOptions]):
    """The same topic is listed twice for one entry.

    ## What it finds

    Topics of one list that are the same text, or differ only in case or white space, as
    `Computer Vision` and `computer  vision`.

    ## Why it matters

    Lists and counts by topic show the entry twice, and spellings of one topic split its
    page in two.

    ## Example

    ```yaml
    topics:
      - Robotics
      - robotics
    ```

    ## Fix

    Removes the later one. That is safe where the same text stands earlier in the list, and
    unsafe where only case or white space tells them apart: which spelling is to stay is a
    judgement.
    """

    severity = Severity.WARNING
    fixes = (Applicability.SAFE, Applicability.UNSAFE)
    claims: ClassVar[Mapping[str, tuple[str, ...]]] = {"uniqueItems": ("topics",)}

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether no list of topics has one twice."""
        return all(
            len(set(map(in_words, topics))) == len(topics)
            for topics in document.tables.groups("topic")
        )

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield a problem for every topic its list already has."""
        seen: dict[tuple[Route, str], Entity] = {}
        spellings: set[tuple[Route, str]] = set()
        for entity, text in document.texts("topic"):
            spelling = (entity.route[:-1], text)
            is_identical = spelling in spellings
            spellings.add(spelling)
            first = seen.setdefault((entity.route[:-1], in_words(text)), entity)
            if first is entity:
                continue
            other = "" if first.value == text else f" as {quote(first.value)}"
            yield Problem(
                entity.route,
                f"duplicate topic {quote(text)}, already listed in this entry{other},"
                " expected once",
                related=(Related(first.route, "first listed here"),),
                fix=_removal(entity, is_identical),
                about=About(in_words(text)),
            )


def _removal(topic: Entity, is_identical: bool) -> Fix | None:
    if not isinstance(topic.route[-1], int):
        return None
    later = "the later " if is_identical else ""
    return Fix(
        f"remove {later}{quote(topic.value)}",
        Applicability.SAFE if is_identical else Applicability.UNSAFE,
        (Remove(topic.route),),
    )
