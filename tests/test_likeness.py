"""Whether two contents are one file."""

from __future__ import annotations

import pytest

from benchmarks.corpus import seeds
from seedlint.likeness import MARK, are_alike, mark_of

TEXTS = [each.text.encode() for each in seeds(60, 1, findings=0.2)]


def edited(text: bytes) -> bytes:
    """The text with a comment, other quotes and one word less."""
    lines = text.replace(b'"', b"'").split(b"\n")
    return b"\r\n".join([lines[0], b"# moved here from the archive", *lines[2:]])


@pytest.mark.parametrize("text", [b"", b"---\n---\n", b"\xff\x00", TEXTS[0]])
def test_a_content_has_a_mark(text: bytes) -> None:
    assert MARK.fullmatch(mark_of(text))
    assert are_alike(mark_of(text), mark_of(text))


def test_a_file_stays_itself_when_edited() -> None:
    assert all(are_alike(mark_of(text), mark_of(edited(text))) for text in TEXTS)


def test_other_files_are_others() -> None:
    marks = [mark_of(text) for text in TEXTS]
    assert [
        (at, other)
        for at, mark in enumerate(marks)
        for other in range(at)
        if are_alike(mark, marks[other])
    ] == []


def test_small_files_are_known_by_all_of_their_content_only() -> None:
    assert not are_alike(mark_of(b"title: Boats arriving\n"), mark_of(b"title: Boats arriving \n"))


def test_the_mark_stays_the_same_in_all_versions() -> None:
    text = b"---\nwebUrl: 'https://www.example.com/a'\ntitle: Ferries returning\n---\n"
    assert mark_of(text) == "368fa67159583a2a25c8ce87cfad"


@pytest.mark.parametrize("part", [b"a", b"a ", b'"', b"  ", b"https://", b"a: ", b"\xff"])
def test_only_so_much_of_a_file_is_looked_at(part: bytes) -> None:
    beginning = part * (1 << 15)
    more = mark_of(beginning + b"and something else")
    assert more[16:] == mark_of(beginning)[16:]
    assert more[:16] != mark_of(beginning)[:16]
