"""Which files are one text in several languages, as far as their paths tell."""

from __future__ import annotations

import re

# ISO 639-1, and of the longer codes those that CLDR has much of and sites have folders for.
_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da
de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz
ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln
lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi
pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th
ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ast ceb ckb dsb fil
gsw haw hsb kab kok mni nds pcm sah szl tzm yue zgh
"""
_LANGUAGES = frozenset(_CODES.split())
_SCRIPT_OR_REGION = r"(?:[-_](?:arab|cyrl|deva|hans|hant|latn))?(?:[-_](?:[a-z]{2}|[0-9]{3}))?"
_TAG = re.compile(rf"([a-z]{{2,3}}){_SCRIPT_OR_REGION}\Z", re.IGNORECASE)


def are_translations(one: str, other: str) -> bool:
    """Whether two paths differ by nothing but a language: `fr/a.md`, `pt-br/a.md`, `a.md`,
    `a.de.md`."""
    rest, languages = _split(one)
    other_rest, other_languages = _split(other)
    return rest == other_rest and languages != other_languages


def _split(path: str) -> tuple[list[str], list[str]]:
    """The parts of a path that are no language, and those that are."""
    *folders, name = path.split("/")
    stem, *infixes = name.split(".")
    rest: list[str] = []
    languages: list[str] = []
    for part in (*folders, *infixes):
        (languages if _is_language(part) else rest).append(part)
    return [*rest, stem], languages


def _is_language(text: str) -> bool:
    tag = _TAG.match(text)
    return tag is not None and tag[1].lower() in _LANGUAGES
