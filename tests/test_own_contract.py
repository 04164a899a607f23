"""Files that name their own contract: only one that the settings list, and what follows of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from seedlint.cli import cli

PAGE = """\
x-role: entry
type: object
required: [heading]
additionalProperties: false
properties:
  heading: {type: string, x-role: title}
  link: {type: string, x-role: url}
  more: {type: array, x-role: related, items: {$ref: "#/$defs/item"}}
$defs:
  item: {x-role: entry, type: object, properties: {heading: {x-role: title}, link: {x-role: url}}}
"""
POST = "type: object\nadditionalProperties: false\nproperties: {name: {x-role: title}}\n"
UNKNOWN = "error schema-additional-properties unknown key"
SETTINGS = """\
include = ["content"]
schema = "schemas/post.yaml"
in-file-schemas = ["schemas/page.yaml", "schemas/post.yaml"]
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    put("seedlint.toml", SETTINGS, tmp_path)
    put("schemas/page.yaml", PAGE, tmp_path)
    put("schemas/post.yaml", POST, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(name: str, text: str, folder: Path = Path()) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def found(*arguments: str, stdin: str = "") -> list[str]:
    """What a check reports, a line a finding."""
    result = CliRunner().invoke(cli, ["check", "-q", "-o", "concise", *arguments], input=stdin)
    assert result.exit_code in (0, 1), result.stderr
    return result.stdout.splitlines()


@pytest.mark.parametrize(
    "named",
    [
        "../../schemas/page.yaml",
        "./../../schemas/../schemas/page.yaml",
        "schemas/page.yaml",
        "/schemas/page.yaml",
        '"../../schemas/page.yaml"',
        "../../link.yaml",
    ],
)
def test_a_file_has_the_contract_it_names(named: str) -> None:
    Path("link.yaml").symlink_to("schemas/page.yaml")
    put("content/a/one.md", f"---\n$schema: {named}\nheading: Ice\nname: Ice\n---\n")
    assert found() == [f'content/a/one.md:4:1: {UNKNOWN} "name"']


def test_the_path_is_seen_from_the_file_wherever_the_check_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put("content/a/one.md", "---\n$schema: ../../schemas/page.yaml\nname: Ice\nheading: 1\n---\n")
    monkeypatch.chdir("content/a")
    assert found("one.md") == [
        f'one.md:3:1: {UNKNOWN} "name"',
        "one.md:4:10: error schema-type expected text, found 1",
    ]


def test_other_files_have_the_usual_one() -> None:
    put("content/one.md", "---\nname: Ice\nheading: Ice\n---\n")
    assert found() == [f'content/one.md:3:1: {UNKNOWN} "heading"']


EXPECTED = 'is no schema that files may name, expected "schemas/page.yaml" or "schemas/post.yaml"'

MEANT = '; did you mean "schemas/page.yaml"?'


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        (
            "$schema: /schemas/pages.yml",
            10,
            f'"/schemas/pages.yml" {EXPECTED}{MEANT}',
        ),
        ("$schema: ../schemas/none.yaml", 10, None),
        (
            "$schema: https://example.com/x",
            10,
            f'"https://example.com/x" {EXPECTED}',
        ),
        ("$schema: /etc/passwd", 10, f'"/etc/passwd" {EXPECTED}'),
        ('$schema: "a\\0b"', 10, f'"a\\u{{0}}b" {EXPECTED}'),
        ("$schema: 3", 10, f"3 {EXPECTED}"),
        ("$schema: [schemas/page.yaml]", 11, f'["schemas/page.yaml"] {EXPECTED}'),
        ("$schema:", 9, f"null {EXPECTED}"),
        ('"$schema"  :  x  # page', 15, f'"x" {EXPECTED}'),
        ("? $schema\n: x", 3, f'"x" {EXPECTED}'),
    ],
)
def test_any_other_is_refused_at_its_place(line: str, column: int, message: str | None) -> None:
    put("content/one.md", f"---\nname: Ice\n{line}\n---\n")
    (told,) = found()
    row = 4 if line.startswith("?") else 3
    assert told.startswith(f"content/one.md:{row}:{column}: error front-matter ")
    if message is not None:
        assert told.endswith(f" front-matter {message}")


def test_its_place_is_right_after_a_byte_order_mark_and_with_any_line_ends() -> None:
    put("content/one.md", "\ufeff---\r\nname: Ünï\r\n$schema: é\r\n---\r\n")
    assert found() == [f'content/one.md:3:10: error front-matter "é" {EXPECTED}']


def test_of_one_schema_alone_nothing_else_can_be_meant() -> None:
    put("seedlint.toml", 'include = ["content"]\nin-file-schemas = ["schemas/page.yaml"]\n')
    put("content/one.md", "---\n$schema: schemas/pages.yaml\n---\n")
    assert found() == [
        'content/one.md:2:10: error front-matter "schemas/pages.yaml" is no schema that files may '
        'name, expected "schemas/page.yaml"'
    ]


@pytest.mark.parametrize(
    ("block", "rules"),
    [("", []), ("# no\n", []), ("- $schema\n", ["schema-type"]), ("$schema\n", ["schema-type"])],
)
def test_what_is_no_mapping_names_none(block: str, rules: list[str]) -> None:
    put("content/one.md", f"---\n{block}---\n")
    assert [line.split()[2] for line in found()] == rules


def test_only_the_key_of_the_root_names_a_contract() -> None:
    put(
        "content/one.md",
        "---\n$schema: /schemas/page.yaml\nheading: Ice\n"
        "more:\n  - $schema: x\n    heading: Sea\n---\n",
    )
    assert found() == []


def test_the_rules_follow_its_roles_and_overrides_still_hold() -> None:
    put("seedlint.toml", f'{SETTINGS}[[overrides]]\nfiles = ["b.md"]\nignore = ["self-related"]\n')
    text = (
        "---\n$schema: /schemas/page.yaml\nheading: Ice\nlink: https://example.com/ice\n"
        "more:\n- {heading: Ice, link: https://example.com/ice}\n---\n"
    )
    put("content/a.md", text)
    put("content/b.md", text.replace("/ice", "/sea").replace("Ice", "Sea"))
    told = found("--ignore", "near-duplicate,duplicate")
    assert [line.split()[0:3:2] for line in told] == [["content/a.md:6:24:", "self-related"]]


def test_standard_input_may_name_one_too() -> None:
    text = "---\n$schema: ../schemas/page.yaml\nname: Ice\nheading: Sea\n---\n"
    assert found("-", "--stdin-filename", "content/new.md", stdin=text) == [
        f'content/new.md:3:1: {UNKNOWN} "name"'
    ]


def test_the_command_line_has_the_last_word() -> None:
    put("content/one.md", "---\n$schema: /schemas/page.yaml\nname: Ice\n---\n")
    assert found("--schema", "schemas/post.yaml") == [f'content/one.md:2:1: {UNKNOWN} "$schema"']


def test_without_the_setting_it_is_a_key_like_any_other() -> None:
    put("seedlint.toml", 'include = ["content"]\nschema = "schemas/post.yaml"\n')
    put("content/one.md", "---\n$schema: /schemas/page.yaml\nname: Ice\n---\n")
    assert found() == [f'content/one.md:2:1: {UNKNOWN} "$schema"']


def test_the_cache_notices_a_change_of_the_schema_and_of_the_name() -> None:
    path = put("content/one.md", "---\n$schema: /schemas/page.yaml\nheading: Ice\n---\n")
    assert found() == []
    put("schemas/page.yaml", PAGE.replace("[heading]", "[heading, link]"))
    assert found() == ['content/one.md:2:1: error schema-required missing key "link"']
    path.write_text("---\n$schema: /schemas/post.yaml\nheading: Ice\n---\n", encoding="utf-8")
    assert found() == [f'content/one.md:3:1: {UNKNOWN} "heading"']


def test_fixes_are_of_the_contract_that_is_named() -> None:
    path = put(
        "content/one.md",
        "---\nlink: https://example.com/\n$schema: /schemas/page.yaml # ours\n"
        "heading:  'Ice '\n---\n",
    )
    assert found("--fix", "--extend-select", "key-order") == []
    assert path.read_text(encoding="utf-8") == (
        "---\nheading:  'Ice'\nlink: https://example.com/\n"
        "$schema: /schemas/page.yaml # ours\n---\n"
    )
    assert found("--diff", "--extend-select", "key-order") == []


def test_a_schema_that_is_not_there_is_told_with_its_line() -> None:
    put("seedlint.toml", 'include = ["content"]\nin-file-schemas = ["schemas/none.yaml"]\n')
    result = CliRunner().invoke(cli, ["check"])
    assert (result.exit_code, result.stderr) == (
        2,
        "seedlint: seedlint.toml:2: the schema schemas/none.yaml does not exist\n",
    )


def test_a_schema_that_cannot_be_used_is_told_before_any_file() -> None:
    put("schemas/page.yaml", "type: objekt\n")
    put("content/one.md", "---\nname: Ice\n---\n")
    result = CliRunner().invoke(cli, ["check"])
    assert result.exit_code == 2
    assert result.stderr.startswith(f'seedlint: {Path.cwd()}/schemas/page.yaml#/type: "objekt" is ')
