"""Schema files: JSON or YAML, read within bounds, and refused with their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from seedlint.diagnostic import json_pointer
from seedlint.errors import SeedlintError
from seedlint.frontmatter import YAML_SUFFIXES, Kind, decode, read_block
from seedlint.jsonfile import BadJson, read_json, require_usable
from seedlint.reading import Unreadable
from seedlint.wording import escape

if TYPE_CHECKING:
    from pathlib import Path

    from seedlint.diagnostic import Route

MOST_BYTES = 524_288
"""What a schema may have, with all its files. One of this size takes a few tenths of a second."""


class ContractError(SeedlintError):
    """A schema cannot be used. ``str`` of it names the file and the place."""

    def __init__(self, path: Path, message: str, route: Route | None = None) -> None:
        # Validators repeat what they were given.
        message = escape(message)
        where = f"{path}" if route is None else f"{path}#{escape(json_pointer(route))}"
        super().__init__(f"{where}: {message}")
        self.path, self.message, self.route = path, message, route


def read_schema(path: Path, most_bytes: int = MOST_BYTES) -> tuple[Any, int]:
    """The schema in a file, and how many bytes it has. Raises :class:`ContractError`.

    As with content, the suffix says what is YAML: what JSON has no way to say is refused.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(most_bytes + 1)
    except OSError as error:
        raise ContractError(path, f"cannot be read: {error.strerror or error}") from error
    if len(raw) > most_bytes:
        raise ContractError(path, f"has more than {MOST_BYTES} bytes")
    try:
        is_yaml = path.name.lower().endswith(YAML_SUFFIXES)
        schema = _read_yaml(raw) if is_yaml else read_json(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ContractError(path, "is not UTF-8 text") from error
    except BadJson as error:
        raise ContractError(path, str(error), error.route) from error
    if not isinstance(schema, (dict, bool)):
        raise ContractError(path, "a schema must be an object, true or false")
    return schema, len(raw)


def _read_yaml(raw: bytes) -> Any:
    """The data of a YAML file that could be JSON. Raises :class:`BadJson`."""
    from seedlint.limits import DEEPEST, Limits
    from seedlint.load import load
    from seedlint.ordinary import is_ordinary

    # Two bytes a node: only the size bounds what is in the file.
    limits = Limits(size=MOST_BYTES, depth=DEEPEST, nodes=MOST_BYTES, keys=MOST_BYTES)
    try:
        block = read_block(raw, Kind.YAML, required=True)
        assert block is not None  # it is required
        data, _ = load(block.raw, block.text, limits, is_ordinary(block.text))
    except Unreadable as error:
        raise BadJson(_told(error, raw)) from error
    require_usable(data)
    return data


def _told(error: Unreadable, raw: bytes) -> str:
    from seedlint.ownwords import LIMITS
    from seedlint.source import Source

    obstacle = error.obstacles[0]
    span = Source("", decode(raw)).place(obstacle.start, obstacle.end).span
    what = obstacle.message if obstacle.rule == LIMITS else f"not valid YAML: {obstacle.message}"
    return f"{what}, at line {span.line}, column {span.column}"
