"""What several test modules need."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from seedlint.check import FileResult, Input, check_bytes
from seedlint.config import parse_settings
from seedlint.diagnostic import Diagnostic
from seedlint.fixing import FixResult, fix_input
from seedlint.profile import Profile, Profiles

if TYPE_CHECKING:
    from seedlint.fixing import Wanted

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
REAL_SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"

SEED = """\
category: news
title: Ferries return to the old harbour
excerpt: After ten years the first boat leaves on Monday.
publishedDateTime: 2020-02-03T04:05:06Z
webUrl: https://www.harbour-times.com/news/ferries-return
type: article
provider:
  name: Harbour Times
  domain: harbour-times.com
"""
"""A clean seed, without fences."""


def numbered(seed: str, number: int) -> str:
    """The seed, or what was made of it, about a page of its own."""
    return seed.replace("old harbour", f"harbour {number}").replace(
        "/ferries-return", f"/ferries-return-{number}"
    )


def profile(settings: str = "") -> Profile:
    """The profile that settings of this text give."""
    return Profiles(parse_settings(settings, Path.cwd() / "seedlint.toml"), NOW).of("seed.txt")


def check(
    content: str | bytes, settings: str = "", file: str = "seed.txt", named: bool = True
) -> FileResult:
    """Check the content of one file."""
    raw = content.encode() if isinstance(content, str) else content
    return check_bytes(raw, file, profile(settings), named=named)


def fix_bytes(
    raw: bytes, file: str, profile: Profile, wanted: Wanted, *, named: bool = False
) -> FixResult:
    """Fix the content of one file, with nothing known of others."""
    return fix_input(Input(raw, file, profile, named), wanted)


def fenced(block: str, body: str = "") -> str:
    """A block between fences."""
    return f"---\n{block}---\n{body}"


def concise(diagnostic: Diagnostic) -> str:
    """``line:column-line:column severity rule message``."""
    span = diagnostic.place.span
    return (
        f"{span.line}:{span.column}-{span.end_line}:{span.end_column} "
        f"{diagnostic.severity} {diagnostic.rule} {diagnostic.message}"
    )


def found(
    content: str | bytes, settings: str = "", file: str = "seed.txt", named: bool = True
) -> list[str]:
    """What is found in one file, a line each."""
    return [concise(item) for item in check(content, settings, file, named).diagnostics]
