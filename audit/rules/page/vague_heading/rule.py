"""A heading does not say what its section is about."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.links import content_words, says_nothing
from audit.semantics.text_blocks import text_blocks
from audit.semantics.vocabulary import Vocabulary, either, vocabulary
from audit.semantics.words import has_words, unnumbered, words

RULE = Rule(
    title="Heading does not describe",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.4.6",), act=("b49b2e",)),
    fixer=Fixer.AUTHOR,
    why="People who use a screen reader go from heading to heading, and skip or read by them.",
    since="0.1.0",
)
#: So many words of one subject in the text make it a text about that subject.
STRONG = 2


def applies(page: Page) -> Iterable[Element]:
    """Exposed headings with words, in a language whose words are known; and those of signs that nobody sees or hears."""
    for heading in page.document.roles("heading"):
        if (has_words(heading.name) and vocabulary(heading.lang)) or _is_invisible(page.document, heading):
            yield heading


def expect(page: Page, target: Element) -> Result:
    fix = "Name in the heading what its section is about."
    if _is_invisible(page.document, target):
        return failed("This heading has only characters without width, which nobody sees or hears.", fix)
    known = vocabulary(target.lang)
    assert known is not None
    name = target.name.strip()
    if " ".join(words(name)) in either().placeholder_headings:
        return failed(f"This heading is only “{name}”.", fix)
    if _is_numbered(target):
        first = next(each for each in page.document.roles("heading") if _is_numbered(each))
        if first is not target:
            return passed(heading=name)
        return ask(f"The heading “{name}” is a number, not a subject. Do people know what is there?", fix)
    again = _said_before(page.document, target, known)
    if again is not None:
        return ask(
            f"The heading “{name}” is here again, beside another one with the same words. What tells the two apart?",
            fix,
        )
    text = _first_text(page.document, target)
    said, told = _subject(name, known), _topics(text, known, STRONG)
    # A heading about two things, and a text that has a word of the heading's subject, are no contradiction.
    if len(said) == 1 and told and not said & _topics(text, known, 1):
        subject = next(iter(sorted(told)))
        return ask(
            f"The heading is “{name}”, but the text below it seems to be about something else: “{text[:90]}”. "
            "Does the heading describe it?",
            fix,
            subject=subject,
        )
    return passed(heading=name)


def _said_before(document: Document, heading: Element, known: Vocabulary) -> Element | None:
    """The heading right before of the same level and the same words, where these say nothing by themselves: “Details”."""
    headings = [each for each in document.roles("heading") if each.rendered and has_words(each.name)]
    at = next((index for index, each in enumerate(headings) if each is heading), 0)
    before = headings[at - 1] if at else None
    same = before is not None and words(before.name) == words(heading.name) and before.tag == heading.tag
    return before if same and says_nothing(heading.name, known) else None


def _is_invisible(document: Document, heading: Element) -> bool:
    """Whether all of its text is signs that direct or join letters (Unicode, general category Cf) and blanks."""
    text = document.text(heading)
    inner = document.descendants(heading)
    return (
        heading.rendered
        and any(unicodedata.category(sign) == "Cf" for sign in text)
        and all(sign.isspace() or unicodedata.category(sign) == "Cf" for sign in f"{text}{heading.name}")
        and not any(each.role in {"img", "image"} for each in inner)
    )


def _is_numbered(heading: Element) -> bool:
    """Whether a heading only counts: “Section 2”, “Part B”."""
    said = unnumbered(heading.name)
    return said != words(heading.name) and " ".join(said) in either().numbered_headings


def _first_text(document: Document, heading: Element) -> str:
    """The first block of text after a heading, before the next one."""
    for block in text_blocks(document):
        if block.element.index <= heading.index or document.contains(heading, block.element):
            continue
        within = document.closest(block.element, lambda each: each.role == "heading")
        if within is not None:
            return ""
        if block.element.exposed:
            return block.text
    return ""


def _subject(heading: str, known: Vocabulary) -> frozenset[str]:
    """What a heading is about, where it names nothing else: “Jobs”, “Our opening hours”, not “Turn your phone”."""
    rest = frozenset(content_words(heading, known))
    return frozenset(topic for topic, marks in known.topics.items() if rest and rest <= marks)


def _topics(text: str, known: Vocabulary, least: int) -> frozenset[str]:
    there = frozenset(words(text))
    return frozenset(topic for topic, marks in known.topics.items() if len(there & marks) >= least)
