"""Apply the fixes of one file in rounds, and hold every round to what it promised.

A round applies fixes that do not overlap; the others wait for the next. It stands only if
the file can still be read, its data is what the changes of the fixes make of the data
before, nothing outside the block moved, and there are no more errors of any rule than
before. Otherwise it is rolled back, those to blame are found and left out, and the others
go on without them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from seedlint.changed_data import agrees
from seedlint.check import Input, check_batch
from seedlint.diagnostic import Applicability, Severity
from seedlint.fixchoice import Candidate, Choices
from seedlint.frontmatter import Kind, decode, read_block
from seedlint.load import load
from seedlint.ordinary import is_ordinary
from seedlint.reading import Unreadable
from seedlint.wording import names, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from seedlint.check import CorpusPart, FileResult
    from seedlint.diagnostic import Diagnostic, Edit, LocatedFix
    from seedlint.frontmatter import Block
    from seedlint.profile import Profile

MOST_ROUNDS = 10
# Checks of a file that may be spent on finding out which fixes are to blame.
_MOST_TRIALS = 100

_NOT_APPLIED = "its fix was not applied"
_BUG = "this is a bug in seedlint, please report it"
_UNSETTLED = f"after {MOST_ROUNDS} rounds of fixes there was still more to fix"


@dataclass(frozen=True, slots=True)
class Applied:
    """A fix that was applied: its diagnostic as it was then, and in which round (from 1)."""

    diagnostic: Diagnostic
    fix: LocatedFix
    round: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A fix that was tried and taken back: its diagnostic as it was then, and why."""

    diagnostic: Diagnostic
    fix: LocatedFix
    reason: str


@dataclass(frozen=True, slots=True)
class FixResult:
    """What came of fixing one file.

    ``raw`` is the file as it should be, ``result`` what remains to be said about it; a
    diagnostic whose fix was left out says so, and shows the fix as a suggestion only.
    ``unsettled`` are the rules that still had fixes after the last round.
    """

    raw: bytes
    result: FileResult
    applied: tuple[Applied, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    unsettled: tuple[str, ...] = ()


def fix_bytes(
    raw: bytes,
    file: str,
    profile: Profile,
    wanted: Callable[[Diagnostic, str], bool],
    *,
    named: bool = False,
) -> FixResult:
    """Fix the content of one file; see :func:`fix_input`."""
    return fix_input(Input(raw, file, profile, named), wanted)


def fix_input(
    given: Input,
    wanted: Callable[[Diagnostic, str], bool],
    corpus: CorpusPart | None = None,
    checked: FileResult | None = None,
) -> FixResult:
    """Fix a file; what corpus rules concluded stays the same through all rounds.

    ``wanted`` decides about a diagnostic with a fix, given the text its edits refer to. It
    is asked once for each fix, in the order of the text, and not at all for fixes that are
    for display only. ``checked`` is what a check of this file found, if there was one.
    Never raises for anything in the content.
    """
    if checked is None:
        (checked,) = check_batch([given], corpus)
    return _Fixer(given, corpus, Choices(wanted)).run(checked)


def with_reasons(result: FileResult, fixed: FileResult) -> FileResult:
    """A later result of a file, with what :func:`fix_input` said of fixes that it left out."""
    left_out = {
        (each.rule, each.place.span, each.message): each
        for each in fixed.diagnostics
        if any(note.startswith(_NOT_APPLIED) for note in each.notes)
    }
    if not left_out:
        return result
    diagnostics = (
        (each, left_out.get((each.rule, each.place.span, each.message)))
        for each in result.diagnostics
    )
    kept = tuple(
        each if said is None else each._replace(notes=said.notes, fix=said.fix)
        for each, said in diagnostics
    )
    return result._replace(diagnostics=kept)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with edits made that do not overlap and are in the order of the text."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join((*parts, text[at:]))


@dataclass(frozen=True, slots=True)
class _Content:
    """A file that can be read."""

    raw: bytes
    text: str
    block: Block
    data: Any

    @property
    def frame(self) -> tuple[str, str]:
        """The text before the block and after it."""
        return self.text[: self.block.start], self.text[self.block.start + len(self.block.text) :]


class _State(NamedTuple):
    """A file, and what is found in it."""

    content: _Content
    result: FileResult


class _Refused(Exception):
    """Some fixes cannot stand; ``str`` says why."""


@dataclass(slots=True)
class _Fixer:
    """One file on its way through the rounds."""

    given: Input
    corpus: CorpusPart | None
    choices: Choices
    trials: int = 0
    applied: list[Applied] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def run(self, result: FileResult) -> FixResult:
        """All rounds."""
        raw = self.given.raw
        state: _State | None = None
        for number in range(1, MOST_ROUNDS + 1):
            chosen = self.choices.choose(result, state.content.text if state else decode(raw))
            if not chosen:
                return self._outcome(raw, result)
            state = self._round(state or _State(self._read(raw), result), chosen, number)
            raw, result = state.content.raw, state.result
        waiting = self.choices.choose(result, decode(raw))
        for candidate in waiting:
            self.choices.leave_out(candidate, _UNSETTLED)
        rules = {candidate.diagnostic.rule for candidate in waiting}
        return replace(self._outcome(raw, result), unsettled=tuple(sorted(rules)))

    def _outcome(self, raw: bytes, result: FileResult) -> FixResult:
        diagnostics = tuple(map(self._with_reason, result.diagnostics))
        result = result._replace(diagnostics=diagnostics)
        return FixResult(raw, result, tuple(self.applied), tuple(self.left_out))

    def _with_reason(self, diagnostic: Diagnostic) -> Diagnostic:
        fix = diagnostic.fix
        reason = self.choices.reason(Candidate(diagnostic, fix)) if fix is not None else None
        if fix is None or reason is None:
            return diagnostic
        return diagnostic._replace(
            notes=(*diagnostic.notes, f"{_NOT_APPLIED}: {reason}"),
            fix=fix._replace(applicability=Applicability.DISPLAY),
        )

    def _round(self, start: _State, chosen: list[Candidate], number: int) -> _State:
        """Apply what can be applied; what cannot stand is left out for good.

        A group that is refused is halved until those to blame are alone. A fix that is
        refused only together with others waits for the next round.
        """
        now = start
        accepted: list[Candidate] = []
        groups = [chosen]
        while groups:
            group = groups.pop()
            can_split = len(group) > 1 and self.trials < _MOST_TRIALS
            try:
                after = self._attempt(start, now, [*accepted, *group])
            except _Refused as refused:
                if not can_split:
                    reason = self._fault(start, group) if accepted else str(refused)
                    if reason is not None:
                        self._leave_out(group, reason)
                    continue
            else:
                if not (can_split and _may_hide_errors(now, group, after)):
                    now = after
                    accepted += group
                    continue
            middle = len(group) // 2
            groups += (group[middle:], group[:middle])
        self.applied.extend(Applied(*candidate, number) for candidate in accepted)
        self.choices.follow(_edits(accepted))
        return now

    def _fault(self, start: _State, group: list[Candidate]) -> str | None:
        """Why fixes cannot stand without any others; ``None`` if they can."""
        try:
            self._attempt(start, start, group)
        except _Refused as refused:
            return str(refused)
        return None

    def _leave_out(self, group: list[Candidate], reason: str) -> None:
        reason = reason if len(group) == 1 else f"together with others {reason}"
        for candidate in group:
            self.choices.leave_out(candidate, reason)
            self.left_out.append(LeftOut(*candidate, reason))

    def _attempt(self, start: _State, now: _State, fixes: list[Candidate]) -> _State:
        """The file as it was at the start of the round with fixes applied, checked again.

        ``now`` is how far the round has come. Raises :class:`_Refused`.
        """
        self.trials += 1
        after = self._rewritten(start.content, edited(start.content.text, _edits(fixes)))
        changes = [change for candidate in fixes for change in candidate.fix.changes]
        if after.frame != start.content.frame or not agrees(
            start.content.data, changes, after.data
        ):
            raise _Refused(f"it would have changed something else; {_BUG}")
        (result,) = check_batch([self.given._replace(raw=after.raw)], self.corpus)
        brought = sorted(_errors(result) - _errors(now.result))
        if brought:
            raise _would_bring(brought)
        return _State(after, result)

    def _rewritten(self, content: _Content, text: str) -> _Content:
        mark = len(content.raw) - len(content.text.encode())
        try:
            return self._read(content.raw[:mark] + text.encode())
        except (Unreadable, UnicodeEncodeError) as error:
            obstacles = error.obstacles if isinstance(error, Unreadable) else ()
            if any(obstacle.rule == "limits" for obstacle in obstacles):
                raise _would_bring(["limits"]) from error
            raise _Refused(f"it would have made the file unreadable; {_BUG}") from error

    def _read(self, raw: bytes) -> _Content:
        block = read_block(raw, Kind.of(self.given.file), required=True)
        assert block is not None  # it is required
        return _Content(raw, decode(raw), block, self._data(block))

    def _data(self, block: Block) -> Any:
        """The data as the check sees it."""
        profile = self.given.profile
        data, _ = load(block.raw, block.text, profile.limits, is_ordinary(block.text))
        data = {} if data is None else data
        try:
            profile.contract.is_valid(data)
        except ValueError:
            from seedlint.slow_load import load_slowly

            data, _ = load_slowly(block.text, profile.limits)
        return data


def _would_bring(rules: list[str]) -> _Refused:
    return _Refused(f"it would bring {names([quote(rule) for rule in rules], 'and')}")


def _edits(fixes: Iterable[Candidate]) -> list[Edit]:
    edits = [edit for candidate in fixes for edit in candidate.fix.edits]
    edits.sort(key=lambda edit: (edit.start, edit.end))
    return edits


def _may_hide_errors(before: _State, fixes: list[Candidate], after: _State) -> bool:
    """Whether fixes may have brought errors that others made up for.

    So it looks when more are left than can be, if every fix mended what it is for.
    """
    mended = Counter(
        candidate.diagnostic.rule
        for candidate in fixes
        if candidate.diagnostic.severity is Severity.ERROR
    )
    return bool(_errors(after.result) - (_errors(before.result) - mended))


def _errors(result: FileResult) -> Counter[str]:
    return Counter(
        diagnostic.rule
        for diagnostic in result.diagnostics
        if diagnostic.severity is Severity.ERROR
    )
