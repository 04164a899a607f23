"""The defects that generated corpora have, as real ones do."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

Entry: TypeAlias = "dict[str, Any]"
Plant: TypeAlias = "Callable[[Entry, Random], None]"

FIXABLE = "fixable"

_OLDER_NAMES = {"webUrl": "sourceUrl", "ampWebUrl": "ampUrl", "cdnAmpWebUrl": "cdnAmpUrl"}


@dataclass(frozen=True, slots=True)
class Defect:
    """One way to spoil an article, and the rule that must notice.

    A file gets at most one defect of each ``place``: two on one value would hide each
    other. ``fixable`` ones take exactly one fix, which is safe.
    """

    rule: str
    kind: str
    place: str
    plant: Plant
    fixable: bool = False


def plant(article: Entry, rng: Random, kind: str | None = None) -> tuple[str, ...]:
    """Spoil an article; returns the rules that must notice.

    In one to three ways, of one severity if ``kind`` names it; in one way that takes one
    safe fix if ``kind`` is ``fixable``.
    """
    wanted = 1 if kind == FIXABLE else rng.randint(1, 3)
    chosen: dict[str, Defect] = {}
    for defect in rng.sample(DEFECTS, len(DEFECTS)):
        if len(chosen) < wanted and _is_of(defect, kind):
            chosen.setdefault(defect.place, defect)
    # In the order of the list: entries are copied while whole, keys renamed last of all.
    for defect in sorted(chosen.values(), key=DEFECTS.index):
        defect.plant(article, rng)
    return tuple(sorted({defect.rule for defect in chosen.values()}))


def _is_of(defect: Defect, kind: str | None) -> bool:
    return defect.fixable if kind == FIXABLE else kind in (None, defect.kind)


def _any_entry(article: Entry, rng: Random, key: str = "title") -> Entry:
    return rng.choice([entry for entry in (article, *article["related"]) if key in entry])


def _image(article: Entry, rng: Random) -> Entry:
    image: Entry = _any_entry(article, rng, "images")["images"][0]
    return image


def _provider(article: Entry, rng: Random) -> Entry:
    provider: Entry = _any_entry(article, rng)["provider"]
    return provider


def _www_domain(article: Entry, rng: Random) -> None:
    provider = _provider(article, rng)
    provider["domain"] = f"www.{provider['domain']}"


def _foreign_domain(article: Entry, rng: Random) -> None:
    _provider(article, rng)["domain"] = "syndicatedpress.org"


def _placeholder_name(article: Entry, rng: Random) -> None:
    provider = _provider(article, rng)
    provider["name"] = provider["domain"]


def _foreign_amp_host(article: Entry, rng: Random) -> None:
    entry = _any_entry(article, rng, "ampWebUrl")
    entry["ampWebUrl"] = f"https://amphosting.net/{rng.randrange(10**6)}"
    entry["cdnAmpWebUrl"] = (
        f"https://amphosting-net.cdn.ampproject.org/c/s/{entry['ampWebUrl'][8:]}"
    )


def _wrong_cache_url(article: Entry, rng: Random) -> None:
    entry = _any_entry(article, rng, "ampWebUrl")
    entry["cdnAmpWebUrl"] = entry["cdnAmpWebUrl"].replace("/c/s/", "/c/")


def _tracked_url(article: Entry, rng: Random) -> None:
    _any_entry(article, rng)["webUrl"] += "?utm_source=newsletter"


def _broken_image_url(article: Entry, rng: Random) -> None:
    image = _image(article, rng)
    image["url"] = image["url"].replace("https://", "https:///")


def _future_date(article: Entry, rng: Random) -> None:
    entry = _any_entry(article, rng)
    entry["publishedDateTime"] = "2099" + entry["publishedDateTime"][4:]


def _missing_zone(article: Entry, rng: Random) -> None:
    entry = _any_entry(article, rng)
    entry["publishedDateTime"] = entry["publishedDateTime"].removesuffix("Z")


def _thin_image(article: Entry, rng: Random) -> None:
    image = _image(article, rng)
    image.update(url=f"{_site(image['url'])}/ruler.jpg", width=3000, height=10)


def _contradicting_size(article: Entry, rng: Random) -> None:
    image = _image(article, rng)
    image.update(url=f"{_site(image['url'])}/view-512x384.jpg", width=2048, height=1152)


def _no_height(article: Entry, rng: Random) -> None:
    _image(article, rng)["height"] = 0


def _same_image_twice(article: Entry, rng: Random) -> None:
    images = _any_entry(article, rng, "images")["images"]
    images.append(dict(images[0]))


def _near_duplicate(article: Entry, rng: Random) -> None:
    twin = _copy_of_related(article, rng)
    twin["title"] += "s"
    twin["webUrl"] = f"{_site(twin['webUrl'])}/again/{rng.randrange(10**6)}"
    article["related"].append(twin)


def _duplicate(article: Entry, rng: Random) -> None:
    twin = _copy_of_related(article, rng)
    twin["title"] = "Another headline that leads to the very same page"
    twin["excerpt"] = "And another summary."
    article["related"].append(twin)


def _self_related(article: Entry, rng: Random) -> None:
    twin = _copy_of_related(article, rng)
    twin["title"] = "Another headline that leads back to this very article"
    twin["excerpt"] = "And another summary."
    twin["webUrl"] = article["webUrl"]
    twin["provider"] = dict(article["provider"])
    article["related"].append(twin)


def _copy_of_related(article: Entry, rng: Random) -> Entry:
    twin: Entry = deepcopy(rng.choice(article["related"]))
    twin.pop("ampWebUrl", None)
    twin.pop("cdnAmpWebUrl", None)
    return twin


def _topic_twice(article: Entry, rng: Random) -> None:
    article["topics"].append(article["topics"][0])


def _ambiguous_topic(article: Entry, rng: Random) -> None:
    article["topics"].append(rng.choice(("on", "no", "yes", "off")))


def _two_spaces(article: Entry, rng: Random) -> None:
    entry = _any_entry(article, rng)
    entry["title"] = entry["title"].replace(" ", "  ", 1)


def _entity(article: Entry, rng: Random) -> None:
    _any_entry(article, rng)["title"] += " &amp; more"


def _mojibake(article: Entry, rng: Random) -> None:
    entry = _any_entry(article, rng)
    entry["excerpt"] = f"The cityâ€™s view. {entry['excerpt']}"


def _unknown_key(article: Entry, rng: Random) -> None:
    entry = _any_entry(article, rng)
    entry["qualty"] = 50


def _wrong_type(article: Entry, rng: Random) -> None:
    _any_entry(article, rng)["quality"] = "high"


def _unknown_type(article: Entry, rng: Random) -> None:
    _any_entry(article, rng)["type"] = "artcle"


def _no_domain(article: Entry, rng: Random) -> None:
    del _provider(article, rng)["domain"]


def _cut_token(article: Entry, rng: Random) -> None:
    article["secured"] = article["secured"][20:]


def _older_names(article: Entry, rng: Random) -> None:
    for entry in (article, *article["related"]):
        renamed = {_OLDER_NAMES.get(key, key): value for key, value in entry.items()}
        entry.clear()
        entry.update(renamed)


def _site(url: str) -> str:
    return "/".join(url.split("/")[:3])


DEFECTS = (
    Defect("near-duplicate-related", "warning", "related", _near_duplicate),
    Defect("self-related", "warning", "related", _self_related),
    Defect("duplicate-related", "error", "related", _duplicate),
    Defect("provider-domain-form", "warning", "provider", _www_domain, fixable=True),
    Defect("provider-domain", "warning", "provider", _foreign_domain),
    Defect("provider-name-placeholder", "warning", "provider", _placeholder_name),
    Defect("schema-required", "error", "provider", _no_domain),
    Defect("amp-url-host", "warning", "amp", _foreign_amp_host),
    Defect("amp-cache-url", "error", "amp", _wrong_cache_url, fixable=True),
    Defect("tracking-parameter", "warning", "url", _tracked_url),
    Defect("timestamp-range", "warning", "time", _future_date),
    Defect("timestamp-format", "error", "time", _missing_zone),
    Defect("image-dimensions", "warning", "image", _thin_image),
    Defect("image-dimensions", "error", "image", _no_height),
    Defect("image-size-hint", "warning", "image", _contradicting_size),
    Defect("invalid-url", "error", "image", _broken_image_url),
    Defect("duplicate-image", "warning", "image", _same_image_twice, fixable=True),
    Defect("text-whitespace", "warning", "text", _two_spaces, fixable=True),
    Defect("html-entity", "warning", "text", _entity),
    Defect("mojibake", "warning", "text", _mojibake),
    Defect("duplicate-topic", "warning", "topics", _topic_twice, fixable=True),
    Defect("ambiguous-scalar", "warning", "topics", _ambiguous_topic, fixable=True),
    Defect("schema-type", "error", "quality", _wrong_type),
    Defect("schema-enum", "error", "type", _unknown_type),
    Defect("sealed-token", "error", "token", _cut_token),
    Defect("schema-additional-properties", "error", "keys", _unknown_key),
    Defect("deprecated-key", "warning", "keys", _older_names),
)
