"""Pictures: where they come from, and what the names of their files say."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from audit.model.document import Element
from audit.semantics.vocabulary import either
from audit.semantics.words import words

_URL = re.compile(r"url\(['\"]?(.*?)['\"]?\)")
_PARTS = re.compile(r"[^\W\d_]+")
_NUMBERING = re.compile(r"[-_]|\d{2,}|\.\w{3,4}$")


def address(element: Element) -> str:
    """The address of the picture that an element shows, ``""`` where there is none or it holds the picture itself."""
    found = element.current_source or element.get("src") or element.get("data") or element.get("href") or ""
    if not found:
        match = _URL.search(element.style.get("background-image", ""))
        found = match.group(1) if match else ""
    return "" if found.startswith("data:") else found


def file_name(source: str) -> str:
    """The last part of an address, without query."""
    try:
        return unquote(urlsplit(source).path).rsplit("/", 1)[-1]
    except ValueError:
        return ""


def file_words(source: str) -> tuple[str, ...]:
    """The words in a file name that may say what it shows: no numbers, codes and technical words."""
    stem = file_name(source).rsplit(".", 1)[0]
    noise = either().file_noise
    found = (word.casefold() for word in _PARTS.findall(stem))
    return tuple(
        word for word in found if len(word) > 2 and word not in noise and re.search("[aeiouyàâéèêîïôûù]", word)
    )


def is_from_file(name: str, source: str) -> bool:
    """Whether a name is the file's stem as nobody would write it for people: ``img_0042``, ``summer-banner-v2``."""
    stem = file_name(source).rsplit(".", 1)[0]
    looks_technical = " " not in name.strip() and bool(_NUMBERING.search(name))
    return bool(stem) and looks_technical and words(name.replace("_", " ")) == words(stem.replace("_", " "))
