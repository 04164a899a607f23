"""Sizes that the address of a picture contradicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.diagnostic import About, Problem, Related, Severity
from seedlint.imagesize import contradicted, may_hint, plainly_agrees
from seedlint.rule import DocumentRule, NoOptions
from seedlint.wording import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document

# Longer sides are image-dimensions' to report.
_TOO_LONG = 1_000_000


class ImageSizeHint(DocumentRule[NoOptions]):
    """The size written in an image URL contradicts the declared one.

    ## What it finds

    Images whose URL names another size than `width` and `height`: at the end of the file
    name (`harbour-796x420.jpg`), as a segment of its own (`/1200x800/smart/`) or in the
    parameters of an image service (`?width=1200`, `?resize=300,200`, `/w_1200,h_630/`).
    Zero leaves a side open, and a service told to fit a picture into a frame may return a
    smaller one. Where a URL names several sizes, agreeing with one is enough. Ratios
    (`16x9`), cut-outs (`0x0:854x505`) and numbers that may mean anything else are no hints.

    ## Why it matters

    Pages reserve room by the declared size: with a wrong one the text jumps when the picture
    arrives, or the picture is distorted.

    ## Example

    ```yaml
    images:
      - url: https://example.com/harbour-796x420.jpg
        width: 1200
        height: 800
    ```

    ## Fix

    Look at the picture and declare its real size: URL and declaration contradict each other,
    and either may be right.
    """

    severity = Severity.WARNING

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether each image URL names the declared size, or none."""
        for table in document.tables.of("image-url"):
            if table.role != "image":
                return False
            for url, width, height in table.columns("image-url", "width", "height"):
                if type(url) is str and not plainly_agrees(url, width, height) and may_hint(url):
                    return False
        return True

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield a problem for every declared size the image URL contradicts."""
        for entity, url in document.texts("image-url"):
            image = entity.parent
            if not may_hint(url) or image is None or image.role != "image":
                continue
            width, height = image.first("width"), image.first("height")
            if width is None or height is None:
                continue
            sides = width.value, height.value
            if not all(map(_is_side, sides)):
                continue
            hints = contradicted(url, *sides)
            if hints:
                said = [str(hint) for hint in hints]
                wrong = height if any(hint.width == sides[0] for hint in hints) else width
                yield Problem(
                    wrong.route,
                    f"declared size {sides[0]}x{sides[1]} contradicts the image URL,"
                    f" expected {names(said)}",
                    related=(Related(entity.route, "the image URL"),),
                    about=About([*sides, *said], image.route),
                )


def _is_side(value: object) -> bool:
    """Whether a width or height is a number to compare; others are not this rule's matter."""
    return type(value) is int and 0 < value < _TOO_LONG
