"""What a fix does to the data of a document, in terms of routes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from seedlint.diagnostic import Route

Scalar: TypeAlias = "str | int | float | bool | None"


@dataclass(frozen=True, slots=True)
class Replace:
    """The scalar at ``route`` becomes ``value``."""

    route: Route
    value: Scalar


@dataclass(frozen=True, slots=True)
class Rename:
    """The key that ``route`` ends with becomes ``key``; its value stays."""

    route: Route
    key: str


@dataclass(frozen=True, slots=True)
class Insert:
    """A mapping gets a key it lacks: the last step of ``route``, with ``value``.

    It is put where the contract's order of keys wants it.
    """

    route: Route
    value: Scalar


@dataclass(frozen=True, slots=True)
class Remove:
    """The key or list item at ``route`` goes, with its value, its comments and its share
    of the blank lines around it."""

    route: Route


@dataclass(frozen=True, slots=True)
class Quote:
    """The plain scalar at ``route``, which is text, is written in quotes; data stays."""

    route: Route


@dataclass(frozen=True, slots=True)
class Sort:
    """The mapping at ``route`` has its keys in the order of ``keys``, which are all it has.

    Comments travel with the keys they stand above or beside.
    """

    route: Route
    keys: tuple[str, ...]


Change: TypeAlias = "Replace | Rename | Insert | Remove | Quote | Sort"
