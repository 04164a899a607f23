"""What brings a revision, or the history, that a clone lacks."""

from __future__ import annotations

import re

from seedlint.gitrun import attempt

_DEEPEN = (
    "this is a shallow clone; `git fetch --unshallow` brings the rest of its history "
    "(on GitHub `fetch-depth: 0` for actions/checkout, on GitLab `GIT_DEPTH: 0`)"
)
# What can be put into a command as it is: names of branches and tags, mostly.
_PLAIN = re.compile(r"[A-Za-z0-9_](?:[\w/+-]|\.(?![./]))*", re.ASCII)
_OBJECT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_ABBREVIATED = re.compile(r"[0-9a-f]{4,}")


def if_shallow() -> str:
    """How to get the history of what there is, in a clone that lacks some."""
    return f": {_DEEPEN}" if _is_shallow() else ""


def if_elsewhere(revision: str) -> str:
    """How to get a revision that git does not know."""
    name = revision.removeprefix("refs/remotes/")
    remotes = attempt("remote").stdout.decode("utf-8", "replace").splitlines()
    if not _PLAIN.fullmatch(name) or not remotes:
        return if_shallow()
    remote, slash, branch = name.partition("/")
    is_tracked = slash == "/" and remote in remotes
    if not is_tracked:
        remote, branch = "origin" if "origin" in remotes else remotes[0], name
    if not _PLAIN.fullmatch(remote):
        return if_shallow()
    if _OBJECT.fullmatch(name):
        return _fetch(remote, name, "it")
    if _ABBREVIATED.fullmatch(name):
        return if_shallow()
    tracking = f"{remote}/{branch}"
    if not is_tracked and _knows(f"refs/remotes/{tracking}"):
        return f': it knows "{tracking}"'
    what = "it" if is_tracked else f'it as "{tracking}"'
    return _fetch(remote, f"{branch}:refs/remotes/{tracking}", what)


def _fetch(remote: str, what: str, brought: str) -> str:
    # A clone of one branch, as shallow ones are, gets no other by deepening it.
    if _is_shallow():
        return (
            f": this is a shallow clone; `git fetch --unshallow {remote} {what}` brings {brought} "
            f"and the rest of the history, if {remote} has it "
            "(on GitHub `fetch-depth: 0` for actions/checkout)"
        )
    return f": `git fetch {remote} {what}` brings {brought}, if {remote} has it"


def _is_shallow() -> bool:
    return attempt("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def _knows(reference: str) -> bool:
    return attempt("rev-parse", "--verify", "--quiet", reference).returncode == 0
