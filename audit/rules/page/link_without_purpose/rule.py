"""Neither the text of a link nor what stands around it says where it leads."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.links import (
    context_tells,
    is_long_address,
    is_vague,
    names_a_thing_in_code,
    names_a_thing_in_its_sentence,
    names_its_heading,
    names_its_page,
    shortened,
    understood_links,
)
from audit.semantics.vocabulary import either, vocabulary
from audit.semantics.words import words

RULE = Rule(
    title="Nothing says where the link leads",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.4.4",), act=("5effbb",)),
    fixer=Fixer.AUTHOR,
    why="People who use a screen reader hear the link with its sentence, and still cannot know whether to follow it.",
    since="0.1.0",
    covers=("vague-link-text",),
)


def applies(page: Page) -> Iterable[Element]:
    """Exposed links whose name can be spoken, in a language whose words are known."""
    yield from understood_links(page.document)


def expect(page: Page, target: Element) -> Result:
    fix = "Say in the link text what is at its end: “Hours of the Hillcrest branch”, not “here” or “PDF”."
    if is_vague(target.name, target.lang):
        if (
            context_tells(page.document, target, vocabulary(target.lang) or either())
            or names_its_heading(page, target)
            or names_its_page(page, target)
            or names_a_thing_in_code(page.document, target)
            or names_a_thing_in_its_sentence(page.document, target)
        ):
            return passed(name=target.name)
        return failed(
            f"This link is called “{target.name.strip()}”, and its paragraph, list item or cell says no more.", fix
        )
    if is_long_address(target.name) and not context_tells(page.document, target, vocabulary(target.lang) or either()):
        return ask(
            f"This link is called by its address, “{shortened(target.name)}”, and nothing around it says more. "
            "Does the address tell people where it leads?",
            fix,
        )
    before = _told_before(page, target)
    if before:
        return ask(
            f"“{target.name.strip()}” is alone in its paragraph. Can it be understood without the paragraph "
            f"before it: “{before[:90]}”?",
            fix,
        )
    return passed(name=target.name)


def _told_before(page: Page, link: Element) -> str:
    """The paragraph before, when the link is one word that is the whole of its own paragraph and repeats it.

    One word in a list or a menu is what menus are made of; in a paragraph of its own it
    leans on what was said before, which nobody hears who goes from link to link.
    """
    document = page.document
    own = words(link.name)
    paragraph = document.parent(link)
    if len(own) != 1 or paragraph is None or paragraph.tag != "p" or words(document.text(paragraph)) != own:
        return ""
    parent = document.parent(paragraph)
    if parent is None or parent.tag not in {"body", "main", "article", "section", "div"}:
        return ""
    earlier = [child for child in document.children(parent) if child.index < paragraph.index and child.exposed]
    text = document.exposed_text(earlier[-1]) if earlier and earlier[-1].tag == "p" else ""
    return text if own[0] in words(text) and len(words(text)) > 5 else ""
