"""Which rules are selected, and how far their fixes are trusted: what selectors mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.diagnostic import Applicability
from seedlint.rule import all_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.settings import Choice, Settings

_ALL = "all"


class Selection:
    """Which rule names are selected. The most specific selector decides, ``ignore`` wins ties.

    A selector is a rule's name, or the beginning of names up to a hyphen (``duplicate``).
    What the command line chose decides wherever it says something.
    """

    def __init__(
        self,
        select: Sequence[str] | None,
        extend: Sequence[str],
        ignore: Sequence[str],
        choice: Choice,
    ) -> None:
        self._by_default = select is None and choice.select is None
        self._select = (*(select or ()), *extend)
        self._ignore = ignore
        self._choice = choice
        self._chosen = (*(choice.select or ()), *choice.extend_select)

    def includes(self, name: str, enabled: bool) -> bool:
        """Whether a rule of this name is to speak; ``enabled`` is its default."""
        wanted = specificity(self._chosen, name)
        unwanted = specificity(self._choice.ignore, name)
        if self._choice.select is not None or wanted >= 0 or unwanted >= 0:
            return wanted > unwanted
        chosen = max(specificity(self._select, name), 0 if self._by_default and enabled else -1)
        return chosen > specificity(self._ignore, name)

    def may_include_member(self, family: str) -> bool:
        """Whether some ``<family>-…`` may be selected."""
        return self.includes(family, enabled=True) or any(
            selector.startswith(f"{family}-") for selector in (*self._select, *self._chosen)
        )


class FixPolicy:
    """Which fixes are offered, and how far each is to be trusted.

    The most specific selector decides; of two that are equally so, the more cautious.
    """

    def __init__(self, settings: Settings) -> None:
        self._fixable = (_ALL,) if settings.fixable is None else settings.fixable
        self._unfixable = settings.unfixable
        self._safe = settings.extend_safe_fixes
        self._unsafe = settings.extend_unsafe_fixes
        self._decided: dict[tuple[str, Applicability], Applicability | None] = {}

    def applicability(self, name: str, given: Applicability) -> Applicability | None:
        """The trust in a fix of a rule; ``None`` where it is not to be offered."""
        key = (name, given)
        if key not in self._decided:
            self._decided[key] = self._decide(name, given)
        return self._decided[key]

    def _decide(self, name: str, given: Applicability) -> Applicability | None:
        if specificity(self._fixable, name) <= specificity(self._unfixable, name):
            return None
        safe, unsafe = specificity(self._safe, name), specificity(self._unsafe, name)
        if given is Applicability.DISPLAY or safe == unsafe == -1:
            return given
        return Applicability.SAFE if safe > unsafe else Applicability.UNSAFE


def specificity(selectors: Sequence[str], name: str) -> int:
    """The length of the longest selector that means the name; -1 if none does."""
    return max(
        (
            0 if selector == _ALL else len(selector)
            for selector in selectors
            if _means(selector, name)
        ),
        default=-1,
    )


def _means(selector: str, name: str) -> bool:
    if selector in (_ALL, name):
        return True
    if not name.startswith(f"{selector.removesuffix('-')}-"):
        return False
    # `provider-domain` is a rule of its own and does not mean `provider-domain-form`.
    rule = all_rules().get(selector)
    return rule is None or rule.family
