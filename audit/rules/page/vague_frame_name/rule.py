"""The name of a frame does not say what is in it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.links import content_words
from audit.semantics.vocabulary import either
from audit.semantics.words import is_file_name, words

RULE = Rule(
    title="Frame name does not describe",
    family=Family.PAGE,
    requirements=Requirements(wcag=("4.1.2",)),
    fixer=Fixer.AUTHOR,
    why="A screen reader announces the frame by this name, and nobody knows whether to go in.",
    since="0.1.0",
)


def applies(page: Page) -> Iterable[Element]:
    """Exposed, rendered frames with a name."""
    for frame in page.document.tags("iframe", "frame"):
        if frame.exposed and frame.rendered and frame.name.strip():
            yield frame


def expect(page: Page, target: Element) -> Result:
    name = target.name.strip()
    known = either()
    fix = "Write what is in the frame into its title: “Map of the Hillcrest branch”."
    if " ".join(words(name)) in known.placeholder_frames or is_file_name(name) or name.startswith(("http:", "https:")):
        return failed(f"This frame is called “{name}”, which says nothing about what is in it.", fix)
    held = _held(page.document, target)
    said = content_words(name, known)
    inside = frozenset(content_words(held, known))
    if not held or not said or any(_is_there(word, inside) for word in said):
        return passed(name=name)
    return ask(f"This frame is called “{name}”, but contains “{held[:80]}”. Is that the same?", fix)


def _held(document: Document, frame: Element) -> str:
    """Title and text of the document in a frame, where it could be read."""
    inner = [each for each in document.descendants(frame) if each.frame is not None and each.tag in {"title", "body"}]
    return " ".join(document.text(each) for each in inner)


def _is_there(word: str, inside: frozenset[str]) -> bool:
    """Whether the word, or one that begins alike (map, maps), stands there."""
    stem = word[: max(4, len(word) - 2)]
    return any(each.startswith(stem) or word.startswith(each) for each in inside if len(each) > 2)
