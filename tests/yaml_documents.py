"""Generated YAML documents: data, written down in any style, with its meaning known."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from hypothesis import strategies as st

from seedlint.core_schema import resolve

# Spelled as they stand, unquoted; what they mean is the core schema's business.
PLAIN = (
    "word",
    "two words",
    "naïve café",
    "no",
    "On",
    "true",
    "~",
    "12",
    "-7",
    "017",
    "0x1F",
    "0o17",
    "0b11",
    "-0x1F",
    "0X1F",
    "0O7",
    ".iNf",
    ".NaN x",
    "1_000",
    "_1",
    "1e3",
    ".5",
    ".inf",
    "12:30",
    "12:30:45",
    "2020-02-03",
    "2020-02-03T04:05:06Z",
    "https://example.com/a_1?b=2&c=3#d",
    "a - b",
    "C# is",
    "News & Observer",
    "wow! *bold* text",
    "日本語",
    "😀 smile",
    "=",
)
TEXTS = (
    "",
    " ",
    "plain enough",
    'with "quotes"',
    "it's",
    "colon: inside",
    "# not a comment",
    "é and \u2019 and 😀",
    "line\nbreak",
    "two\n\nbreaks\n",
    "tab\tinside",
    "sep\u2028arated",
    "next\x85line",
    "- dash",
    "*star &amp; !bang",
    "123",
    "yes",
    "<<",
)
KEYS = ("title", "url", "a b", "é", "x-y", "1", "null", "日本", "on", "quoted: key")

SCALAR = st.sampled_from([("plain", text) for text in PLAIN] + [("text", text) for text in TEXTS])
VALUE = st.recursive(
    SCALAR,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: ("list", items)),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=4).map(
            lambda pairs: ("map", list(pairs.items()))
        ),
    ),
    max_leaves=12,
)
ROOT = st.dictionaries(st.sampled_from(KEYS), VALUE, min_size=1, max_size=5).map(
    lambda pairs: ("map", list(pairs.items()))
)


def meaning(value: Any) -> Any:
    """The data a generated value stands for."""
    kind, content = value
    if kind == "plain":
        return resolve(content)
    if kind == "text":
        return content
    if kind == "list":
        return [meaning(item) for item in content]
    return {key: meaning(item) for key, item in content}


@dataclass
class Writer:
    """Writes a generated value as YAML, choosing styles at random."""

    random: Random
    line_end: str = "\n"
    lines: list[str] = field(default_factory=list)

    def document(self, root: Any) -> str:
        """The block, each line ended."""
        self._mapping(root[1], 0, "")
        return "".join(line + self.line_end for line in self.lines)

    def _noise(self, indent: int) -> None:
        if self.random.random() < 0.15:
            self.lines.append(self.random.choice(["", " " * indent + "# a comment: é"]))

    def _mapping(self, pairs: list[Any], indent: int, lead: str) -> None:
        for key, value in pairs:
            self._noise(indent)
            self._entry(lead or " " * indent, self._key(key) + ":", value, indent)
            lead = ""

    def _sequence(self, items: list[Any], indent: int, lead: str) -> None:
        for item in items:
            self._noise(indent)
            self._entry(lead or " " * indent, "-", item, indent)
            lead = ""

    def _entry(self, lead: str, opener: str, value: Any, indent: int) -> None:
        kind, content = value
        if kind in ("list", "map") and (not content or self.random.random() < 0.3):
            self._line(f"{lead}{opener} {self._flow(value)}")
            return
        deeper = indent + self.random.choice([2, 4])
        if kind == "map":
            if opener == "-" and self.random.random() < 0.7:
                self._mapping(content, len(lead) + 2, f"{lead}- ")
            else:
                self._line(lead + opener)
                self._mapping(content, deeper, "")
        elif kind == "list":
            same = opener != "-" and self.random.random() < 0.4
            self._line(lead + opener)
            self._sequence(content, indent if same else deeper, "")
        else:
            self._scalar(f"{lead}{opener}", value, deeper)

    def _scalar(self, opener: str, value: Any, indent: int) -> None:
        kind, content = value
        literal = kind == "text" and content.strip() and not content.startswith((" ", "\n"))
        if literal and self._block_safe(content) and self.random.random() < 0.4:
            body = content.removesuffix("\n")
            chomp = "" if content.endswith("\n") else "-"
            self.lines.append(f"{opener} |{chomp}")
            self.lines.extend(" " * indent + line if line else "" for line in body.split("\n"))
        else:
            self._line(f"{opener} {self._inline(value)}".rstrip() if content else opener + ' ""')

    @staticmethod
    def _block_safe(content: str) -> bool:
        return not content.endswith("\n\n") and "\x85" not in content and "\u2028" not in content

    def _line(self, line: str) -> None:
        comment = self.random.random() < 0.1
        self.lines.append(line + ("  # note: é" if comment else ""))

    def _key(self, key: str) -> str:
        if ":" in key or self.random.random() < 0.2:
            return self._quoted(key)
        return key

    def _inline(self, value: Any) -> str:
        kind, content = value
        return content if kind == "plain" else self._quoted(content)

    def _quoted(self, text: str) -> str:
        simple = text.isprintable()
        if simple and self.random.random() < 0.5:
            return "'" + text.replace("'", "''") + "'"
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
        return '"' + escaped.replace("\n", "\\n").replace("\x85", "\\N") + '"'

    def _flow(self, value: Any) -> str:
        kind, content = value
        if kind == "list":
            return "[" + ", ".join(self._flow(item) for item in content) + "]"
        if kind == "map":
            pairs = (f"{self._quoted(key)}: {self._flow(item)}" for key, item in content)
            return "{" + ", ".join(pairs) + "}"
        if kind == "plain" and not set(content) & set(",[]{}?"):
            return str(content)
        if kind == "plain":
            # Not writable here without quotes: write something that means the same.
            return "'" + content + "'" if isinstance(resolve(content), str) else "~"
        return self._quoted(content)
