"""The facts of one file as text: a line for each rule, so that each can be read by itself.

A line may also say that a rule crashed over the file. The file is then checked like any other,
but whoever is told what was found in it, now or from the cache, is told this as well.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from seedlint.diagnostic import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.rule import Json

# No rule has such a name.
_CRASH = "!"


def line(rule: str, facts: Json) -> str:
    """The text of the facts for one rule. Raises whatever what is no JSON leads to."""
    return f"\n{rule} {json.dumps(facts, separators=(',', ':'))}"


def crash_line(problem: Problem) -> str:
    """The text for a rule that crashed."""
    return line(_CRASH, [problem.rule, problem.message, *problem.notes])


def read(text: str, rule: str) -> Json:
    """The facts for one rule; ``None`` if there are none, or the text is damaged."""
    mark = f"\n{rule} "
    start = text.find(mark)
    if start < 0:
        return None
    start += len(mark)
    end = text.find("\n", start)
    try:
        facts: Json = json.loads(text[start : end if end >= 0 else len(text)])
    except (ValueError, RecursionError):
        return None
    return facts


def crashes(text: str) -> Iterator[Problem]:
    """The problems that rules crashed."""
    for said in text.split(f"\n{_CRASH} ")[1:]:
        rule, message, *notes = json.loads(said.partition("\n")[0])
        yield Problem((), message, rule=rule, notes=tuple(notes))
