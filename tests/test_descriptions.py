"""What corpus rules keep of entries is what their checks see, on the quick way as on the long."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from seedlint.contract import Contract
from seedlint.document import Document
from seedlint.rules._descriptions import claims_of, description, page_entries, rows
from seedlint.rules._entries import page_ids, root_entry, root_texts
from tests.test_tables import CONTRACTS, EXAMPLES, VALUES

SEED, SECOND = CONTRACTS[:2]
URLS = ["https://a.com/x", "https://a.com/x/amp", "http://b.org/y", "https://a.com/x y"]
TEXT = st.one_of(st.sampled_from([*URLS, "a.com", "2020-01-01T00:00:00Z", ""]), st.none())
SIDE = st.one_of(st.integers(-1, 3), st.just(2.0), st.just(True), st.just(10**7), TEXT)


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """An object with some of these fields; seldom none, but something else."""
    whole = st.fixed_dictionaries({}, optional=fields)
    return st.one_of(whole, whole, whole, TEXT, st.lists(whole, max_size=2))


PICTURE = some(url=TEXT, width=SIDE, height=SIDE)
PROVIDER = some(name=TEXT, domain=TEXT, images=st.lists(PICTURE, max_size=2))
FIELDS = {
    **dict.fromkeys(["title", "excerpt", "publishedDateTime", "webUrl", "sourceUrl"], TEXT),
    **dict.fromkeys(["originalUrl", "ampWebUrl", "ampUrl"], TEXT),
    "provider": PROVIDER,
    "images": st.lists(PICTURE, max_size=3),
}
ENTRY = some(**FIELDS, related=st.lists(some(**FIELDS), max_size=3))
SECOND_PICTURE = some(src=TEXT, w=SIDE, h=SIDE)
STORY_FIELDS = {
    **dict.fromkeys(["headline", "teaser", "date", "canonical", "address", "mobile"], TEXT),
    "source": some(site=TEXT, label=TEXT),
    "hero": SECOND_PICTURE,
    "gallery": st.lists(SECOND_PICTURE, max_size=2),
}
STORY = some(**STORY_FIELDS, see_also=st.lists(some(**STORY_FIELDS), max_size=3))


def page(url: str) -> str | None:
    """A stand-in for the identity of a page: every text is a URL."""
    return url or None


def document(data: Any, contract: Contract = SEED) -> Document:
    return Document("", data, contract, lambda: None)


def assert_ways_agree(found: Document) -> None:
    described = [description(*each) for each in page_entries(found, page)]
    assert sorted(rows(found, page)) == sorted(each.row for each in described)
    for each in described:
        claims = [(claim.field, claim.value) for claim in each.claims]
        assert claims == [(field, value) for field, value in claims_of(each.row) if value]


@EXAMPLES
@given(VALUES, st.sampled_from(range(len(CONTRACTS))))
def test_both_ways_agree_on_any_data(data: Any, contract: int) -> None:
    assert_ways_agree(document(data, CONTRACTS[contract]))


@EXAMPLES
@given(ENTRY)
def test_both_ways_agree_on_seeds(data: Any) -> None:
    assert_ways_agree(document(data))


@EXAMPLES
@given(STORY)
def test_both_ways_agree_on_another_contract(data: Any) -> None:
    assert_ways_agree(document(data, SECOND))


ROLES = ["title", "excerpt", "url", "original-url", "amp-url"]


@EXAMPLES
@given(
    st.one_of(
        st.tuples(ENTRY, st.just(SEED)),
        st.tuples(STORY, st.just(SECOND)),
        st.tuples(VALUES, st.sampled_from(CONTRACTS)),
    ),
    st.sampled_from(ROLES),
)
def test_both_ways_agree_on_the_root(given: tuple[Any, Contract], role: str) -> None:
    found = document(*given)
    root = root_entry(found)
    children = root.all(role) if root is not None else []
    assert root_texts(found, role) == [each.value for each in children if type(each.value) is str]


@EXAMPLES
@given(st.one_of(st.tuples(ENTRY, st.just(SEED)), st.tuples(STORY, st.just(SECOND))))
def test_the_pages_of_the_root_are_those_of_its_urls(given: tuple[Any, Contract]) -> None:
    ids = page_ids(())
    found = document(*given)
    assert ids.of_root(found) == list(ids.routes_of_root(found))
