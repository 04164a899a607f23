"""Inputs made of other inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

_LONGEST = 20_000

TOKENS = (
    # What means something to YAML, and what parsers differ on.
    *(b": ", b":", b"- ", b"? ", b"[", b"]", b"{", b"}", b",", b"#", b" #", b"&a ", b"*a", b"!"),
    *(b"!!str ", b"!!int ", b"!!set ", b"!!binary ", b"!<x> ", b"|", b">", b"|2-\n", b">+\n"),
    *(b"'", b'"', b"''", b'\\"', b"\\", b"\\x41", b"\\ud83d", b"\\U00110000", b"%YAML 1.2\n"),
    *(b"@", b"`", b"<<: *a\n", b"<<", b"~", b"null", b"true", b"no", b"1", b"0x1F", b"0o17"),
    *(b"017", b"1_000", b"12:30:45", b".inf", b"-.INF", b".nan", b"1e999", b"=", b"2020-02-30"),
    *(b"---", b"---\n", b"\n---\n", b"...", b"\n...\n", b"+++\n", b"--- x\n", b"---js\n"),
    # White space and what only some take for it; what may stand nowhere.
    *(b"\n", b"\r", b"\r\n", b"\t", b" ", b"  ", b"\n\n", b"\n  ", b" \n", b":\t"),
    *("\x85", "\u2028", "\u2029", "\ufeff", "\xa0", "\u200b", "\u202e", "\x7f", "\x9f", "\ufffe"),
    *(b"\x00", b"\x1b[2J", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x80"),
    *("é", "日本", "😀", "e\u0301", "İ", "Ã©", "â€™", "&amp;", "&#x41;", "&nbsp"),
    # What rules look for.
    *(b"http://", b"https://x.example/a?utm_source=b", b"//x", b"javascript:", b"www.", b"xn--a"),
    *(b"title: ", b"related:\n", b"- title: a\n", b"topics: [a, A]\n", b"provider:\n"),
    *(b"publishedDateTime: 2020-02-03 04:05:06\n", b"# seedlint: ignore[schema]", b"amp", b"/amp/"),
    # What settings and schemas are made of.
    *(
        b'select = ["all"]\n',
        b"[rules.schema]\n",
        b"[[overrides]]\n",
        b'"""',
        b"= ",
        b'"$ref": "#"',
    ),
)
_TOKENS = tuple(token.encode() if isinstance(token, str) else token for token in TOKENS)


def mutate(random: Random, corpus: Sequence[bytes]) -> bytes:
    """An input of the corpus with a few changes."""
    raw = random.choice(corpus)
    for _ in range(random.choice((0, 1, 1, 2, 2, 3, 5, 8))):
        raw = random.choice(_CHANGES)(random, raw, corpus)[:_LONGEST]
    return raw


def _somewhere(random: Random, raw: bytes) -> tuple[int, int]:
    start = random.randrange(len(raw) + 1)
    return start, min(start + random.choice((0, 1, 1, 2, 3, 8, 40, 200)), len(raw))


def _insert(random: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _somewhere(random, raw)
    return raw[:start] + random.choice(_TOKENS) + raw[random.choice((start, start, end)) :]


def _remove(random: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _somewhere(random, raw)
    return raw[:start] + raw[end:]


def _flip(random: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    at = random.randrange(len(raw) + 1)
    changed = bytes([raw[at] ^ 1 << random.randrange(8)]) if at < len(raw) else b"\x00"
    return raw[:at] + changed + raw[at + 1 :]


def _repeat(random: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _somewhere(random, raw)
    return raw[:end] + raw[start:end] * random.choice((1, 2, 3, 100)) + raw[end:]


def _splice(random: Random, raw: bytes, corpus: Sequence[bytes]) -> bytes:
    other = random.choice(corpus)
    start, end = _somewhere(random, other)
    at, rest = _somewhere(random, raw)
    return raw[:at] + other[start : max(end, start + 40)] + raw[rest:]


def _cut(random: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    start, _end = _somewhere(random, raw)
    return random.choice((raw[:start], raw[start:]))


def _lines(random: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    """Lines in another order, once more, or further in."""
    lines = raw.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    how = random.randrange(4)
    if how == 0:
        lines[one], lines[other] = lines[other], lines[one]
    elif how == 1:
        lines.insert(one, lines[other])
    elif how == 2:
        lines[one] = b" " * random.randrange(1, 6) + lines[one]
    else:
        lines[one] = lines[one].lstrip() if random.random() < 0.5 else lines[one][2:]
    return b"\n".join(lines)


def _line_ends(random: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    return raw.replace(b"\n", random.choice((b"\r\n", b"\r", "\x85".encode(), b"\n\n", b" \n")))


_CHANGES: tuple[Callable[[Random, bytes, Sequence[bytes]], bytes], ...] = (
    *(_insert, _insert, _insert, _insert, _remove, _remove, _flip, _repeat),
    *(_splice, _splice, _cut, _lines, _lines, _lines, _line_ends),
)
