"""The settings of a run, as the engine sees them: complete, checked, immutable."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from seedlint.diagnostic import Severity
from seedlint.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TRACKING_PARAMETERS = (
    "utm_*",
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "srsltid",
    "msclkid",
    "mc_cid",
    "mc_eid",
    "igshid",
    "yclid",
    "ysclid",
    "twclid",
    "ttclid",
    "li_fat_id",
    "epik",
    "_hsenc",
    "_hsmi",
    "mkt_tok",
    "vero_id",
    "oly_anon_id",
    "oly_enc_id",
    "_openstat",
    "wickedid",
    "guce_referrer",
    "guce_referrer_sig",
    "guccounter",
    "igsh",
)


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """What settings say of one rule; ``options`` are keyed by the names of its dataclass."""

    severity: Severity | None = None
    options: Mapping[str, object] = field(default_factory=dict)

    def over(self, base: RuleSettings | None) -> RuleSettings:
        """These settings, and for what they leave open those of ``base``."""
        if base is None:
            return self
        severity = base.severity if self.severity is None else self.severity
        return RuleSettings(severity, {**base.options, **self.options})


@dataclass(frozen=True, slots=True)
class Override:
    """Settings for some files, or for some places in them.

    No ``files`` means every file, no ``pointers`` the whole document. With ``pointers``
    only ``ignore`` and severities are set.
    """

    files: tuple[str, ...] = ()
    pointers: tuple[str, ...] = ()
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    rules: Mapping[str, RuleSettings] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """Rules chosen on the command line, which has the last word over any file.

    ``select`` is ``None`` where the settings choose.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, with its default.

    ``path`` is the settings file, if there is one; patterns are relative to ``root``.
    ``select`` is ``None`` for the rules that are on by default, ``fixable`` for all. A file
    that names one of ``in_file_schemas`` has that contract; else of ``schemas`` the last
    pattern that matches it wins, then ``schema``, then the built-in contract.
    ``plugins`` are loaded if ``allow_plugins``, which no settings file of a project can say.
    ``providers`` is the registry of providers, ``topics`` the vocabulary of topics.
    ``inline_ignores`` is false and ``is_foreign`` true only where the command line says so: the
    repository has no say then, not even by links that lead out of it.
    ``baseline`` is the file of what is known to be wrong, if it is not the usual one.
    ``origins`` names the file each value came from, by its keys in TOML.
    """

    path: Path | None
    root: Path
    include: tuple[str, ...] = (".",)
    exclude: tuple[str, ...] = ()
    schema: Path | None = None
    schemas: tuple[tuple[str, Path], ...] = ()
    in_file_schemas: tuple[Path, ...] = ()
    plugins: tuple[str, ...] = ()
    allow_plugins: bool = False
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    fixable: tuple[str, ...] | None = None
    unfixable: tuple[str, ...] = ()
    extend_safe_fixes: tuple[str, ...] = ()
    extend_unsafe_fixes: tuple[str, ...] = ()
    require_front_matter: bool = False
    skip_other_front_matter: bool = False
    tracking_parameters: tuple[str, ...] = TRACKING_PARAMETERS
    topics: tuple[str, ...] = ()
    providers: Path | None = None
    baseline: Path | None = None
    fail_on: Severity = Severity.ERROR
    limits: Limits = field(default_factory=Limits)
    rules: Mapping[str, RuleSettings] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    choice: Choice = Choice()
    inline_ignores: bool = True
    is_foreign: bool = False
    origins: Mapping[tuple[str, ...], Path] = field(default_factory=dict, compare=False)

    def as_toml(self) -> str:
        """The settings as ``seedlint.toml`` would have them, with where each came from."""
        from seedlint.configshow import show_settings

        return show_settings(self)
