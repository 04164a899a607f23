"""Generated YAML documents full of comments, each of which says whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from seedlint.diagnostic import Route
from tests.yaml_documents import KEYS, SCALAR, Writer

KEPT = st.sampled_from([("kept", "kept\n"), ("kept", "kept\n\n"), ("kept", "one\n\ntwo\n\n\n")])
VALUE = st.recursive(
    st.one_of(SCALAR, SCALAR, SCALAR, KEPT),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: ("list", items)),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=4).map(
            lambda pairs: ("map", list(pairs.items()))
        ),
    ),
    max_leaves=12,
)
ROOT = st.one_of(
    st.dictionaries(st.sampled_from(KEYS), VALUE, min_size=1, max_size=5).map(
        lambda pairs: ("map", list(pairs.items()))
    ),
    st.lists(VALUE, min_size=1, max_size=4).map(lambda items: ("list", items)),
)

_NOTE = re.compile(r"# (above|beside|free) (\d+)")


@dataclass(frozen=True)
class Note:
    """A comment: ``above`` or ``beside`` the entry at a route, or ``free`` in the collection
    there."""

    kind: str
    route: Route


def notes_in(text: str) -> list[int]:
    """The numbers of the comments in a text, in its order."""
    return [int(found[2]) for found in _NOTE.finditer(text)]


@dataclass
class Annotator(Writer):
    """Writes a generated value with comments, blank lines and, if asked, aliases."""

    aliases: bool = False
    notes: list[Note] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    # Whether the last line ends a block scalar that keeps the blank lines below it.
    keeps: bool = False

    def document(self, root: Any) -> str:
        """The block, each line ended."""
        self._block(root, (), 0, "")
        return "".join(line + self.line_end for line in self.lines)

    def _often(self, chance: float) -> bool:
        return self.random.random() < chance

    def _note(self, kind: str, route: Route) -> str:
        self.notes.append(Note(kind, route))
        return f"# {kind} {len(self.notes) - 1} é"

    def _comments_above(self, route: Route, indent: int) -> None:
        if self._often(0.25):
            self._blank_lines()
        if self._often(0.1):
            self.lines.append(" " * indent + self._note("free", route[:-1]))
            self.keeps = False
            self._blank_lines()
        for _ in range(self.random.choice([0, 0, 0, 1, 2])):
            self.lines.append(" " * indent + self._note("above", route))
            self.keeps = False

    def _blank_lines(self) -> None:
        if not self.keeps:
            self.lines.extend([self.random.choice(["", "", "", " "])] * self.random.choice([1, 2]))

    def _tail(self, route: Route, indent: int, outer: int) -> None:
        """A comment below the last entry, which must not stand above another."""
        if indent > outer and self._often(0.1):
            self.lines.append(" " * indent + self._note("free", route))
            self.keeps = False

    def _beside(self, route: Route) -> str:
        return f"  {self._note('beside', route)}" if self._often(0.2) else ""

    def _put(self, line: str) -> None:
        self.lines.append(line)
        self.keeps = False

    def _block(self, value: Any, route: Route, indent: int, lead: str, outer: int = -1) -> None:
        kind, content = value
        entries = content if kind == "map" else list(enumerate(content))
        for step, inner in entries:
            here = (*route, step)
            opener = f"{self._key(str(step))}:" if kind == "map" else "-"
            if not lead:
                self._comments_above(here, indent)
            self._write(inner, here, indent, f"{lead or ' ' * indent}{opener}")
            lead = ""
        self._tail(route, indent, outer)

    def _write(self, value: Any, route: Route, indent: int, opener: str) -> None:
        kind, content = value
        deeper = indent + self.random.choice([2, 4])
        if kind not in ("list", "map"):
            self._leaf(value, route, deeper, opener)
        elif not content or self._often(0.35):
            self._put(f"{opener} {self._between(value, route, deeper)}{self._beside(route)}")
        elif opener.endswith("-") and self._often(0.6):
            self._block(value, route, indent + 2, f"{opener} ", indent)
        else:
            anchor = self._anchor()
            self._put(f"{opener}{anchor}{self._beside(route)}")
            same = kind == "list" and opener.endswith(":") and self._often(0.4)
            # An alias must not stand inside what it stands for.
            names, self.names = self.names, [name for name in self.names if name not in anchor]
            self._block(value, route, indent if same else deeper, "", indent)
            self.names = names + self.names

    def _anchor(self) -> str:
        if not self.aliases or not self._often(0.4):
            return ""
        self.names.append(f"a{self.random.randrange(3)}")
        return f" &{self.names[-1]}"

    def _leaf(self, value: Any, route: Route, indent: int, opener: str) -> None:
        kind, content = value
        if kind == "kept":
            self._put(f"{opener} |+{self._beside(route)}")
            lines = content.removesuffix("\n").split("\n")
            self.lines.extend(" " * indent + line if line else "" for line in lines)
            self.keeps = True
        elif self.aliases and self.names and self._often(0.5):
            self._put(f"{opener} *{self.random.choice(self.names)}{self._beside(route)}")
        elif self._often(0.1):
            self._put(f"{opener}{self._beside(route)}")
        elif kind == "text" and self._is_literal(content) and self._often(0.4):
            chomp = "" if content.endswith("\n") else "-"
            self._put(f"{opener}{self._anchor()} |{chomp}{self._beside(route)}")
            body = content.removesuffix("\n").split("\n")
            self.lines.extend(" " * indent + line if line else "" for line in body)
        else:
            self._put(f"{opener}{self._anchor()} {self._inline(value)}{self._beside(route)}")

    def _is_literal(self, content: str) -> bool:
        is_text = bool(content.strip()) and not content.startswith((" ", "\n"))
        return is_text and self._block_safe(content)

    def _between(self, value: Any, route: Route, indent: int) -> str:
        """A collection in brackets: on one line, or an entry a line with comments."""
        kind, content = value
        if kind == "kept":
            return self._quoted(content)
        if kind not in ("list", "map"):
            return self._flow(value)
        opening, closing = "[]" if kind == "list" else "{}"
        entries = content if kind == "map" else list(enumerate(content))
        if not content:
            return opening + closing
        if self._often(0.6):
            return self._on_one_line(kind, entries, route, indent, opening, closing)
        return self._on_lines(kind, entries, route, indent, opening, closing)

    def _member(self, kind: str, step: Any, value: Any, route: Route, indent: int) -> str:
        text = self._between(value, (*route, step), indent)
        return f"{self._quoted(step)}: {text}" if kind == "map" else text

    def _on_one_line(
        self, kind: str, entries: Any, route: Route, indent: int, opening: str, closing: str
    ) -> str:
        members = [self._member(kind, step, value, route, indent + 2) for step, value in entries]
        pad = self.random.choice(["", "", " ", "\t"])
        comma = self.random.choice(["", "", "", ","])
        return (
            opening
            + pad
            + self.random.choice([", ", ", ", ",", " , "]).join(members)
            + comma
            + pad
            + closing
        )

    def _on_lines(
        self, kind: str, entries: Any, route: Route, indent: int, opening: str, closing: str
    ) -> str:
        lines = [opening]
        for number, (step, value) in enumerate(entries):
            here = (*route, step)
            if self._often(0.2):
                lines.append("")
            if self._often(0.1):
                lines += [" " * indent + self._note("free", route), ""]
            if self._often(0.3):
                lines.append(" " * indent + self._note("above", here))
            is_last = number == len(entries) - 1
            comma = "" if is_last and self._often(0.5) else ","
            member = self._member(kind, step, value, route, indent + 2)
            lines.append(" " * indent + member + comma + self._beside(here))
        if self._often(0.2):
            lines.append(" " * indent + self._note("free", route))
        lines.append(" " * indent + closing)
        return self.line_end.join(lines)
