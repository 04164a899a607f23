"""Whatever is in a file name or a message, it stays data in every format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

import pytest

from seedlint.diagnostic import Applicability, Diagnostic, Edit, LocatedFix, Place, Span
from seedlint.report import formats
from seedlint.report._checkout import as_text
from seedlint.report._escape import visible
from tests.report_support import commands_in, found, rendered, sarif_errors, table_rows

PAYLOADS = {
    "encoded line end": "%0A::error::x",
    "line end": "a\n::error file=b::c",
    "carriage return": "a\r::warning::b\r\nc\td",
    "old command": "::set-output name=a::b",
    "stop": "::stop-commands::x",
    "command anywhere": "a ##[error]b ##vso[task.setvariable]c",
    "cdata": "a]]>b<![CDATA[c",
    "entity": '&lt;&#x1b;<!DOCTYPE a SYSTEM "b">&c;',
    "script": "</script><script>alert('a')</script>",
    "terminal": "\x1b[31ma\x1b[2J\x1b]8;;http://b\x07c",
    "8-bit terminal": "\x9b2Ja\x7f",
    "bidi": "\u202ea\u2066b\u2069\u200fc",
    "invisible": "a\u200bb\ufeffc\U000e0041d\u3164e",
    "other line ends": "a\u2028b\u2029c\x85d\x0be\x0cf",
    "quotes": '"a" \'b\' \\"c\\\\',
    "markdown": "a|b `c` **d** _e_ [f](http://g.h) ![i](j) <k> ~~l~~ # m\\|n",
    "mentions": "@a/b #1 !2 ~c %d $e :f: www.g.hi http://j.kl m@n.op <br>",
    "sarif link": "{0} {1} [a](1) [b](http://c)",
    "properties": "a,b=c:d%2C%3A,line=1",
    "bytes that are no UTF-8": "a\udcff\udc80b",
    "lone surrogate": "a\ud800b\udfff",
    "NUL": "a\x00b",
    "not in XML": "a\ufffe\uffff\x01b",
    "letters": "Größe 日本語 🎉 e\u0301",
}


def hostile(text: str) -> Diagnostic:
    """A diagnostic with the text wherever content can come in."""
    place = Place(text, Span(3, 8, 3, 12), text, text)
    edit = Edit(0, 1, "x", Span(3, 8, 3, 12))
    fix = LocatedFix(text, Applicability.SAFE, (edit,))
    return found(text, text, notes=(text,), related=(place,), fix=fix)


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


def linkless(message: str) -> str:
    """A message in which SARIF sees no link."""
    shown = visible(message)
    return re.sub(r"([\[\]\\])", r"\\\1", shown) if "](" in shown else shown


# What readers get back: data as it is, or as people see it.
EXACT: dict[str, tuple[Callable[[str], str], Callable[[str], str]]] = {
    "json": (str, str),
    "json-lines": (str, str),
    "sarif": (os_name, linkless),
    "gitlab": (as_text, visible),
}

FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


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
    assert FORBIDDEN.findall(output) == []
    assert output.count("\n") == calm.count("\n")
    assert [each.name for each in commands_in(output)] == [each.name for each in commands_in(calm)]
    output.encode()
