"""duplicate-topic: see the class."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from seedlint.diagnostic import Problem, Related, Severity
from seedlint.rule import DocumentRule, NoOptions
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

    Remove the later one; which spelling stays is a judgement.
    """

    severity = Severity.WARNING
    claims: ClassVar[Mapping[str, tuple[str, ...]]] = {"uniqueItems": ("topics",)}

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether no list of topics has one twice."""
        return all(
            len(set(map(_folded, topics))) == len(topics)
            for topics in document.tables.groups("topic")
        )

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield a problem for every topic its list already has."""
        seen: dict[tuple[Route, str], Entity] = {}
        for entity, text in document.texts("topic"):
            first = seen.setdefault((entity.route[:-1], _folded(text)), entity)
            if first is entity:
                continue
            spelling = "" if first.value == text else f" as {quote(first.value)}"
            yield Problem(
                entity.route,
                f"duplicate topic {quote(text)}, already listed in this entry{spelling}",
                related=(Related(first.route, "first listed here"),),
            )


def _folded(topic: str) -> str:
    return " ".join(topic.casefold().split())
