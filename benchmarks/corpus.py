"""Corpora in the shape of real seed files: seeded, of any size, with a chosen share of findings.

``python -m benchmarks.corpus OUT --files 1000 --seed 1 --findings 0.1``
"""

from __future__ import annotations

import argparse
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from benchmarks import defects
from benchmarks.words import TOPICS, Vocabulary, publisher_domain, publisher_name

if TYPE_CHECKING:
    from collections.abc import Iterator

Entry: TypeAlias = "dict[str, Any]"
AmpStyle = Literal["suffix", "query", "host", "prefix"]

_PUBLISHERS = 400
_RELATED_WEIGHTS = (6, 11, 14, 15, 13, 11, 9, 7, 6, 4, 2, 1)
_SIZES = ((1200, 800), (1200, 675), (1280, 720), (1600, 900), (796, 420), (1068, 712), (640, 360))

_QUOTED = frozenset(("title", "excerpt", "url", "webUrl", "ampWebUrl", "cdnAmpWebUrl", "secured"))
_GROUPS = frozenset(("provider", "topics", "images", "related", "secured"))


@dataclass(frozen=True, slots=True)
class Seed:
    """One generated file, and the rules that have something to say about it."""

    name: str
    text: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Where articles appear, and how that site writes its URLs."""

    name: str
    domain: str
    host: str
    amp: AmpStyle
    trailing_slash: bool
    image_style: int


def seeds(files: int, seed: int, findings: float, kind: str | None = None) -> Iterator[Seed]:
    """Generate a corpus. File number n is the same whatever the size of the corpus.

    ``findings`` is the share of files with findings, exact and evenly spread; ``kind``
    limits them to those of one severity, or to one that takes one safe fix.
    """
    for index in range(files):
        faulty = int((index + 1) * findings) > int(index * findings)
        yield _seed(Random(f"{seed}/{index}"), index, faulty, kind)


def write(out: Path, files: int, seed: int, findings: float, kind: str | None = None) -> int:
    """Generate a corpus into an empty or new folder; returns the bytes written."""
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise SystemExit(f"{out} is not empty")
    size = 0
    for each in seeds(files, seed, findings, kind):
        size += (out / each.name).write_bytes(each.text.encode())
    return size


def _seed(rng: Random, index: int, faulty: bool, kind: str | None) -> Seed:
    name = f"{index:03}_{rng.getrandbits(64):016x}.txt"
    data = _article(rng)
    rules = defects.plant(data, rng, kind) if faulty else ()
    lines = ["---"]
    _render(data, "", lines)
    return Seed(name, "\n".join([*lines, "---", "", ""]), rules)


def _article(rng: Random) -> Entry:
    words = Vocabulary(rng)
    count = rng.choices(range(1, 13), _RELATED_WEIGHTS)[0]
    entry = _entry(rng, words, amp=rng.random() < 0.5, image=rng.random() < 0.8)
    images = entry.pop("images", None)
    provider = entry.pop("provider")
    article = {"category": "news", **entry, "heat": rng.randint(-1, 40), "published": False}
    article["provider"] = provider
    article["topics"] = rng.sample(TOPICS, 2)
    if images:
        images[0]["title"] = entry["title"]
        article["images"] = images
    # The first related entry has everything, so that every defect finds its place.
    article["related"] = [
        _entry(rng, words, amp=number == 0 or rng.random() < 0.35, image=rng.random() < 0.75)
        if number
        else _entry(rng, words, amp=True, image=True)
        for number in range(count)
    ]
    article["secured"] = _sealed(rng)
    return article


def _entry(rng: Random, words: Vocabulary, amp: bool, image: bool) -> Entry:
    publisher = rng.choice(_publishers())
    year, month, day = rng.randint(2019, 2021), rng.randint(1, 12), rng.randint(1, 28)
    date = f"{year}-{month:02}-{day:02}"
    slug = words.slug()
    slash = "/" if publisher.trailing_slash else ""
    path = f"{date.replace('-', '/')}/{slug}{slash}"
    url = f"https://{publisher.host}/{path}"
    entry: Entry = {
        "title": words.title(),
        "excerpt": words.excerpt(),
        "publishedDateTime": f"{date}T{rng.randrange(24):02}:{rng.randrange(60):02}:00Z",
        "webUrl": url,
    }
    if amp:
        entry["ampWebUrl"] = _amp_url(publisher, path)
        entry["cdnAmpWebUrl"] = amp_cache_url(entry["ampWebUrl"])
    entry["type"] = "article"
    entry["provider"] = {"name": publisher.name, "domain": publisher.domain}
    entry["quality"] = rng.randint(10, 130)
    if image:
        width, height = rng.choice(_SIZES)
        address = _image_url(publisher, date, slug, width, height)
        entry["images"] = [{"url": address, "width": width, "height": height}]
    return entry


def _amp_url(publisher: Publisher, path: str) -> str:
    if publisher.amp == "suffix":
        return f"https://{publisher.host}/{path.rstrip('/')}/amp"
    if publisher.amp == "query":
        return f"https://{publisher.host}/{path}?amp"
    if publisher.amp == "host":
        return f"https://amp.{publisher.domain}/{path}"
    return f"https://{publisher.host}/amp/{path}"


def amp_cache_url(amp_url: str) -> str:
    """The cache URL of an https AMP URL with a short ASCII host."""
    address = amp_url.removeprefix("https://")
    host = address.partition("/")[0].replace("-", "--").replace(".", "-")
    return f"https://{host}.cdn.ampproject.org/c/s/{address}"


def _image_url(publisher: Publisher, date: str, slug: str, width: int, height: int) -> str:
    site = f"https://images.{publisher.domain}"
    month = date[:7].replace("-", "/")
    styles = (
        f"{site}/wp-content/uploads/{month}/{slug}-{width}x{height}.jpg",
        f"{site}/{slug}?width={width}&format=jpeg",
        f"{site}/v1/static/{slug}/{width}x{height}/match/image.jpg",
        f"{site}/resizer/GnA=/{width}x0/public/{slug}.jpg",
        f"{site}/thumbnails/{month}/{slug}.jpg",
        f"{site}/resources/images/{slug}/",
    )
    return styles[publisher.image_style % len(styles)]


def _sealed(rng: Random) -> str:
    cipher = rng.randbytes(16 * rng.choice((16, 16, 24)))
    return f"{b64encode(cipher).decode()};{b64encode(rng.randbytes(16)).decode()}"


@cache
def _publishers() -> tuple[Publisher, ...]:
    rng = Random("publishers")
    amp_styles: tuple[AmpStyle, ...] = ("suffix", "query", "host", "prefix")
    by_domain: dict[str, Publisher] = {}
    names: set[str] = set()
    while len(by_domain) < _PUBLISHERS:
        name = publisher_name(rng)
        domain = publisher_domain(rng, name)
        # A name has one domain, and a domain one name: corpus rules find nothing.
        if name in names or domain in by_domain:
            continue
        names.add(name)
        host = f"www.{domain}" if rng.random() < 0.7 else domain
        amp = rng.choice(amp_styles)
        by_domain[domain] = Publisher(name, domain, host, amp, rng.random() < 0.5, rng.randrange(6))
    return tuple(by_domain.values())


def _render(mapping: Entry, indent: str, lines: list[str]) -> None:
    for key, value in mapping.items():
        if not indent and key in _GROUPS:
            lines.append("")
        if isinstance(value, dict):
            lines.append(f"{indent}{key}:")
            _render(value, indent + "  ", lines)
        elif isinstance(value, list):
            lines.append(f"{indent}{key}:")
            _render_items(value, indent + "  ", lines)
        else:
            lines.append(f"{indent}{key}: {_scalar(key, value)}")


def _render_items(items: list[Any], indent: str, lines: list[str]) -> None:
    for item in items:
        if isinstance(item, dict):
            first = len(lines)
            _render(item, indent + "  ", lines)
            lines[first] = f"{indent}- {lines[first].lstrip()}"
        else:
            lines.append(f"{indent}- {item}")


def _scalar(key: str, value: object) -> str:
    if key in _QUOTED:
        return '"' + str(value).replace('"', '\\"') + '"'
    return str(value).lower() if isinstance(value, bool) else str(value)


def main() -> None:
    """The command line of the generator."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument("out", type=Path, help="an empty or new folder")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--findings", type=float, default=0.1, help="share of files, 0 to 1")
    parser.add_argument("--kind", choices=("warning", "error", defects.FIXABLE), help="only this")
    options = parser.parse_args()
    size = write(options.out, options.files, options.seed, options.findings, options.kind)
    print(f"{options.files} files, {size / max(options.files, 1) / 1000:.1f} KB on average")


if __name__ == "__main__":
    main()
