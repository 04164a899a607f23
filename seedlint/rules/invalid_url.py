"""URLs no link should carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from seedlint.diagnostic import Problem, Severity
from seedlint.rule import DocumentRule, NoOptions
from seedlint.urlroles import ABSOLUTE_ROLES, REFERENCE_ROLES, links
from seedlint.urlsyntax import flaw, reference_flaw
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from seedlint.document import Document

_ROLES = (*ABSOLUTE_ROLES, *REFERENCE_ROLES)


class InvalidUrl(DocumentRule[NoOptions]):
    """A URL is not a valid absolute http or https address of a public host.

    ## What it finds

    Texts that are no valid URL by the WHATWG URL standard, among them those a browser
    would silently repair: spaces, line breaks, backslashes, `https:/host` or `https:///host`,
    characters such as `<`, `|` or `[` that must be percent-encoded, and `%` without two
    hexadecimal digits. Beyond the standard, a URL may not be relative, have another scheme
    than http or https, carry credentials, or have as its host an IP address, `localhost` or
    a name without a dot. The URLs of images and links may be relative to the site root
    (`/assets/cover.jpg`). Characters outside ASCII are valid.

    ## Why it matters

    Each reader repairs a broken URL in its own way, so the link works in one place and
    fails in another; a URL with credentials gives a secret away.

    ## Example

    ```yaml
    url: https:/example.com/news
    ```

    The URL has one slash after its scheme instead of two.

    ## Fix

    Write what the message expects. A wrong character has one right spelling; a missing
    host or scheme is a judgement: open the page and copy its address.
    """

    severity = Severity.ERROR
    claims: ClassVar[Mapping[str, tuple[str, ...]]] = {"format": _ROLES}

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether all URLs are valid, plainly or on a closer look."""
        return document.memo(links).are_plain or not (
            any(map(flaw, document.strings(*ABSOLUTE_ROLES)))
            or any(map(reference_flaw, document.strings(*REFERENCE_ROLES)))
        )

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield every URL with a flaw."""
        for entity, url in document.texts(*_ROLES):
            flaw_of = reference_flaw if entity.role in REFERENCE_ROLES else flaw
            wrong = flaw_of(url)
            if wrong is not None:
                yield Problem(entity.route, f"URL {quote(url)} {wrong}")
