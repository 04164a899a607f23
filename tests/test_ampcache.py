"""AMP cache URLs, against the format's own examples and the real pairs."""

from __future__ import annotations

from base64 import b32encode
from hashlib import sha256

import pytest

from seedlint.ampcache import cache_urls, cached_url


def hashed(host: str) -> str:
    return b32encode(sha256(host.encode()).digest()).decode().rstrip("=").lower()


@pytest.mark.parametrize(
    ("host", "prefix"),
    [
        ("something.com", "something-com"),
        ("SOMETHING.COM", "something-com"),
        ("hello-world.com", "hello--world-com"),
        ("hello--world.com", "hello----world-com"),
        ("xn--57hw060o.com", "xn---com-p33b41770a"),
        ("xn--bcher-kva.example", "xn--bcher-example-wob"),
        ("bücher.example", "xn--bcher-example-wob"),
        ("en-us.example.com", "0-en--us-example-com-0"),
        ("a-b.com", "a--b-com"),
        ("toplevelnameonly", hashed("toplevelnameonly")),
        ("xn--4gbrim.xn----rmckbbajlc6dj7bxne2c.xn--wgbh1c", None),
        ("a" * 60 + ".com", hashed("a" * 60 + ".com")),
        ("a" * 59 + ".com", "a" * 59 + "-com"),
        ("a-" * 25 + "b.example.com", hashed("a-" * 25 + "b.example.com")),
        ("xn--4gbrim.com", hashed("xn--4gbrim.com")),
    ],
)
def test_prefix(host: str, prefix: str | None) -> None:
    found = cache_urls(f"https://{host}/a")
    assert len(found) == 1
    label, dot, rest = found[0].removeprefix("https://").partition(".")
    assert len(label) <= 63
    assert dot + rest.partition("/")[0] == ".cdn.ampproject.org"
    if prefix is None:
        assert label.startswith("xn--")
    else:
        assert label == prefix


def test_both_forms_where_specification_and_toolbox_differ() -> None:
    assert cache_urls("https://ab--cd.com/x") == (
        f"https://{hashed('ab--cd.com')}.cdn.ampproject.org/c/s/ab--cd.com/x",
        "https://0-ab----cd-com-0.cdn.ampproject.org/c/s/ab--cd.com/x",
    )


@pytest.mark.parametrize(
    ("amp_url", "path"),
    [
        ("https://a.com/x?amp&y=1", "/c/s/a.com/x?amp&y=1"),
        ("http://a.com/x", "/c/a.com/x"),
        ("HTTP://A.com/X", "/c/a.com/X"),
        ("https://a.com:8443/x", "/c/s/a.com:8443/x"),
        ("https://a.com:443/x", "/c/s/a.com/x"),
    ],
)
def test_path(amp_url: str, path: str) -> None:
    assert cache_urls(amp_url) == (f"https://a-com.cdn.ampproject.org{path}",)


@pytest.mark.parametrize(("query", "added"), [("", "/"), ("?x=%2f", "/?x=%2f")])
def test_a_path_that_is_not_written(query: str, added: str) -> None:
    cached = "https://a-com.cdn.ampproject.org/c/s/a.com"
    assert cache_urls(f"https://a.com{query}") == (cached + query, cached + added)


def test_nothing_for_what_does_not_parse() -> None:
    assert cache_urls("https://") == ()
    assert cache_urls("/amp/x") == ()


@pytest.mark.parametrize(
    ("cache_url", "amp_url"),
    [
        ("https://a-com.cdn.ampproject.org/c/s/a.com/x?y#z", "https://a.com/x?y#z"),
        ("https://a-com.cdn.ampproject.org/c/a.com/x", "http://a.com/x"),
        ("https://a-com.cdn.ampproject.org/i/s/a.com/x.png", None),
        ("https://a-com.cdn.ampproject.org/", None),
        ("https://cdn.ampproject.org/c/s/a.com/x", "https://a.com/x"),
        ("https://notcdn.ampproject.org/c/s/a.com/x", None),
        ("https://a.com/amp/x", None),
        ("nonsense", None),
    ],
)
def test_cached_url(cache_url: str, amp_url: str | None) -> None:
    assert cached_url(cache_url) == amp_url


@pytest.mark.parametrize(
    ("prefix", "page"),
    [
        # What the pipeline really wrote.
        ("torontosun-com", "torontosun.com/news/local-news/could-ontario-police-start-using/amp"),
        ("edmontonjournal-com", "edmontonjournal.com/news/local-news/city-police-eye-use-of/amp"),
        ("www-businessinsider-com", "www.businessinsider.com/facebook-settlement-2020-1?amp"),
        ("www-rferl-org", "www.rferl.org/amp/30410014.html"),
        ("amp-ft-com", "amp.ft.com/content/db8bfc3c-4cf4-11ea-95a0-43d18ec715f5"),
        ("amp-newsobserver-com", "amp.newsobserver.com/news/local/crime/article240221072.html"),
        ("www-wral-com", "www.wral.com/raleigh-police-abruptly-end-use/18933545/?version=amp"),
        ("www-stltoday-com", "www.stltoday.com/opinion/article_d711c8b0-803d-5b1f.amp.html"),
        ("globalnews-ca", "globalnews.ca/news/6442933/canada-police-facial-recognition/amp/"),
        ("www-thestar-com", "www.thestar.com/amp/news/gta/2020/02/22/police-chiefs-say.html"),
        ("news-sky-com", "news.sky.com/story/amp/live-facial-recognition-11938683"),
        ("www-cbc-ca", "www.cbc.ca/amp/1.5468839"),
        ("www-dailycamera-com", "www.dailycamera.com/2020/02/18/editorial-dimension/amp/"),
        ("beta-ctvnews-ca", "beta.ctvnews.ca/local/toronto/2020/2/21/1_4822198.html"),
    ],
)
def test_real_pairs(prefix: str, page: str) -> None:
    cache_url = f"https://{prefix}.cdn.ampproject.org/c/s/{page}"
    assert cache_urls(f"https://{page}") == (cache_url,)
    assert cached_url(cache_url) == f"https://{page}"
