"""What the contract forbids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedlint.diagnostic import Applicability, Severity
from seedlint.keywords import rule_names
from seedlint.rule import DocumentRule, NoOptions
from seedlint.schema_errors import problems_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.diagnostic import Problem
    from seedlint.document import Document


class Schema(DocumentRule[NoOptions]):
    """The front matter breaks its JSON Schema.

    ## What it finds
    Everything the contract forbids. Each keyword of the schema reports under a name of its
    own, `schema-` and the keyword in kebab case: `schema-required` for a missing key,
    `schema-type`, `schema-additional-properties` for an unknown key, `schema-enum`,
    `schema-format`, and so on for any keyword. Select or ignore them one by one, or all by
    the prefix `schema`.

    A missing key is reported at the first key of the mapping that lacks it, an unknown key
    at the key, a wrong value at the value. Where a schema offers alternatives (`anyOf`,
    `oneOf`), the errors of the best matching one are shown. Where another rule explains a
    keyword better for a field (`timestamp-format`, `invalid-url`, …), that rule speaks and
    the schema is silent.

    ## Why it matters
    Whatever reads the file next relies on the contract: a missing title or a number written
    as text breaks a page, often far from the file.

    ## Example
    ```yaml
    title: Ferries return to the old harbour
    tpye: article   # schema-additional-properties: did you mean "type"?
    ```

    ## Fix
    Renames an unknown key, and replaces a value that is none of an enumeration, where the
    message asks "did you mean": the key or value that is spelled most like it. What was
    meant is a guess, so the fix is unsafe. Writes `true` or `false`, unsafely as well, where
    that is expected and the value is a word for it, such as `yes` or `off`. No fix where the
    mapping has the suggested key already, or where two unknown keys look like the same one;
    and none is applied where the value does not fit the new key.

    Otherwise follow the message. If the data is right and the contract is not, change the
    schema.
    """

    severity = Severity.ERROR
    family = True
    members = rule_names()
    fixes = (Applicability.UNSAFE,)

    def check(self, document: Document) -> Iterator[Problem]:
        yield from problems_of(document)
