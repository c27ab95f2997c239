"""Text as people read and speak it: normalised forms, generic words, file names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Letters whose names begin with a vowel: "an MP3", "an RTF file".
_SPOKEN_VOWELS = frozenset("AEFHILMNORSX")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
#: The apostrophes that people and word processors write, and the one that all of them stand for.
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ＇", "'"))
#: A stretch in quotation marks, its marks with it.
QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|\"[^\"]*\"")
_TITLE_JOINTS = re.compile(r"\s+[-–—|·•»:]\s+|\s*\|\s*|:\s+")
_FILE_NAME = re.compile(
    r"(?:[\w%.()~-]+[/\\])*[\w%().~ -]+\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic|pdf|docx?|mp[34]|mov)"
    r"(?:\?\S*)?",
    re.IGNORECASE,
)


def collapse(text: str) -> str:
    """White space collapsed and trimmed."""
    return _SPACE.sub(" ", text).strip()


def plain_apostrophes(text: str) -> str:
    """The text with ``'`` for every apostrophe."""
    return text.translate(_APOSTROPHES)


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, accents kept, punctuation and symbols left out; every apostrophe is ``'``."""
    plain = plain_apostrophes(unicodedata.normalize("NFKC", text))
    return tuple(match.group(0).casefold() for match in _WORD.finditer(plain))


def unnumbered(text: str) -> tuple[str, ...]:
    """The words of a text without a number, a Roman numeral or a single letter at its end: “Section 2”, “Field A”."""
    said = words(text)
    numbered = len(said) > 1 and (said[-1].isdigit() or len(said[-1]) == 1 or not {*said[-1]} - {*"ivx"})
    return said[:-1] if numbered else said


def counted(number: float, one: str, many: str) -> str:
    """A number with its noun: ``1 second``, ``2 seconds``, ``1.5 seconds``."""
    return f"{number:g} {one if number == 1 else many}"


def indefinite(noun: str) -> str:
    """A noun with its article: ``a list``, ``an option``, ``an MP3``, ``a unit``."""
    first = noun.lstrip("<“")[:4]
    spelt = len(first) > 1 and first[:2].upper() == first[:2]
    vowel = first[:1].upper() in _SPOKEN_VOWELS if spelt else first[:1].lower() in "aeiou"
    return f"{'an' if vowel and not first.lower().startswith(('uni', 'use', 'eu', 'one')) else 'a'} {noun}"


def same_words(first: str, second: str) -> bool:
    """Whether two texts read the same aloud: the same words in the same order."""
    return words(first) == words(second)


def has_words(text: str) -> bool:
    """Whether anything in the text can be spoken: a letter or digit of any script."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def is_file_name(text: str) -> bool:
    """Whether the whole text is a file name or a path to one (``IMG_0042.jpg``)."""
    return _FILE_NAME.fullmatch(text.strip()) is not None


def unquoted(text: str) -> str:
    """The text without what stands in quotation marks, quotations within quotations included."""
    before = ""
    while before != text:
        before, text = text, QUOTED.sub(" ", text)
    return text


def quoted(text: str) -> tuple[str, ...]:
    """What stands in quotation marks in a text, without the marks."""
    return tuple(match.group(0)[1:-1].strip() for match in QUOTED.finditer(text))


def title_parts(title: str) -> list[str]:
    """The parts that a title is put together from: “Hours – Riverside Public Library”."""
    return _TITLE_JOINTS.split(title)


def sentences(text: str) -> tuple[str, ...]:
    """The text cut after sentence punctuation that is followed by space and a capital or digit."""
    parts = re.split(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(]*[A-ZÀ-Ý0-9])", collapse(text))
    return tuple(part for part in parts if part)


def without_icons(text: str) -> str:
    """The text without the signs of icon fonts (Unicode's private use areas), which say nothing to a reader."""
    return "".join(each for each in text if unicodedata.category(each) != "Co")


_VARYING = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*\"|`[^`]*`|<[^>]*>|\d+(?:[.,]\d+)*|\S+\.\w{2,4}\b(?:[/#?]\S*)?")
#: Several of them in a row stand for one thing: “A”, “B” and “C”.
_SERIES = re.compile(r"…(?:(?:, | and | or )…)+")


def wording_of(message: str) -> str:
    """What a message says of everything that it is said of: without what it quotes, names of elements and numbers."""
    return _SERIES.sub("…", _VARYING.sub("…", message))
