"""Facts come back from their text as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from seedlint import facttext

if TYPE_CHECKING:
    from seedlint.document import Document


class Rule:
    """A rule that takes these facts from any document."""

    def __init__(self, name: str, facts: Any) -> None:
        self.name = name
        self._facts = facts

    def facts(self, document: Document) -> Any:
        """The facts."""
        return self._facts


def text_of(**facts: Any) -> str:
    rules = [Rule(name, each) for name, each in facts.items()]
    return facttext.of_document(cast("Document", None), cast("Any", rules))


def test_facts_come_back_and_equal_ones_are_there_once() -> None:
    text = text_of(one=["a\nb", 1], two={"=": "\n!"}, three=["a\nb", 1], four=None, ne="=one")
    assert text == ('\none ["a\\nb",1]\ntwo {"=":"\\n!"}\nthree =one\nne "=one"')
    assert facttext.read(text, "one") == ["a\nb", 1]
    assert facttext.read(text, "two") == {"=": "\n!"}
    assert facttext.read(text, "three") == ["a\nb", 1]
    assert facttext.read(text, "four") is None
    assert facttext.read(text, "ne") == "=one"


@pytest.mark.parametrize(
    "text", ["\na =b\nb =a", "\na =a", "\na =b", "\na [1", "\na =b\nb =c\nc =a", "\na =b\n"]
)
def test_damaged_text_says_nothing(text: str) -> None:
    assert facttext.read(text, "a") is None
