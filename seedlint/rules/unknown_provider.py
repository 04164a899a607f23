"""Providers that nobody has listed."""

from __future__ import annotations

from itertools import islice
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
                yield _problem(entity, domain, registry)


def _problem(entity: Entity, domain: str, registry: Registry) -> Problem:
    from seedlint.lookalikes import shown_domain

    name = entity.parent.text("provider-name") if entity.parent is not None else None
    return Problem(
        entity.route,
        f"domain {shown_domain(domain)} is not in the registry, expected a listed provider",
        notes=() if name is None else _namesakes(name, registry),
    )


def _namesakes(name: str, registry: Registry) -> tuple[str, ...]:
    from seedlint.lookalikes import shown_domain

    spellings: dict[str, list[str]] = {}
    for domain in islice(registry.domains_of(name), _MOST_DOMAINS):
        spellings.setdefault(registry.name_at(domain, name), []).append(shown_domain(domain))
    listed = [f"{quote(each)} at {names(domains, 'and')}" for each, domains in spellings.items()]
    return (f"the registry has {names(listed, 'and')}",) if listed else ()
