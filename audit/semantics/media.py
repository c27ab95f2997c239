"""Sound and video on a page: what is heard, and which words stand beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.document import Document, Element
from audit.model.page import Medium, Page
from audit.semantics.derived_facts import remembered
from audit.semantics.vocabulary import either
from audit.semantics.words import words

#: Slow speech has more than one word each second; a description of what is no speech may be much shorter.
SPEECH = 0.7
DESCRIPTION = 0.35
#: Fewer words on a page are headings and labels, and no alternative of anything.
FEWEST = 10
#: Names of links to a version of a video whose sound tells what it shows.
DESCRIBED = frozenset(
    {"described version", "described video", "audio description", "audio described", "with description"}
    | {"vidéodescription", "audiodescription", "version décrite"}
)
#: Words by which a page says that its recording is speech.
SPOKEN = frozenset(
    {"speech", "interview", "lecture", "talk", "podcast", "episode", "conversation", "reading", "sermon"}
    | {"discours", "entrevue", "balado", "conférence", "épisode"}
)
_APART = frozenset({"navigation", "banner", "contentinfo"})
_SILENT = frozenset({"script", "style", "template", "noscript", "title", "head", "audio", "video"})
_CUE = re.compile(r"(?:(\d+):)?(\d\d):(\d\d[.,]\d{3})\s*-->\s*(?:(\d+):)?(\d\d):(\d\d[.,]\d{3})")
_PART = re.compile(r"(?:^|&)t=(?:npt:)?(\d+(?:\.\d+)?)?(?:,(\d+(?:\.\d+)?))?(?:&|$)")


def played(page: Page, tag: str) -> Iterator[tuple[Element, Medium]]:
    """The media of this tag that a visitor can see and start, or that start by themselves, and that can be played."""
    for medium in page.media or ():
        element = page.document.by_node.get(medium.node)
        if element is None or medium.tag != tag or medium.failed or not medium.sources:
            continue
        seen = element.rendered and element.exposed
        heard = medium.playing and tag == "audio"
        if heard or (seen and (medium.playing or medium.controls or medium.autoplay)):
            yield element, medium


def medium_of(page: Page, element: Element) -> Medium:
    """The medium of an element from :func:`played`."""
    return next(medium for medium in page.media or () if medium.node == element.node)


def sounds(medium: Medium) -> bool | None:
    """Whether a visitor can hear anything of it; ``None``: unknown. What is muted and has no controls stays silent."""
    return False if medium.muted and not medium.controls else medium.has_audio


def seconds(medium: Medium) -> float | None:
    """How long it plays: the part that the address asks for (Media Fragments), else all of it."""
    part = _PART.search(medium.sources[0].partition("#")[2]) if medium.sources else None
    if part is None or medium.duration is None:
        return medium.duration
    start, end = float(part.group(1) or 0), float(part.group(2) or medium.duration)
    return max(0.0, min(end, medium.duration) - start)


@remembered
def said_on_page(document: Document) -> tuple[str, ...]:
    """The words that everybody gets: seen, not shifted out of the window, exposed, and not of menus."""
    found: list[str] = []
    for owner, run in document.runs(document.root):
        if owner.tag in _SILENT or not (owner.rendered and owner.exposed) or not run.boxes:
            continue
        if not any(box.right > 0 and box.bottom > 0 and box.width > 1 for box in run.boxes):
            continue
        if document.closest(owner, lambda each: each.role in _APART) is None:
            found.extend(words(run.text))
    return tuple(found)


def may_hold_words(document: Document) -> Element | None:
    """The first link, button or box to open, outside menus, behind which the words may be; transcripts first."""
    found = [
        element
        for element in document
        if element.exposed
        and element.role in {"link", "button", "disclosuretriangle", "Iframe", "iframe"}
        and document.closest(element, lambda each: each.role in _APART) is None
        and document.closest(element, lambda each: each.tag in {"audio", "video"}) is None
        and not (element.get("href") or "").startswith("#")
    ]
    return next((each for each in found if is_transcript(each)), found[0] if found else None)


def is_transcript(element: Element) -> bool:
    """Whether an element's name says that it leads to the words of a recording."""
    said = f" {' '.join(words(element.name))} "
    return any(f" {' '.join(words(phrase))} " in said for phrase in either().transcript)


def headed_transcript(document: Document, medium: Medium) -> bool:
    """Whether the page itself has a part that is headed as the words of a recording, long enough for speech."""
    headed = any(
        is_transcript(each) and each.rendered for each in document if each.role == "heading" or each.tag == "summary"
    )
    return headed and len(said_on_page(document)) >= max(FEWEST, SPEECH * (seconds(medium) or 0))


def too_few_words(document: Document, medium: Medium, *, heard: bool = False) -> bool:
    """Whether the page cannot hold the words of a recording, nor a description, and leads nowhere that might.

    ``heard``: text that only a screen reader gets counts as well: it is for people who do not see the video.
    """
    if may_hold_words(document) is not None:
        return False
    said = words(document.exposed_text(document.root)) if heard else said_on_page(document)
    pace = SPEECH if SPOKEN & set(said) else DESCRIPTION
    return len(said) < max(FEWEST, pace * (seconds(medium) or 0))


def described_version(document: Document) -> Element | None:
    """A link or button that names a described version of a video."""
    for element in document.roles("link", "button"):
        said = f" {' '.join(words(element.name))} "
        if element.rendered and any(f" {phrase} " in said for phrase in DESCRIBED):
            return element
    return None


def cues(text: str) -> tuple[tuple[float, float], ...]:
    """Start and end of each cue of a WebVTT file, in seconds."""
    return tuple(
        (
            int(one or 0) * 3600 + int(two) * 60 + float(three.replace(",", ".")),
            int(four or 0) * 3600 + int(five) * 60 + float(six.replace(",", ".")),
        )
        for one, two, three, four, five, six in _CUE.findall(text)
    )


def says_no_more(document: Document) -> str:
    """What a page has for words beside a recording, as the end of a sentence."""
    text = beside(document)
    return f"the page says no more than “{text}”" if text else "the page says nothing else"


def beside(document: Document) -> str:
    """What stands beside a recording, for a question: the first words of the page's text."""
    said = said_on_page(document)
    return " ".join(said[:12]) + ("…" if len(said) > 12 else "")
