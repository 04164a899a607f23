"""Host names as text: ASCII and Unicode forms."""

from __future__ import annotations

import can_ada

LONGEST_NAME = 253
LONGEST_LABEL = 63


def ascii_host(host: str) -> str:
    """``host`` in lower case with internationalised labels as punycode."""
    if host.isascii():
        return host.lower()
    # Encoding is cubic in the length of a label, and no name can be longer than this.
    if len(host) > LONGEST_NAME:
        return host.lower()
    try:
        return can_ada.idna_encode(host).decode("ascii") or host.lower()
    except (TypeError, ValueError):
        return host.lower()


def unicode_host(host: str) -> str:
    """``host`` with punycode labels decoded; a label that is no punycode stays."""
    if "xn--" not in host:
        return host
    return ".".join(_unicode_label(label) for label in host.split("."))


def _unicode_label(label: str) -> str:
    if not label.startswith("xn--") or len(label) > LONGEST_LABEL:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except ValueError:
        return label
