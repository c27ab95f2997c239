"""A picture and the words beside it are two links to the same address."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from audit.model.destination import destination
from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="Two neighbouring links, one destination",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="People with a keyboard or a screen reader meet the same link twice, on every card and every line.",
    since="0.1.0",
    best_practice=True,
)
_CARRIERS = frozenset({"p", "div", "span", "figure", "figcaption", "h2", "h3", "h4", "h5", "h6", "picture", "strong"})


def applies(page: Page) -> Iterable[Element]:
    """Exposed links that follow another link directly: nothing to read or see stands between them."""
    document = page.document
    ordered = [each for each in document if each.exposed and each.role == "link" and destination(each, page.url)]
    for before, link in pairwise(ordered):
        if not document.contains(before, link) and _are_neighbours(document, before, link):
            yield link


def expect(page: Page, target: Element) -> Result:
    document = page.document
    ordered = [each for each in document if each.exposed and each.role == "link" and destination(each, page.url)]
    before = ordered[ordered.index(target) - 1]
    end = destination(target, page.url)
    # Two links of words may be meant apart (a name and its page number); a picture and its words are one thing.
    pictured = _has_picture(document, before) != _has_picture(document, target)
    if destination(before, page.url) != end or not pictured:
        return passed()
    return failed(
        f"The link “{target.name.strip() or end}” and the one before it lead to the same page.",
        "Put picture and words into one link, with an empty alternative for the picture: "
        "[![](picture.jpg) Words](address).",
    )


def _has_picture(document: Document, link: Element) -> bool:
    has = any(each.tag in {"img", "svg", "picture"} for each in document.descendants(link))
    return has and not document.exposed_text(link)


def _are_neighbours(document: Document, before: Element, link: Element) -> bool:
    """Whether they stand in one small group: between them are only elements that carry them."""
    outer = next((each for each in document.ancestors(link) if document.contains(each, before)), None)
    if outer is None:
        return False
    last = max((each.index for each in document.descendants(before)), default=before.index)
    for element in document.elements[last + 1 : link.index]:
        if element.tag == "br":
            continue
        if document.contains(element, link):
            if element.tag not in _CARRIERS:
                return False
        elif element.exposed and (document.text(element) or element.role in {"image", "button"}):
            return False
    text_before = False
    for owner, run in document.runs(outer):
        if owner.index in range(before.index, last + 1):
            text_before = False
        elif owner is link or document.contains(link, owner):
            break
        elif run.text.strip(" \n\t\r|·,"):
            text_before = True
    return not text_before
