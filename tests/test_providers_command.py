"""What ``seedlint providers`` prints, and what ``--write`` does."""

from __future__ import annotations

import io
import json
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from seedlint.config_error import ConfigError
from seedlint.providerlist import Output, list_providers, write_registry
from seedlint.registry import Provider, Registry, read_registry

FACTS: list[tuple[str, Any]] = [
    ("seeds/a.txt", ["harbourpost.co.uk Harbour Post", "star.example The Star"]),
    ("seeds/b.txt", ["harbourpost.co.uk The Harbour Post", "tram.example tram"]),
    ("seeds/c.txt", ["harbourpost.co.uk The Harbour Post", "gull.example Gull"]),
    ("seeds/d.txt", ["harbourpost.co.uk The Harbour Post", "gull.example The Gull"]),
    ("seeds/e.txt", ["harbourpost.co.uk The Harbour Post"]),
]
REGISTRY = Registry(
    Path("providers.toml"),
    [
        Provider("Harbour Post", "harbourpost.co.uk", ("The Harbour Post",)),
        Provider("tram", "tram.example"),
    ],
)


def output(as_json: bool = False, width: int = 100, color: bool = False) -> Output:
    return Output(io.StringIO(), as_json, color, width, lambda file: f"../{file}")


def listing(
    facts: list[tuple[str, Any]], registry: Registry | None = None, width: int = 100
) -> str:
    out = output(width=width)
    list_providers(facts, registry, out)
    return text(out)


def text(out: Output) -> str:
    assert isinstance(out.stream, io.StringIO)
    return out.stream.getvalue()


def written(facts: list[tuple[str, Any]], path: Path, is_set: bool = True) -> str:
    out = output()
    write_registry(facts, path, is_set, out)
    return text(out)


def test_a_file_with_a_name_in_two_spellings_counts_once_for_it() -> None:
    facts: list[tuple[str, Any]] = [
        ("a", ["a.example The  Gull", "a.example The Gull"]),
        ("b", ["a.example Gull", "a.example a"]),
    ]
    assert listing(facts).splitlines()[-1] == (
        "1 provider, 1 with several names of which none prevails"
    )
    facts.append(("c", ["a.example The Gull"]))
    assert listing(facts).splitlines()[-1] == "1 provider"


def test_a_registry_without_providers_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "providers.toml"
    assert written([], path, is_set=False).endswith(
        "providers.toml: not written, as there is no provider to add\n"
    )
    assert not path.exists()


def test_names_that_look_the_same_are_told_apart() -> None:
    facts: list[tuple[str, Any]] = [
        ("a", ["a.example H\u00e4fen"]),
        ("b", ["a.example Gull"]),
        ("c", ["a.example Ha\u0308fen"]),
    ]
    assert (
        listing(facts)
        == dedent(r"""
        domain     name            files  status    where
        a.example  "Gull"              1            ../b
                   "Ha\u{308}fen"      1            ../c
                   "H\u{E4}fen"        1  prevails  ../a
        1 provider
    """).lstrip()
    )


def test_the_list() -> None:
    assert listing(FACTS, width=80) == dedent("""\
        domain             name                files  status       where
        gull.example       "Gull"                  1               ../seeds/c.txt
                           "The Gull"              1               ../seeds/d.txt
        harbourpost.co.uk  "The Harbour Post"      4  prevails     ../seeds/b.txt and 3 more
                           "Harbour Post"          1               ../seeds/a.txt
        star.example       "The Star"              1               ../seeds/a.txt
        tram.example       "tram"                  1  placeholder  ../seeds/b.txt
        4 providers, 1 with several names of which none prevails
    """)


def test_the_list_with_a_registry() -> None:
    assert listing(FACTS[:2], REGISTRY) == dedent("""\
        domain             name                files  status      where
        harbourpost.co.uk  "Harbour Post"          1  registered  ../seeds/a.txt
                           "The Harbour Post"      1  other name  ../seeds/b.txt
        star.example       "The Star"              1              ../seeds/a.txt
        tram.example       "tram"                  1  registered  ../seeds/b.txt
        3 providers, 1 not in the registry
    """)


def test_a_column_with_nothing_in_it_is_left_out() -> None:
    assert listing([("a", ["star.example The Star"])]) == dedent("""\
        domain        name        files  where
        star.example  "The Star"      1  ../a
        1 provider
    """)


def test_an_empty_corpus() -> None:
    assert listing([]) == "0 providers\n"


def test_as_many_files_are_shown_as_fit() -> None:
    facts: list[tuple[str, Any]] = [(f"{number}.txt", ["a.example A"]) for number in range(5)]
    assert [listing(facts, None, width).splitlines()[1] for width in (200, 60, 0)] == [
        'a.example  "A"       5  ../0.txt, ../1.txt, ../2.txt and 2 more',
        'a.example  "A"       5  ../0.txt, ../1.txt and 3 more',
        'a.example  "A"       5  ../0.txt and 4 more',
    ]


def test_wide_characters_keep_the_columns() -> None:
    facts: list[tuple[str, Any]] = [("a", ["a.example 港新聞", "b.example Bücher"])]
    assert listing(facts).splitlines()[1:3] == [
        'a.example  "港新聞"      1  ../a',
        'b.example  "Bücher"      1  ../a',
    ]


def test_nothing_acts_on_the_terminal() -> None:
    facts: list[tuple[str, Any]] = [
        ("a\x1b[2J", ["a.example A\u202e\x1b]0;x\x07", "a.example ##[x]"])
    ]
    assert listing(facts) == dedent("""\
        domain     name                        files  where
        a.example  "\\u{23}#[x]"                    1  ../a\\u{1B}[2J
                   "A\\u{202E}\\u{1B}]0;x\\u{7}"      1  ../a\\u{1B}[2J
        1 provider, 1 with several names of which none prevails
    """)
    out = output(as_json=True)
    list_providers([("a", ["a.example A\u202e\x7f"])], None, out)
    assert text(out).isascii()
    assert text(out).replace("\n", "").isprintable()


def test_colour() -> None:
    out = output(color=True)
    list_providers([("a", ["a.example A"])], None, out)
    assert text(out).splitlines() == [
        "\x1b[2mdomain     name  files  where\x1b[0m",
        '\x1b[1ma.example\x1b[0m  "A"       1  \x1b[2m../a\x1b[0m',
        "1 provider",
    ]


def test_the_list_for_programs() -> None:
    out = output(as_json=True)
    list_providers(FACTS[:2], REGISTRY, out)
    harbour, star, _ = json.loads(text(out)).pop("providers")
    assert json.loads(text(out))["version"] == 1
    assert harbour == {
        "domain": "harbourpost.co.uk",
        "name": "Harbour Post",
        "registered": True,
        "names": [
            {
                "name": "Harbour Post",
                "files": 1,
                "status": "registered",
                "where": ["../seeds/a.txt"],
            },
            {
                "name": "The Harbour Post",
                "files": 1,
                "status": "other name",
                "where": ["../seeds/b.txt"],
            },
        ],
    }
    assert star == {
        "domain": "star.example",
        "name": "The Star",
        "registered": False,
        "names": [
            {"name": "The Star", "files": 1, "status": None, "where": ["../seeds/a.txt"]},
        ],
    }


# Writing.


def test_a_registry_is_made_from_the_prevailing_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "providers.toml"
    assert written(FACTS, path, is_set=False) == dedent("""\
        providers.toml: added 2 providers
        left out gull.example: no name prevails: "Gull" in 1 file, "The Gull" in 1 file
        left out tram.example: files only repeat the domain as its name
        to use it, name it in the settings: providers = "providers.toml"
    """)
    assert path.read_text().partition("\n\n")[2] == dedent("""\
        [[provider]]
        name = "The Harbour Post"
        domain = "harbourpost.co.uk"
        other-names = ["Harbour Post"]

        [[provider]]
        name = "The Star"
        domain = "star.example"
    """)


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "providers.toml"
    written(FACTS, path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert written(FACTS, path).startswith(f"{path}: added 0 providers\nleft out gull.example: ")
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_what_people_wrote_stays(tmp_path: Path) -> None:
    path = tmp_path / "providers.toml"
    mine = dedent("""\
        # Zoo first, for reasons.
        [[provider]]
        domain = 'zoo.example'   # ours
        name = 'Zoo'

        [[provider]]
        name = "The Harbour  Post" # two spaces!
        domain = "harbourpost.co.uk"
        [[provider]]
        name = "tram"
        domain = "tram.example"
    """)
    path.write_text(mine)
    assert written(FACTS, path) == dedent(f"""\
        {path}: added 1 provider
        left out gull.example: no name prevails: "Gull" in 1 file, "The Gull" in 1 file
    """)
    assert path.read_text() == (
        f'{mine}\n[[provider]]\nname = "The Star"\ndomain = "star.example"\n'
    )


def test_other_names_are_few_and_tidy(tmp_path: Path) -> None:
    path = tmp_path / "providers.toml"
    names = ["a", " A", "A  B", *(f"A {number}" for number in range(10, 30))]
    facts: list[tuple[str, Any]] = [
        ("1", ["a.example A"]),
        ("2", ["a.example A"]),
        ("3", [f"a.example {name}" for name in names]),
    ]
    written(facts, path)
    (provider,) = read_registry(path).providers
    assert provider == Provider("A", "a.example", tuple(f"A {number}" for number in range(10, 20)))


def test_a_name_that_most_files_have_escaped_is_written_as_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "providers.toml"
    facts: list[tuple[str, Any]] = [
        ("1", ["a.example Fish &amp; Chips"]),
        ("2", ["a.example Fish &amp; Chips"]),
        ("3", ["a.example Fish & Chips", "a.example Fish"]),
    ]
    written(facts, path)
    (provider,) = read_registry(path).providers
    assert provider == Provider("Fish & Chips", "a.example", ("Fish",))


def test_many_undecided_names_are_counted(tmp_path: Path) -> None:
    facts: list[tuple[str, Any]] = [("1", [f"a.example A{number}" for number in range(6)])]
    assert written(facts, tmp_path / "providers.toml").splitlines()[1] == (
        'left out a.example: no name prevails: "A0" in 1 file, "A1" in 1 file, '
        '"A2" in 1 file, "A3" in 1 file and 2 more'
    )


def test_what_was_written_for_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    out = output(as_json=True)
    write_registry(FACTS[1:3], tmp_path / "providers.toml", False, out)
    assert json.loads(text(out)) == {
        "version": 1,
        "file": "providers.toml",
        "added": [
            {"domain": "gull.example", "name": "Gull", "other_names": []},
            {"domain": "harbourpost.co.uk", "name": "The Harbour Post", "other_names": []},
        ],
        "left_out": [
            {
                "domain": "tram.example",
                "name": None,
                "registered": False,
                "names": [
                    {
                        "name": "tram",
                        "files": 1,
                        "status": "placeholder",
                        "where": ["../seeds/b.txt"],
                    }
                ],
            }
        ],
    }


def test_a_broken_registry_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "providers.toml"
    path.write_text("[[provider]]\nname = 'A'\n")
    with pytest.raises(ConfigError) as caught:
        written(FACTS, path)
    assert str(caught.value) == 'providers.toml:1: a provider needs a "domain"'
    assert path.read_text() == "[[provider]]\nname = 'A'\n"
