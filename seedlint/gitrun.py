"""Ask git: by subprocess, without a shell, and so that no answer can be misread.

Names come and go as bytes that end with NUL. What the caller's environment says (hooks set
``GIT_DIR`` and ``GIT_INDEX_FILE``) holds, so git runs in the working directory it speaks of.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from seedlint.trouble import Trouble
from seedlint.wording import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import IO

# A program that a repository's configuration may name, which nothing here needs. (It is set to
# nothing, as older versions of git would run "false".) And a folder among what is checked may look
# like a bare repository, whose configuration names programs: only GIT_DIR makes one count.
_OPTIONS = ("-c", "core.fsmonitor=", "-c", "safe.bareRepository=explicit")
_IS_WINDOWS = os.name == "nt"
_ENVIRONMENT = {
    # Other git commands may be at work; nothing here is worth a lock.
    "GIT_OPTIONAL_LOCKS": "0",
    # Some editors set it for the commands they run, and hooks inherit it.
    "GIT_LITERAL_PATHSPECS": "0",
    "LC_ALL": "C",
}
# Missing objects of a partial clone are not fetched: seedlint has no business on the network.
_NO_FETCH = "GIT_NO_LAZY_FETCH"
_ALTERNATES = "GIT_ALTERNATE_OBJECT_DIRECTORIES"
_CHUNK = 1 << 16


def git(*arguments: str, inside: str = "") -> bytes:
    """What a git command prints, run ``inside`` of another repository if one is given.

    Raises :class:`Trouble` if it fails.
    """
    done = attempt(*arguments, inside=inside)
    if done.returncode != 0:
        raise Trouble(_complaint(done.stderr))
    return done.stdout


def attempt(*arguments: str, inside: str = "") -> subprocess.CompletedProcess[bytes]:
    """What became of a git command. Raises :class:`Trouble` if git cannot be run."""
    environment = _environment()
    for name in _of_one_repository() if inside else ():
        environment.pop(name, None)
    try:
        return subprocess.run(
            (_program(), *_OPTIONS, *arguments),
            cwd=inside or None,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise _not_run(error) from error


def blobs(objects: Iterable[str], limit: int, elsewhere: Sequence[str]) -> Iterator[bytes]:
    """The content of each object, at most one byte more than ``limit`` of it.

    ``elsewhere`` are folders with the objects of other repositories.
    """
    environment = _environment()
    if elsewhere:
        known = environment.get(_ALTERNATES)
        folders = [*([known] if known else []), *map(_listed, elsewhere)]
        environment[_ALTERNATES] = os.pathsep.join(folders)
    try:
        process = subprocess.Popen(
            (_program(), *_OPTIONS, "cat-file", "--batch"),
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise _not_run(error) from error
    with process:
        if process.stdin is None or process.stdout is None:  # never: both are pipes
            return
        for name in objects:
            yield _blob(process.stdin, process.stdout, name, limit)


@cache
def _program() -> str:
    """What to run. Windows looks in the working directory first, where content may have a git.

    Raises FileNotFoundError.
    """
    if not _IS_WINDOWS:
        return "git"
    for folder in filter(os.path.isabs, os.get_exec_path()):
        program = f"{folder}{os.sep}git.exe"
        if os.path.isfile(program):  # noqa: PTH113
            return program
    raise FileNotFoundError


def _blob(questions: IO[bytes], answers: IO[bytes], name: str, limit: int) -> bytes:
    # One at a time: with more, both ends could wait for the other to read.
    with suppress(BrokenPipeError):  # then there is no answer, either
        questions.write(f"{name}\n".encode("ascii"))
        questions.flush()
    _, _, size = answers.readline().rpartition(b" ")
    if not size.strip().isdigit():
        raise Trouble(
            f"git does not have the object {name}; in a partial clone, "
            "`git fetch --refetch --no-filter` brings what is missing"
        )
    length = int(size)
    content = answers.read(min(length, limit + 1))
    rest = length - len(content) + 1  # the answer ends with a line end
    while rest > 0 and (skipped := answers.read(min(rest, _CHUNK))):
        rest -= len(skipped)
    return content


@cache
def _of_one_repository() -> tuple[str, ...]:
    """The variables that speak of the repository of the working directory, and of no other."""
    return tuple(git("rev-parse", "--local-env-vars").decode("ascii").split())


def _listed(folder: str) -> str:
    """A folder in a list of such, where a name that would end in it is quoted."""
    if os.pathsep not in folder and not folder.startswith('"'):
        return folder
    text = folder.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'


def _environment() -> dict[str, str]:
    return {_NO_FETCH: "1", **os.environ, **_ENVIRONMENT}


def _not_run(error: OSError) -> Trouble:
    if isinstance(error, FileNotFoundError):
        return Trouble("git is needed to tell what changed, and it is not installed")
    return Trouble(f"git cannot be run: {error.strerror or error}")


def _complaint(stderr: bytes) -> str:
    """Why git failed, in its words, which name the remedy where there is one."""
    text = " ".join(stderr.decode("utf-8", "replace").split())
    return f"git: {shorten(text.removeprefix('fatal: '), 500)}" if text else "git failed"
