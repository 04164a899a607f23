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


def part(name: str, make: Callable[[], str], expected: str) -> Case:
    """A case that is about a file its schema refers to."""
    contract = _about({"$ref": "part.yaml"})
    return schema(f"part-{name}", contract, expected)._replace(part=make)


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
    schema(
        "remote-ref",
        {"$ref": "http://127.0.0.1:9/a.json"},
        'refused #/$ref: $ref "http://127.0.0.1:9/a.json" leads outside this schema,',
    ),
    schema(
        "https-ref",
        {"allOf": [{"$ref": "https://example.com/a.json"}]},
        'refused #/allOf/0/$ref: $ref "https://example.com/a.json" leads outside thi',
    ),
    schema(
        "file-ref",
        _about({"$ref": "file:///etc/passwd"}),
        'refused #/properties/a/$ref: $ref "file:///etc/passwd" leads outside this s',
    ),
    schema(
        "relative-ref",
        _about({"$ref": "../../../etc/passwd"}),
        'refused #/properties/a/$ref: $ref "../../../etc/passwd" leads outside the p',
    ),
    schema(
        "ref-of-a-fifo",
        _about({"$ref": "/dev/stdin"}),
        'refused #/properties/a/$ref: $ref "/dev/stdin" leads outside the project, a',
    ),
    schema(
        "ftp-ref",
        _about({"$ref": "ftp://example.com/a"}),
        'refused #/properties/a/$ref: $ref "ftp://example.com/a" leads outside this ',
    ),
    schema(
        "ref-relative-to-an-id",
        {"$id": "https://example.com/", **_about({"$ref": "b"})},
        'refused #/properties/a/$ref: $ref "b" leads to no file, as seen from this o',
    ),
    schema(
        "ref-relative-to-a-file",
        {"$id": "file:///etc/", **_about({"$ref": "passwd"})},
        'refused #/properties/a/$ref: $ref "passwd" leads to no file, as seen from t',
    ),
    schema(
        "ref-below-an-inner-id",
        _about({"$id": "http://example.com/x/", "$ref": "y"}),
        'refused #: a reference to "http://example.com/x/y" leads outside this schem',
    ),
    schema(
        "remote-dynamic-ref",
        {"$dynamicRef": "https://example.com/a#b"},
        'refused #/$dynamicRef: $dynamicRef "https://example.com/a#b" leads outside ',
    ),
    schema(
        "remote-recursive-ref",
        {
            "$schema": "https://json-schema.org/draft/2019-09/schema",
            "$recursiveRef": "https://example.com/a",
        },
        'refused #/$recursiveRef: $recursiveRef "https://example.com/a" leads outsid',
    ),
    schema(
        "remote-dialect",
        {"$schema": "http://127.0.0.1:9/a.json"},
        'refused #/$schema: unknown dialect "http://127.0.0.1:9/a.json", expected "h',
    ),
    schema(
        "file-dialect",
        {"$schema": "file:///etc/passwd"},
        'refused #/$schema: unknown dialect "file:///etc/passwd", expected "https://',
    ),
    schema(
        "remote-dialect-inside", _about({"$id": "x:y", "$schema": "http://127.0.0.1:9/a"}), "clean"
    ),
    schema("unknown-vocabulary", {"$vocabulary": {"https://example.com/v": True}}, "clean"),
    schema("ref-in-an-unknown-keyword", {"x-a": {"$ref": "http://127.0.0.1:9/a"}}, "clean"),
    schema("ref-in-an-enum", {"enum": [{"$ref": "http://127.0.0.1:9/a"}]}, "schema-enum 2:1"),
    schema(
        "ref-into-an-unknown-keyword",
        {"$ref": "#/x-a", "x-a": {"$ref": "http://127.0.0.1:9/a"}},
        'refused #: a reference to "http://127.0.0.1:9/a" leads outside this schema,',
    ),
    schema(
        "ref-with-a-bad-escape",
        {"$ref": "#/%zz~9"},
        'refused #/$ref: $ref "#/%zz~9" leads nowhere in this schema',
    ),
    schema(
        "ref-that-is-no-uri",
        {"$ref": "http://[::1"},
        'refused #/$ref: $ref "http://[::1" leads outside this schema, and nothing i',
    ),
    schema(
        "id-that-is-no-uri",
        {"$id": "http://[::1"},
        "refused #: Invalid URI reference 'http://[::1': unexpected character at ind",
    ),
    schema(
        "ref-to-the-dialect",
        _about({"$ref": "https://json-schema.org/draft/2020-12/schema"}),
        "schema-type 2:4",
    ),
]

ENDLESS = [
    schema("ref-to-itself", {"$ref": "#"}, "clean"),
    schema(
        "ref-in-a-circle",
        {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}},
        "clean",
    ),
    schema("all-of-itself", {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}, "clean"),
    schema("not-itself", {"not": {"$ref": "#"}}, "schema-not 2:1"),
    schema("dynamic-ref-to-itself", {"$dynamicAnchor": "a", "$dynamicRef": "#a"}, "clean"),
    schema("recursive-on-deep-data", _about({"$ref": "#"}), "clean", _deep(60)),
    schema("recursive-on-too-deep-data", _about({"$ref": "#"}), "limits 2:256", _deep(15_000)),
    schema("doubled-any-of-10", _doubled(10), "schema-type 2:1"),
    schema(
        "doubled-any-of-25",
        _doubled(25),
        "refused #/$defs/d12: its alternatives, and theirs, come to more than 10000 ",
    ),
    schema(
        "doubled-any-of-1000",
        _doubled(1_000),
        "refused #/$defs/d12: its alternatives, and theirs, come to more than 10000 ",
    ),
    schema(
        "doubled-one-of-25",
        _doubled(25, "oneOf"),
        "refused #/$defs/d12: its alternatives, and theirs, come to more than 10000 ",
    ),
    schema(
        "doubled-all-of-25",
        _doubled(25, "allOf"),
        "refused #/$defs/d12: its alternatives, and theirs, come to more than 10000 ",
    ),
    schema("two-ways-at-each-level", _growing(), "limits 2:1", _deep(60)),
    schema("two-demands-at-each-level", _growing("allOf"), "limits 2:1", _deep(60)),
    schema("two-ways-at-few-levels", _growing(), "schema-type 2:28", _deep(6)),
    schema("chain-of-5000-refs", _chained(5_000), "schema-type 2:1"),
    schema(
        "nested-900",
        _nested(900),
        "refused #/not/not/not/not/not/not/not/not: is nested more than 200 levels d",
    ),
    schema("nested-200", _nested(200), "clean"),
    schema("nested-100", _nested(100), "clean"),
    schema("nested-100000", _nested(100_000), "refused : has more than 524288 bytes"),
    schema("nested-lists", '{"enum": ' + "[" * 100_000, "refused : is nested too deeply"),
    schema(
        "unique-objects",
        _about({"uniqueItems": True}),
        "clean",
        _list(lambda at: f"{{k: {at}}}", 3_000),
    ),
    schema(
        "unique-lists", _about({"uniqueItems": True}), "clean", _list(lambda at: f"[[{at}]]", 3_000)
    ),
    schema(
        "unique-numbers-that-are-not",
        _about({"uniqueItems": True}),
        "schema-unique-items 3:3",
        _list(lambda at: f"{at}" if at else "2.0", 9_000),
    ),
    schema(
        "contains-much",
        _about({"contains": {"const": -1}, "minContains": 5_000}),
        "schema-contains 3:3",
        _list(str, 9_000),
    ),
    schema(
        "wide-any-of",
        _about({"items": {"anyOf": [{"const": -at - 1} for at in range(2_000)]}}),
        "limits 2:1",
        _list(str, 9_000),
    ),
    schema(
        "wide-enum",
        _about({"items": {"enum": [{"k": at} for at in range(5_000)]}}),
        "limits 2:1",
        _list(lambda at: "{k: -1}", 3_000),
    ),
    schema(
        "much-required",
        {"required": [f"r{at}" for at in range(5_000)]},
        "limits 2:1",
        lambda: "".join(f"k{at}: 1\n" for at in range(1_900)),
    ),
    schema(
        "much-wrong",
        {"anyOf": [_about({"items": {"type": "string"}})] * 60},
        "limits 2:1",
        _list(str, 9_000),
    ),
    schema(
        "much-unknown",
        {"additionalProperties": False},
        "schema-false-schema 2:1",
        lambda: "".join(f"k{at}: 1\n" for at in range(1_900)),
    ),
    schema(
        "many-pattern-properties",
        {"patternProperties": {f"^a{at}$": {"type": "string"} for at in range(15_000)}},
        "limits 2:1",
        lambda: "".join(f"k{at}: 1\n" for at in range(1_900)),
    ),
    schema(
        "unevaluated",
        {"allOf": [_about(True) for _ in range(2_000)], "unevaluatedProperties": False},
        "schema-unevaluated-properties 2:1 +1000",
        lambda: "".join(f"k{at}: 1\n" for at in range(1_900)),
    ),
]

NUMBERS = [
    schema(
        "multiple-of-tiny", _about({"multipleOf": 1e-308}), "ambiguous-scalar 2:4", "a: 1e308\n"
    ),
    schema(
        "multiple-of-tiny-of-huge", _about({"multipleOf": 1e-308}), "clean", f"a: {'9' * 900}\n"
    ),
    schema("multiple-of-least", _about({"multipleOf": 5e-324}), "clean", "a: 0.1\n"),
    schema(
        "multiple-of-zero",
        _about({"multipleOf": 0}),
        "refused #/properties/a/multipleOf: 0 is less than or equal to the minimum o",
    ),
    schema("multiple-of-seven-of-huge", _about({"multipleOf": 7}), "clean", f"a: {'9' * 900}\n"),
    schema(
        "infinite-minimum",
        '{"properties": {"a": {"minimum": 1e999}}}',
        'refused : the number "1e999" is too large',
    ),
    schema(
        "nan-minimum",
        '{"properties": {"a": {"minimum": NaN}}}',
        "refused : not valid JSON: NaN is no JSON number",
    ),
    schema(
        "minimum-of-100000-digits",
        '{"properties": {"a": {"minimum": ' + "9" * 100_000 + "}}}",
        'refused : the number "99999999999999999999999999999999999999999999999999999',
    ),
    schema(
        "minimum-of-900-digits",
        '{"properties": {"a": {"minimum": ' + "9" * 900 + "}}}",
        "schema-minimum 2:4",
    ),
    schema(
        "min-length-of-20-digits", '{"properties": {"a": {"minLength": ' + "9" * 20 + "}}}", "clean"
    ),
    schema(
        "max-items-negative",
        _about({"maxItems": -1}),
        "refused #/properties/a/maxItems: -1 is less than the minimum of 0",
    ),
    schema(
        "infinite-data", _about({"type": "number", "maximum": 5}), "schema-type 2:4", "a: .inf\n"
    ),
    schema("nan-data", _about({"type": "number", "maximum": 5}), "schema-type 2:4", "a: .nan\n"),
]

LONG = "a: " + "a" * 300_000 + "!\n"
PATTERNS = [
    schema("pattern-of-plus-plus", _about({"pattern": "^(a+)+$"}), "schema-pattern 2:4", LONG),
    schema("pattern-of-alternatives", _about({"pattern": "^(a|a)*$"}), "schema-pattern 2:4", LONG),
    schema(
        "pattern-of-dots", _about({"pattern": "^(.*)*(.*)*(.*)*b$"}), "schema-pattern 2:4", LONG
    ),
    schema(
        "pattern-of-optional",
        _about({"pattern": "^" + "a?" * 300 + "a" * 300 + "$"}),
        "schema-pattern 2:4",
        LONG,
    ),
    schema(
        "pattern-with-look-ahead",
        _about({"pattern": "^(?!a)"}),
        'refused #/properties/a/pattern: the pattern "^(?!a)" looks around',
    ),
    schema(
        "pattern-with-look-behind",
        _about({"pattern": "(?<=a)b"}),
        'refused #/properties/a/pattern: the pattern "(?<=a)b" looks around',
    ),
    schema(
        "pattern-with-back-reference",
        _about({"pattern": "(a)\\1"}),
        'refused #/properties/a/pattern: the pattern "(a)\\1" looks around',
    ),
    schema(
        "pattern-with-named-reference",
        _about({"pattern": "(?<x>a)\\k<x>"}),
        'refused #/properties/a/pattern: the pattern "(?<x>a)\\k<x>" looks around',
    ),
    schema(
        "pattern-that-is-none",
        _about({"pattern": "("}),
        'refused #/properties/a/pattern: the pattern "(" is not a valid',
    ),
    schema(
        "pattern-of-repetitions",
        _about({"pattern": "((a{1,1000}){1,1000}){1,1000}"}),
        'refused #/properties/a/pattern: the pattern "((a{1,1000}){1,1000}){1,1000}" is not',
    ),
    schema(
        "pattern-of-unicode",
        _about({"pattern": "^(?:\\p{L}{1,100}){1,10}$"}),
        'refused #/properties/a/pattern: the pattern "^(?:\\p{L}{1,100}){1,10}$" is not',
    ),
    schema("pattern-of-a-class", _about({"pattern": "^\\p{Lu}\\d\\s$"}), "clean"),
    schema(
        "pattern-of-parentheses",
        _about({"pattern": "(" * 5_000 + "a" + ")" * 5_000}),
        'refused #/properties/a/pattern: the pattern "((((((((((((((((((((((((((((((((((((((((((',
    ),
    schema(
        "pattern-of-many-alternatives",
        _about({"pattern": "|".join(f"a{at}" for at in range(20_000))}),
        "clean",
    ),
    schema(
        "pattern-of-keys",
        {"patternProperties": {"(?=a)": True}},
        'refused #/patternProperties/(?=a): the pattern "(?=a)" looks around',
    ),
    schema(
        "pattern-of-python",
        _about({"pattern": "(?P<x>a)(?P=x)"}),
        'refused #/properties/a/pattern: the pattern "(?P<x>a)(?P=x)" looks around',
    ),
    schema(
        "pattern-in-older-draft",
        {"$schema": D07, **_about({"pattern": "^(a+)+$"})},
        "schema-pattern 2:4",
        LONG,
    ),
    schema(
        "format-of-regex",
        _about({"format": "regex"}),
        "schema-format 2:4",
        "a: " + "(" * 300_000 + "\n",
    ),
    schema("format-of-email", _about({"format": "email"}), "schema-format 2:4", LONG),
    schema(
        "format-of-uri",
        _about({"format": "uri"}),
        "yaml-syntax 2:200010",
        "a: http://" + "a:" * 100_000 + "\n",
    ),
    schema(
        "format-of-hostname",
        _about({"format": "idn-hostname"}),
        "schema-format 2:4",
        "a: " + "ä." * 100_000 + "\n",
    ),
    schema(
        "format-unknown",
        _about({"format": "colour"}),
        'refused #/properties/a/format: nobody can check the format "colour"',
    ),
]

SHAPES = [
    schema("not-json", "a: b", "refused : not valid JSON: Expecting value at line 1, column 1"),
    schema("empty", "", "refused : not valid JSON: Expecting value at line 1, column 1"),
    schema("nul", "\x00", "refused : not valid JSON: Expecting value at line 1, column 1"),
    schema("bom", '\ufeff{"type": "object"}', "clean"),
    schema("list", "[]", "refused : a schema must be an object, true or false"),
    schema("text", '"a"', "refused : a schema must be an object, true or false"),
    schema("true", True, "clean"),
    schema("false", False, "schema-false-schema 2:1"),
    schema(
        "key-twice",
        '{"type": "object", "type": "array"}',
        'refused : not valid JSON: the key "type" occurs twice in one object',
    ),
    schema(
        "many-keys-twice",
        lambda: "{" + '"a": 1, "b": 2, ' * 50_000 + '"c": 1}',
        "refused : has more than 524288 bytes",
    ),
    schema(
        "lone-surrogate",
        '{"const": "\\ud800"}',
        "refused #/const: holds half of a surrogate pair, which is no text",
    ),
    schema(
        "lone-surrogate-as-key",
        '{"properties": {"\\ud800": false}}',
        "refused #/properties: holds half of a surrogate pair, which is no text",
    ),
    schema("type-of-nothing", {"type": []}, "refused #/type: [] should be non-empty"),
    schema(
        "type-of-another-kind",
        {"properties": [1]},
        "refused #/properties: [1] is not of type 'object'",
    ),
    schema("older-draft-in-newer", {"$schema": D07, "$defs": 1, "items": [{"$ref": "#"}]}, "clean"),
    schema(
        "huge",
        lambda: _about({"enum": [f"word {at}" for at in range(100_000)]}),
        "refused : has more than 524288 bytes",
    ),
    schema(
        "large", lambda: _about({"enum": [f"word {at}" for at in range(30_000)]}), "schema-enum 2:4"
    ),
    schema(
        "of-many-keys",
        lambda: {"properties": {f"k{at}": {"type": "string"} for at in range(12_000)}},
        "clean",
    ),
    schema(
        "content",
        _about({"contentEncoding": "base64", "contentMediaType": "application/json"}),
        "clean",
        "a: '%%'\n",
    ),
    schema(
        "anchors-twice",
        {"$defs": {"a": {"$anchor": "x"}, "b": {"$anchor": "x"}}, "$ref": "#x"},
        "clean",
    ),
    schema(
        "ids-twice",
        {"$defs": {"a": {"$id": "x:y"}, "b": {"$id": "x:y", "type": "array"}}, "$ref": "x:y"},
        "schema-type 2:1",
    ),
    schema(
        "roles-in-a-circle",
        {"x-role": "entry", "allOf": [{"$ref": "#"}], **_about({"x-role": "title"})},
        "clean",
    ),
]

PARTS = [
    part("of-itself", lambda: "$ref: part.yaml\n", "clean"),
    part("and-back", lambda: "$ref: schema.json\n", "clean"),
    part("and-back-inside", lambda: "properties: {b: {$ref: schema.json}}\n", "clean"),
    part(
        "that-leads-on",
        lambda: "$ref: /dev/zero\n",
        'refused seedlint: part.yaml#/$ref: $ref "/dev/zero" leads outside the proje',
    ),
    part(
        "that-leads-out",
        lambda: "items: {$ref: ../../../etc/passwd}\n",
        'refused seedlint: part.yaml#/items/$ref: $ref "../../../etc/passwd" leads o',
    ),
    part(
        "that-is-remote",
        lambda: "not: {$ref: 'http://127.0.0.1:9/a.json'}\n",
        'refused seedlint: part.yaml#/not/$ref: $ref "http://127.0.0.1:9/a.json" lea',
    ),
    part(
        "of-aliases",
        lambda: (
            "a: &a [0, 0, 0, 0, 0, 0, 0, 0, 0]\n"
            + "".join(
                f"{name}: &{name} [{', '.join([f'*{below}'] * 9)}]\n"
                for below, name in zip("abcdefgh", "bcdefghi", strict=True)
            )
        ),
        "refused seedlint: part.yaml: the block has more than 524288 nodes, at line",
    ),
    part(
        "in-a-circle",
        lambda: "items: &a\n  not: *a\n",
        'refused seedlint: part.yaml: not valid YAML: the alias "*a" stands inside w',
    ),
    part(
        "of-dashes",
        lambda: "enum: " + "- " * 100_000 + "1\n",
        "refused seedlint: part.yaml: not valid YAML: a list begins on the line of i",
    ),
    part(
        "of-dashes-below",
        lambda: "enum:\n" + "- " * 100_000 + "1\n",
        "refused seedlint: part.yaml: the block is nested more than 256 levels deep,",
    ),
    part(
        "of-brackets",
        lambda: "enum: " + "[" * 100_000,
        "refused seedlint: part.yaml: the block is nested more than 256 levels deep,",
    ),
    part("of-many-keys", lambda: "".join(f"k{at}: 1\n" for at in range(50_000)), "clean"),
    part(
        "of-number-keys",
        lambda: "".join(f"{at}: 1\n" for at in range(20_000)),
        "refused seedlint: part.yaml#: the key 0 is not text",
    ),
    part(
        "of-digits",
        lambda: f"maximum: {'9' * 100_000}\n",
        "refused seedlint: part.yaml: the number has more than 1000 digits, at line",
    ),
    part("of-code", lambda: "enum: !!python/object/apply:os.system ['true']\n", "schema-enum 2:4"),
    part(
        "of-escapes",
        lambda: 'x-role: "\\e[31m\\nerror"\n',
        'refused seedlint: part.yaml#/x-role: unknown role "\\u{1B}[31m\\nerror"; the',
    ),
    part(
        "of-surrogates",
        lambda: 'title: "\\ud800"\n',
        'refused seedlint: part.yaml: not valid YAML: "\\ud800" names no character, e',
    ),
    part(
        "too-large",
        lambda: "#" * 600_000,
        "refused seedlint: part.yaml: has more than 524288 bytes",
    ),
    part(
        "that-is-a-body",
        lambda: "---\ntype: object\n---\ntext\n",
        "refused seedlint: part.yaml: not valid YAML: a second YAML document begins",
    ),
]

CASES = [*PARTS, *OUTSIDE, *ENDLESS, *NUMBERS, *PATTERNS, *SHAPES]
