"""A video without sound needs a text or a sound track that tells what it shows."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.media import beside, headed_transcript, medium_of, played, said_on_page, sounds, too_few_words

RULE = Rule(
    title="Silent video without text",
    family=Family.MEDIA,
    requirements=Requirements(wcag=("1.2.1",), act=("c3232f", "d7ba54", "ee13b5", "fd26cf")),
    fixer=Fixer.AUTHOR,
    why="Blind people are not told what the video shows.",
    since="0.1.0",
    aliases=("silent-film-without-text",),
)


def applies(page: Page) -> Iterable[Element]:
    """Video without sound that visitors can see."""
    yield from (
        element
        for element, medium in played(page, "video")
        if sounds(medium) is False and medium.has_video is not False
    )


def expect(page: Page, target: Element) -> Result:
    document, medium = page.document, medium_of(page, target)
    fix = "Say in text below the video what it shows, and that it is the same; or offer a recording that tells it."
    if headed_transcript(document, medium):
        return passed(transcript="on the page")
    spoken = any(other.tag == "audio" and not other.failed for other in page.media or ())
    decorative = medium.autoplay and not medium.controls
    if not spoken and not decorative and too_few_words(document, medium, heard=True):
        return failed("The video has no sound, and no text, link or recording on the page tells what it shows.", fix)
    if decorative:
        return ask(
            "A video without sound plays by itself. Is it decoration only, or does the text tell what it shows?", fix
        )
    return ask(
        f"The video has no sound. Does {'the recording beside it' if spoken else f'the text “{beside(document)}”'} tell all "
        "that it shows, and does the page say so?",
        fix,
        words=len(said_on_page(document)),
    )
