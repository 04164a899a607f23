"""Generated seeds with many defects, written in many styles."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Any

import yaml_rs

from benchmarks.corpus import seeds
from seedlint.core_schema import resolve
from tests.yaml_documents import Writer

# Text that may stand without quotes, in block style; what is ambiguous may be as well.
_PLAIN = re.compile(r"[A-Za-z0-9\u00e9](?:[^#:\n\x85\u2028]|:(?![ ]|$))*(?<! )")
_IGNORES = (
    "# seedlint: ignore[duplicate-topic]",
    "# seedlint: ignore[text-whitespace, mojibake] a reason",
    "# seedlint: ignore[ambiguous-scalar,text-whitespace]",
    "# seedlint: ignore[duplicate-topc, mojibake]",
)

Entry = dict[str, Any]


class SeedWriter(Writer):
    """Writes a seed, with ignores and aliases here and there."""

    def __init__(self, random: Random, line_end: str) -> None:
        super().__init__(random, line_end)
        self._anchors: dict[Any, str] = {}

    def _noise(self, indent: int) -> None:
        super()._noise(indent)
        if self.random.random() < 0.02:
            self.lines.append(" " * indent + self.random.choice(_IGNORES))

    def _line(self, line: str) -> None:
        if self.random.random() < 0.02:
            self.lines.append(f"{line} {self.random.choice(_IGNORES)}")
        else:
            super()._line(line)

    def _inline(self, value: Any) -> str:
        chance = self.random.random()
        if value in self._anchors and chance < 0.6:
            return f"*{self._anchors[value]}"
        if chance < 0.1:
            self._anchors[value] = f"a{len(self._anchors)}"
            return f"&{self._anchors[value]} {super()._inline(value)}"
        return super()._inline(value)


def document(seed: int) -> bytes:
    """A seed file with defects; the same for the same number."""
    random = Random(f"documents/{seed}")
    (generated,) = seeds(1, seed, findings=1.0)
    article: Any = yaml_rs.loads(generated.text.split("---\n")[1], parse_datetime=False)
    del article["related"][3:]
    entries = [article, article, *article["related"]]
    for spoil in random.sample(_SPOILERS, random.randint(2, 6)):
        spoil(random.choice(entries), random)
    line_end = random.choice(["\n", "\n", "\r\n"])
    block = SeedWriter(random, line_end).document(_value(article, random))
    body = random.choice(["", f"The body.{line_end}", "title: no\r\n---\n\u2028é"])
    mark = random.choice(["", "", "\ufeff"])
    return f"{mark}---{line_end}{block}---{line_end}{body}".encode()


def _value(data: Any, random: Random) -> Any:
    """What the writer writes for data."""
    if isinstance(data, dict):
        return "map", [(key, _value(value, random)) for key, value in data.items()]
    if isinstance(data, list):
        return "list", [_value(item, random) for item in data]
    if type(data) is int and random.random() < 0.1:
        return "plain", random.choice([f"0{data}", f"+{data}", f"{data}e0"])
    if not isinstance(data, str):
        return "plain", str(data).lower()
    is_plain = _PLAIN.fullmatch(data) is not None and resolve(data) == data
    return ("plain" if is_plain and random.random() < 0.7 else "text"), data


def _any_text(entry: Entry, random: Random, change: Callable[[str], str]) -> None:
    key = random.choice(["title", "excerpt"])
    entry[key] = change(str(entry.get(key, "")))


def _spaces(entry: Entry, random: Random) -> None:
    spaces = random.choice(["  ", "\u00a0 ", "\t", "\n", "\n\n"])
    _any_text(entry, random, lambda text: random.choice(["", " "]) + text.replace(" ", spaces, 2))


def _entities(entry: Entry, random: Random) -> None:
    _any_text(entry, random, lambda text: f"{text} &amp; &quot;more&quot; &#8217;")


def _garbled(entry: Entry, random: Random) -> None:
    _any_text(entry, random, lambda text: f"cafÃ© {text} itâ€™s")


def _ambiguous(entry: Entry, random: Random) -> None:
    entry["title"] = random.choice(["no", "On", "12:30", "2020-01-01", "0x1F-", "1_000", "=", "y"])


def _several_topics(entry: Entry, random: Random) -> None:
    topics = random.choices(
        ["AI", "Ai", "Sea", "no", "off", "Sea ", "Café"], k=random.randint(1, 6)
    )
    entry["topics"] = topics


def _several_images(entry: Entry, random: Random) -> None:
    image = {"url": "https://images.example.com/a.jpg", "width": 100, "height": 80}
    other = {**image, "url": "http://images.example.com/b.jpg?utm_source=a&x=1"}
    less = {"url": image["url"]}
    entry["images"] = random.choices([image, other, less, {**image, "width": 200}], k=3)


def _time(entry: Entry, random: Random) -> None:
    entry["publishedDateTime"] = random.choice(
        [
            "2020-02-03 04:05:06Z",
            "2020-02-03T04:05Z",
            "2020-02-03T04:05:06+0100",
            "2020-02-03 04:05:06",
            "2020-02-03T04:05:06",
            "2020-02-03",
        ]
    )


def _url(entry: Entry, random: Random) -> None:
    entry["webUrl"] = random.choice(
        [
            "http://www.example.com/a?utm_source=b&utm_medium=c",
            "https://www.example.com/a?x=1&utm_source=b#part",
            "http://example.com/[a]",
        ]
    )


def _provider(entry: Entry, random: Random) -> None:
    entry["provider"] = {
        "name": random.choice(["Example &amp; Sons", "example.com", "no", "Example  Times"]),
        "domain": random.choice(["www.example.com", "Example.com", "https://example.com/"]),
    }


def _typo(entry: Entry, random: Random) -> None:
    old = random.choice([key for key in entry if len(key) > 4])
    new = old[:2] + old[3:]
    pairs = [(new if key == old else key, value) for key, value in entry.items()]
    entry.clear()
    entry.update(pairs)


def _kind(entry: Entry, random: Random) -> None:
    entry["type"] = random.choice(["Article", "artcle", "vidoe"])


def _older(entry: Entry, random: Random) -> None:
    names = {"webUrl": "sourceUrl", "ampWebUrl": "ampUrl", "cdnAmpWebUrl": "cdnAmpUrl"}
    pairs = [(names.get(key, key), value) for key, value in entry.items()]
    entry.clear()
    entry.update(pairs)
    if random.random() < 0.2 and "sourceUrl" in entry:
        entry["webUrl"] = entry["sourceUrl"]


def _amp(entry: Entry, random: Random) -> None:
    entry["ampWebUrl"] = "https://www.example.com/amp/a?b=1"
    entry["cdnAmpWebUrl"] = "https://example.cdn.ampproject.org/c/s/www.example.com/a"
    entry.pop(random.choice(["ampWebUrl", "cdnAmpWebUrl", "neither"]), None)


def _twice(entry: Entry, random: Random) -> None:
    related = entry.setdefault("related", [])
    if related:
        related.append(dict(random.choice(related)))


def _shuffled(entry: Entry, random: Random) -> None:
    pairs = random.sample(list(entry.items()), len(entry))
    entry.clear()
    entry.update(pairs)


_SPOILERS = (
    _spaces,
    _entities,
    _garbled,
    _ambiguous,
    _several_topics,
    _several_images,
    _time,
    _url,
    _provider,
    _typo,
    _kind,
    _older,
    _amp,
    _twice,
    _shuffled,
)
