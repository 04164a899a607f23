"""The file of a baseline: JSON with a line for each file and for each finding known in it.

Every line of the list ends with a comma, and the lines of a file stand together in a fixed
order, so that version control can merge what was added in two places. What comes back may
have been merged or edited by hand: it is believed if it has the right shape, in any layout and
order, else the line that has not is named.
"""

from __future__ import annotations

import json
import re
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from seedlint.config_error import ConfigError
from seedlint.likeness import MARK
from seedlint.wording import did_you_mean, quote, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_VERSION = 1
MOST_BYTES = 1 << 26

_MOST_TIMES = 10**9
_LONGEST_POINTER = 200
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?!\S)", re.MULTILINE)
_LIST = re.compile(r'"known"\s*:')
_ITEM = re.compile(r"/[0-9]+(?=/|\Z)")
_FILE_KEYS = ("file", "digest")
_ROW_KEYS = ("file", "rule", "pointer", "fingerprint", "count")
_in_order = itemgetter(*_ROW_KEYS)
_REMEDY = "mend the line, or delete the file and run `seedlint baseline`"


class Row(NamedTuple):
    """A finding that is known, so many times. Its pointer is for people only."""

    rule: str
    pointer: str
    fingerprint: str
    times: int


class KnownFile(NamedTuple):
    """What is known of a file: its marks (several where versions were merged), its findings."""

    marks: tuple[str, ...]
    rows: Mapping[str, Row]


def row_of(rule: str, pointer: str, fingerprint: str, times: int) -> Row:
    """A row, all items of a list alike in its pointer."""
    return Row(rule, shorten(_ITEM.sub("/*", pointer), _LONGEST_POINTER), fingerprint, times)


def write_text(files: Mapping[str, KnownFile]) -> str:
    """The text of a baseline. Pure ASCII: nothing in it can do harm wherever it is shown."""
    rows = "".join(f"{json.dumps(row)},\n" for row in _rows(files)).replace("\x7f", "\\u007f")
    return f'{{\n"version": {_VERSION},\n"known": [\n{rows}null\n]\n}}\n'


def _rows(files: Mapping[str, KnownFile]) -> Iterator[dict[str, Any]]:
    for file, known in sorted(files.items()):
        for mark in sorted(known.marks):
            yield {"file": file, "digest": mark}
        # By rule first: so the rows of one that is turned off or mended go together.
        for row in sorted(known.rows.values()):
            yield dict(zip(_ROW_KEYS, (file, *row), strict=True))


def read_baseline(path: Path) -> dict[str, KnownFile]:
    """What a baseline holds, by file. Raises ConfigError with the line that is wrong."""
    return parse_baseline(_read(path), path)


def parse_baseline(text: str, path: Path) -> dict[str, KnownFile]:
    """What the text of a baseline holds, by file. Raises ConfigError."""
    rows = _known(text, path)
    marks: dict[str, list[str]] = {}
    found: dict[str, dict[str, Row]] = {}
    for index, data in enumerate(rows):
        row = _row(data)
        if row is not None:
            of_file = found.setdefault(data["file"], {})
            # After a merge of two versions, both may be there.
            other = of_file.get(row.fingerprint)
            if other is None or other.times < row.times:
                of_file[row.fingerprint] = row
            continue
        problem = _problem(data)
        if problem:
            raise ConfigError(path, _line_of(text, index), f"{problem}; {_REMEDY}")
        found.setdefault(data["file"], {})
        marks.setdefault(data["file"], []).append(data["digest"])
    return {file: KnownFile(tuple(marks.get(file, ())), of_file) for file, of_file in found.items()}


def _read(path: Path) -> str:
    try:
        if not path.is_file():
            raise ConfigError(path, None, "the baseline is no file")
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(path, None, f"the baseline cannot be read: {reason}") from error
    if len(raw) > MOST_BYTES:
        raise ConfigError(path, None, f"the baseline has more than {MOST_BYTES >> 20} MiB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ConfigError(path, line, f"the baseline is not UTF-8; {_REMEDY}") from error


def _known(text: str, path: Path) -> list[Any]:
    """The rows in the text of a baseline, unchecked."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _syntax_error(text, path, error) from error
    if not isinstance(data, dict) or set(data) != {"version", "known"}:
        message = f'expected "version" and "known", as `seedlint baseline` writes it; {_REMEDY}'
        raise ConfigError(path, 1, message)
    if data["version"] != _VERSION or type(data["version"]) is not int:
        message = (
            f"the baseline has version {quote(data['version'])}, this seedlint knows {_VERSION}; "
            "use the seedlint that wrote it, or write it anew"
        )
        raise ConfigError(path, _line_at(text, text.index('"version"')), message)
    lists = list(_LIST.finditer(text))
    if len(lists) > 1:
        message = f'a second list "known", after a merge perhaps: make one of both; {_REMEDY}'
        raise ConfigError(path, _line_at(text, lists[1].start()), message)
    rows = data["known"]
    if not isinstance(rows, list):
        line = _line_at(text, text.index('"known"'))
        raise ConfigError(path, line, f'"known" must be a list; {_REMEDY}')
    return rows[:-1] if rows and rows[-1] is None else rows


def _syntax_error(text: str, path: Path, error: Exception) -> ConfigError:
    conflict = _CONFLICT.search(text)
    if conflict is not None:
        line = _line_at(text, conflict.start())
        message = "a merge conflict: keep the lines of both sides, without the marks between them"
        return ConfigError(path, line, f"{message}, and run `seedlint baseline --prune`")
    if isinstance(error, json.JSONDecodeError):
        return ConfigError(
            path, error.lineno, f"not valid JSON: {error.msg.removesuffix(' at')}; {_REMEDY}"
        )
    return ConfigError(path, None, f"not valid JSON: {shorten(str(error))}; {_REMEDY}")


def _row(data: Any) -> Row | None:
    """A finding that is as it should be. Quick: there may be very many."""
    try:
        file, rule, pointer, mark, times = _in_order(data)
    except (TypeError, KeyError):
        return None
    if (
        len(data) == len(_ROW_KEYS)
        and type(times) is int
        and 0 < times <= _MOST_TIMES
        and type(file) is type(rule) is type(pointer) is type(mark) is str
        and file
        and rule
        and _FINGERPRINT.fullmatch(mark)
    ):
        return Row(rule, pointer, mark, times)
    return None


def _problem(row: Any) -> str:
    """What is wrong with a row; empty if nothing is."""
    if not isinstance(row, dict):
        return f"expected an entry in braces, found {quote(row)}"
    keys = _FILE_KEYS if "digest" in row else _ROW_KEYS
    for key in row:
        if key not in keys:
            return f"unknown key {quote(key)}{did_you_mean(key, keys)}"
    for key in keys:
        if key not in row:
            return f"missing key {quote(key)}"
        value = row[key]
        if not _is_right(key, value):
            return f"{quote(key)} is {quote(value)}, expected {_EXPECTED[key]}"
    return ""


def _is_right(key: str, value: Any) -> bool:
    if key == "count":
        return type(value) is int and 0 < value <= _MOST_TIMES
    if type(value) is not str:
        return False
    if key == "fingerprint":
        return _FINGERPRINT.fullmatch(value) is not None
    if key == "digest":
        return MARK.fullmatch(value) is not None
    return key == "pointer" or value != ""


_EXPECTED = {
    "file": "the path of a file",
    "rule": "the name of a rule",
    "pointer": "a pointer",
    "fingerprint": "16 hexadecimal digits",
    "digest": "hexadecimal digits",
    "count": "a number from 1 on",
}


def _line_of(text: str, index: int) -> int:
    """The line of a row in a text that is valid JSON, however it is laid out."""
    decoder = json.JSONDecoder()
    gap = re.compile(r"[\s,]*")
    at = text.index("[", text.index('"known"')) + 1
    for _ in range(index):
        at = decoder.raw_decode(text, _end(gap, text, at))[1]
    return _line_at(text, _end(gap, text, at))


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return at if found is None else found.end()


def _line_at(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
