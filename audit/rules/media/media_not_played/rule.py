"""A video or sound could not be played during the audit: nothing is known of it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="Recording could not be played",
    family=Family.MEDIA,
    requirements=Requirements(wcag=("1.2.1", "1.2.2"), act=("c3232f", "fd26cf")),
    fixer=Fixer.AUTHOR,
    why="Deaf and blind people need captions and a text, and the audit could not look whether they are needed here.",
    since="0.1.0",
    aliases=("recording-not-played",),
)


def applies(page: Page) -> Iterable[Element]:
    """Videos and sounds that people see or that begin by themselves, and that name a file."""
    for medium in page.media or ():
        element = page.document.by_node.get(medium.node)
        seen = element is not None and element.rendered and element.exposed and (medium.controls or medium.autoplay)
        if element is not None and seen and medium.sources:
            yield element


def expect(page: Page, target: Element) -> Result:
    medium = next(each for each in page.media or () if each.node == target.node)
    if not medium.failed:
        return passed()
    file = medium.sources[0].split("?")[0].rsplit("/", 1)[-1]
    kind = "video" if medium.tag == "video" else "recording"
    return ask(
        f"The {kind} “{file}” could not be played here. Can visitors play it, and is all that is "
        f"{'seen and ' if kind == 'video' else ''}heard also written?",
        "Check the address and the format of the file (WebM, MP4, MP3), then run the audit again.",
        file=file,
    )
