"""duplicate-image: see the class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.diagnostic import Problem, Related, Severity
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

    Remove the later one, or give it the URL that was meant: a judgement.
    """

    severity = Severity.WARNING

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
                    f" {owner.role if owner is not None else 'document'}",
                    related=(Related(first.route, "first listed here"),),
                )
