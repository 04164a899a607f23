"""Hostile to whoever reads the file: nesting, aliases, numbers, bytes, fences."""

from __future__ import annotations

from itertools import pairwise
from string import ascii_lowercase

from tests.hostile import Case


def _fenced(block: str | bytes) -> str | bytes:
    if isinstance(block, bytes):
        return b"---\n" + block + b"\n---\n"
    return f"---\n{block}\n---\n"


def block(name: str, text: str | bytes, expected: str, settings: str = "") -> Case:
    """A case that is a block between fences."""
    return Case(name, lambda: _fenced(text), expected, settings=settings)


def whole(name: str, content: str | bytes, expected: str, suffix: str = ".md") -> Case:
    """A case that is a whole file."""
    return Case(name, lambda: content, expected, suffix=suffix)


def made(name: str, text: str, times: int, expected: str, after: str = "") -> Case:
    """A case that repeats a text in a block."""
    return Case(name, lambda: _fenced("a: " + text * times + after), expected)


def _stairs(levels: int) -> str:
    return "---\n" + "".join(f"{' ' * level}k:\n" for level in range(levels)) + "---\n"


def _laughs(levels: int, width: int) -> str:
    lines = [f"a: &a [{', '.join(['x'] * width)}]"]
    for one, other in pairwise(ascii_lowercase[:levels]):
        lines.append(f"{other}: &{other} [{', '.join([f'*{one}'] * width)}]")
    return "---\n" + "\n".join(lines) + "\n---\n"


def _merges(levels: int) -> str:
    lines = ["a0: &a0 {x0: 1}"]
    for at in range(1, levels):
        lines.append(f"a{at}: &a{at} {{<<: [*a{at - 1}, *a{at - 1}], x{at}: 1}}")
    return "---\n" + "\n".join(lines) + "\n---\n"


def _colliding() -> str:
    """Integers that Python's dict and naive hash tables put into one slot."""
    keys = "\n".join(f"{at << 32}: x" for at in range(20_000))
    return f"---\n{keys}\n---\n"


def _keys(number: int) -> str:
    return "---\n" + "".join(f"k{at}: 1\n" for at in range(number)) + "---\n"


NESTING = [
    made("nested-brackets", "[", 100_000, "limits 2:67"),
    made("nested-brackets-closed", "[", 100_000, "limits 2:67", "]" * 100_000),
    made("nested-braces", "{a: ", 100_000, "limits 2:256"),
    made("nested-braces-without-space", "{a:", 50_000, "yaml-syntax 2:6"),
    made("nested-brackets-and-braces", "[{a: ", 50_000, "limits 2:160"),
    made("nested-brackets-on-lines", "[\n", 100_000, "limits 65:1"),
    made("nested-single-pairs", "[? ", 50_000, "limits 2:98"),
    Case("nested-dashes", lambda: _fenced("- " * 100_000), "limits 2:129"),
    Case("nested-dashes-with-tabs", lambda: _fenced("-\t" * 50_000), "yaml-syntax 2:2"),
    Case("nested-dashes-below-a-key", lambda: _fenced("a:\n  " + "- " * 20_000), "limits 3:129"),
    Case("nested-dashes-after-an-anchor", lambda: _fenced("- &a " * 20_000), "yaml-syntax 2:6"),
    Case("nested-dashes-after-a-tag", lambda: _fenced("- !!seq " * 20_000), "yaml-syntax 2:9"),
    Case("nested-question-marks", lambda: _fenced("? " * 100_000), "limits 2:129"),
    Case("nested-questions-and-dashes", lambda: _fenced("? - " * 50_000), "limits 2:129"),
    Case("nested-values", lambda: _fenced(": " * 50_000), "yaml-syntax 2:1"),
    Case("nested-dashes-and-keys", lambda: _fenced("- a: " * 20_000), "yaml-syntax 2:6"),
    Case("nested-below-the-limit-of-bytes", lambda: _stairs(1_400), "limits 66:65"),
    Case("nested-block-mappings", lambda: _stairs(5_000), "limits 2:1"),
    Case("nested-at-the-limit", lambda: _fenced("a: " + "[" * 63 + "]" * 63), "clean"),
    Case("nested-above-the-limit", lambda: _fenced("a: " + "[" * 64 + "]" * 64), "limits 2:67"),
    Case(
        "nested-stairs-of-sequences",
        lambda: _fenced("\n".join(f"{' ' * at}-" for at in range(1_400))),
        "limits 66:65",
    ),
    Case(
        "nested-by-alias",
        lambda: _fenced(
            "a: &a [x]\n"
            + "\n".join(f"b{at}: &a{at} [*a{at - 1 if at else ''}]" for at in range(99))
        ),
        "limits 65:12",
    ),
    Case("closing-brackets", lambda: _fenced("a: " + "]" * 100_000), "yaml-syntax 2:4"),
    Case("nested-quotes", lambda: _fenced("a: " + "\"'" * 100_000), "yaml-syntax 2:7"),
]

ALIASES = [
    Case("laughs-9-of-9", lambda: _laughs(9, 9), "limits 6:8"),
    Case("laughs-26-of-2", lambda: _laughs(26, 2), "limits 13:8"),
    Case("laughs-by-merging", lambda: _merges(50), "limits 12:17"),
    block("alias-to-itself", "a: &a [*a]", "yaml-syntax 2:8"),
    block("alias-to-its-mapping", "a: &a\n  b: *a", "yaml-syntax 3:6"),
    block("alias-in-its-own-key", "a: &a {*a : 1}", "yaml-syntax 2:8"),
    block("alias-at-the-root", "&a\na: *a", "yaml-syntax 3:4"),
    block("alias-without-anchor", "a: *nowhere", "yaml-syntax 2:4"),
    block("alias-as-a-key", "a: &a x\n*a : 1", "clean"),
    block("merge-of-itself", "a: &a\n  <<: *a", "yaml-syntax 3:7"),
    block("merge-of-text", "a: &a x\nb:\n  <<: *a", "yaml-syntax 4:3"),
    block("merge-of-a-mapping", "a: &a {x: 1}\nb:\n  <<: *a\n  y: 2", "ambiguous-scalar 5:3"),
    block("merge-twice", "a: &a {x: 1}\nb:\n  <<: *a\n  <<: *a", "duplicate-key 5:3"),
    block("merge-of-a-list", "a: &a {x: 1}\nb:\n  <<: [*a, *a]", "clean"),
    Case(
        "many-aliases",
        lambda: _fenced("a: &a x\nb: [" + ", ".join(["*a"] * 200_000) + "]"),
        "limits 3:405",
    ),
    Case(
        "many-anchors",
        lambda: _fenced("a: [" + ", ".join(f"&a{at} x" for at in range(4_000)) + "]"),
        "clean",
    ),
    Case(
        "long-anchor", lambda: _fenced(f"a: &{'a' * 900_000} x\nb: *{'a' * 9}"), "yaml-syntax 3:4"
    ),
    Case("many-stars-in-prose", lambda: _fenced("a: x" + " *" * 400_000), "clean"),
]

SIZE = [
    Case("million-keys", lambda: _keys(1_000_000), "limits 2:1"),
    Case("keys-within-the-size", lambda: _keys(90_000), "limits 2002:1"),
    Case("keys-below-the-limit-of-nodes", lambda: _keys(4_900), "limits 2002:1"),
    Case("colliding-integer-keys", _colliding, "limits 2002:1"),
    Case("million-items", lambda: _fenced("a: [" + "x, " * 1_000_000 + "]"), "limits 2:1"),
    Case("items-within-the-size", lambda: _fenced("a: [" + "x," * 300_000 + "]"), "limits 2:19999"),
    Case("items-on-lines", lambda: _fenced("a:\n" + "- x\n" * 200_000), "limits 10000:3"),
    Case("empty-items", lambda: _fenced("a:\n" + "-\n" * 300_000), "limits 10000:2"),
    Case("same-key-again-and-again", lambda: _fenced("a: 1\n" * 4_000), "limits 2002:1"),
    Case("long-line", lambda: _fenced("a: " + "x" * 900_000), "clean"),
    Case("long-key", lambda: _fenced("x" * 900_000 + ": a"), "yaml-syntax 2:900001"),
    Case("long-key-above-1024", lambda: _fenced("? " + "x" * 2_000 + "\n: a"), "clean"),
    Case("block-too-large", lambda: _fenced("a: " + "x" * 2_000_000), "limits 2:1"),
    Case("file-too-large", lambda: "---\na: b\n---\n" + "x" * 17_000_000, "limits 1:1"),
    Case("huge-body", lambda: "---\na: b\n---\n" + "word " * 3_000_000, "clean"),
    Case("body-of-fences", lambda: "---\na: b\n" + "---\n" * 3_000_000, "clean"),
    Case("comments-only", lambda: _fenced("# x\n" * 200_000), "clean"),
    Case("comment-of-a-megabyte", lambda: _fenced("a: 1 #" + "x" * 1_000_000), "clean"),
    Case("blank-lines", lambda: _fenced("\n" * 900_000), "clean"),
    Case("blanks", lambda: _fenced("a:" + " " * 900_000 + "b"), "clean"),
    Case("folded-blank-lines", lambda: _fenced('a: "' + "\n" * 900_000 + '"'), "clean"),
    Case("block-scalar-of-blank-lines", lambda: _fenced("a: |\n" + "\n" * 900_000), "clean"),
    Case("block-scalar-of-lines", lambda: _fenced("a: >\n" + "  x\n" * 200_000), "clean"),
    Case("escapes", lambda: _fenced('a: "' + "\\x41" * 200_000 + '"'), "clean"),
    Case("file-of-newlines", lambda: "\n" * 8_000_000, "no front matter"),
    Case(
        "file-of-blanks-then-a-fence",
        lambda: " " * 8_000_000 + "---\na: b\n---\n",
        "front-matter 1:8000001",
    ),
    Case("file-of-dashes", lambda: "-" * 8_000_000, "no front matter"),
    Case("opening-fence-of-blanks", lambda: "---" + " " * 8_000_000 + "\na: b\n---\n", "clean"),
    Case(
        "closing-fence-of-blanks",
        lambda: "---\na: b\n---" + " " * 8_000_000 + "x",
        "front-matter 3:4",
    ),
    Case("plain-yaml-of-markers", lambda: "---\n" * 200_000, "front-matter 2:1", suffix=".yaml"),
    Case(
        "plain-yaml-of-ends",
        lambda: "a: 1\n" + "...\n" * 200_000,
        "front-matter 2:1",
        suffix=".yaml",
    ),
    Case(
        "plain-yaml-of-directives",
        lambda: "%A b\n" * 200_000 + "---\na: 1\n",
        "clean",
        suffix=".yaml",
    ),
]

SCALARS = [
    Case("integer-of-100000-digits", lambda: _fenced("a: " + "9" * 100_000), "limits 2:4"),
    Case("integer-of-5000-digits", lambda: _fenced("a: " + "9" * 5_000), "limits 2:4"),
    Case("hexadecimal-of-100000-digits", lambda: _fenced("a: 0x" + "F" * 100_000), "limits 2:4"),
    Case("octal-of-100000-digits", lambda: _fenced("a: 0o" + "7" * 100_000), "limits 2:4"),
    Case("float-of-100000-digits", lambda: _fenced("a: 1." + "9" * 100_000), "limits 2:4"),
    Case("digits-in-quotes", lambda: _fenced(f'a: "{"9" * 100_000}"'), "clean"),
    Case(
        "underscored-digits", lambda: _fenced("a: " + "1_" * 100_000 + "1"), "ambiguous-scalar 2:4"
    ),
    Case("key-of-100000-digits", lambda: _fenced("9" * 100_000 + ": a"), "yaml-syntax 2:100001"),
    block("huge-exponent", "a: 1e999999999", "ambiguous-scalar 2:4"),
    block("tiny-exponent", "a: 1e-999999999", "ambiguous-scalar 2:4"),
    block("not-a-number", "a: .nan\nb: .inf\nc: -.INF", "clean"),
    block("tag-of-an-integer-on-text", "a: !!int text", "yaml-syntax 2:4"),
    block("tag-of-a-timestamp", "a: !!timestamp x", "yaml-syntax 2:4"),
    block("tag-of-python", "a: !!python/object/apply:os.system ['true']", "clean"),
    block("tag-of-ruby", "a: !ruby/object:Gem::Installer {i: x}", "clean"),
    block("tag-of-binary", "a: !!binary x", "clean"),
    block("tag-of-a-set", "a: !!set {x, y}", "ambiguous-scalar 2:14"),
    block("tag-with-an-unknown-handle", "a: !e!x y", "yaml-syntax 2:4"),
    block("tag-verbatim-unclosed", "a: !<tag:yaml.org,2002:str x", "yaml-syntax 2:4"),
    block("date-that-is-none", "a: 2020-13-45", "ambiguous-scalar 2:4"),
    block("sexagesimal", "a: 12:30:45\nb: 190:20:30.15", "ambiguous-scalar 2:4 +1"),
    block("key-that-is-a-list", "? [a, b]\n: c", "yaml-syntax 2:3"),
    block("key-that-is-a-mapping", "{a: b}: c", "yaml-syntax 2:1"),
    block("keys-that-are-not-text", "1: a\ntrue: b\n~: c\n1.5: d", "duplicate-key 3:1"),
    block("keys-that-are-the-same", "1: a\n1.0: b", "duplicate-key 3:1"),
    block("keys-that-look-the-same", "1: a\n'1': b", "duplicate-key 3:1"),
    block("key-that-is-nan", ".nan: a\n.NaN: b", "clean"),
    block("key-that-is-empty", ": a", "clean"),
    block("directive-inside", "%YAML 1.1\na: b", "yaml-syntax 2:1"),
]

BYTES = [
    block("nul", b"a: x\x00y", "encoding 2:5"),
    block("escape", b"a: \x1b[31mx", "encoding 2:4"),
    block("every-control-byte", b"a: " + bytes(range(1, 9)), "encoding 2:4"),
    block("delete", b"a: x\x7f", "encoding 2:5"),
    block("c1-control", "a: x\x9b31m", "encoding 2:5"),
    block("bom-before-a-value", "a: \ufeffx", "encoding 2:4"),
    block("bom-in-a-value", "a: x\ufeffy", "encoding 2:5"),
    block("bom-in-a-key", "a: 1\nb\ufeffc: 2", "encoding 3:2"),
    block("bom-after-the-fence", "\ufeffa: x", "encoding 2:1"),
    block("bom-between-lines", "a: 1\n\ufeff\nb: 2", "encoding 3:1"),
    block("bom-before-the-closing-fence", "a: 1\n\ufeff", "encoding 3:1"),
    block("bom-in-a-comment", "a: 1 # \ufeff", "encoding 2:8"),
    block("bom-in-a-block-scalar", "a: |\n  x\ufeffy", "encoding 3:4"),
    block("bom-that-ends-a-block-scalar", "a: |\n  x\n\ufeffy", "yaml-syntax 4:1"),
    block("bom-before-a-quote", "a: \ufeff'x'", "encoding 2:4"),
    block("bom-after-a-quote", "a: 'x'\ufeff", "encoding 2:7"),
    block("bom-in-double-quotes", 'a: "x\ufeffy"', "clean"),
    block("bom-in-single-quotes", "a: 'x\ufeffy'", "clean"),
    block("bom-in-a-quoted-key", "'a\ufeff': 1", "clean"),
    block("bom-as-an-escape", 'a: "\\uFEFF"', "clean"),
    block("many-boms", "a: [" + "\ufeff, " * 4_000 + "]", "encoding 2:5"),
    block("many-boms-in-quotes", "a: [" + "'\ufeff', " * 4_000 + "]", "clean"),
    block("many-boms-and-an-error", "a: '" + "\ufeff" * 20_000 + "'\nb: [", "yaml-syntax 3:4"),
    whole("bom-on-the-closing-fence", "---\na: b\n\ufeff---\n", "front-matter 1:1"),
    whole("bom-in-yaml", "\ufeffa: 1\nb: \ufeff2\n", "encoding 2:4", ".yaml"),
    whole("bom-in-the-body", "---\na: b\n---\n\ufeff\n", "clean"),
    block("noncharacter", "a: \uffff", "encoding 2:4"),
    block("bidi-override", "a: \u202etxt", "clean"),
    block("lone-surrogate-as-bytes", b"a: \xed\xa0\x80", "encoding 2:4"),
    block("lone-surrogate-as-an-escape", 'a: "\\ud800"', "yaml-syntax 2:5"),
    block("lone-surrogate-in-a-key", '"\\udfff": a', "yaml-syntax 2:2"),
    block("surrogate-pair-as-escapes", 'a: "\\ud83d\\ude00"', "clean"),
    block("nul-as-an-escape", 'a: "\\0"', "clean"),
    block("escape-above-unicode", 'a: "\\U00110000"', "yaml-syntax 2:5"),
    block("overlong-utf-8", b"a: \xc0\xaf", "encoding 2:4"),
    block("overlong-nul", b"a: \xe0\x80\x80", "encoding 2:4"),
    block("truncated-utf-8", b"a: \xe2\x82", "encoding 2:4"),
    block("utf-8-above-unicode", b"a: \xf5\x80\x80\x80", "encoding 2:4"),
    block("latin-1", b"a: caf\xe9", "encoding 2:7"),
    whole("invalid-utf-8-in-the-body", b"---\na: b\n---\n\xff", "encoding 4:1"),
    whole("invalid-utf-8-without-front-matter", b"text \xff", "no front matter"),
    whole("utf-16-le", "\ufeff---\na: b\n---\n".encode("utf-16-le"), "encoding 1:1"),
    whole("utf-16-be-without-mark", "---\na: b\n---\n".encode("utf-16-be"), "encoding 1:1"),
    whole("utf-32", "---\na: b\n---\n".encode("utf-32"), "encoding 1:1"),
    whole("utf-16-yaml", "a: b\n".encode("utf-16"), "encoding 1:1", ".yaml"),
    whole("bom", "\ufeff---\na: b\n---\n", "clean"),
    whole("two-boms", "\ufeff\ufeff---\na: b\n---\n", "front-matter 1:1"),
    whole("nul-alone", b"\x00", "no front matter"),
    whole("empty", b"", "no front matter"),
    whole("empty-yaml", b"", "clean", ".yaml"),
    whole("binary", bytes(range(256)) * 4_000, "no front matter"),
    block("nel", "a: x\x85b: y", "yaml-syntax 2:7"),
    block("line-separator", "a: x\u2028b: y", "yaml-syntax 2:7"),
    block("paragraph-separator-in-a-key", "a\u2029b: y", "ambiguous-scalar 2:6"),
    block("form-feed", b"a: x\x0cb: y", "encoding 2:5"),
    whole("cr-only", "---\ra: b\r---\r", "clean"),
    whole("crlf", "---\r\na: b\r\n---\r\n", "clean"),
    whole("mixed-line-ends", "---\r\na: b\nc: d\re: f\n---\n", "clean"),
    whole("mixed-line-ends-and-an-error", "---\r\na: b\nc: d\re: [\n---\n", "yaml-syntax 4:4"),
    block("tab-indentation", "a:\n\tb: c", "yaml-syntax 3:1"),
]

FENCES = [
    whole("ended-by-dots", "---\na: b\n...\ntext\n", "front-matter 3:1"),
    whole("text-on-the-opening-fence", "--- # a\na: b\n---\n", "front-matter 1:4"),
    whole("text-on-the-closing-fence", "---\na: b\n--- text\n", "front-matter 3:4"),
    whole("language-on-the-fence", "---js\na: b\n---\n", "front-matter 1:4"),
    whole("yaml-on-the-fence", "---yaml\na: b\n---\n", "front-matter 1:4"),
    whole("value-on-the-fence", "--- {a: b}\n---\n", "front-matter 1:4"),
    whole("four-dashes", "----\na: b\n----\n", "no front matter"),
    whole("indented-fence", " ---\na: b\n---\n", "front-matter 1:2"),
    whole("indented-closing-fence", "---\na: b\n ---\n", "front-matter 1:1"),
    whole("leading-blank-line", "\n---\na: b\n---\n", "front-matter 2:1"),
    whole("leading-blank-lines-crlf", "\r\n\r\n---\r\na: b\r\n---\r\n", "front-matter 3:1"),
    whole("unclosed", "---\na: b\n", "front-matter 1:1"),
    whole("fence-alone", "---", "front-matter 1:1"),
    whole("fences-alone", "---\n---", "clean"),
    whole("toml", "+++\na = 1\n+++\n", "front-matter 1:1"),
    whole("json", ";;;\n{}\n;;;\n", "front-matter 1:1"),
    whole("fence-with-trailing-blanks", "---  \na: b\n---\t\n", "clean"),
    whole("fence-in-a-quoted-value", '---\na: "x\n---\ny"\n---\n', "yaml-syntax 2:4"),
    whole("fence-after-a-nul", b"\x00---\na: b\n---\n", "encoding 1:1"),
    whole("two-documents", "a: b\n---\nc: d\n", "front-matter 2:1", ".yaml"),
    whole("two-documents-by-dots", "a: b\n...\nc: d\n", "front-matter 2:1", ".yaml"),
    whole("document-on-the-marker", "--- {a: b}\n--- {c: d}\n", "front-matter 2:1", ".yaml"),
]

CASES = [*NESTING, *ALIASES, *SIZE, *SCALARS, *BYTES, *FENCES]
