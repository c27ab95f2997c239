"""A link has an empty address, and nothing happens when it is followed."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.activation import activation
from audit.semantics.words import words

RULE = Rule(
    title="Link that leads nowhere",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="People follow it and find themselves where they were; a screen reader begins the page anew.",
    since="0.1.0",
    best_practice=True,
)
_TOP = frozenset(
    {"top", "up", "start", "beginning", "haut", "début", "home", "accueil", "refresh", "reload", "actualiser"}
)

_MENUS = frozenset({"nav", "header", "aside", "ul", "ol"})
#: How menus mark the entry of the page that is open.
_CURRENT = frozenset({"current", "active", "selected", "here"})


def applies(page: Page) -> Iterable[Element]:
    """Rendered links with a name whose address is empty or only a number sign."""
    for element in page.document.tags("a"):
        if (
            element.rendered and element.name.strip() and (element.get("href") or "x").strip() in {"", "#"}
        ) or _is_empty(element):
            yield element


def _is_empty(element: Element) -> bool:
    return (
        element.rendered
        and bool(element.name.strip())
        and element.has("href")
        and not (element.get("href") or "").strip()
    )


def expect(page: Page, target: Element) -> Result:
    document = page.document
    told = activation(page, target)
    listening = "click" in page.observed.listeners or any(
        "click" in each.listeners or each.has("onclick") for each in (target, *document.ancestors(target))
    )
    if listening and (told is None or told.did):
        return passed(script=True)
    if _TOP & set(words(target.name)) or (target.get("role") or "") not in {"", "link"}:
        return passed()
    if _is_where_we_are(document, target):
        return passed(current=True)
    return failed(
        f"The link “{target.name[:50]}” has the address “{(target.get('href') or '').strip()}”, which is this page.",
        "Write the address into it; or make it plain text.",
    )


def _is_where_we_are(document: Document, link: Element) -> bool:
    """Whether it is the entry of a menu or list of contents for the page that is open."""
    around = [link, *(above for above in document.ancestors(link) if above.tag in {"li", "span"})][:2]
    marked = any(
        each.has("aria-current") or _CURRENT & set((each.get("class") or "").lower().replace("-", " ").split())
        for each in around
    )
    if marked:
        return True
    above = document.closest(link, lambda each: each.tag in _MENUS or each.role == "navigation")
    others = sum(each.tag == "a" and each.has("href") for each in document.descendants(above)) if above else 0
    name = words(document.text(link))
    return others > 1 and bool(name) and set(name) <= set(words(document.title))
