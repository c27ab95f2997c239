"""How texts become words of the index: small letters, no accents, no hyphens, no possessives."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_HYPHEN = re.compile(r"(?<=[a-z0-9])[-\u2010\u2011](?=[a-z0-9])")
_WORD = re.compile(r"[a-z0-9]+")


def fold(text: str) -> str:
    """Return a text in small letters without accents, hyphens and English possessives."""
    if not text.isascii():
        text = _BEYOND_ASCII.sub(lambda found: _plain(found[0]), text)
    small = text.lower().replace("œ", "oe")
    return _HYPHEN.sub("", re.sub(r"[’']s\b", "", re.sub(r"n[’']t\b", "nt", small)))


@lru_cache(maxsize=1024)
def _plain(letters: str) -> str:
    """Letters beyond ASCII without their accents."""
    return "".join(each for each in unicodedata.normalize("NFD", letters) if not unicodedata.combining(each))


def words(text: str) -> list[str]:
    """Return the words of a text as the index holds them."""
    return [word for word in _WORD.findall(fold(text)) if len(word) > 1 or word.isdigit()]
