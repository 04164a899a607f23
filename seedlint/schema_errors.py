"""From schema errors to problems a person can act on."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from seedlint.changes import Rename, Replace
from seedlint.diagnostic import About, Applicability, Fix, Problem, Related
from seedlint.keywords import rule_name
from seedlint.wording import closest, names, quote, shorten, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jsonschema_rs import ValidationError

    from seedlint.contract import Contract
    from seedlint.diagnostic import Route
    from seedlint.document import Document

_TYPE_NAMES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}
Message: TypeAlias = "Callable[[ValidationError, Any], str]"

_LONGEST_MESSAGE = 200
_MOST_CHOICES = 12
_MOST_ERRORS = 10_000


def problems_of(document: Document) -> Iterator[Problem]:
    """What the document's contract says is wrong with it, each under its keyword's name."""
    for error in _errors(document, document.data):
        yield from _problems(error, document.contract, document.data)


def rejected(document: Document) -> frozenset[Route]:
    """The routes of what the contract rejects; to be asked for by ``document.memo``."""
    return rejected_in(document, document.data)


def rejected_in(document: Document, data: Any) -> frozenset[Route]:
    """The same, if the document had other values of the same shape."""
    return frozenset(tuple(error.instance_path) for error in _errors(document, data))


def _errors(document: Document, data: Any) -> Iterator[ValidationError]:
    return islice(document.contract.errors(document.held_part(data)), _MOST_ERRORS)


def _problems(error: ValidationError, contract: Contract, data: Any) -> Iterator[Problem]:
    keyword = _keyword(error)
    if keyword in ("anyOf", "oneOf") and any(_branches(error)):
        yield from _best_branch(error, contract, data)
    elif keyword in ("additionalProperties", "unevaluatedProperties"):
        yield from _unknown_keys(error, contract, data)
    elif keyword == "propertyNames":
        name = _kind(error).error
        yield Problem(
            (*error.instance_path, str(name.instance)),
            f"the key {quote(name.instance)} is not allowed here: {_said(name, name.instance)}",
            part="key",
            rule=rule_name(keyword),
        )
    else:
        yield Problem(
            tuple(error.instance_path),
            _message(error, data),
            rule=rule_name(keyword),
            related=_again(error, data) if keyword == "uniqueItems" else (),
            fix=_correction(keyword, error, data),
            about=_about(error, data),
        )


def _about(error: ValidationError, data: Any) -> About | None:
    """What an error is recognised by, if not by all of the value in which it is."""
    keyword = _keyword(error)
    if keyword in ("required", "dependentRequired"):
        return About(_kind(error).property)
    if keyword in ("minItems", "maxItems", "minProperties", "maxProperties"):
        return About(len(_value_at(data, tuple(error.instance_path))))
    if keyword == "uniqueItems":
        return About(_repeated(_value_at(data, tuple(error.instance_path))))
    # An item that is nowhere has no value either.
    return About(None) if keyword == "contains" else None


def _again(error: ValidationError, data: Any) -> tuple[Related, ...]:
    """Where an item is in a list for the second time.

    None if items are equal to JSON Schema alone, as 1 and 1.0 are.
    """
    import json

    route = tuple(error.instance_path)
    seen: set[str] = set()
    for at, item in enumerate(_value_at(data, route)):
        text = json.dumps(item, sort_keys=True)
        if text in seen:
            return (Related((*route, at), "this item is there already"),)
        seen.add(text)
    return ()


def _repeated(items: Sequence[Any]) -> list[Any]:
    """The items of a list that equal an earlier one."""
    from seedlint.fingerprint import canonical

    first: dict[str, int] = {}
    return [item for at, item in enumerate(items) if first.setdefault(canonical(item), at) != at]


def _keyword(error: ValidationError) -> str:
    """The keyword that failed; dependentRequired reports itself as required."""
    last = error.schema_path[-1] if error.schema_path else ""
    name = error.kind.name
    return str(last) if name == "required" and isinstance(last, str) else name


def _kind(error: ValidationError) -> Any:
    """The details of an error; which there are depends on the keyword."""
    return error.kind


def _branches(error: ValidationError) -> Sequence[Sequence[ValidationError]]:
    return getattr(error.kind, "context", ())


def _best_branch(error: ValidationError, contract: Contract, data: Any) -> Iterator[Problem]:
    """The errors of the alternative that comes nearest, with a note on the others."""
    here = len(error.instance_path)
    branches = [branch for branch in _branches(error) if branch]
    best = min(branches, key=lambda branch: _distance(branch, here))
    others = [_message(branch[0], data) for branch in branches if branch is not best]
    note = f"or else: {shorten(names(others[:_MOST_CHOICES]), _LONGEST_MESSAGE)}"
    for inner in best:
        for problem in _problems(inner, contract, data):
            yield problem._replace(notes=(*problem.notes, note)) if others else problem


def _distance(branch: Sequence[ValidationError], here: int) -> tuple[bool, int]:
    """How far data is from an alternative: one of another type altogether is farthest."""
    other_kind = any(
        len(error.instance_path) == here and error.kind.name in ("type", "const", "enum")
        for error in branch
    )
    return other_kind, len(branch)


def _unknown_keys(error: ValidationError, contract: Contract, data: Any) -> Iterator[Problem]:
    route = tuple(error.instance_path)
    around = contract.subschema(list(error.schema_path[:-1]))
    known = around.get("properties", {}) if isinstance(around, dict) else {}
    present = _value_at(data, route)
    candidates = [
        key
        for key, schema in known.items()
        if key not in present and not (isinstance(schema, dict) and schema.get("deprecated"))
    ]
    by_folded = {key.casefold(): key for key in known}
    meant = {
        key: closest(
            key, [by_folded[folded]] if (folded := key.casefold()) in by_folded else candidates
        )
        for key in _kind(error).unexpected
    }
    wanted = Counter(meant.values())
    for key, name in meant.items():
        is_free = name not in present and wanted[name] == 1
        yield Problem(
            (*route, key),
            f"unknown key {quote(key)}{suggestion(name)}",
            part="key",
            rule=rule_name(error.kind.name),
            fix=_renaming((*route, key), name) if name is not None and is_free else None,
        )


def _renaming(route: Route, name: str) -> Fix:
    title = f"rename the key to {quote(name)}"
    return Fix(title, Applicability.UNSAFE, (Rename(route, name),))


def _value_at(data: Any, route: Route) -> Any:
    for step in route:
        data = data[step]
    return data


def _message(error: ValidationError, data: Any) -> str:
    # Not error.instance: to jsonschema-rs a number that is not finite is null.
    return _said(error, _value_at(data, tuple(error.instance_path)))


def _said(error: ValidationError, value: Any) -> str:
    say = _MESSAGES.get(_keyword(error))
    return shorten(error.message if say is None else say(error, value), _LONGEST_MESSAGE)


def _required(error: ValidationError, value: Any) -> str:
    return f"missing key {quote(_kind(error).property)}"


def _type(error: ValidationError, value: Any) -> str:
    wanted = names([_TYPE_NAMES.get(kind, kind) for kind in _kind(error).types])
    return f"expected {wanted}, found {_found(value)}"


def _found(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    return f"the text {quote(value)}" if isinstance(value, str) else quote(value)


def _enum(error: ValidationError, value: Any) -> str:
    options = _kind(error).options
    shown = [quote(option) for option in options[:_MOST_CHOICES]]
    if len(options) > _MOST_CHOICES:
        shown.append(f"{len(options) - _MOST_CHOICES} others")
    hint = suggestion(_meant_option(error, value))
    return f"expected {names(shown)}, found {_found(value)}{hint}"


def _meant_option(error: ValidationError, value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return closest(value, [option for option in _kind(error).options if isinstance(option, str)])


def _correction(keyword: str, error: ValidationError, data: Any) -> Fix | None:
    """The fix of a value that is close to one of an enumeration, or a word for true or false."""
    if keyword not in ("enum", "type"):
        return None
    route = tuple(error.instance_path)
    value = _value_at(data, route)
    meant = _meant_option(error, value) if keyword == "enum" else _meant_truth(error, value)
    if meant is None:
        return None
    return Fix(f"write {quote(meant)}", Applicability.UNSAFE, (Replace(route, meant),))


def _meant_truth(error: ValidationError, value: Any) -> bool | None:
    from seedlint.yaml11 import truth_of

    wanted = _kind(error).types
    return truth_of(value) if isinstance(value, str) and "boolean" in wanted else None


def _bound(words: str) -> Message:
    """A message for keywords that compare a value with a limit."""
    return lambda error, value: f"expected {words} {_kind(error).limit}, found {_found(value)}"


def _count(words: str, what: str) -> Message:
    """A message for keywords that limit how many there are of something."""

    def say(error: ValidationError, value: Any) -> str:
        limit = _kind(error).limit
        counted = what if limit == 1 else f"{what}s"
        return f"expected {words} {limit} {counted}, found {len(value)}"

    return say


_MESSAGES: dict[str, Message] = {
    "required": _required,
    "type": _type,
    "enum": _enum,
    "const": lambda error, value: (
        f"expected {quote(_kind(error).expected_value)}, found {_found(value)}"
    ),
    "format": lambda error, value: f"{quote(value)} is not a valid {_kind(error).format}",
    "pattern": lambda error, value: (
        f"{quote(value)} does not match the pattern {quote(_kind(error).pattern)}"
    ),
    "dependentRequired": _required,
    "minimum": _bound("at least"),
    "maximum": _bound("at most"),
    "exclusiveMinimum": _bound("more than"),
    "exclusiveMaximum": _bound("less than"),
    "minLength": _count("at least", "character"),
    "maxLength": _count("at most", "character"),
    "minItems": _count("at least", "item"),
    "maxItems": _count("at most", "item"),
    "minProperties": _count("at least", "key"),
    "maxProperties": _count("at most", "key"),
    "multipleOf": lambda error, value: (
        f"expected a multiple of {_kind(error).multiple_of}, found {_found(value)}"
    ),
    "uniqueItems": lambda error, value: "the list holds the same item twice, expected it once",
    "falseSchema": lambda error, value: "nothing is allowed here",
    "not": lambda error, value: f"{_found(value)} matches what the contract rules out",
    "contains": lambda error, value: "no item of the list is of the kind the contract asks for",
    # What is of none of them has the best one's errors.
    "oneOf": lambda error, value: (
        f"{_found(value)} is of more than one kind the contract tells apart, expected one"
    ),
}
