"""The language that the page declares is not the one it is written in."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.language.detect import Match, is_named, judge, known
from audit.semantics.language.spoken import by_declaring
from audit.semantics.language.voting import judged_together

RULE = Rule(
    title="The page declares another language",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.1.1",), act=("ucwvc8",)),
    fixer=Fixer.AUTHOR,
    why="Screen readers speak the text with the sounds of the wrong language, and braille comes out in the wrong code.",
    since="0.1.0",
)


def applies(page: Page) -> Iterable[Element]:
    """The root element, when it names a language and something inherits it."""
    root = page.document.root
    # That there is no such language is told by axe-core.
    named = known(root.get("lang")) or (
        is_named(root.get("lang")) and not any(each.rule == "html-lang-valid" for each in page.axe)
    )
    if root.tag == "html" and named and _inherits(page):
        yield root


def expect(page: Page, target: Element) -> Result:
    declared = target.get("lang") or ""
    judgement = judged_together(_inherits(page), declared)
    fix = (
        "Write the language of the text into the front matter (Lang: fr), or translate the text."
        if judgement.match in {Match.OTHER, Match.MAYBE_OTHER}
        else ""
    )
    if judgement.match is Match.OTHER:
        return failed(
            f'The page says lang="{declared}", but what is not marked otherwise is in {judgement.name}: '
            f"“{_sample(page, declared)}”.",
            fix,
            declared=declared,
            detected=judgement.language,
        )
    if judgement.match is Match.MAYBE_OTHER:
        return ask(
            f'The page says lang="{declared}". Is “{_sample(page, declared)}” not {judgement.name}?',
            fix,
            declared=declared,
            detected=judgement.language,
        )
    return passed(declared=declared, detected=judgement.language)


def _inherits(page: Page) -> tuple[str, ...]:
    """The different texts that take their language from the root, the title first."""
    document = page.document
    titles = [
        document.text(element)
        for element in document.tags("title")
        if element.frame is None and document.closest(element, lambda each: each.has("lang")) is document.root
    ]
    pieces = [piece.text for piece in by_declaring(document).get(document.root.index, ())]
    return tuple(text for text in dict.fromkeys([*titles[:1], *pieces]) if text)


def _sample(page: Page, declared: str) -> str:
    """The first text that speaks against the declared language."""
    texts = _inherits(page)
    against = (text for text in texts if judge(text, declared).match in {Match.OTHER, Match.MAYBE_OTHER})
    return next(against, texts[0])[:80]
