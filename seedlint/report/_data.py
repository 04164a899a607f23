"""A diagnostic as plain data, in the shape of ``schemas/report.schema.json``, and as JSON.

Pure ASCII: neither a bidi override nor a lone surrogate of an undecodable file name can
do harm, and every encoding of standard output can carry it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from seedlint.visible import CI_COMMAND, visible_as

if TYPE_CHECKING:
    from seedlint.diagnostic import Diagnostic, LocatedFix, Place, Span


def json_text(value: Any, indent: int | None = None) -> str:
    """A value as JSON; on one line, unless indented."""
    # DEL is the one control character that JSON leaves as it is, and a log may be read for
    # commands anywhere in a line. Neither can stand outside of a string.
    text = json.dumps(value, indent=indent).replace("\x7f", "\\u007f")
    return CI_COMMAND.sub(r"\\u0023", text) if "##" in text else text


def readable_json(value: Any) -> str:
    """A value as JSON for people, indented: letters are left as they are."""
    return visible_as(json.dumps(value, indent=2, ensure_ascii=False), _json_escape)


def _json_escape(character: str) -> str:
    # Within strings there is no line end left; the others are ours.
    if character == "\n":
        return character
    raw = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{raw[at : at + 2].hex()}" for at in range(0, len(raw), 2))


def diagnostic_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """Everything there is to say of a diagnostic."""
    place = diagnostic.place
    data = {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "file": place.file,
        **_position(place.span),
        "pointer": diagnostic.pointer,
        "message": diagnostic.message,
        "notes": list(diagnostic.notes),
        "related": [_related(related) for related in diagnostic.related],
        "fix": None if diagnostic.fix is None else _fix(diagnostic.fix),
    }
    if diagnostic.fingerprint:
        data["fingerprint"] = diagnostic.fingerprint
    return data


def _fix(fix: LocatedFix) -> dict[str, Any]:
    return {
        "title": fix.title,
        "applicability": fix.applicability.value,
        "edits": [{**_position(edit.span), "text": edit.text} for edit in fix.edits],
    }


def _related(place: Place) -> dict[str, Any]:
    return {"file": place.file, **_position(place.span), "message": place.message}


def _position(span: Span) -> dict[str, int]:
    return {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
