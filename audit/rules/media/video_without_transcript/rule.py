"""A video should have a transcript of what is said and shown."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.media import medium_of, played, says_no_more, sounds, too_few_words

RULE = Rule(
    title="Video without a transcript",
    family=Family.MEDIA,
    requirements=Requirements(wcag=("1.2.8",), act=("1a02b0",)),
    fixer=Fixer.AUTHOR,
    why="People who are both deaf and blind read braille: they get a video only through its text.",
    since="0.1.0",
    aliases=("film-without-transcript",),
)


def applies(page: Page) -> Iterable[Element]:
    """Video with sound that visitors can see."""
    yield from (
        element for element, medium in played(page, "video") if sounds(medium) and medium.has_video is not False
    )


def expect(page: Page, target: Element) -> Result:
    if not too_few_words(page.document, medium_of(page, target)):
        return passed()
    return failed(
        f"No text and no link on the page could be the transcript of the video; {says_no_more(page.document)}.",
        "Write what is said and shown below the video, or link to it as its transcript.",
    )
