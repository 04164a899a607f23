"""The providers of a corpus: listed for people or programs, and written to a registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from seedlint.consensus import prevailing, tally, tidy_counts
from seedlint.lookalikes import told_apart
from seedlint.paint import painter
from seedlint.paths import shown as shown_path
from seedlint.providers import is_placeholder, split_fact
from seedlint.report._data import json_text
from seedlint.rules._tidy import tidy
from seedlint.rules.inconsistent_provider_name import name_vote
from seedlint.visible import visible
from seedlint.wording import counted, quote, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import TextIO

    from seedlint.consensus import Uses
    from seedlint.registry import Provider, Registry

_MOST_FILES = 3
_MOST_OTHER_NAMES = 10
_MOST_SHOWN_NAMES = 4
_GAP = "  "


class Output(NamedTuple):
    """Where and how to print; ``show_file`` turns a file's name in the corpus into a path."""

    stream: TextIO
    as_json: bool
    color: bool
    width: int
    show_file: Callable[[str], str]


class Name(NamedTuple):
    """A name that files have for a domain: in how many of them, and the first ones.

    ``status`` is ``registered``, ``other name`` (the registry has it as such), ``placeholder``
    (it only repeats the domain), ``prevails`` (over others), or empty.
    """

    name: str
    uses: int
    files: Sequence[str]
    status: str


class Found(NamedTuple):
    """A domain of the corpus with its names, the most frequent first.

    ``right`` is the registry's name, or the one that clearly prevails, if there is one.
    """

    domain: str
    names: Sequence[Name]
    right: str | None
    is_registered: bool


def list_providers(
    facts: Iterable[tuple[str, Any]], registry: Registry | None, output: Output
) -> None:
    """Print the providers of the corpus; ``facts`` are those of ``inconsistent-provider-name``."""
    found = _find_providers(facts, registry)
    if output.as_json:
        providers = [_provider_json(each, output.show_file) for each in found]
        _print_json({"version": 1, "providers": providers}, output.stream)
    else:
        output.stream.writelines(f"{line}\n" for line in _table(found, output))
        output.stream.write(f"{_summary(found, registry is not None)}\n")


def write_registry(
    facts: Iterable[tuple[str, Any]], path: Path, is_set: bool, output: Output
) -> None:
    """Add the providers of the corpus to the registry in a file, and print what was done.

    Makes the file if there is none; ``is_set``: settings name it. Raises ConfigError.
    """
    from seedlint.registry import Provider, read_registry
    from seedlint.registrywrite import add_providers

    found = _find_providers(facts, read_registry(path) if path.exists() else None)
    added = [
        Provider(each.right, each.domain, _other_names(each))
        for each in found
        if each.right is not None and not each.is_registered
    ]
    undecided = [each for each in found if each.right is None]
    add_providers(path, added)
    if output.as_json:
        _print_json(_written_json(path, added, undecided, output), output.stream)
    else:
        lines = _written(path, added, undecided, is_set)
        output.stream.writelines(f"{visible(line)}\n" for line in lines)


def _find_providers(facts: Iterable[tuple[str, Any]], registry: Registry | None) -> Sequence[Found]:
    """The providers of the corpus, by domain."""
    domains = tally(facts, split_fact)
    real = {
        domain: {name: each for name, each in uses.items() if not is_placeholder(name, domain)}
        for domain, uses in domains.items()
    }
    counts = tidy_counts(facts, name_vote, real, tidy)
    return [
        _found(domain, uses, real[domain], prevailing(counts[domain]), registry)
        for domain, uses in sorted(domains.items())
    ]


def _found(
    domain: str,
    uses: Mapping[str, Uses],
    real: Collection[str],
    best: str | None,
    registry: Registry | None,
) -> Found:
    listed = registry.at(domain) if registry is not None else None
    right = listed.name if listed is not None else best
    names = [
        Name(name, each.count, each.files, _status(name, right, listed, real))
        for name, each in sorted(uses.items(), key=lambda item: (-item[1].count, item[0]))
    ]
    return Found(domain, names, right, listed is not None)


def _status(name: str, right: str | None, listed: Provider | None, real: Collection[str]) -> str:
    if listed is not None and name in (listed.name, *listed.other_names):
        return "registered" if name == right else "other name"
    if name not in real:
        return "placeholder"
    return "prevails" if listed is None and name == right and len(real) > 1 else ""


def _other_names(found: Found) -> tuple[str, ...]:
    """The other names worth noting: those that a person may have meant."""
    others = [
        name.name
        for name in found.names
        if not name.status and name.name != found.right and name.name == tidy(name.name)
    ]
    return tuple(others[:_MOST_OTHER_NAMES])


def _table(found: Sequence[Found], output: Output) -> Iterator[str]:
    """A line for each name, in columns."""
    if not found:
        return
    names = [name for each in found for name in each.names]
    shown = [each for one in found for each in told_apart(name.name for name in one.names).values()]
    domains = [
        each.domain if name is each.names[0] else "" for each in found for name in each.names
    ]
    columns = {
        "domain": [visible(shorten(domain)) for domain in domains],
        "name": list(map(visible, shown)),
        "files": [str(name.uses) for name in names],
        "status": [name.status for name in names],
    }
    filled = {head: cells for head, cells in columns.items() if any(cells)}
    widths = [max(map(_width, (head, *cells))) for head, cells in filled.items()]
    room = output.width - sum(widths) - len(_GAP) * len(widths)
    paint = painter(output.color)
    yield paint("quiet", _GAP.join((*map(_pad, filled, widths), "where")))
    for name, *row in zip(names, *filled.values(), strict=True):
        domain, *middle = map(_pad, row, widths)
        where = paint("quiet", _where(name, room, output.show_file))
        yield _GAP.join((paint("strong", domain), *middle, where))


def _pad(text: str, width: int) -> str:
    space = " " * (width - _width(text))
    return f"{space}{text}" if text.isdecimal() else f"{text}{space}"


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _where(name: Name, room: int, show_file: Callable[[str], str]) -> str:
    """As many of the first files as there is room for, at least one, and how many more."""
    shown = [visible(show_file(file)) for file in name.files[:_MOST_FILES]]
    while True:
        more = name.uses - len(shown)
        text = ", ".join(shown) + (f" and {more} more" if more else "")
        if len(shown) == 1 or _width(text) <= room:
            return text
        shown.pop()


def _summary(found: Sequence[Found], has_registry: bool) -> str:
    parts = [counted(len(found), "provider")]
    if has_registry:
        unlisted = sum(not each.is_registered for each in found)
        parts.append(f"{unlisted} not in the registry")
    undecided = sum(each.right is None and _has_several(each) for each in found)
    if undecided:
        parts.append(f"{undecided} with several names of which none prevails")
    return ", ".join(parts)


def _written(
    path: Path, added: Sequence[Provider], undecided: Sequence[Found], is_set: bool
) -> Iterator[str]:
    """What was written, what was not and why, what to do about it."""
    file = shown_path(path)
    if added or path.exists():
        yield f"{file}: added {counted(len(added), 'provider')}"
    else:
        yield f"{file}: not written, as there is no provider to add"
    for each in undecided:
        shown = told_apart(name.name for name in each.names)
        names = [
            f"{shown[name.name]} in {counted(name.uses, 'file')}"
            for name in each.names
            if name.status != "placeholder"
        ]
        more = len(names) - _MOST_SHOWN_NAMES
        listed = ", ".join(names[:_MOST_SHOWN_NAMES]) + (f" and {more} more" if more > 0 else "")
        reason = (
            f"no name prevails: {listed}" if names else "files only repeat the domain as its name"
        )
        yield f"left out {each.domain}: {reason}"
    if not is_set and path.exists():
        yield f"to use it, name it in the settings: providers = {quote(path.name)}"


def _has_several(found: Found) -> bool:
    return sum(name.status != "placeholder" for name in found.names) > 1


def _provider_json(found: Found, show_file: Callable[[str], str]) -> dict[str, Any]:
    return {
        "domain": found.domain,
        "name": found.right,
        "registered": found.is_registered,
        "names": [
            {
                "name": name.name,
                "files": name.uses,
                "status": name.status or None,
                "where": [show_file(file) for file in name.files[:_MOST_FILES]],
            }
            for name in found.names
        ],
    }


def _written_json(
    path: Path, added: Sequence[Provider], undecided: Sequence[Found], output: Output
) -> dict[str, Any]:
    return {
        "version": 1,
        "file": shown_path(path),
        "added": [
            {"domain": each.domain, "name": each.name, "other_names": list(each.other_names)}
            for each in added
        ],
        "left_out": [_provider_json(each, output.show_file) for each in undecided],
    }


def _print_json(data: Any, stream: TextIO) -> None:
    stream.write(json_text(data, indent=2) + "\n")
