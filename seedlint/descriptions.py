"""How entries describe the pages they lead to: what other entries for a page may contradict.

What an entry says is *claims*: each a field of the page, and a value. They are small enough to
be kept for every entry of the corpus, as a row of five texts: the identity of the page, the
title, the timestamp, the provider (as :mod:`seedlint.providers` has it), and the sizes of
images.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from seedlint.providers import fact_of, folded, is_placeholder, split_fact
from seedlint.timestamps import instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seedlint.diagnostic import Route

    Row = list[str]

TITLE = "title"
PUBLISHED = "timestamp"
PROVIDER = "provider name"
IMAGE = "image"

