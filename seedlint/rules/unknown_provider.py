"""Providers that nobody has listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.diagnostic import Problem, Severity
from seedlint.providers import domain_key
from seedlint.rule import DocumentRule, NoOptions
from seedlint.wording import names, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document, Entity
    from seedlint.registry import Registry

_MOST_DOMAINS = 3


class UnknownProvider(DocumentRule[NoOptions]):
    """A provider is not in the registry.

    ## What it finds

    Provider domains that the registry does not list; `www.` and other spellings of a domain
    make no difference, subdomains do. Without a registry it finds nothing. How a domain is
    written is the matter of `provider-domain-form`.

    ## Why it matters

    The provider may be misspelt, or new: then somebody should say what its name is, before
    it has several.

    ## Example

    ```yaml
    # with a registry that has no such domain
    provider:
      name: The Sample
      domain: smaple.example
    ```

    ## Fix

    Correct the domain, or list it in the registry; `seedlint providers --write` does that
    for all that are missing. Which of the two is a judgement.
    """

    severity = Severity.INFO
    enabled = False

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether all domains are listed just as they are written."""
        registry = self.context.registry
        return registry is None or all(map(registry.at, document.strings("provider-domain")))

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield every domain that is not listed."""
        registry = self.context.registry
        if registry is None:
            return
        for entity, written in document.texts("provider-domain"):
            domain = domain_key(written)
            if domain and registry.at(domain) is None:
                message = f"domain {domain} is not in the registry, expected a listed provider"
                yield Problem(entity.route, message, notes=_namesakes(entity, registry))


def _namesakes(entity: Entity, registry: Registry) -> tuple[str, ...]:
    name = entity.parent.text("provider-name") if entity.parent is not None else None
    listed = list(registry.domains_of(name)) if name is not None else []
    if not listed:
        return ()
    return (f"the registry has {quote(name)} at {names(listed[:_MOST_DOMAINS])}",)
