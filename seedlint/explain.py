"""From the problems of one document to diagnostics: one for each cause, placed, not ignored."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from seedlint.check import IGNORE_MARK, FileResult
from seedlint.diagnostic import Diagnostic, Edit, LocatedFix, Severity, json_pointer
from seedlint.fingerprint import Fingerprints
from seedlint.ownwords import INTERNAL_ERROR, LIMITS, crash
from seedlint.rule import CorpusRule, all_rules, rule_covering

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from seedlint.check import AnyRule, Check
    from seedlint.diagnostic import Fix, Problem, Route
    from seedlint.edits import Editor
    from seedlint.suppress import Ignore


class Reporter:
    """Turns the problems of one document into diagnostics."""

    def __init__(self, check: Check) -> None:
        self._check = check
        self._profile = check.profile
        self._document = check.document
        self._source = check.source
        self._crashes: list[tuple[AnyRule, Problem]] = []
        self._fingerprints = Fingerprints(check.document.data)

    def result(self, found: Sequence[tuple[AnyRule, Problem]]) -> FileResult:
        """The result of a file in which this was found."""
        shown = self._without_repeats(found)
        diagnostics = [self._diagnostic(rule, problem) for rule, problem in shown]
        diagnostics += [self._diagnostic(rule, problem) for rule, problem in self._crashes]
        # Two branches of a schema, or two aliases, may lead to the same words at one place.
        shown_once = {
            (item.rule, item.place.span, item.message): item
            for item in reversed(diagnostics)
            if item is not None
        }
        kept = list(reversed(shown_once.values()))
        suppressed = 0
        if IGNORE_MARK in self._check.block.raw:
            if self._profile.inline_ignores:
                kept, suppressed = self._suppress(kept)
            else:
                suppressed = self._disregarded(kept)
        kept.sort(key=lambda diagnostic: diagnostic.sort_key)
        return FileResult(self._check.file, tuple(kept), suppressed)

    def _without_repeats(
        self, found: Sequence[tuple[AnyRule, Problem]]
    ) -> Iterator[tuple[AnyRule, Problem]]:
        """One cause, one diagnostic.

        A claimed keyword is left to the rule that claims it; a scalar the schema rejects
        is left to the schema.
        """
        broken = {
            id(problem): problem.route
            for rule, problem in found
            if rule.family and self._speaks_for_schema(problem)
        }
        rejected = set(broken.values())
        for rule, problem in found:
            if rule.family and problem.rule != INTERNAL_ERROR:
                if id(problem) in broken:
                    yield rule, problem
            elif (
                problem.part == "key"
                or problem.route not in rejected
                or not self._is_scalar(problem.route)
            ):
                yield rule, problem

    def _speaks_for_schema(self, problem: Problem) -> bool:
        name = str(problem.rule)
        role = self._roles.get(problem.route, "")
        return self._profile.is_active(name) and (name, role) not in self._profile.claims

    @cached_property
    def _roles(self) -> dict[Route, str]:
        return {
            entity.route: entity.role
            for entities in self._document.matches.by_role.values()
            for entity in entities
        }

    def _is_scalar(self, route: Route) -> bool:
        value = self._document.data
        for step in route:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return False
        return not isinstance(value, (dict, list))

    def _diagnostic(self, rule: AnyRule, problem: Problem) -> Diagnostic | None:
        name = problem.rule or rule.name
        pointer = json_pointer(problem.route)
        default = problem.severity or rule.severity
        if name == INTERNAL_ERROR:
            severity: Severity | None = Severity.ERROR
        else:
            severity = self._profile.severity(name, default)
            severity = self._profile.at_pointer(name, pointer, severity)
        if severity is None:
            return None
        place = self._check.place(problem.route, problem.part)
        related = tuple(
            self._check.place(other.route, other.part, other.message) for other in problem.related
        )
        if self._check.elsewhere is not None:
            try:
                others = [*map(self._check.elsewhere, problem.elsewhere)]
            except Exception as error:
                self._crashes.append((rule, crash(name, error)))
                others = []
            related += tuple(other for other in others if other is not None)
        if any(other.span == place.span and other.file == place.file for other in related):
            # One of the two is an alias of the other: only the alias tells them apart.
            place = self._check.place(problem.route, problem.part, follow=False)
        try:
            fix = self._fix(name, problem.fix)
        except Exception as error:
            self._crashes.append((rule, crash(name, error)))
            fix = None
        return Diagnostic(
            name,
            severity,
            place,
            pointer,
            problem.message,
            problem.notes,
            related,
            fix,
            self._fingerprints.of(name, problem),
        )

    def _fix(self, name: str, fix: Fix | None) -> LocatedFix | None:
        """A fix as edits; ``None`` where settings forbid it or the text does not allow it."""
        if fix is None or self._editor is None:
            return None
        applicability = self._profile.applicability(name, fix.applicability)
        edits = self._editor.edits(fix.changes) if applicability is not None else None
        if applicability is None or edits is None:
            return None
        start = self._check.block.start
        located = tuple(
            Edit(start + begin, start + end, text, self._source.span(start + begin, start + end))
            for begin, end, text in edits
        )
        return LocatedFix(fix.title, applicability, located, fix.changes)

    @cached_property
    def _editor(self) -> Editor | None:
        from seedlint.edits import Editor
        from seedlint.locate import Tree

        tree = self._document.tree
        if tree is None:
            return None
        # A tree made by the slow path may end with a line end that the block lacks.
        return Editor(Tree(tree.root, self._document.text), self._document.contract)

    def _suppress(self, diagnostics: Sequence[Diagnostic]) -> tuple[list[Diagnostic], int]:
        from seedlint.suppress import UNUSED_IGNORE, find_ignores

        tree = self._document.tree
        if tree is None:
            return list(diagnostics), 0
        block = self._check.block
        ignores = find_ignores(self._source, tree, block.start, len(block.text))
        by_target = ignores.by_target()
        kept: list[Diagnostic] = []
        used: set[Ignore] = set()
        for diagnostic in diagnostics:
            silencing = _silencing(diagnostic, by_target)
            used.update(silencing)
            if not silencing:
                kept.append(diagnostic)
        suppressed = len(diagnostics) - len(kept)
        if self._check.elsewhere is None:
            # Corpus rules took no part: whether their ignores have an effect is unknown.
            used.update(each for each in ignores.ignores if _is_of_corpus_rule(each))
        if self._profile.is_active(UNUSED_IGNORE):
            kept.extend(ignores.diagnostics(used, self._profile))
        return kept, suppressed

    def _disregarded(self, diagnostics: Sequence[Diagnostic]) -> int:
        """How many ignores would have an effect, if any had."""
        from seedlint.suppress import find_ignores

        tree = self._document.tree
        if tree is None:
            return 0
        block = self._check.block
        by_target = find_ignores(self._source, tree, block.start, len(block.text)).by_target()
        return len({each for found in diagnostics for each in _silencing(found, by_target)})


def _is_of_corpus_rule(ignore: Ignore) -> bool:
    rule = all_rules().get(ignore.name)
    return rule is not None and issubclass(rule, CorpusRule)


def _silencing(
    diagnostic: Diagnostic, by_target: Mapping[tuple[int | None, str], Sequence[Ignore]]
) -> list[Ignore]:
    """The ignores of a diagnostic's rule, or of the family it belongs to."""
    rule = rule_covering(diagnostic.rule)
    if diagnostic.rule in (INTERNAL_ERROR, LIMITS) or rule is None:
        return []
    return [
        ignore
        for name in dict.fromkeys((diagnostic.rule, rule.name))
        for line in (diagnostic.place.span.line, None)
        for ignore in by_target.get((line, name), ())
    ]
