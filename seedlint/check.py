"""Check one file: read, match, run the rules, locate what they found."""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from seedlint.diagnostic import Diagnostic, Edit, LocatedFix, Place, Problem, Severity, json_pointer
from seedlint.document import Document
from seedlint.frontmatter import Block, Kind, decode, read_block
from seedlint.load import load
from seedlint.ordinary import is_ordinary
from seedlint.reading import Obstacle, Unreadable
from seedlint.rule import all_rules, rule_covering
from seedlint.source import Source
from seedlint.wording import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from seedlint.diagnostic import Elsewhere, Fix, Part, Route
    from seedlint.edits import Editor
    from seedlint.locate import Tree
    from seedlint.profile import Profile
    from seedlint.rule import CorpusRule, DocumentRule, Json
    from seedlint.suppress import Ignore

    AnyRule: TypeAlias = "DocumentRule[object] | CorpusRule[object]"

INTERNAL_ERROR = "internal-error"
_MARK = b"seedlint"


class FileResult(NamedTuple):
    """What came of one file. ``is_seed`` is false for a file without front matter."""

    file: str
    diagnostics: tuple[Diagnostic, ...] = ()
    suppressed: int = 0
    is_seed: bool = True


class Input(NamedTuple):
    """A file to check: its content, its path as shown to people, how it is checked.

    ``named`` says that a person named it, ``name`` is what the corpus knows it by, and
    ``relevant`` what corpus rules have concluded that concerns it, by rule.
    """

    raw: bytes
    file: str
    profile: Profile
    named: bool = False
    name: str = ""
    relevant: Mapping[str, Json] = MappingProxyType({})


class CorpusPart(NamedTuple):
    """The part of corpus rules in the check of a file; ``place`` finds places in others."""

    rules: Sequence[CorpusRule[object]]
    place: Callable[[Elsewhere], Place | None]


def check_bytes(raw: bytes, file: str, profile: Profile, *, named: bool = False) -> FileResult:
    """Check the content of one file; see :func:`check_batch`."""
    return check_batch([Input(raw, file, profile, named)])[0]


def check_batch(inputs: Sequence[Input], corpus: CorpusPart | None = None) -> list[FileResult]:
    """Check the content of some files; a result each, in their order.

    Never raises for anything in the content: what goes wrong is a diagnostic. The files go
    through stage by stage, which keeps each stage's code and data in the processor's caches:
    a sixth faster than file by file.
    """
    checks = [Check(each) for each in inputs]
    try:
        readable = read_all(checks)
        apply_rules(readable)
        if corpus is not None:
            for check in readable:
                check.apply_corpus(corpus)
        return [check.finish() for check in checks]
    finally:
        release_all(checks)


def read_all(checks: Sequence[Check]) -> list[Check]:
    """Take checks as far as the rules, stage by stage; those that got there."""
    for stage in (Check.read, Check.load, Check.validate):
        for check in checks:
            if check.result is None:
                try:
                    stage(check)
                except Unreadable as error:
                    check.refuse(error)
    return [check for check in checks if check.result is None]


def release_all(checks: Sequence[Check]) -> None:
    """Let go of what the documents of these checks hold."""
    for check in checks:
        if hasattr(check, "document"):
            check.document.release()


def _by_profile(checks: Sequence[Check]) -> Iterable[tuple[Profile, list[Check]]]:
    """The checks in groups that have the same rules."""
    groups: dict[int, tuple[Profile, list[Check]]] = {}
    for check in checks:
        groups.setdefault(id(check.profile), (check.profile, []))[1].append(check)
    return groups.values()


def apply_rules(checks: Sequence[Check]) -> None:
    """Let the document rules look at readable files, rule by rule."""
    for profile, group in _by_profile(checks):
        if profile.schema_rule is not None:
            for check in group:
                if not check.is_valid:
                    check.apply(profile.schema_rule)
        for rule in profile.document_rules:
            for check in group:
                check.apply(rule)


def _too_large(limit: int) -> Obstacle:
    return Obstacle("limits", f"the file has more than {limit} bytes", 0, 0)


def unreadable_file(file: str, reason: str) -> FileResult:
    """The result of a file that could not be opened."""
    source = Source(file, "")
    rule = "front-matter"
    place = source.place(0, 0)
    message = f"the file cannot be read: {reason}"
    return FileResult(file, (Diagnostic(rule, Severity.ERROR, place, "", message),))


def _refusals(error: Unreadable, source: Source, profile: Profile) -> tuple[Diagnostic, ...]:
    return tuple(
        sorted(
            (_refusal(obstacle, source, profile) for obstacle in error.obstacles),
            key=lambda diagnostic: diagnostic.sort_key,
        )
    )


def _refusal(obstacle: Obstacle, source: Source, profile: Profile) -> Diagnostic:
    return Diagnostic(
        obstacle.rule,
        profile.severity(obstacle.rule, all_rules()[obstacle.rule].severity),
        source.place(obstacle.start, obstacle.end),
        "",
        obstacle.message,
        obstacle.notes,
        tuple(source.place(start, end, message) for start, end, message in obstacle.related),
    )


class Check:
    """One file on its way through the stages; ``result`` is set once nothing is left to do."""

    __slots__ = (
        "_source",
        "block",
        "document",
        "elsewhere",
        "file",
        "found",
        "is_valid",
        "kind",
        "name",
        "named",
        "profile",
        "raw",
        "relevant",
        "result",
        "tree",
    )

    block: Block
    document: Document
    is_valid: bool

    def __init__(self, given: Input) -> None:
        self.raw, self.file, self.profile, self.named, self.name, self.relevant = given
        self.kind = Kind.of(self.file)
        self.tree: Tree | None = None
        self.found: list[tuple[AnyRule, Problem]] = []
        self.elsewhere: Callable[[Elsewhere], Place | None] | None = None
        self.result: FileResult | None = None
        self._source: Source | None = None

    def read(self) -> None:
        """Find the block. Raises Unreadable."""
        limit = self.profile.limits.file_size
        if len(self.raw) > limit:
            raise Unreadable(_too_large(limit))
        block = read_block(self.raw, self.kind, self.named or self.profile.require_front_matter)
        if block is None:
            self.result = FileResult(self.file, is_seed=False)
        else:
            self.block = block

    def load(self) -> None:
        """Load the block's data. Raises Unreadable, with offsets into the file."""
        block, profile = self.block, self.profile
        ordinary = is_ordinary(block.text)
        try:
            data, self.tree = load(block.raw, block.text, profile.limits, ordinary)
        except Unreadable as error:
            raise error.moved(block.start) from error
        data = {} if data is None else data
        self.document = Document(block.text, data, profile.contract, self._located, ordinary)

    def validate(self) -> None:
        """Hold the data against the contract. Raises Unreadable, with offsets into the file."""
        document = self.document
        try:
            self.is_valid = document.contract.is_valid(document.data, document.is_ordinary)
        except ValueError:
            # Keys that are not text, or a number too long: the slow path decides.
            from seedlint.slow_load import load_slowly

            try:
                document.data, self.tree = load_slowly(self.block.text, self.profile.limits)
            except Unreadable as error:
                raise error.moved(self.block.start) from error
            self.is_valid = document.contract.is_valid(document.data)

    def refuse(self, error: Unreadable) -> None:
        """The file cannot be read as intended: that is its result."""
        self.result = FileResult(self.file, _refusals(error, self.source, self.profile))

    def apply(self, rule: DocumentRule[object]) -> None:
        """Collect what a rule finds, or that it crashed."""
        try:
            if not rule.is_clearly_clean(self.document):
                for problem in rule.check(self.document):
                    self.found.append((rule, problem))
        except Exception as error:
            self.crashed(rule, error)

    def apply_corpus(self, corpus: CorpusPart) -> None:
        """Collect what corpus rules find, given what concerns the file."""
        self.elsewhere = corpus.place
        for rule in corpus.rules:
            relevant = self.relevant.get(rule.name)
            if relevant is None or not self.profile.is_active(rule.name):
                continue
            try:
                for problem in rule.check(self.document, self.name, relevant):
                    self.found.append((rule, problem))
            except Exception as error:
                self.crashed(rule, error)

    def facts(self, rules: Sequence[CorpusRule[object]]) -> dict[str, Json]:
        """What corpus rules take from the document, by rule."""
        found: dict[str, Json] = {}
        for rule in rules:
            try:
                facts = rule.facts(self.document)
            except Exception as error:
                self.crashed(rule, error)
            else:
                if facts is not None:
                    found[rule.name] = facts
        return found

    def is_settled(self) -> bool:
        """Whether the rules will say the same at any later time."""
        return not hasattr(self, "document") or all(
            rule.is_settled(self.document) for rule in self.profile.clock_rules
        )

    def crashed(self, rule: AnyRule, error: Exception) -> None:
        """A rule crashed: that is a finding, and the others go on."""
        self.found.append((rule, crash(rule.name, error)))

    def finish(self) -> FileResult:
        """The result."""
        if self.result is None:
            if self.found or _MARK in self.block.raw:
                self.result = _Reporter(self, self.document).result(self.found)
            else:
                self.result = FileResult(self.file)
        return self.result

    @property
    def source(self) -> Source:
        """The text of the file."""
        if self._source is None:
            self._source = Source(self.file, decode(self.raw))
        return self._source

    def place(
        self, route: Route, part: Part = "value", message: str = "", *, follow: bool = True
    ) -> Place:
        """Where a route leads, or as far as it leads. Only for a file that could be read."""
        start = self.block.start
        tree = self.document.tree
        if tree is not None:
            while (bounds := tree.bounds(route, part, follow=follow)) is None and route:
                route = route[:-1]
            if bounds is not None:
                return self.source.place(start + bounds[0], start + bounds[1], message)
        if self.kind is Kind.FRONT_MATTER:
            return self.source.place(0, 3, message)
        return self.source.place(0, 0, message)

    def _located(self) -> Tree | None:
        from seedlint.events import Unlocatable, locate

        if self.tree is not None:
            return self.tree
        try:
            return locate(self.block.text, self.profile.limits)
        except (Unlocatable, Unreadable):
            # The fast loader accepted it, so the verdict stands without places.
            return None


def crash(rule: str, error: Exception) -> Problem:
    """The problem that a rule crashed."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "?"
    return Problem(
        (),
        f'the rule "{rule}" crashed: {type(error).__name__}: {shorten(str(error), 120)}',
        notes=(
            f"this is a bug in seedlint ({where}); please report it with this message, the "
            f"file and the output of `seedlint --version`; `--ignore {rule}` leaves it out",
        ),
        rule=INTERNAL_ERROR,
    )


class _Reporter:
    """Turns the problems of one document into diagnostics."""

    def __init__(self, check: Check, document: Document) -> None:
        self._check = check
        self._profile = check.profile
        self._document = document
        self._source = check.source

    def result(self, found: Sequence[tuple[AnyRule, Problem]]) -> FileResult:
        shown = self._without_repeats(found)
        diagnostics = [self._diagnostic(rule, problem) for rule, problem in shown]
        # Two branches of a schema, or two aliases, may lead to the same words at one place.
        shown_once = {
            (item.rule, item.place.span, item.message): item
            for item in reversed(diagnostics)
            if item is not None
        }
        kept = list(reversed(shown_once.values()))
        suppressed = 0
        if _MARK in self._check.block.raw:
            kept, suppressed = self._suppress(kept)
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
            others = map(self._check.elsewhere, problem.elsewhere)
            related += tuple(other for other in others if other is not None)
        if any(other.span == place.span and other.file == place.file for other in related):
            # One of the two is an alias of the other: only the alias tells them apart.
            place = self._check.place(problem.route, problem.part, follow=False)
        fix = self._fix(name, problem.fix)
        return Diagnostic(
            name, severity, place, pointer, problem.message, problem.notes, related, fix
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

        tree = self._document.tree
        return None if tree is None else Editor(tree, self._document.contract)

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
        if self._profile.is_active(UNUSED_IGNORE):
            kept.extend(ignores.diagnostics(used, self._profile))
        return kept, suppressed


def _silencing(
    diagnostic: Diagnostic, by_target: Mapping[tuple[int | None, str], Sequence[Ignore]]
) -> list[Ignore]:
    """The ignores of a diagnostic's rule, or of the family it belongs to."""
    rule = rule_covering(diagnostic.rule)
    if diagnostic.rule == INTERNAL_ERROR or rule is None:
        return []
    return [
        ignore
        for name in dict.fromkeys((diagnostic.rule, rule.name))
        for line in (diagnostic.place.span.line, None)
        for ignore in by_target.get((line, name), ())
    ]
