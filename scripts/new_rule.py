"""Start a rule: ``python -m scripts new-rule NAME``.

Writes the rule and its fixture, in working order: change the example in both into what the
rule is to find, and run ``python -m seedlint.testing`` on the fixture.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent

_RULE = '''\
"""What the rule looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.diagnostic import Problem, Severity
from seedlint.rule import DocumentRule, NoOptions
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document


class {class_name}(DocumentRule[NoOptions]):
    """A title is only the word "example".

    ## What it finds

    What exactly, and what it leaves alone.

    ## Why it matters

    Who is misled by it, and how.

    ## Example

    ```yaml
    title: example
    ```

    ## Fix

    What a person should do, and whether other data determines the right value.
    """

    severity = Severity.WARNING

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield a problem for every such title."""
        for entity, text in document.texts("title"):
            if text == "example":
                yield Problem(entity.route, f"title {{quote(text)}} is found, expected another")
'''

_FIXTURE = """\
# {name}

## fails: the word alone

```yaml
title: example
       ^^^^^^^ title "example" is found, expected another
```

## passes: any other title

```yaml
title: For example, the night ferry
```
"""


def scaffold(name: str, root: Path = ROOT) -> tuple[Path, Path]:
    """Write the rule and its fixture. Raises ValueError for a bad or taken name."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise ValueError(f"{name!r} is no rule name: write it in kebab case, like duplicate-topic")
    stem = name.replace("-", "_")
    rule = root / "seedlint" / "rules" / f"{stem}.py"
    fixture = root / "tests" / "rules" / f"{stem}.md"
    for path in (rule, fixture):
        if path.exists():
            raise ValueError(f"{path.relative_to(root).as_posix()} exists")
    class_name = "".join(word.capitalize() for word in name.split("-"))
    rule.write_text(_RULE.format(class_name=class_name), encoding="utf-8")
    fixture.write_text(_FIXTURE.format(name=name), encoding="utf-8")
    return rule, fixture


def main(arguments: Sequence[str] | None = None) -> int:
    """Write both files and say where they are."""
    parser = argparse.ArgumentParser(prog="python -m scripts new-rule", description=__doc__)
    parser.add_argument("name", metavar="NAME", help="what the rule finds, in kebab case")
    try:
        paths = scaffold(parser.parse_args(arguments).name)
    except ValueError as error:
        parser.error(str(error))
    sys.stdout.writelines(f"{path.relative_to(ROOT).as_posix()}\n" for path in paths)
    return 0


if __name__ == "__main__":
    sys.exit(main())
