"""Check one file: read, match, run the rules, locate what they found."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from seedlint import timing
from seedlint.diagnostic import Diagnostic, Place, Problem, Severity
from seedlint.document import Document
from seedlint.errors import TooMuchEffort
from seedlint.frontmatter import Kind, read_text
from seedlint.load import load
from seedlint.ordinary import is_ordinary
from seedlint.ownwords import LIMITS, MOST_FINDINGS, crash, unsaid
from seedlint.reading import Obstacle, Unreadable
from seedlint.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from seedlint.diagnostic import Elsewhere, Part, Route
    from seedlint.frontmatter import Block
    from seedlint.locate import Tree
    from seedlint.profile import Profile
    from seedlint.rule import CorpusRule, DocumentRule, Json

    AnyRule: TypeAlias = "DocumentRule[object] | CorpusRule[object]"

IGNORE_MARK = b"seedlint"


class FileResult(NamedTuple):
    """What came of one file.

    ``is_seed`` is false for a file without front matter, ``is_read`` for one that could not
    be opened.
    """

    file: str
    diagnostics: tuple[Diagnostic, ...] = ()
    suppressed: int = 0
    is_seed: bool = True
    is_read: bool = True

    @property
    def has_fixes(self) -> bool:
        """Whether anything found can be fixed, if only by a person."""
        return any(diagnostic.fix is not None for diagnostic in self.diagnostics)


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
        apply_all(read_all(checks), corpus)
        with timing.phase("locate"):
            return [check.finish() for check in checks]
    finally:
        release_all(checks)


def read_all(checks: Sequence[Check]) -> list[Check]:
    """Take checks as far as the rules, stage by stage; those that got there."""
    stages = (("parse", Check.read), ("parse", Check.load), ("schema", Check.validate))
    for phase, stage in stages:
        with timing.phase(phase):
            for check in checks:
                if check.result is None:
                    try:
                        stage(check)
                    except Unreadable as error:
                        check.refuse(error)
    return [check for check in checks if check.result is None]


def apply_all(checks: Sequence[Check], corpus: CorpusPart | None) -> None:
    """Let all rules look at readable files."""
    apply_rules(checks)
    if corpus is not None:
        with timing.phase("corpus"):
            for check in checks:
                check.apply_corpus(corpus)


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
    apply_schema_rule(checks)
    with timing.phase("rules"):
        for profile, group in _by_profile(checks):
            for rule in profile.document_rules:
                for check in group:
                    check.apply(rule)


def apply_schema_rule(checks: Sequence[Check]) -> None:
    """Let the rule that speaks for the schema look at readable files."""
    with timing.phase("schema"):
        for check in checks:
            if not check.is_valid and check.profile.schema_rule is not None:
                check.apply(check.profile.schema_rule)


def unreadable_file(file: str, reason: str) -> FileResult:
    """The result of a file that could not be opened, or of a folder that could not be listed."""
    from seedlint.fingerprint import fingerprint_of_text

    source = Source(file, "")
    rule, place = "front-matter", source.place(0, 0)
    kind = "folder" if file == "." or file.endswith("/") else "file"
    message = f"the {kind} cannot be read: {reason}"
    mark = fingerprint_of_text(rule, "")
    found = Diagnostic(rule, Severity.ERROR, place, "", message, fingerprint=mark)
    return FileResult(file, (found,), is_read=False)


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
            raise Unreadable(Obstacle(LIMITS, f"the file has more than {limit} bytes", 0, 0))
        block = self.profile.block(self.raw, self.kind, self.named)
        if block is None:
            self.result = FileResult(self.file, is_seed=False)
        else:
            self.block = block

    def load(self) -> None:
        """Load the block's data. Raises Unreadable, with offsets into the file."""
        block, profile = self.block, self.profile
        ordinary = len(block.raw) <= profile.limits.size and is_ordinary(block.text)
        try:
            data, self.tree = load(block.raw, block.text, profile.limits, ordinary)
            own = None
            if profile.own_contracts is not None:
                own = profile.own_contracts.chosen_by(data, self.file, self._located)
        except Unreadable as error:
            raise error.moved(block.start) from error
        self.profile = profile = own or profile
        data = {} if data is None else data
        self.document = Document(block.text, data, profile.contract, self._located, ordinary)
        self.document.names_contract = own is not None

    def validate(self) -> None:
        """Hold the data against the contract. Raises Unreadable, with offsets into the file."""
        try:
            self._decide()
        except TooMuchEffort as error:
            steps = self.profile.limits.steps
            message = f"to hold this against its contract may take more than {steps} steps"
            raise Unreadable(Obstacle(LIMITS, message, 0, 0)).moved(self.block.start) from error

    def _decide(self) -> None:
        document, steps = self.document, self.profile.limits.steps
        contract = document.contract
        contract.require_few_steps(document.held, steps)
        try:
            self.is_valid = contract.is_valid(document.held, document.is_ordinary)
        except ValueError:
            # Keys that are not text, or a number too long: the slow path decides.
            from seedlint.slow_load import load_slowly

            try:
                document.data, self.tree = load_slowly(self.block.text, self.profile.limits)
            except Unreadable as error:
                raise error.moved(self.block.start) from error
            self.is_valid = contract.is_valid(document.held)
        if not self.is_valid:
            contract.effort.require_few_errors(document.held, steps)

    def refuse(self, error: Unreadable) -> None:
        """The file cannot be read as intended: that is its result."""
        from seedlint.refusal import refusals

        self.result = FileResult(self.file, refusals(error, self.raw, self.file, self.profile))

    def apply(self, rule: DocumentRule[object]) -> None:
        """Collect what a rule finds, or that it crashed."""
        try:
            if not rule.is_clearly_clean(self.document):
                self.collect(rule, rule.check(self.document))
        except Exception as error:
            self.crashed(rule, error)

    def collect(self, rule: AnyRule, problems: Iterable[Problem]) -> None:
        """Keep what a rule finds, as much as anybody can want to read of one file."""
        for number, problem in enumerate(problems):
            if number == MOST_FINDINGS:
                limit = Problem(problem.route, unsaid(rule.name), rule=LIMITS)
                self.found.append((rule, limit))
                break
            self.found.append((rule, problem))

    def apply_corpus(self, corpus: CorpusPart) -> None:
        """Collect what corpus rules find, given what concerns the file."""
        self.elsewhere = corpus.place
        for rule in corpus.rules:
            relevant = self.relevant.get(rule.name)
            if relevant is None or not self.profile.is_active(rule.name):
                continue
            try:
                self.collect(rule, rule.check(self.document, self.name, relevant))
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
            if self.found or IGNORE_MARK in self.block.raw:
                from seedlint.explain import Reporter

                self.result = Reporter(self).result(self.found)
            else:
                self.result = FileResult(self.file)
        return self.result

    @property
    def source(self) -> Source:
        """The text of the file. Only for one that could be read."""
        if self._source is None:
            self._source = Source(self.file, read_text(self.raw, self.block))
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
        from seedlint.quicktree import tree_of

        return self.tree or tree_of(self.block.text, self.profile.limits)
