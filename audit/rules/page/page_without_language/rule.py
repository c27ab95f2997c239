"""A page must say which language it is in."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="Page without language",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.1.1",), act=("b5c3f8",), aoda=("O. Reg. 191/11 s. 14",)),
    fixer=Fixer.THEME,
    why="A screen reader reads the page with the sounds of another language, and it cannot be understood.",
    since="0.1.0",
    axe=("html-has-lang",),
)


def applies(page: Page) -> Iterable[Element]:
    # An SVG file is a page too, but its root is no ``html`` element and has no such duty.
    return (page.document.root,) if page.document.root.tag == "html" else ()


def expect(page: Page, target: Element) -> Result:
    language = target.get("lang")
    if language is None:
        # ``xml:lang`` alone does nothing in HTML (HTML, section "The lang and xml:lang attributes").
        if target.has("xml:lang"):
            return failed(
                f'The page gives its language as xml:lang="{target.get("xml:lang")}" only, which browsers do not read in HTML.',
                f'Write `<html lang="{target.get("xml:lang")}">`.',
                attribute="xml:lang",
            )
        return failed(
            "The page does not say which language it is in.", 'Write `<html lang="en">` (or `fr` for a French page).'
        )
    if not language.strip():
        return failed(
            f'The page has lang="{language}", which names no language.',
            'Write `<html lang="en">` (or `fr` for a French page).',
            language=language,
        )
    return passed(language=language)
