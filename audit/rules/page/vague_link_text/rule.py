"""The text of a link says nothing without what stands around it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.links import (
    is_long_address,
    is_vague,
    names_a_thing_in_code,
    names_a_thing_in_its_sentence,
    names_its_heading,
    names_its_page,
    shortened,
    understood_links,
)
from audit.semantics.words import counted

RULE = Rule(
    title="Vague link text",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.4.9",), act=("aizyf1",)),
    fixer=Fixer.AUTHOR,
    why="People who jump from link to link, or ask for a list of links, hear it without its sentence.",
    since="0.1.0",
)


def applies(page: Page) -> Iterable[Element]:
    """Exposed links whose name can be spoken, in a language whose words are known."""
    yield from understood_links(page.document)


def expect(page: Page, target: Element) -> Result:
    if is_long_address(target.name):
        return ask(
            f"This link is called by its address of {counted(len(target.name.strip()), 'character', 'characters')}, “{shortened(target.name)}”. "
            "Would words say better where it leads?",
            "Put the link on the words that name its end, and leave the address out.",
        )
    if (
        not is_vague(target.name, target.lang)
        or names_its_heading(page, target)
        or names_its_page(page, target)
        or names_a_thing_in_code(page.document, target)
        or names_a_thing_in_its_sentence(page.document, target)
    ):
        return passed(name=target.name)
    return failed(
        f"Out of its sentence, “{target.name.strip()}” says nothing about where the link leads.",
        "Put the link on the words that name its end: “see the [hours of all branches]” instead of “click [here]”.",
    )
