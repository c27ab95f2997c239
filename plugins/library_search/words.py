"""How texts become words of the index: small letters, no accents, no hyphens, no possessives."""

from __future__ import annotations

import re
import unicodedata

_HYPHEN = re.compile(r"(?<=[a-z0-9])[-\u2010\u2011](?=[a-z0-9])")
_WORD = re.compile(r"[a-z0-9]+")


def fold(text: str) -> str:
    """Return a text in small letters without accents, hyphens and English possessives."""
    if not text.isascii():
        plain = unicodedata.normalize("NFD", text)
        text = "".join(each for each in plain if not unicodedata.combining(each))
    small = text.lower().replace("œ", "oe")
    return _HYPHEN.sub("", re.sub(r"[’']s\b", "", re.sub(r"n[’']t\b", "nt", small)))


def words(text: str) -> list[str]:
    """Return the words of a text as the index holds them."""
    return [word for word in _WORD.findall(fold(text)) if len(word) > 1 or word.isdigit()]
