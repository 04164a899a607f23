"""Fixes of document rules, which can be made as soon as a file is read.

What corpus rules conclude is then drawn from the files as they will be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.check import IGNORE_MARK, CorpusPart
from seedlint.fixing import fix_batch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.diagnostic import Elsewhere
    from seedlint.fixing import FixResult, ToFix
    from seedlint.rule import CorpusRule


def made_at_once(
    files: Sequence[ToFix], rules: Sequence[CorpusRule[object]]
) -> list[FixResult | None]:
    """What the fixes make of files that were checked by document rules, and its facts.

    ``None`` where nothing changes, or more is to be said of the fixes. So it is of files with
    ignores, too: whether these have an effect is known only when corpus rules have taken part.
    """
    fixable = [each for each in files if _is_fixable(each)]
    results = iter(fix_batch(fixable, CorpusPart(rules, _nowhere)))
    return [_if_simple(each, next(results)) if _is_fixable(each) else None for each in files]


def together(at_once: FixResult, later: FixResult | None) -> FixResult:
    """What was done to a file at once, and after that."""
    if later is None:
        return at_once
    return later._replace(applied=at_once.applied + later.applied)


def _is_fixable(file: ToFix) -> bool:
    return file.checked.has_fixes and IGNORE_MARK not in file.given.raw


def _if_simple(file: ToFix, result: FixResult) -> FixResult | None:
    is_simple = not (result.left_out or result.unsettled)
    return result if is_simple and result.raw != file.given.raw else None


def _nowhere(other: Elsewhere) -> None:
    """Nothing is concluded yet that could point at other files."""
