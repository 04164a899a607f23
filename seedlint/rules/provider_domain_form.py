"""Provider domains that are more than a domain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seedlint.changes import Replace
from seedlint.diagnostic import Applicability, Fix, Problem, Severity
from seedlint.domains import bare_domain, is_domain
from seedlint.rule import DocumentRule, NoOptions
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document

_BARE = re.compile(r"(?!www\.)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}\Z")


class ProviderDomainForm(DocumentRule[NoOptions]):
    """A provider's domain is not written as a bare domain.

    ## What it finds

    Domains with `www.`, a scheme, a port, a path, upper case, a trailing dot or
    surrounding spaces, and what is no domain at all, as `*.example.com` or a name without a
    dot.

    ## Why it matters

    The domain is a key: files of one publisher are found by it, and a second spelling
    makes a second publisher.

    ## Example

    ```yaml
    provider:
      name: The Sample
      domain: https://www.Example.com/
    ```

    ## Fix

    Writes the bare form that the message gives. What is written determines it, and it
    names the same site, so the fix is safe. What is no domain has none.
    """

    severity = Severity.WARNING
    fixes = (Applicability.SAFE,)

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether all domains plainly are bare."""
        return all(map(_BARE.match, document.strings("provider-domain")))

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield every domain that differs from its bare form, or has none."""
        for entity, domain in document.texts("provider-domain"):
            if not domain or _BARE.match(domain):
                continue
            bare = bare_domain(domain)
            if not is_domain(bare):
                message = f"{quote(domain)} is no domain, expected one such as example.com"
                yield Problem(entity.route, message)
            elif bare != domain:
                message = f"domain {quote(domain)} is not bare, expected {quote(bare)}"
                change = Replace(entity.route, bare)
                fix = Fix(f"write {quote(bare)}", Applicability.SAFE, (change,))
                yield Problem(entity.route, message, fix=fix)
