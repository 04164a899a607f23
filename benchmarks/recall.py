"""How many near-duplicates are found without comparing everything with everything.

``python -m benchmarks.recall --entries 2000 --seed 1``
``python -m benchmarks.recall --entries 10000 --growth``

Entries of a generated corpus, and edited copies of some: about as alike as near-duplicate-entry
asks for, or more. What the rule finds is held against a comparison of all pairs; or, for
``--growth``, the time it takes against the time for ten times as many entries.
"""

from __future__ import annotations

import argparse
import json
import sys
from random import Random
from time import process_time
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import yaml_rs

from benchmarks.corpus import seeds
from seedlint.command_check import calm_garbage_collector
from seedlint.contract import load_contract
from seedlint.document import Document
from seedlint.rule import Context
from seedlint.rules.near_duplicate_entry import (
    LONGEST_EXCERPT,
    LONGEST_TITLE,
    NearDuplicateEntry,
    NearDuplicateEntryOptions,
)
from seedlint.similarity import similarity
from seedlint.testing import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from seedlint.rule import Json

    Pair = tuple[int, int]
    Edit = Callable[[str, Random], str]

_PLANTED = 0.3
"""The share of entries that are edited copies of others."""

_LEAST_ALIKE = 0.85
_RUNS = 3
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORDS = (
    "another",
    "corner",
    "evening",
    "official",
    "remarkable",
    "question",
    "spokesman",
    "while",
)


class Entry(NamedTuple):
    """An entry, and the kind of edits it is a copy with; empty for an original."""

    title: str
    excerpt: str
    kind: str = ""


def _replace(text: str, rng: Random) -> str:
    words = text.split(" ")
    words[rng.randrange(len(words))] = rng.choice(_WORDS)
    return " ".join(words)


def _insert(text: str, rng: Random) -> str:
    words = text.split(" ")
    words.insert(rng.randrange(len(words) + 1), rng.choice(_WORDS))
    return " ".join(words)


def _leave_out(text: str, rng: Random) -> str:
    words = text.split(" ")
    del words[rng.randrange(len(words))]
    return " ".join(words)


def _cut(text: str, rng: Random) -> str:
    return text.rpartition(" ")[0]


def _put_before(text: str, rng: Random) -> str:
    return f"{rng.choice(_WORDS)} {text}"


def _mistype(text: str, rng: Random) -> str:
    at = rng.randrange(len(text))
    typed = rng.choice(("", rng.choice(_LETTERS), text[at] + rng.choice(_LETTERS)))
    return text[:at] + typed + text[at + 1 :]


def _anything(text: str, rng: Random) -> str:
    return rng.choice((_replace, _insert, _leave_out, _cut, _put_before, _mistype))(text, rng)


EDITS: dict[str, Edit] = {
    "words replaced": _replace,
    "words inserted": _insert,
    "words left out": _leave_out,
    "the end cut off": _cut,
    "words put before": _put_before,
    "letters mistyped": _mistype,
    "all of these": _anything,
}


def entries(count: int, seed: int) -> list[Entry]:
    """Entries of a corpus and edited copies, in any order."""
    rng = Random(seed)
    copies = int(count * _PLANTED)
    found: list[Entry] = []
    for each in seeds(count - copies, seed, 0):
        data: Any = yaml_rs.loads(each.text.split("---\n")[1], parse_datetime=False)
        found.append(Entry(data["title"], data["excerpt"]))
    for number in range(copies):
        kind = list(EDITS)[number % len(EDITS)]
        title, excerpt, _ = found[rng.randrange(count - copies)]
        title = _edited(title, EDITS[kind], rng)
        found.append(Entry(title, _edited(excerpt, EDITS[kind], rng), kind))
    rng.shuffle(found)
    return found


def _edited(original: str, edit: Edit, rng: Random) -> str:
    """The text with as many edits as leave it as alike as chance wants it to be."""
    least = rng.uniform(_LEAST_ALIKE, 1)
    edited = original
    while True:
        further = edit(edited, rng)
        if similarity(original.lower(), further.lower(), least) < least:
            return edited
        edited = further


def all_pairs(found: Sequence[Entry], options: NearDuplicateEntryOptions) -> set[Pair]:
    """What comparing every entry with every other finds."""
    titles = [each.title[:LONGEST_TITLE].lower() for each in found]
    excerpts = [each.excerpt[:LONGEST_EXCERPT] for each in found]
    long = [len(each.excerpt) >= options.excerpt_min_length for each in found]
    return {
        (one, other)
        for other in range(len(found))
        for one in range(other)
        if long[one] and long[other]
        if similarity(titles[one], titles[other], options.title_similarity)
        if similarity(excerpts[one], excerpts[other], options.excerpt_similarity)
    }


def facts(rule: NearDuplicateEntry, found: Sequence[Entry]) -> list[tuple[str, Json]]:
    """What the rule keeps of each entry, at a page of its own; files are named by number."""
    contract = load_contract(None)
    kept: list[tuple[str, Json]] = []
    for number, each in enumerate(found):
        data: dict[str, str] = {
            "title": each.title,
            "excerpt": each.excerpt,
            "webUrl": f"https://example.com/{number}",
        }
        fact = rule.facts(Document("", data, contract, lambda: None))
        if fact is not None:
            kept.append((f"{number:07}", fact))
    return kept


def found_pairs(conclusion: Json) -> set[Pair]:
    """The pairs in the rule's conclusion."""
    by_file = cast("dict[str, tuple[int, list[tuple[int, int, str]]]]", conclusion or {})
    return {
        (min(int(file), int(other)), max(int(file), int(other)))
        for file, (_, closest) in by_file.items()
        for _, _, other in closest
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recall", description=__doc__)
    parser.add_argument("--entries", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--similarity", type=float, default=0.9, help="of titles and excerpts")
    parser.add_argument("--growth", action="store_true", help="compare with ten times as many")
    chosen = parser.parse_args()
    options = NearDuplicateEntryOptions(chosen.similarity, chosen.similarity)
    rule = NearDuplicateEntry(Context(NOW, ()), options)
    if chosen.growth:
        _grow(rule, chosen.entries, chosen.seed)
        return
    everything = entries(chosen.entries, chosen.seed)
    kept = facts(rule, everything)
    started = process_time()
    found = found_pairs(rule.conclude(kept))
    took = process_time() - started
    started = process_time()
    expected = all_pairs(everything, options)
    sys.stdout.write(
        f"{len(everything)} entries: {took:.2f} s, comparing all pairs"
        f" {process_time() - started:.1f} s\n"
    )
    _report("all pairs", expected, found)
    for kind in EDITS:
        _report(kind, {pair for pair in expected if kind in _kinds(everything, pair)}, found)
    sys.stdout.write(f"found, and not alike: {len(found - expected)}\n")


def _grow(rule: NearDuplicateEntry, count: int, seed: int) -> None:
    """Print the CPU time of the conclusion alone, the best of some, and how it grows."""
    took = []
    for entries_of in (count, 10 * count):
        kept = [(file, json.dumps(fact)) for file, fact in facts(rule, entries(entries_of, seed))]
        # As in a run, which decodes the facts anew each time it goes through them.
        calm_garbage_collector()
        took.append(min(_time(rule, _Kept(kept)) for _ in range(_RUNS)))
        sys.stdout.write(f"{entries_of:7} entries: {took[-1]:.2f} s\n")
    sys.stdout.write(f"{took[1] / took[0] / 10:.2f} times ten times as much\n")


def _time(rule: NearDuplicateEntry, kept: Iterable[tuple[str, Json]]) -> float:
    started = process_time()
    rule.conclude(kept)
    return process_time() - started


class _Kept:
    """Facts as text, decoded as often as they are gone through."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        self._texts = texts

    def __iter__(self) -> Iterator[tuple[str, Json]]:
        return ((file, json.loads(text)) for file, text in self._texts)


def _kinds(found: Sequence[Entry], pair: Pair) -> tuple[str, str]:
    return found[pair[0]].kind, found[pair[1]].kind


def _report(what: str, expected: set[Pair], found: set[Pair]) -> None:
    share = len(expected & found) / len(expected) if expected else 1
    sys.stdout.write(f"{what:>18}: {len(expected & found)} of {len(expected)}, {share:.1%}\n")


if __name__ == "__main__":
    main()
