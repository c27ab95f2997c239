"""Text that can be read on the screen is hidden from assistive technology, and stands nowhere else."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Box, Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.clipping import own_boxes, window_of
from audit.semantics.derived_facts import remembered
from audit.semantics.text_blocks import text_blocks
from audit.semantics.words import words

RULE = Rule(
    title="Text that screen readers leave out",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.THEME,
    why="aria-hidden takes the words from people who listen to the page, and nothing else tells them.",
    since="0.1.0",
)
#: Fewer words are signs, numbers and names of icons; from so many on, set as a sentence, they are no ornament.
FEWEST, PROSE = 4, 8
#: The share of the words heard elsewhere on the page from which on nothing is lost, and under which it surely is.
TOLD, UNTOLD = 0.8, 0.5
_PROSE = frozenset({"p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})
_ENDS = (".", "!", "?", "…")
_DRAWN = frozenset({"svg", "figure", "canvas", "math", "marquee"})
#: What slides and panels are made of.
_PARTS = frozenset({"section", "article", "li", "div"})
_NAMING = ("aria-label", "aria-labelledby")


def applies(page: Page) -> Iterable[Element]:
    """The outermost elements with aria-hidden="true" in which so many words can be seen, while no dialog covers the page."""
    document = page.document
    if any(each.rendered and _is_open_dialog(each) for each in document):
        return
    inside: set[int] = set()
    for element in document:
        if element.parent in inside:
            inside.add(element.index)
        elif element.get("aria-hidden") == "true":
            inside.add(element.index)
            if (
                len(words(_seen(document, element))) >= FEWEST
                and _may_be_prose(document, element)
                and _is_set_as_text(document, element)
                and not _is_one_of_a_set(document, element)
            ):
                yield element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    text = _seen(document, target)
    if _has_stand_in(document, target):
        return passed()
    heard, said = _heard(document), words(text)
    told = sum(word in heard for word in said) / len(said)
    if told >= TOLD:
        return passed(told=round(told, 2))
    fix = "Remove aria-hidden. If other words replace the text, put them beside it, clipped to one pixel."
    if told < UNTOLD and len(said) >= PROSE and _is_sentence(document, target):
        return failed(
            f"“{text[:100]}” can be read on the screen, is hidden from screen readers by aria-hidden, "
            "and is nowhere else on the page.",
            fix,
        )
    return ask(
        f"“{text[:100]}” can be read on the screen and is hidden from screen readers by aria-hidden. "
        "Does it say anything that is not said elsewhere?",
        fix,
        told=round(told, 2),
    )


def _is_open_dialog(element: Element) -> bool:
    return element.get("aria-modal") == "true" or (element.tag == "dialog" and element.has("open"))


def _is_set_as_text(document: Document, element: Element) -> bool:
    """Whether its text stands in itself, or in paragraphs, items, cells or headings: words in boxes of a box are drawn."""
    blocks = {block.element.index: block.element.tag for block in text_blocks(document)}
    inline = element.style.get("display", "inline") in {"inline", "contents"}
    inner = (blocks.get(each.index, "") for each in document.descendants(element))
    return inline or element.index in blocks or any(tag in _PROSE for tag in inner)


def _is_one_of_a_set(document: Document, element: Element) -> bool:
    """Whether it is a slide or a panel of several, of which a script takes the attribute from the one that is shown."""
    if element.tag not in _PARTS:
        return False
    alike = [each for each in document.tags(element.tag) if _place(document, each) == _place(document, element)]
    hidden = sum(each.get("aria-hidden") == "true" for each in alike)
    return hidden > 1 and hidden < len(alike)


def _place(document: Document, element: Element) -> tuple[str, ...]:
    parent = document.parent(element)
    return (parent.tag, parent.get("class") or "", parent.get("role") or "") if parent is not None else ()


def _may_be_prose(document: Document, element: Element) -> bool:
    """Whether it is no part of a drawing, of a sample of code, or of what has a name of its own."""
    above = (element, *document.ancestors(element))
    return not any(
        each.tag in _DRAWN
        or each.tag in {"pre", "code", "samp", "kbd"}
        or each.role in {"image", "img"}
        or (
            any((each.get(name) or "").strip() for name in _NAMING)
            and each.tag not in {"body", "main", "nav", "section", "form", "aside", "header", "footer", "article"}
        )
        for each in above
    )


def _seen(document: Document, element: Element) -> str:
    """The text inside that lies on the page and in the windows of what scrolls or clips."""
    parts = []
    for owner, run in document.runs(element):
        window = window_of(document, owner) if owner.rendered else None
        if owner.rendered and any(_lies_in(box, window) for box in own_boxes(owner)):
            parts.append(run.text)
    return " ".join(" ".join(parts).split())


def _lies_in(box: Box, window: Box | None) -> bool:
    part = box if window is None else box.within(window)
    return part.width > 1 and part.height > 1 and box.right > 0 and box.bottom > 0


def _has_stand_in(document: Document, element: Element) -> bool:
    """Whether something beside it is for screen readers only: the words that stand for it."""
    parent = document.parent(element)
    return parent is not None and any(
        each.index != element.index and document.exposed_text(each) and not _seen(document, each)
        for each in document.children(parent)
    )


@remembered
def _heard(document: Document) -> frozenset[str]:
    """Every word that a screen reader meets: text, names and descriptions."""
    found = set(words(document.exposed_text(document.root)))
    for element in document:
        if element.exposed and element.accessible is not None:
            found.update(words(element.accessible.name), words(element.accessible.description))
    return frozenset(found)


def _is_sentence(document: Document, element: Element) -> bool:
    """Whether a block of prose with a whole sentence is hidden."""
    inside = {element.index, *(each.index for each in document.descendants(element))}
    return any(
        block.element.index in inside
        and block.element.tag in _PROSE
        and len(words(block.text)) >= PROSE
        and block.text.rstrip('”"’») ').endswith(_ENDS)
        for block in text_blocks(document)
    )
