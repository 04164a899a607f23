"""The targets: what must hold for any bytes."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import lru_cache, partial
from pathlib import Path
from random import Random
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any
from zlib import crc32

from seedlint.frontmatter import Kind, decode, read_block
from seedlint.limits import Limits
from seedlint.reading import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from seedlint.frontmatter import Block
    from seedlint.profile import Profile

LIMITS = Limits()
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
_SOME_DATA: tuple[Any, ...] = (
    *({}, {"a": [1, "x", None, {"a": 1.5}], "foo": "bar"}, []),
    *("x", 1e300, -(10**20)),
)
_NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)


def splitting(raw: bytes) -> None:
    """A block is what stands where it is said to; a fence is never passed over in silence."""
    text = decode(raw)
    for kind in Kind:
        for required in (False, True):
            try:
                block = read_block(raw, kind, required)
            except Unreadable as error:
                _require_places(error, text)
                continue
            if block is None:
                assert kind is Kind.FRONT_MATTER
                assert not required
                assert not raw.removeprefix(b"\xef\xbb\xbf").startswith((b"---\n", b"---\r"))
            else:
                assert block.raw.decode() == block.text
                assert text[block.start : block.start + len(block.text)] == block.text


def yaml(raw: bytes) -> None:
    """Both paths say the same of a block: what is wrong with it, or its data."""
    from seedlint.load import load
    from seedlint.slow_load import load_slowly
    from tests.loading import KEYS_NOT_TEXT, text_keys

    block = _block(raw)
    if block is None:
        return
    said = []
    for path in (partial(load, block.raw, block.text), partial(load_slowly, block.text)):
        try:
            said.append(repr(text_keys(path(LIMITS)[0])))
        except Unreadable as error:
            _require_places(error, block.text)
            said.append(f"refused by {error.obstacles[0].rule}")
    quickly, slowly = said
    assert KEYS_NOT_TEXT in quickly or quickly == slowly


def places(raw: bytes) -> None:
    """What stands where a scalar is said to stand means the scalar; both trees are the same."""
    from seedlint.events import Unlocatable, locate
    from seedlint.load import load
    from seedlint.ordinary import is_ordinary
    from seedlint.quicktree import quick_tree
    from tests.loading import means, shape

    block = _block(raw)
    if block is None:
        return
    try:
        _, slow = load(block.raw, block.text, LIMITS, is_ordinary(block.text))
        tree = locate(block.text, LIMITS)
    except (Unreadable, Unlocatable):
        return
    for route, node in tree.scalars():
        assert 0 <= node.start <= node.end <= len(block.text)
        assert means(tree, node), route
    quick = quick_tree(block.text, LIMITS) if slow is None else None
    if quick is not None:
        assert quick.root is not None
        assert tree.root is not None
        assert shape(quick.root) == shape(tree.root)


def checking(raw: bytes) -> None:
    """All rules look at a file; no one crashes, and what they say can be kept."""
    from seedlint import resulttext
    from seedlint.check import check_bytes
    from seedlint.ownwords import INTERNAL_ERROR

    result = check_bytes(raw, "a.md", _all_rules(), named=True)
    lines = decode(raw).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for diagnostic in result.diagnostics:
        assert diagnostic.rule != INTERNAL_ERROR, diagnostic.message
        for place in (diagnostic.place, *diagnostic.related):
            span = place.span
            assert (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column)
            assert span.column <= len(lines[span.line - 1]) + 2
            assert span.end_column <= len(lines[span.end_line - 1]) + 2
    try:
        kept = resulttext.read(resulttext.write(result), "a.md")
    except UnicodeEncodeError:
        return
    assert kept is not None
    assert resulttext.write(kept) == resulttext.write(result)


def fixing(raw: bytes) -> None:
    """Fixes change what they say they change, and nothing is left for a second run."""
    from tests.promises import hold

    hold(raw, may_fail=True)


def changes(raw: bytes) -> None:
    """Changes at random places of a block are made as they are said, or not at all."""
    from tests.editing import change_at_random

    block = _block(raw)
    if block is not None:
        change_at_random(block.text, Random(crc32(raw)))


def results(raw: bytes) -> None:
    """A damaged result is none, or one like any other."""
    from seedlint import resulttext

    result = resulttext.read_if_valid(_text(raw), "a.md", False, _NOW)
    if result is not None:
        written = resulttext.write(result)
        again = resulttext.read(written, "a.md")
        assert again is not None
        assert resulttext.write(again) == written


def facts(raw: bytes) -> None:
    """Damaged facts are none, or facts like any other."""
    from seedlint import facttext

    for rule in ("rule", "near-duplicate-entry", "inconsistent-provider-name"):
        facttext.read(_text(raw), rule)
    list(facttext.crashes(_text(raw)))


def rows(raw: bytes) -> None:
    """A damaged row is seen to be one."""
    from seedlint.cachedir import CacheFailure
    from seedlint.indexrows import entry_of

    parts = [None if part == b"\xfd" else part for part in raw.split(b"\xfe", 5)]
    parts += [b""] * (6 - len(parts))
    try:
        entry_of(parts[0] or b"", *parts[1:])
    except CacheFailure as failure:
        assert failure.is_damage


def settings(raw: bytes) -> None:
    """Settings are understood, or refused with the line."""
    from seedlint.config import parse_settings
    from seedlint.config_error import ConfigError

    text = _text(raw)
    try:
        parse_settings(text, Path("/nowhere/seedlint.toml"))
    except ConfigError as error:
        assert "\n" not in str(error)


def schemas(raw: bytes) -> None:
    """A schema, in JSON or YAML, is refused in one line, or can be asked of any data."""
    for suffix in (".json", ".yaml"):
        _schema(raw, suffix)


def _schema(raw: bytes, suffix: str) -> None:
    from seedlint.contract import load_contract
    from seedlint.schemafile import ContractError

    try:
        with NamedTemporaryFile(dir=_MEMORY, suffix=suffix) as file:
            file.write(raw)
            file.flush()
            contract = load_contract(Path(file.name))
    except ContractError as error:
        assert "\n" not in str(error)
        return
    for data in _SOME_DATA:
        valid = contract.is_valid(data)
        assert valid is (next(iter(contract.errors(data)), None) is None)
        contract.match(data)
        contract.scan(data)


def _require_places(error: Unreadable, text: str) -> None:
    assert error.obstacles
    most = len(text) + 1  # loaders end the last line
    for obstacle in error.obstacles:
        assert 0 <= obstacle.start <= obstacle.end <= most, obstacle
        for start, end, _ in obstacle.related:
            assert 0 <= start <= end <= most, obstacle


def _block(raw: bytes) -> Block | None:
    """Bytes as the block of a file, if they can be one."""
    try:
        return read_block(b"---\n" + raw + b"\n---\n", Kind.FRONT_MATTER, required=True)
    except Unreadable:
        return None


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


@lru_cache
def _all_rules() -> Profile:
    from tests.support import profile

    return profile('select = ["all"]\n[rules.amp-cache-url]\nrequire = true')


TARGETS: Mapping[str, Callable[[bytes], Any]] = {
    target.__name__: target
    for target in (
        *(splitting, yaml, places, checking, fixing, changes),
        *(results, facts, rows, settings, schemas),
    )
}
