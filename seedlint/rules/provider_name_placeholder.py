"""Provider names nobody wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.diagnostic import Problem, Severity
from seedlint.providers import domain_key, placeholders
from seedlint.rule import DocumentRule, NoOptions
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document


class ProviderNamePlaceholder(DocumentRule[NoOptions]):
    """A provider's name is only its domain or the first part of it, in lower case.

    ## What it finds

    Names such as `example.com` or `example` for a provider whose domain is `example.com`.
    A name with a capital (`Example.com`, `EXAMPLE`) is taken for one that a person wrote, and
    so is the name that the registry has for the domain.

    ## Why it matters

    Such a name stands in when the real one is not known, and readers see it.

    ## Example

    ```yaml
    provider:
      name: dailysample
      domain: dailysample.co.uk
    ```

    ## Fix

    Write the name as the publisher does (`Daily Sample`): a judgement. For a publisher
    that writes its name in lower case, list it in the registry or ignore this diagnostic.
    """

    severity = Severity.WARNING

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether no name is in lower case."""
        return not any(map(str.islower, document.strings("provider-name")))

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield every name in lower case that its provider's domain contains as a part."""
        for entity, name in document.texts("provider-name"):
            if not name.islower() or entity.parent is None:
                continue
            domain = entity.parent.text("provider-domain")
            if domain and name in placeholders(domain) and not self._is_listed(name, domain):
                yield Problem(
                    entity.route,
                    f"name {quote(name)} only repeats the domain, expected the publisher's name",
                )

    def _is_listed(self, name: str, domain: str) -> bool:
        registry = self.context.registry
        listed = registry.at(domain_key(domain)) if registry is not None else None
        return listed is not None and listed.name == name
