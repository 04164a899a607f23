"""From bytes to a block, or to what is in the way."""

from __future__ import annotations

import pytest

from seedlint.frontmatter import Kind, read_block
from seedlint.reading import Unreadable
from tests.support import SEED, check, fenced, found


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_a_byte_order_mark_and_a_body_are_normal(line_end: str, mark: str) -> None:
    text = mark + "---\na: é\n---  \nbody: [\n".replace("\n", line_end)
    block = read_block(text.encode(), Kind.FRONT_MATTER, required=False)
    assert block is not None
    assert block.text == f"a: é{line_end}"
    assert block.start == 3 + len(line_end)


@pytest.mark.parametrize("text", ["", "hello\n", "-----\n", "--\n", "# Title\n---\na: 1\n---\n"])
def test_a_file_without_a_fence_is_no_seed(text: str) -> None:
    assert read_block(text.encode(), Kind.FRONT_MATTER, required=False) is None


@pytest.mark.parametrize("text", ["", "hello\n", "-----\n", "---a\n"])
def test_but_one_that_was_named_must_be(text: str) -> None:
    with pytest.raises(Unreadable):
        read_block(text.encode(), Kind.FRONT_MATTER, required=True)


@pytest.mark.parametrize("text", ["---\n---\n", "---\n---", "---\r\n---\r\n"])
def test_an_empty_block(text: str) -> None:
    block = read_block(text.encode(), Kind.FRONT_MATTER, required=False)
    assert block is not None
    assert block.text == ""


def test_plain_yaml_is_one_block() -> None:
    text = "%YAML 1.2\n---\na: 1\n...\n# end\n"
    block = read_block(text.encode(), Kind.YAML, required=False)
    assert block is not None
    assert (block.text, block.start) == (text, 0)


def test_a_missing_key_of_an_empty_block_stands_at_the_opening_fence() -> None:
    assert found("---\n---\n", 'select = ["schema-required"]')[0] == (
        '1:1-1:4 error schema-required missing key "category"'
    )


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_wide_encodings_are_refused(encoding: str) -> None:
    assert found(fenced(SEED).encode(encoding), named=False) == [
        "1:1-1:1 error encoding the file is UTF-16 or UTF-32, expected UTF-8"
    ]


def test_a_wide_file_that_is_no_seed_is_skipped() -> None:
    assert found("hello".encode("utf-16"), named=False) == []


def test_a_byte_that_is_not_utf8_is_located_in_code_points() -> None:
    assert found(b"---\ntitle: \xc3\xa9\xc3\xa9 \xe9t\xe9\n---\n") == [
        "2:11-2:12 error encoding the byte 0xE9 is not valid UTF-8 here"
    ]


def test_a_byte_that_is_not_utf8_in_the_body_counts() -> None:
    assert found(fenced(SEED).encode() + b"caf\xe9\n") == [
        "12:4-12:5 error encoding the byte 0xE9 is not valid UTF-8 here"
    ]


def test_control_characters_in_the_body_do_not_count() -> None:
    assert found(fenced(SEED, "page one\x0cpage two\n")) == []


@pytest.mark.parametrize(
    ("fence", "other", "span"),
    [
        ("+++", "TOML", "1:1-1:4"),
        (";;;", "JSON", "1:1-1:4"),
        ("+++ ", "TOML", "1:1-1:4"),
        ("+++\r", "TOML", "1:1-1:4"),
        ("---js", "JavaScript", "1:4-1:6"),
        ("--- JavaScript ", "JavaScript", "1:4-1:15"),
        ("---json\r", "JSON", "1:4-1:8"),
        ("---toml", "TOML", "1:4-1:8"),
    ],
)
def test_other_front_matter_is_none_if_settings_say_so(fence: str, other: str, span: str) -> None:
    text, skip = f'{fence}\ntitle = "x"\n{fence[:3]}\n', "skip-other-front-matter = true"
    message = (
        f"{span} error front-matter {other} front matter cannot be read, expected YAML after `---`"
    )
    assert not check(text, skip, named=False).is_seed
    assert check(text, skip, named=False).diagnostics == ()
    assert found(text, named=False) == [message]
    assert found(text, skip, named=True) == [message]
    assert found(text, f"{skip}\nrequire-front-matter = true", named=False) == [message]


def test_only_other_front_matter_is_skipped() -> None:
    skip = "skip-other-front-matter = true"
    assert found("\n---\na: 1\n---\n", skip, named=False) == [
        "2:1-2:4 error front-matter the opening fence must stand at the start of the first line"
    ]
    assert found("---yaml\na: 1\n---\n", skip, named=False) == [
        "1:4-1:8 error front-matter text stands on the opening fence, expected only `---`"
    ]
