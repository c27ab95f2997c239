"""How hard a page is to read, for whoever writes it: a figure to think about, never a finding.

English by the Flesch-Kincaid grade level (Kincaid and others, 1975), French by the reading ease of Kandel and Moles
(1958). WCAG 2.2, 3.1.5 (Level AAA), asks for another version where more than lower secondary education, nine years of
school, is needed. Names and headings are left out; other languages, and texts too short to measure, have no figure.
"""

from __future__ import annotations

import re

from lxml import html

from audit.semantics.syllables import LANGUAGES, syllables

#: Below so many words a formula says nothing.
_ENOUGH = 100
_LOWER_SECONDARY = 9
#: Of the ease of Kandel and Moles: 60 and above is read by most people of 14.
_EASY_FRENCH = 60
_SENTENCE_END = re.compile(r"[.!?…]+(?:\s|$)|$")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
#: Prose only: no tables, no forms, nothing that is for the eye or for screen readers alone.
_PROSE = "//main//*[self::p or self::li][not(ancestor::table or ancestor::form or ancestor::nav or @aria-hidden)]"


def reading_level(page: bytes, lang: str) -> str:
    """Return a sentence on how hard the page's prose is to read, or nothing."""
    language = lang.partition("-")[0]
    if language not in LANGUAGES or not page.strip():
        return ""
    found = html.document_fromstring(page).xpath(_PROSE)
    texts = [
        " ".join(each.text_content().split())
        for each in (found if isinstance(found, list) else [])
        if isinstance(each, html.HtmlElement)
    ]
    sentences = [
        words for text in texts for sentence in _SENTENCE_END.split(text) if len(words := _WORD.findall(sentence)) > 2
    ]
    words = [word for sentence in sentences for word in sentence]
    if len(words) < _ENOUGH:
        return ""
    length = len(words) / len(sentences)
    each = sum(syllables(word, language) for word in words) / len(words)
    if language == "fr":
        ease = 207 - 1.015 * length - 73.6 * each
        said = f"Reading ease {max(0, min(100, round(ease)))} of 100 (Kandel and Moles)"
        hard = ease < _EASY_FRENCH
    else:
        grade = max(1, round(0.39 * length + 11.8 * each - 15.59))
        said = f"Reading level: about grade {grade} (Flesch-Kincaid)"
        hard = grade > _LOWER_SECONDARY
    advice = " Shorter sentences and everyday words would help." if hard else ""
    return f"{said}, {round(length)} words in a sentence.{advice}"
