"""Bytes that are no clean UTF-8."""

from __future__ import annotations

from seedlint.diagnostic import Severity
from seedlint.rule import ReadingRule


class Encoding(ReadingRule):
    """The file is not clean UTF-8 text.

    ## What it finds
    Bytes that are not UTF-8, UTF-16 and UTF-32 files, and NUL and other control characters
    that YAML does not allow (YAML 1.2.2, 5.1). A byte-order mark at the start is fine; inside,
    YAML allows it in quoted values alone (5.2), so in a key, an unquoted value, a comment or
    between lines it is an error. In a body after the front matter only the UTF-8 is looked at:
    it is not YAML.

    ## Why it matters
    Readers disagree on such bytes: some stop at a NUL and drop the rest of the value without
    a word, some replace what they cannot decode, some refuse the file.

    ## Example
    A file saved as Latin-1, in which `é` is the single byte 0xE9.

    ## Fix
    Save the file as UTF-8. Write a control character that is meant as an escape in a
    double-quoted value (`"\\x1B"`). This rule cannot be switched off.
    """

    severity = Severity.ERROR
