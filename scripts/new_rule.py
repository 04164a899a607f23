"""Start a rule: ``python -m scripts new-rule [--corpus] NAME``.

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


_CORPUS_RULE = '''\
"""What the rule looks for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from seedlint.diagnostic import Elsewhere, Problem, Severity
from seedlint.rule import CorpusRule, NoOptions
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seedlint.diagnostic import Route
    from seedlint.document import Document
    from seedlint.rule import Json


class {class_name}(CorpusRule[NoOptions]):
    """A title is that of another file as well.

    ## What it finds

    What exactly, and what it leaves alone.

    ## Why it matters

    Who is misled by it, and how.

    ## Example

    ```yaml
    # one file
    title: Tickets
    # another
    title: Tickets
    ```

    ## Fix

    What a person should do, and whether other data determines the right value.
    """

    severity = Severity.WARNING

    def facts(self, document: Document) -> Json:
        """The titles of the file."""
        return cast("Json", sorted(set(document.strings("title")))) or None

    def conclude(self, corpus: Iterable[tuple[str, Json]]) -> Json:
        """Two files for each title that several have."""
        files: dict[str, list[str]] = {{}}
        for file, titles in corpus:
            for title in cast("list[str]", titles):
                files.setdefault(title, []).append(file)
        shared = {{title: found[:2] for title, found in files.items() if len(found) > 1}}
        return cast("Json", shared) or None

    def relevant(self, file: str, facts: Json, conclusion: Json) -> Json:
        """Another file for each title of this one that is not its alone."""
        shared = cast("dict[str, list[str]]", conclusion)
        others: dict[str, Json] = {{}}
        for title in cast("list[str]", facts):
            if title in shared:
                first, second = shared[title]
                others[title] = first if first != file else second
        return others or None

    def mentions(self, relevant: Json) -> Iterable[str]:
        """These other files."""
        return cast("dict[str, str]", relevant).values()

    def check(self, document: Document, file: str, relevant: Json) -> Iterator[Problem]:
        """Yield a problem for every title that is in another file as well."""
        others = cast("dict[str, str]", relevant)
        for entity, text in document.texts("title"):
            if text in others:
                there = Elsewhere(others[text], partial(_find, text), "here as well")
                message = f"title {{quote(text)}} is in another file, expected one of its own"
                yield Problem(entity.route, message, elsewhere=(there,))


def _find(title: str, document: Document) -> Route | None:
    return next((entity.route for entity, text in document.texts("title") if text == title), None)
'''

_CORPUS_FIXTURE = """\
# {name}

## fails: a title twice

```yaml name=a.md
title: Tickets
       ^^^^^^^ title "Tickets" is in another file, expected one of its own
       = also b.md:4:12: here as well
```

```yaml name=b.md
title: Boats
related:
  - title: Tickets
           ^^^^^^^ title "Tickets" is in another file, expected one of its own
           = also a.md:2:8: here as well
```

## passes: titles of their own

```yaml name=a.md
title: Tickets
```

```yaml name=b.md
title: Boats
```
"""


def scaffold(name: str, root: Path = ROOT, *, corpus: bool = False) -> tuple[Path, Path]:
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
    texts = (_CORPUS_RULE, _CORPUS_FIXTURE) if corpus else (_RULE, _FIXTURE)
    for path, text in zip((rule, fixture), texts, strict=True):
        path.write_text(text.format(class_name=class_name, name=name), encoding="utf-8")
    return rule, fixture


def main(arguments: Sequence[str] | None = None) -> int:
    """Write both files and say where they are."""
    parser = argparse.ArgumentParser(prog="python -m scripts new-rule", description=__doc__)
    parser.add_argument("name", metavar="NAME", help="what the rule finds, in kebab case")
    parser.add_argument("--corpus", action="store_true", help="a rule that looks across files")
    given = parser.parse_args(arguments)
    try:
        paths = scaffold(given.name, corpus=given.corpus)
    except ValueError as error:
        parser.error(str(error))
    sys.stdout.writelines(f"{path.relative_to(ROOT).as_posix()}\n" for path in paths)
    return 0


if __name__ == "__main__":
    sys.exit(main())
