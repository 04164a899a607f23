"""``seedlint init``: from a repository to settings under which the next check runs."""

from __future__ import annotations

import os
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from seedlint import initfiles
from seedlint.contract import schema_folder
from seedlint.home import PLACEHOLDER, UNKNOWN, home
from seedlint.inferschema import plain_dates, schema_of, schema_text
from seedlint.initfiles import GITLAB, HOOKS, SAMPLE, SCHEMA, SETTINGS, WORKFLOW
from seedlint.inittold import told
from seedlint.pathkind import suggestion
from seedlint.paths import shown
from seedlint.profile import Profiles
from seedlint.run import read_file
from seedlint.settings import Settings
from seedlint.survey import survey
from seedlint.trouble import Trouble, trouble_from_settings
from seedlint.visible import visible
from seedlint.wording import counted, names, quote
from seedlint.writing import create_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from seedlint.survey import Survey

_LARGEST = 1 << 20


class Wishes(NamedTuple):
    """What the person wants: to overwrite, to accept all offers, to see and not to write."""

    force: bool
    yes: bool
    dry_run: bool


class _File(NamedTuple):
    """A file to be written; one that is only ``offered`` never takes the place of another."""

    name: str
    text: str
    offered: bool = False


def init_command(folder: str, force: bool, yes: bool, dry_run: bool) -> None:
    """Look around in a folder, and write what seedlint needs there."""
    top = Path(folder).resolve()
    if not top.is_dir():
        if os.path.lexists(top):
            raise Trouble(f"{quote(folder)} is no folder")
        raise Trouble(f"no such folder: {quote(folder)}{suggestion(folder, Path.cwd())}")
    with trouble_from_settings():
        settings = Settings(path=None, root=top)
        found = survey(_slashed(top), Profiles(settings, datetime.now(timezone.utc)).of("a.md"))
    init = _Init(top, found, Wishes(force, yes, dry_run), _asker())
    try:
        init.run()
    finally:
        init.tell()


class _Init:
    """One run in the folder ``top``; ``ask`` is ``None`` where there is nobody to be asked.

    What there is to say is kept until somebody is asked or all is done: whoever stops reading
    does not stop the writing.
    """

    def __init__(
        self, top: Path, found: Survey, wishes: Wishes, ask: Callable[[str], bool] | None
    ) -> None:
        self._top = top
        self._survey = found
        self._wishes = wishes
        self._ask = ask
        self._home = home()
        self._unsaid: list[str] = []
        self._to_fill_in: list[str] = []

    def run(self) -> None:
        """Tell what was found, write, tell what to do next."""
        found = self._survey
        schema = _schema(found) if initfiles.has_own_shape(found) else None
        for line in told(found, schema):
            self._say(line)
        # Settings come last: they must not name what is not there, whenever this is ended.
        files = []
        if self._needs_sample():
            files.append(_File(SAMPLE, _sample()))
            found = self._survey = found._replace(content=(SAMPLE,), read=1, seeds=1)
        if schema is not None:
            files.append(_File(SCHEMA, schema_text(schema)))
        files.append(_File(SETTINGS, self._settings(schema)))
        self._require_room(files)
        self._say("")
        for file in files:
            self._put(file)
        if found.content:
            self._offer()
        self._say("")
        where = shown(self._top)
        if self._to_fill_in:
            self._say(
                f"to fill in, in {names(self._to_fill_in, 'and')}: the address you clone seedlint "
                f"from, in the place of {PLACEHOLDER}"
            )
        self._say(f"next{'' if where == '.' else f', in {where}'}: {_next_steps(found)}")

    def tell(self) -> None:
        """Say what is unsaid."""
        lines, self._unsaid = self._unsaid, []
        for line in lines:
            click.echo("\n".join(map(visible, line.split("\n"))))

    def _needs_sample(self) -> bool:
        """Whether a seed is wanted for the next check to have one: there is nothing like it."""
        found, path = self._survey, self._top / SAMPLE
        if found.content or found.broken or found.foreign or found.is_cut:
            return False
        folder = path.parent
        return not os.path.lexists(path) and (folder.is_dir() or not os.path.lexists(folder))

    def _settings(self, schema: Mapping[str, Any] | None) -> str:
        includes = initfiles.includes_of(self._survey)
        excludes = initfiles.excludes_of(self._survey, includes, _slashed(self._top))
        dates = plain_dates(self._survey.inference.root, schema) if schema is not None else ()
        return initfiles.settings_text(self._survey, includes, excludes, dates)

    def _require_room(self, files: Sequence[_File]) -> None:
        """Have a person agree, or stop, where something is in the way."""
        taken = [file.name for file in files if self._is_taken(file)]
        taken += self._other_settings()
        if not taken or self._wishes.force or self._wishes.dry_run:
            return
        what = f"{names(taken, 'and')} {'exists' if len(taken) == 1 else 'exist'} already"
        if self._ask is None:
            raise Trouble(f"{what}; --force writes anew, --dry-run shows what it would be")
        if not self._asked(f"{what}. Write anew?"):
            raise Trouble("nothing was written")

    def _is_taken(self, file: _File) -> bool:
        """Whether something else than what is to be written is there."""
        path = self._top / file.name
        return os.path.lexists(path) and _content(path) != file.text.encode()

    def _other_settings(self) -> list[str]:
        """The table in pyproject.toml, if there is one: it would no longer count."""
        if b"[tool.seedlint" in _content(self._top / "pyproject.toml"):
            return ["[tool.seedlint] in pyproject.toml"]
        return []

    def _offer(self) -> None:
        """The hook and the CI file, which live where the repository does."""
        if not _is_root_of_repository(self._top):
            self._say("")
            self._say("for pre-commit and CI, run `seedlint init` at the top of the repository")
            return
        home = self._home
        hooks = _File(HOOKS, initfiles.hook(home, whole=True), True)
        self._put(hooks, initfiles.hook(home, whole=False))
        if os.path.lexists(self._top / GITLAB):
            self._put(_File(GITLAB, initfiles.gitlab_job(home), True))
        else:
            self._put(_File(WORKFLOW, initfiles.workflow(home), True))

    def _put(self, file: _File, addition: str | None = None) -> None:
        """Write a file; ``addition`` is what to add by hand to one that is there."""
        path = self._top / file.name
        is_named = file.offered and b"seedlint" in _content(path)
        if UNKNOWN.encode() in (_content(path) if is_named else file.text.encode()):
            self._to_fill_in.append(file.name)
        if file.offered and os.path.lexists(path):
            if is_named:
                self._say(f"{file.name} names seedlint already")
            else:
                self._show(f"to add to {file.name}:", addition or file.text)
        elif _content(path) == file.text.encode():
            self._say(f"{file.name} is as it would be written")
        elif self._wishes.dry_run:
            self._show(f"would write {file.name}:", file.text)
        elif not file.offered or self._wants(file.name):
            _write(self._top, path, file.text)
            self._say(f"wrote {file.name}")
        else:
            self._show(f"not written (--yes does): {file.name}", file.text)

    def _wants(self, name: str) -> bool:
        if self._wishes.yes:
            return True
        return self._asked(f"Write {name}?")

    def _asked(self, question: str) -> bool:
        """Whether somebody agrees, who has been told what there is to know."""
        if self._ask is None:
            return False
        self.tell()
        return self._ask(question)

    def _show(self, heading: str, text: str) -> None:
        self._say(f"\n{heading}\n")
        for line in text.splitlines():
            self._say(f"    {line}".rstrip())

    def _say(self, text: str) -> None:
        self._unsaid.append(text)


def _schema(found: Survey) -> dict[str, Any]:
    total = len(found.content)
    of = f"{found.read} of {total} files" if found.read < total else counted(total, "file")
    return schema_of(
        found.inference.root,
        f"Inferred by `seedlint init` from {of}: a start, to be edited. Keys that are not "
        'listed are allowed; "additionalProperties": false reports them.',
    )


def _sample() -> str:
    return (schema_folder() / "seed.example.md").read_text(encoding="utf-8")


def _next_steps(found: Survey) -> str:
    if found.foreign and not found.content:
        return (
            "convert front matter to YAML, as `hugo convert toYAML` does with TOML, and run "
            "`seedlint init --force`: so far there is nothing to check"
        )
    if not found.content:
        return "put seeds here or into a folder below, then run `seedlint check`"
    if list(found.content) == [SAMPLE]:
        return f"run `seedlint check`; {SAMPLE} shows what a seed is: put yours beside it"
    if not initfiles.has_own_shape(found):
        return "run `seedlint check`"
    return f"run `seedlint check`; look through {SCHEMA}, what it requires and the roles it guesses"


def _asker() -> Callable[[str], bool] | None:
    """How to ask at the terminal, if there is one to ask and be answered at."""
    if sys.stdin is None or not sys.stdin.isatty() or not sys.stdout.isatty():
        return None

    def ask(question: str) -> bool:
        click.echo(f"{visible(question)} [y/N] ", nl=False)
        return sys.stdin.readline().strip().lower() in ("y", "yes")

    return ask


def _write(top: Path, path: Path, text: str) -> None:
    """Write a file, and the folder it is in, but not through links out of the top one."""
    name = path.relative_to(top)
    if not Path(os.path.realpath(path.parent)).is_relative_to(os.path.realpath(top)):
        raise Trouble(f"{name} cannot be written: a link leads elsewhere")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        create_file(path, text.encode())
    except OSError as error:
        reason = error.strerror or str(error)
        raise Trouble(f"{name}: {reason}") from error


def _content(path: Path) -> bytes:
    """What is in a file, if that can be read; a pipe, say, would keep us waiting."""
    try:
        return read_file(str(path), _LARGEST) if path.is_file() else b""
    except OSError:
        return b""


def _is_root_of_repository(top: Path) -> bool:
    """Whether pre-commit and CI would run here: not below the top of a repository."""
    inside = any((folder / ".git").exists() for folder in top.parents)
    return not inside or (top / ".git").exists()


def _slashed(path: Path) -> str:
    return path.as_posix().rstrip("/")
