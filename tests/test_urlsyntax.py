"""What makes a URL invalid, and how it is said."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedlint.urls import parse
from seedlint.urlsyntax import all_plain, flaw, reference_flaw

VALID = [
    "https://example.com",
    "https://example.com/",
    "HTTPS://Example.COM/News",
    "http://example.com:8080/x",
    "https://example.com:443/x",
    "https://example.com:/x",
    "https://example.com?x#y",
    "https://example.com/a_(b)!*';:@&=+$,~-.jpg",
    "https://example.com/a//b/../c",
    "https://example.com/?a=b/c?d",
    "https://example.com/#a/b?c",
    "https://example.com/%C3%BC%2f",
    "https://example.com/für/食狮?ü#ü",
    "https://bücher.example/x",
    "https://xn--bcher-kva.example/x",
    "https://example.com./x",
    "https://my_site.example.com/x",
    "https://r3---sn.example.com/x",
    "https://ab--cd.com/x",
    "https://123.com/x",
    "https://localhost.example.com/x",
    f"https://{'a' * 63}.com/x",
    "https://e3.365dm.com/20/02/1600x900/skynews_4925640.jpg?20200220143955",
    "https://images.example.com/qw-JSZV4=/1200x800/filters:cb(15)/https://www.example.com/a.jpg",
]

INVALID = [
    ("", "is empty, expected an absolute http or https URL"),
    (" https://a.com/", "starts with a space, expected none"),
    ("https://a.com/ ", "ends with a space, expected none"),
    ("https://a.com/\n", "ends with a line break, expected none"),
    ("\thttps://a.com/", "starts with a tab, expected none"),
    ("https://a.com/a b", 'has a space, expected "%20"'),
    ("https://a.com/a\tb", "has a tab, expected none"),
    ("https://a.com/a\r\nb", "has a line break, expected none"),
    ("https://a.com/\x00x", "has the character U+0000, expected none"),
    ("https://a.com/\x7fx", 'has the character U+007F, expected "%7F"'),
    ("https://a.com/\x85x", 'has the character U+0085, expected "%C2%85"'),
    ("https://a.com/\ufdd0x", 'has the character U+FDD0, expected "%EF%B7%90"'),
    ("https://a.com/a\\b", 'has a backslash, expected "/"'),
    ("https://a.com/?a\\b", 'has a backslash, expected "%5C"'),
    ("https:\\\\a.com/", 'has a backslash, expected "/"'),
    ("https://a.com/<b>", 'has the character "<", expected "%3C"'),
    ('https://a.com/"b', 'has the character """, expected "%22"'),
    ("https://a.com/{b}", 'has the character "{", expected "%7B"'),
    ("https://a.com/a|b", 'has the character "|", expected "%7C"'),
    ("https://a.com/a^b", 'has the character "^", expected "%5E"'),
    ("https://a.com/a`b", 'has the character "`", expected "%60"'),
    ("https://a.com/[b]", 'has the character "[", expected "%5B"'),
    ("https://a.com/?b[]=1", 'has the character "[", expected "%5B"'),
    ("https://a|b.com/", 'has the character "|", expected "%7C"'),
    ("https://a.com/#b#c", 'has a second "#", expected "%23"'),
    ("https://a.com/100%", 'has "%", expected two hexadecimal digits after "%"'),
    ("https://a.com/%zz", 'has "%zz", expected two hexadecimal digits after "%"'),
    ("https://a.com/?%C3%B", 'has "%B", expected two hexadecimal digits after "%"'),
    ("https:a.com/x", 'starts with "https:", expected "https://"'),
    ("https:/a.com/x", 'starts with "https:/", expected "https://"'),
    ("https:///a.com/x", 'starts with "https:///", expected "https://"'),
    ("https://", "has no host, expected a domain after the slashes"),
    ("https://?x", "has no host, expected a domain after the slashes"),
    ("https://:80/", "has no host, expected a domain before the port"),
    ("//a.com/x", 'is relative, expected it to start with "https://"'),
    ("/x", 'is relative, expected it to start with "https://"'),
    ("www.a.com/x", 'is relative, expected it to start with "https://"'),
    ("ftp://a.com/x", 'has the scheme "ftp", expected "https" or "http"'),
    ("data:image/png;base64,AA", 'has the scheme "data", expected "https" or "http"'),
    ("javascript:alert(1)", 'has the scheme "javascript", expected "https" or "http"'),
    ("https://me:secret@a.com/", "has credentials before its host, expected none"),
    ("https://me@a.com/", "has credentials before its host, expected none"),
    ("https://@a.com/", "has credentials before its host, expected none"),
    ("https://a.com:65536/", 'has the port "65536", expected a number up to 65535'),
    ("https://a.com:x/", 'has the port "x", expected a number up to 65535'),
    ("https://10.0.0.1/", 'has the IP address "10.0.0.1" as its host, expected a domain'),
    ("https://0x7f.1/", 'has the IP address "0x7f.1" as its host, expected a domain'),
    ("https://[::1]:80/x", 'has the IP address "[::1]:80" as its host, expected a domain'),
    ("http://localhost:80/", 'has the local host "localhost", expected a public domain'),
    ("http://app.localhost/", 'has the local host "app.localhost", expected a public domain'),
    ("http://intranet/x", 'has the host "intranet", expected a domain with a dot'),
    ("http://intranet./x", 'has the host "intranet.", expected a domain with a dot'),
    (
        "https://-a.com/",
        'has a hyphen at the edge of a label in its host "-a.com", expected a valid domain',
    ),
    (
        "https://b.a-.com/x",
        'has a hyphen at the edge of a label in its host "b.a-.com", expected a valid domain',
    ),
    ("https://a..com/", 'has an empty label in its host "a..com", expected a valid domain'),
    ("https://a.256/", 'has the host "a.256", expected a valid domain'),
    ("https://xn--a.com/", 'has the host "xn--a.com", expected a valid domain'),
    ("https://ex%61mple.com/", "has percent-encoding in its host, expected the domain itself"),
    ("https://a.com,b/", 'has the host "a.com,b", expected a valid domain'),
    (
        f"https://{'a' * 64}.com/",
        "has too long a host, expected at most 63 characters between dots and 253 in all",
    ),
    (
        f"https://{'a.' * 130}com/",
        "has too long a host, expected at most 63 characters between dots and 253 in all",
    ),
]


@pytest.mark.parametrize("url", VALID)
def test_valid(url: str) -> None:
    assert flaw(url) is None
    assert reference_flaw(url) is None


@pytest.mark.parametrize(("url", "expected"), INVALID)
def test_invalid(url: str, expected: str) -> None:
    assert flaw(url) == expected
    assert not all_plain(["https://example.com/", url])


@pytest.mark.parametrize("url", ["/assets/a-50x50.jpg", "/", "/a?b#c", "/für.jpg"])
def test_root_relative_references(url: str) -> None:
    assert reference_flaw(url) is None
    assert flaw(url) is not None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("//a.com/x.jpg", 'is relative, expected it to start with "https://"'),
        ("assets/x.jpg", 'is relative, expected it to start with "https://"'),
        ("/assets/a b.jpg", 'has a space, expected "%20"'),
        ("/assets/x.jpg ", "ends with a space, expected none"),
        ("/assets\\x.jpg", 'has a backslash, expected "/"'),
        ("/assets/%.jpg", 'has "%.j", expected two hexadecimal digits after "%"'),
    ],
)
def test_references_with_a_flaw(url: str, expected: str) -> None:
    assert reference_flaw(url) == expected


def test_the_screen_sees_nearly_every_url() -> None:
    assert all_plain(["https://www.example.com/a-b?c=d%20e", "http://x.example.co.uk/"])


PIECES = ["a", "com", ".", "-", "/", "//", ":", "80", "@", "%", "%41", "#", "?", "xn--", "é"]
PIECES += [" ", "\n", "[", "localhost", "127", "\\", "https://", "_"]


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_what_passes_is_parsed_and_the_screen_errs_on_the_safe_side(parts: list[str]) -> None:
    url = f"https://a.com{''.join(parts)}"
    parsed = parse(url)
    if flaw(url) is None:
        assert parsed is not None
        assert not parsed.has_credentials
    else:
        assert not all_plain([url])


@pytest.mark.parametrize(
    "part", ["a.", "%", "ü", "xn--", ":", "@", "/", "#", "-", " a", "食狮", "[1"]
)
def test_long_urls_take_no_long_time(part: str) -> None:
    started = time.process_time()
    flaw(f"https://{part * 200_000}")
    flaw(f"https://a.com/{part * 200_000}")
    assert time.process_time() - started < 2
