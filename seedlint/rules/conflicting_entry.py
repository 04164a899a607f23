"""Pages that are described differently in several places."""

from __future__ import annotations

from functools import cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from seedlint.consensus import MOST_PLACES, Uses, in_turn
from seedlint.diagnostic import About, Elsewhere, Problem, Related, Severity
from seedlint.rule import CorpusRule, NoOptions
from seedlint.rules._descriptions import (
    IMAGE,
    claims_of,
    contradict,
    description,
    meaning,
    page_entries,
    page_of,
    rows,
    shown,
)
from seedlint.rules._entries import page_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from seedlint.diagnostic import Route
    from seedlint.document import Document, Entity
    from seedlint.rule import Context, Json
    from seedlint.rules._descriptions import Claim

    Corpus = Iterable[tuple[str, list[str]]]
    Claims = dict[tuple[str, str], dict[str, Claim]]
    # By page, field and meaning a value and the files that have it.
    Said = dict[str, dict[str, dict[str, tuple[str, Uses]]]]

# Bounds on memory that only made-up corpora reach.
_PAGES_AT_ONCE = 50_000
_MOST_PAGES = 20_000
_MOST_MEANINGS = 8


class ConflictingEntry(CorpusRule[NoOptions]):
    """A page is described differently in two places, of two files or of one.

    ## What it finds

    Entries, related ones too, that lead to the same page by their URL (without one, by their
    original or AMP URL, normalised as for `duplicate-related`) and differ in

    - the title: other words; case, punctuation, white space and HTML entities aside
    - the timestamp: another moment; how it is written makes no difference
    - the name of the provider, where its domain differs, too: several names at one domain are
      the matter of `inconsistent-provider-name`. Names that only repeat a domain do not count
    - the size of an image that has the same URL.

    What an entry leaves out contradicts nothing. Each of the places is reported, once for each
    field that differs. A headline that the publisher changed is reported as well: which one
    the page has now only the page tells.

    ## Why it matters

    At most one of the descriptions is right. The reader who follows one finds another title
    or another date.

    ## Example

    ```yaml
    # one file
    title: Bridge closed
    url: https://example.com/bridge
    # another
    related:
      - title: Bridge closed until May
        url: https://example.com/bridge
    ```

    ## Fix

    Look at the page and correct the place that is wrong: a judgement.
    """

    severity = Severity.WARNING

    def __init__(self, context: Context, options: NoOptions | None = None) -> None:
        super().__init__(context, options)
        self._identify = page_ids(context.tracking_parameters).of

    def facts(self, document: Document) -> Json:
        """What each entry says of its page."""
        return cast("Json", rows(document, self._identify) or None)

    def conclude(self, corpus: Iterable[tuple[str, Json]]) -> Json:
        """By page and field the values, in how many files each is, and the first of these."""
        facts = cast("Corpus", corpus)
        suspicious = _differing(facts)
        conclusion: dict[str, Json] = {}
        turns = 1 + len(suspicious) // _PAGES_AT_ONCE
        for turn in range(turns if suspicious else 0):
            now = {page for page in suspicious if int(page, 16) % turns == turn}
            for page, said in sorted(_said(facts, now).items()):
                fields = {
                    field: _ranked(values)
                    for field, values in said.items()
                    if _has_contradiction(field, list(values))
                }
                if fields and len(conclusion) < _MOST_PAGES:
                    conclusion[page] = cast("Json", fields)
        return conclusion or None

    def relevant(self, file: str, facts: Json, conclusion: Json) -> Json:
        """What is concluded on the pages that the file's entries lead to."""
        by_page = cast("dict[str, Json]", conclusion)
        pages = set(map(page_of, cast("list[str]", facts)))
        return cast("Json", {page: by_page[page] for page in pages & by_page.keys()} or None)

    def mentions(self, relevant: Json) -> Iterable[str]:
        """The files that say something of these pages."""
        by_page = cast("dict[str, dict[str, list[list[Any]]]]", relevant)
        return {
            file
            for fields in by_page.values()
            for values in fields.values()
            for _, _, _, files in values
            for file in files
        }

    def check(self, document: Document, file: str, relevant: Json) -> Iterator[Problem]:
        """Yield a problem for each claim that others contradict."""
        by_page = cast("dict[str, dict[str, list[list[Any]]]]", relevant)
        for entry in document.memo(self._said).entries:
            fields = by_page.get(entry.page, {})
            for claim in entry.claims if fields else ():
                if claim.field in fields:
                    values = [Value(*each) for each in fields[claim.field]]
                    yield from self._contradicted(document, file, entry.page, claim, values)

    def _contradicted(
        self, document: Document, file: str, page: str, claim: Claim, values: Sequence[Value]
    ) -> Iterator[Problem]:
        field, said = claim.field, meaning(claim.field, claim.value)
        others = [value for value in values if contradict(field, said, value.meaning)]
        if not others:
            return
        claims = document.memo(self._said).claims(page)
        here = {
            other.value: other.routes
            for value in others
            for other in claims.get((field, value.meaning), {}).values()
        }
        texts = _texts(field, [claim.value, *islice(here, MOST_PLACES), *(o.value for o in others)])
        related = tuple(
            Related(routes[0], f"{texts[value]} here")
            for value, routes in islice(here.items(), MOST_PLACES)
        )
        elsewhere = tuple(
            Elsewhere(
                name,
                partial(self._find, page, field, other.meaning),
                f"{texts[other.value]} here",
            )
            for other, name in islice(_places(others, file), MOST_PLACES - len(related))
        )
        files = sum(other.files for other in others)
        note = f"in all, {files} files say otherwise"
        yield Problem(
            _route(claim, others[0].value),
            _message(field, texts[claim.value], texts[others[0].value]),
            notes=(note,) if files > len(related) + len(elsewhere) else (),
            related=related,
            elsewhere=elsewhere,
            # Which side of an image stands at the route is up to the others.
            about=About(claim.value, claim.routes[0]) if field.startswith(IMAGE) else None,
        )

    def _find(self, page: str, field: str, said: str, document: Document) -> Route | None:
        claims = document.memo(self._said).claims(page).get((field, said), {})
        return next((claim.routes[0] for claim in claims.values()), None)

    def _said(self, document: Document) -> _SaidHere:
        return _SaidHere(page_entries(document, self._identify))


class _SaidBy:
    """What one entry says of the page it leads to, found out when somebody asks."""

    def __init__(self, page: str, entry: Entity) -> None:
        self.page = page
        self._entry = entry

    @cached_property
    def claims(self) -> list[Claim]:
        """Its claims."""
        return description(self.page, self._entry).claims


class _SaidHere:
    """What a document says of pages, by its ``entries``.

    Most files are asked about one page of those they have entries for.
    """

    def __init__(self, entries: Iterable[tuple[str, Entity]]) -> None:
        self.entries = [_SaidBy(*each) for each in entries]
        self._by_page: dict[str, list[_SaidBy]] = {}
        self._claims: dict[str, Claims] = {}
        for entry in self.entries:
            self._by_page.setdefault(entry.page, []).append(entry)

    def claims(self, page: str) -> Claims:
        """What is said of a page, by field and meaning: the first of a few wordings."""
        if page not in self._claims:
            found = self._claims[page] = {}
            for entry in self._by_page.get(page, ()):
                for claim in entry.claims:
                    key = claim.field, meaning(claim.field, claim.value)
                    wordings = found.setdefault(key, {})
                    if len(wordings) < MOST_PLACES:
                        wordings.setdefault(claim.value, claim)
        return self._claims[page]


class Value(NamedTuple):
    """A value of a field: what it means, in how many files it is, and the first of these."""

    meaning: str
    value: str
    files: int
    first: list[str]


def _differing(corpus: Corpus) -> set[str]:
    """The pages that not all rows are the same for."""
    seen: dict[int, int] = {}
    found: set[str] = set()
    for _, described in corpus:
        for row in described:
            # Small numbers, as there may be a million of them.
            page, said = page_of(row), hash(row) & 0x3FFFFFFF
            if seen.setdefault(int(page[1:], 16), said) != said:
                found.add(page)
    return found


def _said(corpus: Corpus, pages: set[str]) -> Said:
    """What is said of these pages."""
    said: Said = {}
    for file, described in corpus:
        for row in described:
            page = page_of(row)
            if page in pages:
                fields = said.setdefault(page, {})
                for field, value in claims_of(row):
                    what = meaning(field, value)
                    values = fields.setdefault(field, {})
                    if what in values or (what and len(values) < _MOST_MEANINGS):
                        values.setdefault(what, (value, Uses()))[1].add(file)
    return said


def _has_contradiction(field: str, meanings: Sequence[str]) -> bool:
    return any(
        contradict(field, one, other) for at, one in enumerate(meanings) for other in meanings[:at]
    )


def _ranked(values: dict[str, tuple[str, Uses]]) -> Json:
    """The values in most files: what ``Value`` is made of."""
    ranked = sorted(values.items(), key=lambda item: (-item[1][1].count, item[0]))
    return [
        [what, value, uses.count, cast("Json", uses.files)]
        for what, (value, uses) in ranked[: MOST_PLACES + 1]
    ]


def _places(values: Sequence[Value], file: str) -> Iterator[tuple[Value, str]]:
    """Values and other files that have them: one of each value, then a second of each…"""
    return in_turn([[(value, name) for name in value.first if name != file] for value in values])


def _route(claim: Claim, other: str) -> Route:
    """Where it is said; of an image's size, the side that differs."""
    same_width = claim.value.partition("x")[0] == other.partition("x")[0]
    return claim.routes[-1 if same_width else 0]


def _texts(field: str, values: Iterable[str]) -> dict[str, str]:
    """Values of a field as messages show them."""
    from seedlint.lookalikes import told_apart

    as_written = {value: shown(field, value) for value in values}
    quoted = told_apart(as_written.values())
    return {value: quoted[text] for value, text in as_written.items()}


def _message(field: str, one: str, another: str) -> str:
    what = IMAGE if field.startswith(IMAGE) else field
    return f"{what} {one}, elsewhere {another} for the same page, expected one {what}"
