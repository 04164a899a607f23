"""The registry: what it may hold, what is wrong with it, how it grows."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedlint.config_error import ConfigError
from seedlint.registry import Provider, Registry, _plain_providers, parse_registry, read_registry
from seedlint.registrywrite import add_providers, extended
from seedlint.tomlplace import toml_loads

PATH = Path("providers.toml")
POST = Provider("Harbour Post", "harbourpost.co.uk", ("The Harbour Post", "HP"))
STAR = Provider("The Star", "star.example")
USUAL = """\
# Ours first.

[[provider]]  # since 2019
name = "Harbour Post"
domain = "harbourpost.co.uk"  # not .com
other-names = ["The Harbour Post", "HP"]

[[provider]]
name = "The Star"
domain = "star.example"
# the end
"""


def error(text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        parse_registry(dedent(text).removeprefix("\n"), PATH)
    return str(caught.value)


def test_the_usual_form() -> None:
    assert parse_registry(USUAL, PATH) == [POST, STAR]
    assert _plain_providers(USUAL) == [POST, STAR]


@pytest.mark.parametrize(
    "text",
    [
        'provider = [{name = "The Star", domain = "star.example"}]\n',
        "[[provider]]\nname = 'The Star'\ndomain = 'star.example'\n",
        '[[provider]]\nother-names = []\ndomain = "star.example"\nname = "The Star"',
        '[[provider]]\r\nname = "The Star"\r\ndomain = "star.example"\r\n',
        '[[provider]]\nname="The \\u0053tar"\ndomain="star.example"\n',
        '[[provider]]\nname = """The Star"""\ndomain = "star.example"\n',
        '[[provider]]\n\tname = "The Star"\n\tdomain = "star.example"\n',
    ],
)
def test_other_forms_of_the_same(text: str) -> None:
    assert _plain_providers(text) is None
    assert parse_registry(text, PATH) == [STAR]


@pytest.mark.parametrize("text", ["", "# nobody yet\n", "\n\n"])
def test_a_registry_may_be_empty(text: str) -> None:
    assert parse_registry(text, PATH) == []


_LINES = st.sampled_from(
    [
        "",
        "# a comment",
        "# a\tcomment",
        "[[provider]]",
        "[[provider]] # a comment",
        "[provider]",
        'name = "A"',
        'name = "A" # b',
        'name = "A" b',
        'name = "A \\"b\\""',
        'name = ""',
        'name = " "',
        'name = "B\x7f"',
        'name = "Ü"',
        'domain = "a.example"',
        'domain = "b.example"  ',
        'domain = "www.a.example"',
        'domain = "A.example"',
        'domain = "a"',
        'domain = "www.com"',
        'domain = "ü.example"',
        'other-names = ["C"]',
        'other-names = ["C", "D, E"]',
        'other-names = ["C" "D"]',
        'other-names = ["C",]',
        'other-names = [" "]',
        "other-names = []",
        'name = "A" \r',
    ]
)


@given(
    st.lists(_LINES, max_size=9)
    | st.lists(
        st.tuples(
            st.just("[[provider]]"),
            _LINES.filter(lambda line: line.startswith("name")),
            _LINES.filter(lambda line: line.startswith("domain")),
            _LINES,
        ),
        max_size=3,
    ).map(lambda tables: [line for table in tables for line in table])
)
def test_the_quick_reader_agrees_with_the_parser(lines: list[str]) -> None:
    text = "\n".join((*lines, ""))
    plain = _plain_providers(text)
    if plain is not None:
        tables = toml_loads()(text).get("provider", [])
        assert plain == [
            Provider(table["name"], table["domain"], tuple(table.get("other-names", ())))
            for table in tables
        ]
        # The tab leads past the quick reader to the checks, which must agree as well.
        assert parse_registry(f"\t\n{text}", PATH) == plain


def test_mistakes() -> None:
    assert error("providers = []\n") == (
        'providers.toml:1: unknown key "providers"; did you mean "provider"?'
    )
    assert error("[provider]\nname = 'A'\n") == (
        'providers.toml:1: "provider" must be [[provider]] tables, not a table'
    )
    assert error("provider = [1]\n") == (
        'providers.toml:1: each item of "provider" must be a table, not the number 1'
    )
    assert error("[[provider]]\n\n[[provider]\n").startswith("providers.toml:3: not valid TOML: ")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("domain = 'b.example'", '4: a provider needs a "name"'),
        ("name = 'B'", '4: a provider needs a "domain"'),
        ("name = ' '", '5: "provider.name" must not be empty'),
        ("name = 7", '5: "provider.name" must be a string, not the number 7'),
        ("\nalias = 'B'", '6: unknown key "alias"; expected "name", "domain" or "other-names"'),
        ("domain = 'b'", '5: "b" is no domain, expected one such as example.com'),
        ("domain = 'www.B.org'", '5: the domain "www.B.org" is not bare, write "b.org"'),
        (
            "other-names = 'B'",
            '5: "provider.other-names" must be a list of strings, not the string "B"',
        ),
        (
            "other-names = [\n'B',\n7]",
            '7: each item of "provider.other-names" must be a string, not the number 7',
        ),
        ("name = 'B'\ndomain = 'a.example'", '6: "a.example" is listed already, as "A"'),
    ],
)
def test_mistakes_in_the_second_provider(lines: str, message: str) -> None:
    first = "[[provider]]\nname = 'A'\ndomain = 'a.example'\n"
    assert error(f"{first}[[provider]]\n{lines}\n") == f"providers.toml:{message}"


def test_lookup() -> None:
    other = Provider("the  star", "star.com.my")
    registry = Registry(PATH, [POST, STAR, other])
    assert list(registry.providers) == [POST, STAR, other]
    assert registry.at("harbourpost.co.uk") == POST
    assert registry.at("www.harbourpost.co.uk") is None
    assert list(registry.domains_of("THE STAR")) == ["star.example", "star.com.my"]
    assert list(registry.domains_of("the harbour post")) == ["harbourpost.co.uk"]
    assert list(registry.domains_of("Tram News")) == []


def test_internationalised_domains_are_known_in_ascii() -> None:
    text = "[[provider]]\nname = 'Bücher'\ndomain = 'bücher.example'\n"
    assert parse_registry(text, PATH) == [Provider("Bücher", "xn--bcher-kva.example")]


def test_reading_a_file(tmp_path: Path) -> None:
    path = tmp_path / "providers.toml"
    path.write_bytes(b"\xef\xbb\xbf" + USUAL.encode())
    registry = read_registry(path)
    assert registry.path == path
    assert list(registry.providers) == [POST, STAR]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "providers.toml: cannot be read: No such file or directory"),
        (b"# a\n# \xff\n", "providers.toml:2: not UTF-8: byte 0xFF, where TOML must be UTF-8"),
    ],
)
def test_files_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "providers.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        read_registry(path)
    assert str(caught.value) == message


# Writing.


def test_providers_are_added_at_the_end_and_nothing_else_changes() -> None:
    text = USUAL.removesuffix("\n")
    assert extended(text, [Provider("Tram News", "tram.example", ("Trams",))], PATH) == (
        f"{text}\n"
        "\n"
        "[[provider]]\n"
        'name = "Tram News"\n'
        'domain = "tram.example"\n'
        'other-names = ["Trams"]\n'
    )


def test_line_ends_are_those_of_the_file() -> None:
    text = USUAL.replace("\n", "\r\n")
    result = extended(text, [Provider("Tram News", "tram.example")], PATH)
    assert result.startswith(text)
    assert result.removeprefix(text) == (
        '\r\n[[provider]]\r\nname = "Tram News"\r\ndomain = "tram.example"\r\n'
    )


def test_an_empty_registry_begins_with_the_provider() -> None:
    assert extended("", [STAR], PATH) == (
        '[[provider]]\nname = "The Star"\ndomain = "star.example"\n'
    )


def test_a_list_in_brackets_cannot_be_extended() -> None:
    text = "provider = [{name = 'A', domain = 'a.example'}]\n"
    with pytest.raises(ConfigError) as caught:
        extended(text, [STAR], PATH)
    assert str(caught.value) == (
        "providers.toml: providers cannot be added, write those it has as [[provider]] tables"
    )


@given(
    st.lists(
        st.builds(
            Provider,
            st.text(min_size=1).filter(str.strip),
            st.integers(0, 99).map("a{}.example".format),
            st.lists(st.text(min_size=1).filter(str.strip), max_size=3).map(tuple),
        ),
        unique_by=lambda provider: provider.domain,
        max_size=4,
    )
)
def test_any_name_can_be_written(providers: list[Provider]) -> None:
    text = extended("# mine\n", providers, PATH)
    assert text.startswith("# mine\n")
    assert parse_registry(text, PATH) == providers
    assert text.replace("\n", "").isprintable()


def test_a_new_file(tmp_path: Path) -> None:
    path = tmp_path / "providers.toml"
    add_providers(path, [])
    assert not path.exists()
    add_providers(path, [STAR])
    assert path.read_text() == dedent("""\
        # What each provider is called: seedlint takes these names for right. Edit them as you like;
        # `seedlint providers --write` adds providers that are missing, and changes nothing else.

        [[provider]]
        name = "The Star"
        domain = "star.example"
    """)
    assert [each.name for each in tmp_path.iterdir()] == ["providers.toml"]


def test_a_file_keeps_its_mark_its_mode_and_its_link(tmp_path: Path) -> None:
    real = tmp_path / "real.toml"
    real.write_bytes(b"\xef\xbb\xbf# mine\n")
    real.chmod(0o640)
    path = tmp_path / "providers.toml"
    path.symlink_to(real)
    add_providers(path, [STAR])
    assert path.is_symlink()
    assert real.read_bytes().startswith(b"\xef\xbb\xbf# mine\n\n[[provider]]\n")
    assert real.stat().st_mode & 0o777 == 0o640
    assert list(read_registry(path).providers) == [STAR]


def test_a_file_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "nowhere" / "providers.toml"
    with pytest.raises(ConfigError) as caught:
        add_providers(path, [STAR])
    assert str(caught.value) == (
        "nowhere/providers.toml: it could not be written (No such file or directory); its folder "
        "must be there"
    )


def test_a_read_only_registry_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "providers.toml"
    path.write_text("# mine\n")
    path.chmod(0o444)
    with pytest.raises(ConfigError) as caught:
        add_providers(path, [STAR])
    assert str(caught.value) == (
        "providers.toml: the file is read-only; make it writable and run again"
    )
    assert path.read_text() == "# mine\n"


def test_a_write_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "providers.toml"
    path.write_text("# mine\n")

    def fail(self: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ConfigError, match=r"it could not be written \(Permission denied\)"):
        add_providers(path, [STAR])
    assert path.read_text() == "# mine\n"
    assert [each.name for each in tmp_path.iterdir()] == ["providers.toml"]
