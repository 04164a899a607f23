"""The contract: a JSON Schema, compiled to a validator and a role matcher.

jsonschema-rs gives both the verdict and the errors, so the two cannot differ; it is kept
offline, so that no reference is ever fetched. What is wrong with a schema itself is
explained by the jsonschema package, imported only then.
"""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from seedlint.keyorder import KeyOrders
from seedlint.keywords import FORMATS, misspelled
from seedlint.references import (
    ANNOTATIONS_SCHEMA,
    DIALECT,
    DIALECTS,
    REFERENCES,
    References,
    descend,
    dialect_of,
    subschemas,
)
from seedlint.roles import RENAMED_TO, ROLE, Matches, Plan, compile_plan, keys_of, match
from seedlint.schemafile import ContractError
from seedlint.tables import Tables, scan
from seedlint.wording import did_you_mean, names, quote, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from seedlint.diagnostic import Route
    from seedlint.effort import Effort

_SEED_SCHEMA = "seed.schema.json"
# Visits every value, whatever the contract looks at: keys that are not text are an error
# then. JSON has none, and jsonschema-rs raises ValueError when it meets one.
_VISITOR = {
    "$id": "https://seedlint.invalid/visitor",
    "additionalProperties": {"$ref": "#"},
    "items": {"$ref": "#"},
}
# What jsonschema-rs says of a reference that leads out of a schema.
_ABSENT = "is not present in a registry"
# Look-around, and the ways to refer to a group: by number, by name, and Python's.
_BACKTRACKING = r"\(\?<?[=!]|\\(?:[1-9]|k<)|\(\?P="


def schema_folder() -> Path:
    """Where the schemas are: in the package when installed, beside it in a checkout."""
    inside = Path(__file__).parent / "schemas"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "schemas"


class Contract:
    """A usable schema. ``files`` is what it was read from, if it is not our own."""

    def __init__(
        self, schema: dict[str, Any] | bool, is_tame: bool = False, files: Sequence[Path] = ()
    ) -> None:
        self.files = files
        self.schema = schema
        self._is_tame = is_tame or self.effort.is_tame
        # A $schema that names our annotations is the standard dialect to a validator.
        plain = schema
        if isinstance(schema, dict) and dialect_of(schema) == DIALECT:
            plain = {**schema, "$schema": DIALECT}
        kind = jsonschema_rs.validator_cls_for(plain)
        self._validator = kind(
            plain,
            validate_formats=True,
            ignore_unknown_formats=False,
            offline=True,
            pattern_options=jsonschema_rs.RegexOptions(),
        )
        self._visitor = jsonschema_rs.Draft202012Validator(_VISITOR, offline=True)
        self._index = References(schema)
        self.key_orders = KeyOrders(schema, self._index.resolve)

    def is_valid(self, data: Any, keys_are_text: bool = False) -> bool:
        """Whether data keeps the contract.

        Raises ValueError for data JSON has no way to say: keys that are not text, unless
        these are known to be.
        """
        return (keys_are_text or self._visitor.is_valid(data)) and self._validator.is_valid(data)

    def require_few_steps(self, data: Any, steps: int) -> None:
        """Raise :class:`seedlint.errors.TooMuchEffort` if `is_valid` may take more steps."""
        if not self._is_tame:
            self.effort.require_few_steps(data, steps)

    @cached_property
    def effort(self) -> Effort:
        """How much work the schema makes. Raises :class:`seedlint.effort.TooManyWays`."""
        from seedlint.effort import Effort

        return Effort(self.schema)

    def errors(self, data: Any) -> Iterator[jsonschema_rs.ValidationError]:
        """Every way in which data breaks the contract."""
        return self._validator.iter_errors(data)

    def match(self, data: Any) -> Matches:
        """The entities in data by role."""
        return match(self._plan, data)

    def scan(self, data: Any) -> Tables:
        """The values in data by role, without routes: many times faster."""
        return scan(self._plan, data)

    def keys(self, route: Route, role: str) -> list[str]:
        """The keys by which a mapping at a route may have a role, deprecated ones left out."""
        return keys_of(self._plan, route, role)

    def subschema(self, path: list[str | int]) -> Any:
        """The part of the schema at a path of keywords; ``None`` if there is none."""
        return descend(self.schema, path)

    @cached_property
    def _plan(self) -> Plan:
        return compile_plan(self.schema, self._index.resolve)


def load_contract(path: Path | None, root: Path | None = None) -> Contract:
    """The contract in a file; ``None`` is the seed contract seedlint comes with.

    It may refer to other files below its own folder, or below ``root``. Raises
    :class:`seedlint.schemafile.ContractError`.
    """
    if path is None:
        seed = schema_folder() / _SEED_SCHEMA
        return Contract(json.loads(seed.read_bytes()), is_tame=True)
    from seedlint.schemaparts import read_whole

    whole = read_whole(path, root or path.parent)
    try:
        return _usable(whole.path, whole.schema, whole.files)
    except ContractError as error:
        raise whole.in_its_file(error) from error.__cause__


def _usable(path: Path, schema: dict[str, Any] | bool, files: Sequence[Path]) -> Contract:
    from seedlint.effort import TooManyWays

    try:
        _check_annotations(path, schema)
        return Contract(schema, files=files)
    except TooManyWays as error:
        raise ContractError(path, str(error), error.route) from error
    except jsonschema_rs.ValidationError as error:
        raise _explained(path, schema, error) from error
    except (jsonschema_rs.ReferencingError, ValueError) as error:
        raise ContractError(path, str(error).partition("\n")[0]) from error


def roles() -> dict[str, str]:
    """The roles an ``x-role`` may name, each with what it means."""
    annotations = json.loads((schema_folder() / ANNOTATIONS_SCHEMA).read_bytes())
    return {role["const"]: role["description"] for role in annotations["$defs"]["role"]["oneOf"]}


def _check_annotations(path: Path, schema: Any) -> None:
    """Refuse unknown roles and references that lead nowhere, naming the place."""
    known = roles()
    index = References(schema)
    dialect = dialect_of(schema)
    if dialect not in DIALECTS:
        raise ContractError(
            path,
            f"unknown dialect {quote(schema['$schema'])}, expected {quote(DIALECT)} or an older "
            "draft",
            ("$schema",),
        )
    for route, node, followed in subschemas(schema):
        _check_spelling(path, node, route, known)
        if ROLE in node:
            _check_role(path, node[ROLE], (*route, ROLE), known, followed)
        if RENAMED_TO in node:
            new = node[RENAMED_TO]
            if not (isinstance(new, str) and new) or node.get("deprecated") is not True:
                raise ContractError(
                    path,
                    f"{RENAMED_TO} must name a key, beside `deprecated: true`",
                    (*route, RENAMED_TO),
                )
            if _comes_round(schema, route):
                raise ContractError(
                    path,
                    f"{RENAMED_TO} {quote(new)} leads back to this key, expected one that stays",
                    (*route, RENAMED_TO),
                )
        for keyword in REFERENCES:
            reference = node.get(keyword)
            if isinstance(reference, str) and not index.leads_somewhere(reference):
                raise ContractError(path, _dead_end(keyword, reference), (*route, keyword))


def _comes_round(schema: Any, route: Route) -> bool:
    """Whether the new name of a property is, in the end, the old one again."""
    if route[-2:-1] != ("properties",):
        return False
    beside = descend(schema, list(route[:-1]))
    name: Any = route[-1]
    seen: set[str] = set()
    while isinstance(name, str) and name not in seen and isinstance(part := beside.get(name), dict):
        seen.add(name)
        name = part.get(RENAMED_TO)
    return name == route[-1] and name in seen


def _check_role(
    path: Path, role: Any, route: Route, known: Mapping[str, str], followed: bool
) -> None:
    if not isinstance(role, str) or role not in known:
        meant = did_you_mean(role, known) if isinstance(role, str) else ""
        raise ContractError(
            path,
            f"unknown role {quote(role)}; the roles are {names(sorted(known), 'and')}{meant}",
            route,
        )
    if not followed:
        raise ContractError(
            path, "a role has no effect here; roles are found below properties and items", route
        )


def _check_spelling(
    path: Path, node: Mapping[str, Any], route: Route, known: Iterable[str]
) -> None:
    """Refuse what is a keyword or one of our annotations by its value, and nearly by its name."""
    for key, keyword in misspelled(node):
        raise ContractError(
            path, f"unknown keyword {quote(key)}{suggestion(keyword)}", (*route, key)
        )
    for key, value in node.items():
        if key in (ROLE, RENAMED_TO) or not key.startswith("x-") or not isinstance(value, str):
            continue
        is_role = value in known
        if is_role or node.get("deprecated") is True:
            meant = did_you_mean(key, [ROLE if is_role else RENAMED_TO])
            if meant:
                raise ContractError(path, f"unknown annotation {quote(key)}{meant}", (*route, key))


def _dead_end(keyword: str, reference: str) -> str:
    if "://" in reference or not reference.startswith("#"):
        return (
            f"{keyword} {quote(reference)} leads outside this schema, and nothing is ever "
            "fetched; copy what it means under $defs, or into a file beside it"
        )
    return f"{keyword} {quote(reference)} leads nowhere in this schema"


def _explained(path: Path, schema: Any, error: jsonschema_rs.ValidationError) -> ContractError:
    """The most telling reason a schema is refused."""
    route = tuple(error.instance_path)
    message = error.message
    if _ABSENT in message:
        reference = message.split("'")[1]
        return ContractError(path, _dead_end("a reference to", reference), route)
    if message.startswith("Unknown format"):
        meant = did_you_mean(str(error.instance), FORMATS)
        message = f"nobody can check the format {quote(error.instance)}{meant}"
        return ContractError(path, message, route)
    if message.endswith('is not a "regex"'):
        return ContractError(path, _bad_pattern(str(error.instance)), route)
    # jsonschema-rs stops at the outermost "not valid under any of"; best_match digs deeper.
    from jsonschema.exceptions import best_match
    from jsonschema.validators import validator_for
    from jsonschema_specifications import REGISTRY

    kind = validator_for(schema)
    best = best_match(kind(kind.META_SCHEMA, registry=REGISTRY).iter_errors(schema))
    if best is not None:
        route, message = tuple(best.absolute_path), best.message
        listed = next((part for part in (best, *best.context) if part.validator == "enum"), None)
        if listed is not None:
            route = tuple(listed.absolute_path)
            message = _not_listed(listed.instance, list(listed.validator_value))
    return ContractError(path, message, route)


def _bad_pattern(pattern: str) -> str:
    import re

    if re.search(_BACKTRACKING, pattern):
        reason = "looks around or refers to a group, which cannot be matched in linear time"
    else:
        reason = "is not a valid regular expression, or one too large"
    return f"the pattern {quote(pattern)} {reason}"


def _not_listed(value: Any, known: list[str]) -> str:
    meant = did_you_mean(value, known) if isinstance(value, str) else ""
    return f"{quote(value)} is not one of {names(known)}{meant}"
