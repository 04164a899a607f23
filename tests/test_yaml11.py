"""What YAML 1.1 readers make of plain scalars, and the screen that finds them."""

from __future__ import annotations

from datetime import date
from random import Random
from time import process_time
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML, YAMLError

from seedlint.core_schema import resolve
from seedlint.limits import Limits
from seedlint.reading import Unreadable
from seedlint.slow_load import load_slowly
from seedlint.yaml11 import other_reading
from seedlint.yaml11_screen import is_read_alike, may_be_read_otherwise
from tests.yaml_documents import ROOT, Writer

pytestmark = pytest.mark.filterwarnings("ignore::ruamel.yaml.error.MantissaNoDotYAML1_1Warning")
EXAMPLES = settings(max_examples=400, deadline=None)

OTHERWISE = {
    "yes": "the boolean true",
    "No": "the boolean false",
    "ON": "the boolean true",
    "off": "the boolean false",
    "y": "the boolean true",
    "N": "the boolean false",
    "tRue": "the boolean true",
    "12:30": "the number 750",
    "09:30": "the number 570",
    "-1:30": "the number -90",
    "190:20:30": "the number 685230",
    "190:20:30.15": "the number 685230.15",
    "16:9": "the number 969",
    "017": "the number 15",
    "-017": "the number -15",
    "08": "text",
    "0o17": "text",
    "0b11": "the number 3",
    "-0x1F": "the number -31",
    "0x1_F": "the number 31",
    "1_000": "the number 1000",
    "._0": "the number 0.0",
    "1,000": "the number 1000",
    "1_0.5": "the number 10.5",
    "1e3": "text",
    "1.5e3": "text",
    "-.5": "text",
    "2020-01-01": "a date",
    "2020-1-5": "a date",
    "2020-13-45": "a date",
    "2020-02-02 18:19:00": "a time",
    "2020-02-02T18:19:00": "a time",
    "2020-02-02 18:19:00 +1": "a time",
    "=": "the default-value indicator",
    "<<": "the merge indicator",
    "1_0e3": "the number 10000.0",
    "0_E-0": "the number 0.0",
    "-1_e+2": "the number -100.0",
    "1" * 50 + "_1": "a number",
    "1" * 50 + "_e1": "a number",
    "0" + "7" * 50: "another number",
    "1" * 50 + "e3": "text",
    ":".join("1" * 50): "a number",
}
# What Psych or the 1.1 repository make of a scalar, but ruamel.yaml and PyYAML do not.
NOT_IN_PYTHON = {"y", "N", "tRue", "09:30", "1,000", "2020-1-5"}
WORDS_ALIKE = "true FALSE ~ null v1 none nope yes! http://example.com:80 12:30pm a=b . 1e"
NUMBERS_ALIKE = (
    ".inf -.INF .NaN 0 7 -12 +12 007 00 0x1F 3.14 .5 5. -0.5 1.0e+3 6.02E-23 2020 "
    "1.2.3 12:70 0b_ 0b2 _1 2020-02 1-2 2020-02-02T18:19:00Z 2020-02-02t18:19:00.5+01:00"
)
ALIKE = f"{WORDS_ALIKE} {NUMBERS_ALIKE}".split()


@pytest.mark.parametrize(("text", "reading"), OTHERWISE.items())
def test_what_is_read_otherwise(text: str, reading: str) -> None:
    assert other_reading(text) == reading


@pytest.mark.parametrize("text", ALIKE)
def test_what_is_read_alike(text: str) -> None:
    assert other_reading(text) is None


def ruamel_reading(text: str) -> Any:
    """What ruamel.yaml makes of a scalar as a reader of YAML 1.1."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 1)
    return yaml.load(f"- {text}\n")[0]


@pytest.mark.parametrize("text", sorted({*OTHERWISE, *ALIKE} - NOT_IN_PYTHON - {"=", "<<"}))
def test_the_table_agrees_with_a_reader_of_yaml_1_1(text: str) -> None:
    try:
        reading = ruamel_reading(text)
    except ValueError:
        # No such day, no such number: not read at all.
        assert text in ("2020-13-45", "0b_")
        return
    same = repr(reading) == repr(resolve(text))
    is_instant = isinstance(reading, date) and other_reading(text) is None
    # Where PyYAML reads text, ruamel.yaml reads the floats of 1.2 in a 1.1 document too.
    lenient = type(reading) is float and other_reading(text) == "text"
    assert same == (other_reading(text) is None) or is_instant or lenient


@EXAMPLES
@given(st.text("0123456789_:.-+eEoxbTZnyNYesofFaltrue", min_size=1, max_size=12))
def test_nothing_that_ruamel_reads_otherwise_is_missed(text: str) -> None:
    mine = resolve(text)
    assume(not text.startswith("- ") and not text.endswith(":") and mine is not None)
    try:
        reading = ruamel_reading(text)
    except (ValueError, YAMLError, IndexError, TypeError, OverflowError):
        assume(False)
    assume(not isinstance(reading, list | dict))
    is_instant = isinstance(reading, date) and "T" in text.upper()
    assert repr(reading) == repr(mine) or other_reading(text) is not None or is_instant


PLACES = (
    "key: {0}\n",
    "key:   {0}\n",
    "key:\n  {0}\n",
    "key:\n\n    {0}\n",
    "key: # why not\n  {0}\n",
    "key: &a {0}\n",
    "key: &a\n  {0}\n",
    "key: {0} # why\n",
    "key: {0}",
    "- {0}\n",
    "-   {0}\n",
    "-\n  {0}\n",
    "- - {0}\n",
    "a:\n  - {0}\n",
    "a:\n- b: {0}\n",
    "a: [{0}]\n",
    "a: [b,{0}]\n",
    "a: [b, {0}, c]\n",
    "a: [\n  b,\n  {0}\n]\n",
    "a: {{b: {0}}}\n",
    "a: {{b: c, d: {0} }}\n",
    'a: {{"b":{0}}}\n',
    "- {{b: {0}, c: d}}\n",
)
KEY_PLACES = (
    "{0}: value\n",
    "a: b\n{0}: value\n",
    "a:\n  {0}: value\n",
    "a:\n  {0}:\n    b: c\n",
    "- {0}: value\n",
    "- a: b\n  {0}: value\n",
    "? {0}\n: value\n",
    "a:\n  ? {0}\n  : value\n",
    "a: {{{0}: value}}\n",
    "a: {{b: c, {0}: value}}\n",
)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("place", PLACES + KEY_PLACES)
def test_the_screen_finds_every_scalar_everywhere(place: str, line_end: str) -> None:
    blocks = [place.format(text).replace("\n", line_end) for text in OTHERWISE]
    # Not each is one everywhere: a comma parts a flow collection, "<<" is a merge key.
    holding = [block for block in blocks if holds_one(block)]
    assert len(holding) > 20
    assert [block for block in holding if not may_be_read_otherwise(block)] == []


@EXAMPLES
@given(
    st.one_of(
        st.from_regex(r"[-+]?[0-9]{0,45}\.?[0-9]{0,20}", fullmatch=True),
        st.from_regex(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", fullmatch=True),
    )
)
def test_what_all_read_alike_has_no_other_reading(scalar: str) -> None:
    assume(is_read_alike(scalar))
    assert other_reading(scalar) is None


@EXAMPLES
@given(ROOT, st.randoms(use_true_random=False), st.sampled_from(["\n", "\r\n"]))
def test_the_screen_misses_nothing_in_generated_documents(
    root: Any, random: Random, line_end: str
) -> None:
    block = Writer(random, line_end).document(root)
    assert may_be_read_otherwise(block) or not holds_one(block)


def holds_one(block: str) -> bool:
    try:
        _, tree = load_slowly(block, Limits())
    except Unreadable:
        return False
    if tree is None:
        return False
    nodes = [node for _, node in (*tree.scalars(), *tree.named())]
    return any(
        not node.style and not node.tag and other_reading(node.value) is not None
        for node in nodes
        if node.kind == "scalar" and not node.is_merge_key
    )


@pytest.mark.parametrize("text", ["", "a: b\n", "title: Hm, no, maybe\nheat: -1\nlist:\n  - ok\n"])
def test_the_screen_passes_ordinary_blocks(text: str) -> None:
    assert not may_be_read_otherwise(text)


@pytest.mark.parametrize(
    "piece",
    [": ", ":", "- ", ", 1", "1,", "1:1", ": # ", ": &a ", "[1 ", "{ ", '":', "\n ", "? ", "1_"],
)
def test_the_screen_takes_linear_time(piece: str) -> None:
    start = process_time()
    may_be_read_otherwise(f"a: {piece * (500_000 // len(piece))}[")
    # Some hundredths of a second; the margin is for slow machines.
    assert process_time() - start < 5


def test_long_scalars_take_little_time() -> None:
    start = process_time()
    for text in ("1:" * 250_000 + "1", "0" * 500_000 + "x", "1_" * 250_000, "0b" + "1" * 500_000):
        other_reading(text)
    assert process_time() - start < 5
