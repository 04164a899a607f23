"""What changed in a git repository, and in its submodules, since a revision or in its index."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from seedlint.gitadvice import if_elsewhere, if_shallow
from seedlint.gitfiles import Entry, Repository
from seedlint.gitrun import attempt
from seedlint.trouble import Trouble
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_BARE = (
    "this folder, or one above it, holds `HEAD`, `objects` and `refs`, as a bare repository does; "
    "run in a clone of it, or, if they are part of what is checked, take them out"
)


class Submodule(NamedTuple):
    """A submodule by its full path, and the commits it was at and is at; empty for none."""

    parent: Repository
    path: str
    before: str
    after: str


class Change(NamedTuple):
    """What changed; ``renames`` tells whether renames were looked for.

    ``kept`` are files that are to be taken as they are in the index, by full path, with their
    object: those that differ from it. ``untracked`` are the files git does not know; they are
    part of the change unless it is what is ``staged``. ``submodules`` are still to be looked
    into, ``objects`` the folders with the objects of those that were.
    """

    renames: bool
    staged: bool
    entries: tuple[Entry, ...]
    untracked: frozenset[str]
    kept: tuple[tuple[str, str], ...] = ()
    submodules: tuple[Submodule, ...] = ()
    objects: tuple[str, ...] = ()


def since(revision: str, *, renames: bool) -> Change:
    """What the working tree has changed since it left a revision. Raises :class:`Trouble`.

    Where it is not asked for, a file that was renamed is one that went and one that came.
    """
    repository = _repository("--since")
    base = _merge_base(_commit(revision), revision)
    return _written(repository, base, renames)


def staged(*, renames: bool) -> Change:
    """What the index has changed since the last commit. Raises :class:`Trouble`."""
    repository = _repository("--staged")
    done = attempt("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    # Before the first commit, that is all there is.
    base = done.stdout.decode("ascii").strip() or repository.tree("")
    entries, moved = repository.difference(renames, "diff-index", "--cached", base)
    unstaged = repository.difference(False, "diff-files").entries
    kept = tuple((each.old, each.blob) for each in unstaged if each.blob)
    untracked = frozenset(repository.untracked())
    submodules = _submodules(repository, moved, repository.submodules())
    return Change(renames, True, entries, untracked, kept, submodules)


def with_submodules(change: Change, files: Collection[str]) -> Change:
    """A change with what changed in the submodules that have any of these files."""
    waiting = list(change.submodules)
    while waiting:
        submodule = waiting.pop()
        if not any(file.startswith(f"{submodule.path}/") for file in files):
            continue
        repository = submodule.parent.submodule(submodule.path)
        before = repository.tree(submodule.before)
        if change.staged:
            part = _committed(repository, before, submodule.after, change.renames)
        else:
            part = _written(repository, before, change.renames)
        waiting += part.submodules
        change = change._replace(
            entries=change.entries + part.entries,
            untracked=change.untracked | part.untracked,
            kept=change.kept + part.kept,
            objects=(*change.objects, repository.objects()),
        )
    return change


def _written(repository: Repository, base: str, renames: bool) -> Change:
    """What differs from a tree in the working tree."""
    untracked = frozenset(repository.untracked())
    entries, moved = repository.difference(renames, "diff-index", base)
    came = (Entry("", path, "") for path in sorted(untracked))
    # One that did not move is where it was, whatever the index says.
    known = dict.fromkeys(repository.submodules(), "HEAD")
    submodules = _submodules(repository, moved, known)
    return Change(renames, False, (*entries, *came), untracked, (), submodules)


def _committed(repository: Repository, before: str, after: str, renames: bool) -> Change:
    """What differs in a submodule from one commit to another.

    What is only in its index, or only written, is no part of either.
    """
    after = repository.tree(after)
    entries, moved = repository.difference(renames, "diff-tree", "-r", before, after)
    uncommitted = repository.difference(False, "diff-index", after).entries
    came = (each.new for each in uncommitted if not each.old)
    kept = tuple((each.old, each.blob) for each in uncommitted if each.blob)
    untracked = frozenset((*repository.untracked(), *came))
    submodules = _submodules(repository, moved, repository.submodules(after))
    return Change(renames, True, entries, untracked, kept, submodules)


def _submodules(
    parent: Repository, moved: Mapping[str, str], known: Mapping[str, str]
) -> tuple[Submodule, ...]:
    return tuple(
        Submodule(parent, path, moved.get(path, commit), commit) for path, commit in known.items()
    )


def _repository(option: str) -> Repository:
    try:
        return Repository(Repository("").root())
    except Trouble as trouble:
        if "cannot use bare repository" in trouble.message:
            raise Trouble(f"{option} needs a working tree: {_BARE}") from trouble
        if "not a git repository" not in trouble.message:
            raise
        raise Trouble(f"{option} needs a git repository, and this folder is in none") from trouble


def _commit(revision: str) -> str:
    if not revision or revision.startswith("-"):
        raise Trouble(f"--since needs a branch, a tag or a commit, not {quote(revision)}")
    done = attempt("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if done.returncode != 0:
        raise Trouble(f"git knows no revision {quote(revision)}{if_elsewhere(revision)}")
    return done.stdout.decode("ascii").strip()


def _merge_base(commit: str, revision: str) -> str:
    """Where the history of HEAD parted from that of a commit."""
    done = attempt("merge-base", commit, "HEAD")
    if done.returncode != 0 or not done.stdout:
        what = f"{quote(revision)} and HEAD have no commit in common"
        raise Trouble(f"{what}{if_shallow()}")
    return done.stdout.decode("ascii").split()[0]
