"""The page a URL leads to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedlint.pages import _careful_key, page_key
from seedlint.settings import TRACKING_PARAMETERS


def key(url: str) -> str | None:
    return page_key(url, TRACKING_PARAMETERS)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/news/ferries.html",
        "http://example.com/news/ferries.html",
        "HTTPS://WWW.EXAMPLE.COM/news/ferries.html",
        "https://www.example.com/news/ferries.html",
        "https://example.com./news/ferries.html",
        "https://example.com:443/news/ferries.html",
        "http://example.com:80/news/ferries.html",
        "https://example.com/news/ferries.html/",
        "https://example.com/news/ferries.html//",
        "https://example.com/news/ferries.html?",
        "https://example.com/news/ferries.html#comments",
        "https://example.com/news/./x/../ferries.html",
        "https://example.com/n%65ws/ferries%2Ehtml",
        "https://example.com/news/ferries.html?utm_source=x&fbclid=y",
        "https://example.com/news/ferries.html/amp",
        "https://example.com/news/ferries.html/amp/",
        "https://example.com/amp/news/ferries.html",
        "https://example.com/news/amp/ferries.html",
        "https://example.com/news/ferries.amp.html",
        "https://example.com/news/ferries.html?amp",
        "https://example.com/news/ferries.html?amp=1",
        "https://example.com/news/ferries.html?outputType=amp",
        "https://example.com/news/ferries.html?version=amp&utm_source=x",
        "https://amp.example.com/news/ferries.html",
        "https://www.amp.example.com/news/ferries.html",
        "https://example-com.cdn.ampproject.org/c/s/example.com/news/ferries.html",
        "https://amp-example-com.cdn.ampproject.org/c/amp.example.com/news/ferries.html?amp",
        "https://example-com.cdn.ampproject.org/v/s/example.com/news/ferries.html?amp_js_v=0.1",
        "https://cdn.ampproject.org/c/s/example.com/news/ferries.html",
        "https://www.google.com/amp/s/example.com/news/ferries.html",
        "https://www.google.co.uk/amp/s/www.example.com/amp/news/ferries.html",
    ],
)
def test_one_page(url: str) -> None:
    assert key(url) == "example.com/news/ferries.html"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.com", "example.com"),
        ("https://example.com/", "example.com"),
        ("https://example.com/?b=2&a=1", "example.com?a=1&b=2"),
        ("https://example.com/?b=2&amp;a=1", "example.com?a=1&b=2"),
        ("https://example.com/?b=2&amp;amp;a=1&amp;utm_source=x", "example.com?a=1&b=2"),
        ("https://example.com/?a&amp;", "example.com?a"),
        ("https://example.com/#!/a/", "example.com#!/a"),
        ("https://example.com/x?b=1#/%61?c", "example.com/x?b=1#/a?c"),
        ("https://example.com/x#!/", "example.com/x"),
        ("https://example.com/x#!a", "example.com/x"),
        ("https://example.com/x?amp;a=1", "example.com/x?amp;a=1"),
        ("https://example.com/x&amp;y", "example.com/x&amp;y"),
        ("https://example.com/x?id=%c3%bc&id=a", "example.com/x?id=%C3%BC&id=a"),
        ("https://example.com/ü", "example.com/%C3%BC"),
        ("https://example.com/%c3%bc", "example.com/%C3%BC"),
        ("https://example.com/a%2Fb", "example.com/a%2Fb"),
        ("https://example.com:8080/x", "example.com:8080/x"),
        ("https://m.example.com/x", "m.example.com/x"),
        ("https://example.com/News", "example.com/News"),
        ("https://example.com/x?amp=2", "example.com/x?amp=2"),
        ("https://example.com/x?q=amp", "example.com/x?q=amp"),
        ("https://example.com/x?source=feed&ref=7", "example.com/x?ref=7&source=feed"),
        ("https://example.com/amplifier", "example.com/amplifier"),
        ("https://example.com/ramp", "example.com/ramp"),
        ("https://amp.dev/about", "amp.dev/about"),
        ("https://www.com/x", "www.com/x"),
        ("https://www.co.uk/x", "www.co.uk/x"),
        ("https://www.ck/x", "www.ck/x"),
        ("https://cdn.ampproject.org/v0.js", "cdn.ampproject.org/v0.js"),
        ("https://www.google.com/amp/", "google.com"),
        ("https://www.google.com/maps/x", "google.com/maps/x"),
        ("https://google.example.com/amp/s/a.com/x", "google.example.com/s/a.com/x"),
        ("https://bücher.example/x", "xn--bcher-kva.example/x"),
    ],
)
def test_what_is_kept(url: str, expected: str) -> None:
    assert key(url) == expected


@pytest.mark.parametrize("url", ["", "/assets/x.jpg", "news", "ftp://example.com/x", "https://"])
def test_no_page(url: str) -> None:
    assert key(url) is None


def test_only_the_given_parameters_are_tracking() -> None:
    assert page_key("https://a.com/?utm_id=1&x=2", ()) == "a.com?utm_id=1&x=2"
    assert page_key("https://a.com/?utm_id=1&x=2", ("x",)) == "a.com?utm_id=1"


@given(st.lists(st.sampled_from(["a", "amp", "/", ".", "%41", "?", "#", "&", "é", " ", "www."])))
def test_the_short_way_gives_the_same_key(parts: list[str]) -> None:
    url = f"https://www.example.com/{''.join(parts)}"
    assert key(url) == _careful_key(url, TRACKING_PARAMETERS)
