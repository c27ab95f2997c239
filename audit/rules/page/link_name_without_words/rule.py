"""A link's name has nothing that can be spoken: only punctuation."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.links import links
from audit.semantics.words import has_words

RULE = Rule(
    title="Link of punctuation only",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.4.4", "4.1.2")),
    fixer=Fixer.AUTHOR,
    why="A screen reader says “link” and nothing else, or “dot”; with the eyes it is easily overlooked.",
    since="0.1.0",
)
#: Signs that screen readers leave out or speak as themselves. Arrows, ×, + and emoji have names.
_SILENT = frozenset(".,;:·•…'\"“”‘’`´-–—_|/\\*~^()[]{}!¡")
#: Signs by which manuals link their own headings: they are spoken, and say nothing of where they lead.
_ANCHORS = frozenset("#¶§")


def applies(page: Page) -> Iterable[Element]:
    """Exposed links with any name."""
    return links(page.document)


def expect(page: Page, target: Element) -> Result:
    name = target.name.strip()
    described = target.accessible is not None and target.accessible.description.strip()
    if name in _ANCHORS and not described and any(part.text.strip() for part in target.pseudo):
        return ask(
            f"This link is called only “{name}”, which its style sheet writes. Do people hear where it leads?",
            "Give it a name that holds the words of the heading, such as “Link to Hours”.",
            name=name,
        )
    if has_words(name) or not all(character in _SILENT or character.isspace() for character in name):
        return passed(name=name)
    return failed(
        f"This link is called only “{name}”.",
        "Put the link on the words that name its end, and leave the punctuation outside.",
        name=name,
    )
