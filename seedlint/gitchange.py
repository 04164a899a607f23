"""What changed in a git repository, since a revision or in its index."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from seedlint.gitadvice import if_elsewhere, if_shallow
from seedlint.gitrun import attempt, git
from seedlint.run import read_file
from seedlint.trouble import Trouble
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

_RAW = ("--raw", "-z", "--no-abbrev", "--ignore-submodules=all")
_SHA1 = 40
# A larger file than this that was touched counts as changed.
_LARGEST = 1 << 26


class Entry(NamedTuple):
    """A file that changed: its full paths before and after, empty where there was or is none.

    ``blob`` is the object with the content from before, empty where that was no plain file.
    """

    old: str
    new: str
    blob: str


class Change(NamedTuple):
    """What changed.

    ``kept`` are files that are to be taken as they are in the index, by full path, with their
    object: those that differ from it. ``untracked`` are the files git does not know; they are
    part of the change unless it is what is ``staged``.
    """

    entries: tuple[Entry, ...]
    untracked: frozenset[str]
    staged: bool = False
    kept: tuple[tuple[str, str], ...] = ()


def since(revision: str, *, renames: bool) -> Change:
    """What the working tree has changed since it left a revision. Raises :class:`Trouble`.

    Where it is not asked for, a file that was renamed is one that went and one that came.
    """
    top = _top("--since")
    base = _merge_base(_commit(revision), revision)
    untracked = frozenset(_untracked(top))
    entries = (
        *_diff(top, renames, "diff-index", base),
        *(Entry("", path, "") for path in sorted(untracked)),
    )
    return Change(entries, untracked)


def staged(*, renames: bool) -> Change:
    """What the index has changed since the last commit. Raises :class:`Trouble`."""
    top = _top("--staged")
    done = attempt("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    # Before the first commit, that is all there is.
    base = done.stdout if done.returncode == 0 else git("hash-object", "-t", "tree", "--stdin")
    entries = tuple(_diff(top, renames, "diff-index", "--cached", base.decode("ascii").strip()))
    unstaged = tuple((each.old, each.blob) for each in _diff(top, False, "diff-files") if each.blob)
    return Change(entries, frozenset(_untracked(top)), staged=True, kept=unstaged)


def _top(option: str) -> str:
    """The folder of the working tree, with a slash."""
    try:
        line = git("rev-parse", "--show-toplevel")
    except Trouble as trouble:
        if "not a git repository" not in trouble.message:
            raise
        raise Trouble(f"{option} needs a git repository, and this folder is in none") from trouble
    path = os.path.realpath(os.fsdecode(line.removesuffix(b"\n")))
    return path.replace(os.sep, "/").rstrip("/") + "/"


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


def _untracked(top: str) -> Iterator[str]:
    listed = git("ls-files", "--others", "--exclude-standard", "-z", "--full-name", "--", ":/")
    for name in listed.split(b"\0"):
        # A slash ends the name of a repository within this one.
        if name and not name.endswith(b"/"):
            yield top + os.fsdecode(name)


def _diff(top: str, renames: bool, command: str, *options: str) -> Iterator[Entry]:
    """The files that differ between two states, by one of git's plumbing commands."""
    detection = "--find-renames" if renames else "--no-renames"
    fields = iter(git(command, *_RAW, detection, *options, "--").split(b"\0"))
    for facts in fields:
        if not facts:
            return
        old_mode, _, before, after, status = facts.removeprefix(b":").split(b" ")
        old = new = top + os.fsdecode(next(fields))
        if status[:1] in b"RC":
            new = top + os.fsdecode(next(fields))
        # Links and submodules have objects, too, but no content.
        blob = before.decode("ascii") if old_mode.startswith(b"100") and before.strip(b"0") else ""
        if status == b"M" and not after.strip(b"0") and _holds(new, blob):
            continue
        yield Entry("" if status == b"A" else old, "" if status == b"D" else new, blob)


def _holds(path: str, blob: str) -> bool:
    """Whether a file still holds the content of an object.

    Without a refresh of the index, which would lock and write it, git calls a file changed
    that was only touched or copied. What filters have a part in is as good as changed then.
    """
    import hashlib

    try:
        content = read_file(path, _LARGEST)
    except OSError:
        return False
    digest = hashlib.new("sha1" if len(blob) == _SHA1 else "sha256", usedforsecurity=False)
    digest.update(b"blob %d\0" % len(content))
    digest.update(content)
    return digest.hexdigest() == blob
