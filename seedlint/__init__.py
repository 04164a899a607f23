"""seedlint: the linter for YAML front matter.

What is listed here is for other programs; ``docs/api.md`` explains it. All of it is imported
when first used, so that ``import seedlint`` costs nothing.
"""

from __future__ import annotations

# Type checkers know this name; importing typing for it would cost more than all the rest.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from seedlint.api import Report, check_paths, check_text
    from seedlint.check import FileResult
    from seedlint.config import load_settings
    from seedlint.config_error import ConfigError
    from seedlint.diagnostic import (
        Applicability,
        Diagnostic,
        Edit,
        LocatedFix,
        Place,
        Severity,
        Span,
    )
    from seedlint.errors import SeedlintError, UnknownRule
    from seedlint.files import FileMissing
    from seedlint.schemafile import ContractError
    from seedlint.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "Applicability",
    "ConfigError",
    "ContractError",
    "Diagnostic",
    "Edit",
    "FileMissing",
    "FileResult",
    "LocatedFix",
    "Place",
    "Report",
    "SeedlintError",
    "Settings",
    "Severity",
    "Span",
    "UnknownRule",
    "__version__",
    "check_paths",
    "check_text",
    "load_settings",
]

_MODULES = {
    "api": ("Report", "check_paths", "check_text"),
    "check": ("FileResult",),
    "config": ("load_settings",),
    "config_error": ("ConfigError",),
    "schemafile": ("ContractError",),
    "diagnostic": (
        *("Applicability", "Diagnostic", "Edit", "LocatedFix", "Place", "Severity", "Span"),
    ),
    "errors": ("SeedlintError", "UnknownRule"),
    "files": ("FileMissing",),
    "settings": ("Settings",),
}


if not TYPE_CHECKING:
    # A type checker would take this for a definition of whatever name is misspelled.
    def __getattr__(name: str) -> object:
        for module, names in _MODULES.items():
            if name in names:
                from importlib import import_module

                return getattr(import_module(f"seedlint.{module}"), name)
        raise AttributeError(f"module 'seedlint' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
