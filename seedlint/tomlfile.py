"""A settings file and the values in it, each of which knows where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from seedlint.config_error import ConfigError
from seedlint.diagnostic import Severity
from seedlint.tomlplace import line_of_long_key, toml_lines, toml_loads
from seedlint.wording import did_you_mean, names, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from seedlint.diagnostic import Route
    from seedlint.settings import Settings

_LARGEST = 1 << 20
_POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)\Z")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A settings file; ``top`` leads to the settings: ``("tool", "seedlint")`` in pyproject."""

    path: Path
    text: str
    top: tuple[str, ...]
    data: Mapping[str, Any]

    @property
    def settings(self) -> Value | None:
        """The table of settings, if the file has one."""
        data: Any = self.data
        for index, key in enumerate(self.top):
            if not isinstance(data, dict):
                raise Value(self, self.top[:index], data).expected("a table")
            if key not in data:
                return None
            data = data[key]
        return Value(self, self.top, data)

    def error(self, message: str, route: Route = ()) -> ConfigError:
        """A mistake at a route, counted from the top of the file."""
        return ConfigError(self.path, toml_lines(self.text).get(route), message)


def setting_error(settings: Settings, key: str, message: str) -> ConfigError:
    """A mistake in a setting of a file that shows only where it is used."""
    file = read_toml(settings.origins[key,])
    return file.error(message, (*file.top, key))


def read_toml(path: Path) -> TomlFile:
    """Read a settings file from disk."""
    return parse_toml(read_text(path), path)


def read_text(path: Path, largest: int = _LARGEST) -> str:
    """The text of a settings file on disk, if it has no more bytes than the largest may have."""
    try:
        with path.open("rb") as file:
            raw = file.read(largest + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(path, None, f"cannot be read: {reason}") from error
    if len(raw) > largest:
        raise ConfigError(path, None, f"has more than {largest} bytes")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8: byte 0x{raw[error.start]:02X}, where TOML must be UTF-8"
        raise ConfigError(path, line, message) from error


def parse_toml(text: str, path: Path) -> TomlFile:
    """The settings file of this text."""
    top = ("tool", "seedlint") if path.name == "pyproject.toml" else ()
    if line := line_of_long_key(text):
        raise ConfigError(path, line, "the key has too many parts")
    try:
        data = toml_loads()(text)
    except RecursionError as error:
        raise ConfigError(path, None, "not valid TOML: nested too deeply") from error
    except ValueError as error:
        raise _syntax_error(str(error), text, path) from error
    return TomlFile(path, text, top, data)


def _syntax_error(message: str, text: str, path: Path) -> ConfigError:
    found = _POSITION.search(message)
    line = None
    if found is not None:
        end = text.rstrip().count("\n") + 1
        line = int(found[1]) if found[1] else end
        message = message[: found.start()]
    elif "set_int_max_str_digits" in message:  # which is advice for programs
        message = "a number has too many digits"
    return ConfigError(path, line, f"not valid TOML: {message[:1].lower()}{message[1:]}")


class Value:
    """A value in a settings file, to be read as one type or refused."""

    __slots__ = ("data", "file", "route")

    def __init__(self, file: TomlFile, route: Route, data: Any) -> None:
        self.file = file
        self.route = route
        self.data = data

    @property
    def name(self) -> str:
        """The dotted key, as messages quote it."""
        steps = self.route[len(self.file.top) :] or self.route
        return ".".join(step for step in steps if isinstance(step, str))

    @property
    def _called(self) -> str:
        item = "each item of " if self.route and isinstance(self.route[-1], int) else ""
        return f"{item}{quote(self.name)}"

    def error(self, message: str) -> ConfigError:
        """A mistake in this value."""
        return self.file.error(message, self.route)

    def expected(self, what: str) -> ConfigError:
        """The mistake of being something else than ``what``."""
        return self.error(f"{self._called} must be {what}, not {_described(self.data)}")

    def unknown(self, kind: str, wrong: str, known: Iterable[str]) -> ConfigError:
        """The mistake of a name that does not exist."""
        known = list(known)
        hint = did_you_mean(wrong, known)
        if not hint and 0 < len(known) <= 8:
            hint = f"; expected {names([quote(name) for name in known])}"
        return self.error(f"unknown {kind} {quote(wrong)}{hint}")

    def members(self) -> Iterator[tuple[str, Value]]:
        """The keys of a table, with their values."""
        if not isinstance(self.data, dict):
            raise self.expected("a table")
        for key, value in self.data.items():
            yield key, Value(self.file, (*self.route, key), value)

    def items(self, what: str) -> Iterator[Value]:
        """The items of a list."""
        if not isinstance(self.data, list):
            raise self.expected(what)
        for index, item in enumerate(self.data):
            yield Value(self.file, (*self.route, index), item)

    def text(self) -> str:
        """A string that says something."""
        if not isinstance(self.data, str):
            raise self.expected("a string")
        if not self.data.strip():
            raise self.error(f"{self._called} must not be empty")
        return self.data

    def texts(self) -> tuple[str, ...]:
        """A list of such strings."""
        return tuple(item.text() for item in self.items("a list of strings"))

    def flag(self) -> bool:
        """A boolean."""
        if not isinstance(self.data, bool):
            raise self.expected("true or false")
        return self.data

    def integer(self) -> int:
        """A whole number."""
        if not isinstance(self.data, int) or isinstance(self.data, bool):
            raise self.expected("a whole number")
        return self.data

    def number(self) -> float:
        """A number that is neither infinite nor ``nan``."""
        if not isinstance(self.data, int | float) or isinstance(self.data, bool):
            raise self.expected("a number")
        try:
            value = float(self.data)
        except OverflowError:
            value = float("inf")
        if value - value != 0:
            raise self.error(f"{quote(self.name)} must be a finite number")
        return value

    def severity(self) -> Severity:
        """``error``, ``warning`` or ``info``."""
        text = self.data
        if not isinstance(text, str):
            raise self.expected(names([quote(level.value) for level in Severity]))
        try:
            return Severity(text)
        except ValueError:
            raise self.unknown("severity", text, [level.value for level in Severity]) from None

    def path(self) -> Path:
        """A path relative to the folder of the settings file."""
        return self.file.path.absolute().parent / self.text()


def _described(data: Any) -> str:
    if isinstance(data, dict):
        return "a table"
    if isinstance(data, list):
        return "a list"
    if isinstance(data, str):
        return f"the string {quote(data)}"
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, int | float):
        return f"the number {data}"
    return f"the date or time {data}"
