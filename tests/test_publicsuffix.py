"""Registrable domains agree with the package whose list they use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from publicsuffixlist import PublicSuffixList

from seedlint.hostnames import ascii_host
from seedlint.publicsuffix import _LABELS, _rules, registrable_domain

if TYPE_CHECKING:
    from collections.abc import Iterator

REFERENCE = PublicSuffixList(only_icann=True)


def icann_rules() -> Iterator[str]:
    return (line for line in _rules() if line and not line.startswith(("//", "===")))


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("cbc.ca", "cbc.ca"),
        ("WWW.CBC.ca", "cbc.ca"),
        ("www.cbc.ca.", "cbc.ca"),
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("co.uk", None),
        ("com", None),
        ("localhost", None),
        ("", None),
        (".com", None),
        ("a..com", None),
        ("127.0.0.1", None),
        ("[::1]", None),
        ("a.b.foo.ck", "b.foo.ck"),
        ("foo.ck", None),
        ("www.ck", "www.ck"),
        ("a.www.ck", "www.ck"),
        ("x.city.kobe.jp", "city.kobe.jp"),
        ("d1sr9z1pdl3mb7.cloudfront.net", "cloudfront.net"),
        ("someone.github.io", "github.io"),
        ("news.nobody-has-this-suffix", "news.nobody-has-this-suffix"),
        ("www.bücher.example", "xn--bcher-kva.example"),
        ("www.xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("a.食狮.公司.cn", "xn--85x722f.xn--55qx5d.cn"),
        ("a.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn"),
        ("xn--55qx5d.cn", None),
        ("公司.cn", None),
        ("xn--.com", "xn--.com"),
        ("a." * 200 + "com", None),
        ("a." * 100 + "co.uk", "a.co.uk"),
        ("ü" * 100_000 + ".com", None),
    ],
)
def test_registrable_domain(host: str, domain: str | None) -> None:
    assert registrable_domain(host) == domain


def test_every_rule_agrees_with_the_package() -> None:
    rules = list(icann_rules())
    assert len(rules) > 5000
    for rule in rules:
        suffix = ascii_host(rule.removeprefix("!").removeprefix("*."))
        for host in (suffix, f"b.{suffix}", f"a.b.{suffix}", f"x.a.b.{suffix}"):
            assert registrable_domain(host) == REFERENCE.privatesuffix(host), host


def test_unicode_and_punycode_hosts_agree() -> None:
    for rule in icann_rules():
        if not rule.isascii():
            host = f"a.b.{rule.removeprefix('*.')}"
            assert registrable_domain(host) == registrable_domain(ascii_host(host)), host


def test_no_rule_is_longer_than_what_is_looked_at() -> None:
    assert max(rule.count(".") for rule in icann_rules()) + 2 <= _LABELS
