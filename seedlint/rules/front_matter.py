"""Front matter that is missing, not closed, or not YAML."""

from __future__ import annotations

from seedlint.diagnostic import Severity
from seedlint.rule import ReadingRule


class FrontMatter(ReadingRule):
    """The front-matter block is missing, not closed, or not YAML.

    ## What it finds
    A block between two lines `---`, the first being the first line of the file, is what
    seedlint reads. Reported are: a block that is never closed; one closed by `...`; text on
    a fence (`---yaml`, `--- # note`); an opening fence that is indented or comes after blank
    lines; front matter in TOML (`+++`, `---toml`), JSON or JavaScript (`---js`); a second
    YAML document in a `.yaml` file; in files named on the command line or with
    `require-front-matter = true`, no front matter at all; and, where the settings list
    `in-file-schemas`, a key `$schema` that names none of them. Other
    files without a fence are not seeds and are skipped (`--verbose` lists them); so are
    those in another language where the settings say `skip-other-front-matter = true`, as
    for sites that have both.

    ## Why it matters
    Site generators and front-matter libraries read such a file as one without any data,
    silently.

    ## Example
    ```yaml
    ---
    title: Ferries return to the old harbour
    ...
    ```

    ## Fix
    Put `---` alone on the first line and alone on the line after the block. This rule cannot
    be switched off: nothing else can be said of the file.
    """

    severity = Severity.ERROR
