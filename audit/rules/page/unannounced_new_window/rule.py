"""A link opens a new window, and no words say so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.words import words

RULE = Rule(
    title="A link opens a new window unannounced",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.2.5",)),
    fixer=Fixer.AUTHOR,
    why="The way back is gone: people who cannot see the new tab, or who do not know tabs, are lost.",
    since="0.1.0",
)
_SAME = frozenset({"", "_self", "_parent", "_top"})
_LINKS = frozenset({"a", "area"})
_OPENS = re.compile(r"\b(?:window|self|top)\s*\.\s*open\s*\(|(?<![\w.])open\s*\(\s*[\"'`]|\bshowModalDialog\s*\(")
_ANNOUNCED = frozenset(
    {
        "tab",
        "window",
        "onglet",
        "fenêtre",
        "external",
        "externe",
        "windows",
        "tabs",
        "onglets",
        "fenêtres",
        "popup",
        "dialog",
        "dialogue",
    }
)


def applies(page: Page) -> Iterable[Element]:
    """Exposed links and buttons that open a window, by their target, their script, or when they were tried."""
    frames = {(frame.get("name") or "").lower() for frame in page.document.tags("iframe", "frame")}
    opened = {told.node for told in page.observed.activations if told.windows}
    for element in page.document:
        if not element.exposed:
            continue
        target = (element.get("target") or "").strip().lower()
        by_target = element.tag in _LINKS and element.has("href") and target not in _SAME and target not in frames
        by_script = any(
            _OPENS.search(value)
            for name, value in element.attributes.items()
            if name in {"onclick", "href", "onkeydown"}
        )
        if by_target or ((by_script or element.node in opened) and element.rendered):
            yield element


def expect(page: Page, target: Element) -> Result:
    described = " ".join(page.document.text(each) for each in page.document.referred(target, "aria-describedby"))
    told = f"{target.name} {target.get('title') or ''} {described} {target.accessible.description if target.accessible else ''}"
    # A picture in a link that says so is part of its name; one that is only seen is not.
    if _ANNOUNCED & {*words(told)}:
        return passed()
    thing = "link" if target.tag in _LINKS or target.role == "link" else "button"
    return failed(
        f"The {thing} “{(target.name or page.document.text(target))[:60]}” opens a new window, and no words say so.",
        "Open it in the same window, or add “(opens in a new tab)” to its text.",
        opens=target.get("target") or "by script",
    )
