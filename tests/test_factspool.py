"""Texts come out of the spool as they went in, wherever it has them."""

from __future__ import annotations

import os

import pytest

from seedlint.factspool import MANY, FactSpool

TEXTS = ["", '\nrule ["a"]', "é\U0001f600", "\udcff a name that is no text", "x" * 100_000, "last"]


@pytest.mark.parametrize("files", [1, MANY])
def test_texts_come_out_in_any_order(files: int) -> None:
    spool = FactSpool(files)
    spooled = [spool.put(text) for text in TEXTS]
    for at in (3, 0, 5, 4, 1, 2, 3):
        assert spool.get(spooled[at]) == TEXTS[at]
    assert [type(each) for each in spooled[1:]] == [str if files == 1 else int] * 5
    spool.close()


def test_a_full_disk_leaves_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    spool = FactSpool(MANY)
    first = spool.put("first")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    second = spool.put("second")
    assert (type(first), second) == (int, "second")
    assert [spool.get(first), spool.get(second)] == ["first", "second"]
    spool.close()


def test_what_is_written_in_pieces_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda file, raw, at: write(file, raw[:7], at))
    spool = FactSpool(MANY)
    spooled = [spool.put(text) for text in ("a text longer than that", "another one")]
    assert [*map(spool.get, spooled)] == ["a text longer than that", "another one"]
    spool.close()
