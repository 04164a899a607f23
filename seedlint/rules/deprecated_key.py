"""Keys of an older generation of the format."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from seedlint.changes import Rename
from seedlint.diagnostic import Applicability, Fix, Problem, Severity
from seedlint.rule import DocumentRule, NoOptions
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.diagnostic import Route
    from seedlint.document import Document


class DeprecatedKey(DocumentRule[NoOptions]):
    """A key belongs to an older generation of the format.

    ## What it finds

    Keys that the contract marks as `deprecated`, at any depth, with the name that replaced
    them where the contract gives one (`x-renamed-to`).
    If the new key stands beside the old one, a note says so, and whether both have the
    same value.

    ## Why it matters

    What reads seeds today looks for the new name. Under the old one the value is accepted
    but easily overlooked, and nobody can drop the old name while files still use it.

    ## Example

    With a contract in which `url` replaced `link`:

    ```yaml
    link: https://example.com/news
    ```

    ## Fix

    Renames the key; its value, place and comments stay. The contract determines the new
    name, so the fix is safe.

    No fix where the new key stands beside the old one, or several old ones with one new
    name stand together: whose value is right is a judgement. Nor where nothing replaced
    the key.
    """

    severity = Severity.WARNING
    fixes = (Applicability.SAFE,)

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether the document has no deprecated key."""
        return not document.tables.has_deprecated

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield every deprecated key."""
        wanted = Counter((route[:-1], new_name) for route, new_name in document.deprecated)
        for route, new_name in document.deprecated:
            old_name = str(route[-1])
            notes = _beside(document, route, new_name)
            is_free = new_name and not notes and wanted[route[:-1], new_name] == 1
            yield Problem(
                route,
                f"key {quote(old_name)} is deprecated, expected "
                + (quote(new_name) if new_name else "none: nothing replaced it"),
                part="key",
                notes=notes,
                fix=_renaming(route, new_name) if is_free else None,
            )


def _renaming(route: Route, new_name: str) -> Fix:
    title = f"rename the key to {quote(new_name)}"
    return Fix(title, Applicability.SAFE, (Rename(route, new_name),))


def _beside(document: Document, route: Route, new_name: str) -> tuple[str, ...]:
    """What to know if the mapping has the new key as well."""
    mapping = document.data
    for step in route[:-1]:
        mapping = mapping[step]
    if new_name not in mapping:
        return ()
    same = mapping[new_name] == mapping[route[-1]]
    values = "the same value" if same else "another value"
    return (f"{quote(new_name)} stands beside it, with {values}",)
