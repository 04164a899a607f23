"""The vocabulary of generated corpora: invented headlines, summaries and publishers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_NOUNS = _words(
    """
    allotment archive bakery bandstand barge beacon bicycle bookbinder brewery bridge canal
    carousel choir cinema clockmaker council courtyard crane ferry festival florist footpath
    fountain gallery gardener glasshouse granary greenhouse harbour hospice kiosk lantern laundry
    library lighthouse lodger market meadow mill museum observatory orchard orchestra overpass
    pavilion pharmacy pier planetarium playground postman potter quarry railway reservoir rooftop
    sawmill school signalman skipper square stadium station surveyor tannery theatre tollhouse
    towpath tram turbine tunnel upholsterer valley vineyard volunteer warehouse watermill weaver
    wharf windmill workshop
    """
)

_ADJECTIVES = _words(
    """
    abandoned ancient borrowed bright careful cautious cheerful colourful contested copper crooked
    crowded curious delayed dusty eastern empty famous floating forgotten former foreign gentle
    hidden hollow honest hopeful idle municipal narrow neighbouring nervous noisy northern orderly
    painted patient polished popular portable practical quiet rainy remote repaired restless rural
    rusty seasonal secret shallow silver sleepy southern spacious stubborn sunken temporary tidy
    unfinished unlikely upper wandering western wooden
    """
)

_VERBS = _words(
    """
    admits answers attracts balances borrows celebrates challenges changes collects compares
    counts defends delays delivers describes divides doubts expects explains feeds follows greets
    hides ignores inspects inspires invites keeps leaves lends lifts measures mends moves needs
    opens outlasts paints praises protects questions records refuses remembers replaces rescues
    restores reviews saves shares shelters signals supports surprises teaches tests thanks trusts
    unites visits warns welcomes
    """
)

_TAILS = (
    "after a long winter",
    "and nobody complains",
    "at half past nine",
    "before the summer holidays",
    "by a margin of one vote",
    "despite the forecast",
    "for the first time in forty years",
    "from the opposite bank",
    "in spite of the budget",
    "on the second attempt",
    "once the scaffolding is gone",
    "to general applause",
    "under a new agreement",
    "while the neighbours watch",
    "with a borrowed ladder",
    "without a single ticket sold",
)

_PAPERS = _words(
    """
    Argus Bulletin Chronicle Courier Dispatch Echo Examiner Gazette Herald Journal Ledger Letter
    Mercury Messenger Monitor Observer Post Record Review Sentinel Standard Times Tribune Weekly
    """
)

_PLACES = _words(
    """
    Alder Amber Beacon Birch Bramble Brook Canal Cedar Chalk Clover Cobble Copper Coral Dapple
    Ember Fallow Fern Flint Garnet Hazel Heather Ivory Juniper Lantern Larch Linden Marble Meadow
    Mistral Moss Orchard Pebble Quarry Rowan Saffron Sorrel Tamarack Thistle Umber Willow
    """
)

_TLDS = ("com", "com", "com", "com", "co.uk", "org", "ca", "de", "com.au", "net")

TOPICS = _words("Cities Crafts Energy Food Gardens Islands Libraries Music Robotics Transport")


class Vocabulary:
    """The words of one file: entries about one subject share their nouns, as in life."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._nouns = rng.sample(_NOUNS, 14)

    def title(self) -> str:
        """A headline, one in four with a curly apostrophe or a dash."""
        shape = self._rng.random()
        if shape < 0.12:
            return f"{self._clause()} {self._tail()} — and {self._clause(upper=False)}"
        if shape < 0.25:
            return f"The {self._noun()}’s {self._adjective()} year: {self._clause(upper=False)}"
        if shape < 0.6:
            return f"{self._clause()} {self._tail()}"
        return f"{self._clause()}, but {self._clause(upper=False)}"

    def excerpt(self) -> str:
        """A summary: two to seven clauses, half of them with other than ASCII characters."""
        sentences = [self._sentence() for _ in range(self._rng.randint(2, 6))]
        shape = self._rng.random()
        if shape < 0.35:
            sentences.append(f"“{self._clause()},” said a {self._noun()}.")
        elif shape < 0.55:
            sentences.append(f"{self._clause()} — {self._clause(upper=False)}.")
        elif shape < 0.6:
            sentences.append(f'"{self._clause()}," said a {self._noun()}.')
        if self._rng.random() < 0.6:
            sentences.append(f"{self._clause()} ...")
        return " ".join(sentences)

    def slug(self) -> str:
        """The last step of a URL."""
        return (
            f"{self._adjective()}-{self._noun()}-{_pick(self._rng, _VERBS)}-"
            f"{self._adjective()}-{self._noun()}-{self._rng.randrange(10**5, 10**8)}"
        )

    def _sentence(self) -> str:
        return f"{self._clause()} {self._tail()}."

    def _clause(self, upper: bool = True) -> str:
        article = "The" if upper else "the"
        return (
            f"{article} {self._adjective()} {self._noun()} {_pick(self._rng, _VERBS)} "
            f"the {self._adjective()} {self._noun()}"
        )

    def _noun(self) -> str:
        return _pick(self._rng, self._nouns)

    def _adjective(self) -> str:
        return _pick(self._rng, _ADJECTIVES)

    def _tail(self) -> str:
        return _pick(self._rng, _TAILS)


def publisher_name(rng: Random) -> str:
    """Such as ``The Amber Gazette``."""
    article = "The " if rng.random() < 0.2 else ""
    return f"{article}{_pick(rng, _PLACES)} {_pick(rng, _PAPERS)}"


def publisher_domain(rng: Random, name: str) -> str:
    """The registrable domain of a publisher, some with a hyphen."""
    dash = "-" if rng.random() < 0.15 else ""
    return f"{name.removeprefix('The ').replace(' ', dash).lower()}.{_pick(rng, _TLDS)}"


def _pick(rng: Random, words: Sequence[str]) -> str:
    # int(random() * n) is twice as fast as Random.choice, and fair enough for prose.
    return words[int(rng.random() * len(words))]
