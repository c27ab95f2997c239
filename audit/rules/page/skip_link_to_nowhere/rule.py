"""A skip link leads to a place that does not exist, or cannot be reached itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="Skip link that does not work",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.THEME,
    why="People who use a keyboard press it, stay where they are, and go through the whole menu after all.",
    since="0.1.0",
    best_practice=True,
)
_SKIPS = re.compile(
    r"^(?:skip|jump|go(?: straight| directly)?)\b.{0,30}\b(?:content|main|navigation|menu|search|text)\b"
    r"|^(?:aller|passer|accéder|sauter)\b.{0,20}\b(?:contenu|navigation|menu|recherche|texte)\b",
    re.IGNORECASE,
)


def applies(page: Page) -> Iterable[Element]:
    """Links to a place of the same page whose words say that they skip something."""
    for element in page.document.tags("a"):
        if (
            element.frame is None
            and (element.get("href") or "").startswith("#")
            and _SKIPS.search(page.document.text(element))
        ):
            yield element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    text = document.text(target)[:40]
    place = unquote((target.get("href") or "#")[1:])
    if not place or (_end(document, place) is None and place.lower() != "top"):
        return failed(
            f"“{text}” leads to #{place}, and nothing on the page has that id.",
            f'Give the main part id="{place or "main"}".',
        )
    if target.style.get("display") == "none" or any(
        each.style.get("display") == "none" for each in document.ancestors(target)
    ):
        return failed(
            f"“{text}” is hidden with display: none, so that no key reaches it.",
            "Move it out of the window until it has focus, instead of hiding it.",
        )
    return passed()


def _end(document: Document, place: str) -> Element | None:
    named = (each for each in document.tags("a") if each.get("name") == place)
    return document.with_id(place) or next(named, None)
