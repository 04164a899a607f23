"""Sizes written in image URLs, and whether a declared size can be theirs.

Only places where a size means the picture that is served count: a path segment that is
nothing but a size, the end of the file name, an image service's parameters. Numbers
anywhere else, and everything in a URL inside the URL, can only speak for the declared
size, never against it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SIDE = r"(0|[1-9][0-9]{1,4})"
_SHORTEST, _LONGEST = 32, 16_384
_STEEPEST = 20

_SEGMENT = rf"{_SIDE}[xX](?:{_SIDE})?(?P<mode>!|>|%3[eE])?"
_FILE_NAME = rf"(?:.*[-_.=])?{_SIDE}[xX]{_SIDE}(?:@[1-4]x)?(?:\.[A-Za-z]{{3,5}}){{0,2}}"
# Wagtail's and others' names of pictures that were made to fit.
_FITTED = r"(?:.*[-_.])?(?:max|fit|limit)[-_][0-9]+[xX]"
_SERVICE = r"[a-z]{1,4}_[^,]+(?:,[a-z]{1,4}_[^,]+)*"
_LIST = rf"{_SIDE}[,xX:](?:{_SIDE}|\*)"
_INNER = r"https?(?::|%3[aA]|%253[aA])"
_NUMBER = r"(?<![0-9])[1-9][0-9]{1,4}(?![0-9])"
_PIXEL_RATIO = r"(?:@|dpr[=_])([1-4](?:\.[0-9]{1,2})?)"

# The screens every image URL passes: a literal first character, or the query only.
_PAIR = re.compile(r"x(?<=[0-9]x)(?:[0-9]{2}|[0/])|X(?<=[0-9]X)[0-9]{2}")
_PARAMETER = re.compile(r"[?&;](?:w|h|width|height|resize|size|fit)=")

_LISTS = ("resize", "size", "fit")
_FITS = frozenset(
    ("fit-in", "adaptive-fit-in", "full-fit-in", "thumbnail", "fit", "max", "inside", "bounds")
)
_FITTING_SERVICE = re.compile(r"c_(?:limit|m?fit)(?:,|\Z)")
# A part that is cut out, or the picture or text that is laid over this one.
_OTHER_SERVICE = re.compile(r"(?:^|,)(?:c_crop|[lu]_)")
_FILLING = frozenset(("", "crop", "cover", "fill", "scale", "exact", "facearea", "stretch"))
_NEVER_ENLARGING = ("no_upscale", "strip=", ".wp.com/", ".wordpress.com/", "/_next/image?")
# Shops' and WordPress's own image services, which fit without enlarging: the one by the file's
# name, the other by the parameters.
_SHOPS = ("//cdn.shopify.com/", "/cdn/shop/")
_UPLOADS = "/wp-content/uploads/"


class Hint(NamedTuple):
    """A size a URL names; a side of 0 is left to the picture's proportions.

    ``box``: the picture is made to fit, and may be smaller. ``exact``: it is not even made
    to fit in one direction.
    """

    width: int
    height: int
    box: bool = False
    exact: bool = False

    def __str__(self) -> str:
        size = (
            f"{self.width}x{self.height}"
            if self.width and self.height
            else f"{'width' if self.width else 'height'} {self.width or self.height}"
        )
        return f"{size} at most" if self.box else size

    def allows(self, width: int, height: int, scale: float) -> bool:
        """Whether a picture of this size can be what the hint means, give or take a pixel.

        ``scale`` is how many pixels there are to one of the size that is named.
        """
        sides = [
            (named * scale, side)
            for named, side in ((self.width, width), (self.height, height))
            if named
        ]
        if any(side > named + 1 for named, side in sides):
            return False
        equal = [abs(side - named) <= 1 for named, side in sides]
        return self.box or (all(equal) if self.exact else any(equal))


def contradicted(url: str, width: int, height: int) -> tuple[Hint, ...]:
    """The sizes a URL names, if none of them agrees with the declared one."""
    if plainly_agrees(url, width, height):
        return ()
    hints, rest = _hints(url)
    if not hints:
        return ()
    ratio = re.search(_PIXEL_RATIO, url)
    scales = (1.0, float(ratio[1])) if ratio else (1.0,)
    if any(hint.allows(width, height, scale) for hint in hints for scale in scales):
        return ()
    if {width, height} & _numbers(rest):
        return ()
    return tuple(dict.fromkeys(hints))


def plainly_agrees(url: str, width: int, height: int) -> bool:
    """The commonest ways to agree, found without taking the URL apart."""
    if f"{width}x{height}" in url:
        return True
    if "?" in url and "&h" not in url and "?h" not in url:
        ended = f"{url}&"
        if f"width={width}&" in ended or f"w={width}&" in ended:
            return True
    return f"{width}x0" in url


def may_hint(url: str) -> bool:
    """Whether a URL may name a size: a quick look that never misses one."""
    query = url.find("?")
    return (
        _PAIR.search(url) is not None
        or (query >= 0 and _PARAMETER.search(url, query) is not None)
        or "w_" in url
    )


def _hints(url: str) -> tuple[list[Hint], list[str]]:
    """What the URL says of the picture it serves, and its parts that may mean another."""
    url = url.partition("#")[0]
    path, _, query = url.partition("?")
    inner = re.search(_INNER, path[8:])
    segments, rest = path.split("/"), []
    if inner is not None:
        # Whose the parameters are, the outer or the inner URL's, cannot be known.
        cut = inner.start() + 8
        segments, rest, query = path[:cut].split("/"), [url[cut:]], ""
    bounded = any(sign in url for sign in _NEVER_ENLARGING)
    hints = [
        *_path_hints(segments, inner is None, bounded or any(map(path.__contains__, _SHOPS)), rest),
        *_query_hints(query, bounded or _UPLOADS in path, rest),
    ]
    return hints, rest


def _path_hints(
    segments: Sequence[str], named: bool, bounded: bool, rest: list[str]
) -> Iterator[Hint]:
    """The hints of a path; ``named``: its last segment is the picture's name."""
    bounded = bounded or not _FITS.isdisjoint(segments)
    before = ""
    for index, segment in enumerate(segments):
        hint = None
        if before != "crop":
            hint = _segment_hint(segment, bounded)
            if hint is None and named and index == len(segments) - 1:
                hint = _file_name_hint(segment, bounded)
        if hint is None:
            rest.append(segment)
        else:
            yield hint
        before = segment


def _segment_hint(segment: str, bounded: bool) -> Hint | None:
    if match := re.fullmatch(_SEGMENT, segment):
        box = bounded or match[2] is None or match["mode"] not in (None, "!")
        return _hint(match[1], match[2], box)
    if "w_" in segment and re.fullmatch(_SERVICE, segment):
        if _OTHER_SERVICE.search(segment):
            return None
        width = re.search(r"(?:^|,)w_([1-9][0-9]{1,4})(?=,|\Z)", segment)
        height = re.search(r"(?:^|,)h_([1-9][0-9]{1,4})(?=,|\Z)", segment)
        box = bounded or _FITTING_SERVICE.search(segment) is not None
        return _hint(width[1] if width else None, height[1] if height else None, box)
    return None


def _file_name_hint(segment: str, bounded: bool) -> Hint | None:
    match = re.fullmatch(_FILE_NAME, segment)
    if match is None:
        return None
    box = bounded or re.match(_FITTED, segment) is not None
    return _hint(match[1], match[2], box, exact=True)


def _query_hints(query: str, bounded: bool, rest: list[str]) -> Iterator[Hint]:
    pairs = [part.removeprefix("amp;").partition("=") for part in query.split("&")]
    values = {name.lower(): re.sub("%2[cC]", ",", value) for name, _, value in pairs}
    fit = values.get("fit", "").lower()
    # With a position beside them, the sides may be those of a part that is cut out.
    cut_out = "x" in values or "y" in values
    used: set[str] = set()
    for names in (("width", "height"), ("w", "h")):
        width, height = (_number(values.get(name, "")) for name in names)
        hint = None if cut_out else _hint(width, height, bounded or fit not in _FILLING)
        if hint is not None:
            used.update(names)
            yield hint
    for name in _LISTS:
        match = re.fullmatch(_LIST, values.get(name, ""))
        hint = None if match is None else _hint(match[1], match[2], bounded or name == "fit")
        if hint is not None:
            used.add(name)
            yield hint
    rest += [value for name, value in values.items() if name not in used]


def _number(value: str) -> str | None:
    return value if re.fullmatch(_SIDE, value) else None


def _hint(width: str | None, height: str | None, box: bool, *, exact: bool = False) -> Hint | None:
    """The hint two sides make, unless they are a ratio, a date or something else."""
    sides = int(width or 0), int(height or 0)
    given = [side for side in sides if side]
    if not given or not all(_SHORTEST <= side <= _LONGEST for side in given):
        return None
    return None if max(given) > _STEEPEST * min(given) else Hint(*sides, box, exact)


def _numbers(parts: Sequence[str]) -> set[int]:
    from urllib.parse import unquote

    return {int(number) for part in parts for number in re.findall(_NUMBER, unquote(part))}
