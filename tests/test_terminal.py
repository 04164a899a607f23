"""Colour and width, from the environment and the stream."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Literal

import pytest

from seedlint.terminal import terminal_width, use_color

if TYPE_CHECKING:
    from pathlib import Path


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


@pytest.mark.parametrize(
    ("settings", "on_terminal", "elsewhere"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": ""}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
    ],
)
def test_colour_by_environment(
    settings: dict[str, str],
    on_terminal: bool,
    elsewhere: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert use_color("auto", Terminal()) is on_terminal
    assert use_color("auto", io.StringIO()) is elsewhere


@pytest.mark.parametrize(("choice", "expected"), [("always", True), ("never", False)])
def test_the_command_line_decides(
    choice: Literal["always", "never"], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert use_color(choice, Terminal()) is expected
    assert use_color(choice, io.StringIO()) is expected


def test_width_of_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((72, 24)))
    assert terminal_width(Terminal()) == 72


def test_width_of_a_terminal_that_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((0, 0)))
    assert terminal_width(Terminal()) == 100


def test_width_elsewhere(tmp_path: Path) -> None:
    assert terminal_width(io.StringIO()) == 100
    with (tmp_path / "out").open("w", encoding="utf-8") as file:
        assert terminal_width(file) == 100


@pytest.mark.parametrize(
    ("columns", "width"),
    [("60", 60), ("0", 100), ("", 100), ("wide", 100), ("²", 100), ("-5", 100)],
)
def test_columns(columns: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert terminal_width(io.StringIO()) == width
