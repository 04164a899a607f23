"""Which rules run on a file, against which contract, how severe: settings made concrete."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from seedlint.contract import Contract, load_contract
from seedlint.frontmatter import Block, Kind, read_block
from seedlint.keywords import rule_name
from seedlint.owncontract import OwnContracts
from seedlint.pathkind import is_file
from seedlint.patterns import matches_any
from seedlint.pointers import matches_pointer
from seedlint.rule import Context, CorpusRule, DocumentRule, all_rules, rule_covering
from seedlint.selection import FixPolicy, Selection, specificity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from seedlint.diagnostic import Applicability, Severity
    from seedlint.limits import Limits
    from seedlint.registry import Registry
    from seedlint.settings import Override, RuleSettings, Settings


def _severity(settings: Mapping[str, RuleSettings], name: str) -> Severity | None:
    """The severity set for a rule, or for the family it belongs to."""
    own = settings.get(name)
    if own is None and name not in all_rules():
        rule = rule_covering(name)
        own = settings.get(rule.name) if rule is not None else None
    return None if own is None else own.severity


def _options(settings: Mapping[str, RuleSettings], name: str) -> Mapping[str, object]:
    chosen = settings.get(name)
    return chosen.options if chosen is not None else {}


@dataclass(frozen=True)
class Profile:
    """How one kind of file is checked. Shared by all files the same overrides match."""

    contract: Contract
    rules: tuple[DocumentRule[object], ...]
    selection: Selection
    settings: Mapping[str, RuleSettings]
    pointer_overrides: tuple[Override, ...]
    limits: Limits
    require_front_matter: bool
    skip_other_front_matter: bool
    fix_policy: FixPolicy
    inline_ignores: bool
    own_contracts: OwnContracts | None

    @cached_property
    def schema_rule(self) -> DocumentRule[object] | None:
        """The rule that speaks for the schema, if it is selected."""
        return next((rule for rule in self.rules if rule.family), None)

    @cached_property
    def document_rules(self) -> tuple[DocumentRule[object], ...]:
        """The other rules: those that run on every document."""
        return tuple(rule for rule in self.rules if not rule.family)

    @cached_property
    def clock_rules(self) -> tuple[DocumentRule[object], ...]:
        """Those whose verdict may change as time goes by."""
        return tuple(
            rule for rule in self.rules if type(rule).is_settled is not DocumentRule.is_settled
        )

    @cached_property
    def claims(self) -> frozenset[tuple[str, str]]:
        """``(schema rule name, role)`` pairs on which a selected rule speaks instead."""
        return frozenset(
            (rule_name(keyword), role)
            for rule in self.document_rules
            for keyword, claimed in rule.claims.items()
            for role in claimed
        )

    def block(self, raw: bytes, kind: Kind, named: bool) -> Block | None:
        """The block of a file, ``None`` if it has and needs none. Raises Unreadable."""
        required = named or self.require_front_matter
        return read_block(raw, kind, required, self.skip_other_front_matter)

    def is_active(self, name: str) -> bool:
        """Whether diagnostics of this name are shown. Those about reading always are."""
        rule = all_rules().get(name)
        if rule is None:
            return self.selection.includes(name, enabled=True)
        return rule.always or self.selection.includes(name, rule.enabled)

    def severity(self, name: str, default: Severity) -> Severity:
        """The severity the settings give a rule, else the default."""
        return _severity(self.settings, name) or default

    def applicability(self, name: str, given: Applicability) -> Applicability | None:
        """How far a rule's fix is to be trusted here; ``None`` where it is not to be offered."""
        return self.fix_policy.applicability(name, given)

    def at_pointer(self, name: str, pointer: str, severity: Severity) -> Severity | None:
        """The severity at one place of the document; ``None`` where it is ignored there."""
        for override in self.pointer_overrides:
            if matches_pointer(override.pointers, pointer):
                if specificity(override.ignore, name) >= 0:
                    return None
                severity = _severity(override.rules, name) or severity
        return severity


def _registry(settings: Settings) -> Registry | None:
    """The registry that settings name. Raises ConfigError."""
    if settings.providers is None:
        return None
    if not is_file(settings.providers):
        from seedlint.tomlfile import setting_error

        problem = 'does not exist; "seedlint providers --write" makes it'
        if os.path.lexists(settings.providers):
            problem = "is no file"
        message = f"the registry {settings.providers.name} {problem}"
        raise setting_error(settings, "providers", message)
    from seedlint.registry import read_registry

    return read_registry(settings.providers)


class Profiles:
    """Hands out the profile of each file.

    Raises :class:`seedlint.schemafile.ContractError` when a schema cannot be used.
    """

    def __init__(self, settings: Settings, now: datetime) -> None:
        self.now = now
        self._settings = settings
        self._context = Context(
            now, settings.tracking_parameters, _registry(settings), settings.topics
        )
        self.registry = self._context.registry
        self._fix_policy = FixPolicy(settings)
        self._contracts: dict[Path | None, Contract] = {}
        self._profiles: dict[tuple[Path | None, tuple[int, ...]], Profile] = {}
        self._single = not settings.overrides and not settings.schemas

    def __reduce__(self) -> tuple[object, ...]:
        """What a worker that is no copy of this process makes its own from."""
        return _made_again, (self._settings, self.now)

    def of(self, path: str) -> Profile:
        """The profile of a file, by its real path."""
        if self._single:
            return self._profile(self._settings.schema, ())
        relative = self._relative(path)
        schema = self._settings.schema
        for pattern, candidate in self._settings.schemas:
            if matches_any((pattern,), relative):
                schema = candidate
        matching = tuple(
            index
            for index, override in enumerate(self._settings.overrides)
            if not override.files or matches_any(override.files, relative)
        )
        return self._profile(schema, matching)

    @cached_property
    def corpus_rules(self) -> tuple[CorpusRule[object], ...]:
        """The corpus rules that are selected for some file; its profile says if for a file."""
        settings = self._settings
        base = (settings.select, settings.extend_select, settings.ignore)
        selections = [Selection(*base, settings.choice)] + [
            Selection(
                settings.select if override.select is None else override.select,
                (*settings.extend_select, *override.extend_select),
                settings.ignore,
                settings.choice,
            )
            for override in settings.overrides
            if not override.pointers
        ]
        return tuple(
            rule(self._context, rule.Options(**_options(settings.rules, name)))
            for name, rule in all_rules().items()
            if issubclass(rule, CorpusRule)
            and any(selection.includes(name, rule.enabled) for selection in selections)
        )

    def load_all(self) -> None:
        """Load every contract the settings name, so that a bad one is reported first."""
        settings = self._settings
        by_pattern = (path for _, path in settings.schemas)
        for schema in (settings.schema, *by_pattern, *settings.in_file_schemas):
            self._contract(schema)

    def schema_files(self) -> list[Path]:
        """The files that all contracts are read from."""
        self.load_all()
        return sorted({file for each in self._contracts.values() for file in each.files})

    def _relative(self, path: str) -> str:
        # Without "..", which no pattern would match.
        full = Path(os.path.abspath(path))  # noqa: PTH100
        try:
            return full.relative_to(self._settings.root).as_posix()
        except ValueError:
            return full.as_posix()

    def _profile(self, schema: Path | None, matching: tuple[int, ...]) -> Profile:
        key = (schema, matching)
        if key not in self._profiles:
            overrides = tuple(self._settings.overrides[index] for index in matching)
            own = self._own_contracts(matching)
            self._profiles[key] = self._make(self._contract(schema), overrides, own)
        return self._profiles[key]

    def _own_contracts(self, matching: tuple[int, ...]) -> OwnContracts | None:
        named = self._settings.in_file_schemas
        if not named:
            return None
        profile = partial(self._profile, matching=matching)
        return OwnContracts(self._settings.root, named, profile)

    def _contract(self, schema: Path | None) -> Contract:
        if schema not in self._contracts:
            self._contracts[schema] = load_contract(schema, self._settings.root)
        return self._contracts[schema]

    def _make(
        self, contract: Contract, overrides: tuple[Override, ...], own: OwnContracts | None
    ) -> Profile:
        settings = self._settings
        select, extend, ignore = settings.select, settings.extend_select, settings.ignore
        rules = dict(settings.rules)
        for override in overrides:
            if override.pointers:
                continue
            select = select if override.select is None else override.select
            extend, ignore = (*extend, *override.extend_select), (*ignore, *override.ignore)
            for name, changed in override.rules.items():
                rules[name] = changed.over(rules.get(name))
        selection = Selection(select, extend, ignore, settings.choice)
        return Profile(
            contract=contract,
            rules=tuple(self._active(selection, rules)),
            selection=selection,
            settings=rules,
            pointer_overrides=tuple(item for item in overrides if item.pointers),
            limits=settings.limits,
            require_front_matter=settings.require_front_matter,
            skip_other_front_matter=settings.skip_other_front_matter,
            fix_policy=self._fix_policy,
            inline_ignores=settings.inline_ignores,
            own_contracts=own,
        )

    def _active(
        self, selection: Selection, settings: Mapping[str, RuleSettings]
    ) -> list[DocumentRule[object]]:
        active: list[DocumentRule[object]] = []
        for name, rule in all_rules().items():
            if not issubclass(rule, DocumentRule):
                continue
            if (
                selection.may_include_member(name)
                if rule.family
                else selection.includes(name, rule.enabled)
            ):
                active.append(rule(self._context, rule.Options(**_options(settings, name))))
        return active


def _made_again(settings: Settings, now: datetime) -> Profiles:
    from seedlint.plugins import enable

    enable(settings.plugins, settings.allow_plugins)
    return Profiles(settings, now)
