"""Generated documents that are all about how scalars may be written, and texts to put there."""

from __future__ import annotations

from random import Random

WORDS = ("a", "word", "é", "two words", "it is", "x:y", "a#b", "😀", "n-o", "q?")
PLAIN = ("1", "0o17", "true", "~", "1.5", ".inf", "on", "12:30", "2020-01-01", "null", "017")
IN_SINGLE = ("''", "a", " ", "é", "\\", "#", ": ", '"')
IN_DOUBLE = (
    *('\\"', "a", " ", "é", "\\\\", "#", ": ", "\\u00e9", "\\n", "\\x41", "\\/", "\\t", "\\N"),
    *("\\U0001F600", "\\_", "\\ ", "\\e", "\\ud83d\\ude00"),
)
BLOCK_LINES = ("a", "é word", "", "  more", "x ", "\ttab", "# no", "- x", "k: v", "  ", "   ")
PROPERTIES = ("", "", "", "", "&x ", "!!str ", "&y !!str ", "!!int ", "!!float ")
TEXT = (
    *("a", "word", "é", "two words", "no", "12", "-", "- x", "it's", 'say "hi"', "#", "a#b", " #c"),
    *("x: y", "x:y", ":", "?", "?x", ",", "[", "]", "{", "}", "&a", "*b", "!t", "|", ">", "%", "@"),
    *("`", "'", '"', "\\", "\\n", "\t", " ", "  ", "\xa0", "\u2028", "\x85", "\u200b", "\ufeff"),
    *("😀", "---", "...", "<<", "=", "~", "null", "1e3", "2020-01-01", "\x07", "\x7f", "0x1F"),
    *("1_0", "\u3000", "''", '\\"', "\n", "\n\n", "\n ", " \n", "\r", "\r\n"),
    "https://a.example/c?d=e&f=g#h",
)
NOT_TEXT = (None, True, False, 0, 1, -5, 10**20, 0.5, -1.5, 1e20, 1e-9, float("inf"), -0.0)


def some_text(random: Random) -> str:
    """Text of the kind that YAML makes hard to write."""
    return "".join(
        random.choice(TEXT) + random.choice(("", " ", "")) for _ in range(random.randint(0, 5))
    )


def new_value(random: Random, old: str) -> str | float | bool | None:
    """Another value for a scalar: often the old text with a part of it changed."""
    if random.random() < 0.2:
        return random.choice(NOT_TEXT)
    if random.random() < 0.5 or not old:
        return some_text(random)
    start, end = sorted((random.randrange(len(old)), random.randrange(len(old) + 1)))
    return old[:start] + random.choice(("", "z", some_text(random))) + old[end:]


def document(random: Random) -> str:
    """A block with a few scalars, in any style and at any kind of place."""
    lines = [_entry(random, number) for number in range(random.randint(1, 3))]
    text = "\n".join(lines) + random.choice(("\n", "\n", "\n", ""))
    return text.replace("\n", random.choice(("\n", "\n", "\r\n", "\r")))


def _entry(random: Random, number: int) -> str:
    key = _on_one_line(random) if random.random() < 0.3 else f"k{number}"
    in_flow = random.random() < 0.3
    scalar = _scalar(random, in_flow)
    properties = random.choice(PROPERTIES).replace("&", f"&n{number}")
    comment = random.choice(("", " # note é"))
    if scalar.endswith("\n") or (scalar[:1] in ("|", ">") and scalar):
        comment = ""
    written = properties + scalar
    if in_flow:
        places: tuple[str, ...] = (
            f"{key}: [{random.choice(('', ' ', chr(9)))}{written}{random.choice(('', ' ,b'))}]",
            f"{key}: {{a: {written}{random.choice(('', ' ', ', b: c', ',b: c'))}}}",
            f'{key}: {{"a":{written}}}',
        )
    else:
        places = (
            f"{key}: {written}",
            f"{key}:\n  {written}",
            f"{key}:\n- {written}{comment}\n- b",
            f"{key}:\n -  {written}",
            f"{key}:\n  - - a: {written.replace(chr(10), chr(10) + '      ')}{comment}\n      b: c",
            f"? {key}\n: {written}",
            f"&k{number} {key}: {written}",
        )
    alias = f"\nalias{number}: *n{number}x" if properties == f"&n{number}x " else ""
    return random.choice(places) + comment + (alias if random.random() < 0.2 else "")


def _on_one_line(random: Random) -> str:
    def some(parts: tuple[str, ...]) -> str:
        return "".join(random.choice(parts) for _ in range(random.randint(0, 6)))

    choice = random.randrange(4)
    if choice == 0:
        return random.choice(PLAIN)
    if choice == 1:
        return f"'{some(IN_SINGLE)}'"
    if choice == 2:
        return f'"{some(IN_DOUBLE)}"'
    return " ".join(random.choice(WORDS) for _ in range(random.randint(1, 4)))


def _scalar(random: Random, in_flow: bool) -> str:
    choice = random.random()
    if choice < 0.5:
        return _on_one_line(random)
    if choice < 0.55:
        return ""
    if choice < 0.8 or in_flow:
        return _over_lines(random)
    return _block(random)


def _over_lines(random: Random) -> str:
    def fold() -> str:
        blank = random.choice(("", " "))
        return blank + "\n" * random.choice((1, 1, 2, 3)) + random.choice(("  ", "    "))

    words = [random.choice(WORDS) for _ in range(random.randint(1, 4))]
    quotes = random.choice(("", "'", '"'))
    if not quotes:
        return fold().join(words)
    words.append("it''s" if quotes == "'" else '\\"\\u00e9')
    first = random.choice(("", " ", fold()))
    last = random.choice(("", " ", fold(), "\\\n  " if quotes == '"' else ""))
    return quotes + first + fold().join(words) + last + quotes


def _block(random: Random) -> str:
    indent = random.choice((2, 2, 4))
    digit = random.choice(("", str(indent)))
    chomping = random.choice(("", "-", "+"))
    header = random.choice("|>") + random.choice((digit + chomping, chomping + digit))
    lines = [random.choice(BLOCK_LINES) for _ in range(random.randint(1, 5))]
    body = "\n".join(" " * indent + line if line else "" for line in lines)
    comment = random.choice(("", " # note", "  "))
    return f"{header}{comment}\n{body}" + random.choice(("", "\n", "\n\n"))
