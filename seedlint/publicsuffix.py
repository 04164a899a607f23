"""Registrable domains, by the ICANN section of the public suffix list.

The list is the data file of the ``publicsuffixlist`` package, read without importing the
package: building its object takes 44 ms, this lookup table about two, when first asked.
"""

from __future__ import annotations

from functools import cache, lru_cache

from seedlint.hostnames import LONGEST_NAME, ascii_host, unicode_host

_PACKAGE = "publicsuffixlist"
_FILE = "public_suffix_list.dat"
_SECTION = ("===BEGIN ICANN DOMAINS===", "===END ICANN DOMAINS===")

# No rule has more than four labels; what stands before the last eight cannot matter.
_LABELS = 8


def registrable_domain(host: str) -> str | None:
    """The domain somebody registered: ``bbc.co.uk`` of ``www.bbc.co.uk``.

    In lower-case ASCII, so that both spellings of an internationalised host agree.
    ``None`` for a public suffix, an IP address, a host without a dot and what is no host.
    A suffix the list does not know counts as one label, as the list's algorithm says.
    """
    return _registrable(host) if len(host) <= LONGEST_NAME + 1 else None


@lru_cache(maxsize=4096)
def _registrable(host: str) -> str | None:
    labels = ascii_host(host.removesuffix(".")).rsplit(".", _LABELS)[-_LABELS:]
    if len(labels) < 2 or "" in labels or labels[-1].isdigit() or ":" in labels[-1]:
        return None
    suffix = _suffix_length(unicode_host(".".join(labels)).split("."))
    return ".".join(labels[-suffix - 1 :]) if suffix < len(labels) else None


def _suffix_length(labels: list[str]) -> int:
    """How many labels at the end are the public suffix: the longest rule decides.

    As in the package, a wildcard makes its parent a suffix too (``sch.uk`` of ``*.sch.uk``).
    """
    rules = _rules()
    for start in range(len(labels)):
        name = ".".join(labels[start:])
        if f"!{name}" in rules:
            return len(labels) - start - 1
        parent = name.partition(".")[2]
        if name in rules or f"*.{parent}" in rules or f"*.{name}" in rules:
            return len(labels) - start
    return 1


@cache
def _rules() -> frozenset[str]:
    """The lines of the section; its comments do no harm, as no host looks like one."""
    from importlib.util import find_spec
    from pathlib import Path

    spec = find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec is not None else None
    if not folders:
        raise ModuleNotFoundError(f"the {_PACKAGE} package is not installed", name=_PACKAGE)
    text = Path(folders[0], _FILE).read_bytes()
    begin, end = (text.index(mark.encode()) for mark in _SECTION)
    return frozenset(text[begin:end].decode().split("\n"))
