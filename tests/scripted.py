"""Rules and fixes that do as a test tells them, and not always what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from seedlint.changes import Change
from seedlint.diagnostic import Applicability, Fix, Problem, Severity
from seedlint.document import Document
from seedlint.edits import Editor, TextEdit
from seedlint.rule import Context, DocumentRule, NoOptions
from tests.support import NOW

Check = Callable[[Document], Iterator[Problem]]


class Script(tuple[Change, ...]):
    """Changes that come with edits of their own, whatever the editor would do."""

    edits: Callable[[str], Sequence[tuple[int, int, str]]]


def obey_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the editor make the edits that a script comes with."""
    real = Editor.edits

    def edits(self: Editor, changes: Sequence[Change]) -> tuple[TextEdit, ...] | None:
        if isinstance(changes, Script):
            return tuple(TextEdit(*edit) for edit in changes.edits(self._tree.text)) or None
        return real(self, changes)

    monkeypatch.setattr(Editor, "edits", edits)


def script(old: str, new: str, *changes: Change) -> Script:
    """Put ``new`` in place of the first ``old``, if any, claiming to make these changes."""

    def edits(text: str) -> list[tuple[int, int, str]]:
        at = text.find(old)
        return [] if at < 0 else [(at, at + len(old), new)]

    made = Script(changes)
    made.edits = edits
    return made


def rule(name: str, check: Check, severity: Severity = Severity.WARNING) -> DocumentRule[object]:
    """A rule that does as told."""
    body = {"severity": severity, "check": lambda self, document: check(document)}
    made: type[DocumentRule[object]] = type(name, (DocumentRule,), body)
    made.name = name
    return made(Context(NOW, ()), NoOptions())


def problem(
    changes: Sequence[Change],
    title: str = "mend it",
    applicability: Applicability = Applicability.SAFE,
    route: tuple[str | int, ...] = (),
) -> Problem:
    return Problem(route, f"it is wrong: {title}", fix=Fix(title, applicability, changes))  # type: ignore[arg-type]
