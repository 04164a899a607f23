"""The screen for related entries never hides two that lead to one page."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from seedlint.document import Document
from seedlint.pages import page_key
from seedlint.rules._related import surely_differ
from seedlint.settings import TRACKING_PARAMETERS
from seedlint.urlsyntax import flaw
from tests.support import profile

SCHEMES = st.sampled_from(["https://", "http://", "HTTPS://"])
HOSTS = st.sampled_from(
    [
        "example.com",
        "www.example.com",
        "amp.example.com",
        "EXAMPLE.com:443",
        "example-com.cdn.ampproject.org/c/s/example.com",
        "www.google.com/amp/s/example.com",
    ]
)
SEGMENT = st.sampled_from(["amp", "a", "b.html", "b.amp.html", "", ".", "..", "%61", "é", "A"])
TAILS = st.sampled_from(["", "/", "?amp=1", "?x=/a", "#/a?b", "/?utm_source=a/b", "?x=1#a"])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """Two URLs, often of one page."""
    segments = draw(st.lists(SEGMENT, max_size=4))
    others = list(segments)
    for _ in range(draw(st.integers(0, 2))):
        others.insert(draw(st.integers(0, len(others))), draw(SEGMENT))
    return (
        f"{draw(SCHEMES)}{'/'.join([draw(HOSTS), *segments])}{draw(TAILS)}",
        f"{draw(SCHEMES)}{'/'.join([draw(HOSTS), *others])}{draw(TAILS)}",
    )


@settings(max_examples=1000, deadline=None)
@given(pairs())
@example(("https://example.com/a/amp/", "http://www.example.com/a#b"))
@example(("https://example.com", "https://www.example.com/"))
def test_entries_on_one_page_never_surely_differ(urls: tuple[str, str]) -> None:
    one, other = urls
    data = {"related": [{"webUrl": one}, {"webUrl": other}]}
    document = Document("", data, profile().contract, lambda: None)
    key = page_key(one, TRACKING_PARAMETERS)
    same = key is not None and key == page_key(other, TRACKING_PARAMETERS)
    if same and flaw(one) is None and flaw(other) is None:
        assert not surely_differ(document)
