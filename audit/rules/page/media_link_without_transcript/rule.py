"""A link leads to a sound or video file, and nothing on the page speaks of a transcript."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.links import file_ending, links
from audit.semantics.vocabulary import either
from audit.semantics.words import words

RULE = Rule(
    title="Recording without a transcript",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.2.1", "1.2.8")),
    fixer=Fixer.AUTHOR,
    why="Deaf people get nothing of the recording, and nobody can read or search what is said in it.",
    since="0.1.0",
    aliases=("recording-link-without-transcript",),
)
SOUND = frozenset({"mp3", "wav", "ogg", "oga", "m4a", "aac", "flac", "wma", "aif", "aiff"})
VIDEO = frozenset({"mp4", "mov", "m4v", "avi", "wmv", "webm", "ogv", "mpg", "mpeg", "mkv", "flv"})
#: Fewer words on the whole page cannot be the words of a recording.
TOO_SHORT = 120
_NONE = frozenset({"no", "not", "without", "missing", "sans", "aucune", "aucun", "pas", "manque"})


def applies(page: Page) -> Iterable[Element]:
    """Exposed links whose address ends like a recording."""
    for link in links(page.document):
        if file_ending(link) in SOUND | VIDEO:
            yield link


def expect(page: Page, target: Element) -> Result:
    text = f" {' '.join(words(page.document.exposed_text(page.document.root)))} "
    if any(_is_offered(" ".join(words(phrase)), text) for phrase in either().transcript):
        return passed(transcript="mentioned")
    fix = "Put the words of the recording on the page or on a page of their own, and link to it beside the recording."
    name = target.name.strip()
    if len(text.split()) >= TOO_SHORT:
        asked = ask(f"“{name}” is a recording. Do the words on this page say what is said in it?", fix)
        return replace(asked, requirements=Requirements(wcag=("1.2.8" if file_ending(target) in VIDEO else "1.2.1",)))
    if file_ending(target) in VIDEO:
        # Captions and a described sound track may be inside the file; for 1.2.8 they are not enough.
        told = failed(f"“{name}” is a video file, and neither this page nor a link on it gives its words.", fix)
        return replace(told, requirements=Requirements(wcag=("1.2.8",)))
    told = failed(f"“{name}” is a sound file, and neither this page nor a link on it gives its words.", fix)
    return replace(told, requirements=Requirements(wcag=("1.2.1",)))


def _is_offered(phrase: str, text: str) -> bool:
    """Whether the text speaks of it, and not only to say that there is none."""
    at = text.find(f" {phrase} ")
    while at >= 0:
        if not _NONE & set(text[:at].split()[-3:]):
            return True
        at = text.find(f" {phrase} ", at + 1)
    return False
