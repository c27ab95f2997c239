"""A heading is text that only looks like one: a paragraph, a part of a sentence, an address, small print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.derived_facts import remembered
from audit.semantics.passages import breaks_off, is_contact
from audit.semantics.text_blocks import pixels, text_blocks
from audit.semantics.words import sentences, words

RULE = Rule(
    title="Heading that is only text",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="People who jump from heading to heading land on words that open no part of the page.",
    since="0.1.0",
    covers=("long-heading", "heading-without-content"),
)
#: Titles of books and talks are long; two sentences of this many words are none.
MOST, SENTENCES = 30, 2
#: A sentence in a heading of this many words on, and the beginning of a sentence before one.
SMALL_PRINT, BEGUN = 8, 5
#: A heading of this many words that ends like a sentence is hardly a title, however large it is.
SENTENCE = 14


def applies(page: Page) -> Iterable[Element]:
    """Rendered headings with words."""
    for element in page.document.roles("heading"):
        if element.rendered and words(page.document.visible_text(element)):
            yield element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    text = document.visible_text(target)
    count, said = len(words(text)), f"“{text[:90]}”"
    fix = "Make it a paragraph; set it apart with strong or with a style if it needs weight."
    if count > MOST and len(sentences(text)) >= SENTENCES:
        return ask(
            f"This heading has {count} words in {len(sentences(text))} sentences: {said}. Is it text that only looks like a heading?",
            fix,
            words=count,
        )
    before = _before(document, target)
    if before and _goes_on(before, text, _after(document, target)):
        if breaks_off(before) and before[-1].isalpha() and (is_contact(text) or text[0].islower()):
            return failed(f"The heading {said} is a part of the sentence “…{before[-60:]}”.", fix)
        return ask(f"The heading {said} comes where “…{before[-60:]}” breaks off. Is it part of that sentence?", fix)
    if is_contact(text):
        return ask(f"The heading {said} is an address or a number. Is it the title of what follows?", fix)
    if count >= SMALL_PRINT and text.rstrip()[-1] in ".;" and _size(target) <= _usual_size(document):
        return ask(f"The heading {said} is a sentence as small as the text around it. Is it a title?", fix)
    if count >= SENTENCE and text.rstrip()[-1] == "." and _level(target) > 1:
        return ask(f"The heading {said} is a whole sentence of {count} words. Is it the title of what follows?", fix)
    return passed(words=count)


def _goes_on(before: str, heading: str, after: str) -> bool:
    """Whether the words around and in a heading show that one sentence runs through it.

    Text without a full stop at its end is no sign by itself: lists of names and lines of contact have none.
    """
    return breaks_off(before) or heading.lstrip()[:1].islower() or after[:1].islower()


def _before(document: Document, heading: Element) -> str:
    """The paragraph directly before a heading, where it ends within a sentence."""
    parent = document.parent(heading)
    if parent is None:
        return ""
    earlier = [child for child in document.children(parent) if child.index < heading.index and child.rendered]
    if not earlier or earlier[-1].tag not in {"p", "div"} or earlier[-1].index not in _blocks(document):
        return ""
    text = _blocks(document)[earlier[-1].index]
    # Lines that end by hand (a name, a date) are no sentence that breaks off.
    linked = any(each.role in {"link", "button"} or each.tag == "br" for each in document.descendants(earlier[-1]))
    return text if not linked and len(words(text)) >= BEGUN and (text[-1].isalpha() or text[-1] == ",") else ""


def _after(document: Document, heading: Element) -> str:
    """The text directly after a heading; empty where none follows."""
    parent = document.parent(heading)
    later = [child for child in document.children(parent) if child.index > heading.index] if parent is not None else []
    return _blocks(document).get(later[0].index, "").lstrip() if later else ""


@remembered
def _blocks(document: Document) -> Mapping[int, str]:
    return {block.element.index: block.text for block in text_blocks(document)}


def _level(heading: Element) -> int:
    told = heading.accessible.states.get("level") if heading.accessible else None
    return told if isinstance(told, int) else 1


def _size(element: Element) -> float:
    return pixels(element.style.get("font-size")) or 0.0


@remembered
def _usual_size(document: Document) -> float:
    """The size of most of the text in paragraphs, in CSS px."""
    sizes: Counter[float] = Counter()
    for block in text_blocks(document):
        if block.element.tag == "p":
            sizes[_size(block.element)] += len(block.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
