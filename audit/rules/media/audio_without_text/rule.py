"""A recording of sound needs its words, or a description, in text."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.media import (
    beside,
    headed_transcript,
    is_transcript,
    may_hold_words,
    medium_of,
    played,
    said_on_page,
    says_no_more,
    too_few_words,
)
from audit.semantics.words import counted

RULE = Rule(
    title="Sound without text",
    family=Family.MEDIA,
    requirements=Requirements(wcag=("1.2.1",), act=("e7aa44", "2eb176", "afb423")),
    fixer=Fixer.AUTHOR,
    why="Deaf people get nothing of the recording, and nobody can read or search what is said in it.",
    since="0.1.0",
)


def applies(page: Page) -> Iterable[Element]:
    """Audio that visitors can start, or that starts by itself."""
    yield from (element for element, _ in played(page, "audio"))


def expect(page: Page, target: Element) -> Result:
    document, medium = page.document, medium_of(page, target)
    fix = "Put the words of the recording below it, or link to them: “Transcript of the interview”."
    # Beside a video, it may be what tells of the video.
    videos = any(other.tag == "video" for other in page.media or ())
    if not videos and too_few_words(document, medium):
        return failed(
            f"The recording has no words in text: {says_no_more(document)}.",
            fix,
            words=len(said_on_page(document)),
            seconds=medium.duration,
        )
    if headed_transcript(document, medium):
        return passed(transcript="on the page")
    door = may_hold_words(document)
    lasting = f" of {counted(medium.duration, 'second', 'seconds')}" if medium.duration is not None else ""
    if door is not None and is_transcript(door):
        return ask(f"Does “{door.name}” give all that is said and heard in the recording{lasting}?", fix)
    said = len(said_on_page(document))
    return ask(
        f"The page has {counted(said, 'word', 'words')} (“{beside(document)}”). Is this all that is heard in the recording{lasting}, and does "
        "the page say so?",
        fix,
        words=said,
        seconds=medium.duration,
    )
