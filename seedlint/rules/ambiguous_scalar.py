"""Unquoted scalars that YAML 1.1 readers take for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from seedlint.changes import Quote, Rename, Replace
from seedlint.diagnostic import Applicability, Fix, Problem, Severity
from seedlint.otherwise import is_read_as_here, suspicious
from seedlint.rule import DocumentRule, NoOptions
from seedlint.schema_errors import rejected
from seedlint.wording import quote, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.diagnostic import Part, Route
    from seedlint.document import Document
    from seedlint.locate import Node


class AmbiguousScalar(DocumentRule[NoOptions]):
    """An unquoted scalar means something else to readers of YAML 1.1.

    ## What it finds

    Values and keys without quotes that the YAML 1.2 core schema, by which the contract is
    meant, reads otherwise than YAML 1.1 or its common readers do (PyYAML; Psych, which
    Jekyll uses): `no`, `on` and `y` (booleans there), `12:30` (a number in base 60), `017`
    (octal), `0o17`, `0b11`, `1_000`, `1,000`, `1e3` and `-.5` (numbers here or there only),
    bare dates, and timestamps that are not full RFC 3339. A full RFC 3339 timestamp is the
    same instant to everybody. How an article's own timestamp is written is the matter of
    `timestamp-format`.

    ## Why it matters

    One file is read by many programs. A country code `NO` that becomes `false`, or a kick-off
    at `12:30` that becomes 750, is wrong only in some of them, which makes it hard to find.

    ## Example

    ```yaml
    title: On
    topics:
      - 12:30
    ```

    ## Fix

    Puts text in quotes, values and keys alike: it stays the text it is here, so the fix is
    safe. Where the contract would accept the boolean or the number that others read as well, it
    is unsafe: `published: no` may hide a page now, and would not in quotes. Writes a number in
    the spelling the message gives, which is the same number. That is safe where others read
    text, and unsafe where they read another number, as of `017`: which one was meant is a
    judgement.

    No fix where the contract rejects the value: the reading of others may be the right one.
    """

    severity = Severity.WARNING
    fixes = (Applicability.SAFE, Applicability.UNSAFE)

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether the text of the block has nothing of the kind."""
        return is_read_as_here(document)

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield every unquoted value and key that has two meanings."""
        found = [
            problem
            for route, part, node in document.memo(suspicious)
            for problem in _problem(document, route, node, part)
        ]
        if found:
            timestamps = {entity.route for entity in document.entities("published-at")}
            # All values, then all keys.
            found.sort(key=lambda problem: problem.part == "key")
            for problem in found:
                if problem.part == "key" or problem.route not in timestamps:
                    yield problem


def _undecided(document: Document) -> frozenset[Route]:
    """Texts that others read as a boolean or a number, which the contract would accept as well."""
    from seedlint.schema_errors import rejected_in
    from seedlint.yaml11 import plain_value

    texts: dict[Route, tuple[Any, str]] = {}
    try:
        for route, part, node in document.memo(suspicious):
            other = plain_value(node.value) if part == "value" else None
            if other is not None and route:
                whole = _whole(document.data, route)
                if isinstance(text := whole[route[-1]], str):
                    texts[route] = whole, text
                    whole[route[-1]] = other
        return (
            frozenset(texts.keys() - rejected_in(document, document.data)) if texts else frozenset()
        )
    finally:
        # To copy all data for a look at it takes longer than the look.
        for route, (whole, text) in texts.items():
            whole[route[-1]] = text


def _whole(data: Any, route: Route) -> Any:
    """The collection that holds what a route leads to."""
    for step in route[:-1]:
        data = data[step]
    return data


def _problem(document: Document, route: Route, node: Node, part: Part) -> Iterator[Problem]:
    # Compiles a dozen patterns, which a clean file does not need.
    from seedlint.core_schema import resolve
    from seedlint.scalartext import spelled
    from seedlint.yaml11 import other_reading, plain_value

    other = other_reading(node.value)
    if other is None:
        return
    value = resolve(node.value) if part == "value" else node.value
    is_rejected = part == "value" and route in document.memo(rejected)
    if not isinstance(value, str):
        expected = shorten(spelled(value))
        here = f"the number {expected}"
        trust = Applicability.SAFE if other == "text" else Applicability.UNSAFE
        fix = Fix(f"write {expected}", trust, (Replace(route, value),))
    elif other != "text":
        here, expected = "text", "quotes"
        # A key keeps its name, which is written in quotes then.
        change = Quote(route) if part == "value" else Rename(route, value)
        trust = Applicability.SAFE
        if part == "value" and route in document.memo(_undecided):
            trust = Applicability.UNSAFE
            others = shorten(spelled(plain_value(value)))
            expected = others if is_rejected else f"quotes or {others}"
        fix = Fix(f"put {quote(value)} in quotes", trust, (change,))
    else:
        return
    yield Problem(
        route,
        f"unquoted {quote(node.value)} is {here} here but {other} to YAML 1.1 readers, "
        f"expected {expected}",
        part=part,
        fix=None if is_rejected else fix,
    )
