"""Keys in another order than the contract's."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from seedlint.changes import Sort
from seedlint.diagnostic import About, Applicability, Fix, Problem, Severity
from seedlint.keyorder import key_order
from seedlint.rule import DocumentRule, NoOptions
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from seedlint.contract import Contract
    from seedlint.diagnostic import Route
    from seedlint.document import Document
    from seedlint.locate import Tree


class KeyOrder(DocumentRule[NoOptions]):
    """The keys of a mapping are not in the order of the contract.

    ## What it finds

    Mappings whose keys stand in another order than the contract lists them, at any depth:
    the first key that stands after one it belongs before. Keys that the contract does not
    list belong to the key before them, and a mapping with a merge key (`<<`) is left alone.
    The rule is off by default: to readers of YAML the order means nothing.

    ## Why it matters

    Where all files have one order, people find what they look for, and a comparison of two
    versions shows what changed.

    ## Example

    With a contract that lists `title` first:

    ```yaml
    url: https://example.com/news
    title: Ferries return
    ```

    ## Fix

    Put the keys in order, each with its value, its comments and the keys after it that the
    contract does not list. It is safe: the data stays the same.
    """

    severity = Severity.INFO
    enabled = False
    fixes: ClassVar[tuple[Applicability, ...]] = (Applicability.SAFE,)

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether the keys of all mappings that the contract knows are in order."""
        contract = document.contract
        stack: list[tuple[Route, Any]] = [((), document.data)]
        while stack:
            route, value = stack.pop()
            if type(value) is dict:
                ranks = _ranks(contract, route)
                last = -1
                for key, inner in value.items():
                    rank = ranks.get(key)
                    if rank is None:
                        continue
                    if rank < last:
                        return False
                    last = rank
                    if type(inner) is dict or type(inner) is list:
                        stack.append(((*route, key), inner))
            elif type(value) is list:
                items = [item for item in value if type(item) is dict or type(item) is list]
                stack.extend(((*route, 0), item) for item in items)
        return True

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield the first key out of place of every mapping."""
        if document.tree is None:
            return
        for route, keys in _mappings(document.tree).items():
            # To the contract all items of a list are alike.
            place = tuple(0 if isinstance(step, int) else step for step in route)
            ranks = _ranks(document.contract, place)
            stray = _first_stray(keys, ranks)
            if stray is not None:
                key, successor = stray
                yield Problem(
                    (*route, key),
                    f"key {quote(key)} is out of order, expected it before {quote(successor)}",
                    part="key",
                    about=About(key),
                    fix=Fix(
                        "put the keys in the order of the contract",
                        Applicability.SAFE,
                        (Sort(route, _sorted(keys, ranks)),),
                    ),
                )


@lru_cache(maxsize=1024)
def _ranks(contract: Contract, route: Route) -> Mapping[str, int]:
    """The place of each key in a mapping's order."""
    return {key: rank for rank, key in enumerate(key_order(contract, route))}


def _mappings(tree: Tree) -> dict[Route, list[str]]:
    """The keys of every mapping as they are written; of those with merge keys there are none."""
    found: dict[Route, list[str]] = {}
    merging: set[Route] = set()
    for route, key in tree.named():
        found.setdefault(route[:-1], []).append(str(route[-1]))
        if key.is_merge_key:
            merging.add(route[:-1])
    return {route: keys for route, keys in found.items() if route not in merging}


def _first_stray(keys: Sequence[str], ranks: Mapping[str, int]) -> tuple[str, str] | None:
    """The first key that stands after one it belongs before, and the first of those."""
    known = [key for key in keys if key in ranks]
    for before, key in pairwise(known):
        if ranks[key] < ranks[before]:
            return key, next(other for other in known if ranks[other] > ranks[key])
    return None


def _sorted(keys: Sequence[str], ranks: Mapping[str, int]) -> tuple[str, ...]:
    last = -1
    places: dict[str, int] = {}
    for key in keys:
        last = places[key] = ranks.get(key, last)
    return tuple(sorted(keys, key=places.__getitem__))
