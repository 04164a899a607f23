"""Images that are listed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.changes import Remove
from seedlint.diagnostic import About, Applicability, Fix, Problem, Related, Severity
from seedlint.rule import DocumentRule, NoOptions
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document, Entity


class DuplicateImage(DocumentRule[NoOptions]):
    """The same image is listed twice for one entry.

    ## What it finds

    Two images of one entry, or of one provider, with the same URL. Different entries may
    show the same picture, and so may an entry and its provider.

    ## Why it matters

    A gallery shows the picture twice, and a reader thinks the page is broken. Often the
    second was meant to be another picture.

    ## Example

    ```yaml
    images:
      - url: https://example.com/harbour.jpg
      - url: https://example.com/harbour.jpg
    ```

    ## Fix

    Removes the later one where both say the same in all their keys: nothing is lost, so
    the fix is safe. Where one only says less than the other, that one is removed; perhaps
    it was meant to be another picture, so the fix is unsafe.

    No fix where they contradict each other, say in the title, or stand in different lists:
    remove one, or give it the URL that was meant.
    """

    severity = Severity.WARNING
    fixes = (Applicability.SAFE, Applicability.UNSAFE)

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether no two images of the document have the same URL."""
        urls = document.strings("image-url")
        return len(set(urls)) == len(urls)

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield a problem for every image URL its owner has already listed."""
        seen: dict[tuple[int, str], Entity] = {}
        for entity, url in document.texts("image-url"):
            owner = entity.parent
            if owner is not None and owner.role == "image":
                owner = owner.parent
            first = seen.setdefault((id(owner), url), entity)
            if first is not entity:
                yield Problem(
                    entity.route,
                    f"duplicate image {quote(url)}, already listed for this"
                    f" {owner.role if owner is not None else 'document'}, expected once",
                    related=(Related(first.route, "first listed here"),),
                    fix=_removal(_image(first), _image(entity)),
                    about=About(url, owner.route if owner is not None else ()),
                )


def _image(url: Entity) -> Entity:
    """The image that has the URL, which may be all there is of it."""
    image = url.parent
    return image if image is not None and image.role == "image" else url


def _removal(first: Entity, later: Entity) -> Fix | None:
    if not isinstance(later.route[-1], int) or first.route[:-1] != later.route[:-1]:
        return None
    if first.value == later.value:
        change = Remove(later.route)
        return Fix("remove the later image", Applicability.SAFE, (change,))
    if not isinstance(first.value, dict) or not isinstance(later.value, dict):
        return None
    for name, image, other in (("later", later, first), ("earlier", first, later)):
        if image.value.items() <= other.value.items():
            title = f"remove the {name} image, which says less"
            return Fix(title, Applicability.UNSAFE, (Remove(image.route),))
    return None
