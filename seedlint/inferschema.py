"""From what was seen in documents to a JSON Schema that accepts all of them, or nearly."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from seedlint.diagnostic import json_pointer
from seedlint.guessroles import Guess, guesses, is_entry, looks_dated, names_address
from seedlint.infer import DATED, NO_TYPE, places
from seedlint.oddities import oddities
from seedlint.references import DIALECT
from seedlint.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from seedlint.diagnostic import Route
    from seedlint.infer import Seen, Texts

# So many mappings must have a key, without exception, for it to be required.
_ENOUGH = 3
_NOTEWORTHY_SHARE = 0.9

# An enumeration is of few short words, each of which was seen several times.
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\Z")
_MOST_WORDS = 8
_TEXTS_A_WORD = 3
_FEWEST_TEXTS = 10

_FORMS: Mapping[str, Mapping[str, Any]] = {
    "date-time": {"format": "date-time"},
    "date": {"format": "date"},
    "dated": {"pattern": DATED},
    "email": {"format": "email"},
    "uri": {"format": "uri"},
}


def schema_of(root: Seen, introduction: str) -> dict[str, Any]:
    """The schema of the documents that were seen; ``introduction`` says where it is from."""
    found = guesses(root)
    body = _schema(root, Guess("", "", "entry") if found else None)
    head: dict[str, Any] = {"$schema": DIALECT, "$comment": introduction}
    if is_entry(found):
        head["x-role"] = "entry"
    return {**head, **body}


def schema_text(schema: Mapping[str, Any]) -> str:
    """The text of a schema file; whatever cannot be seen in it is an escape."""
    text = json.dumps(schema, indent=2, ensure_ascii=False)
    return (
        "".join(char if char.isprintable() or char == "\n" else _escape(char) for char in text)
        + "\n"
    )


def nodes_of(schema: Mapping[str, Any]) -> Iterator[tuple[Route, Mapping[str, Any]]]:
    """An inferred schema, and those of what is inside; an item's step is ``*``."""
    waiting: list[tuple[Route, Mapping[str, Any]]] = [((), schema)]
    while waiting:
        route, node = waiting.pop(0)
        yield route, node
        waiting += [((*route, key), part) for key, part in node.get("properties", {}).items()]
        waiting += [((*route, "*"), node["items"])] if "items" in node else []


def roles_in(schema: Mapping[str, Any]) -> list[str]:
    """The roles that a schema names, each once."""
    return list(dict.fromkeys(node["x-role"] for _, node in nodes_of(schema) if "x-role" in node))


def plain_dates(root: Seen, schema: Mapping[str, Any]) -> list[str]:
    """Pointers to where dates play no role, and some have no quotes, as generators want it."""
    roles = {route for route, node in nodes_of(schema) if "x-role" in node}
    return [
        json_pointer(route)
        for route, seen in places(root)
        if seen.texts is not None and seen.texts.dates and route not in roles
    ]


def words_to_mend(root: Seen) -> int:
    """How many words such as `yes` stand where the schema wants booleans."""
    return sum(seen.types["string"] for _, seen in places(root) if seen.says_yes)


def _schema(seen: Seen, guess: Guess | None = None, key: str = "") -> dict[str, Any]:
    schema: dict[str, Any] = {}
    types = _types(seen)
    if types:
        schema["type"] = types[0] if len(types) == 1 else types
    if seen.keys and not (key and seen.is_open):
        schema |= _of_mapping(seen, guess)
    if seen.items is not None:
        schema["items"] = _of_items(seen.items, guess)
    if seen.texts is not None and not seen.says_yes:
        schema |= _of_texts(seen, seen.texts, guess, key)
    return schema


def _types(seen: Seen) -> list[str]:
    """The types that were seen; none where nothing but empty values were, or no type fits."""
    types = [name for name in seen.types if not (name == "integer" and "number" in seen.types)]
    if seen.says_yes:
        types = list(dict.fromkeys("boolean" if name == "string" else name for name in types))
    types.sort(key="null".__eq__)
    return [] if types == ["null"] or NO_TYPE in types else types


def _of_mapping(seen: Seen, guess: Guess | None) -> dict[str, Any]:
    found = guesses(seen, guess.inside) if guess is not None and guess.inside else {}
    total, odd = seen.types["object"], oddities(seen)
    required = [
        key for key, child in seen.keys.items() if child.count == total and total >= _ENOUGH
    ]
    properties = {
        key: _property(
            key,
            child,
            found.get(key),
            [*_remarks(key, child, found.get(key), total), *odd.get(key, ())],
        )
        for key, child in seen.keys.items()
    }
    return {**({"required": required} if required else {}), "properties": properties}


def _remarks(key: str, seen: Seen, guess: Guess | None, total: int) -> Iterator[str]:
    if guess is not None and (guess.role or guess.item or guess.inside):
        yield f"role guessed: by its name, and {guess.why}"
    elif looks_dated(key, seen):
        yield 'no "x-role": "published-at", as not all have a time with an offset'
    if _NOTEWORTHY_SHARE * total <= seen.count < total:
        yield f"in {seen.count} of {total}"
    if seen.says_yes:
        count = seen.types["string"]
        yield f'{counted(count, "value")} such as "yes" or "no" to be mended'
    if seen.is_open:
        yield "too much inside to be described"
    if seen.types.keys() == {"null"}:
        yield "always empty so far"


def _property(key: str, seen: Seen, guess: Guess | None, remarks: Sequence[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"$comment": "; ".join(remarks)} if remarks else {}
    if guess is not None and guess.role:
        schema["x-role"] = guess.role
    return {**schema, **_schema(seen, guess, key)}


def _of_items(items: Seen, guess: Guess | None) -> dict[str, Any]:
    role = {"x-role": guess.item} if guess is not None and guess.item else {}
    # The words of a list are seldom all there will ever be: no enumeration.
    inner = Guess(guess.item, "", guess.inside) if guess is not None else Guess("", "")
    return {**role, **_schema(items, inner)}


def _of_texts(seen: Seen, texts: Texts, guess: Guess | None, key: str) -> dict[str, Any]:
    form = next((form for trait, form in _FORMS.items() if trait in texts.traits), None)
    if form is not None:
        return dict(form)
    if "uri-reference" in texts.traits and (
        (guess is not None and guess.role.endswith("-url")) or names_address(key)
    ):
        return {"format": "uri-reference"}
    if guess is None and _are_words(seen, texts):
        empty = [None] if "null" in seen.types else []
        return {"enum": [*(texts.values or ()), *empty]}
    if guess is not None and guess.role == "title" and "filled" in texts.traits:
        return {"minLength": 1}
    return {}


def _are_words(seen: Seen, texts: Texts) -> bool:
    words = texts.values
    return (
        words is not None
        and seen.is_text()
        and 2 <= len(words) <= _MOST_WORDS
        and texts.count >= max(_FEWEST_TEXTS, _TEXTS_A_WORD * len(words))
        and min(words.values()) > 1
        and all(_WORD.match(word) for word in words)
    )


def _escape(char: str) -> str:
    return json.dumps(char)[1:-1]
