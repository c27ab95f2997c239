"""What a video shows must also be told."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.media import beside, described_version, medium_of, played, sounds

RULE = Rule(
    title="Video: is everything told?",
    family=Family.MEDIA,
    requirements=Requirements(wcag=("1.2.3", "1.2.5"), act=("c5a4ea", "1ec09b", "1ea59c")),
    fixer=Fixer.AUTHOR,
    why="Blind people hear the voices and do not know what happens between them.",
    since="0.1.0",
    aliases=("film-without-description",),
)


def applies(page: Page) -> Iterable[Element]:
    """Video with sound that visitors can see."""
    yield from (
        element for element, medium in played(page, "video") if sounds(medium) and medium.has_video is not False
    )


def expect(page: Page, target: Element) -> Result:
    medium = medium_of(page, target)
    if described_version(page.document) is not None:
        return passed(version="described")
    fix = "Let a voice tell what is shown in the pauses, offer a second version that does, or write it all in text."
    described = any(track["kind"] == "descriptions" for track in medium.tracks)
    said = beside(page.document)
    return ask(
        "Is everything important that the video shows also said in its sound"
        + (f", or in the text “{said}”" if said else "")
        + "?"
        + (" The description track alone does not help: browsers do not read it out." if described else ""),
        fix,
        descriptions=described,
    )
