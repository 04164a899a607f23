"""Related entries that lead to one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from seedlint.changes import Remove
from seedlint.diagnostic import Applicability, Fix, Problem, Related, Severity
from seedlint.rule import DocumentRule, NoOptions
from seedlint.rules._related import clashes, surely_differ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document, Entity


class DuplicateRelated(DocumentRule[NoOptions]):
    """Two related entries lead to the same page.

    ## What it finds

    Entries of one list of related entries whose URLs mean the same page once normalised.
    An entry's URLs are its URL (or, without one, its original URL) and its AMP URL. What
    does not tell pages apart: the scheme, `www.`, a trailing slash, the fragment (unless it
    is a path, as in `#!/news`), tracking parameters (a setting), the order of the other
    parameters, `&amp;` for the `&` between them, and the AMP forms of an address, the AMP
    cache among them. Upper and lower case in the path do.

    The later entry is reported, with the earlier one beside it. Each list stands on its
    own: an entry may be related to several others.

    ## Why it matters

    The reader is offered the same article twice, and whatever counts or ranks related
    entries counts it twice.

    ## Example

    ```yaml
    related:
      - title: Bridge closed
        url: https://example.com/bridge
      - title: Bridge closed until May
        url: http://www.example.com/bridge/?utm_source=feed
    ```

    ## Fix

    Removes the poorer of the two: the one with fewer keys that say something, else the one
    with fewer values in them, at any depth, else the later one. Empty text, empty lists and
    mappings and `null` say nothing. What the poorer one has and the other has not is lost,
    and titles or excerpts may differ, so the fix is unsafe.
    """

    severity = Severity.ERROR
    fixes = (Applicability.UNSAFE,)

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether all entries of the document lead to different pages."""
        return document.memo(surely_differ)

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield every entry that leads to the page of an earlier one in its list."""
        weights = _Weights()
        for clash in clashes(document, self.context.tracking_parameters):
            if not clash.with_lister:
                yield Problem(
                    clash.later.route,
                    "URL leads to the same page as an earlier related entry, expected another page",
                    related=(Related(clash.earlier.route, "leads there first"),),
                    fix=_removal(clash.earlier.parent, clash.later.parent, weights),
                    about=clash.about,
                )


class _Weights(dict[int, tuple[int, int]]):
    """How much entries say, by identity: an entry may clash with many others."""

    def of(self, entry: Entity) -> tuple[int, int]:
        """How many keys of an entry say something, and how many values there are in them."""
        weight = self.get(id(entry))
        if weight is None:
            counts = [_values(value) for value in entry.value.values()]
            weight = self[id(entry)] = (len(counts) - counts.count(0), sum(counts))
        return weight


def _values(value: Any) -> int:
    """How many scalars below a value say something."""
    count = 0
    stack = [value]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, str):
            count += bool(value.strip())
        else:
            count += value is not None
    return count


def _removal(earlier: Entity | None, later: Entity | None, weights: _Weights) -> Fix | None:
    if earlier is None or later is None or not isinstance(later.route[-1], int):
        return None
    weight, other = weights.of(later), weights.of(earlier)
    name, entry = ("earlier", earlier) if other < weight else ("later", later)
    reason = "" if weight == other else ", which says less"
    return Fix(f"remove the {name} entry{reason}", Applicability.UNSAFE, (Remove(entry.route),))
