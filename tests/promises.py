"""What fixes promise, held against a file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from copy import deepcopy
from itertools import groupby, pairwise
from typing import Any

from seedlint.changes import Change, Insert, Quote, Remove, Rename, Replace, Sort
from seedlint.diagnostic import Edit, Part, Route
from seedlint.events import locate
from seedlint.fixing import Applied, FixResult
from seedlint.frontmatter import Block, Kind, read_block
from seedlint.load import load
from seedlint.slow_load import load_slowly
from tests.editing import has_text_keys
from tests.support import fix_bytes, profile

PROFILE = profile('select = ["all"]\n[rules.amp-cache-url]\nrequire = true')
BOM = b"\xef\xbb\xbf"


def fix(raw: bytes) -> FixResult:
    return fix_bytes(raw, "seed.txt", PROFILE, lambda *_: True, named=True)


def block_of(text: str) -> Block:
    block = read_block(text.encode(), Kind.FRONT_MATTER, required=True)
    assert block is not None
    return block


def data_of(text: str) -> Any:
    block = block_of(text)
    data = load(block.raw, block.text, PROFILE.limits)[0]
    # What has other keys is loaded slowly; see seedlint.check.
    return data if has_text_keys(data) else load_slowly(block.text, PROFILE.limits)[0]


def spelled(data: Any) -> str:
    return json.dumps(data, sort_keys=True)


def with_edits(text: str, edits: Iterable[Edit]) -> str:
    """From the last to the first, so that none moves another."""
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def with_changes(data: Any, changes: list[Change]) -> Any:
    """Values first, then the deepest collections, in lists the last item first."""
    data = deepcopy(data)
    for change in changes:
        if isinstance(change, Replace):
            whole(data, change)[change.route[-1]] = change.value
    changes = sorted(changes, key=depth_first, reverse=True)
    for change in changes:
        if isinstance(change, Remove):
            del whole(data, change)[change.route[-1]]
        elif isinstance(change, Rename):
            mapping = whole(data, change)
            mapping[change.key] = mapping.pop(change.route[-1])
        elif isinstance(change, Insert):
            assert change.route[-1] not in whole(data, change)
            whole(data, change)[change.route[-1]] = change.value
    return data


def depth_first(change: Change) -> tuple[int, list[int]]:
    return len(change.route), [step if isinstance(step, int) else 0 for step in change.route]


def whole(data: Any, change: Change) -> Any:
    for step in change.route[:-1]:
        data = data[step]
    return data


def touches_only_what_it_names(text: str, fix: Applied) -> bool:
    """Whether edits are as small as the changes: no other node, no comment is in their way."""
    kinds = {type(change) for change in fix.fix.changes}
    removed = [text[edit.start : edit.end] for edit in fix.fix.edits]
    added = [edit.text for edit in fix.fix.edits]
    if kinds == {Insert}:
        return not "".join(removed).strip()
    if kinds == {Remove}:
        # Nothing is added but brackets for what is empty now; comments stay.
        return "".join(added).strip() in ("[]", "{}") or marks(added) <= marks(removed)
    if kinds == {Sort}:
        return marks(removed) == marks(added)
    return not kinds or kinds & {Insert, Remove, Sort} != set() or _lie_inside(text, fix)


def marks(texts: Iterable[str]) -> Counter[str]:
    """What there is of each character that is not white space."""
    return Counter("".join("".join(texts).split()))


def _lie_inside(text: str, fix: Applied) -> bool:
    """Whether each edit lies inside a key or scalar that the fix names.

    A block scalar may end in lines of white space.
    """
    block = block_of(text)
    tree = locate(block.text, PROFILE.limits)
    parts: list[tuple[Route, Part]] = [
        (change.route, "key" if isinstance(change, Rename) else "value")
        for change in fix.fix.changes
    ]
    bounds = [found for route, part in parts if (found := tree.bounds(route, part)) is not None]
    return all(
        any(
            start <= edit.start - block.start
            and not block.text[end : max(end, edit.end - block.start)].strip()
            for start, end in bounds
        )
        for edit in fix.fix.edits
    )


def hold(raw: bytes, may_fail: bool = False) -> FixResult:
    """All that must be so after fixing a file.

    ``may_fail`` says that a fix may be such that it is taken back: it does no harm, and is told.
    """
    result = fix(raw)
    if not result.applied:
        assert result.raw == raw
        return result
    mark = BOM if raw.startswith(BOM) else b""
    text = raw.removeprefix(BOM).decode()
    for _, group in groupby(result.applied, lambda fix: fix.round):
        fixes = list(group)
        before = text
        edits = [edit for each in fixes for edit in each.fix.edits]
        edits.sort(key=lambda edit: (edit.start, edit.end))
        assert all(one.end <= other.start for one, other in pairwise(edits))
        text = with_edits(text, edits)
        changes = [change for each in fixes for change in each.fix.changes]
        assert spelled(data_of(text)) == spelled(with_changes(data_of(before), changes))
        assert all(touches_only_what_it_names(before, each) for each in fixes)
        for change in changes:
            if isinstance(change, Quote):
                assert type(whole(data_of(before), change)[change.route[-1]]) is str
    assert result.raw == mark + text.encode()
    assert result.unsettled == ()
    assert may_fail or not [each for each in result.left_out if "bug" in each.reason]
    if any(each.reason.startswith("together with others") for each in result.left_out):
        # Too many to be told apart: what of them may stand, another run may find.
        return result
    again = fix(result.raw)
    assert (again.raw, again.applied) == (result.raw, ())
    assert again.result.diagnostics == result.result.diagnostics
    return result
