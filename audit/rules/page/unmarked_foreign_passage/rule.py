"""A passage in another language than the page does not say so."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.rules.page.page_language_mismatch import rule as page_rule
from audit.semantics.language.detect import Judgement, Match, judge, known
from audit.semantics.language.spoken import Piece, by_declaring, language
from audit.semantics.words import quoted

RULE = Rule(
    title="A foreign passage without its language",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.1.2",)),
    fixer=Fixer.AUTHOR,
    why="Screen readers speak the passage with the sounds of the page's language, and nobody can follow.",
    since="0.1.0",
)
#: A row of foreign names and titles may be as long as this; a passage is longer, and is a sentence.
LEAST_WORDS = 9
SURE_SHARE = 0.85
SENTENCE_ENDS = (".", "!", "?", "…", ":", "»", "”", '"')


def applies(page: Page) -> Iterable[Element]:
    """Blocks with a sentence that is long enough to tell, whose language is declared further out."""
    for index in sorted(_passages(page)):
        yield page.document[index]


def expect(page: Page, target: Element) -> Result:
    piece = _passages(page)[target.index]
    declared = language(piece.declared_by)
    text, judgement = piece.text, judge(piece.text, declared)
    for each in _quotations(piece.text):
        if not _is_other(judgement):
            text, judgement = each, judge(each, declared)
    if not _is_other(judgement):
        return passed(detected=judgement.language)
    # Where the page as a whole declares the wrong language, that is the fault, once.
    if _is_whole_page(page, piece):
        return passed(detected=judgement.language)
    return failed(
        f'This passage is in {judgement.name}, and lang="{declared}" applies to it: “{text[:80]}”.',
        f"Say its language: in Markdown put {{: lang={judgement.language} }} under the paragraph; in HTML write "
        f'lang="{judgement.language}" on its element.',
        declared=declared,
        detected=judgement.language,
    )


def _passages(page: Page) -> dict[int, Piece]:
    found: dict[int, Piece] = {}
    for index, pieces in by_declaring(page.document).items():
        declared = language(page.document[index])
        if known(declared) is None:
            continue
        for piece in pieces:
            long = _is_sentence(piece.text) or any(_quotations(piece.text))
            # What declares a language itself is judged by passage-language-mismatch.
            if long and (piece.declared_by is not piece.element or piece.element.parent is None):
                found.setdefault(piece.element.index, piece)
    return found


def _is_other(judgement: Judgement) -> bool:
    """Whether it surely is in another language than declared."""
    long = judgement.words >= LEAST_WORDS
    return judgement.match is Match.OTHER and judgement.share >= SURE_SHARE and long


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= LEAST_WORDS and text.endswith(SENTENCE_ENDS)


def _quotations(text: str) -> tuple[str, ...]:
    """Whole sentences that a text quotes: they may be in another language than what stands around them."""
    return tuple(each for each in quoted(text) if _is_sentence(each))


def _is_whole_page(page: Page, piece: Piece) -> bool:
    root = page.document.root
    if piece.declared_by is not root:
        return piece.declared_by is not None and len(by_declaring(page.document)[piece.declared_by.index]) == 1
    return any(page_rule.expect(page, each).message for each in page_rule.applies(page))
