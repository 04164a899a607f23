"""Documentation from rules: of one made up here, and of those there are."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from seedlint import ruledocs
from seedlint.diagnostic import Applicability, Severity
from seedlint.rule import DocumentRule, EngineRule, ReadingRule, Rule, all_rules

if TYPE_CHECKING:
    from collections.abc import Callable

SECTIONS = ("What it finds", "Why it matters", "Example", "Fix")


@dataclass(frozen=True, slots=True)
class ImageShapeOptions:
    max_aspect_ratio: float = 4.0
    sides: tuple[str, ...] = ("width", "height")
    strict: bool = False


class ImageShape(DocumentRule[ImageShapeOptions]):
    """A picture is much longer on one side than on the other.

    ## What it finds

    An image whose `width` is more than four times its `height`.

    ## Why it matters

    Readers see a stripe.

    ## Example

    ```yaml
    ## no heading
    images: [{width: 4000, height: 10}]
    ```

    ## Options

    - `max-aspect-ratio` (default `4.0`): how many times one side
      may be longer
    - `sides` (default `["width", "height"]`): which sides count
    - `strict` (default `false`): whether icons count, too

    ## Fix

    Look at the picture.
    """

    severity = Severity.WARNING
    fixes = (Applicability.SAFE, Applicability.UNSAFE)


class Unread(ReadingRule):
    """The file cannot be read."""

    severity = Severity.ERROR


class Members(EngineRule):
    """Members of a family, off by default."""

    severity = Severity.INFO
    enabled = False
    family = True


ImageShape.name = "image-shape"
Unread.name = "unread"
Members.name = "members"

FIXTURE = """\
# image-shape

## fails: a stripe

```yaml
# a comment
images: [{width: 4000, height: 10}]
                 ^^^^ too wide
```
"""

DOCUMENTATION = """\
# image-shape

A picture is much longer on one side than on the other.

Severity: warning · enabled by default · fix: safe or unsafe · options: \
`max-aspect-ratio`, `sides`, `strict`

## What it finds

An image whose `width` is more than four times its `height`.

## Why it matters

Readers see a stripe.

## Example

```yaml
## no heading
images: [{width: 4000, height: 10}]
```

## Options

- `max-aspect-ratio` (number, default `4.0`): how many times one side may be longer
- `sides` (list of strings, default `["width", "height"]`): which sides count
- `strict` (boolean, default `false`): whether icons count, too

## Fix

Look at the picture.
"""

CASES = """
## Cases

The rule is tested by these.

### fails: a stripe

```yaml
# a comment
images: [{width: 4000, height: 10}]
                 ^^^^ too wide
```
"""


def written(write: Callable[[io.StringIO], None]) -> str:
    out = io.StringIO()
    write(out)
    return out.getvalue()


def test_summary() -> None:
    assert ruledocs.summary(ImageShape) == "A picture is much longer on one side than on the other."


def test_sections() -> None:
    found = ruledocs.sections(ImageShape)
    assert list(found) == ["What it finds", "Why it matters", "Example", "Options", "Fix"]
    assert found["Example"].splitlines()[1] == "## no heading"


def test_markdown() -> None:
    assert ruledocs.markdown(ImageShape) == DOCUMENTATION


def test_markdown_with_the_fixture() -> None:
    assert ruledocs.markdown(ImageShape, FIXTURE) == DOCUMENTATION + CASES


def test_markdown_of_rules_that_take_no_options() -> None:
    assert ruledocs.markdown(Unread) == (
        "# unread\n\nThe file cannot be read.\n\nSeverity: error · always on · fix: none\n"
    )
    assert ruledocs.markdown(Members) == (
        "# members-*\n\nMembers of a family, off by default.\n\n"
        "Severity: info · off by default · fix: none\n"
    )


def test_rule_json() -> None:
    assert ruledocs.rule_json(ImageShape) == {
        "name": "image-shape",
        "summary": "A picture is much longer on one side than on the other.",
        "severity": "warning",
        "enabled": True,
        "always": False,
        "family": False,
        "scope": "file",
        "plugin": None,
        "fixes": ["safe", "unsafe"],
        "options": [
            {
                "name": "max-aspect-ratio",
                "type": "number",
                "default": 4.0,
                "meaning": "how many times one side may be longer",
            },
            {
                "name": "sides",
                "type": "list of strings",
                "default": ["width", "height"],
                "meaning": "which sides count",
            },
            {
                "name": "strict",
                "type": "boolean",
                "default": False,
                "meaning": "whether icons count, too",
            },
        ],
        "documentation": DOCUMENTATION,
    }


def test_print_rule_without_colour_is_the_markdown() -> None:
    output = written(lambda out: ruledocs.print_rule(ImageShape, out, color=False, width=80))
    assert output == DOCUMENTATION


def test_print_rule_in_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")  # what was decided is decided
    output = written(lambda out: ruledocs.print_rule(ImageShape, out, color=True, width=60))
    assert "\x1b[36mmax-aspect-ratio\x1b[0m" in output
    text = re.sub(r"\x1b\[[0-9;]*m", "", output)
    assert max(map(len, text.splitlines())) == 60
    assert "image-shape" in text.splitlines()[0]
    assert "```" not in text


def test_print_table() -> None:
    rules = [ImageShape, Unread, Members]
    output = written(lambda out: ruledocs.print_table(rules, out, color=False, width=70))
    assert output == dedent(
        """\
        rule         severity  default  fix          summary
        image-shape  warning   on       safe/unsafe  A picture is much longer
                                                     on one side than on the
                                                     other.
        unread       error     always   none         The file cannot be read.
        members-*    info      off      none         Members of a family, off
                                                     by default.
        """
    )


def test_print_table_in_colour() -> None:
    output = written(lambda out: ruledocs.print_table([Unread], out, color=True, width=80))
    assert output == (
        "\x1b[2mrule    severity  default  fix   summary\x1b[0m\n"
        "\x1b[1munread\x1b[0m  \x1b[1;31merror   \x1b[0m  always   none  The file cannot be read.\n"
    )


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.name)
def test_every_rule_is_documented(rule: type[Rule]) -> None:
    assert re.fullmatch(r"[A-Z`].*\.", ruledocs.summary(rule))
    assert [name for name in ruledocs.sections(rule) if name != "Options"] == list(SECTIONS)


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.name)
def test_every_option_is_documented_as_it_is(rule: type[Rule]) -> None:
    documented = re.findall(
        r"^- `(.+?)` \(default `(.+?)`\): ",
        ruledocs.sections(rule).get("Options", ""),
        re.MULTILINE,
    )
    page = ruledocs.markdown(rule)
    assert [name for name, _ in documented] == [option.name for option in ruledocs.options(rule)]
    for name, default in documented:
        assert re.search(rf"^- `{name}` \(.+?, default `{re.escape(default)}`\): ", page, re.M)
