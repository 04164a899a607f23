"""One story in several files, under nearly the same title and with nearly the same excerpt."""

from __future__ import annotations

from array import array
from binascii import a2b_base64, b2a_base64
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, cast

from seedlint.consensus import MOST_PLACES
from seedlint.diagnostic import Elsewhere, Problem, Severity
from seedlint.languages import are_translations
from seedlint.rule import CorpusRule
from seedlint.rules._entries import page_ids, root_entry, root_text
from seedlint.shingles import candidates, sketch
from seedlint.similarity import percent, similarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from seedlint.diagnostic import Route
    from seedlint.document import Document
    from seedlint.rule import Context, Json

    # The sketches in hexadecimal, the pages, the title in lower case, the excerpt.
    Facts = tuple[str, list[str], str, str]
    # The percentages of title and excerpt, and the file.
    Alike = tuple[int, int, str]

LONGEST_TITLE = 300
LONGEST_EXCERPT = 600

_TITLE_SLOTS = 8
_SLOTS = _TITLE_SLOTS + 16

_SLACK = 1e-9

# Only made-up corpora have stories that are alike in so many files.
_MOST_ALIKE = 12


@dataclass(frozen=True, slots=True)
class NearDuplicateEntryOptions:
    """When two files tell the same story."""

    title_similarity: float = 0.9
    excerpt_similarity: float = 0.9
    excerpt_min_length: int = 80

    def __post_init__(self) -> None:
        if not (0.8 <= self.title_similarity <= 1 and 0.8 <= self.excerpt_similarity <= 1):
            raise ValueError("a similarity must be at least 0.8 and at most 1")
        if self.excerpt_min_length < 0:
            raise ValueError("a length must not be negative")


class NearDuplicateEntry(CorpusRule[NearDuplicateEntryOptions]):
    """Two files tell the same story: both their titles and their excerpts are nearly the same.

    ## What it finds

    Files whose own entries, not the related ones, have nearly the same title and nearly the
    same excerpt, but lead to different pages. Those that lead to the same page are the matter
    of `duplicate-entry`. Each of the files is reported. Files whose paths differ by nothing but
    a language (`fr/bridge.md`, `pt-br/bridge.md`, `bridge.md`, `bridge.de.md`) are one story in
    several languages, some perhaps not translated yet, and not compared.

    Similarity is measured as for `near-duplicate-related`: the share of all characters that a
    longest common subsequence keeps. Upper and lower case are the same in titles. Only the
    first 300 characters of titles and the first 600 of excerpts are compared.

    Not all files are compared with each other, only those that share an unusual sequence of
    words. Pairs that differ by words are found practically always; of those that come close
    to the limit by slips of the keyboard alone, one in every second word, a few in a hundred
    may be missed. Where a dozen files tell one story, more are not looked for.

    ## Why it matters

    News agencies' stories appear at many publishers, and publishers put one story at two
    addresses. The site offers the same text twice.

    ## Example

    ```yaml
    # one file
    title: Council votes to keep the old bridge open until spring
    excerpt: After a long debate the council voted on Monday to keep the bridge open...
    url: https://example.com/council-votes
    # another
    title: Council votes to keep old bridge open until spring
    excerpt: After long debate, the council voted on Monday to keep the bridge open...
    url: https://example.org/news/123
    ```

    ## Options

    - `title-similarity` (default `0.9`): from here on titles are nearly the same; `0.8` or more
    - `excerpt-similarity` (default `0.9`): from here on excerpts are nearly the same; `0.8` or
      more
    - `excerpt-min-length` (default `80`): files with a shorter excerpt are not compared

    ## Fix

    Keep the better one of the files: a judgement.
    """

    severity = Severity.WARNING

    def __init__(self, context: Context, options: NearDuplicateEntryOptions | None = None) -> None:
        super().__init__(context, options)
        self._ids = page_ids(context.tracking_parameters)

    def facts(self, document: Document) -> Json:
        """What the document's own entry says, its pages, and the sketches of what it says."""
        title = root_text(document, "title")
        excerpt = root_text(document, "excerpt")
        if not title or not excerpt or len(excerpt) < self.options.excerpt_min_length:
            return None
        title, excerpt = title[:LONGEST_TITLE].lower(), excerpt[:LONGEST_EXCERPT]
        sketches = sketch(title, _TITLE_SLOTS, row=3, letters=4)
        sketches += sketch(excerpt, _SLOTS - _TITLE_SLOTS, row=4, letters=5)
        pages = document.memo(self._ids.of_root)
        sketched = b2a_base64(array("I", sketches).tobytes(), newline=False).decode()
        return [sketched, cast("Json", pages), title, excerpt]

    def conclude(self, corpus: Iterable[tuple[str, Json]]) -> Json:
        """By file how many others tell its story, and those that are most alike."""
        facts = cast("Iterable[tuple[str, Facts]]", corpus)
        files: list[str] = []
        titles: list[str] = []
        sketches = array("I")
        for file, (sketched, _, title, _) in facts:
            files.append(file)
            titles.append(title)
            sketches.frombytes(a2b_base64(sketched))
        slots = [sketches[slot::_SLOTS] for slot in range(_SLOTS)]
        del sketches
        pairs = self._alike_titles(files, titles, slots)
        if not pairs:
            return None
        found: dict[str, list[Alike]] = {}
        for one, other, title_alike, excerpt_alike in self._alike(facts, titles, pairs):
            found.setdefault(one, []).append((title_alike, excerpt_alike, other))
            found.setdefault(other, []).append((title_alike, excerpt_alike, one))
        return {file: _closest(alike) for file, alike in found.items()} or None

    def _alike_titles(
        self, files: list[str], titles: list[str], slots: Sequence[Sequence[int]]
    ) -> dict[int, list[int]]:
        """By index of a file the earlier ones that may be alike and have nearly the same title."""
        threshold = self.options.title_similarity
        # No shorter than this share of it is what can be so much like a text.
        share = threshold / (2 - threshold) - _SLACK
        lengths = array("i", map(len, titles))
        counts = bytearray(len(titles))
        pairs: dict[int, list[int]] = {}
        # Many files may share a title, as columns do, but not the beginning of an excerpt.
        by_excerpt, by_title = slots[_TITLE_SLOTS:], slots[:_TITLE_SLOTS]
        for earlier, later in chain(candidates(by_excerpt), candidates(by_title)):
            if (
                lengths[earlier] * share <= lengths[later]
                and lengths[later] * share <= lengths[earlier]
                and counts[earlier] < _MOST_ALIKE > counts[later]
                and earlier not in pairs.get(later, ())
                and similarity(titles[earlier], titles[later], threshold) >= threshold
                and not are_translations(files[earlier], files[later])
            ):
                pairs.setdefault(later, []).append(earlier)
                counts[earlier] += 1
                counts[later] += 1
        return pairs

    def _alike(
        self,
        facts: Iterable[tuple[str, Facts]],
        titles: list[str],
        pairs: dict[int, list[int]],
    ) -> Iterator[tuple[str, str, int, int]]:
        """The files that are alike indeed, out of those that have alike titles."""
        threshold = self.options.excerpt_similarity
        last_use: dict[int, int] = {}
        for later in sorted(pairs):
            last_use.update(dict.fromkeys(pairs[later], later))
        # No text is kept longer than until the last one it is compared with.
        kept: dict[int, tuple[str, Facts]] = {}
        for index, (file, fact) in enumerate(facts):
            for earlier in pairs.get(index, ()):
                other, other_fact = kept[earlier]
                if last_use[earlier] == index:
                    del kept[earlier]
                if not set(fact[1]).isdisjoint(other_fact[1]):
                    continue
                alike = similarity(other_fact[3], fact[3], threshold)
                if alike >= threshold:
                    title_alike = similarity(
                        titles[earlier], titles[index], self.options.title_similarity
                    )
                    yield other, file, percent(title_alike), percent(alike)
            if index in last_use:
                kept[index] = file, fact

    def relevant(self, file: str, facts: Json, conclusion: Json) -> Json:
        """The files that tell the file's story."""
        return cast("dict[str, Json]", conclusion).get(file)

    def mentions(self, relevant: Json) -> Iterable[str]:
        """The same files."""
        _, closest = cast("tuple[int, list[Alike]]", relevant)
        return [file for _, _, file in closest]

    def check(self, document: Document, file: str, relevant: Json) -> Iterator[Problem]:
        """Yield a problem at the title of the document's own entry."""
        count, closest = cast("tuple[int, list[Alike]]", relevant)
        route = _title_route(document)
        if route is not None:
            others = "another file" if count == 1 else f"{count} other files"
            shown = len(closest)
            yield Problem(
                route,
                f"nearly the same title and excerpt as {others}, expected another story",
                notes=(f"the {shown} most alike are shown",) if shown < count else (),
                elsewhere=tuple(
                    Elsewhere(other, _title_route, f"title {title}% and excerpt {excerpt}% alike")
                    for title, excerpt, other in closest
                ),
            )


def _title_route(document: Document) -> Route | None:
    root = root_entry(document)
    if root is None:
        return None
    return next((title.route for title in root.all("title") if type(title.value) is str), None)


def _closest(alike: list[Alike]) -> Json:
    ranked = sorted(alike, key=lambda each: (-each[0] - each[1], each[2]))
    return [len(ranked), [list(each) for each in ranked[:MOST_PLACES]]]
