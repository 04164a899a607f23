"""The keywords of JSON Schema, in all dialects that contracts may have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ASSERTING = """
    $dynamicRef $recursiveRef $ref additionalItems additionalProperties allOf anyOf const contains
    contentEncoding contentMediaType contentSchema dependencies dependentRequired dependentSchemas
    else enum exclusiveMaximum exclusiveMinimum format if items maxContains maxItems maxLength
    maxProperties maximum minContains minItems minLength minProperties minimum multipleOf not oneOf
    pattern patternProperties prefixItems properties propertyNames required then type
    unevaluatedItems unevaluatedProperties uniqueItems
"""
_OTHERS = """
    $anchor $comment $defs $dynamicAnchor $id $recursiveAnchor $schema $vocabulary default
    definitions deprecated description examples id readOnly title writeOnly
"""
# What a value can break, directly or by what is inside.
ASSERTING = frozenset(_ASSERTING.split())
KEYWORDS = ASSERTING.union(_OTHERS.split())

# What values a keyword that may be misspelled has. Of the shorter ones too much is spelled alike.
_SCHEMA, _NUMBER = (dict, bool), (int, float)
_VALUES: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("properties", "patternProperties", "dependentSchemas"), (dict,)),
    **dict.fromkeys(("dependentRequired", "dependencies"), (dict,)),
    **dict.fromkeys(("additionalProperties", "unevaluatedProperties", "propertyNames"), _SCHEMA),
    **dict.fromkeys(("additionalItems", "unevaluatedItems", "contains"), _SCHEMA),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems", "enum", "required"), (list,)),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), (int,)),
    **dict.fromkeys(("minContains", "maxContains", "minProperties", "maxProperties"), (int,)),
    **dict.fromkeys(("minimum", "maximum", "multipleOf"), _NUMBER),
    **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), (int, float, bool)),
    **dict.fromkeys(("pattern", "format", "$ref"), (str,)),
    "items": (dict, list, bool),
    "type": (str, list),
    "uniqueItems": (bool,),
}
_FOLDED = {keyword: keyword.casefold() for keyword in _VALUES}
_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
_LONG = 10

FORMATS = (
    *("date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname"),
    *("ipv4", "ipv6", "uri", "uri-reference", "iri", "iri-reference", "uuid", "uri-template"),
    *("json-pointer", "relative-json-pointer", "regex"),
)

# What the validator calls a schema that is `false`.
_FALSE_SCHEMA = "falseSchema"
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def rule_name(keyword: str) -> str:
    """The rule that speaks for a keyword: ``minLength`` is ``schema-min-length``."""
    return "schema-" + _CAPITAL.sub("-", keyword.lstrip("$")).lower()


def rule_names() -> frozenset[str]:
    """The rules that speak for the keywords that a value can break."""
    return frozenset(map(rule_name, (*ASSERTING, _FALSE_SCHEMA)))


def misspelled(schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is nearly a keyword, by its name and its value, with that keyword.

    To JSON Schema any other word is an annotation: nothing would be checked by it.
    """
    for name, value in schema.items():
        if name not in KEYWORDS and not name.startswith("x-"):
            meant = _meant(name, value)
            if meant is not None and meant not in schema:
                yield name, meant


def _meant(name: str, value: Any) -> str | None:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    folded = name.casefold().replace("-", "").replace("_", "")
    best = extractOne(folded, _FOLDED, scorer=OSA.distance, score_cutoff=2)
    if best is None:
        return None
    _, distance, keyword = best
    is_near = distance < 2 or len(keyword) >= _LONG
    return keyword if is_near and _fits(keyword, value) else None


def _fits(keyword: str, value: Any) -> bool:
    if keyword == "type":
        return all(one in _TYPES for one in (value if isinstance(value, list) else [value]))
    if keyword == "required":
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return type(value) in _VALUES[keyword]
