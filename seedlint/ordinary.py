"""Whether a block is written in the few ways that nearly all blocks are written in.

Such a block means the same to every reader of YAML 1.1 and 1.2, has no keys but text, and
holds nothing that could hurt a parser: so one pass over its lines answers the loader's
doubts, those of ``ambiguous-scalar``, and whether the contract can be asked.
"""

from __future__ import annotations

import re

# What YAML 1.1 reads otherwise, if it is the whole of a scalar.
WORD = (
    r"[yY](?:[eE][sS])?|[nN][oO]?|[oO](?:[nN]|[fF][fF])"
    r"|(?!true|True|TRUE|false|False|FALSE)(?:[tT][rR][uU][eE]|[fF][aA][lL][sS][eE])|=|<<(?!:)"
)
BLOCK_END = r"[ \t]*(?:[\n\]}#]|,(?![0-9])|:(?:\s|\Z)|\Z)"

# A line is indentation, perhaps a dash, perhaps a key; then nothing, quoted text, text that
# begins with a letter none of the words begins with, another word than those, or a number,
# boolean or timestamp as everybody spells it. In a sequence only text without a colon.
_TEXT = rf"[A-EG-MP-SU-XZa-eg-mp-su-xz]|(?!(?:{WORD}){BLOCK_END})[fFnNoOtTyY]"
# A key of an ordinary line is text, which true, false and null are not.
_KEY = (
    rf"(?:[A-EG-MP-SU-XZa-eg-mp-su-xz]|(?!(?:{WORD}|true|True|TRUE|false|False|FALSE"
    r"|null|Null|NULL):)[fFnNoOtTyY])[A-Za-z0-9_-]*"
)
_SCALAR = (
    r"(?:-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?|false|true"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(?:\.[0-9]{1,17})?(?:[Zz]|[-+][0-9]{2}:[0-9]{2}))\n"
)
DEEPEST_INDENTATION = 15
"""The deepest indentation of an ordinary line."""
_LINE = (
    rf" {{0,{DEEPEST_INDENTATION}}}(?:- )?"
    rf"(?:{_KEY}:(?: (?:[\"']|{_SCALAR}|{_TEXT})|\n)"
    rf"|\n|\Z|(?:{_TEXT})[^:\n]*\n|\"[^\"\\\n]*\"\n)"
)
# Begins with a literal, which re finds at memory speed.
_UNUSUAL = re.compile(rf"\n(?!{_LINE})")


def is_ordinary(block: str) -> bool:
    """Whether every line of a block is an ordinary one."""
    end = block.find("\n")
    first_line = block if end < 0 else block[:end]
    return (
        _UNUSUAL.search(f"\n{first_line}\n") is None
        and _UNUSUAL.search(block) is None
        and "\r" not in block
    )
