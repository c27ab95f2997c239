"""Links with the same name in the same place lead to different things."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.destination import destination
from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.links import Ends, compare, links, of_one_name, place

RULE = Rule(
    title="Same name, same place, different ends",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.4.4",), act=("fd3a94",)),
    fixer=Fixer.AUTHOR,
    why="Neither the words of the links nor the text around them tells which of the two leads where.",
    since="0.1.0",
    covers=("links-of-one-name",),
)


def applies(page: Page) -> Iterable[Element]:
    """The first link of each group with one name in one paragraph, item, cell or other block."""
    for group in _groups(page):
        yield group[0][0]


def expect(page: Page, target: Element) -> Result:
    group = next(each for each in _groups(page) if each[0][0] is target)
    first = destination(target, page.url) or ""
    verdicts = {end: compare(page, first, end, target.name) for _, end in group[1:] if end != first}
    fix = "Say in each link what is special about its end."
    name = target.name.strip()
    if Ends.DIFFERENT in verdicts.values():
        # In running text each link has a sentence of its own, and that may tell enough.
        if _has_sentences(page, target):
            return ask(
                f"Two links called “{name}” in one paragraph lead to different pages. "
                "Does the sentence of each say which?",
                fix,
            )
        return failed(
            f"{len(group)} links called “{name}” are in the same place, but they lead to different pages.", fix
        )
    if Ends.UNKNOWN in verdicts.values():
        return ask(
            f"Two links called “{name}” are in the same place with different addresses. Are they the same for a reader?",
            fix,
        )
    return passed(links=len(group))


def _groups(page: Page) -> list[tuple[tuple[Element, str], ...]]:
    found: list[tuple[tuple[Element, str], ...]] = []
    for group in of_one_name(page, links(page.document)):
        places: dict[int, list[tuple[Element, str]]] = {}
        for link, end in group:
            described = link.accessible.description if link.accessible else ""
            # A description of its own tells a link apart.
            if not described:
                places.setdefault(place(page.document, link), []).append((link, end))
        found.extend(tuple(each) for each in places.values() if len({end for _, end in each}) > 1)
    return found


def _has_sentences(page: Page, link: Element) -> bool:
    block = page.document[place(page.document, link)]
    text = page.document.exposed_text(block)
    others = sum(
        len(page.document.text(each).split()) for each in page.document.descendants(block) if each.role == "link"
    )
    return len(text.split()) - others >= 6 and text.rstrip().endswith((".", "!", "?", ")"))
