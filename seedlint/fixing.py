"""Apply the fixes of one file in rounds, and hold every round to what it promised.

A round applies fixes that do not overlap; the others wait for the next. It stands only if
the file can still be read, its data is what the changes of the fixes make of the data
before, nothing outside the block moved, and there are no more errors of any rule than
before. Otherwise it is rolled back, those to blame are found and left out, and the others
go on without them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from seedlint.changed_data import agrees
from seedlint.check import Input, check_batch
from seedlint.diagnostic import Applicability, Severity
from seedlint.fixchoice import Candidate, Choices, edited
from seedlint.frontmatter import decode, mark_of
from seedlint.ownwords import LIMITS
from seedlint.trial import State, Trial, content_of, look_at
from seedlint.wording import names, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from typing import TypeAlias

    from seedlint.check import Check, CorpusPart, FileResult
    from seedlint.diagnostic import Diagnostic, Edit, LocatedFix
    from seedlint.profile import Profile
    from seedlint.trial import Content

    Trials: TypeAlias = Generator[Trial, None, State]
    # Decides about a diagnostic with a fix, given the text that its edits refer to.
    Wanted: TypeAlias = Callable[[Diagnostic, str], bool]

MOST_ROUNDS = 10
# Checks of a file that may be spent on finding out which fixes are to blame.
_MOST_TRIALS = 100

_NOT_APPLIED = "its fix was not applied"
_BUG = "this is a bug in seedlint, please report it"
_UNREADABLE = f"it would have made the file unreadable; {_BUG}"
_UNSETTLED = f"after {MOST_ROUNDS} rounds of fixes there was still more to fix"


class ToFix(NamedTuple):
    """A file, what is found in it, and what decides about its fixes.

    ``check`` is the one that found it, where that still has what it read.
    """

    given: Input
    checked: FileResult
    wanted: Wanted
    check: Check | None = None


class Applied(NamedTuple):
    """A fix that was applied: its diagnostic as it was then, and in which round (from 1)."""

    diagnostic: Diagnostic
    fix: LocatedFix
    round: int


class LeftOut(NamedTuple):
    """A fix that was tried and taken back: its diagnostic as it was then, and why."""

    diagnostic: Diagnostic
    fix: LocatedFix
    reason: str


class FixResult(NamedTuple):
    """What came of fixing one file.

    ``raw`` is the file as it should be, ``result`` what remains to be said about it; a
    diagnostic whose fix was left out says so, and shows the fix as a suggestion only.
    ``unsettled`` are the rules that still had fixes after the last round. Of a file that
    changed, ``facts`` are what corpus rules now take from it, as :mod:`seedlint.facttext` has
    them, and ``is_settled`` says whether time cannot change the result.
    """

    raw: bytes
    result: FileResult
    applied: tuple[Applied, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    unsettled: tuple[str, ...] = ()
    facts: str = ""
    is_settled: bool = True


def fix_bytes(
    raw: bytes,
    file: str,
    profile: Profile,
    wanted: Wanted,
    *,
    named: bool = False,
) -> FixResult:
    """Fix the content of one file; see :func:`fix_input`."""
    return fix_input(Input(raw, file, profile, named), wanted)


def fix_input(
    given: Input,
    wanted: Wanted,
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
    (result,) = fix_batch([ToFix(given, checked, wanted)], corpus)
    return result


def fix_batch(files: Sequence[ToFix], corpus: CorpusPart | None) -> list[FixResult]:
    """Fix some files, each for itself; see :func:`fix_input`.

    What their rounds come to is looked at together, as :func:`seedlint.check.check_batch` does.
    """
    fixers = [_Fixer(each.given, Choices(each.wanted), each.check) for each in files]
    runs = [fixer.run(each.checked) for fixer, each in zip(fixers, files, strict=True)]
    while trials := [trial for run in runs if (trial := next(run, None)) is not None]:
        look_at(trials, corpus)
    return [fixer.outcome for fixer in fixers]


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


class _Refused(Exception):
    """Some fixes cannot stand; ``str`` says why."""


@dataclass(slots=True)
class _Fixer:
    """One file on its way through the rounds."""

    given: Input
    choices: Choices
    check: Check | None
    outcome: FixResult = field(init=False)
    trials: int = 0
    applied_before: int = 0
    applied: list[Applied] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def run(self, result: FileResult) -> Iterator[Trial]:
        """All rounds, up to the ``outcome``; what is yielded must be looked at."""
        text = decode(self.given.raw) if self.check is None else self.check.source.text
        chosen = self.choices.choose(result, text)
        if not chosen:
            self.outcome = FixResult(self.given.raw, result)
            return
        if self.check is None:
            state = yield from _looked_at(Trial(self.given, result))
        else:
            state = State(content_of(self.check), result)
        for number in range(1, MOST_ROUNDS + 1):
            state = yield from self._round(state, chosen, number)
            chosen = self.choices.choose(state.result, state.content.text)
            if not chosen and number < MOST_ROUNDS:
                chosen = self._second_chance(state)
            if not chosen:
                break
        for candidate in chosen:
            self.choices.leave_out(candidate, _UNSETTLED)
        rules = {candidate.diagnostic.rule for candidate in chosen}
        self.outcome = self._result(state, tuple(sorted(rules)))

    def _second_chance(self, state: State) -> list[Candidate]:
        """What was refused, if others were applied since this was last asked.

        They may have mended what stood in its way, and a second run must find nothing to do.
        """
        nothing_new = len(self.applied) == self.applied_before
        if not self.left_out or nothing_new or self.trials >= _MOST_TRIALS:
            return []
        self.applied_before = len(self.applied)
        self.left_out.clear()
        self.choices.forgive()
        return self.choices.choose(state.result, state.content.text)

    def _result(self, state: State, unsettled: tuple[str, ...]) -> FixResult:
        diagnostics = tuple(map(self._with_reason, state.result.diagnostics))
        return FixResult(
            state.content.raw,
            state.result._replace(diagnostics=diagnostics),
            tuple(self.applied),
            tuple(self.left_out),
            unsettled,
            state.facts,
            state.is_settled,
        )

    def _with_reason(self, diagnostic: Diagnostic) -> Diagnostic:
        fix = diagnostic.fix
        reason = self.choices.reason(Candidate(diagnostic, fix)) if fix is not None else None
        if fix is None or reason is None:
            return diagnostic
        return diagnostic._replace(
            notes=(*diagnostic.notes, f"{_NOT_APPLIED}: {reason}"),
            fix=fix._replace(applicability=Applicability.DISPLAY),
        )

    def _round(self, start: State, chosen: list[Candidate], number: int) -> Trials:
        """Apply what can be applied; what cannot stand is left out.

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
                after = yield from self._attempt(start, now, [*accepted, *group])
            except _Refused as refused:
                if not can_split:
                    reason: str | None = str(refused)
                    if accepted:
                        reason = yield from self._fault(start, group)
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

    def _fault(self, start: State, group: list[Candidate]) -> Generator[Trial, None, str | None]:
        """Why fixes cannot stand without any others; ``None`` if they can."""
        try:
            yield from self._attempt(start, start, group)
        except _Refused as refused:
            return str(refused)
        return None

    def _leave_out(self, group: list[Candidate], reason: str) -> None:
        reason = reason if len(group) == 1 else f"together with others {reason}"
        for candidate in group:
            self.choices.leave_out(candidate, reason)
            self.left_out.append(LeftOut(*candidate, reason))

    def _attempt(self, start: State, now: State, fixes: list[Candidate]) -> Trials:
        """The file as it was at the start of the round with fixes applied, checked again.

        ``now`` is how far the round has come. Raises :class:`_Refused`.
        """
        self.trials += 1
        content = start.content
        raw = _encoded(content, edited(content.text, _edits(fixes)))
        after = yield from _looked_at(Trial(self.given._replace(raw=raw)))
        changes = [change for candidate in fixes for change in candidate.fix.changes]
        if after.content.frame != content.frame or not agrees(
            content.data, changes, after.content.data
        ):
            raise _Refused(f"it would have changed something else; {_BUG}")
        brought = sorted(_errors(after.result) - _errors(now.result))
        if brought:
            raise _would_bring(brought)
        return after


def _looked_at(trial: Trial) -> Trials:
    """What came of a trial. Raises :class:`_Refused`."""
    yield trial
    if trial.state is not None:
        return trial.state
    raise _would_bring([LIMITS]) if trial.is_too_much else _Refused(_UNREADABLE)


def _encoded(content: Content, text: str) -> bytes:
    try:
        return mark_of(content.raw) + text.encode()
    except UnicodeEncodeError as error:
        raise _Refused(_UNREADABLE) from error


def _would_bring(rules: list[str]) -> _Refused:
    return _Refused(f"it would bring {names([quote(rule) for rule in rules], 'and')}")


def _edits(fixes: Iterable[Candidate]) -> list[Edit]:
    edits = [edit for candidate in fixes for edit in candidate.fix.edits]
    edits.sort(key=lambda edit: (edit.start, edit.end))
    return edits


def _may_hide_errors(before: State, fixes: list[Candidate], after: State) -> bool:
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
