"""What a short passage is: a contact detail, or a sentence that goes on after it."""

from __future__ import annotations

import re

from audit.semantics.words import words

#: Words after which a sentence goes on.
_GOES_ON = frozenset({
    "a", "an", "the", "of", "and", "or", "but", "to", "for", "with", "in", "on", "at", "by", "from", "into", "that", "which", "who", "whose", "than", "as", "if",
    "le", "la", "les", "un", "une", "des", "de", "du", "et", "ou", "mais", "à", "au", "aux", "pour", "avec", "dans", "sur", "par", "chez", "que", "qui", "dont", "si",
})  # fmt: skip
_STREETS = (
    r"street|st\.?|road|rd\.?|avenue|ave\.?|lane|drive|boulevard|blvd\.?|rue|chemin|place|square|crescent|highway"
)
_CONTACT = re.compile(
    rf"(?:\d+[a-z]?,?\s[\w .'’-]*\b(?:{_STREETS})\b.*|\d+,?\srue\s.*|\S+@\S+\.\w+|"
    r"(?:(?:tel|telephone|phone|fax|téléphone|tél)\.?:?\s*)?\+?[\d() .‑-]*\d{3}[ .‑-]\d{4})",
    re.IGNORECASE,
)


def is_contact(text: str) -> bool:
    """Whether a text is nothing but an address, an e-mail address or a telephone number."""
    return _CONTACT.fullmatch(text.strip()) is not None


def breaks_off(text: str) -> bool:
    """Whether a text ends within a sentence: with a comma, or a word after which more must follow."""
    said = words(text)
    return bool(said) and (text.rstrip()[-1] == "," or said[-1] in _GOES_ON)
