"""A part of the page declares a language that it is not written in."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.language.detect import Match, judge, known
from audit.semantics.language.spoken import by_declaring, language

RULE = Rule(
    title="A passage declares another language",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.1.2",), act=("off6ek",)),
    fixer=Fixer.AUTHOR,
    why="Screen readers speak the passage with the sounds of a language that it is not in.",
    since="0.1.0",
)


def applies(page: Page) -> Iterable[Element]:
    """Elements inside the page whose ``lang`` is a known language and holds for some exposed text."""
    document = page.document
    for index in sorted(by_declaring(document)):
        element = document[index]
        if element.parent is not None and known(language(element)):
            yield element


def expect(page: Page, target: Element) -> Result:
    declared = language(target)
    text = ". ".join(dict.fromkeys(piece.text for piece in by_declaring(page.document)[target.index]))
    judgement = judge(text[:2000], declared)
    fix = f'Write lang="{judgement.language}" there, or take the attribute away where the page\'s language holds.'
    if judgement.match is Match.OTHER:
        return failed(
            f'lang="{declared}" is set on text in {judgement.name}: “{text[:80]}”.',
            fix,
            declared=declared,
            detected=judgement.language,
        )
    # Two words, or a text that is possible in both languages: somebody who reads them knows.
    if judgement.match is Match.MAYBE_OTHER:
        return ask(
            f'lang="{declared}" is set on “{text[:80]}”. Is that not {judgement.name}?',
            fix,
            declared=declared,
            detected=judgement.language,
        )
    return passed(declared=declared, detected=judgement.language)
