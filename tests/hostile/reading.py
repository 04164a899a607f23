"""Hostile to whoever reads the file: nesting, aliases, numbers, bytes, fences."""

from __future__ import annotations

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


def _laughs(levels: int, width: int, anchors: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    lines = [f"a: &a [{', '.join(['x'] * width)}]"]
    for one, other in zip(anchors[: levels - 1], anchors[1:levels], strict=True):
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
    made("nested-brackets", "[", 100_000, "?"),
    made("nested-brackets-closed", "[", 100_000, "?", "]" * 100_000),
    made("nested-braces", "{a: ", 100_000, "?"),
    made("nested-braces-without-space", "{a:", 50_000, "?"),
    made("nested-brackets-and-braces", "[{a: ", 50_000, "?"),
    made("nested-brackets-on-lines", "[\n", 100_000, "?"),
    made("nested-single-pairs", "[? ", 50_000, "?"),
    Case("nested-dashes", lambda: _fenced("- " * 100_000), "?"),
    Case("nested-dashes-with-tabs", lambda: _fenced("-\t" * 50_000), "?"),
    Case("nested-dashes-below-a-key", lambda: _fenced("a:\n  " + "- " * 20_000), "?"),
    Case("nested-dashes-after-an-anchor", lambda: _fenced("- &a " * 20_000), "?"),
    Case("nested-dashes-after-a-tag", lambda: _fenced("- !!seq " * 20_000), "?"),
    Case("nested-question-marks", lambda: _fenced("? " * 100_000), "?"),
    Case("nested-questions-and-dashes", lambda: _fenced("? - " * 50_000), "?"),
    Case("nested-values", lambda: _fenced(": " * 50_000), "?"),
    Case("nested-dashes-and-keys", lambda: _fenced("- a: " * 20_000), "?"),
    Case("nested-below-the-limit-of-bytes", lambda: _stairs(1_400), "?"),
    Case("nested-block-mappings", lambda: _stairs(5_000), "?"),
    Case("nested-at-the-limit", lambda: _fenced("a: " + "[" * 63 + "]" * 63), "?"),
    Case("nested-above-the-limit", lambda: _fenced("a: " + "[" * 64 + "]" * 64), "?"),
    Case(
        "nested-stairs-of-sequences",
        lambda: _fenced("\n".join(f"{' ' * at}-" for at in range(1_400))),
        "?",
    ),
    Case("nested-by-alias", lambda: _fenced("a: &a [x]\n" + "\n".join(
        f"b{at}: &a{at} [*a{at - 1 if at else ''}]" for at in range(99))), "?"),
    Case("closing-brackets", lambda: _fenced("a: " + "]" * 100_000), "?"),
    Case("nested-quotes", lambda: _fenced("a: " + "\"'" * 100_000), "?"),
]

ALIASES = [
    Case("laughs-9-of-9", lambda: _laughs(9, 9), "?"),
    Case("laughs-26-of-2", lambda: _laughs(26, 2), "?"),
    Case("laughs-by-merging", lambda: _merges(50), "?"),
    block("alias-to-itself", "a: &a [*a]", "?"),
    block("alias-to-its-mapping", "a: &a\n  b: *a", "?"),
    block("alias-in-its-own-key", "a: &a {*a : 1}", "?"),
    block("alias-at-the-root", "&a\na: *a", "?"),
    block("alias-without-anchor", "a: *nowhere", "?"),
    block("alias-as-a-key", "a: &a x\n*a : 1", "?"),
    block("merge-of-itself", "a: &a\n  <<: *a", "?"),
    block("merge-of-text", "a: &a x\nb:\n  <<: *a", "?"),
    block("merge-of-a-mapping", "a: &a {x: 1}\nb:\n  <<: *a\n  y: 2", "?"),
    block("merge-twice", "a: &a {x: 1}\nb:\n  <<: *a\n  <<: *a", "?"),
    block("merge-of-a-list", "a: &a {x: 1}\nb:\n  <<: [*a, *a]", "?"),
    Case("many-aliases", lambda: _fenced(
        "a: &a x\nb: [" + ", ".join(["*a"] * 200_000) + "]"), "?"),
    Case("many-anchors", lambda: _fenced(
        "a: [" + ", ".join(f"&a{at} x" for at in range(4_000)) + "]"), "?"),
    Case("long-anchor", lambda: _fenced(f"a: &{'a' * 900_000} x\nb: *{'a' * 9}"), "?"),
    Case("many-stars-in-prose", lambda: _fenced("a: x" + " *" * 400_000), "?"),
]

SIZE = [
    Case("million-keys", lambda: _keys(1_000_000), "?"),
    Case("keys-within-the-size", lambda: _keys(90_000), "?"),
    Case("keys-below-the-limit-of-nodes", lambda: _keys(4_900), "?"),
    Case("colliding-integer-keys", _colliding, "?"),
    Case("million-items", lambda: _fenced("a: [" + "x, " * 1_000_000 + "]"), "?"),
    Case("items-within-the-size", lambda: _fenced("a: [" + "x," * 300_000 + "]"), "?"),
    Case("items-on-lines", lambda: _fenced("a:\n" + "- x\n" * 200_000), "?"),
    Case("empty-items", lambda: _fenced("a:\n" + "-\n" * 300_000), "?"),
    Case("same-key-again-and-again", lambda: _fenced("a: 1\n" * 4_000), "?"),
    Case("long-line", lambda: _fenced("a: " + "x" * 900_000), "?"),
    Case("long-key", lambda: _fenced("x" * 900_000 + ": a"), "?"),
    Case("long-key-above-1024", lambda: _fenced("? " + "x" * 2_000 + "\n: a"), "?"),
    Case("block-too-large", lambda: _fenced("a: " + "x" * 2_000_000), "?"),
    Case("file-too-large", lambda: "---\na: b\n---\n" + "x" * 17_000_000, "?"),
    Case("huge-body", lambda: "---\na: b\n---\n" + "word " * 3_000_000, "?"),
    Case("body-of-fences", lambda: "---\na: b\n" + "---\n" * 3_000_000, "?"),
    Case("comments-only", lambda: _fenced("# x\n" * 200_000), "?"),
    Case("comment-of-a-megabyte", lambda: _fenced("a: 1 #" + "x" * 1_000_000), "?"),
    Case("blank-lines", lambda: _fenced("\n" * 900_000), "?"),
    Case("blanks", lambda: _fenced("a:" + " " * 900_000 + "b"), "?"),
    Case("folded-blank-lines", lambda: _fenced('a: "' + "\n" * 900_000 + '"'), "?"),
    Case("block-scalar-of-blank-lines", lambda: _fenced("a: |\n" + "\n" * 900_000), "?"),
    Case("block-scalar-of-lines", lambda: _fenced("a: >\n" + "  x\n" * 200_000), "?"),
    Case("escapes", lambda: _fenced('a: "' + "\\x41" * 200_000 + '"'), "?"),
    Case("file-of-newlines", lambda: "\n" * 8_000_000, "?"),
    Case("file-of-blanks-then-a-fence", lambda: " " * 8_000_000 + "---\na: b\n---\n", "?"),
    Case("file-of-dashes", lambda: "-" * 8_000_000, "?"),
    Case("opening-fence-of-blanks", lambda: "---" + " " * 8_000_000 + "\na: b\n---\n", "?"),
    Case("closing-fence-of-blanks", lambda: "---\na: b\n---" + " " * 8_000_000 + "x", "?"),
    Case("plain-yaml-of-markers", lambda: "---\n" * 200_000, "?", suffix=".yaml"),
    Case("plain-yaml-of-ends", lambda: "a: 1\n" + "...\n" * 200_000, "?", suffix=".yaml"),
    Case("plain-yaml-of-directives", lambda: "%A b\n" * 200_000 + "---\na: 1\n", "?", suffix=".yaml"),
]

SCALARS = [
    Case("integer-of-100000-digits", lambda: _fenced("a: " + "9" * 100_000), "?"),
    Case("integer-of-5000-digits", lambda: _fenced("a: " + "9" * 5_000), "?"),
    Case("hexadecimal-of-100000-digits", lambda: _fenced("a: 0x" + "F" * 100_000), "?"),
    Case("octal-of-100000-digits", lambda: _fenced("a: 0o" + "7" * 100_000), "?"),
    Case("float-of-100000-digits", lambda: _fenced("a: 1." + "9" * 100_000), "?"),
    Case("digits-in-quotes", lambda: _fenced(f'a: "{"9" * 100_000}"'), "?"),
    Case("underscored-digits", lambda: _fenced("a: " + "1_" * 100_000 + "1"), "?"),
    Case("key-of-100000-digits", lambda: _fenced("9" * 100_000 + ": a"), "?"),
    block("huge-exponent", "a: 1e999999999", "?"),
    block("tiny-exponent", "a: 1e-999999999", "?"),
    block("not-a-number", "a: .nan\nb: .inf\nc: -.INF", "?"),
    block("tag-of-an-integer-on-text", "a: !!int text", "?"),
    block("tag-of-a-timestamp", "a: !!timestamp x", "?"),
    block("tag-of-python", "a: !!python/object/apply:os.system ['true']", "?"),
    block("tag-of-ruby", "a: !ruby/object:Gem::Installer {i: x}", "?"),
    block("tag-of-binary", "a: !!binary x", "?"),
    block("tag-of-a-set", "a: !!set {x, y}", "?"),
    block("tag-with-an-unknown-handle", "a: !e!x y", "?"),
    block("tag-verbatim-unclosed", "a: !<tag:yaml.org,2002:str x", "?"),
    block("date-that-is-none", "a: 2020-13-45", "?"),
    block("sexagesimal", "a: 12:30:45\nb: 190:20:30.15", "?"),
    block("key-that-is-a-list", "? [a, b]\n: c", "?"),
    block("key-that-is-a-mapping", "{a: b}: c", "?"),
    block("keys-that-are-not-text", "1: a\ntrue: b\n~: c\n1.5: d", "?"),
    block("keys-that-are-the-same", "1: a\n1.0: b", "?"),
    block("keys-that-look-the-same", "1: a\n'1': b", "?"),
    block("key-that-is-nan", ".nan: a\n.NaN: b", "?"),
    block("key-that-is-empty", ": a", "?"),
    block("directive-inside", "%YAML 1.1\na: b", "?"),
]

BYTES = [
    block("nul", b"a: x\x00y", "?"),
    block("escape", b"a: \x1b[31mx", "?"),
    block("every-control-byte", b"a: " + bytes(range(1, 9)), "?"),
    block("delete", b"a: x\x7f", "?"),
    block("c1-control", "a: x\x9b31m", "?"),
    block("bom-inside", "a: \ufeffx", "?"),
    block("noncharacter", "a: \uffff", "?"),
    block("bidi-override", "a: \u202etxt", "?"),
    block("lone-surrogate-as-bytes", b"a: \xed\xa0\x80", "?"),
    block("lone-surrogate-as-an-escape", 'a: "\\ud800"', "?"),
    block("lone-surrogate-in-a-key", '"\\udfff": a', "?"),
    block("surrogate-pair-as-escapes", 'a: "\\ud83d\\ude00"', "?"),
    block("nul-as-an-escape", 'a: "\\0"', "?"),
    block("escape-above-unicode", 'a: "\\U00110000"', "?"),
    block("overlong-utf-8", b"a: \xc0\xaf", "?"),
    block("overlong-nul", b"a: \xe0\x80\x80", "?"),
    block("truncated-utf-8", b"a: \xe2\x82", "?"),
    block("utf-8-above-unicode", b"a: \xf5\x80\x80\x80", "?"),
    block("latin-1", b"a: caf\xe9", "?"),
    whole("invalid-utf-8-in-the-body", b"---\na: b\n---\n\xff", "?"),
    whole("invalid-utf-8-without-front-matter", b"text \xff", "?"),
    whole("utf-16-le", "\ufeff---\na: b\n---\n".encode("utf-16-le"), "?"),
    whole("utf-16-be-without-mark", "---\na: b\n---\n".encode("utf-16-be"), "?"),
    whole("utf-32", "---\na: b\n---\n".encode("utf-32"), "?"),
    whole("utf-16-yaml", "a: b\n".encode("utf-16"), "?", ".yaml"),
    whole("bom", "\ufeff---\na: b\n---\n", "?"),
    whole("two-boms", "\ufeff\ufeff---\na: b\n---\n", "?"),
    whole("nul-alone", b"\x00", "?"),
    whole("empty", b"", "?"),
    whole("empty-yaml", b"", "?", ".yaml"),
    whole("binary", bytes(range(256)) * 4_000, "?"),
    block("nel", "a: x\x85b: y", "?"),
    block("line-separator", "a: x\u2028b: y", "?"),
    block("paragraph-separator-in-a-key", "a\u2029b: y", "?"),
    block("form-feed", b"a: x\x0cb: y", "?"),
    whole("cr-only", "---\ra: b\r---\r", "?"),
    whole("crlf", "---\r\na: b\r\n---\r\n", "?"),
    whole("mixed-line-ends", "---\r\na: b\nc: d\re: f\n---\n", "?"),
    whole("mixed-line-ends-and-an-error", "---\r\na: b\nc: d\re: [\n---\n", "?"),
    block("tab-indentation", "a:\n\tb: c", "?"),
]

FENCES = [
    whole("ended-by-dots", "---\na: b\n...\ntext\n", "?"),
    whole("text-on-the-opening-fence", "--- # a\na: b\n---\n", "?"),
    whole("text-on-the-closing-fence", "---\na: b\n--- text\n", "?"),
    whole("language-on-the-fence", "---js\na: b\n---\n", "?"),
    whole("yaml-on-the-fence", "---yaml\na: b\n---\n", "?"),
    whole("value-on-the-fence", "--- {a: b}\n---\n", "?"),
    whole("four-dashes", "----\na: b\n----\n", "?"),
    whole("indented-fence", " ---\na: b\n---\n", "?"),
    whole("indented-closing-fence", "---\na: b\n ---\n", "?"),
    whole("leading-blank-line", "\n---\na: b\n---\n", "?"),
    whole("leading-blank-lines-crlf", "\r\n\r\n---\r\na: b\r\n---\r\n", "?"),
    whole("unclosed", "---\na: b\n", "?"),
    whole("fence-alone", "---", "?"),
    whole("fences-alone", "---\n---", "?"),
    whole("toml", "+++\na = 1\n+++\n", "?"),
    whole("json", ";;;\n{}\n;;;\n", "?"),
    whole("fence-with-trailing-blanks", "---  \na: b\n---\t\n", "?"),
    whole("fence-in-a-quoted-value", '---\na: "x\n---\ny"\n---\n', "?"),
    whole("fence-after-a-nul", b"\x00---\na: b\n---\n", "?"),
    whole("two-documents", "a: b\n---\nc: d\n", "?", ".yaml"),
    whole("two-documents-by-dots", "a: b\n...\nc: d\n", "?", ".yaml"),
    whole("document-on-the-marker", "--- {a: b}\n--- {c: d}\n", "?", ".yaml"),
]

CASES = [*NESTING, *ALIASES, *SIZE, *SCALARS, *BYTES, *FENCES]
