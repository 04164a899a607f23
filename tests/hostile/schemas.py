"""Schemas from strangers: references that lead out, work without end, patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.hostile import Case

if TYPE_CHECKING:
    from collections.abc import Callable

D07 = "http://json-schema.org/draft-07/schema#"


def schema(
    name: str, contract: Any, expected: str, block: str | Callable[[], str] = "a: 1\n"
) -> Case:
    """A case that is about its schema."""
    return Case(
        f"schema-{name}",
        lambda: f"---\n{block() if callable(block) else block}---\n",
        expected,
        schema=contract,
    )


def _about(value: Any) -> dict[str, Any]:
    return {"properties": {"a": value}}


def _doubled(levels: int, keyword: str = "anyOf") -> Any:
    """Each alternative has two of the next kind, so that there are two to the power of levels."""
    definitions: dict[str, Any] = {"d0": {"type": "string"}}
    for at in range(1, levels + 1):
        definitions[f"d{at}"] = {keyword: [{"$ref": f"#/$defs/d{at - 1}"}] * 2}
    return {"$ref": f"#/$defs/d{levels}", "$defs": definitions}


def _growing(keyword: str = "anyOf") -> Any:
    """Two ways to read each level of the data."""
    branch = {"type": "object", "properties": {"a": {"$ref": "#/$defs/n"}}}
    return {"$ref": "#/$defs/n", "$defs": {"n": {keyword: [branch, branch]}}}


def _chained(length: int) -> Any:
    definitions: dict[str, Any] = {f"d{at}": {"$ref": f"#/$defs/d{at + 1}"} for at in range(length)}
    return {"$ref": "#/$defs/d0", "$defs": {**definitions, f"d{length}": {"type": "string"}}}


def _nested(levels: int, keyword: str = "not") -> str:
    return f'{{"{keyword}": ' * levels + "true" + "}" * levels


def _deep(levels: int) -> str:
    return "a: " * 1 + "{a: " * levels + "1" + "}" * levels + "\n"


def _list(item: Callable[[int], str], number: int) -> Callable[[], str]:
    return lambda: "a:\n" + "".join(f"- {item(at)}\n" for at in range(number))


OUTSIDE = [
    schema("remote-ref", {"$ref": "http://127.0.0.1:9/a.json"}, "?"),
    schema("https-ref", {"allOf": [{"$ref": "https://example.com/a.json"}]}, "?"),
    schema("file-ref", _about({"$ref": "file:///etc/passwd"}), "?"),
    schema("relative-ref", _about({"$ref": "../../../etc/passwd"}), "?"),
    schema("ref-of-a-fifo", _about({"$ref": "/dev/stdin"}), "?"),
    schema("ftp-ref", _about({"$ref": "ftp://example.com/a"}), "?"),
    schema("ref-relative-to-an-id", {"$id": "https://example.com/", **_about({"$ref": "b"})}, "?"),
    schema("ref-relative-to-a-file", {"$id": "file:///etc/", **_about({"$ref": "passwd"})}, "?"),
    schema("ref-below-an-inner-id", _about({"$id": "http://example.com/x/", "$ref": "y"}), "?"),
    schema("remote-dynamic-ref", {"$dynamicRef": "https://example.com/a#b"}, "?"),
    schema("remote-recursive-ref", {
        "$schema": "https://json-schema.org/draft/2019-09/schema",
        "$recursiveRef": "https://example.com/a"}, "?"),
    schema("remote-dialect", {"$schema": "http://127.0.0.1:9/a.json"}, "?"),
    schema("file-dialect", {"$schema": "file:///etc/passwd"}, "?"),
    schema("remote-dialect-inside", _about({"$id": "x:y", "$schema": "http://127.0.0.1:9/a"}), "?"),
    schema("unknown-vocabulary", {"$vocabulary": {"https://example.com/v": True}}, "?"),
    schema("ref-in-an-unknown-keyword", {"x-a": {"$ref": "http://127.0.0.1:9/a"}}, "?"),
    schema("ref-in-an-enum", {"enum": [{"$ref": "http://127.0.0.1:9/a"}]}, "?"),
    schema("ref-into-an-unknown-keyword", {
        "$ref": "#/x-a", "x-a": {"$ref": "http://127.0.0.1:9/a"}}, "?"),
    schema("ref-with-a-bad-escape", {"$ref": "#/%zz~9"}, "?"),
    schema("ref-that-is-no-uri", {"$ref": "http://[::1"}, "?"),
    schema("id-that-is-no-uri", {"$id": "http://[::1"}, "?"),
    schema("ref-to-the-dialect", _about({"$ref": "https://json-schema.org/draft/2020-12/schema"}), "?"),
]

ENDLESS = [
    schema("ref-to-itself", {"$ref": "#"}, "?"),
    schema("ref-in-a-circle", {"$ref": "#/$defs/a", "$defs": {
        "a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}, "?"),
    schema("all-of-itself", {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}, "?"),
    schema("not-itself", {"not": {"$ref": "#"}}, "?"),
    schema("dynamic-ref-to-itself", {"$dynamicAnchor": "a", "$dynamicRef": "#a"}, "?"),
    schema("recursive-on-deep-data", _about({"$ref": "#"}), "?", _deep(60)),
    schema("recursive-on-too-deep-data", _about({"$ref": "#"}), "?", _deep(15_000)),
    schema("doubled-any-of-10", _doubled(10), "?"),
    schema("doubled-any-of-25", _doubled(25), "?"),
    schema("doubled-any-of-1000", _doubled(1_000), "?"),
    schema("doubled-one-of-25", _doubled(25, "oneOf"), "?"),
    schema("doubled-all-of-25", _doubled(25, "allOf"), "?"),
    schema("two-ways-at-each-level", _growing(), "?", _deep(60)),
    schema("two-demands-at-each-level", _growing("allOf"), "?", _deep(60)),
    schema("two-ways-at-few-levels", _growing(), "?", _deep(6)),
    schema("chain-of-5000-refs", _chained(5_000), "?"),
    schema("nested-900", _nested(900), "?"),
    schema("nested-200", _nested(200), "?"),
    schema("nested-100", _nested(100), "?"),
    schema("nested-100000", _nested(100_000), "?"),
    schema("nested-lists", '{"enum": ' + "[" * 100_000, "?"),
    schema("unique-objects", _about({"uniqueItems": True}), "?", _list(lambda at: f"{{k: {at}}}", 3_000)),
    schema("unique-lists", _about({"uniqueItems": True}), "?", _list(lambda at: f"[[{at}]]", 3_000)),
    schema("unique-numbers-that-are-not", _about({"uniqueItems": True}), "?",
        _list(lambda at: f"{at}" if at else "2.0", 9_000)),
    schema("contains-much", _about({"contains": {"const": -1}, "minContains": 5_000}), "?",
        _list(str, 9_000)),
    schema("wide-any-of", _about({"items": {"anyOf": [{"const": -at - 1} for at in range(2_000)]}}), "?",
        _list(str, 9_000)),
    schema("wide-enum", _about({"items": {"enum": [{"k": at} for at in range(5_000)]}}), "?",
        _list(lambda at: "{k: -1}", 3_000)),
    schema("much-required", {"required": [f"r{at}" for at in range(5_000)]}, "?",
        lambda: "".join(f"k{at}: 1\n" for at in range(1_900))),
    schema("much-wrong", {"anyOf": [_about({"items": {"type": "string"}})] * 60}, "?",
        _list(str, 9_000)),
    schema("much-unknown", {"additionalProperties": False}, "?",
        lambda: "".join(f"k{at}: 1\n" for at in range(1_900))),
    schema("many-pattern-properties",
        {"patternProperties": {f"^a{at}$": {"type": "string"} for at in range(15_000)}}, "?",
        lambda: "".join(f"k{at}: 1\n" for at in range(1_900))),
    schema("unevaluated", {
        "allOf": [_about(True) for _ in range(2_000)], "unevaluatedProperties": False}, "?",
        lambda: "".join(f"k{at}: 1\n" for at in range(1_900))),
]

NUMBERS = [
    schema("multiple-of-tiny", _about({"multipleOf": 1e-308}), "?", "a: 1e308\n"),
    schema("multiple-of-tiny-of-huge", _about({"multipleOf": 1e-308}), "?", f"a: {'9' * 900}\n"),
    schema("multiple-of-least", _about({"multipleOf": 5e-324}), "?", "a: 0.1\n"),
    schema("multiple-of-zero", _about({"multipleOf": 0}), "?"),
    schema("multiple-of-seven-of-huge", _about({"multipleOf": 7}), "?", f"a: {'9' * 900}\n"),
    schema("infinite-minimum", '{"properties": {"a": {"minimum": 1e999}}}', "?"),
    schema("nan-minimum", '{"properties": {"a": {"minimum": NaN}}}', "?"),
    schema("minimum-of-100000-digits", '{"properties": {"a": {"minimum": ' + "9" * 100_000 + "}}}", "?"),
    schema("minimum-of-900-digits", '{"properties": {"a": {"minimum": ' + "9" * 900 + "}}}", "?"),
    schema("min-length-of-20-digits", '{"properties": {"a": {"minLength": ' + "9" * 20 + "}}}", "?"),
    schema("max-items-negative", _about({"maxItems": -1}), "?"),
    schema("infinite-data", _about({"type": "number", "maximum": 5}), "?", "a: .inf\n"),
    schema("nan-data", _about({"type": "number", "maximum": 5}), "?", "a: .nan\n"),
]

LONG = "a: " + "a" * 300_000 + "!\n"
PATTERNS = [
    schema("pattern-of-plus-plus", _about({"pattern": "^(a+)+$"}), "?", LONG),
    schema("pattern-of-alternatives", _about({"pattern": "^(a|a)*$"}), "?", LONG),
    schema("pattern-of-dots", _about({"pattern": "^(.*)*(.*)*(.*)*b$"}), "?", LONG),
    schema("pattern-of-optional", _about({"pattern": "^" + "a?" * 300 + "a" * 300 + "$"}), "?", LONG),
    schema("pattern-with-look-ahead", _about({"pattern": "^(?!a)"}), "?"),
    schema("pattern-with-look-behind", _about({"pattern": "(?<=a)b"}), "?"),
    schema("pattern-with-back-reference", _about({"pattern": "(a)\\1"}), "?"),
    schema("pattern-with-named-reference", _about({"pattern": "(?<x>a)\\k<x>"}), "?"),
    schema("pattern-that-is-none", _about({"pattern": "("}), "?"),
    schema("pattern-of-repetitions", _about({"pattern": "((a{1,1000}){1,1000}){1,1000}"}), "?"),
    schema("pattern-of-unicode", _about({"pattern": "^(?:\\p{L}{1,100}){1,10}$"}), "?"),
    schema("pattern-of-a-class", _about({"pattern": "^\\p{Lu}\\d\\s$"}), "?"),
    schema("pattern-of-parentheses", _about({"pattern": "(" * 5_000 + "a" + ")" * 5_000}), "?"),
    schema("pattern-of-many-alternatives", _about({"pattern": "|".join(f"a{at}" for at in range(20_000))}), "?"),
    schema("pattern-of-keys", {"patternProperties": {"(?=a)": True}}, "?"),
    schema("pattern-of-python", _about({"pattern": "(?P<x>a)(?P=x)"}), "?"),
    schema("pattern-in-older-draft", {"$schema": D07, **_about({"pattern": "^(a+)+$"})}, "?", LONG),
    schema("format-of-regex", _about({"format": "regex"}), "?", "a: " + "(" * 300_000 + "\n"),
    schema("format-of-email", _about({"format": "email"}), "?", LONG),
    schema("format-of-uri", _about({"format": "uri"}), "?", "a: http://" + "a:" * 100_000 + "\n"),
    schema("format-of-hostname", _about({"format": "idn-hostname"}), "?", "a: " + "ä." * 100_000 + "\n"),
    schema("format-unknown", _about({"format": "colour"}), "?"),
]

SHAPES = [
    schema("not-json", "a: b", "?"),
    schema("empty", "", "?"),
    schema("nul", "\x00", "?"),
    schema("bom", '\ufeff{"type": "object"}', "?"),
    schema("list", "[]", "?"),
    schema("text", '"a"', "?"),
    schema("true", True, "?"),
    schema("false", False, "?"),
    schema("key-twice", '{"type": "object", "type": "array"}', "?"),
    schema("many-keys-twice", lambda: "{" + '"a": 1, "b": 2, ' * 50_000 + '"c": 1}', "?"),
    schema("lone-surrogate", '{"const": "\\ud800"}', "?"),
    schema("lone-surrogate-as-key", '{"properties": {"\\ud800": false}}', "?"),
    schema("type-of-nothing", {"type": []}, "?"),
    schema("type-of-another-kind", {"properties": [1]}, "?"),
    schema("older-draft-in-newer", {"$schema": D07, "$defs": 1, "items": [{"$ref": "#"}]}, "?"),
    schema("huge", lambda: _about({"enum": [f"word {at}" for at in range(100_000)]}), "?"),
    schema("large", lambda: _about({"enum": [f"word {at}" for at in range(30_000)]}), "?"),
    schema("of-many-keys", lambda: {"properties": {f"k{at}": {"type": "string"} for at in range(12_000)}}, "?"),
    schema("content", _about({"contentEncoding": "base64", "contentMediaType": "application/json"}),
        "?", "a: '%%'\n"),
    schema("anchors-twice", {"$defs": {"a": {"$anchor": "x"}, "b": {"$anchor": "x"}}, "$ref": "#x"}, "?"),
    schema("ids-twice", {"$defs": {"a": {"$id": "x:y"}, "b": {"$id": "x:y", "type": "array"}}, "$ref": "x:y"}, "?"),
    schema("roles-in-a-circle", {"x-role": "entry", "allOf": [{"$ref": "#"}], **_about({"x-role": "title"})}, "?"),
]

CASES = [*OUTSIDE, *ENDLESS, *NUMBERS, *PATTERNS, *SHAPES]
