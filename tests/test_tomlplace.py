"""The lines of keys and items in TOML texts."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.tomlplace import toml_lines, toml_loads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.diagnostic import Route


def lines(text: str) -> dict[Route, int]:
    return dict(toml_lines(dedent(text).removeprefix("\n")))


def routes(data: Any, route: Route = ()) -> Iterator[Route]:
    """Every key and list item there is in parsed data."""
    members = data.items() if isinstance(data, dict) else enumerate(data)
    for step, value in members:
        yield (*route, step)
        if isinstance(value, dict | list):
            yield from routes(value, (*route, step))


def test_plain_keys_and_comments() -> None:
    text = """
        # first
        a = 1  # a = 2

        "b c" = 'x # not a comment'
        'd' = true
        "\\u00e9" = 1979-05-27 07:32:00
    """
    assert lines(text) == {("a",): 2, ("b c",): 4, ("d",): 5, ("é",): 6}


def test_tables_and_dotted_keys() -> None:
    text = """
        limits . size = 1
        limits.depth = 2

        [rules.image-dimensions]
        severity = "error"
        [ rules . "x.y" ]
        z.w = 3
    """
    assert lines(text) == {
        ("limits",): 1,
        ("limits", "size"): 1,
        ("limits", "depth"): 2,
        ("rules",): 4,
        ("rules", "image-dimensions"): 4,
        ("rules", "image-dimensions", "severity"): 5,
        ("rules", "x.y"): 6,
        ("rules", "x.y", "z"): 7,
        ("rules", "x.y", "z", "w"): 7,
    }


def test_arrays_of_tables_with_tables_inside() -> None:
    text = """
        [[overrides]]
        files = ["a"]
        [overrides.rules.x]
        severity = "info"

        [[overrides]]
        [[overrides.deep]]
        [[overrides.deep]]
        k = 1
    """
    assert lines(text) == {
        ("overrides",): 1,
        ("overrides", 0): 1,
        ("overrides", 0, "files"): 2,
        ("overrides", 0, "files", 0): 2,
        ("overrides", 0, "rules"): 3,
        ("overrides", 0, "rules", "x"): 3,
        ("overrides", 0, "rules", "x", "severity"): 4,
        ("overrides", 1): 6,
        ("overrides", 1, "deep"): 7,
        ("overrides", 1, "deep", 0): 7,
        ("overrides", 1, "deep", 1): 8,
        ("overrides", 1, "deep", 1, "k"): 9,
    }


def test_lists_over_several_lines() -> None:
    text = """
        select = [
          "a", "b",  # "c",
          # "d"

          "]",
          [1,
           2],
        ]
        after = 1
    """
    assert lines(text) == {
        ("select",): 1,
        ("select", 0): 2,
        ("select", 1): 2,
        ("select", 2): 5,
        ("select", 3): 6,
        ("select", 3, 0): 6,
        ("select", 3, 1): 7,
        ("after",): 9,
    }


def test_inline_tables() -> None:
    text = """
        rules = { x = { severity = "info" }, y.z = [
          { a = "}" }, {},
          3,
        ] }
        after = 1
    """
    assert lines(text) == {
        ("rules",): 1,
        ("rules", "x"): 1,
        ("rules", "x", "severity"): 1,
        ("rules", "y"): 1,
        ("rules", "y", "z"): 1,
        ("rules", "y", "z", 0): 2,
        ("rules", "y", "z", 0, "a"): 2,
        ("rules", "y", "z", 1): 2,
        ("rules", "y", "z", 2): 3,
        ("after",): 5,
    }


@pytest.mark.parametrize(
    "string",
    [
        '"""\n[x]\ny = 1\n"""',
        "'''\n[x]\ny = '' \"\"\" 1\n'''",
        '"""\nends in quotes\n\n"""""',
        '"""\n\\"""\n\\\\"""',
        "'''\n''\n\n'''''",
        '"""a""b"c\n\n\n"""',
    ],
)
def test_strings_over_several_lines_hide_what_they_hold(string: str) -> None:
    assert lines(f"a = {string}\nb = 1") == {("a",): 1, ("b",): string.count("\n") + 2}


def test_crlf_and_an_empty_text() -> None:
    assert lines("a = 1\r\n\r\nb = [\r\n1]\r\n") == {("a",): 1, ("b",): 3, ("b", 0): 4}
    assert lines("") == {}
    assert lines("# only this") == {}


def test_deep_nesting_needs_no_stack() -> None:
    text = "a = " + "[" * 1_000 + "\n1" + "]" * 1_000
    assert toml_lines(text)[("a", *[0] * 1_000)] == 2


_KEYS = st.sampled_from(["a", "b-c", "1", '"x y"', "'q.r'", '"\\""', '"#"'])
_SCALARS = st.sampled_from(
    ["1", "-1.5e3", "true", '"]}#,"', "'{['", '"""\n#\n"""', "'''\n[a]\n'''", "07:32:00", "inf"]
)
_BREAKS = st.sampled_from(["", "\n", " # x, ]\n", "\r\n  "])


def _lists(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.lists(st.tuples(_BREAKS, values, _BREAKS), max_size=3)
    return items.map(lambda found: f"[{','.join(''.join(item) for item in found)}]")


def _inline(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    members = st.lists(st.tuples(_KEYS, values), max_size=3, unique_by=lambda pair: pair[0])
    return members.map(lambda found: f"{{{', '.join(f'{key} = {v}' for key, v in found)}}}")


_VALUES = st.recursive(_SCALARS, lambda values: _lists(values) | _inline(values), max_leaves=6)
_TABLES = st.lists(
    st.tuples(
        st.sampled_from(["[{}]", "[[{}]]", "[ {} . t ]", "[[t.{}]]"]),
        st.lists(st.tuples(_KEYS, _VALUES), max_size=3, unique_by=lambda pair: pair[0]),
    ),
    max_size=4,
)


@settings(max_examples=100, deadline=None)
@given(_TABLES)
def test_exactly_the_routes_the_parser_finds(tables: list[tuple[str, list[Any]]]) -> None:
    text = ""
    for index, (header, members) in enumerate(tables):
        text += header.format(f"table{index // 2 if '[[' in header else index}") + "\n"
        text += "".join(f"{key} = {value}\n" for key, value in members)
    try:
        data = toml_loads()(text)
    except ValueError:
        return  # the generator defined a table twice
    found = toml_lines(text)
    assert set(found) == set(routes(data))
    order = [found[route] for route in found]
    assert order == sorted(order)
