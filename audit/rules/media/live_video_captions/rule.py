"""A video that is sent while it happens needs captions made at the same time."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="Does the live video have captions?",
    family=Family.MEDIA,
    requirements=Requirements(wcag=("1.2.4",)),
    fixer=Fixer.AUTHOR,
    why="Deaf people cannot follow a meeting that everybody else hears as it happens.",
    since="0.1.0",
    aliases=("live-film-captions",),
)
_LIVE = re.compile(
    r"\blive[- ]?stream(?:ed|ing)?\b|\blive (?:broadcast|film|video|feed|webcast)\b|\bbroadcast live\b|\bwatch (?:it )?live\b"
    r"|\b(?:webdiffusion|diffusion|diffusée?|regarder) en direct\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"live_stream|/live(?:/|$|\?)|livestream", re.IGNORECASE)
_CAPTIONED = re.compile(r"\b(?:captions?|captioned|captioning|CART|sous-titr\w+|sous-titres)\b", re.IGNORECASE)


def applies(page: Page) -> Iterable[Element]:
    """Players that say, or stand below a heading that says, that they show what happens now."""
    document = page.document
    for player in document.tags("iframe", "video"):
        if not player.rendered or not player.exposed:
            continue
        sources = " ".join([player.get("src") or "", *(each.get("src") or "" for each in document.children(player))])
        said = f"{player.name} {player.get('title') or ''} {_heading(document, player)}"
        if _LIVE.search(said) or _ADDRESS.search(sources):
            yield player


def _heading(document: Document, player: Element) -> str:
    above = [each for each in document.roles("heading") if each.index < player.index]
    return document.text(above[-1]) if above else ""


def expect(page: Page, target: Element) -> Result:
    document = page.document
    near = document.closest(target, lambda each: each.tag in {"figure", "section", "article", "main", "body"}) or target
    if _CAPTIONED.search(document.visible_text(near)):
        return passed(captions="spoken of")
    name = target.name or target.get("title") or _heading(document, target)
    return ask(
        f"“{name[:60]}” is shown live. Does somebody, or a program that is corrected, write captions at the same time?",
        "Engage a captioner, and say beside the player that there are captions.",
    )
