"""Sizes that no picture has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from seedlint.diagnostic import About, Problem, Related, Severity
from seedlint.rule import DocumentRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from seedlint.document import Document, Entity


@dataclass(frozen=True, slots=True)
class ImageDimensionsOptions:
    """The settings of image-dimensions."""

    min_side: int = 16
    max_side: int = 20_000
    max_aspect_ratio: float = 10.0

    def __post_init__(self) -> None:
        if not 0 <= self.min_side <= self.max_side:
            raise ValueError("min-side must not be negative, nor larger than max-side")
        if self.max_aspect_ratio < 1:
            raise ValueError("max-aspect-ratio must be at least 1")


class ImageDimensions(DocumentRule[ImageDimensionsOptions]):
    """An image's width or height is not positive, or is not one a picture would have.

    ## What it finds

    A width or height of zero or less is an error. A side shorter than `min-side` or longer
    than `max-side`, and a picture more than `max-aspect-ratio` times as long as the other
    way, are warnings.

    ## Why it matters

    Pages reserve room for a picture by its declared size. With zero or a slip of the
    keyboard the picture is invisible, or the page jumps. A picture of one pixel is a
    counter, not a picture.

    ## Example

    ```yaml
    images:
      - url: https://example.com/harbour.jpg
        width: 1200
        height: 0
    ```

    ## Options

    - `min-side` (default `16`): the shortest side expected, in pixels
    - `max-side` (default `20000`): the longest side expected, in pixels
    - `max-aspect-ratio` (default `10.0`): how many times as long as the short side the long
      side may be

    ## Fix

    Declare the size of the picture as it is stored: the picture itself determines it.
    """

    severity = Severity.ERROR
    claims: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "minimum": ("width", "height"),
        "exclusiveMinimum": ("width", "height"),
    }

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether all pictures have two plausible sides."""
        low, high = self._plausible_sides()
        limit = self.options.max_aspect_ratio
        for table in document.tables.of("width", "height"):
            if table.role != "image":
                return False
            for width, height in table.columns("width", "height"):
                if not (
                    type(width) is int is type(height)
                    and low <= width <= high
                    and low <= height <= high
                    and width <= limit * height
                    and height <= limit * width
                ):
                    return False
        return True

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield a problem for every side, and every pair of sides, that is not plausible."""
        low, high = self._plausible_sides()
        heights = {entity.parent: entity for entity in document.entities("height")}
        limit = self.options.max_aspect_ratio
        for entity in document.entities("width", "height"):
            size = entity.value
            if type(size) is int and low <= size <= high:
                if entity.role != "width" or (height := heights.get(entity.parent)) is None:
                    continue
                other = height.value
                if type(other) is not int or not low <= other <= high:
                    continue
                if size > limit * other or other > limit * size:
                    yield from self._ratio(entity, height)
            elif (whole := _whole_pixels(size)) is not None:
                yield from self._side(entity, whole)

    def _plausible_sides(self) -> tuple[int, int]:
        return max(self.options.min_side, 1), self.options.max_side

    def _side(self, entity: Entity, size: int) -> Iterator[Problem]:
        options = self.options
        if size <= 0:
            yield Problem(
                entity.route, f"{entity.role} is {_written(size)}, expected a positive number"
            )
        elif size < options.min_side:
            yield Problem(
                entity.route,
                f"{entity.role} {size} is implausible, expected at least {options.min_side}",
                severity=Severity.WARNING,
            )
        elif size > options.max_side:
            yield Problem(
                entity.route,
                f"{entity.role} {_written(size)} is implausible,"
                f" expected at most {options.max_side}",
                severity=Severity.WARNING,
            )

    def _ratio(self, width: Entity, height: Entity) -> Iterator[Problem]:
        low, high = self._plausible_sides()
        of_one_image = width.parent is not None and width.parent.role == "image"
        if of_one_image and low <= height.value <= high:
            yield Problem(
                width.route,
                f"a picture of {width.value} by {height.value} is implausible, expected one side"
                f" to be at most {self.options.max_aspect_ratio:g} times as long as the other",
                related=(Related(height.route, "the height"),),
                severity=Severity.WARNING,
                about=About([width.value, height.value]),
            )


def _whole_pixels(value: object) -> int | None:
    """The number of a whole number; other values are the schema's matter."""
    if type(value) is int:
        return value
    return int(value) if type(value) is float and value.is_integer() else None


def _written(size: int) -> str:
    # Python refuses to write numbers of thousands of digits, and nobody could read them.
    if size.bit_length() <= 64:
        return str(size)
    return f"about {'-' if size < 0 else ''}10^{int(size.bit_length() * 0.30103)}"
