"""What is no YAML."""

from __future__ import annotations

from seedlint.diagnostic import Severity
from seedlint.rule import ReadingRule


class YamlSyntax(ReadingRule):
    """The front matter is not valid YAML.

    ## What it finds
    Anything YAML 1.2 does not allow, at its place where that can be told, else where the parser
    gave up: a value with `: ` in it and no quotes, an unclosed quote or bracket, a line without
    a colon, a wrong indentation, a merge conflict that is left in the file, a tab as
    indentation, a value that begins with `@`, `%` or a backtick. Also aliases without an
    anchor or inside what they refer to, keys that are lists or mappings, and merge keys
    (`<<`) that merge no mapping.

    ## Why it matters
    No reader can use the file.

    ## Example
    ```yaml
    title: Harbour: the ferries return
    ```

    ## Fix
    Where nothing is wrong with the line, the cause stands above it. Quote values with
    punctuation in them. This rule cannot be switched off.
    """

    severity = Severity.ERROR
