"""The title of a page and its main heading speak of different things."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.links import content_words
from audit.semantics.vocabulary import vocabulary
from audit.semantics.words import title_parts

RULE = Rule(
    title="Title unlike the main heading",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.4.2",)),
    fixer=Fixer.AUTHOR,
    why="Who chose the page by its title in search results or tabs, or heard it, believes to be on the wrong page.",
    since="0.1.0",
    covers=("vague-page-title",),
)
#: A stem is this share of a word, and this long at least.
STEM, SHORTEST = 2 / 3, 4


def applies(page: Page) -> Iterable[Element]:
    """The title of a page that has one main heading, in a language whose words are known."""
    document = page.document
    if vocabulary(document.root.get("lang")) is None:
        return
    titles = [
        each
        for each in document.tags("title")
        if each.frame is None and not any(above.tag == "svg" for above in document.ancestors(each))
    ]
    if len(_main(document)) == 1 and titles and document.text(titles[0]):
        yield titles[0]


def _main(document: Document) -> list[Element]:
    return [
        each
        for each in document.roles("heading")
        if each.frame is None
        and each.rendered
        and each.name.strip()
        and each.accessible
        and each.accessible.states.get("level") == 1
    ]


def expect(page: Page, target: Element) -> Result:
    document = page.document
    known = vocabulary(document.root.get("lang"))
    assert known is not None
    title, heading = document.text(target), _main(document)[0].name.strip()
    said, headed = content_words(title, known), content_words(heading, known)
    parts = title_parts(title)
    # A home page greets; a title of one part may be the name of the site.
    if not said or not headed or len(parts) < 2 or any(_alike(one, other) for one in said for other in headed):
        return passed()
    # What the page speaks of in another heading may well be its subject.
    others = [each.name for each in document.roles("heading") if each.frame is None and each.rendered]
    subject = content_words(parts[0], known)
    if not subject or any(
        _alike(one, other) for one in subject for name in others for other in content_words(name, known)
    ):
        return passed()
    return ask(
        f"The title begins with “{parts[0]}”, the main heading is “{heading[:70]}”. Is the title that of another page?",
        f"Begin the title with what the page is about: “{heading[:60]}”.",
        title=title,
        heading=heading,
    )


def _alike(one: str, other: str) -> bool:
    """Whether two words are the same, or of one stem."""
    least = max(SHORTEST, round(min(len(one), len(other)) * STEM))
    return one == other or (len(one) >= least and len(other) >= least and one[:least] == other[:least])
