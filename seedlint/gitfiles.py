"""The files of a git repository, and of those that are submodules of it, that differ."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from seedlint.gitrun import attempt, git
from seedlint.run import read_file
from seedlint.trouble import Trouble
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What is written in a submodule is asked of the submodule.
_RAW = ("--raw", "-z", "--no-abbrev", "--ignore-submodules=dirty")
_SHA1 = 40
# A larger file than this that was touched counts as changed.
_LARGEST = 1 << 26
_SUBMODULE = b"160000"


class Entry(NamedTuple):
    """A file that changed: its full paths before and after, empty where there was or is none.

    ``blob`` is the object with the content from before, empty where that was no plain file.
    """

    old: str
    new: str
    blob: str


class Difference(NamedTuple):
    """The files that differ, and the submodules that do, with the commit each was at, if any."""

    entries: tuple[Entry, ...]
    submodules: Mapping[str, str]


class Repository(NamedTuple):
    """A repository by the folder of its working tree, with a slash.

    git runs ``inside`` of it if it is a submodule, otherwise in the working directory.
    """

    top: str
    inside: str = ""

    def difference(self, renames: bool, command: str, *options: str) -> Difference:
        """What differs between two states, by one of git's plumbing commands."""
        detection = "--find-renames" if renames else "--no-renames"
        answer = git(command, *_RAW, detection, *options, "--", inside=self.inside)
        fields = iter(answer.split(b"\0"))
        entries: list[Entry] = []
        submodules: dict[str, str] = {}
        for facts in fields:
            if not facts:
                break
            old_mode, new_mode, before, after, status = facts.removeprefix(b":").split(b" ")
            old = new = self.top + os.fsdecode(next(fields))
            if status[:1] in b"RC":
                new = self.top + os.fsdecode(next(fields))
            had = before.decode("ascii") if before.strip(b"0") else ""
            if new_mode == _SUBMODULE:
                submodules[new] = had if old_mode == _SUBMODULE else ""
            # Links have objects, too, but no content.
            blob = had if old_mode.startswith(b"100") else ""
            if status == b"M" and not after.strip(b"0") and _holds(new, blob):
                continue
            was = "" if status == b"A" or old_mode == _SUBMODULE else old
            now = "" if status == b"D" or new_mode == _SUBMODULE else new
            if was or now:
                entries.append(Entry(was, now, blob))
        return Difference(tuple(entries), submodules)

    def untracked(self) -> Iterator[str]:
        """The files git does not know, and is not told to ignore."""
        options = ("--others", "--exclude-standard", "-z", "--full-name", "--", ":/")
        for name in git("ls-files", *options, inside=self.inside).split(b"\0"):
            # A slash ends the name of a repository within this one.
            if name and not name.endswith(b"/"):
                yield self.top + os.fsdecode(name)

    def submodules(self, commit: str = "") -> dict[str, str]:
        """The submodules, each with its commit, in the index or in a commit."""
        if commit:
            answer = git("ls-tree", "-r", "-z", "--full-tree", commit, inside=self.inside)
        else:
            answer = git("ls-files", "--stage", "-z", "--full-name", "--", ":/", inside=self.inside)
        found: dict[str, str] = {}
        if _SUBMODULE not in answer:
            return found
        for line in answer.split(b"\0"):
            if line.startswith(_SUBMODULE):
                facts, _, name = line.partition(b"\t")
                # The index has a mode, an object and a stage, a tree has a type in between.
                found[self.top + os.fsdecode(name)] = facts.split(b" ")[2 if commit else 1].decode()
        return found

    def submodule(self, path: str) -> Repository:
        """The repository of a submodule that has files."""
        found = Repository(f"{path}/", path)
        if not os.path.lexists(f"{path}/.git") or found.root() != found.top:
            raise Trouble(
                f"the submodule {quote(_shown(path))} has files but is no git repository, so what "
                "changed in it cannot be told"
            )
        return found

    def root(self) -> str:
        """The folder of the working tree, as git has it."""
        line = git("rev-parse", "--show-toplevel", inside=self.inside)
        path = os.path.realpath(os.fsdecode(line.removesuffix(b"\n")))
        return path.replace(os.sep, "/").rstrip("/") + "/"

    def objects(self) -> str:
        """The folder of its objects."""
        line = git("rev-parse", "--git-path", "objects", inside=self.inside)
        return os.path.join(self.top, os.fsdecode(line.removesuffix(b"\n")))  # noqa: PTH118

    def tree(self, commit: str) -> str:
        """What to compare with for a commit that a submodule was at, or none."""
        if not commit:
            return git("hash-object", "-t", "tree", "--stdin", inside=self.inside).decode().strip()
        done = attempt(
            "rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}", inside=self.inside
        )
        if done.returncode != 0:
            raise Trouble(
                f"the submodule {quote(_shown(self.top.rstrip('/')))} does not have the commit "
                f"{commit}, which it was at: `git fetch origin {commit}` in its folder brings it, "
                "if origin has it"
            )
        return done.stdout.decode("ascii").strip()


def _shown(path: str) -> str:
    return os.path.relpath(path).replace(os.sep, "/")


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
