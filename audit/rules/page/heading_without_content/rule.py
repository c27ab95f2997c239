"""Nothing stands between a heading and the next one of the same level or a higher one."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="A heading with nothing under it",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="Who goes from heading to heading comes to a part that has nothing in it; often it was only meant to be large.",
    since="0.1.0",
)
_SEEN = frozenset(
    {"img", "svg", "canvas", "video", "audio", "iframe", "object", "embed", "input", "select", "textarea"}
)


def applies(page: Page) -> Iterable[Element]:
    """Exposed, rendered headings of level 2 and below that are followed by another heading."""
    headings = _headings(page.document)
    for heading in headings[:-1]:
        if _level(heading) > 1:
            yield heading


def expect(page: Page, target: Element) -> Result:
    document = page.document
    headings = _headings(document)
    after = headings[headings.index(target) + 1]
    if _level(after) > _level(target) or document.contains(target, after) or _has_content(document, target, after):
        return passed()
    name = document.visible_text(target)[:60]
    return ask(
        f"“{name}” is a heading, and the next thing is the heading “{document.visible_text(after)[:50]}”. Is it the title of a part?",
        "If it is only to be large, make it a paragraph (a name, a date, a motto); if it is a title, write what belongs under it.",
    )


def _headings(document: Document) -> list[Element]:
    return [each for each in document.roles("heading") if each.rendered and document.visible_text(each)]


def _level(heading: Element) -> int:
    level = heading.accessible.states.get("level") if heading.accessible else None
    return int(level) if isinstance(level, int | float) else 2


def _has_text_beside(document: Document, heading: Element, after: Element) -> bool:
    """Whether text that is in no element of its own stands between the two."""
    within = heading
    for above in document.ancestors(heading):
        behind = False
        for child in above.content:
            if not isinstance(child, int):
                if behind and child.text.strip():
                    return True
            elif child == within.index:
                behind = True
            elif child == after.index or document.contains(document[child], after):
                return False
        within = above
    return False


def _has_content(document: Document, heading: Element, after: Element) -> bool:
    """Whether anything is met between the two, or the first is all of a card, or what unfolds a part that is folded."""
    if any(above.tag == "summary" for above in document.ancestors(heading)):
        return True
    if _has_text_beside(document, heading, after):
        return True
    inner = {heading.index, *(each.index for each in document.descendants(heading))}
    for element in document.elements[heading.index : after.index]:
        if element.index in inner:
            if element.role in {"link", "button"} or element.tag in _SEEN:
                return True
            continue
        if not (element.rendered or element.exposed):
            continue
        own = any(not isinstance(child, int) and child.text.strip() for child in element.content)
        if own or element.tag in _SEEN or element.role in {"link", "button"}:
            return True
    return False
