"""The same story twice, under nearly the same title or with the same excerpt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedlint.diagnostic import About, Problem, Related, Severity
from seedlint.rule import DocumentRule
from seedlint.rules._related import Pages
from seedlint.similarity import WINDOW, Budget, alike_pairs, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from seedlint.document import Document, Entity

    Likeness = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class NearDuplicateRelatedOptions:
    """When two entries are the same story."""

    title_similarity: float = 0.95
    excerpt_similarity: float = 0.95
    excerpt_min_length: int = 80

    def __post_init__(self) -> None:
        if not (0 < self.title_similarity <= 1 and 0 < self.excerpt_similarity <= 1):
            raise ValueError("a similarity must be above 0 and at most 1")
        if self.excerpt_min_length < 0:
            raise ValueError("a length must not be negative")


class NearDuplicateRelated(DocumentRule[NearDuplicateRelatedOptions]):
    """Two entries tell the same story: their titles or their excerpts are nearly the same.

    ## What it finds

    Among an entry and its related entries, pairs with nearly the same title, or nearly the
    same excerpt, that lead to different pages. The later one is reported at its title; the
    entry that has the list counts as earlier than all in it. Pairs on the same page are the
    matter of `duplicate-related` and `self-related`.

    Similarity is the share of all characters that a longest common subsequence keeps: 1 for
    equal texts, about 0.5 for unlike ones. Upper and lower case are the same in titles. Only
    the first 2000 characters are compared, each entry only with the 200 before it, and after
    5000 comparisons in one file (only made-up content needs as many) no more.

    ## Why it matters

    News agencies' stories appear at many publishers, and publishers put one story at two
    addresses. A list that offers the same text twice has a place less for another story.

    ## Example

    ```yaml
    related:
      - title: Council votes to keep the old bridge open until spring
        url: https://example.com/council-votes
      - title: Council votes to keep old bridge open until spring
        url: https://example.org/news/123
    ```

    ## Fix

    Keep the better one of the two entries: a judgement.

    ## Options

    - `title-similarity` (default `0.95`): from here on titles are nearly the same
    - `excerpt-similarity` (default `0.95`): from here on excerpts are nearly the same
    - `excerpt-min-length` (default `80`): shorter excerpts are not compared
    """

    severity = Severity.WARNING

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether no two titles and no two excerpts of the document are alike."""
        titles, excerpts = document.strings("title"), document.strings("excerpt")
        if len(titles) > WINDOW or len(excerpts) > WINDOW:
            return False
        budget = Budget()
        return not self._alike(titles, excerpts, budget) and budget.left > 0

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield every entry that tells the story of earlier ones, with all of these."""
        titles = {id(title.parent): title for title, _ in document.texts("title")}
        excerpts = {id(excerpt.parent): excerpt for excerpt, _ in document.texts("excerpt")}
        budget = Budget()
        for related in document.entities("related"):
            entries = [*([related.parent] if related.parent else []), *related.children]
            pairs = self._alike(
                [_text(titles, entry) for entry in entries],
                [_text(excerpts, entry) for entry in entries],
                budget,
            )
            if pairs:
                pairs = self._on_different_pages(document, entries, pairs)
                places = [_place(titles, excerpts, entry) for entry in entries]
                yield from _problems(places, pairs, related)

    def _alike(
        self, titles: Sequence[str], excerpts: Sequence[str], budget: Budget
    ) -> dict[tuple[int, int], Likeness]:
        """How alike titles and excerpts are, where enough, by later and earlier index."""
        options = self.options
        small = [text.lower() for text in titles]
        long = [text if len(text) >= options.excerpt_min_length else "" for text in excerpts]
        pairs: dict[tuple[int, int], Likeness] = {}
        for earlier, later, alike in alike_pairs(small, options.title_similarity, budget):
            pairs[later, earlier] = (alike, None)
        for earlier, later, alike in alike_pairs(long, options.excerpt_similarity, budget):
            pairs[later, earlier] = (pairs.get((later, earlier), (None, None))[0], alike)
        return pairs

    def _on_different_pages(
        self,
        document: Document,
        entries: Sequence[Entity],
        pairs: dict[tuple[int, int], Likeness],
    ) -> dict[tuple[int, int], Likeness]:
        pages = Pages(document, self.context.tracking_parameters)
        found = [pages.of(entry).keys() for entry in entries]
        return {
            (later, earlier): likeness
            for (later, earlier), likeness in sorted(pairs.items(), key=lambda pair: pair[0])
            if found[later].isdisjoint(found[earlier])
        }


def _text(texts: dict[int, Entity], entry: Entity) -> str:
    found = texts.get(id(entry))
    return found.value if found is not None else ""


def _place(titles: dict[int, Entity], excerpts: dict[int, Entity], entry: Entity) -> Entity:
    """Where an entry is reported: its title, without one its excerpt."""
    return titles.get(id(entry)) or excerpts.get(id(entry)) or entry


def _problems(
    places: Sequence[Entity], pairs: dict[tuple[int, int], Likeness], related: Entity
) -> Iterator[Problem]:
    """One problem for each later entry; the pairs are sorted."""
    stories = _stories(places, pairs)
    by_later: dict[int, list[tuple[int, Likeness]]] = {}
    for (later, earlier), likeness in pairs.items():
        by_later.setdefault(later, []).append((earlier, likeness))
    for later, found in by_later.items():
        others = "an earlier entry" if len(found) == 1 else f"{len(found)} earlier entries"
        yield Problem(
            places[later].route,
            f"nearly the same {_reason([likeness for _, likeness in found])} as {others}, "
            "expected another story",
            related=tuple(
                Related(places[earlier].route, _percentages(likeness))
                for earlier, likeness in found
            ),
            about=About(stories[later], related.route),
        )


def _stories(places: Sequence[Entity], pairs: Iterable[tuple[int, int]]) -> dict[int, str]:
    """For each entry what identifies its story: the texts of all that tell it, in any order."""
    from seedlint.fingerprint import canonical

    groups: dict[int, list[int]] = {}
    for pair in pairs:
        one, other = (groups.setdefault(entry, [entry]) for entry in pair)
        if one is not other:
            smaller, larger = sorted((one, other), key=len)
            larger += smaller
            groups.update(dict.fromkeys(smaller, larger))
    several = {id(group): group for group in groups.values()}
    texts = {
        key: canonical([places[entry].value for entry in group]) for key, group in several.items()
    }
    return {entry: texts[id(group)] for entry, group in groups.items()}


def _reason(found: Sequence[Likeness]) -> str:
    titles = [title is not None for title, _ in found]
    excerpts = [excerpt is not None for _, excerpt in found]
    if all(titles) and all(excerpts):
        return "title and excerpt"
    if any(titles) and any(excerpts):
        return "title or excerpt"
    return "title" if any(titles) else "excerpt"


def _percentages(likeness: Likeness) -> str:
    named = zip(("title", "excerpt"), likeness, strict=True)
    return " and ".join(
        f"{name} {percent(alike)}% alike" for name, alike in named if alike is not None
    )
