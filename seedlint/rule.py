"""Rules: what one is, and how they are found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar, cast, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from typing import TypeAlias, TypeGuard

    from seedlint.diagnostic import Applicability, Problem, Severity
    from seedlint.document import Document
    from seedlint.registry import Registry

    Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

_FAMILY_MEMBER = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class NoOptions:
    """The options of a rule that has none."""


OptionsT = TypeVar("OptionsT")


class Context(NamedTuple):
    """What a run tells its rules: the clock, and vocabulary that several rules share.

    ``tracking_parameters`` are query parameter names; a trailing ``*`` makes a prefix.
    ``registry`` are the providers that settings know, if they name a file of them, ``topics``
    the vocabulary of topics, if they list one.
    """

    now: datetime
    tracking_parameters: tuple[str, ...]
    registry: Registry | None = None
    topics: tuple[str, ...] = ()


class Rule:
    """What every rule says of itself. The class docstring is the rule's documentation.

    ``name`` comes from the module: ``seedlint/rules/duplicate_topic.py`` is
    ``duplicate-topic``. Rules derive from :class:`ReadingRule`, :class:`DocumentRule`,
    :class:`CorpusRule` or :class:`EngineRule`.
    """

    name: ClassVar[str]
    severity: ClassVar[Severity]
    enabled: ClassVar[bool] = True
    """Whether the rule is selected when settings select nothing."""
    always: ClassVar[bool] = False
    """Whether nothing can deselect the rule."""
    family: ClassVar[bool] = False
    """Whether the rule reports as ``<name>-<something>`` instead of its own name."""
    members: ClassVar[frozenset[str]] = frozenset()
    """Of a family, all the names it can report as."""
    fixes: ClassVar[tuple[Applicability, ...]] = ()
    """The kinds of fix the rule may offer."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.name = cls.__module__.rpartition(".")[2].replace("_", "-")

    @classmethod
    def covers(cls, name: str) -> bool:
        """Whether diagnostics of this name are the rule's."""
        if not cls.family:
            return name == cls.name
        head, dash, member = name.partition(f"{cls.name}-")
        return not head and bool(dash) and _FAMILY_MEMBER.match(member) is not None


class ReadingRule(Rule):
    """Something that keeps a file from being read as intended.

    The reading modules find it by raising :class:`seedlint.reading.Unreadable`; nothing
    else can be said of such a file, so these rules cannot be deselected.
    """

    always = True


class EngineRule(Rule):
    """Something only the engine can see: a crash of a rule, an ignore without effect."""


class ConfigurableRule(Rule, Generic[OptionsT]):
    """A rule that settings can give options.

    Its options are a dataclass, named as the type argument of its base
    (``DocumentRule[SomeOptions]``); a field's default is the option's default, its
    kebab-cased name the key in the settings.
    """

    Options: ClassVar[type[Any]] = NoOptions

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for base in getattr(cls, "__orig_bases__", ()):
            if get_args(base) and isinstance(get_args(base)[0], type):
                cls.Options = get_args(base)[0]

    def __init__(self, context: Context, options: OptionsT | None = None) -> None:
        self.context = context
        self.options: OptionsT = cast("OptionsT", self.Options()) if options is None else options


class DocumentRule(ConfigurableRule[OptionsT]):
    """A check of one document. Pure: it reads, it yields problems, it knows nothing else."""

    claims: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Schema keyword to roles: there this rule speaks, and the schema is silent."""

    def is_clearly_clean(self, document: Document) -> bool:
        """A quick proof that :meth:`check` has nothing to say; it then does not run.

        It may doubt without cause, but never miss: ``True`` for a document with a problem
        is a bug. A rule without a proof is right too, and costs every clean file more.
        """
        return False

    def is_settled(self, document: Document) -> bool:
        """Whether :meth:`check` will say the same of the document at any later time.

        Only for rules that look at the clock: what is not settled is never cached.
        """
        return True

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield what is wrong with the document."""
        raise NotImplementedError


class CorpusRule(ConfigurableRule[OptionsT]):
    """A check across files. Pure, in four steps, so that all but the last can be kept.

    :meth:`facts` takes from each document what matters elsewhere; :meth:`conclude` sees the
    facts of all files and says what they amount to; :meth:`relevant` picks from that what
    concerns one file; with it, :meth:`check` looks at that file's document again. What these
    methods return is JSON: mappings have text keys, and there are no tuples, as it may
    come from the cache.

    A file is named by its path relative to the project, with forward slashes.
    """

    def facts(self, document: Document) -> Json:
        """What other files' checks need to know of a document; ``None`` for nothing.

        Runs for every file of the corpus: use the quick views (``document.tables``), and
        keep it small.
        """
        raise NotImplementedError

    def conclude(self, corpus: Iterable[tuple[str, Json]]) -> Json:
        """What the facts of all files amount to; ``None`` if nothing anywhere is wrong.

        ``corpus`` gives each file that has facts with them, in the order of the paths, and
        can be gone through several times.
        """
        raise NotImplementedError

    def relevant(self, file: str, facts: Json, conclusion: Json) -> Json:
        """The part of the conclusion that concerns a file; ``None`` if none does.

        May err on the side of too much.
        """
        raise NotImplementedError

    def mentions(self, relevant: Json) -> Iterable[str]:
        """The other files that :meth:`check` may point at, given this."""
        return ()

    def check(self, document: Document, file: str, relevant: Json) -> Iterator[Problem]:
        """Yield what is wrong with the document, given what concerns it.

        Related places in other files are :class:`seedlint.diagnostic.Elsewhere`.
        """
        raise NotImplementedError


def all_rules() -> Mapping[str, type[Rule]]:
    """Every rule in ``seedlint/rules``, by name: the folder is the registry.

    And those of plug-ins that were loaded; see :mod:`seedlint.plugins`.
    """
    return _rules()


@cache
def _rules() -> dict[str, type[Rule]]:
    folder = Path(__file__).parent / "rules"
    rules: dict[str, type[Rule]] = {}
    for path in sorted(folder.glob("[!_]*.py")):
        rule = rule_in(f"{__package__}.rules.{path.stem}")
        rules[rule.name] = rule
    return rules


def add_rules(rules: Iterable[type[Rule]]) -> None:
    """Take in rules from elsewhere, for as long as the process lives."""
    _rules().update((rule.name, rule) for rule in rules)


def rule_in(module_name: str) -> type[Rule]:
    """The rule that a module defines. Raises what its import raises, and TypeError."""
    module = import_module(module_name)
    rules = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module_name
    ]
    if len(rules) != 1:
        raise TypeError(f"{module_name} must define exactly one rule, not {len(rules)}")
    return rules[0]


def is_corpus_rule(rule: type[Rule] | None) -> TypeGuard[type[CorpusRule[Any]]]:
    """Whether a rule looks across files."""
    return rule is not None and issubclass(rule, CorpusRule)


def rule_covering(name: str) -> type[Rule] | None:
    """The rule that reports diagnostics of this name, if there is one."""
    rules = all_rules()
    if name in rules and not rules[name].family:
        return rules[name]
    return next((rule for rule in rules.values() if rule.family and rule.covers(name)), None)


def rule_named(name: str) -> type[Rule] | None:
    """The rule of this name, or the one that can report as it."""
    rules = all_rules()
    if name in rules:
        return rules[name]
    return next((rule for rule in rules.values() if name in rule.members), None)


def known_names() -> list[str]:
    """The names of all rules, those that families report as included."""
    return [*all_rules(), *(name for rule in all_rules().values() for name in sorted(rule.members))]
