"""A schema that refers to other files of the project, made one document.

Each file that a reference leads to becomes a definition of the schema it started from, once,
and all references become pointers into that document. So nothing but files of the project is
ever opened, none after the schema was loaded, and validators need not know of any.
"""

from __future__ import annotations

import os
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote as quoted_for_url
from urllib.parse import unquote

from seedlint.diagnostic import json_pointer
from seedlint.references import References, descend, dialect_of, steps, subschemas
from seedlint.schemafile import MOST_BYTES, ContractError, read_schema
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.diagnostic import Route

_MOST_FILES = 200
_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
# Up to draft 7 definitions stand under another keyword.
_OLDER = re.compile(r"http://json-schema\.org/draft-0[467]/")
# What they mean depends on the document they are in.
_BOUND_TO_THEIR_FILE = ("$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor")
# The names that documents and parts of them give themselves; `id` is one in draft 4.
_NAMES = ("$id", "id", "$anchor")


class Whole(NamedTuple):
    """A schema with all it refers to. ``parts`` are the files of its definitions, by name."""

    schema: Any
    path: Path
    keyword: str
    parts: dict[str, Path]

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that was read."""
        return (self.path, *self.parts.values())

    def in_its_file(self, error: ContractError) -> ContractError:
        """An error in this schema, as one in the file that it is in."""
        route = error.route or ()
        if route[:1] == (self.keyword,) and len(route) > 1 and route[1] in self.parts:
            return ContractError(self.parts[str(route[1])], error.message, route[2:])
        return error


def read_whole(path: Path, root: Path) -> Whole:
    """The schema in a file, and in the files it refers to.

    These must be below ``root``, or below the folder of the schema. Raises
    :class:`seedlint.schemafile.ContractError`.
    """
    return _Assembly(path, root).whole()


class _Part:
    """One file on its way into the whole. ``pointer`` leads to it there."""

    def __init__(self, path: Path, schema: Any, pointer: str) -> None:
        self.path = path
        self.schema = schema
        self.pointer = pointer
        self.index = References(schema)

    def reference(self, fragment: str) -> str | None:
        """A reference to a part of this file; ``None`` if there is no such part."""
        if not fragment or fragment.startswith("/"):
            found = descend(self.schema, steps(fragment)) is not None
            return f"#{self.pointer}{fragment}" if found else None
        route = self._anchors.get(unquote(fragment))
        return None if route is None else f"#{self.pointer}{_fragment(route)}"

    @cached_property
    def _anchors(self) -> dict[str, Route]:
        """Where parts are that have a name within the file."""
        found: dict[str, Route] = {}
        for route, node, _ in subschemas(self.schema):
            for name in (node.get("$anchor"), _plain_name(node.get("$id"))):
                if isinstance(name, str):
                    found.setdefault(name, route)
        return found


class _Assembly:
    def __init__(self, path: Path, root: Path) -> None:
        self._homes = (path.parent.resolve(), root.resolve())
        self._left = MOST_BYTES
        schema, size = read_schema(path)
        self._left -= size
        self._main = _Part(path, schema, "")
        self._dialect = dialect_of(schema)
        self._keyword = "definitions" if _OLDER.match(self._dialect) else "$defs"
        self._by_file = {path.resolve(): self._main}
        self._parts: dict[str, _Part] = {}

    def whole(self) -> Whole:
        """Follow all references, and those in what they lead to."""
        waiting = [self._main]
        while waiting:
            known = len(self._parts)
            self._follow(waiting.pop())
            waiting += list(self._parts.values())[known:]
        if self._parts:
            definitions = self._main.schema.setdefault(self._keyword, {})
            for name, part in self._parts.items():
                definitions[name] = _embedded(part)
        paths = {name: part.path for name, part in self._parts.items()}
        return Whole(self._main.schema, self._main.path, self._keyword, paths)

    def _follow(self, part: _Part) -> None:
        for route, node in _each_once(part.schema):
            if part is not self._main:
                _require_movable(part.path, route, node)
            reference = node.get("$ref")
            if isinstance(reference, str):
                node["$ref"] = self._moved(part, (*route, "$ref"), reference)

    def _moved(self, part: _Part, route: Route, reference: str) -> str:
        """The same reference in the whole; as it is if it leads to no other file."""
        base, _, fragment = reference.partition("#")
        is_own = not base or base == _own_name(part.schema)
        target = part if is_own else self._file(part, route, base)
        if target is None or (is_own and part is self._main):
            return reference
        moved = target.reference(fragment)
        if moved is None:
            message = f"$ref {quote(reference)} leads nowhere in {target.path.name}"
            raise ContractError(part.path, message, route)
        return moved

    def _file(self, part: _Part, route: Route, base: str) -> _Part | None:
        """The file a reference leads to; ``None`` if it leads to none."""
        if _HAS_SCHEME.match(base) or part.index.resolve(base) is not None:
            return None
        path = Path(os.path.normpath(part.path.parent / unquote(base)))
        try:
            real = path.resolve()
            is_inside = any(real.is_relative_to(home) for home in self._homes)
            is_file = is_inside and real.is_file()
        except (OSError, ValueError, RuntimeError):
            is_inside, is_file = True, False
        if is_file:
            return self._by_file.get(real) or self._read(path, real)
        if part.index.has_named_parts:
            return None
        if is_inside:
            message = "leads to no file, as seen from this one"
        else:
            message = "leads outside the project, and is not read"
        raise ContractError(part.path, f"$ref {quote(base)} {message}", route)

    def _read(self, path: Path, real: Path) -> _Part:
        if len(self._parts) == _MOST_FILES:
            raise ContractError(self._main.path, f"refers to more than {_MOST_FILES} files")
        schema, size = read_schema(path, self._left)
        self._left -= size
        dialect = dialect_of(schema, self._dialect)
        if dialect != self._dialect:
            message = f"{quote(dialect)} is another dialect than {quote(self._dialect)}, in which "
            raise ContractError(path, f"{message}{self._main.path} is written", ("$schema",))
        name = self._free_name(path)
        part = _Part(path, schema, _fragment((self._keyword, name)))
        self._by_file[real] = self._parts[name] = part
        return part

    def _free_name(self, path: Path) -> str:
        """What the definition of a file is called: by where it is, as seen from the schema."""
        holder = self._main.schema.get(self._keyword, {})
        if not isinstance(holder, dict):
            raise ContractError(self._main.path, "must be an object", (self._keyword,))
        name = os.path.relpath(path, self._main.path.parent).replace(os.sep, "/")
        while name in holder or name in self._parts:
            name += "'"
        return name


def _each_once(schema: Any) -> Iterator[tuple[Route, dict[str, Any]]]:
    """Every subschema; what YAML repeats by an alias is one."""
    seen: set[int] = set()
    for route, node, _ in subschemas(schema):
        if id(node) not in seen:
            seen.add(id(node))
            yield route, node


def _require_movable(path: Path, route: Route, node: dict[str, Any]) -> None:
    """Refuse what would mean something else in another file."""
    found = next((keyword for keyword in _BOUND_TO_THEIR_FILE if keyword in node), None)
    if found is None and route:
        found = next((name for name in _NAMES[:2] if _renames(node.get(name))), None)
    if found is not None:
        message = f"{found} cannot be used in a file that another schema refers to"
        raise ContractError(path, message, (*route, found))


def _renames(name: Any) -> bool:
    return isinstance(name, str) and not name.startswith("#")


def _plain_name(name: Any) -> str | None:
    """Up to draft 7 an anchor is a ``$id`` that begins with a hash sign."""
    return name[1:] if isinstance(name, str) and name.startswith("#") else None


def _own_name(schema: Any) -> str | None:
    name = schema.get("$id") if isinstance(schema, dict) else None
    return name.rstrip("#") if isinstance(name, str) else None


def _embedded(part: _Part) -> Any:
    """A file's schema as a definition: without what only a document says of itself."""
    for _, node in _each_once(part.schema):
        for name in _NAMES:
            if isinstance(node.get(name), str):
                del node[name]
    if isinstance(part.schema, dict):
        part.schema.pop("$schema", None)
    return part.schema


def _fragment(route: Route) -> str:
    """The JSON pointer of a route, as it stands in a reference (RFC 6901, 6)."""
    return quoted_for_url(json_pointer(route), safe="/~!$&'()*+,;=@")
