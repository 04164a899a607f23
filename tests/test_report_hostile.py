"""Whatever is in a file name or a message, it stays data in every format."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

import pytest

from seedlint.diagnostic import Applicability, Diagnostic, Edit, LocatedFix, Place, Severity, Span
from seedlint.report import formats
from seedlint.report._checkout import as_text
from seedlint.visible import visible
from tests.payloads import PAYLOADS, SHOWN
from tests.report_support import commands_in, found, rendered, sarif_errors, table_rows


def hostile(text: str) -> Diagnostic:
    """A diagnostic with the text wherever content can come in."""
    span = Span(3, 8, 3, 12)
    place = Place(text, span, text, text)
    fix = LocatedFix(text, Applicability.SAFE, (Edit(0, 1, text, span),))
    return Diagnostic(
        "schema-required",
        Severity.ERROR,
        Place(text, span, text),
        "/" + text.replace("~", "~0").replace("/", "~1"),
        text,
        notes=(text,),
        related=(place,),
        fix=fix,
    )


def of_json(output: str) -> Iterator[tuple[str, str]]:
    for each in json.loads(output)["diagnostics"]:
        yield each["file"], each["message"]


def of_json_lines(output: str) -> Iterator[tuple[str, str]]:
    for line in output.splitlines():
        yield json.loads(line)["file"], json.loads(line)["message"]


def of_sarif(output: str) -> Iterator[tuple[str, str]]:
    assert sarif_errors(output) == []
    for result in json.loads(output)["runs"][0]["results"]:
        (location,) = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9%/._~-]*", uri)
        name = unquote_to_bytes(uri).decode("utf-8", "surrogateescape")
        yield name, result["message"]["text"].split("\n")[0]


def of_gitlab(output: str) -> Iterator[tuple[str, str]]:
    for entry in json.loads(output):
        yield entry["location"]["path"], entry["description"]


def of_checkstyle(output: str) -> Iterator[tuple[str, str]]:
    for file in ElementTree.fromstring(output):
        for error in file:
            yield file.attrib["name"], error.attrib["message"]


def of_junit(output: str) -> Iterator[tuple[str, str]]:
    for test in ElementTree.fromstring(output).iter("testcase"):
        (failure,) = test
        title = (failure.text or "").split("\n")[0]
        assert title == f"error[schema-required]: {failure.attrib['message']}"
        yield test.attrib["file"], failure.attrib["message"]


def of_github(output: str) -> Iterator[tuple[str, str]]:
    start, *annotations, end = commands_in(output)
    assert (start.name, end.name) == ("group", "endgroup")
    for command in annotations:
        assert command.name == "error"
        assert {**command.properties, "file": ""} == {
            "file": "",
            "line": "3",
            "endLine": "3",
            "col": "8",
            "endColumn": "12",
            "title": "seedlint: schema-required",
        }
        yield command.properties["file"], command.data.split("\n")[0]


def of_concise(output: str) -> Iterator[tuple[str, str]]:
    for line in output.splitlines():
        file, message = line.split(":3:8: error schema-required ")
        yield file.removeprefix("./"), message


def of_grouped(output: str) -> Iterator[tuple[str, str]]:
    for group in output.removesuffix("\n\n").split("\n\n"):
        file, *lines = group.splitlines()
        for line in lines:
            yield file.removeprefix("./"), line.removeprefix("  3:8  error  schema-required  ")


def of_full(output: str) -> Iterator[tuple[str, str]]:
    for block in output.removesuffix("\n\n").split("\n\n"):
        title, place, *_ = block.splitlines()
        file = place.removeprefix(" --> ").removesuffix(":3:8")
        yield file, title.removeprefix("error[schema-required]: ")


def of_markdown(output: str) -> Iterator[tuple[str, str]]:
    for _, place, _, problem in table_rows(output):
        yield place.removesuffix(":3:8"), problem.split("<br>related: ")[0]


READERS: dict[str, Callable[[str], Iterator[tuple[str, str]]]] = {
    "checkstyle": of_checkstyle,
    "concise": of_concise,
    "full": of_full,
    "github": of_github,
    "gitlab": of_gitlab,
    "grouped": of_grouped,
    "json": of_json,
    "json-lines": of_json_lines,
    "junit": of_junit,
    "markdown": of_markdown,
    "sarif": of_sarif,
}


def os_name(name: str) -> str:
    """A name as its bytes give it back."""
    try:
        raw = name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raw = name.encode("utf-8", "surrogatepass")
    return raw.decode("utf-8", "surrogateescape")


def as_json(text: str) -> str:
    """Text as JSON has it, where two surrogates are a character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def linkless(message: str) -> str:
    """A message in which SARIF sees no link."""
    shown = visible(message)
    return re.sub(r"([\[\]\\])", r"\\\1", shown) if "](" in shown else shown


# What readers get back: data as it is, or as people see it.
EXACT: dict[str, tuple[Callable[[str], str], Callable[[str], str]]] = {
    "json": (as_json, as_json),
    "json-lines": (as_json, as_json),
    "sarif": (os_name, linkless),
    "gitlab": (as_text, visible),
}

# Printable to Python and to Unicode, but seen by nobody.
INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
COLOR = re.compile(r"\x1b\[[0-9;]+m")


def unseen(output: str) -> list[str]:
    """What may reach neither a terminal nor a log."""
    text = output.replace("\n", "").replace(" ", "")
    bad = [each for each in text if unicodedata.category(each)[0] in "CZ"]
    return bad + INVISIBLE.findall(text)


def most_marks(output: str) -> int:
    """How many marks stand upon one letter at most."""
    marks = "".join("m" if unicodedata.category(each)[0] == "M" else " " for each in output)
    return max(map(len, marks.split()), default=0)


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == set(formats())


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("name", READERS)
def test_hostile_text_comes_back_as_data(name: str, payload: str) -> None:
    calm = found("a.md", "calm")
    output = rendered(name, hostile(payload), calm)
    of_file, of_message = EXACT.get(name, (visible, visible))
    assert list(READERS[name](output)) == [
        (of_file(payload), of_message(payload)),
        ("a.md", "calm"),
    ]


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("name", READERS)
def test_hostile_text_is_obeyed_by_nobody(name: str, payload: str) -> None:
    output = rendered(name, hostile(payload), found("a.md", "calm"))
    calm = rendered(name, hostile("harmless"), found("a.md", "calm"))
    assert unseen(output) == []
    assert most_marks(output) <= 4
    assert len(output.splitlines()) == output.count("\n") == calm.count("\n")
    assert [each.name for each in commands_in(output)] == [each.name for each in commands_in(calm)]
    output.encode()


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("name", READERS)
def test_colour_is_all_that_colour_adds(name: str, payload: str) -> None:
    assert COLOR.sub("", rendered(name, hostile(payload), color=True)) == rendered(
        name, hostile(payload)
    )


@pytest.mark.parametrize("kind", PAYLOADS)
def test_what_people_see(kind: str) -> None:
    assert visible(PAYLOADS[kind]) == SHOWN[kind]
    assert unseen(SHOWN[kind]) == []
