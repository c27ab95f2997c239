"""A player of another company is asked about: has the video captions and a text?"""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.hosts import host_of
from audit.semantics.media import is_transcript

RULE = Rule(
    title="Player of another company",
    family=Family.MEDIA,
    requirements=Requirements(wcag=("1.2.2",)),
    fixer=Fixer.AUTHOR,
    why="Deaf people depend on captions that nobody but the owner of the video can see to.",
    since="0.1.0",
)

#: Hosts of players for video and sound.
PLAYERS = (
    "youtube.com",
    "youtube-nocookie.com",
    "vimeo.com",
    "dailymotion.com",
    "wistia.net",
    "soundcloud.com",
    "spotify.com",
)


def applies(page: Page) -> Iterable[Element]:
    """Frames that visitors can see, of hosts of players."""
    for frame in page.document.tags("iframe"):
        host = host_of(frame.get("src") or "")
        if frame.rendered and any(f".{host}".endswith(f".{player}") for player in PLAYERS):
            yield frame


def expect(page: Page, target: Element) -> Result:
    document = page.document
    near = document.closest(target, lambda each: each.tag in {"figure", "section", "article", "main", "body"}) or target
    if any(each.role == "link" and is_transcript(each) for each in document.descendants(near)):
        return passed(transcript="linked")
    name = target.get("title") or host_of(target.get("src") or "")
    return ask(
        f"The player “{name}” plays video or sound from another company. Does it have captions that a person made?",
        "Add captions in the company’s editor, and link to a transcript below the player.",
    )
