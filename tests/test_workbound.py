"""What is counted quickly, from above, is never less than what is counted value by value."""

from __future__ import annotations

import json
import sys
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedlint.effort import Effort, TooManyWays
from seedlint.targets import Targets
from seedlint.workbound import most_errors, most_steps
from seedlint.workload import Count, levels_of

NAMES = st.sampled_from(["a", "b", "c"])
VALUES = st.none() | st.booleans() | st.integers(0, 3) | NAMES
DATA = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=20,
)
TYPES = st.sampled_from(["object", "array", "string", "integer", "null"])
REFERENCES = st.sampled_from([{"$ref": "#/$defs/x"}, {"$ref": "#/$defs/y"}])
ASSERTIONS = st.fixed_dictionaries(
    {},
    optional={
        "type": TYPES | st.lists(TYPES, min_size=1, max_size=2, unique=True),
        "enum": st.lists(DATA, min_size=1, max_size=30),
        "const": DATA,
        "minimum": st.just(2),
        "maxLength": st.just(0),
        "minItems": st.just(2),
        "uniqueItems": st.just(True),
        "minProperties": st.just(2),
        "required": st.lists(NAMES, unique=True),
        "dependentRequired": st.dictionaries(NAMES, st.lists(NAMES, unique=True)),
    },
)


def applied(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Subschemas that have others."""
    named = st.dictionaries(NAMES, inner, max_size=3)
    some = st.lists(inner, min_size=1, max_size=3)
    applicators = st.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), some),
            **dict.fromkeys(("properties", "patternProperties", "dependentSchemas"), named),
            **dict.fromkeys(("not", "if", "then", "else", "items", "contains"), inner),
            **dict.fromkeys(("additionalProperties", "propertyNames"), inner),
            **dict.fromkeys(("unevaluatedItems", "unevaluatedProperties"), inner),
        },
    )
    return st.tuples(ASSERTIONS, applicators).map(lambda parts: {**parts[0], **parts[1]})


SCHEMAS = st.recursive(st.booleans() | ASSERTIONS | REFERENCES, applied, max_leaves=6)
ROOTS = st.tuples(applied(SCHEMAS), SCHEMAS, SCHEMAS).map(
    lambda parts: {**parts[0], "$defs": {"x": parts[1], "y": parts[2]}}
)


@given(ROOTS, DATA)
# Schemas are large by nature, and most of what is drawn for them is small all the same.
@settings(
    deadline=None,
    max_examples=80,
    derandomize=True,
    suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow],
)
def test_the_bound_holds(schema: dict[str, Any], data: Any) -> None:
    # As read from a file: no two subschemas are one object.
    schema = json.loads(json.dumps(schema))
    try:
        effort = Effort(schema)
    except TooManyWays:
        return
    if not effort.has_bounds:
        return
    levels = levels_of(data)
    steps, errors = Count(Targets(schema), sys.maxsize, sys.maxsize).of(schema, data)
    assert steps <= most_steps(effort.steps, levels)
    assert errors <= most_errors(effort.errors, levels)


def test_a_circle_has_no_bounds() -> None:
    assert not Effort({"$ref": "#/$defs/x", "$defs": {"x": {"$ref": "#"}}}).has_bounds
    assert Effort({"$ref": "#/$defs/x", "$defs": {"x": {"items": {"$ref": "#"}}}}).has_bounds


def test_an_ordinary_contract_comes_close() -> None:
    entry = {
        "type": "object",
        "required": ["title", "url"],
        "properties": {"title": {"type": "string"}, "url": {"type": "string", "format": "uri"}},
    }
    effort = Effort({**entry, "properties": {"related": {"type": "array", "items": entry}}})
    levels = levels_of({"related": [{"title": "A"}] * 10})
    assert levels == [1, 1, 10, 10]
    # The root; the list; ten entries with two required keys each; ten texts.
    assert most_steps(effort.steps, levels) == 1 + 1 + 10 + 10
    assert most_errors(effort.errors, levels) == 3 * 2 + 1 * 2 + 3 * 11 + 2 * 10
