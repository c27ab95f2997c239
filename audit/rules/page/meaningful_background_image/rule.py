"""A background picture seems to say something that the text does not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.words import words

RULE = Rule(
    title="Does this background picture say something?",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.1.1",)),
    fixer=Fixer.THEME,
    why="A background picture has no alternative: people with a screen reader, or with their own colours, do not get it.",
    since="0.1.0",
    aliases=("meaningful-background-picture",),
)
#: What icons are named when they carry a message, and words that say the same in text.
MEANINGS = {
    "warning": {"warning", "warnings", "caution", "attention", "avertissement"},
    "important": {"important", "importante", "warning", "note"},
    "alert": {"alert", "warning", "attention", "alerte"},
    "danger": {"danger", "warning", "caution"},
    "caution": {"caution", "warning", "attention"},
    "error": {"error", "errors", "wrong", "invalid", "erreur"},
    "success": {"success", "successfully", "done", "saved", "succès"},
    "info": {"info", "information", "note", "renseignements"},
    "required": {"required", "obligatoire", "requis"},
    "new": {"new", "nouveau", "nouvelle"},
    "pdf": {"pdf"},
    "external": {"external", "externe", "opens"},
    "closed": {"closed", "fermé"},
}
_URL = re.compile(r"url\([\"']?([^\"')]+)")


def applies(page: Page) -> Iterable[Element]:
    """Rendered elements with a picture of its own in the background, that is shown once."""
    for element in page.document:
        if element.rendered and _url(element) and element.style.get("background-repeat", "").startswith("no-repeat"):
            yield element


def expect(page: Page, target: Element) -> Result:
    source = _url(target)
    named = {*words(source.rsplit("/", 1)[-1].replace("-", " ").replace("_", " ").rsplit(".", 1)[0])}
    named |= {part for name in target.classes for part in words(name.replace("-", " ").replace("_", " "))}
    meanings = sorted(named & MEANINGS.keys())
    said = {*words(page.document.exposed_text(target)), *words(target.name)}
    missing = [meaning for meaning in meanings if not said & MEANINGS[meaning]]
    if not missing:
        return passed()
    text = page.document.visible_text(target)
    return ask(
        f"The background picture {source.rsplit('/', 1)[-1][:60]} is named “{missing[0]}”, and the text beside it, "
        f"“{text[:60]}”, does not say so. Does the picture tell people something that the text leaves out?",
        f"If it does, say it in text (“{missing[0].capitalize()}: …”), or use an img with an alternative.",
        picture=source[:200],
        meaning=missing[0],
    )


def _url(element: Element) -> str:
    match = _URL.search(element.style.get("background-image", ""))
    return "" if match is None or match.group(1).startswith("data:") else match.group(1)
