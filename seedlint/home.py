"""Where seedlint can be installed from, for the files ``seedlint init`` writes."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from seedlint import __version__

PLACEHOLDER = "https://git.example/seedlint"
"""The address seedlint is cloned from, where nothing else is known; see the README."""
UNKNOWN = "//git.example/"
"""What is in an address only as long as it stands for another."""

# Neither credentials, nor anything that YAML or a shell would take for something else.
_ADDRESS = re.compile(r"https://[A-Za-z0-9][A-Za-z0-9._~:/+-]*")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class Home(NamedTuple):
    """An address to clone from, and what to check out there."""

    address: str = PLACEHOLDER
    revision: str = f"v{__version__}"


def home() -> Home:
    """Where this seedlint was installed from, if that was a repository of git; else a placeholder.

    No package index has seedlint, so nothing is made of one.
    """
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        origin = json.loads(distribution("seedlint").read_text("direct_url.json") or "{}")
        address, source = origin["url"], origin["vcs_info"]
        commit, wanted = source["commit_id"], source.get("requested_revision")
    except (PackageNotFoundError, OSError, ValueError, KeyError, TypeError, AttributeError):
        return Home()
    is_usable = source.get("vcs") == "git" and "subdirectory" not in origin
    if not (is_usable and _is(_ADDRESS, address) and _is(_COMMIT, commit)):
        return Home()
    # A branch would move: only the tag of this release is as good as a commit.
    return Home(address, wanted if wanted == Home().revision else commit)


def _is(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None
