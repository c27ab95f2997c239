"""A video of another site is shown, whose flashes nobody has looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="Does this video flash?",
    family=Family.MEDIA,
    requirements=Requirements(wcag=("2.3.1",)),
    fixer=Fixer.AUTHOR,
    why="More than three flashes in a second can set off a seizure, before anybody can stop the video.",
    since="0.1.0",
)
_PLAYERS = re.compile(
    r"//(?:www\.|player\.|geo\.)?(?:youtube(?:-nocookie)?\.com/embed|youtu\.be|vimeo\.com|dailymotion\.com|twitch\.tv|tiktok\.com/embed|facebook\.com/plugins/video)",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:flash(?:es|ing)?|strobe|stroboscop\w+|seizures?|epilep\w+|clignot\w+|épilep\w+)\b", re.IGNORECASE
)


def applies(page: Page) -> Iterable[Element]:
    """Rendered frames that hold the player of a video site."""
    for element in page.document.tags("iframe"):
        if element.rendered and _PLAYERS.search(element.get("src") or element.get("data-src") or ""):
            yield element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    parent = document.parent(target) or target
    said = " ".join((target.name, document.visible_text(parent)))
    if _SAID.search(said):
        return passed(said=True)
    name = f"“{target.name[:60]}”" if target.name else "without a name"
    return ask(
        f"The video {name} comes from another site and was not looked at. Does anything in it flash more than three times in a second?",
        "If so, do not embed it; if not, say so in the record of the page’s checks. A warning beside it does not make it safe.",
        source=(target.get("src") or "")[:200],
    )
