"""A video with sound needs captions."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.media import (
    beside,
    cues,
    headed_transcript,
    medium_of,
    played,
    said_on_page,
    seconds,
    sounds,
    too_few_words,
)
from audit.semantics.words import counted

RULE = Rule(
    title="Video without captions",
    family=Family.MEDIA,
    requirements=Requirements(wcag=("1.2.2",), act=("eac66b", "f51b46", "ab4d13")),
    fixer=Fixer.AUTHOR,
    why="Deaf and hard of hearing people see lips move and do not know what is said.",
    since="0.1.0",
    aliases=("film-without-captions",),
)


#: The longest stretch without captions in which a video may well have nothing to say: seconds, and a share of its length.
LONGEST, SHARE = 15.0, 0.25


def applies(page: Page) -> Iterable[Element]:
    """Video with sound that visitors can see."""
    yield from (
        element for element, medium in played(page, "video") if sounds(medium) and medium.has_video is not False
    )


def expect(page: Page, target: Element) -> Result:
    document, medium = page.document, medium_of(page, target)
    fix = 'Make a caption file (WebVTT) and name it: `<track kind="captions" srclang="en" src="…vtt">`.'
    tracks = [track for track in medium.tracks if track["kind"] in {"captions", "subtitles"}]
    if tracks:
        usable = [track for track in tracks if track["loaded"] == "yes" and cues(track["text"])]
        if not usable:
            why = "cannot be loaded" if tracks[0]["loaded"] != "yes" else "holds no caption"
            return ask(
                f"The caption file {tracks[0]['src'].rsplit('/', 1)[-1]} {why}. Are there captions in the video?", fix
            )
        if headed_transcript(document, medium):
            return passed(captions="beside the transcript")
        spans, length = cues(usable[0]["text"]), seconds(medium)
        end = max(end for _, end in spans)
        named = usable[0]["src"].rsplit("/", 1)[-1]
        told = f"The captions end after {counted(end, 'second', 'seconds')}. Do they give all that is said and heard?"
        if length is not None:
            gap = _longest_gap(spans, length)
            if gap <= min(LONGEST, SHARE * length):
                return passed(captions=named, ends=end)
            told = (
                f"There are no captions for {counted(round(gap, 1), 'second', 'seconds')} of "
                f"{counted(round(length, 1), 'second', 'seconds')}. Is something said or heard there?"
            )
        return ask(told, "Read the captions along with the video, and add what is missing.", captions=named, ends=end)
    if too_few_words(document, medium):
        return failed(
            "The video has sound and no captions, and no text on the page could replace it.",
            fix,
            seconds=medium.duration,
        )
    return ask(
        f"The video has no caption file. Are captions in the picture, or is the video the same as the text "
        f"“{beside(document)}”, and does the page say so?",
        fix,
        words=len(said_on_page(document)),
    )


def _longest_gap(spans: Iterable[tuple[float, float]], length: float) -> float:
    """The longest stretch of a video without captions, in seconds."""
    longest = reached = 0.0
    for start, end in sorted(spans):
        longest = max(longest, start - reached)
        reached = max(reached, end)
    return max(longest, length - reached)
