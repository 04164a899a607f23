"""Encrypted tokens that nobody can decrypt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from seedlint.diagnostic import Problem, Severity
from seedlint.rule import DocumentRule, NoOptions
from seedlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from seedlint.document import Document

_BLOCK = 16
_FORM = f'base64 of whole {_BLOCK}-byte blocks, ";" and base64 of {_BLOCK} bytes'
_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


class SealedToken(DocumentRule[NoOptions]):
    """The encrypted token is not base64 of whole blocks, `;`, base64 of 16 bytes.

    ## What it finds

    Tokens without exactly one semicolon, parts that are not base64 with its padding, a
    cipher text that is empty or no multiple of 16 bytes long, and an initialisation vector
    that is not 16 bytes long. Whether the token can be decrypted is not looked at.

    ## Why it matters

    A token that was cut or edited cannot be decrypted, and what it carried is lost. That is
    noticed only when somebody needs it.

    ## Example

    ```yaml
    token: "U2VlZHM=;MDEyMzQ1Njc4OWFiY2RlZg=="
    ```

    The cipher text is 5 bytes long.

    ## Fix

    Take the token from where it was made: nothing else in the file determines it.
    """

    severity = Severity.ERROR
    claims: ClassVar[Mapping[str, tuple[str, ...]]] = {"pattern": ("sealed",)}

    def is_clearly_clean(self, document: Document) -> bool:
        """Whether no token has a fault."""
        return not any(map(_fault, document.strings("sealed")))

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield a problem for every token of another form."""
        for entity, token in document.texts("sealed"):
            fault = _fault(token)
            if fault:
                yield Problem(entity.route, f"{fault}, expected {_FORM}")


def _fault(token: str) -> str | None:
    cipher, semicolon, vector = token.partition(";")
    if not semicolon:
        return "the sealed token has no semicolon" if token else "the sealed token is empty"
    if ";" in vector:
        return "the sealed token has more than one semicolon"
    for name, part in (("cipher text", cipher), ("initialisation vector", vector)):
        if not part:
            return f"the {name} of the sealed token is empty"
        if fault := _base64_fault(part):
            return f"the {name} of the sealed token {fault}"
    if _byte_count(cipher) % _BLOCK:
        return (
            f"the cipher text of the sealed token is {_byte_count(cipher)} bytes long,"
            f" no multiple of {_BLOCK}"
        )
    if _byte_count(vector) != _BLOCK:
        return f"the initialisation vector of the sealed token is {_byte_count(vector)} bytes long"
    return None


def _base64_fault(part: str) -> str | None:
    # Deleting characters is by far the fastest way to see which there are.
    rest = part.encode("utf-8", "replace").translate(None, _ALPHABET)
    if rest in (b"", b"=", b"==") and part.endswith(rest.decode()) and len(part) % 4 == 0:
        return None
    foreign = re.search(r"[^A-Za-z0-9+/=]", part)
    if foreign is not None:
        return f"has {quote(foreign.group())}, which is not base64, at character {foreign.end()}"
    if "=" in part.rstrip("="):
        return f"goes on after its padding at character {part.index('=') + 1}"
    return f"is not base64: {len(part)} characters are no multiple of 4"


def _byte_count(part: str) -> int:
    return len(part) // 4 * 3 - part.count("=")
