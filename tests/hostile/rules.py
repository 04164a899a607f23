"""Hostile to rules: much to compare, much to find, text that makes expressions backtrack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.hostile import Case
from tests.support import SEED

if TYPE_CHECKING:
    from collections.abc import Callable


def seed(name: str, more: Callable[[], str], expected: str) -> Case:
    """A case that is a clean seed with something more in it."""
    return Case(name, lambda: f"---\n{SEED}{more()}---\n", expected, schema=None)


def _with(**values: Any) -> Callable[[], str]:
    def make() -> str:
        lines = SEED.splitlines()
        for key, value in values.items():
            lines = [line for line in lines if not line.startswith(f"{key}:")]
            lines.append(f'{key}: "{value() if callable(value) else value}"')
        return "---\n" + "\n".join(lines) + "\n---\n"

    return make


def valued(name: str, expected: str, **values: Any) -> Case:
    """A clean seed with other values for some of its keys."""
    return Case(name, _with(**values), expected, schema=None)


def titled(name: str, text: Callable[[], str], expected: str) -> Case:
    """A clean seed with a long excerpt in double quotes."""
    return valued(name, expected, excerpt=text)


def _related(number: int, entry: Callable[[int], str]) -> str:
    return "related:\n" + "".join(f"- {entry(at)}\n" for at in range(number))


def _entry(at: int, title: str = "", url: str = "", excerpt: str = "") -> str:
    return (
        f'{{category: news, title: "{title or f"Story {at} of the bay"}", type: article, '
        f'excerpt: "{excerpt or f"What came of it, part {at}"}", '
        f'webUrl: "{url or f"https://www.bay-post.com/a{at}"}", '
        'publishedDateTime: "2020-02-03T04:05:06Z", '
        "provider: {name: Bay Post, domain: bay-post.com}}"
    )


def _alike(at: int) -> str:
    words = " ".join(f"word{(at + number) % 97}" for number in range(40))
    return f"{words} and {at}"


RELATED = [
    seed(
        "related-all-different", lambda: _related(500, _entry), "near-duplicate-related 22:27 +90"
    ),
    seed(
        "related-all-the-same",
        lambda: _related(500, lambda at: _entry(0)),
        "duplicate-related 13:108 +498",
    ),
    seed(
        "related-same-title",
        lambda: _related(500, lambda at: _entry(at, "Same")),
        "near-duplicate-related 13:27 +99",
    ),
    seed(
        "related-nearly-alike",
        lambda: _related(500, lambda at: _entry(at, _alike(at))),
        "near-duplicate-related 13:27 +99",
    ),
    seed(
        "related-long-titles",
        lambda: _related(100, lambda at: _entry(at, f"{at} " + "long title " * 900)),
        "text-whitespace 12:27 +198",
    ),
    seed(
        "related-same-long-excerpts",
        lambda: _related(
            300,
            lambda at: _entry(at, excerpt="ab " * 900 + str(at)),
        ),
        "near-duplicate-related 22:27 +90",
    ),
    seed(
        "related-to-itself",
        lambda: _related(
            500,
            lambda at: _entry(at, url="https://www.harbour-times.com/news/ferries-return"),
        ),
        "conflicting-entry 3:8 +2000",
    ),
    seed(
        "topics",
        lambda: "topics: [" + ", ".join(f"topic {at}" for at in range(9_000)) + "]\n",
        "clean",
    ),
    seed(
        "topics-all-the-same",
        lambda: "topics: [" + ", ".join(["Ferries"] * 9_000) + "]\n",
        "duplicate-topic 11:19 +1000",
    ),
    seed(
        "topics-nearly-alike",
        lambda: "topics: [" + ", ".join(f"topic{'s' * (at % 50)}" for at in range(4_000)) + "]\n",
        "duplicate-topic 11:1585 +1000",
    ),
    seed(
        "images",
        lambda: (
            "images:\n"
            + "".join(
                f'- {{url: "https://i.bay.com/{at}-{at}x{at}.jpg", width: 1, height: 1}}\n'
                for at in range(1, 1_400)
            )
        ),
        "image-dimensions 12:47 +2001",
    ),
    seed(
        "images-all-the-same",
        lambda: "images:\n" + '- {url: "https://i.bay.com/a.jpg", width: 10, height: 10}\n' * 1_300,
        "image-dimensions 12:43 +2001",
    ),
    seed(
        "unknown-keys",
        lambda: "".join(f"titel{at}: x\n" for at in range(1_500)),
        "schema-additional-properties 11:1 +1000",
    ),
    seed(
        "wrong-types",
        lambda: "related: [" + ", ".join(str(at) for at in range(9_000)) + "]\n",
        "schema-type 11:11 +1000",
    ),
    seed(
        "many-ignores",
        lambda: "".join(f"# seedlint: ignore[mojibake, html-entity] {at}\n" for at in range(5_000)),
        "unused-ignore 11:20 +1000",
    ),
    seed(
        "ignore-of-many-names",
        lambda: f"# seedlint: ignore[{', '.join(f'rule-{at}' for at in range(30_000))}]\n",
        "unused-ignore 11:20 +1000",
    ),
    seed(
        "many-unfinished-ignores",
        lambda: "# seedlint: ignore[\n" * 20_000,
        "unused-ignore 11:1 +1000",
    ),
    seed("hashes", lambda: "# " + "# seedlint: " * 70_000 + "\n", "unused-ignore 11:3"),
]

TEXTS = [
    titled("text-of-blanks", lambda: "a" + " " * 800_000 + "b", "text-whitespace 10:10"),
    titled("text-of-ampersands", lambda: "&" * 800_000, "clean"),
    titled("text-of-entities", lambda: "&amp;" * 100_000, "html-entity 10:10"),
    titled("text-of-unfinished-entities", lambda: "&amp" * 100_000 + "&#x", "clean"),
    titled("text-of-nested-entities", lambda: "&" + "amp;" * 150_000, "html-entity 10:10"),
    titled("text-of-tags", lambda: "<a" * 300_000, "clean"),
    titled("text-of-mojibake", lambda: "Ã©" * 100_000, "mojibake 10:10"),
    titled("text-of-mojibake-of-mojibake", lambda: "Ã\u0192Â©" * 60_000, "mojibake 10:10"),
    titled("text-of-replacements", lambda: "\ufffd" * 200_000, "mojibake 10:10"),
    titled("text-of-zero-width", lambda: "a\u200b" * 200_000, "control-character 10:10"),
    titled("text-of-combining-marks", lambda: "e" + "\u0301" * 400_000, "clean"),
    titled("text-of-dots", lambda: "." * 800_000, "clean"),
    titled("text-of-percents", lambda: "%" * 800_000, "clean"),
    titled("text-of-dashes", lambda: "-" * 800_000, "clean"),
    seed(
        "title-of-a-megabyte",
        lambda: f'originalTitle: "{"word " * 150_000}"\n',
        "schema-additional-properties 11:1",
    ),
]


VALUES = [
    valued("long-title", "clean", title=lambda: "word " * 100_000 + "x"),
    valued("title-of-one-letter", "clean", title=lambda: "a" * 800_000),
    valued("title-of-blanks", "text-whitespace 10:8", title=lambda: " " * 800_000),
    valued(
        "excerpt-like-the-title",
        "clean",
        title=lambda: "ab" * 90_000,
        excerpt=lambda: "ba" * 90_000,
    ),
    valued(
        "timestamp-of-digits",
        "timestamp-format 10:20",
        publishedDateTime=lambda: "2020-02-03T04:05:06." + "9" * 800_000,
    ),
    valued(
        "timestamp-of-nothing", "timestamp-format 10:20", publishedDateTime=lambda: "0" * 800_000
    ),
    valued(
        "url-of-a-megabyte", "provider-domain 9:11", webUrl=lambda: "https://a.com/" + "a" * 800_000
    ),
    valued(
        "url-of-slashes", "provider-domain 9:11", webUrl=lambda: "https://a.com" + "/" * 800_000
    ),
    valued("url-of-dots", "provider-domain 9:11", webUrl=lambda: "https://a.com" + "/.." * 300_000),
    valued("url-of-labels", "invalid-url 10:9", webUrl=lambda: "https://" + "a." * 300_000 + "com"),
    valued(
        "url-of-parameters",
        "provider-domain 9:11 +1",
        webUrl=lambda: "https://a.com/?" + "utm_a=b&" * 90_000,
    ),
    valued("url-of-fragments", "invalid-url 10:9", webUrl=lambda: "https://a.com/" + "#" * 800_000),
    valued(
        "url-of-at-signs", "invalid-url 10:9", webUrl=lambda: "https://" + "a@" * 300_000 + "a.com"
    ),
    valued(
        "url-of-punycode",
        "invalid-url 10:9",
        webUrl=lambda: "https://" + "xn--a-" * 100_000 + ".com",
    ),
    valued("url-of-idn", "invalid-url 10:9", webUrl=lambda: "https://" + "ä" * 300_000 + ".com"),
    valued(
        "url-of-digits",
        "provider-domain 9:11",
        webUrl=lambda: "https://a.com/" + "1x" * 400_000 + ".jpg",
    ),
    valued("url-of-brackets", "invalid-url 10:9", webUrl=lambda: "https://" + "[" * 800_000),
    valued(
        "amp-url-of-dashes",
        "invalid-url 11:12",
        ampWebUrl=lambda: "https://" + "-" * 300_000 + ".com/",
    ),
    valued(
        "cache-url-of-dashes",
        "amp-url-host 11:12 +1",
        ampWebUrl="https://a.com/amp",
        cdnAmpWebUrl=lambda: (
            "https://" + "a-" * 30_000 + ".cdn.ampproject.org/c/s/" + "a" * 100_000
        ),
    ),
    valued("secured-of-letters", "sealed-token 11:10", secured=lambda: "A" * 800_000),
    valued("secured-of-separators", "sealed-token 11:10", secured=lambda: ";" * 800_000),
]

CASES = [*RELATED, *TEXTS, *VALUES]
