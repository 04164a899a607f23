"""Front matter that is larger or deeper than is allowed."""

from __future__ import annotations

from seedlint.diagnostic import Severity
from seedlint.rule import ReadingRule


class LimitsExceeded(ReadingRule):
    """The front matter is larger or deeper than the limits allow.

    ## What it finds
    A file or block with more bytes, a block with deeper nesting, more nodes (aliases and
    merge keys counted as what they stand for), more aliases, more keys in one mapping or more
    digits in a number than the settings under `[limits]` allow; data that its contract would
    need more steps for, in which each of the contract's subschemas is tried on each value it
    may hold for; and that a rule found more than 1000 problems in a file, of which the others
    are left out.

    ## Why it matters
    Content comes from strangers. A few hundred bytes of aliases can expand to gigabytes, and
    deep nesting crashes common parsers.

    ## Example
    ```yaml
    a: &a [x, x, x, x, x, x, x, x, x]
    b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
    c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
    ```

    ## Fix
    Shorten the block. If real files need more, raise the limit in the settings
    (`[limits] size, file-size, depth, nodes, aliases, keys, digits, steps`). This rule cannot
    be switched off.
    """

    severity = Severity.ERROR
