"""The facts of one file as text: a line for each rule, so that each can be read by itself.

Facts that are those of an earlier rule are not repeated: these texts are what fills the index,
and the memory of a run. A line may also say that a rule crashed over the file. The file is then
checked like any other, but whoever is told what was found in it, now or from the cache, is told
this as well.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from seedlint.check import Check, read_all, release_all
from seedlint.diagnostic import Problem
from seedlint.ownwords import crash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seedlint.check import Input
    from seedlint.document import Document
    from seedlint.rule import CorpusRule, Json

# No rule has such a name.
_CRASH = "!"
# No JSON begins so.
_AS = "="


# json.dumps makes an encoder for every call that has options.
_encoded = json.JSONEncoder(separators=(",", ":")).encode
_decoded = json.JSONDecoder().raw_decode


def of_document(document: Document, rules: Iterable[CorpusRule[object]]) -> str:
    """What corpus rules take from a document. One whose facts are no JSON has crashed."""
    lines: list[str] = []
    owners: dict[str, str] = {}
    for rule in rules:
        try:
            facts = rule.facts(document)
            if facts is not None:
                text = _encoded(facts)
                owner = owners.setdefault(text, rule.name)
                lines.append(f"\n{rule.name} {text if owner == rule.name else _AS + owner}")
        except Exception as error:
            problem = crash(rule.name, error)
            told = _encoded([problem.rule, problem.message, *problem.notes])
            lines.append(f"\n{_CRASH} {told}")
    return "".join(lines)


def of_input(given: Input, rules: Iterable[CorpusRule[object]]) -> str:
    """What corpus rules take from a file; nothing, if it cannot be read as intended."""
    readable = read_all([Check(given)])
    try:
        return "".join(of_document(check.document, rules) for check in readable)
    finally:
        release_all(readable)


def read(text: str, rule: str) -> Json:
    """The facts for one rule; ``None`` if there are none, or the text is damaged."""
    mark = f"\n{rule} "
    start = text.find(mark)
    if start < 0:
        return None
    start += len(mark)
    if text.startswith(_AS, start):
        owner = text[start + len(_AS) :].partition("\n")[0]
        # What is tampered with may lead round in circles.
        return None if f"\n{owner} {_AS}" in text else read(text, owner)
    try:
        facts: Json
        facts, end = _decoded(text, start)
    except (ValueError, RecursionError):
        return None
    return facts if end == len(text) or text[end] == "\n" else None


def crashes(text: str) -> Iterator[Problem]:
    """The problems that rules crashed; a damaged line says nothing."""
    for said in text.split(f"\n{_CRASH} ")[1:]:
        try:
            rule, message, *notes = map(str, json.loads(said.partition("\n")[0]))
        except (TypeError, ValueError, RecursionError):
            continue
        yield Problem((), message, rule=rule, notes=tuple(notes))
