"""Letters of another script, or signs of mathematics, stand for letters that they look like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.language.detect import little_words
from audit.semantics.text_blocks import TextBlock, block_of, text_blocks
from audit.semantics.vocabulary import primary

RULE = Rule(
    title="Letters that only look right",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.1.1",)),
    fixer=Fixer.AUTHOR,
    why="A screen reader leaves such letters out or reads their names one by one, and search does not find the word.",
    since="0.1.0",
)
#: Letters of Cyrillic, and capitals and the o of Greek, that look like Latin ones. Others are in names of substances.
_TWINS = frozenset("аеорсухіјѕԁһӏүвнкмтАВЕЗІЈКМНОРСТУХЅԌοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
_WORD = re.compile(r"[^\W\d_]{2,}")
#: So many letters of mathematics (𝗕𝗼𝗹𝗱) in a row are no formula.
_STYLED = re.compile(r"[\U0001D400-\U0001D7FF\uFF21-\uFF3A\uFF41-\uFF5A\u24B6-\u24E9]{3,}")
#: Digits and signs that are written for letters; so many words of a text with one inside are no codes.
_FOR_LETTERS = str.maketrans("013457@$", "oieastas")
_DIGITS_INSIDE = re.compile(r"(?<![\w@$])(?=[a-z013457@$]*[a-z])(?=[a-z]*[013457@$])[a-z013457@$]{2,}(?![\w@$])")
MANY, SHARE = 3, 0.4
#: In these scripts the letters are at home.
_AT_HOME = frozenset({"ru", "uk", "bg", "sr", "mk", "be", "kk", "mn", "el", "ja", "zh", "ko"})


def applies(page: Page) -> Iterable[Element]:
    """Blocks of text with letters of Cyrillic or Greek, or with letters made for formulas, in a language of Latin letters."""
    for block in text_blocks(page.document):
        if primary(block.element.lang) in _AT_HOME or block.is_code(page.document):
            continue
        if _STYLED.search(block.text) or _TWINS & frozenset(block.text) or _in_digits(block):
            yield block.element


def expect(page: Page, target: Element) -> Result:
    block = block_of(page.document, target)
    text = block.text
    in_formula = page.document.closest(target, lambda each: each.tag == "math") is not None
    styled = None if in_formula else _STYLED.search(text)
    fix = "Type the words with ordinary letters; make them bold, italic or wide with a style."
    if styled is not None:
        plain = unicodedata.normalize("NFKC", styled.group(0))
        return failed(f"“{plain}” is written with signs that only look like letters.", fix, text=styled.group(0))
    mixed = next((word for word in _WORD.findall(text) if _is_mixed(word)), "")
    if mixed:
        others = "”, “".join(sorted({letter for letter in mixed if letter in _TWINS}))
        return failed(f"“{mixed}” is written with letters of another script: “{others}”.", fix, text=mixed)
    if _in_digits(block):
        return failed(f"In “{text[:60]}” digits stand for letters.", "Write the words with letters.", text=text[:60])
    return passed()


def _in_digits(block: TextBlock) -> bool:
    """Whether many of the words are written with digits (“t0d4y”), and read as words of a language with letters."""
    said = block.text.lower().split()
    odd = [found for each in said for found in _DIGITS_INSIDE.findall(each)]
    if len(odd) < MANY or len(odd) < SHARE * len(said):
        return False
    meant = [each.translate(_FOR_LETTERS) for each in odd]
    return max(little_words(" ".join(meant), "en", "fr")) >= 1 and sum(each.isalpha() for each in meant) == len(meant)


def _is_mixed(word: str) -> bool:
    """Whether letters of Latin stand beside ones that look like them, and no other foreign letters do."""
    latin = [letter for letter in word if unicodedata.name(letter, "").startswith("LATIN")]
    twins = [letter for letter in word if letter in _TWINS]
    return bool(latin and twins) and len(latin) + len(twins) == len(word) and len(word) > 2
