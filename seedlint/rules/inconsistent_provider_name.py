"""Domains that go by several names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from seedlint.diagnostic import Applicability, Fix, Severity
from seedlint.providers import is_placeholder, split_fact
from seedlint.rules._provider_consensus import ProviderConsensus
from seedlint.rules._tidy import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from seedlint.consensus import Verdict, Vote
    from seedlint.diagnostic import Route


class InconsistentProviderName(ProviderConsensus):
    """The same domain goes by several names in the files of the corpus.

    ## What it finds

    Names that differ for providers of one domain, if only in case or white space; `www.` and
    other spellings of the domain make no difference, subdomains do. Where the registry lists
    the domain, its name is right and every other is reported. Else a name is right that at
    least twice as many files have as any other, but for what rules about text object to (an
    HTML entity, say, is decoded); if there is none, all are reported. Names
    that only repeat the domain do not count (`provider-name-placeholder`).

    ## Why it matters

    To readers, and to every list by name, one publisher is several.

    ## Example

    ```yaml
    # one file
    provider: {name: The Sample, domain: sample.example}
    # another
    provider: {name: Sample, domain: sample.example}
    ```

    ## Fix

    Write the name that is right: safe where the registry decides, a judgement where the
    majority does. Where nothing prevails there is no fix: list the domain in the registry.
    """

    severity = Severity.WARNING
    fixes: ClassVar[tuple[Applicability, ...]] = (Applicability.SAFE, Applicability.UNSAFE)
    WHAT = "name"
    SIDE = 0

    def vote(self, fact: str) -> Vote | None:
        """The domain, and the name as written."""
        return name_vote(fact)

    def registered(self, subject: str) -> list[str]:
        """The registry's name of a domain."""
        registry = self.context.registry
        listed = registry.at(subject) if registry is not None else None
        return [listed.name] if listed is not None else []

    def tidy(self, form: str) -> str:
        """The name as it should be written."""
        return tidy(form)

    def shown(self, forms: Iterable[str]) -> Mapping[str, str]:
        """The names in quotes."""
        from seedlint.lookalikes import told_apart

        return told_apart(forms)

    def subject_of(self, fact: str) -> str:
        """The domain."""
        from seedlint.lookalikes import shown_domain

        return shown_domain(split_fact(fact)[0])

    def fix(self, route: Route, verdict: Verdict, shown: Mapping[str, str]) -> Fix | None:
        """The right name instead."""
        if not verdict.right:
            return None
        from seedlint.changes import Replace

        right = verdict.right[0]
        applicability = Applicability.SAFE if verdict.is_registered else Applicability.UNSAFE
        return Fix(f"name it {shown[right]}", applicability, (Replace(route, right),))


@lru_cache(maxsize=16384)
def name_vote(fact: str) -> Vote | None:
    """What a fact has to say on the name of its domain: nothing, if that is a placeholder."""
    domain, name = split_fact(fact)
    return None if is_placeholder(name, domain) else (domain, name)
