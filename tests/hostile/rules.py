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


def titled(name: str, title: Callable[[], str], expected: str) -> Case:
    """A clean seed with a long excerpt in double quotes."""
    return seed(name, lambda: f'featuredContent: "{title()}"\n', expected)


def _related(number: int, entry: Callable[[int], str]) -> str:
    return "related:\n" + "".join(f"- {entry(at)}\n" for at in range(number))


def _entry(at: int, title: str = "", url: str = "") -> str:
    where = url or f"https://www.bay-post.com/a{at}"
    return f'{{title: "{title or f"Story {at} of the bay"}", type: article, webUrl: "{where}"}}'


def _alike(at: int) -> str:
    words = " ".join(f"word{(at + number) % 97}" for number in range(40))
    return f"{words} and {at}"


RELATED = [
    seed("related-all-different", lambda: _related(1_200, _entry), "?"),
    seed("related-all-the-same", lambda: _related(1_200, lambda at: _entry(0)), "?"),
    seed("related-same-title", lambda: _related(1_200, lambda at: _entry(at, "Same")), "?"),
    seed("related-nearly-alike", lambda: _related(1_200, lambda at: _entry(at, _alike(at))), "?"),
    seed(
        "related-long-titles",
        lambda: _related(100, lambda at: _entry(at, f"{at} " + "long title " * 900)),
        "?",
    ),
    seed(
        "related-same-long-excerpts",
        lambda: _related(
            300,
            lambda at: f'{{title: "T{at} of the bay", type: article, excerpt: "{"ab " * 900}{at}"}}',
        ),
        "?",
    ),
    seed(
        "related-to-itself",
        lambda: _related(
            1_200,
            lambda at: _entry(at, url="https://www.harbour-times.com/news/ferries-return"),
        ),
        "?",
    ),
    seed("topics", lambda: "topics: [" + ", ".join(f"topic {at}" for at in range(9_000)) + "]\n", "?"),
    seed("topics-all-the-same", lambda: "topics: [" + ", ".join(["Ferries"] * 9_000) + "]\n", "?"),
    seed(
        "topics-nearly-alike",
        lambda: "topics: [" + ", ".join(f"topic{'s' * (at % 50)}" for at in range(4_000)) + "]\n",
        "?",
    ),
    seed(
        "images",
        lambda: "images:\n"
        + "".join(
            f'- {{url: "https://i.bay.com/{at}-{at}x{at}.jpg", width: 1, height: 1}}\n'
            for at in range(1, 1_400)
        ),
        "?",
    ),
    seed(
        "images-all-the-same",
        lambda: "images:\n" + '- {url: "https://i.bay.com/a-10x10.jpg"}\n' * 2_000,
        "?",
    ),
    seed(
        "unknown-keys",
        lambda: "".join(f"titel{at}: x\n" for at in range(1_500)),
        "?",
    ),
    seed(
        "wrong-types",
        lambda: "related: [" + ", ".join(str(at) for at in range(9_000)) + "]\n",
        "?",
    ),
    seed(
        "many-ignores",
        lambda: "".join(f"# seedlint: ignore[mojibake, html-entity] {at}\n" for at in range(5_000)),
        "?",
    ),
    seed(
        "ignore-of-many-names",
        lambda: f"# seedlint: ignore[{', '.join(f'rule-{at}' for at in range(30_000))}]\n",
        "?",
    ),
    seed(
        "many-unfinished-ignores",
        lambda: "# seedlint: ignore[\n" * 20_000,
        "?",
    ),
    seed("hashes", lambda: "# " + "# seedlint: " * 70_000 + "\n", "?"),
]

TEXTS = [
    titled("text-of-blanks", lambda: "a" + " " * 800_000 + "b", "?"),
    titled("text-of-ampersands", lambda: "&" * 800_000, "?"),
    titled("text-of-entities", lambda: "&amp;" * 100_000, "?"),
    titled("text-of-unfinished-entities", lambda: "&amp" * 100_000 + "&#x", "?"),
    titled("text-of-nested-entities", lambda: "&" + "amp;" * 150_000, "?"),
    titled("text-of-tags", lambda: "<a" * 300_000, "?"),
    titled("text-of-mojibake", lambda: "Ã©" * 100_000, "?"),
    titled("text-of-mojibake-of-mojibake", lambda: "Ã\u0192Â©" * 60_000, "?"),
    titled("text-of-replacements", lambda: "\ufffd" * 200_000, "?"),
    titled("text-of-zero-width", lambda: "a\u200b" * 200_000, "?"),
    titled("text-of-combining-marks", lambda: "e" + "\u0301" * 400_000, "?"),
    titled("text-of-dots", lambda: "." * 800_000, "?"),
    titled("text-of-percents", lambda: "%" * 800_000, "?"),
    titled("text-of-dashes", lambda: "-" * 800_000, "?"),
    seed("title-of-a-megabyte", lambda: f'originalTitle: "{"word " * 150_000}"\n', "?"),
]


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


VALUES = [
    valued("long-title", "?", title=lambda: "word " * 100_000 + "x"),
    valued("title-of-one-letter", "?", title=lambda: "a" * 800_000),
    valued("title-of-blanks", "?", title=lambda: " " * 800_000),
    valued("excerpt-like-the-title", "?", title=lambda: "ab" * 90_000, excerpt=lambda: "ba" * 90_000),
    valued("timestamp-of-digits", "?", publishedDateTime=lambda: "2020-02-03T04:05:06." + "9" * 800_000),
    valued("timestamp-of-nothing", "?", publishedDateTime=lambda: "0" * 800_000),
    valued("url-of-a-megabyte", "?", webUrl=lambda: "https://a.com/" + "a" * 800_000),
    valued("url-of-slashes", "?", webUrl=lambda: "https://a.com" + "/" * 800_000),
    valued("url-of-dots", "?", webUrl=lambda: "https://a.com" + "/.." * 300_000),
    valued("url-of-labels", "?", webUrl=lambda: "https://" + "a." * 300_000 + "com"),
    valued("url-of-parameters", "?", webUrl=lambda: "https://a.com/?" + "utm_a=b&" * 90_000),
    valued("url-of-fragments", "?", webUrl=lambda: "https://a.com/" + "#" * 800_000),
    valued("url-of-at-signs", "?", webUrl=lambda: "https://" + "a@" * 300_000 + "a.com"),
    valued("url-of-punycode", "?", webUrl=lambda: "https://" + "xn--a-" * 100_000 + ".com"),
    valued("url-of-idn", "?", webUrl=lambda: "https://" + "ä" * 300_000 + ".com"),
    valued("url-of-digits", "?", webUrl=lambda: "https://a.com/" + "1x" * 400_000 + ".jpg"),
    valued("url-of-brackets", "?", webUrl=lambda: "https://" + "[" * 800_000),
    valued("amp-url-of-dashes", "?", ampWebUrl=lambda: "https://" + "-" * 300_000 + ".com/"),
    valued("cache-url-of-dashes", "?",
        ampWebUrl="https://a.com/amp",
        cdnAmpWebUrl=lambda: "https://" + "a-" * 30_000 + ".cdn.ampproject.org/c/s/" + "a" * 100_000),
    valued("secured-of-letters", "?", secured=lambda: "A" * 800_000),
    valued("secured-of-separators", "?", secured=lambda: ";" * 800_000),
]

CASES = [*RELATED, *TEXTS, *VALUES]
