"""Names that stand for several domains."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from seedlint.diagnostic import Severity
from seedlint.providers import folded, is_placeholder, split_fact
from seedlint.publicsuffix import registrable_domain
from seedlint.rules._provider_consensus import ProviderConsensus
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from seedlint.consensus import Vote


class InconsistentProviderDomain(ProviderConsensus):
    """The same name stands for several domains in the files of the corpus.

    ## What it finds

    Providers of one name, whatever its case and white space, at several registrable domains
    (`example.co.uk` of `news.example.co.uk`). Where at least twice as many files have one
    domain as any other, the others are reported, else all. Names that only repeat the domain
    do not count (`provider-name-placeholder`).

    With a registry, the domains it lists for the name are right. Other domains that it lists
    are left alone: there the name is wrong (`inconsistent-provider-name`).

    ## Why it matters

    Files of one publisher are found by its domain: at a second one they are missed, or the
    files of two publishers are taken for those of one.

    ## Example

    ```yaml
    # one file
    provider: {name: The Sample, domain: sample.example}
    # another
    provider: {name: The Sample, domain: sample-news.example}
    ```

    ## Fix

    Write the domain of the publisher that is meant: a judgement. If two publishers have the
    same name, or one has two domains, list both domains in the registry.
    """

    severity = Severity.WARNING
    WHAT = "domain"
    SIDE = 1

    def vote(self, fact: str) -> Vote | None:
        """The name, folded, and the registrable domain."""
        voted = _domain_vote(fact)
        registry = self.context.registry
        if voted is None or registry is None:
            return voted
        domain, name = split_fact(fact)
        is_settled = registry.at(domain) is not None and domain not in registry.domains_of(name)
        return None if is_settled else voted

    def registered(self, subject: str) -> list[str]:
        """The domains that the registry has for a name."""
        registry = self.context.registry
        listed = registry.domains_of(subject) if registry is not None else ()
        return list(dict.fromkeys(registrable_domain(domain) or domain for domain in listed))

    def shown(self, forms: Iterable[str]) -> Mapping[str, str]:
        """The domains, and as people read them."""
        from seedlint.lookalikes import shown_domain

        return {form: shown_domain(form) for form in forms}

    def subject_of(self, fact: str) -> str:
        """The name as written, in quotes."""
        return quote(split_fact(fact)[1])


@lru_cache(maxsize=16384)
def _domain_vote(fact: str) -> Vote | None:
    domain, name = split_fact(fact)
    owner = registrable_domain(domain)
    return None if owner is None or is_placeholder(name, domain) else (folded(name), owner)
